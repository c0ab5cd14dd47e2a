"""The explorer of a thought experiment: VEGF goes at once; what do the leak and the nerve do?"""

from __future__ import annotations

import math

from poems_course.figures.chart import Chart, Table
from poems_course.figures.exploration import Choice, Exploration, Slider
from poems_course.figures.nerve_clocks import (
    END,
    NERVE_HALVING,
    OTHERS,
    REBUILT_HALVING,
    TREATMENTS,
    WALL_HALVING,
    WORLDS,
    WORSE,
    Moment,
    at_day,
    course,
)
from poems_course.figures.svg import WIDTH, at, dash, figure_svg, path, text

TIMES = {
    "1 hour": 1 / 24,
    "1 day": 1.0,
    "3 days": 3.0,
    "1 week": 7.0,
    "1 month": 30.0,
    "3 months": 91.0,
    "1 year": 365.0,
    "2 years": END,
}
LANES = (("free VEGF", "vegf"), ("leak into the nerve", "leak"), ("nerve damage", "damage"))
_LEFT, _RIGHT = 58.0, WIDTH - 20.0
_TOP, _TALL, _GAP = 34.0, 72.0, 36.0
_SPLIT = 48  # points of a curve


def bevacizumab(world: str, treatment: str, when: str, lost: float) -> Chart:
    """VEGF, leak and damage up to *when*; *lost* per cent of the damage cannot mend."""
    moments = course(world, treatment, lost / 100)
    now = at_day(moments, TIMES[when])
    reading = _reading(world, treatment, when, now)
    parts = [_lane(i, moments, now, name, part) for i, (name, part) in enumerate(LANES)]
    drawing = "".join(parts) + _axis(now, when)
    title = "Three clocks: VEGF, the leak, the nerve"
    svg = figure_svg(title, reading, _TOP + 3 * (_TALL + _GAP) + 30, drawing)
    return Chart(svg, reading, _table(moments))


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _reading(world: str, treatment: str, when: str, now: Moment) -> str:
    done = {"nothing": "nothing done", "bevacizumab": "VEGF blocked"}.get(
        treatment, "clone treated"
    )
    return (
        f"If {world}: {done}, after {when} free VEGF stands at {_percent(now.vegf)} of its start, "
        f"the leak at {_percent(now.leak)} and the damage of the nerve at {_percent(now.damage)}."
    )


def _table(moments: tuple[Moment, ...]) -> Table:
    rows = tuple(
        (when, _percent(now.vegf), _percent(now.leak), _percent(now.damage))
        for when, now in ((when, at_day(moments, day)) for when, day in TIMES.items())
    )
    return Table(
        "Shares of the start; assumed for the classroom: the wall halves its leak in "
        f"{WALL_HALVING} days, rebuilt vessels in {REBUILT_HALVING:.0f}, the nerve mends half in "
        f"{NERVE_HALVING:.0f}; other messengers make {_percent(OTHERS)} of the opening where they "
        f"act; an unhindered leak drives the damage to {_percent(WORSE)}",
        ("after", "free VEGF", "leak", "nerve damage"),
        rows,
    )


def _x(day: float) -> float:
    first, last = TIMES["1 hour"], END
    return _LEFT + math.log(day / first) / math.log(last / first) * (_RIGHT - _LEFT)


def _lane(i: int, moments: tuple[Moment, ...], now: Moment, name: str, part: str) -> str:
    top = _TOP + i * (_TALL + _GAP)
    most = WORSE if part == "damage" else 1.0

    def y(share: float) -> float:
        return top + _TALL * (1 - share / most)

    parts = [text(12, top - 12, name, "strong")]
    value: float = getattr(now, part)
    parts.append(text(_RIGHT, top - 12, f"{_percent(value)} of the start", "ink", "end"))
    for tick in (0.0, 1.0):
        parts.append(path("g", f"M{_LEFT} {at(y(tick))}H{_RIGHT}"))
        parts.append(text(_LEFT - 6, y(tick) + 4, _percent(tick), "muted", "end"))
    drawn = moments[1 :: len(moments) // _SPLIT]
    points = " ".join(f"{at(_x(each.day))},{at(y(getattr(each, part)))}" for each in drawn)
    parts.append(f'<polyline class="k s{i}"{dash(i)} points="{points}"/>')
    parts.append(path("r", f"M{at(_x(now.day))} {at(top)}V{at(top + _TALL)}"))
    parts.append(f'<circle class="f s{i}" cx="{at(_x(now.day))}" cy="{at(y(value))}" r="4.5"/>')
    return "".join(parts)


def _axis(now: Moment, when: str) -> str:
    base = _TOP + 3 * (_TALL + _GAP) - _GAP
    parts = [path("a", f"M{_LEFT} {at(base)}H{_RIGHT}")]
    for name in ("1 hour", "1 day", "1 week", "1 month", "1 year"):
        x = _x(TIMES[name])
        parts.append(path("a", f"M{at(x)} {at(base)}v4"))
        parts.append(text(x, base + 17, name, "muted", "middle"))
    parts.append(
        text(
            WIDTH / 2,
            base + 38,
            f"time since the start, stretched; the line: {when}",
            "ink",
            "middle",
        )
    )
    return "".join(parts)


CLOCKS = Exploration(
    id="bevacizumab",
    title="Take VEGF away: a thought experiment",
    prompt=(
        "Predict first: bevacizumab takes nearly all free VEGF away within hours. In which of the "
        "three worlds does the leak stop? And what has the nerve done after a month?"
    ),
    controls=(
        Choice("world", "Suppose", WORLDS),
        Choice("treatment", "Treatment", TREATMENTS, 1),
        Choice("when", "Look after", tuple(TIMES), 4),
        Slider("lost", "Of the damage, never to mend", (10, 40, 70), 0, "%"),
    ),
    model=bevacizumab,
)
