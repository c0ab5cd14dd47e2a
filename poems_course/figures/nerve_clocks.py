"""A thought experiment: take VEGF away, and follow the leak and the nerve by their own clocks.

Three worlds that could be ours. Each is a guess; what no source gives is assumed, and named so.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from poems_course.evidence import fact

DAY = 1440.0  # minutes
CLONE_HALVING = (
    30.0  # days; assumed, so that VEGF has settled by 6 months when the clone is treated
)
BLOCKED_LEFT = 0.05  # of free VEGF under bevacizumab; assumed
OTHERS = 0.8  # of the opening of the wall that is due to other messengers in their world; assumed
WALL_HALVING = (
    0.6  # days: five of them are the 72 hours after which frogs' vessels were tight again
)
REBUILT_HALVING = 150.0  # days until half of the rebuilt vessels are replaced; assumed
NERVE_HALVING = 90.0  # days until half of what can mend has mended; assumed, see fact mv-mdex-haem
WORSE = 1.6  # damage to which an unhindered leak would drive the nerve in the end; assumed
END = 730.0  # days

WORLDS = ("VEGF alone opens the wall", "several messengers open it", "the vessels are rebuilt")
TREATMENTS = ("nothing", "bevacizumab", "treat the clone")


@dataclass(frozen=True)
class Moment:
    """Days since treatment began; free VEGF, leak and damage as shares of those at the start."""

    day: float
    vegf: float
    leak: float
    damage: float


@cache
def vegf_halving() -> float:
    """Half-life of free VEGF in days, from the infusion of a recombinant form."""
    return fact("hl-vegf-free").quantity("half_life") / DAY


def _left(day: float, halving: float) -> float:
    return math.exp2(-day / halving)


def vegf(treatment: str, day: float) -> float:
    """Free VEGF after *day* days, as a share of that at the start."""
    if treatment == "bevacizumab":
        return BLOCKED_LEFT + (1 - BLOCKED_LEFT) * _left(day, vegf_halving())
    return _left(day, CLONE_HALVING) if treatment == "treat the clone" else 1.0


def _others(treatment: str, day: float) -> float:
    """The other messengers: an antibody against VEGF leaves them alone."""
    return _left(day, CLONE_HALVING) if treatment == "treat the clone" else 1.0


def opening(world: str, treatment: str) -> Callable[[float], float]:
    """What holds the wall open at a day, as a share of the start."""
    share = OTHERS if world == WORLDS[1] else 0.0
    return lambda day: (1 - share) * vegf(treatment, day) + share * _others(treatment, day)


@cache
def course(world: str, treatment: str, lost: float) -> tuple[Moment, ...]:
    """The course over two years; *lost* is the share of the damage that cannot mend.

    Days run in growing steps from an hour on. Leak and damage follow what drives them, each with
    its own half-time: within a step the driver is held at its middle.
    """
    hold = opening(world, treatment)
    rebuilt = world == WORLDS[2] and treatment != "nothing"
    wall = REBUILT_HALVING if rebuilt else WALL_HALVING
    day, leak, damage = 0.0, 1.0, 1.0
    moments = [Moment(0.0, 1.0, 1.0, 1.0)]
    for after in _days():
        step, middle = after - day, (after + day) / 2
        before = leak
        leak = _follow(leak, hold(middle), step, wall)
        goal = lost + (WORSE - lost) * (before + leak) / 2
        damage = _follow(damage, goal, step, NERVE_HALVING)
        day = after
        moments.append(Moment(day, vegf(treatment, day), leak, damage))
    return tuple(moments)


def _follow(now: float, goal: float, step: float, halving: float) -> float:
    return goal + (now - goal) * _left(step, halving)


@cache
def _days() -> tuple[float, ...]:
    low, high, count = math.log(1 / 24), math.log(END), 400
    return tuple(math.exp(low + (high - low) * i / count) for i in range(count + 1))


def at_day(moments: tuple[Moment, ...], day: float) -> Moment:
    """The first moment of a course not before *day*; the last where the day lies beyond."""
    after = bisect_left(moments, day - 1e-9, key=lambda each: each.day)
    return moments[min(after, len(moments) - 1)]
