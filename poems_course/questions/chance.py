"""Chance, exactly: how a player who knows nothing would score, and how uniform keys would lie."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Play:
    """One item as a player sees it: it likes *tied* of *size* options, of which *keys* are right.

    *hits* of the liked options are keys. Ties share: the player earns hits / tied.
    """

    size: int
    keys: int
    tied: int
    hits: int

    @property
    def earned(self) -> Fraction:
        return Fraction(self.hits, self.tied)

    @property
    def expected(self) -> Fraction:
        return Fraction(self.keys, self.size)


@dataclass(frozen=True)
class Interval:
    """What chance earns: the mean and the central 95 %, and how often it earns *earned* or more."""

    mean: float
    low: float
    high: float
    p_value: float


def by_chance(plays: Sequence[Play], earned: float, level: float = 0.95) -> Interval:
    """The exact distribution of the score when the liked options say nothing about the keys.

    Each item then draws its tied options at random: a hypergeometric share of keys, so that items
    may have different numbers of options and keys. Summed exactly, no approximation.
    """
    unit = math.lcm(*(play.tied for play in plays)) if plays else 1
    odds: dict[int, float] = {0: 1.0}
    for kind, times in Counter((play.size, play.keys, play.tied) for play in plays).items():
        one = _one_item(*kind, unit)
        for _ in range(times):
            odds = _add(odds, one)
    mean = float(sum((play.expected for play in plays), Fraction()))
    tail = (1 - level) / 2
    p_value = sum(p for score, p in odds.items() if score / unit >= earned - 1e-9)
    return Interval(mean, _quantile(odds, tail) / unit, _quantile(odds, 1 - tail) / unit, p_value)


def _one_item(size: int, keys: int, tied: int, unit: int) -> dict[int, float]:
    ways = math.comb(size, tied)
    return {
        hits * unit // tied: math.comb(keys, hits) * math.comb(size - keys, tied - hits) / ways
        for hits in range(max(0, tied - size + keys), min(tied, keys) + 1)
    }


def _add(odds: dict[int, float], one: dict[int, float]) -> dict[int, float]:
    total: dict[int, float] = {}
    for score, p in odds.items():
        for more, q in one.items():
            total[score + more] = total.get(score + more, 0.0) + p * q
    return total


def _quantile(odds: dict[int, float], share: float) -> int:
    """The least score below or at which chance lies with at least this probability."""
    below = 0.0
    for score in sorted(odds):
        below += odds[score]
        if below >= share - 1e-12:
            return score
    return max(odds)


def chi_square_p(statistic: float, freedom: int) -> float:
    """The probability of a chi-square at least this large, for whole degrees of freedom."""
    half = statistic / 2
    if half <= 0 or freedom < 1:
        return 1.0
    if freedom % 2:
        total = math.erfc(math.sqrt(half))
        term, start = math.sqrt(half) * math.exp(-half) / math.gamma(1.5), 1.5
    else:
        total, term, start = 0.0, math.exp(-half), 1.0
    for step in range(freedom // 2):
        total += term
        term *= half / (start + step)
    return min(1.0, total)


def uniform_p(places: Iterable[tuple[int, int]]) -> float:
    """How likely keys at (place, number of options) are, if every place were as likely.

    A chi-square over the places; items may differ in their number of options.
    """
    seen: Counter[int] = Counter()
    expected: dict[int, float] = {}
    for place, size in places:
        seen[place] += 1
        for at in range(size):
            expected[at] = expected.get(at, 0.0) + 1 / size
    statistic = sum((seen[at] - expected[at]) ** 2 / expected[at] for at in expected)
    return chi_square_p(statistic, len(expected) - 1)


def run_p(run: int, sizes: Sequence[int]) -> float:
    """An upper bound for the probability of *run* keys at one place in a row, somewhere."""
    total = 0.0
    for start in range(len(sizes) - run + 1):
        window = sizes[start : start + run]
        total += min(window) * math.prod(1 / size for size in window)
    return min(1.0, total)
