"""Intervals for proportions from small cohorts."""

from __future__ import annotations

from math import sqrt

Z_95 = 1.959963984540054


def wilson(k: int, n: int) -> tuple[float, float]:
    """The Wilson 95 % interval of *k* of *n*, as proportions from 0 to 1.

    It stays within 0 and 1 and is not empty at 0 of n or n of n, where the textbook
    interval (Wald) collapses to a point. Raises ValueError unless 0 <= k <= n and n > 0.
    Source: Wilson EB, J Am Stat Assoc 1927;22:209.
    """
    if n <= 0 or not 0 <= k <= n:
        raise ValueError(f"k must lie between 0 and n, and n above 0: k={k}, n={n}")
    share, spread = k / n, Z_95**2 / n
    centre = (share + spread / 2) / (1 + spread)
    half = Z_95 / (1 + spread) * sqrt(share * (1 - share) / n + spread / (4 * n))
    # At the ends the formula is exact only up to rounding.
    low = 0.0 if k == 0 else max(0.0, centre - half)
    high = 1.0 if k == n else min(1.0, centre + half)
    return low, high
