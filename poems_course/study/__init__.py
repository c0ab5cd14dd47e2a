"""What to ask next, and what the answers so far say: pure functions over the log and the bank.

Nothing here writes, draws at random without a seed, or knows a widget.
"""
