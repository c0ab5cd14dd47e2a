"""From a test's accuracy and a prior to what a result means.

Probabilities are proportions from 0 to 1. Every function raises ValueError outside that range.
"""

from __future__ import annotations

import math
from typing import NamedTuple


class LikelihoodRatios(NamedTuple):
    """How much a positive and a negative result multiply the odds of disease."""

    positive: float
    negative: float


class LrInterval(NamedTuple):
    """A likelihood ratio with the ends of its interval."""

    ratio: float
    low: float
    high: float


def likelihood_ratios(sensitivity: float, specificity: float) -> LikelihoodRatios:
    """LR+ = sensitivity / (1 - specificity) and LR- = (1 - sensitivity) / specificity.

    A ratio whose denominator is 0 is infinite. One of 0/0 is 1: such a result never occurs, and
    would change nothing.
    """
    _proportion(sensitivity=sensitivity, specificity=specificity)
    return LikelihoodRatios(
        _ratio(sensitivity, 1 - specificity), _ratio(1 - sensitivity, specificity)
    )


def posterior(prior: float, lr: float) -> float:
    """The probability of disease after a result with likelihood ratio *lr*, by Bayes' theorem.

    A prior of 0 or 1 is a certainty that no result moves.
    """
    _proportion(prior=prior)
    if not lr >= 0:
        raise ValueError(f"a likelihood ratio cannot be {lr}")
    if prior in (0, 1):
        return float(prior)
    if math.isinf(lr):
        return 1.0
    return prior * lr / (prior * lr + 1 - prior)


def combine(prior: float, *ratios: float) -> float:
    """The probability after several results in turn.

    Multiplying ratios takes the tests as independent within the diseased and within the others.
    VEGF and oedema, for instance, are not: the answer is then too sure of itself.
    """
    for ratio in ratios:
        prior = posterior(prior, ratio)
    return prior


def ppv(sensitivity: float, specificity: float, prior: float) -> float:
    """Positive predictive value: the probability of disease where the test is positive."""
    return posterior(prior, likelihood_ratios(sensitivity, specificity).positive)


def npv(sensitivity: float, specificity: float, prior: float) -> float:
    """Negative predictive value: the probability of no disease where the test is negative."""
    return 1 - posterior(prior, likelihood_ratios(sensitivity, specificity).negative)


def interval_lr(
    result_diseased: int, diseased: int, result_others: int, others: int, z: float = 1.96
) -> LrInterval:
    """The likelihood ratio of a result and its interval, by the log method.

    *result_diseased* of *diseased* and *result_others* of *others* had the result; for LR- count
    the negative results. ``z`` is 1.96 for 95 %. Where a count of the result is 0, half a case is
    added to both counts and one to both groups, so that a ratio exists; say so where it is shown.
    """
    a, n, b, m = (float(x) for x in (result_diseased, diseased, result_others, others))
    if not (0 <= a <= n and 0 <= b <= m and n > 0 and m > 0):
        raise ValueError("each count must lie between 0 and its group, and no group may be empty")
    if a == 0 or b == 0:
        a, n, b, m = a + 0.5, n + 1, b + 0.5, m + 1
    ratio = (a / n) / (b / m)
    spread = z * math.sqrt(1 / a - 1 / n + 1 / b - 1 / m)
    return LrInterval(ratio, ratio * math.exp(-spread), ratio * math.exp(spread))


def _ratio(above: float, below: float) -> float:
    if below == 0:
        return math.inf if above > 0 else 1.0
    return above / below


def _proportion(**values: float) -> None:
    for name, value in values.items():
        if not 0 <= value <= 1:
            raise ValueError(f"{name} must lie between 0 and 1, not {value}")
