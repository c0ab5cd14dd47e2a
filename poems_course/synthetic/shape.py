"""From a standard normal to a value: the marginal distributions, as a laboratory prints them.

Every parameter may be one number or one for each patient. Nothing here needs the normal's
distribution function for a patient: thresholds are moved to the normal's own scale once.
"""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np

from poems_course.synthetic.draws import Array

_NORMAL = NormalDist()
_NEVER = 8.0  # standard deviations: no draw gets there


def threshold(share: float) -> float:
    """The point that a standard normal exceeds with probability *share*; 0 and 1 are allowed."""
    if not 0 <= share <= 1:
        raise ValueError(f"a share must lie between 0 and 1, not {share}")
    if share in (0, 1):
        return _NEVER if share == 0 else -_NEVER
    return -_NORMAL.inv_cdf(share)


def present(normal: Array, at: Array | float) -> Array:
    """Yes (1) where *normal* exceeds its threshold *at*, else no (0), as int8."""
    found: Array = (normal > at).astype(np.int8)
    return found


def lognormal(normal: Array, median: Array | float, spread: Array | float) -> Array:
    """Values with this *median*, and *spread* as standard deviation of their natural log."""
    value: Array = normal * spread
    np.exp(value, out=value)
    value *= median
    return value


def gaussian(normal: Array, mean: Array | float, sd: Array | float) -> Array:
    """Normally distributed values."""
    value: Array = normal * sd
    value += mean
    return value


def hinged(
    normal: Array, limit: float, at: Array | float, inside: Array | float, beyond: Array | float
) -> Array:
    """Values that pass *limit* exactly where *normal* passes *at*, log-linear on either side.

    *inside* and *beyond* are the slopes of the log below and above the threshold: both positive
    for a value that is high beyond its limit, both negative for one that is low. So a finding
    (low testosterone) and its value come from one draw and cannot contradict each other.
    """
    distance: Array = normal - at
    distance *= np.where(distance > 0, beyond, inside)
    np.exp(distance, out=distance)
    distance *= limit
    return distance


def spread_of_range(low: float, high: float) -> tuple[float, float]:
    """Median and spread of the lognormal whose central 95 % is a reference range."""
    return math.sqrt(low * high), math.log(high / low) / (2 * _NORMAL.inv_cdf(0.975))


def printed(value: Array, decimals: int, low: float, high: float) -> Array:
    """*value* held within hard limits and rounded as a laboratory prints it. Changes *value*."""
    np.clip(value, low, high, out=value)
    np.round(value, decimals, out=value)
    return value
