"""What a learner sees of a question before Check, and apart from it what grading needs."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from typing import Any

from poems_course.questions.figure import shown_figure
from poems_course.questions.records import Question

_HEDGE = r"(?:about|around|roughly|under|over|below|above|up to|at (?:least|most)|"
_HEDGE += r"(?:less|fewer|more) than|[<>≤≥~≈])?"
_NUMBER_FIRST = re.compile(_HEDGE + r"\s*(?:1 in\s+)?(-?[0-9]+(?:[ ,  ][0-9]{3})*(?:\.[0-9]+)?)")


def leading_number(text: str) -> float | None:
    """The number that an option starts with ("about 25 %", "1 in 300": 300), or None."""
    found = _NUMBER_FIRST.match(text.strip().lower().replace("\N{MINUS SIGN}", "-"))
    return float(re.sub(r"[^0-9.-]", "", found.group(1))) if found else None


@cache
def order(question: Question) -> tuple[int, ...]:
    """Author positions in the order shown: drawn from the id, so the same on every machine.

    Options that are numbers, and the steps of a concordance, stay in line; an ordering is never
    shown in its right order, nor a matching with its matches beside their prompts. Of matches
    that several prompts share, the first stands for all.
    """
    places = _places(question)
    if question.type == "concordance" or (question.type != "ordering" and _numbers(question)):
        return places
    drawn = tuple(sorted(places, key=lambda at: _draw(question.id, at)))
    if question.type in ("ordering", "matching") and drawn == places:
        drawn = drawn[1:] + drawn[:1]
    return drawn


def _places(question: Question) -> tuple[int, ...]:
    if question.type != "matching":
        return tuple(range(len(question.options)))
    first = {option.text: at for at, option in reversed([*enumerate(question.options)])}
    return tuple(sorted(first.values()))


def _numbers(question: Question) -> bool:
    return all(leading_number(option.text) is not None for option in question.options)


def _draw(id: str, at: int) -> str:
    return hashlib.sha256(f"{id}/{at}".encode()).hexdigest()


def presentation(question: Question) -> dict[str, Any]:
    """JSON-safe: all that a page may hold before Check; no key, feedback, hint or explanation."""
    return {
        "id": question.id,
        "version": question.version,
        "type": question.type,
        "stem": question.asked,
        "figure": question.figure and shown_figure(question.figure),
        "prompts": [option.prompt for option in question.prompts],
        "options": [question.options[at].text for at in order(question)],
        "unit": question.unit or "",
    }


def key_material(question: Question) -> dict[str, Any]:
    """JSON-safe: what grade.js needs beside the presentation.

    Whoever opens the page's source can read the key here; use it in exported pages only.
    """
    shown = order(question)
    numeric = question.feedback
    return {
        "keys": [at for at, author in enumerate(shown) if question.options[author].correct],
        "ranks": list(shown) if question.type == "ordering" else [],
        "matches": list(matches(question)),
        "feedback": [option.feedback for option in question.prompts]
        or [question.options[at].feedback for at in shown],
        "decoys": decoys(question),
        "answer": question.answer,
        "tolerance": question.tolerance,
        "number_feedback": numeric
        and {"right": numeric.right, "low": numeric.low, "high": numeric.high},
    }


def matches(question: Question) -> tuple[int, ...]:
    """For each prompt of a matching, the position of its match among the options shown."""
    texts = [question.options[at].text for at in order(question)]
    return tuple(texts.index(option.text) for option in question.prompts)


def decoys(question: Question) -> dict[int, str]:
    """The feedback on each option of a matching that matches nothing, by the position shown."""
    if question.type != "matching":
        return {}
    shown = [question.options[at] for at in order(question)]
    return {at: option.feedback for at, option in enumerate(shown) if not option.prompt}
