"""What every format asks of an item: its choices as shown, what each earns, its labels."""

from __future__ import annotations

from dataclasses import dataclass

from poems_course.questions.presentation import order
from poems_course.questions.records import Question

NEAR = 0.5  # what the step beside the key of a concordance earns


@dataclass(frozen=True)
class Choice:
    """One option in the order shown. *credit* is the share of the point that choosing it earns.

    It is negative for a wrong option of a multiple choice, and 0 in an ordering or a matching.
    """

    name: str
    text: str
    feedback: str
    credit: float
    place: int
    prompt: str | None


def choices(item: Question) -> tuple[Choice, ...]:
    """The options in the order shown; *place* is the author's, in an ordering the right one.

    Of a matching all, in the author's order: see ``prompts`` and ``matches`` for its two lists.
    """
    places = range(len(item.options)) if item.type == "matching" else order(item)
    return tuple(
        Choice(
            f"A{shown}",
            item.options[at].text,
            item.options[at].feedback,
            _credit(item, at),
            at + 1,
            item.options[at].prompt,
        )
        for shown, at in enumerate(places, start=1)
    )


def _credit(item: Question, at: int) -> float:
    if item.type == "single":
        return 1.0 if at in item.keys else 0.0
    if item.type == "multiple":
        wrong = len(item.options) - len(item.keys)
        return 1 / len(item.keys) if at in item.keys else -1 / wrong
    if item.type == "concordance":
        return {0: 1.0, 1: NEAR}.get(abs(at - item.keys[0]), 0.0)
    return 0.0


def match_texts(item: Question) -> tuple[str, ...]:
    """What the prompts of a matching are to be matched with, in the order shown."""
    return tuple(item.options[at].text for at in order(item))


def span(item: Question) -> tuple[float, float]:
    """The least and the greatest number that is right."""
    assert item.answer is not None  # the schema sees to both
    assert item.tolerance is not None
    return item.answer - item.tolerance, item.answer + item.tolerance


def number(value: float) -> str:
    """A number as every program reads it: no exponent, no trace of binary."""
    return f"{value + 0.0:.10f}".rstrip("0").rstrip(".")


def percent(credit: float) -> str:
    """A share of the point as Moodle's list of grades writes it: 100, 33.33333, -50."""
    return f"{credit * 100:.5f}".rstrip("0").rstrip(".")


def labels(item: Question) -> tuple[str, ...]:
    """What a bank can be searched by: lesson, objective, level, version, and the author's tags."""
    own = (f"lesson {item.lesson}", f"objective {item.objective}", f"level {item.level}")
    return (*own, item.type, f"version {item.version}", item.pool, *item.tags)
