"""VEGF in a tube of blood: what swims free, and what the platelets add when they let go.

A classroom model. It shows why serum and plasma are different quantities and why a platelet count
moves one of them; it is no way from one to the other. What is assumed here is named so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from poems_course.evidence import fact

PLASMA_SHARE = 0.55  # of a volume of blood; classroom assumption
USUAL_COUNT = 250.0  # platelets, 10^9/L, to compare with; classroom assumption


@dataclass(frozen=True)
class Handling:
    """Which share of their VEGF the platelets give off into each tube; classroom assumptions."""

    into_plasma: float
    into_serum: float


HANDLING = {
    "by the book": Handling(0.0, 1.0),
    "serum spun after 10 minutes": Handling(0.0, 0.05),
    "plasma with platelets left in": Handling(0.2, 1.0),
}


@cache
def healthy_content() -> float:
    """What platelets of healthy people held, on average, in pg per million (fact)."""
    return fact("pl-banks-content").quantity("mean")


@dataclass(frozen=True)
class Blood:
    """*platelets* in 10^9/L of blood, *content* in pg of VEGF per million, *free* in pg/mL."""

    platelets: float
    content: float
    free: float

    def released(self, share: float) -> float:
        """What platelets add to a mL of plasma or serum, in pg, when they give off *share*.

        10^9/L are millions per mL of blood; what they give off is left to the plasma in it.
        """
        return share * self.platelets * self.content / PLASMA_SHARE

    def plasma(self, handling: Handling) -> float:
        """What the plasma tube shows, in pg/mL."""
        return self.free + self.released(handling.into_plasma)

    def serum(self, handling: Handling) -> float:
        """What the serum tube shows, in pg/mL."""
        return self.free + self.released(handling.into_serum)

    def usual(self) -> Blood:
        """The same blood with a usual platelet count."""
        return replace(self, platelets=USUAL_COUNT)
