"""What each type of question demands of its fields; an item that cannot be graded is refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from poems_course.questions.records import Question

# What a new finding does to a suspicion, from -2 to +2: the options of every concordance question.
STEPS = ("much less likely", "less likely", "no change", "more likely", "much more likely")

NAMES = {"single": "a single choice", "concordance": "a concordance question"}

_BELONGS = dict.fromkeys(("answer", "tolerance", "unit", "feedback"), "numeric")
_BELONGS |= dict.fromkeys(("thinking", "finding"), "concordance")


def problem(item: Question) -> str:
    """Why the item cannot be placed or graded, in one line that begins with the field; empty where
    it can."""
    return _placing(item) or _foreign(item) or _CHECKS[item.type](item)


def _placing(item: Question) -> str:
    if item.version < 1:
        return "version: counts from 1"
    if not re.fullmatch(r"[0-9]{2}", item.lesson):
        return f"lesson: must be two digits, not {item.lesson!r}"
    if not re.fullmatch(rf"{item.lesson}-[1-9][0-9]*", item.objective):
        return f"objective: must look like {item.lesson}-1, not {item.objective!r}"
    if not re.fullmatch(r"end|way-[1-9][0-9]*|pretest|practice", item.place):
        return f"place: must be way-1, way-2 ..., end, pretest or practice, not {item.place!r}"
    if not 0 < item.difficulty < 1:
        return "difficulty: is a share between 0 and 1"
    return ""


def _foreign(item: Question) -> str:
    """A field that belongs to another type, or one of its own that is missing."""
    for name, kind in _BELONGS.items():
        given = getattr(item, name) is not None
        if given and item.type != kind:
            return f"{name}: belongs to {kind} questions only"
        if not given and item.type == kind:
            return f"{name}: a {kind} question needs it"
    if item.type != "matching" and any(option.prompt for option in item.options):
        return "options: an option with a prompt belongs to matching questions only"
    return ""


def _single(item: Question) -> str:
    if len(item.keys) != 1:
        return f"options: {NAMES[item.type]} has exactly one correct option, not {len(item.keys)}"
    return ""


def _multiple(item: Question) -> str:
    if not item.keys:
        return "options: a multiple choice needs a correct option"
    if len(item.keys) == len(item.options):
        return "options: a multiple choice needs an option that is not correct"
    return ""


def _numeric(item: Question) -> str:
    if item.options:
        return "options: a numeric question has no options"
    if item.tolerance is not None and item.tolerance < 0:
        return "tolerance: must not be negative"
    return ""


def _ordering(item: Question) -> str:
    if len(item.options) < 3:
        return f"options: an ordering has at least three options, not {len(item.options)}"
    if item.keys:
        return "options: an ordering marks no option as correct: the order is the key"
    return ""


def _matching(item: Question) -> str:
    prompts = [option.prompt for option in item.options if option.prompt]
    texts = [option.text for option in item.options if option.prompt]
    if len(prompts) < 3:
        return f"options: a matching has at least three options with a prompt, not {len(prompts)}"
    if len(set(prompts)) < len(prompts):
        return "options: a matching asks each prompt once"
    if len(set(texts)) < 2:
        return "options: a matching needs at least two different matches"
    decoys = [option.text for option in item.options if not option.prompt]
    if len({*decoys, *texts}) < len(decoys) + len(set(texts)):
        return "options: an option without a prompt matches nothing: its text must be its own"
    if item.keys:
        return "options: a matching marks no option as correct: the prompts are the key"
    return ""


def _concordance(item: Question) -> str:
    if tuple(option.text for option in item.options) != STEPS:
        return (
            f"options: a concordance question has these options, in this order: {'; '.join(STEPS)}"
        )
    return _single(item)


_CHECKS: dict[str, Callable[[Question], str]] = {
    "single": _single,
    "multiple": _multiple,
    "numeric": _numeric,
    "ordering": _ordering,
    "matching": _matching,
    "concordance": _concordance,
}
