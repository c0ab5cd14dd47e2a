"""What a learner knows by objective, and how well the learner knows what he or she knows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from poems_course.evidence.intervals import wilson
from poems_course.questions.records import Question
from poems_course.study.attempts import CONFIDENCE, Attempt, latest


@dataclass(frozen=True)
class Tally:
    """*right* of *answered*, and the 95 % interval of the share behind them (Wilson), 0 to 1."""

    right: int
    answered: int

    @property
    def share(self) -> float:
        return self.right / self.answered

    @property
    def interval(self) -> tuple[float, float]:
        return wilson(self.right, self.answered)


@dataclass(frozen=True)
class Mastery:
    """One objective: the last attempt at each of its questions; *questions* is how many it has."""

    objective: str
    questions: int
    tally: Tally

    @property
    def lesson(self) -> str:
        return self.objective[:2]


def mastery(attempts: Iterable[Attempt], items: Sequence[Question]) -> tuple[Mastery, ...]:
    """Every objective of *items* in order, also those of which nothing was answered yet."""
    last = latest(attempts, items)
    own: dict[str, list[Question]] = {}
    for item in items:
        own.setdefault(item.objective, []).append(item)
    return tuple(
        Mastery(name, len(own[name]), _tally(last[i.id] for i in own[name] if i.id in last))
        for name in sorted(own, key=_place)
    )


def calibration(attempts: Iterable[Attempt]) -> tuple[Tally, ...]:
    """For each word of CONFIDENCE: how often what was answered so was right, over all attempts."""
    made = tuple(attempts)
    return tuple(
        _tally(one for one in made if one.confidence == said) for said in range(len(CONFIDENCE))
    )


def calibration_sentence(tallies: Sequence[Tally]) -> str:
    """The calibration in one sentence, with the judgement that the intervals allow."""
    parts = [
        f"when {words} you were right {one.right} of {one.answered} times"
        for words, one in zip(CONFIDENCE, tallies, strict=True)
        if one.answered
    ]
    if not parts:
        return "Nothing has been answered yet."
    sentence = "; ".join(parts)
    return f"{sentence[0].upper()}{sentence[1:]}: {_judgement(tallies)}."


# What "certain" promises and "guessing" concedes, as shares; between them lies doubt well placed.
CERTAIN, GUESSED = 0.9, 0.6


def _judgement(tallies: Sequence[Tally]) -> str:
    guessing, _, certain = tallies
    if certain.answered and certain.interval[1] < CERTAIN:
        return "you are surer than your answers allow"
    if guessing.answered and guessing.interval[0] > GUESSED:
        return "you know more than you believe"
    if certain.answered and certain.interval[0] > GUESSED:
        return "your certainty can be trusted"
    return "too few answers yet to judge your certainty"


def _tally(attempts: Iterable[Attempt]) -> Tally:
    made = tuple(attempts)
    return Tally(sum(one.correct for one in made), len(made))


def _place(objective: str) -> tuple[str, int]:
    lesson, _, number = objective.partition("-")
    return lesson, int(number)
