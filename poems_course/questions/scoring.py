"""Grading one response: pure, total, and silent about the key until the learner asks.

Positions in a response are those of the presentation, not of the author's file.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import asdict, dataclass
from typing import Any, ClassVar, Literal

from poems_course.questions.presentation import decoys, matches, order
from poems_course.questions.records import Option, Question

Tone = Literal["right", "near", "wrong", "note"]
SLACK = 1e-9  # 13.6 - 13.1 must count as 0.5

_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)")
_GROUPED = re.compile(r"[+-]?[1-9][0-9]{0,2}(( [0-9]{3})+([.,][0-9]+)?|(,[0-9]{3})+(\.[0-9]+)?)")
_TWO_READINGS = re.compile(r"[+-]?[1-9][0-9]{0,2},[0-9]{3}")


@dataclass(frozen=True)
class Remark:
    """Feedback on one option (its position as presented), or on the whole answer (None).

    In a matching *option* is the position of the prompt. The tone "near" marks half a point.
    The tone "note" marks a right option that was not chosen: it names the key, so a display
    keeps it back until the learner asks.
    """

    text: str
    option: int | None
    tone: Tone


@dataclass(frozen=True)
class Outcome:
    """A graded answer. *score* runs from 0 to 1; *summary* is one sentence that hides the key."""

    correct: bool
    score: float
    feedback: tuple[Remark, ...]
    summary: str
    graded: ClassVar[bool] = True

    def data(self) -> dict[str, Any]:
        """The same as JSON-safe data, as grade.js returns it."""
        return {**asdict(self), "feedback": [asdict(r) for r in self.feedback], "graded": True}


@dataclass(frozen=True)
class NotAnAnswer:
    """A response that cannot be graded and is no attempt; *summary* asks for a better one."""

    summary: str
    graded: ClassVar[bool] = False

    def data(self) -> dict[str, Any]:
        """The same as JSON-safe data, as grade.js returns it."""
        return {"summary": self.summary, "graded": False}


def grade(question: Question, response: object) -> Outcome | NotAnAnswer:
    """Grade a response: a position, a list of positions, or the text typed for a number.

    For a matching, the position of the chosen option for each prompt.
    """
    if question.type == "numeric":
        return _grade_number(question, response)
    if question.type == "matching":
        return _grade_matching(question, response)
    shown = tuple(question.options[at] for at in order(question))
    if question.type == "concordance":
        return _grade_concordance(shown, response)
    if question.type == "single":
        return _grade_single(shown, response)
    if question.type == "multiple":
        return _grade_multiple(shown, response)
    return _grade_ordering(question, shown, response)


def begun(question: Question, response: object) -> bool:
    """Whether a response that cannot be graded is the beginning of one: nothing chosen yet, half a
    number, a matching with gaps."""
    if question.type == "numeric":
        return response is None or isinstance(response, str)
    if question.type == "matching" and isinstance(response, list | tuple):
        size = len(order(question))
        chosen = [at for at in response if at is not None]
        return len(response) == len(question.prompts) and all(_positions([a], size) for a in chosen)
    return response is None


def _grade_single(shown: tuple[Option, ...], response: object) -> Outcome | NotAnAnswer:
    if response is None or not _positions([response], len(shown)):
        return NotAnAnswer("Choose an answer first.")
    assert isinstance(response, int)
    chosen = shown[response]
    if chosen.correct:
        remark = Remark(chosen.feedback, response, "right")
        return Outcome(True, 1.0, (remark,), "Yes. This is the best answer.")
    remark = Remark(chosen.feedback, response, "wrong")
    return Outcome(False, 0.0, (remark,), "Not yet: another option fits better.")


def _grade_multiple(shown: tuple[Option, ...], response: object) -> Outcome | NotAnAnswer:
    """Score: share of the right options chosen minus share of the wrong ones, at least 0."""
    chosen = _positions(response, len(shown))
    if not chosen:
        return NotAnAnswer("Choose at least one answer first.")
    keys = [at for at, option in enumerate(shown) if option.correct]
    hits = [at for at in sorted(chosen) if at in keys]
    slips = [at for at in sorted(chosen) if at not in keys]
    missed = [at for at in keys if at not in chosen]
    tones: dict[int, Tone] = {
        **dict.fromkeys(sorted(chosen), "wrong"),
        **dict.fromkeys(hits, "right"),
        **dict.fromkeys(missed, "note"),
    }
    remarks = tuple(Remark(shown[at].feedback, at, tone) for at, tone in tones.items())
    score = max(0.0, len(hits) / len(keys) - len(slips) / (len(shown) - len(keys)))
    summary = _multiple_summary(len(slips), len(missed))
    return Outcome(not slips and not missed, score, remarks, summary)


def _multiple_summary(slips: int, missed: int) -> str:
    if not slips and not missed:
        return "Yes. You chose all that belong and nothing else."
    wrong = "one of your choices does" if slips == 1 else f"{slips} of your choices do"
    if not missed:
        return f"Not yet: {wrong} not belong."
    if not slips:
        return "Not yet: what you chose belongs, but something is missing."
    return f"Not yet: {wrong} not belong, and something is missing."


def _grade_ordering(
    question: Question, shown: tuple[Option, ...], response: object
) -> Outcome | NotAnAnswer:
    """Score: share of neighbours in the response that stand in the right order."""
    placed = _positions(response, len(shown))
    if len(placed) != len(shown):
        return NotAnAnswer("Put every step in its place first.")
    ranks = [order(question)[at] for at in placed]
    pairs = list(itertools.pairwise(ranks))
    score = sum(left < right for left, right in pairs) / len(pairs)
    astray = next((step for step, rank in enumerate(ranks) if step != rank), None)
    if astray is None:
        remarks = tuple(Remark(shown[at].feedback, at, "right") for at in placed)
        return Outcome(True, 1.0, remarks, "Yes. Every step is in its place.")
    at = placed[astray]
    remark = Remark(shown[at].feedback, at, "wrong")
    summary = f"Not yet: the first step out of place is number {astray + 1}."
    return Outcome(False, score, (remark,), summary)


def _grade_matching(question: Question, response: object) -> Outcome | NotAnAnswer:
    """Score: share of the prompts with their own match."""
    size = len(order(question))
    given = response if isinstance(response, list | tuple) else ()
    if len(given) != len(question.prompts) or not all(_positions([at], size) for at in given):
        return NotAnAnswer("Choose a match in every line first.")
    lures, remarks = decoys(question), []
    rows = zip(given, matches(question), question.prompts, strict=True)
    for row, (at, right, prompt) in enumerate(rows):
        text = prompt.feedback if at == right else lures.get(at, prompt.feedback)
        remarks.append(Remark(text, row, "right" if at == right else "wrong"))
    fits = sum(remark.tone == "right" for remark in remarks)
    if fits == len(remarks):
        return Outcome(True, 1.0, tuple(remarks), "Yes. Every pair fits.")
    summary = f"Not yet: pairs that fit: {fits} of {len(remarks)}."
    return Outcome(False, fits / len(remarks), tuple(remarks), summary)


def _grade_concordance(shown: tuple[Option, ...], response: object) -> Outcome | NotAnAnswer:
    """Score: 1 for the step that the stated reasoning takes, one half for a step beside it."""
    if response is None or not _positions([response], len(shown)):
        return NotAnAnswer("Choose an answer first.")
    assert isinstance(response, int)
    away = abs(response - [option.correct for option in shown].index(True))
    score, tone, summary = _AWAY[min(away, 2)]
    remark = Remark(shown[response].feedback, response, tone)
    return Outcome(away == 0, score, (remark,), summary)


_AWAY: tuple[tuple[float, Tone, str], ...] = (
    (1.0, "right", "Yes. The stated reasoning takes this step."),
    (0.5, "near", "Close: the stated reasoning ends one step away."),
    (0.0, "wrong", "Not yet: the stated reasoning ends further away."),
)


def _positions(response: object, size: int) -> tuple[int, ...]:
    """The response as distinct positions below *size*; empty where it is anything else."""
    if not isinstance(response, list | tuple) or len(set(map(repr, response))) != len(response):
        return ()
    if all(type(at) is int and 0 <= at < size for at in response):
        return tuple(response)
    return ()


def _grade_number(question: Question, response: object) -> Outcome | NotAnAnswer:
    unit, texts = question.unit or "", question.feedback
    answer, tolerance = question.answer, question.tolerance
    assert texts is not None  # the schema sees to these three
    assert answer is not None
    assert tolerance is not None
    value = read_number(response if isinstance(response, str) else "", unit)
    if isinstance(value, NotAnAnswer):
        return value
    if abs(value - answer) <= tolerance + SLACK:
        return Outcome(True, 1.0, (Remark(texts.right, None, "right"),), "Yes. That is the number.")
    side, text = ("low", texts.low) if value < answer else ("high", texts.high)
    remark = Remark(text, None, "wrong")
    return Outcome(False, 0.0, (remark,), f"Not yet: your number is too {side}.")


def read_number(typed: str, unit: str) -> float | NotAnAnswer:
    """The number that a learner typed, decimal point or comma, with the unit or without."""
    text = _tidy(typed)
    if not text:
        return NotAnAnswer("Type a number first.")
    if unit and text.lower().endswith(_tidy(unit).lower()):
        text = text[: -len(_tidy(unit))].rstrip()
    if _TWO_READINGS.fullmatch(text):
        whole, point = text.replace(",", ""), text.replace(",", ".")
        return NotAnAnswer(f"That can be read as {whole} or as {point}: type one of these.")
    if _GROUPED.fullmatch(text):
        text = text.replace(" " if " " in text else ",", "")
    text = text.replace(",", ".", 1)
    if not _NUMBER.fullmatch(text):
        wanted = f"a number in {unit}" if unit else "a number"
        return NotAnAnswer(f"That is not {wanted} yet: type digits, such as 12.5.")
    return float(text)


def _tidy(text: str) -> str:
    text = text.replace("\N{MINUS SIGN}", "-")
    text = text.replace("\N{MICRO SIGN}", "\N{GREEK SMALL LETTER MU}")
    return re.sub(r"\s+", " ", text).strip()
