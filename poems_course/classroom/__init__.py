"""For the teacher: what a class's answers say about the questions, and where a cut score lies.

Everything is computed on the teacher's own computer; numpy is loaded by these verbs only.
"""
