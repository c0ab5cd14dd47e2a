"""Rules for one item, each a function that yields the field and what is wrong with it.

After the NBME item-writing guide of 2020 (chapter 3, technical flaws). A screen, not a verdict:
an item without findings can still be a bad item.
"""

from __future__ import annotations

import itertools
import re
import statistics
from collections.abc import Iterator

from poems_course.questions.presentation import leading_number
from poems_course.questions.records import Option, Question
from poems_course.questions.rule import Problems, Rule, lead_in
from poems_course.questions.words import ABSOLUTE, VAGUE, rare_words

_ABOVE = re.compile(
    r"\b(?:all|any|none|neither|both) of (?:the above|these|those|them|the others?)\b"
    r"|^(?:all|none|both|neither)\W*$|^(?:both )?[A-E] (?:and|or) [A-E]\W*$",
    re.IGNORECASE,
)
_NEGATIVE = re.compile(
    r"\b(?:not|cannot|\w+n't|except|(?<!at )least|false(?![ -](?:positive|negative))|incorrect"
    r"|never|contraindicated)\b",
    re.IGNORECASE,
)
_EMPHASIS = re.compile(r"\b(?:NOT|EXCEPT|LEAST|FALSE)\b|\*\*\w+\*\*")
_COVERED = re.compile(
    r"\bwhich (?:one )?(?:of the (?:following|statements|options)[^?]*?|statements? )"
    r"\b(?:is|are) (?:\w+ )?(?:true|correct|right|accurate|associated)\b",
    re.IGNORECASE,
)
_VERDICT_FIRST = re.compile(r"\W*(?:correct|incorrect|right|wrong)\b", re.IGNORECASE)


def feedback_texts(item: Question) -> Iterator[tuple[str, str]]:
    """Every feedback text of an item, with its field."""
    for at, option in enumerate(item.options):
        yield f"options[{at}].feedback", option.feedback
    if item.feedback:
        for side in ("right", "low", "high"):
            yield f"feedback.{side}", getattr(item.feedback, side)


def _no_question_mark(item: Question) -> Problems:
    if not lead_in(item).endswith("?"):
        yield "stem", "the lead-in comes last and ends with a question mark"


def _negative(item: Question) -> Problems:
    found = _NEGATIVE.search(lead_in(item))
    marked = "negative" in item.tags and _EMPHASIS.search(lead_in(item))
    if found and not marked:
        yield "stem", f"negative lead-in ({found[0]}); turn it round, or tag it and emphasise it"


def _cover(item: Question) -> Problems:
    if _COVERED.search(lead_in(item)):
        yield "stem", "the lead-in asks nothing that could be answered with the options covered"


def _option_count(item: Question) -> Problems:
    most = {"single": 5, "concordance": 5, "matching": 8}.get(item.type, 6)
    if item.options and not 3 <= len(item.options) <= most:
        yield "options", f"between 3 and {most} options, not {len(item.options)}"


def _above(item: Question) -> Problems:
    for field, text in _option_texts(item):
        if found := _ABOVE.search(text.strip()):
            yield field, f"'{found[0]}' refers to other options"


def _duplicates(item: Question) -> Problems:
    # In a matching, prompts may share a match.
    texts = dict(_option_texts(item))
    for at, option in enumerate(item.options):
        if option.prompt:
            texts[f"options[{at}]"] = option.prompt
    yield from _repeated(iter(texts.items()), "says the same as")


def _shared_feedback(item: Question) -> Problems:
    yield from _repeated(feedback_texts(item), "repeats")


def _repeated(texts: Iterator[tuple[str, str]], verb: str) -> Problems:
    seen: dict[str, str] = {}
    for field, text in texts:
        bare = re.sub(r"[\s.,;:!?'\"()*_-]", "", text).casefold()
        if bare in seen:
            yield field, f"{verb} {seen[bare]}"
        seen.setdefault(bare, field)


def _long_key(item: Question) -> Problems:
    if item.type == "concordance":
        return
    wrong = [len(option.text) for option in item.options if not option.correct]
    for at in item.keys:
        size, usual = len(item.options[at].text), statistics.median(wrong)
        if size > 1.3 * usual and size > usual + 12:
            yield f"options[{at}]", f"the key is conspicuously long ({size} against {usual:g})"


def _absolute(item: Question) -> Problems:
    yield from _words(item, ABSOLUTE, "an absolute")


def _vague(item: Question) -> Problems:
    yield from _words(item, VAGUE, "a vague frequency")


def _words(item: Question, pattern: re.Pattern[str], kind: str) -> Problems:
    for field, text in _option_texts(item):
        if found := pattern.search(text):
            yield field, f"'{found[0]}' is {kind}: test-wise learners read it as a cue"


def _clang(item: Question) -> Problems:
    if item.type != "single":
        return
    (key,) = item.keys
    others = [option.text for at, option in enumerate(item.options) if at != key]
    shared = rare_words(item.stem) & rare_words(item.options[key].text)
    for word in sorted(shared - rare_words(" ".join(others))):
        yield f"options[{key}]", f"'{word}' of the stem comes back in the key alone"


def _number_order(item: Question) -> Problems:
    values = [leading_number(option.text) for option in item.options]
    if item.type in ("ordering", "matching") or not values or None in values:
        return
    steps = [b - a for a, b in itertools.pairwise(v for v in values if v is not None)]
    if not (all(step > 0 for step in steps) or all(step < 0 for step in steps)):
        yield "options", "numbers stand in rising or falling order, each once"


def _verdict_first(item: Question) -> Problems:
    for field, text in feedback_texts(item):
        if found := _VERDICT_FIRST.match(text):
            yield field, f"opens with '{found[0]}'; say what the thought behind it misses"


def _option_texts(item: Question) -> Iterator[tuple[str, str]]:
    """The texts that the author wrote: the steps of a concordance are given."""
    options: tuple[Option, ...] = () if item.type == "concordance" else item.options
    return ((f"options[{at}]", option.text) for at, option in enumerate(options))


RULES = (
    Rule("question-mark", "error", _no_question_mark),
    Rule("negative", "error", _negative),
    Rule("cover-test", "error", _cover),
    Rule("option-count", "error", _option_count),
    Rule("above", "error", _above),
    Rule("duplicates", "error", _duplicates),
    Rule("shared-feedback", "error", _shared_feedback),
    Rule("long-key", "warning", _long_key),
    Rule("absolute", "warning", _absolute),
    Rule("vague", "warning", _vague),
    Rule("clang", "warning", _clang),
    Rule("number-order", "error", _number_order),
    Rule("verdict-first", "error", _verdict_first),
)
