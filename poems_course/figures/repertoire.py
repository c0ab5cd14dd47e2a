"""A repertoire in which one clone grows: many families, one of them too large.

The hill of health, the places on the strip and how many free chains a clone leaves over are
classroom assumptions; levels follow clinic.turnover, reference intervals the fact norm-flc.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from poems_course.clinic.turnover import antibody, free_chains, level_of
from poems_course.evidence import fact

RATE = 2000.0  # assumption: antibodies a second from a cell of the clone
HILL = 10.0  # assumption: g/L of antibodies of all families while others are 1 % of the marrow
LEFT_OVER = {"1 for 10 antibodies": 0.1, "1 for each antibody": 1.0}
"""Pairs of light chains that the clone lets go alone: assumption."""


@dataclass(frozen=True)
class Repertoire:
    """One marrow: the clone and all *others*, both in percent of the marrow's cells."""

    clone: float
    others: float
    heavy: str
    light: str
    left_over: float

    @property
    def counts(self) -> tuple[int, int, int]:
        """Of 100 plasma cells: other kappa cells, other lambda cells, cells of the clone.

        In health two cells make kappa for one that makes lambda (fact pc-kappa-lambda).
        """
        clone = round(100 * self.clone / (self.clone + self.others))
        kappas = fact("pc-kappa-lambda").quantity("kappa_for_one_lambda")
        kappa = round((100 - clone) * kappas / (kappas + 1))
        return kappa, 100 - clone - kappa, clone

    @property
    def m_protein(self) -> float:
        """The clone's whole antibodies in the serum, g/L."""
        return level_of(self.clone, RATE, antibody(self.heavy)) if self.clone else 0.0

    @property
    def hill(self) -> float:
        """The antibodies of all other families together, g/L."""
        return HILL * self.others

    @property
    def free(self) -> dict[str, float]:
        """Free kappa and lambda, mg/L: the middle of health, times *others*, and the clone's."""
        levels = {chain: self.others * healthy_middle(chain) for chain in ("kappa", "lambda")}
        if self.clone:
            own = level_of(self.clone, RATE * self.left_over, free_chains(self.light))
            levels[self.light] += 1000 * own
        return levels

    @property
    def ratio(self) -> float:
        """Free kappa over free lambda."""
        return self.free["kappa"] / self.free["lambda"]


def healthy_middle(chain: str) -> float:
    """The geometric middle of the reference interval of a free light chain, mg/L."""
    normal = fact("norm-flc")
    return math.sqrt(normal.quantity(f"{chain}_from") * normal.quantity(f"{chain}_to"))


def normal_ratio() -> tuple[float, float]:
    """The reference interval of the free kappa/lambda ratio."""
    normal = fact("norm-flc")
    return normal.quantity("ratio_from"), normal.quantity("ratio_to")


def place_of_ratio(ratio: float) -> str:
    """Whether a ratio lies below, within or above its reference interval."""
    low, high = normal_ratio()
    return "below" if ratio < low else "above" if ratio > high else "within"
