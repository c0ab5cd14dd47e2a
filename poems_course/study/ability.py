"""How much a learner knows, estimated from answers to questions of different difficulty.

The Rasch model, allowing for what it needs and nobody has measured: the difficulties. An author's
guess of the share of learners who will answer an item right gives its difficulty *b* in logits,
and how far such guesses stray (SPREAD, an assumption) makes every answer count for less. That
turns Rasch into a model with two parameters, of which the slope is the same for all items.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import exp, log, pi, sqrt

SPREAD = 0.7  # logits; the standard deviation of a true difficulty around the author's guess
_K = (16 * sqrt(3) / (15 * pi)) ** 2  # a logistic curve, smoothed by a normal one, is one again
SLOPE = 1 / sqrt(1 + _K * SPREAD**2)

GRID = tuple(at / 10 for at in range(-50, 51))  # logits
_PRIOR = tuple(exp(-theta * theta / 2) for theta in GRID)  # learners: standard normal

Answer = tuple[float, bool]  # the difficulty of an item, and whether it was answered right


@dataclass(frozen=True)
class Estimate:
    """Where a learner probably stands, in logits: mean and standard error of the posterior.

    *low* and *high* hold 95 % of it.
    """

    mean: float
    error: float
    low: float
    high: float


def difficulty(share: float) -> float:
    """The difficulty in logits of an item that a *share* (0 to 1) of learners will answer right."""
    return -log(share / (1 - share)) * sqrt(1 + _K * (1 + SPREAD**2))


def chance(theta: float, b: float) -> float:
    """The chance that a learner at *theta* answers an item of difficulty *b* right."""
    return 1 / (1 + exp(-SLOPE * (theta - b)))


def information(theta: float, b: float) -> float:
    """Fisher information of one answer about *theta*, in 1 / logit²."""
    right = chance(theta, b)
    return SLOPE**2 * right * (1 - right)


def estimate(answers: Iterable[Answer]) -> Estimate:
    """The expected place of the learner after *answers* (EAP), on a grid of a tenth of a logit."""
    weights = list(_PRIOR)
    for b, right in answers:
        for at, theta in enumerate(GRID):
            known = chance(theta, b)
            weights[at] *= known if right else 1 - known
    total = sum(weights)
    mean = sum(w * theta for w, theta in zip(weights, GRID, strict=True)) / total
    variance = sum(w * (theta - mean) ** 2 for w, theta in zip(weights, GRID, strict=True)) / total
    reached = list(accumulate(weights))
    low, high = (GRID[bisect_left(reached, part * total)] for part in (0.025, 0.975))
    return Estimate(mean, sqrt(variance), low, high)


def share_of_bank(theta: float, difficulties: Sequence[float]) -> float:
    """The share of a bank with these difficulties that a learner at *theta* would answer right."""
    return sum(chance(theta, b) for b in difficulties) / len(difficulties)
