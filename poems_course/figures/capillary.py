"""The wall of a capillary: what pushes water out, what holds it back, and how much gets through.

The plain equation of Starling, with the pressures of the tissue held still. In life they move and
buffer; what is assumed here for the classroom is named so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from poems_course.evidence import fact

GLOBULINS = 30.0  # g/L beside the albumin; classroom assumption
LYMPH_LIMIT = 8.0  # times the healthy flow that lymph carries away; classroom assumption
TIGHT = 0.95  # reflection coefficient of a sound wall; classroom assumption
REST = 16.0  # mmHg in a capillary at rest; classroom assumption, which leaves a small outward force
LESS_PRESSURE, MORE_ALBUMIN = 4.0, 10.0  # mmHg, g/L: the two remedies that are tried on paper


@cache
def plasma_oncotic(albumin: float) -> float:
    """Oncotic pressure of plasma in mmHg, from *albumin* in g/L and the assumed globulins.

    The equation of Landis and Pappenheimer (fact starling-oncotic-formula), protein in g/dL.
    """
    formula, protein = fact("starling-oncotic-formula"), (albumin + GLOBULINS) / 10
    parts = ("first", "second", "third")
    return sum(formula.quantity(part) * protein**power for power, part in enumerate(parts, 1))


@cache
def tissue_pressure() -> float:
    """Hydrostatic pressure of tissue fluid in mmHg; it lies below that of the air."""
    return -fact("starling-interstitium").quantity()


@cache
def tissue_oncotic() -> float:
    """Oncotic pressure of tissue fluid in mmHg."""
    return fact("starling-tissue-oncotic").quantity("oncotic")


@dataclass(frozen=True)
class Capillary:
    """*pressure* inside in mmHg, *albumin* in g/L, *reflection* from 0 (a sieve) to 1 (sealed).

    *ease* is how easily the wall passes water, in multiples of a sound wall.
    """

    pressure: float = REST
    albumin: float = 40.0
    reflection: float = TIGHT
    ease: float = 1.0

    @property
    def push(self) -> float:
        """What drives water out, in mmHg."""
        return self.pressure - tissue_pressure()

    @property
    def pull(self) -> float:
        """What holds water back, in mmHg: only the protein that the wall reflects counts."""
        return self.reflection * (plasma_oncotic(self.albumin) - tissue_oncotic())

    @property
    def net(self) -> float:
        """Push less pull, in mmHg; above 0 water leaves."""
        return self.push - self.pull

    @property
    def flow(self) -> float:
        """Water that leaves, in multiples of the healthy flow."""
        return self.ease * self.net / HEALTHY.net


HEALTHY = Capillary()


def remedies(now: Capillary) -> dict[str, Capillary]:
    """The wall as it is, and after each of three remedies tried on paper."""
    return {
        "as set above": now,
        "pressure 4 mmHg lower": replace(now, pressure=now.pressure - LESS_PRESSURE),
        "albumin 10 g/L higher": replace(now, albumin=now.albumin + MORE_ALBUMIN),
        "the wall sealed": replace(now, reflection=TIGHT, ease=1.0),
    }
