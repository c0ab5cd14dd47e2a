"""Twenty motor fibres on their way to the muscle, and the potential that they add up to.

A model for the classroom, not of a patient: the fibres' speeds are spread evenly below that of
the fastest, the customary distances are those of the synthetic data, and the thin end branches
and the synapse take a time that makes the healthy distal latency an ordinary one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from poems_course.clinic.conduction import MotorStudy, Response
from poems_course.evidence import fact

FIBRES = 20
HAND, FOREARM = 80.0, 225.0
"""mm: wrist to the muscle of the thumb, elbow to wrist."""
BRANCHES, SYNAPSE = 1.5, 0.8
"""ms: the thin end branches, which slow down as the last stretch does, and the synapse."""
SLOWEST = 0.87
"""Speed of the slowest healthy fibre, as a share of the fastest."""
STEP, END = 0.5, 50.0
"""ms: between two points of a trace, and where the trace ends."""
_NEGATIVE, _POSITIVE, _DEPTH = 5.0, 7.5, 0.5
_FLAT = 0.05
_BAD_LUCK = tuple(13 * fibre % FIBRES / (FIBRES - 1) for fibre in range(FIBRES))


@dataclass(frozen=True)
class Nerve:
    """What ails the nerve: speeds as shares of the healthy one, losses as shares of the fibres."""

    forearm: float = 1.0
    hand: float = 1.0
    uneven: bool = False
    blocked: float = 0.0
    lost: float = 0.0

    @property
    def conducting(self) -> tuple[int, ...]:
        """Fibres that are alive."""
        return _spared(range(FIBRES), self.lost, 7, 10)

    @property
    def passing(self) -> tuple[int, ...]:
        """Fibres that are alive and not blocked in the forearm."""
        return _spared(self.conducting, self.blocked, 3, 4)

    def speed(self, fibre: int, share: float) -> float:
        """Speed of a fibre in m/s where the nerve runs at *share* of its healthy speed."""
        return _healthy_speeds()[fibre] * self.left(fibre, share)

    def left(self, fibre: int, share: float) -> float:
        """What is left of one fibre's speed: the share, or, where uneven, that or less."""
        return share ** (1 + _BAD_LUCK[fibre]) if self.uneven else share

    def from_wrist(self, fibre: int) -> float:
        """Arrival at the muscle after a stimulus at the wrist, ms."""
        branches = BRANCHES / self.left(fibre, self.hand)
        return HAND / self.speed(fibre, self.hand) + branches + SYNAPSE

    def from_elbow(self, fibre: int) -> float:
        """Arrival at the muscle after a stimulus at the elbow, ms."""
        return self.from_wrist(fibre) + FOREARM / self.speed(fibre, self.forearm)


def _spared(fibres: Sequence[int], share: float, stride: int, start: int) -> tuple[int, ...]:
    """*fibres* without a *share* of them, fast ones and slow ones alike; one is always left."""
    n = len(fibres)
    while math.gcd(stride, n) != 1:
        stride += 1
    gone = {fibres[(stride * i + start) % n] for i in range(min(round(share * n), n - 1))}
    return tuple(fibre for fibre in fibres if fibre not in gone)


@cache
def _healthy_speeds() -> tuple[float, ...]:
    fastest = fact("norm-arm-nerves").quantity("median_velocity")
    return tuple(fastest * (1 - (1 - SLOWEST) * fibre / (FIBRES - 1)) for fibre in range(FIBRES))


@cache
def _unit(late: int) -> tuple[float, ...]:
    """One fibre's muscle unit, up first and then down, from *late* tenths of ms on, by STEP."""
    times = (late / 10 + i * STEP for i in range(int((_NEGATIVE + _POSITIVE) / STEP)))
    return tuple(
        math.sin(math.pi * t / _NEGATIVE)
        if t < _NEGATIVE
        else -_DEPTH * math.sin(math.pi * (t - _NEGATIVE) / _POSITIVE)
        for t in times
    )


@cache
def compound(arrivals: tuple[float, ...]) -> tuple[float, ...]:
    """The sum of the units that arrive at these times (ms), in units, one value each STEP."""
    trace = [0.0] * (int(END / STEP) + 1)
    for arrival in arrivals:
        first = math.ceil(arrival / STEP)
        for i, value in enumerate(_unit(round(10 * (first * STEP - arrival))), first):
            if i < len(trace):
                trace[i] += value
    return tuple(trace)


@dataclass(frozen=True)
class Recording:
    """The traces of one study in mV, and the study read off them."""

    wrist: tuple[float, ...]
    elbow: tuple[float, ...]
    study: MotorStudy


def record(nerve: Nerve) -> Recording:
    """Stimulate the nerve at the wrist and at the elbow; values as a laboratory prints them."""
    from_wrist = tuple(map(nerve.from_wrist, nerve.conducting))
    from_elbow = tuple(map(nerve.from_elbow, nerve.passing))
    wrist, elbow = (_scaled(compound(times)) for times in (from_wrist, from_elbow))
    answers = _response(wrist, min(from_wrist)), _response(elbow, min(from_elbow))
    study = MotorStudy(HAND, FOREARM, *answers, lower_limit())
    return Recording(wrist, elbow, study)


def lower_limit() -> float:
    """The smallest normal response in mV: two standard deviations below the published mean."""
    norm = fact("norm-arm-nerves")
    return norm.quantity("median_amplitude") - 2 * norm.quantity("median_amplitude_sd")


@cache
def _unit_mv() -> float:
    """What one unit gives, so that the healthy response has its published height."""
    healthy = Nerve()
    units = max(compound(tuple(map(healthy.from_wrist, healthy.conducting))))
    return fact("norm-arm-nerves").quantity("median_amplitude") / units


def _scaled(trace: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(_unit_mv() * value for value in trace)


def _response(trace: tuple[float, ...], onset: float) -> Response:
    peak = max(trace)
    last = max(i for i, value in enumerate(trace) if value > _FLAT * peak)
    return Response(round(onset, 1), round(peak, 1), round(last * STEP - onset, 1))
