"""Intervals that a class report puts around its figures, beside Wilson's for shares."""

from __future__ import annotations

from functools import cache
from math import atanh, cos, pi, sin, sqrt, tan, tanh

from poems_course.evidence.intervals import Z_95

Interval = tuple[float, float]
_NORMAL_FROM = 1000  # degrees of freedom; the two then differ by less than 0.003


def fisher_z(r: float, n: int) -> Interval | None:
    """The 95 % interval of a correlation *r* of *n* pairs; None where n is below 4 or |r| is 1.

    tanh(atanh r ± 1.96 / sqrt(n - 3)): Fisher's transformation. A test compares it with cor.test
    of R. It supposes two normal variables; simulated classes show what it does for a question
    that is right or wrong (see the tests).
    """
    if n < 4 or not -1 < r < 1:
        return None
    centre, half = atanh(r), Z_95 / sqrt(n - 3)
    return tanh(centre - half), tanh(centre + half)


@cache
def student_t(freedom: int) -> float:
    """The 97.5 % quantile of Student's t. Raises ValueError below one degree of freedom.

    With t = sqrt(freedom) tan(a) the density becomes a power of cos(a), whose integral follows
    from integration by parts; the quantile is found by halving.
    """
    if freedom < 1:
        raise ValueError(f"Student's t needs a degree of freedom, not {freedom}")
    if freedom > _NORMAL_FROM:
        return Z_95
    low, high = 0.0, pi / 2
    for _ in range(60):
        middle = (low + high) / 2
        inside = _power_of_cosine(freedom - 1, middle) / _power_of_cosine(freedom - 1, pi / 2)
        low, high = (middle, high) if inside < 0.95 else (low, middle)
    return sqrt(freedom) * tan(low)


def _power_of_cosine(power: int, angle: float) -> float:
    """The integral of cos(a) ** power from 0 to *angle*."""
    total = angle if power % 2 == 0 else sin(angle)
    for n in range(2 if power % 2 == 0 else 3, power + 1, 2):
        total = cos(angle) ** (n - 1) * sin(angle) / n + (n - 1) / n * total
    return total


def mean_interval(mean: float, deviation: float, n: int) -> Interval | None:
    """The 95 % interval of a mean of *n* values with this standard deviation (n - 1); None below 2.

    Student's t with n - 1 degrees of freedom.
    """
    if n < 2:
        return None
    half = student_t(n - 1) * deviation / sqrt(n)
    return mean - half, mean + half
