"""Rules for the bank as a whole, which catch what no single item shows.

Each yields the file and item (both empty: the whole bank), and what is wrong. They say little of a
few items, so lint holds them against a full bank only: see ``lint.FULL``.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from poems_course.questions import robot
from poems_course.questions.blueprint import gaps
from poems_course.questions.chance import run_p, uniform_p
from poems_course.questions.presentation import leading_number, order
from poems_course.questions.records import Question
from poems_course.questions.rule import FindingLevel
from poems_course.questions.words import content_words

UNLIKELY = 0.01  # a pattern of keys that chance makes less often than this is no chance
NEAR = 0.8  # of two items' weighted words, the share in common that makes them near-duplicates
TELLING = 2  # content words of a key that say enough to be found again in another stem
HINGED = 0.5  # the same, where the two also share their key

Found = Iterator[tuple[str, str, str]]


class BankRule(NamedTuple):
    """*level* is that in a full bank; in one that still grows, all are warnings."""

    name: str
    level: FindingLevel
    problems: Callable[[Sequence[Question]], Found]


def _choices(items: Iterable[Question]) -> list[Question]:
    return [item for item in items if item.type == "single"]


def _key_position(items: Sequence[Question]) -> Found:
    """As shown and as exported; options that are numbers keep their line, so they are left out."""
    shuffled = [
        item
        for item in _choices(items)
        if any(leading_number(option.text) is None for option in item.options)
    ]
    places = [(order(item).index(item.keys[0]), len(item.options)) for item in shuffled]
    if not places:
        return
    p = uniform_p(places)
    if p < UNLIKELY:
        seen = Counter(place + 1 for place, _ in places)
        counts = ", ".join(f"{place}: {seen[place]}" for place in sorted(seen))
        yield "", "", f"keys are not spread evenly over the places ({counts}; p = {p:.2g})"
    longest, at = _longest_run([place for place, _ in places])
    p = run_p(longest, [size for _, size in places])
    if p < UNLIKELY:
        first = shuffled[at]
        where = f"{longest} keys in a row stand in place {places[at][0] + 1}"
        yield f"{first.lesson}.toml", first.id, f"{where}, from this item on (p < {p:.2g})"


def _longest_run(places: Sequence[int]) -> tuple[int, int]:
    """The length of the longest run of one place, and where it begins."""
    best, start = (0, 0), 0
    for _, run in itertools.groupby(places):
        size = len(list(run))
        best = max(best, (size, start), key=lambda found: found[0])
        start += size
    return best


def _longest_rate(items: Sequence[Question]) -> Found:
    """Of the single choices."""
    (score,) = robot.play(_choices(items), only="longest")
    if score.chance.p_value < UNLIKELY:
        yield (
            "",
            "",
            (
                f"the key is the longest option in {score.earned:.0f} of {score.items}; "
                f"chance makes it {score.chance.mean:.0f} (p = {score.chance.p_value:.2g})"
            ),
        )


def _robot(items: Sequence[Question]) -> Found:
    for score in robot.play(items):
        if score.beats_chance:
            yield (
                "",
                "",
                (
                    f"a player who {score.what} earns {score.earned:.1f} of {score.items}; "
                    f"chance earns {score.chance.low:.1f} to {score.chance.high:.1f}; "
                    f"most in lesson {_worst_lessons(items, score.strategy)} (change options there)"
                ),
            )


def _worst_lessons(items: Sequence[Question], strategy: str) -> str:
    """The three lessons in which a strategy earns most beyond what chance does."""
    gains = {}
    for lesson in sorted({item.lesson for item in items}):
        own = [item for item in items if item.lesson == lesson]
        (score,) = robot.play(own, only=strategy)
        gains[lesson] = score.earned - score.chance.mean
    return ", ".join(sorted(gains, key=gains.__getitem__, reverse=True)[:3])


def _near_duplicates(items: Sequence[Question]) -> Found:
    for one, other, share in _alike(tuple(items)):
        if share >= NEAR:
            yield f"{other.lesson}.toml", other.id, f"nearly the same as {one.id} ({share:.0%})"


def _hinged(items: Sequence[Question]) -> Found:
    """One item of a lesson answers another: alike with the same key, or the key in its stem."""
    for one, other, share in _alike(tuple(items)):
        same = one.lesson == other.lesson and _key(one) and _key(one) == _key(other)
        if same and HINGED <= share < NEAR:
            yield f"{other.lesson}.toml", other.id, f"hangs on {one.id}: alike, with one key"
    telling = [(item, key) for item in items if len(content_words(key := _key(item))) >= TELLING]
    stems = [(item, item.asked.casefold()) for item in items]
    for one, key in telling:
        for other, stem in stems:
            if other is not one and other.lesson == one.lesson and key in stem:
                yield f"{other.lesson}.toml", other.id, f"its stem tells the key of {one.id}"


def _key(item: Question) -> str:
    return item.options[item.keys[0]].text.casefold() if item.type == "single" else ""


@cache
def _alike(items: tuple[Question, ...]) -> tuple[tuple[Question, Question, float], ...]:
    """Pairs of items that share half of their words or more, rare words weighing more."""
    bags = [_words(item) for item in items]
    known = Counter(word for bag in bags for word in bag)
    weight = {word: math.log(1 + len(items) / count) for word, count in known.items()}
    sizes = [sum(map(weight.__getitem__, bag)) for bag in bags]
    common = max(20, len(items) // 5)  # a word of every fifth item tells little
    places: dict[str, list[int]] = {}
    shared: dict[tuple[int, int], float] = {}
    for at, bag in enumerate(bags):
        for word in bag:
            if known[word] <= common:
                for other in places.setdefault(word, []):
                    shared[other, at] = shared.get((other, at), 0.0) + weight[word]
                places[word].append(at)
    shares = {(a, b): both / min(sizes[a], sizes[b]) for (a, b), both in shared.items()}
    return tuple((items[a], items[b], share) for (a, b), share in shares.items() if share >= HINGED)


def _words(item: Question) -> frozenset[str]:
    """What the author wrote: the question and options of a concordance are given."""
    texts = [item.stem, item.thinking or "", item.finding or ""]
    if item.type != "concordance":
        texts += [f"{option.prompt or ''} {option.text}" for option in item.options]
    return content_words(" ".join(texts))


RULES = (
    BankRule("key-position", "error", _key_position),
    BankRule("longest-rate", "error", _longest_rate),
    BankRule("robot", "error", _robot),
    BankRule("near-duplicate", "error", _near_duplicates),
    BankRule("hinged", "warning", _hinged),
    BankRule("blueprint", "error", gaps),
)
