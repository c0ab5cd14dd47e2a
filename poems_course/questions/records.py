"""What a question is: the schema of the item bank, refusing items that cannot be graded."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Level = Literal["recall", "apply", "reason"]
Type = Literal["single", "multiple", "numeric", "ordering"]
Pool = Literal["public", "private"]


@dataclass(frozen=True)
class Option:
    """One option with the feedback that a learner reads after choosing it."""

    text: str
    feedback: str
    correct: bool = False


@dataclass(frozen=True)
class NumberFeedback:
    """What a learner reads whose number is right, too low or too high."""

    right: str
    low: str
    high: str


@dataclass(frozen=True)
class Question:
    """One item of the bank; options stand in the author's order, for an ordering the right one.

    *place* is where it is asked: on the way through its lesson, at its end, in the pre-test of
    lesson 00, or in practice only. *difficulty* is the share of learners expected to answer right
    at first sight. *unit* is "" for a pure number. *invented* lists the numbers of an invented
    vignette, which no fact backs. Raises ValueError where the item cannot be graded.
    """

    id: str
    version: int
    lesson: str
    objective: str
    level: Level
    type: Type
    place: str
    stem: str
    hint: str
    why: str
    facts: tuple[str, ...]
    references: tuple[str, ...]
    difficulty: float
    options: tuple[Option, ...] = ()
    answer: float | None = None
    tolerance: float | None = None
    unit: Literal[""] | str | None = None
    feedback: NumberFeedback | None = None
    tags: tuple[str, ...] = ()
    invented: tuple[float, ...] = ()
    pool: Pool = "public"

    def __post_init__(self) -> None:
        problem = _placing(self) or _KINDS[self.type](self)
        if problem:
            raise ValueError(problem)

    @property
    def keys(self) -> tuple[int, ...]:
        """Author positions of the options that are right (single and multiple)."""
        return tuple(i for i, option in enumerate(self.options) if option.correct)


def _placing(item: Question) -> str:
    if item.version < 1:
        return "version counts from 1"
    if not re.fullmatch(r"[0-9]{2}", item.lesson):
        return f"lesson must be two digits, not {item.lesson!r}"
    if not re.fullmatch(rf"{item.lesson}-[1-9][0-9]*", item.objective):
        return f"objective must look like {item.lesson}-1, not {item.objective!r}"
    if not re.fullmatch(r"end|way-[1-9][0-9]*|pretest|practice", item.place):
        return f"place must be way-1, way-2 ..., end, pretest or practice, not {item.place!r}"
    if not 0 < item.difficulty < 1:
        return "difficulty is a share between 0 and 1"
    return ""


def _single(item: Question) -> str:
    if len(item.keys) != 1:
        return f"a single choice has exactly one correct option, not {len(item.keys)}"
    return _number_fields(item)


def _multiple(item: Question) -> str:
    if not item.keys:
        return "a multiple choice needs a correct option"
    if len(item.keys) == len(item.options):
        return "a multiple choice needs an option that is not correct"
    return _number_fields(item)


def _ordering(item: Question) -> str:
    if len(item.options) < 3:
        return f"an ordering has at least three options, not {len(item.options)}"
    if item.keys:
        return "an ordering marks no option as correct: the order is the key"
    return _number_fields(item)


def _numeric(item: Question) -> str:
    if item.options:
        return "a numeric question has no options"
    for name in ("answer", "tolerance", "unit", "feedback"):
        if getattr(item, name) is None:
            return f"a numeric question needs {name}"
    if item.tolerance is not None and item.tolerance < 0:
        return "tolerance must not be negative"
    return ""


def _number_fields(item: Question) -> str:
    for name in ("answer", "tolerance", "unit", "feedback"):
        if getattr(item, name) is not None:
            return f"{name} belongs to numeric questions only"
    return ""


_KINDS = {"single": _single, "multiple": _multiple, "ordering": _ordering, "numeric": _numeric}
