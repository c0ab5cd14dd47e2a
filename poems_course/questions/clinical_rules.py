"""Rules that only clinical items need: one task, a whole vignette, units, words explained."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from poems_course.questions.laboratory import values
from poems_course.questions.records import Question
from poems_course.questions.rule import Problems, Rule, lead_in

_ASKS = re.compile(
    r"\b(?:which|what|who|whom|whose|when|where|how|why|is|are|was|were|does|do|did|has|have|can"
    r"|could|should|would|will)\b",
    re.I,
)
_TWO_TASKS = re.compile(r"\b(?:and|or),? (?:which|what|who|when|where|how|why)\b", re.I)
_PATIENT = re.compile(r"\bA[n]? (?:[a-z]+ )?[0-9]{1,3}-year-old\b")
_SLOTS = {
    "age": re.compile(
        r"\b[0-9]{1,3}[- ]year|\bag(?:e|ed)\b|\b(?:at|is|was|turned) [1-9][0-9]\b"
        r"|\bin (?:his|her) (?:twen|thir|for|fif|six|seven|eigh)\w+|\b(?:child|infant|retired)",
        re.I,
    ),
    "sex or setting": re.compile(
        r"\b(?:wom[ae]n|m[ae]n|girl|boy|she|he|her|his|him|clinic|ward|hospital|centre|practice"
        r"|surgery|laboratory|emergency|department|service|unit)\b",
        re.I,
    ),
    "duration": re.compile(
        r"\b(?:day|week|month|year|winter|summer|spring|autumn)s?\b(?![ -]old)"
        r"|\b(?:since|ago|recent|new(?:ly)?|sudden|slow|gradual|now|today|first|again|still|lately)",
        re.I,
    ),
}
_ABBREVIATION = re.compile(r"\b[A-Z][A-Za-z]*[A-Z][A-Za-z]*(?:-[0-9]+)?s?\b")
# What a reader of any medical text knows, and names that are no abbreviation.
_KNOWN = frozenset(
    re.findall(
        r"\S+",
        "POEMS CT MRI PET DNA RNA USA UK GP ECG HIV IgG IgA IgM IgD IgE pH II III IV AND OR NOT "
        "EXCEPT LEAST FALSE TRUE SI",
    )
)
_RANGE_WORDS = re.compile(
    r"\b(?:reference|normal|limit|cut-off|range|upper|lower|above|below|raised|high|low|elevated"
    r"|(?:up )?to)\b|[<>≤≥]",
    re.I,
)


def _one_task(item: Question) -> Problems:
    asks = lead_in(item)
    if not _ASKS.search(asks):
        yield "stem", "the lead-in names no task (which, what, how ...)"
    elif _TWO_TASKS.search(asks) or asks.count("?") > 1:
        yield "stem", "the lead-in asks two things at once"


def _vignette(item: Question) -> Problems:
    if "vignette" not in item.tags:
        if item.type == "single" and _PATIENT.search(item.stem):
            yield "tags", "a patient in the stem, but no tag 'vignette'"
        return
    before = item.asked.removesuffix(lead_in(item))
    missing = [name for name, words in _SLOTS.items() if not words.search(before)]
    if len(before.split()) < 15:
        missing.append("complaint and findings before the lead-in")
    if missing:
        yield "stem", f"a vignette without {', '.join(missing)}"


def _units(item: Question) -> Problems:
    for field, text in (("stem", item.stem), ("finding", item.finding or ""), *_choices(item)):
        for words, has_unit, analyte in values(text):
            if not has_unit:
                yield field, f"'{words}' has no unit of {analyte.id} ({', '.join(analyte.units)})"


def _ranges(item: Question) -> Problems:
    text = " ".join((item.stem, item.finding or "", *(words for _, words in _choices(item))))
    given = [words for words, _, _ in values(text)]
    if given and not _RANGE_WORDS.search(text):
        yield "stem", f"'{given[0]}' without a reference range or a word on where it lies"


def _choices(item: Question) -> Iterator[tuple[str, str]]:
    for at, option in enumerate(item.options):
        yield f"options[{at}]", f"{option.prompt or ''} {option.text}".strip()


def _abbreviations(item: Question) -> Problems:
    """Letters that neither the item nor the glossary writes out."""
    texts = [item.stem, item.finding or "", item.thinking or "", item.why, item.hint]
    texts += [words for _, words in _choices(item)] + [option.feedback for option in item.options]
    whole = " ".join(texts)
    for found in dict.fromkeys(_ABBREVIATION.findall(whole)):
        bare = found.removesuffix("s")
        if bare not in _KNOWN and bare not in _explained() and not _written_out(bare, whole):
            yield "stem", f"'{bare}' is neither written out here nor in the glossary"


def _written_out(letters: str, text: str) -> bool:
    return bool(re.search(rf"\w\w+ \({re.escape(letters)}s?\)|{re.escape(letters)} \(\w\w+ ", text))


@cache
def _explained() -> frozenset[str]:
    from poems_course.evidence import glossary

    words = " ".join(f"{term.term} {term.definition}" for term in glossary().values())
    return frozenset(_ABBREVIATION.findall(words))


RULES = (
    Rule("one-task", "error", _one_task),
    Rule("vignette", "warning", _vignette),
    Rule("units", "error", _units),
    Rule("reference-range", "warning", _ranges),
    Rule("abbreviation", "warning", _abbreviations),
)
