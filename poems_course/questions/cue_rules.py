"""Rules for cues between options, and between options and stem, that give the key away."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator

from poems_course.questions.presentation import leading_number
from poems_course.questions.records import Question
from poems_course.questions.rule import Problems, Rule, lead_in
from poems_course.questions.words import form, shared_with_others

_THIN = 5  # words
_COUNTS = {"two": 2, "three": 3, "four": 4}
_HOW_MANY = re.compile(r"\bhow (?:many|much|long|old|often|high|large)\b", re.I)
_HOW_MANY_OF = re.compile(r"\bwhich (two|three|four)\b", re.I)
_YES_NO = re.compile(r"^(?:is|are|was|were|does|do|did|has|have|had|can|could|should|will)\b", re.I)
_TAIL_ARTICLE = re.compile(r"\b(an?)\s*(?:…|\.\.\.|:|\?|_+)\s*\?*$", re.I)
_NUMBER = re.compile(r"[0-9]+(?:[ ,\u00a0\u202f][0-9]{3})*(\.[0-9]+)?")
_RANGE = re.compile(
    r"^\W*([0-9][0-9 ,.\u00a0\u202f]*)\s*(?:to|[-–])\s*([0-9][0-9 ,.\u00a0\u202f]*)"
)


def _homogeneous(item: Question) -> Problems:
    if item.type not in ("single", "multiple"):
        return
    forms = [form(option.text) for option in item.options]
    usual, _ = Counter(forms).most_common(1)[0]
    for at, found in enumerate(forms):
        if found != usual:
            yield f"options[{at}]", f"{found} among options that are each {usual}"
    stops = [option.text.strip().endswith(".") for option in item.options]
    if any(stops) and not all(stops):
        yield "options", "some end with a full stop, others do not"


def _convergence(item: Question) -> Problems:
    if item.type != "single":
        return
    (key,) = item.keys
    shared = shared_with_others(tuple(option.text for option in item.options))
    rest = max(count for at, count in enumerate(shared) if at != key)
    if shared[key] >= 3 and shared[key] >= rest + 2:
        yield f"options[{key}]", f"the key shares most with the other options ({shared[key]} words)"


def grammar_slips(item: Question) -> Iterator[tuple[int, str]]:
    """Options that do not fit the stem's grammar while others do, with what is wrong."""
    asks = lead_in(item)
    fits = [list(_slips(option.text, asks, item.type)) for option in item.options]
    if all(fits):  # they are at least alike
        return
    for at, slips in enumerate(fits):
        for slip in slips:
            yield at, slip


def _slips(text: str, asks: str, kind: str) -> Iterator[str]:
    if found := _TAIL_ARTICLE.search(asks):
        vowel = bool(re.match(r"[aeiou]", text.strip(), re.I))
        if vowel != (found[1].lower() == "an"):
            yield f"does not follow '{found[1]}'"
    if (
        _HOW_MANY.search(asks)
        and re.match(r"how\b|in\b", asks, re.I)
        and not re.search(r"[0-9]", text)
    ):
        yield "is no amount, and an amount is asked for"
    if _YES_NO.match(asks) and form(text) != "yes or no":
        yield "answers neither yes nor no"
    found = _HOW_MANY_OF.search(asks)
    if kind == "single" and found and len(re.split(r",| and |;", text)) < _COUNTS[found[1].lower()]:
        yield f"names fewer than {found[1].lower()}"


def _grammar(item: Question) -> Problems:
    if item.type in ("single", "multiple"):
        for at, slip in grammar_slips(item):
            yield f"options[{at}]", f"{slip}: grammar alone rules it out, or in"


def _number_format(item: Question) -> Problems:
    texts = [option.text.strip() for option in item.options]
    numbers = all(leading_number(text) is not None for text in texts)
    if item.type not in ("single", "multiple") or not numbers:
        return
    units = {_unit(text) for text in texts}
    if len(units) > 1 and all(len(unit.split()) <= 3 for unit in units):
        yield "options", f"numbers with different units: {', '.join(map(repr, sorted(units)))}"
    spans = sorted(span for text in texts if (span := _span(text)))
    if any(low < high for (_, high), (low, _) in itertools.pairwise(spans)):
        yield "options", "ranges overlap: a value could lie in two of them"


def _unit(text: str) -> str:
    """What an option says beside its numbers, in the singular."""
    words = re.sub(
        r"[<>≤≥~≈,.;]|\b(?:about|around|roughly|to|at|least|most|than|more|less|fewer)\b",
        " ",
        _NUMBER.sub(" ", text.casefold()),
    )
    return " ".join(word.removesuffix("s") for word in words.split() if word not in ("-", "–"))


def _span(text: str) -> tuple[float, float] | None:
    found = _RANGE.match(text)
    if not found:
        return None
    low, high = (float(re.sub(r"[^0-9.]", "", part).strip(".")) for part in found.groups())
    return low, high


def _thin_feedback(item: Question) -> Problems:
    for at, option in enumerate(item.options):
        if not option.correct and len(option.feedback.split()) < _THIN:
            yield f"options[{at}].feedback", "too short to name what the thought behind it misses"


def _gives_away(item: Question) -> Problems:
    for at, option in enumerate(item.options):
        match = re.escape(option.text)
        if option.prompt and re.search(rf"(?<!\w){match}(?!\w)", option.feedback, re.I):
            yield f"options[{at}].feedback", f"says '{option.text}' to a learner who missed it"


RULES = (
    Rule("homogeneous", "warning", _homogeneous),
    Rule("convergence", "warning", _convergence),
    Rule("grammar", "warning", _grammar),
    Rule("number-format", "error", _number_format),
    Rule("thin-feedback", "warning", _thin_feedback),
    Rule("gives-away", "warning", _gives_away),
)
