"""Questions: the item bank as data, what a learner sees of it, grading, and its rules."""

from .bank import question, questions, read_bank
from .presentation import key_material, order, presentation
from .records import NumberFeedback, Option, Question
from .scoring import NotAnAnswer, Outcome, Remark, grade

__all__ = [
    "NotAnAnswer",
    "NumberFeedback",
    "Option",
    "Outcome",
    "Question",
    "Remark",
    "grade",
    "key_material",
    "order",
    "presentation",
    "question",
    "questions",
    "read_bank",
]
