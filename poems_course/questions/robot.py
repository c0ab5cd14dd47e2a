"""The test-wise robot: strategies that know no medicine play the bank.

Each strategy gives every option of an item a number and takes the highest; where it likes several
alike, it shares the point among them. What it earns is held against what chance earns, exactly.
After the testwiseness cues of the NBME item-writing guide of 2020.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from poems_course.questions.chance import Interval, Play, by_chance
from poems_course.questions.cue_rules import grammar_slips
from poems_course.questions.presentation import leading_number
from poems_course.questions.records import Question
from poems_course.questions.words import ABSOLUTE, VAGUE, content_words, shared_with_others

Liking = Callable[[Question, tuple[str, ...]], Sequence[float]]


class Strategy(NamedTuple):
    name: str
    what: str
    liking: Liking


@dataclass(frozen=True)
class Score:
    """How one strategy did: over *items* played, of which it had a preference in *chose*."""

    strategy: str
    what: str
    items: int
    chose: int
    earned: float
    chance: Interval

    @property
    def beats_chance(self) -> bool:
        """Whether it earned more than the central 95 % of what chance earns."""
        return self.earned > self.chance.high + 1e-9


def play(items: Iterable[Question], only: str = "") -> list[Score]:
    """Every strategy, or the *only* one, on every single and multiple choice.

    The middle one also plays concordance: its options are the same everywhere, so that only the
    place of the key can give it away.
    """
    bank = list(items)
    return [_score(strategy, bank) for strategy in STRATEGIES if only in ("", strategy.name)]


def _score(strategy: Strategy, bank: list[Question]) -> Score:
    played = [move for item in bank if (move := _move(strategy, item))]
    chose = [move for move in played if move.tied < move.size]
    idle = sum(float(move.expected) for move in played if move.tied == move.size)
    earned = sum(float(move.earned) for move in chose)
    chance = by_chance(chose, earned)
    shifted = Interval(chance.mean + idle, chance.low + idle, chance.high + idle, chance.p_value)
    return Score(strategy.name, strategy.what, len(played), len(chose), earned + idle, shifted)


def _move(strategy: Strategy, item: Question) -> Play | None:
    if item.type not in ("single", "multiple", "concordance"):
        return None
    if item.type == "concordance" and strategy.name != "middle":
        return None
    likes = strategy.liking(item, tuple(option.text for option in item.options))
    best = [at for at, like in enumerate(likes) if like == max(likes)]
    hits = sum(item.options[at].correct for at in best)
    return Play(len(item.options), len(item.keys), len(best), hits)


def _longest(_item: Question, texts: tuple[str, ...]) -> Sequence[float]:
    return [len(text) for text in texts]


def _shortest(_item: Question, texts: tuple[str, ...]) -> Sequence[float]:
    return [-len(text) for text in texts]


def _stem_words(item: Question, texts: tuple[str, ...]) -> Sequence[float]:
    stem = content_words(item.asked)
    return [len(content_words(text) & stem) for text in texts]


def _no_absolutes(_item: Question, texts: tuple[str, ...]) -> Sequence[float]:
    return [-len(ABSOLUTE.findall(text)) for text in texts]


def _hedged(_item: Question, texts: tuple[str, ...]) -> Sequence[float]:
    return [len(VAGUE.findall(text)) for text in texts]


def _middle(item: Question, texts: tuple[str, ...]) -> Sequence[float]:
    if item.type == "concordance":
        return [-abs(at - (len(texts) - 1) / 2) for at in range(len(texts))]
    numbers = [number for text in texts if (number := leading_number(text)) is not None]
    if len(numbers) < len(texts):
        return [0.0] * len(texts)
    below = [sum(other < number for other in numbers) for number in numbers]
    return [-abs(rank - (len(numbers) - 1) / 2) for rank in below]


def _grammar(item: Question, _texts: tuple[str, ...]) -> Sequence[float]:
    slips = [at for at, _ in grammar_slips(item)]
    return [-slips.count(at) for at in range(len(item.options))]


def _convergent(_item: Question, texts: tuple[str, ...]) -> Sequence[float]:
    return shared_with_others(texts)


STRATEGIES = (
    Strategy("longest", "takes the longest option", _longest),
    Strategy("shortest", "takes the shortest option", _shortest),
    Strategy("stem-words", "takes the option with most words from the stem", _stem_words),
    Strategy("no-absolutes", "avoids always, never, all, only", _no_absolutes),
    Strategy("hedged", "takes the option that says may, often, usually", _hedged),
    Strategy("middle", "takes the middle number, or the middle step", _middle),
    Strategy("grammar", "avoids options that do not fit the stem's grammar", _grammar),
    Strategy("convergent", "takes the option that shares most with the others", _convergent),
)
