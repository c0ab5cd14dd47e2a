"""Simulated classes whose truth is known, and how often a report's intervals cover it.

python -m tests.simulated_classes prints the table for classes of 20, 60 and 400 (some minutes).
The classes are drawn from the Rasch model or, with slopes, from the two-parameter model: 24
questions, ability standard normal. The truth of a correlation and of alpha is that of one class of
100 000.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from poems_course.classroom.answers import Answers, Item
from poems_course.classroom.classical import complete, item_figures, reliability, rest_scores
from poems_course.classroom.scales import Estimate, Scale, rasch, two_parameters

ITEMS = 24
DIFFICULTY = np.linspace(-2.0, 1.5, ITEMS)
SLOPES = np.random.default_rng(4).permutation(np.linspace(0.5, 1.5, ITEMS))
ONES = np.ones(ITEMS)
SIZES = (20, 60, 400)


def draw(
    random: np.random.Generator, learners: int, slopes: NDArray[np.float64]
) -> NDArray[np.int8]:
    """Answers, learners x items, 1 or 0."""
    ability = random.standard_normal((learners, 1))
    chance = 1 / (1 + np.exp(-slopes * (ability - DIFFICULTY)))
    return (random.random(chance.shape) < chance).astype(np.int8)


def wrapped(right: NDArray[np.int8]) -> Answers:
    items = tuple(Item(f"i{at:02d}", 1) for at in range(right.shape[1]))
    return Answers(items, ((),) * len(items), right, np.zeros(right.shape, np.uint32))


@dataclass(frozen=True)
class Truth:
    shares: list[float]
    rest: list[float]
    alpha: float
    error: float


@cache
def truth(sloped: bool) -> Truth:
    answers = wrapped(draw(np.random.default_rng(1), 100_000, SLOPES if sloped else ONES))
    figures = [f for f in item_figures(answers, rest_scores(answers)) if f]
    table = complete(answers)
    whole = table.sum(axis=1).var()
    alpha = ITEMS / (ITEMS - 1) * (1 - table.var(axis=0).sum() / whole)
    rest = [f.rest for f in figures if f.rest is not None]
    return Truth([f.share for f in figures], rest, alpha, sqrt(whole * (1 - alpha)))


def coverage(learners: int, classes: int, sloped: bool) -> dict[str, tuple[int, int]]:
    """For each kind of figure: how many intervals cover the truth, of how many."""
    random = np.random.default_rng([2905, learners, sloped])
    found: dict[str, tuple[int, int]] = {}
    for _ in range(classes):
        answers = wrapped(draw(random, learners, SLOPES if sloped else ONES))
        for kind, covers in _covered(answers, sloped):
            hits, total = found.get(kind, (0, 0))
            found[kind] = hits + covers, total + 1
    return found


def _covered(answers: Answers, sloped: bool) -> Iterator[tuple[str, bool]]:
    true = truth(sloped)
    for at, f in enumerate(item_figures(answers, rest_scores(answers))):
        assert f is not None
        yield "difficulty", _inside(true.shares[at], f.share_interval)
        if f.rest_interval:
            yield "discrimination", _inside(true.rest[at], f.rest_interval)
    whole = reliability(answers)
    assert whole is not None
    assert whole.interval is not None
    assert whole.error_interval is not None
    yield "KR-20", _inside(true.alpha, whole.interval)
    yield "standard error", _inside(true.error, whole.error_interval)
    scale = two_parameters(answers) if sloped else rasch(answers)
    if isinstance(scale, Scale):
        yield from _placed(scale, sloped)


def _placed(scale: Scale, sloped: bool) -> Iterator[tuple[str, bool]]:
    places = {item: int(item.id[1:]) for item in scale.slope or scale.difficulty}
    centre = 0.0 if sloped else float(np.mean([DIFFICULTY[at] for at in places.values()]))
    for item, each in scale.difficulty.items():
        yield "logits", _holds(each, DIFFICULTY[places[item]] - centre)
    for item, each in scale.slope.items():
        yield "slope", _holds(each, SLOPES[places[item]])
    if scale.spread:
        yield "spread", _holds(scale.spread, 1.0)


def _holds(each: Estimate, value: float) -> bool:
    return _inside(value, each.interval)


def _inside(value: float, interval: tuple[float, float]) -> bool:
    return interval[0] <= value <= interval[1]


def main() -> None:
    for sloped in (False, True):
        print("two parameters" if sloped else "Rasch")
        for learners in SIZES:
            found = coverage(learners, 1000 if learners < 400 else 400, sloped)
            cells = (
                f"{kind} {hits / total:.3f} ({total})" for kind, (hits, total) in found.items()
            )
            print(f"  {learners:>3} learners: {'; '.join(cells)}", flush=True)


if __name__ == "__main__":
    main()
