"""The drawing of survival: staircase, band, counts at risk, and the published ratios below."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import cache

from poems_course.clinic.survival import Step, Watched, at_risk
from poems_course.figures.draw import number
from poems_course.figures.survival_data import FACTORS, Factor, Groups, published
from poems_course.figures.svg import WIDTH, at, dash, path, point, text

_LAST, _MARKS = 15, (0, 3, 6, 9, 12, 15)  # years
_LEFT, _RIGHT, _TOP, _FOOT = 46.0, WIDTH - 16.0, 52.0, 242.0
_FOREST, _LOW, _HIGH = 336.0, 184.0, 304.0  # where the ratios begin; their axis from 1 to 32
_MONTHS = 12
HEIGHT = _FOREST + 118


def _x(years: float) -> float:
    return _LEFT + min(years, _LAST) / _LAST * (_RIGHT - _LEFT)


def _y(share: float) -> float:
    return _FOOT - share * (_FOOT - _TOP)


def drawn(era: str, chosen: tuple[Factor, ...], who: Groups, year: int) -> str:
    """The content of the drawing: with all chosen findings and with none, read at a year."""
    parts = [_frame(), _legend(chosen), _curve(who.others, who.other_curve, 1)]
    parts.append(_curve(who.people, who.curve, 0))
    x = at(_x(year))
    parts.append(path("r", f"M{x} {at(_TOP)}V{at(_FOOT)}"))
    if not chosen:
        parts += [point(_x(each.years), _y(each.percent / 100), 3) for each in published(era)]
    parts += [_watched(who.people, _FOOT + 52, 0), _forest(chosen)]
    if chosen:
        parts.append(_watched(who.others, _FOOT + 68, 1))
    return "".join(parts)


@cache
def _frame() -> str:
    parts = []
    for percent in (0, 25, 50, 75, 100):
        y = _y(percent / 100)
        parts.append(path("g", f"M{at(_LEFT)} {at(y)}H{at(_RIGHT)}"))
        parts.append(text(_LEFT - 5, y + 4, f"{percent}", "muted", "end"))
    for years in _MARKS:
        parts.append(path("g", f"M{at(_x(years))} {at(_TOP)}V{at(_FOOT)}"))
        parts.append(text(_x(years), _FOOT + 15, str(years), "muted", "middle"))
    parts.append(path("a", f"M{at(_LEFT)} {at(_TOP)}V{at(_FOOT)}H{at(_RIGHT)}"))
    parts.append(text(8, 42, "Alive, %"))
    parts.append(text(_RIGHT, _FOOT + 32, "Years since the diagnosis", anchor="end"))
    parts.append(text(8, _FOOT + 34, "Still watched:", "small"))
    return "".join(parts)


@cache
def _legend(chosen: tuple[Factor, ...]) -> str:
    if not chosen:
        names = (("all invented patients", 0), ("published, real", 3))
    elif len(chosen) == 1:
        names = ((f"with {chosen[0].short}", 0), ("without it", 1))
    else:
        all_ = "both" if len(chosen) == 2 else f"all {len(chosen)}"
        names = ((f"with {all_} findings", 0), ("with none of them", 1))
    parts, x = [], 8.0
    for name, series in names:
        if series == 3:
            parts.append(point(x + 9, 14, 3))
        else:
            parts.append(f'<path class="k s{series}"{dash(series)} d="M{at(x)} 14h18"/>')
        parts.append(text(x + 23, 18, name))
        x += 40 + 6.3 * len(name)
    return "".join(parts)


@cache
def _curve(people: tuple[Watched, ...], curve: tuple[Step, ...], series: int) -> str:
    """The staircase and its band, up to the last patient watched."""
    if not people:
        return ""
    end = min(max(each.months for each in people) / _MONTHS, _LAST)
    shown = [step for step in curve if step.months <= _MONTHS * end]
    stairs = f"M{at(_x(0))} {at(_y(1))}" + "".join(
        f"H{at(_x(step.months / _MONTHS))}V{at(_y(step.alive))}" for step in shown
    )
    line = f'<path class="k s{series}"{dash(series)} d="{stairs}H{at(_x(end))}"/>'
    return _band(shown, end, series) + line


def _band(shown: Sequence[Step], end: float, series: int) -> str:
    bounded = [step for step in shown if step.low is not None and step.high is not None]
    if not bounded:
        return ""
    months = [step.months for step in bounded]
    closes = next((step.months for step in shown if step.alive == 0), _MONTHS * end)
    ends = [*months[1:], closes]
    over = "".join(
        f"V{at(_y(step.high or 0))}H{at(_x(until / _MONTHS))}"
        for step, until in zip(bounded, ends, strict=True)
    )
    under = "".join(
        f"V{at(_y(step.low or 0))}H{at(_x(step.months / _MONTHS))}" for step in reversed(bounded)
    )
    start = f"M{at(_x(months[0] / _MONTHS))} {at(_y(bounded[0].low or 0))}"
    return path(f"b s{series}", f"{start}{over}{under}Z")


@cache
def _watched(people: tuple[Watched, ...], y: float, series: int) -> str:
    counts = ((years, at_risk(people, _MONTHS * years)) for years in _MARKS)
    row = "".join(text(_x(years), y, str(left), "muted", "middle") for years, left in counts)
    return f'<path class="k s{series}"{dash(series)} d="M8 {at(y - 4)}h18"/>{row}'


@cache
def _forest(chosen: tuple[Factor, ...]) -> str:
    return "".join(_ratios(chosen))


def _ratios(chosen: Sequence[Factor]) -> Iterator[str]:
    yield text(8, _FOREST, "Published hazard ratios, part of 362 real patients, Beijing:", "strong")
    for tick in (1, 2, 4, 8, 16, 32):
        x = _ratio_x(tick)
        yield path("g", f"M{at(x)} {at(_FOREST + 8)}V{at(_FOREST + 94)}")
        yield text(x, _FOREST + 108, str(tick), "muted", "middle")
    for row, factor in enumerate(FACTORS):
        y = _FOREST + 22 + 20 * row
        value, low, high = factor.ratio
        yield text(8, y + 4, factor.short, "strong" if factor in chosen else "muted")
        ends = "".join(f"M{at(_ratio_x(end))} {at(y - 4)}v8" for end in (low, high))
        yield path("k s2", f"M{at(_ratio_x(low))} {at(y)}H{at(_ratio_x(high))}{ends}")
        yield point(_ratio_x(value), y, 2)
        shown = f"{number(value)} ({number(low)} to {number(high)})"
        yield text(WIDTH - 4, y + 4, shown, "small", "end")


def _ratio_x(ratio: float) -> float:
    return _LOW + math.log(ratio) / math.log(32) * (_HIGH - _LOW)
