"""Questions: the item bank as data, what a learner sees of it, grading, and its rules."""

from poems_course.questions.bank import question, questions, read_bank
from poems_course.questions.presentation import key_material, order, presentation
from poems_course.questions.records import Question
from poems_course.questions.scoring import grade

__all__ = [
    "Question",
    "grade",
    "key_material",
    "order",
    "presentation",
    "question",
    "questions",
    "read_bank",
]
