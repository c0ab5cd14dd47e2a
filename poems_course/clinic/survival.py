"""Survival of a group of patients: Kaplan and Meier's estimate, its interval, its median.

Pure arithmetic on who was watched for how long; times in months throughout.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Z = 1.96  # standard errors either side of an estimate for a 95 % interval
_HALF = 0.5


@dataclass(frozen=True)
class Watched:
    """One patient: watched for so many *months*, and *died* then or was last seen alive."""

    months: float
    died: bool


@dataclass(frozen=True)
class Step:
    """A moment of one or more deaths.

    *at_risk* are the patients still watched just before it, *alive* is the estimated share alive
    just after it. *low* and *high* bound it (95 %), None where the estimate is 0 or 1.
    """

    months: float
    at_risk: int
    deaths: int
    alive: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Median:
    """When half have died, with its 95 % interval, in months; None: not reached."""

    months: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Ratio:
    """A ratio of two death rates with its 95 % interval."""

    value: float
    low: float
    high: float


def kaplan_meier(patients: Sequence[Watched]) -> tuple[Step, ...]:
    """The steps of the survival curve, one for each time of death, in order.

    Who leaves at the time of a death is still counted in it, as Kaplan and Meier (1958) count.
    The interval is Greenwood's variance on the log-log scale, so that it stays between 0 and 1.
    """
    return tuple(_steps(patients))


def _steps(patients: Sequence[Watched]) -> Iterator[Step]:
    alive, spread = 1.0, 0.0  # spread: Greenwood's sum of d / (n (n - d))
    for moment in sorted({patient.months for patient in patients if patient.died}):
        watched = at_risk(patients, moment)
        deaths = sum(patient.died and patient.months == moment for patient in patients)
        alive *= 1 - deaths / watched
        if deaths == watched:
            yield Step(moment, watched, deaths, 0.0, None, None)
            return
        spread += deaths / (watched * (watched - deaths))
        yield Step(moment, watched, deaths, alive, *_interval(alive, spread))


def _interval(alive: float, spread: float) -> tuple[float, float]:
    reach = Z * math.sqrt(spread) / abs(math.log(alive))
    return alive ** math.exp(reach), alive ** math.exp(-reach)


def at_risk(patients: Sequence[Watched], months: float) -> int:
    """How many were watched for at least so many months."""
    return sum(patient.months >= months for patient in patients)


def step_at(curve: Sequence[Step], months: float) -> Step | None:
    """The last step up to a time; None before the first death, when all are alive."""
    reached = [step for step in curve if step.months <= months]
    return reached[-1] if reached else None


def median(curve: Sequence[Step]) -> Median:
    """When the curve reaches one half; its interval is where the bounds do."""
    found, low, high = (
        next((step.months for step in curve if _at_most_half(share(step))), None)
        for share in (_alive, _low, _high)
    )
    return Median(found, low, high)


def _alive(step: Step) -> float | None:
    return step.alive


def _low(step: Step) -> float | None:
    return step.alive if step.low is None else step.low


def _high(step: Step) -> float | None:
    return step.high


def _at_most_half(share: float | None) -> bool:
    return share is not None and share <= _HALF + 1e-12


def deaths(patients: Sequence[Watched]) -> int:
    """How many died while they were watched."""
    return sum(patient.died for patient in patients)


def death_rate(patients: Sequence[Watched]) -> float:
    """Deaths for 100 years of watching. Raises ZeroDivisionError where nobody was watched."""
    return 1200 * deaths(patients) / sum(patient.months for patient in patients)


def rate_ratio(group: Sequence[Watched], others: Sequence[Watched]) -> Ratio | None:
    """How many times the death rate of *others* is that of *group*; None without deaths in either.

    Crude: nothing is adjusted for. The interval is that of the logarithm of a ratio of rates.
    """
    here, there = deaths(group), deaths(others)
    if not here or not there:
        return None
    value = death_rate(group) / death_rate(others)
    reach = math.exp(Z * math.sqrt(1 / here + 1 / there))
    return Ratio(value, value / reach, value * reach)
