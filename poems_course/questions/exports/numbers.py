"""How Moodle and its GIFT tell a number too low from one too high: the answers that they try.

Both try their answers in turn and take the first that fits. After the right span comes one around
zero, which ends where the right span begins; whatever fits neither lies beyond.
"""

from __future__ import annotations

from dataclasses import dataclass

from poems_course.questions.exports.shown import number
from poems_course.questions.records import Question


@dataclass(frozen=True)
class Try:
    """An answer, how far from it still counts (both as text), its credit, what is then said."""

    answer: str
    tolerance: str
    credit: float
    feedback: str


def tries(item: Question) -> tuple[Try, ...]:
    """The right span, perhaps the one around zero, and "*" for the rest."""
    answer, tolerance, said = item.answer, item.tolerance, item.feedback
    assert answer is not None  # the schema sees to all three
    assert tolerance is not None
    assert said is not None
    right = Try(number(answer), number(tolerance), 1.0, said.right)
    inner, outer = (said.low, said.high) if answer > 0 else (said.high, said.low)
    reach = abs(answer) - tolerance
    if reach <= 0:
        return right, Try("*", "0", 0.0, f"{said.low} {said.high}")
    return right, Try("0", number(reach), 0.0, inner), Try("*", "0", 0.0, outer)
