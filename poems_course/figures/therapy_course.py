"""The course simulator: VEGF, M-protein and nerves after a therapy, month by month, with harms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from poems_course.evidence import fact
from poems_course.figures.chart import Chart, Table
from poems_course.figures.draw import Axis, number
from poems_course.figures.exploration import Choice, Exploration, Slider
from poems_course.figures.svg import WIDTH, at, box, figure_svg, path, point, text
from poems_course.figures.therapy_data import (
    FEW,
    LAST,
    RESPONSES,
    THERAPIES,
    Spread,
    group,
    measured,
    relapsed,
    spread,
)
from poems_course.figures.therapy_harm import harms

STOPS = (0, 1, 2, 3, 6, 9, 12, 18, 24, 36, 48, LAST)
_GRID = (*range(13), *range(15, LAST + 1, 3))
_LEFT, _RIGHT, _TALL, _GAP, _TOP = 52.0, WIDTH - 12.0, 84.0, 30.0, 26.0
_FOOT = _TOP + 3 * _TALL + 2 * _GAP
_YEAR = 12


@dataclass(frozen=True)
class Panel:
    """One sign with its axis; *limit* is where a complete response begins."""

    sign: str
    label: str
    axis: Axis
    series: int
    limit: float | None = None
    unit: str = ""


_PANELS = {
    "serum": Panel("serum_vegf", "VEGF in serum, pg/mL, log (dashes: complete below 1000)",
                   Axis("", 150, 15_000, (300, 1000, 3000, 10_000), log=True), 0, 1000, "pg/mL"),
    "plasma": Panel("plasma_vegf", "VEGF in plasma, pg/mL, log (dashes: classroom limit 100)",
                    Axis("", 25, 2500, (30, 100, 300, 1000), log=True), 0, 100, "pg/mL"),
    "m": Panel("m_protein", "M-protein, g/L", Axis("", 0, 25, (0, 10, 20)), 1, unit="g/L"),
    "nis": Panel("nis", "Nerves: impairment score (0 is none)",
                 Axis("", 0, 120, (0, 40, 80, 120)), 2, unit="points"),
}  # fmt: skip


def therapy_course(therapy: str, response: str, sample: str, month: int) -> Chart:
    """A group of invented patients up to a month, and the published harms by then."""
    panels = (_PANELS[sample], _PANELS["m"], _PANELS["nis"])
    said = _reading(therapy, response, sample, month, panels)
    drawn = "".join(
        _panel(panel, therapy, response, month, _TOP + i * (_TALL + _GAP))
        for i, panel in enumerate(panels)
    )
    told = [harm.words for harm in harms(therapy) if harm.month <= month]
    lines = told or ["none by now"]
    events = text(8, _FOOT + 98, "Reported harms by this month (published, real):", "strong")
    events += "".join(
        text(16, _FOOT + 116 + 16 * i, words, "small") for i, words in enumerate(lines)
    )
    height = _FOOT + 108 + 16 * max(len(harms(therapy)), 1) + 6
    title = f"{_after(therapy, month)}, VEGF response {response}"
    svg = figure_svg(title, said, height, drawn + _months() + events)
    return Chart(svg, said, _table(therapy, response, month, panels, told))


def _after(therapy: str, month: int) -> str:
    word = "after" if therapy == "transplant" else "on"
    return f"Month {month} {word} {therapy}"


def x_of(month: float) -> float:
    """Where a month stands: the first year takes half of the width."""
    share = month / _YEAR / 2 if month <= _YEAR else 0.5 + (month - _YEAR) / (LAST - _YEAR) / 2
    return _LEFT + share * (_RIGHT - _LEFT)


def _reading(
    therapy: str, response: str, sample: str, month: int, panels: tuple[Panel, ...]
) -> str:
    people = len(group(therapy, response))
    turned = "" if response == "any" else f" with the VEGF response {response}"
    values = "; ".join(_said(panel, therapy, response, month) for panel in panels)
    gone = relapsed(therapy, response, month)
    return (
        f"{_after(therapy, month)}, {people} invented patient{'s' * (people != 1)}{turned}: "
        f"{values}; {gone} relapsed clinically so far."
    )


def _said(panel: Panel, therapy: str, response: str, month: int) -> str:
    name = {"serum_vegf": "serum VEGF", "plasma_vegf": "plasma VEGF"}.get(
        panel.sign, {"m_protein": "M-protein", "nis": "impairment score"}.get(panel.sign, "")
    )
    seen = spread(therapy, response, panel.sign, month)
    if seen is None:
        return f"{name} measured in nobody"
    shown = f"median {name} {number(_rounded(seen.middle, panel))} {panel.unit}"
    if seen.n < FEW:
        return f"{shown} (only {seen.n} measured)"
    low, high = (number(_rounded(end, panel)) for end in (seen.low, seen.high))
    return f"{shown} (eight of ten between {low} and {high})"


def _rounded(value: float, panel: Panel) -> float:
    return round(value, 1) if panel.sign == "m_protein" else round(value)


@cache  # the same panels stand under serum and under plasma
def _panel(panel: Panel, therapy: str, response: str, month: int, top: float) -> str:
    foot = top + _TALL
    parts = [text(_LEFT, top - 8, panel.label)]
    for tick in panel.axis.ticks:
        y = _y(panel, tick, top)
        parts.append(path("g", f"M{at(_LEFT)} {at(y)}H{at(_RIGHT)}"))
        parts.append(text(_LEFT - 5, y + 4, number(tick), "muted", "end"))
    if panel.limit:
        y = _y(panel, panel.limit, top)
        parts.append(path("r", f"M{at(_LEFT)} {at(y)}H{at(_RIGHT)}"))
    parts.append(path("a", f"M{at(_LEFT)} {at(top)}V{at(foot)}H{at(_RIGHT)}"))
    parts.append(path("g", f"M{at(x_of(_YEAR))} {at(top)}V{at(foot)}"))
    if month < LAST:
        x = at(x_of(month))
        parts.append(path("r", f"M{x} {at(top)}V{at(foot)}"))
    parts.append(_curves(panel, therapy, response, month, top))
    if response == "any":
        parts += [
            point(x_of(when), _y(panel, value, top), 3)
            for when, value in published(panel.sign, therapy)
            if when <= month
        ]
    return "".join(parts)


def _y(panel: Panel, value: float, top: float) -> float:
    share = panel.axis.share(min(max(value, panel.axis.low), panel.axis.high))
    return top + (1 - share) * _TALL


def _curves(panel: Panel, therapy: str, response: str, month: int, top: float) -> str:
    months = [when for when in _GRID if when <= month]
    people = measured(therapy, response, panel.sign)
    if not people:
        return text((_LEFT + _RIGHT) / 2, top + _TALL / 2, "nobody here", "muted", "middle")
    if len(people) < FEW:
        return "".join(
            _line(panel, [(when, value) for when in months
                          if (value := course.signs[panel.sign][when]) is not None], top, thin=True)
            for course in people
        )  # fmt: skip
    seen = [(when, spread(therapy, response, panel.sign, when)) for when in months]
    known = [(when, values) for when, values in seen if values is not None]
    when, last = known[-1]
    return (
        _band(panel, known, top)
        + _line(panel, [(when, values.middle) for when, values in known], top)
        + point(x_of(when), _y(panel, last.middle, top), panel.series)
    )


def _line(panel: Panel, values: Sequence[tuple[int, float]], top: float, thin: bool = False) -> str:
    places = " ".join(f"{at(x_of(when))},{at(_y(panel, value, top))}" for when, value in values)
    look = ' style="stroke-width:1.2"' if thin else ""
    return f'<polyline class="k s{panel.series}"{look} points="{places}"/>'


def _band(panel: Panel, known: Sequence[tuple[int, Spread]], top: float) -> str:
    over = [f"{at(x_of(when))} {at(_y(panel, values.high, top))}" for when, values in known]
    under = [f"{at(x_of(when))} {at(_y(panel, values.low, top))}" for when, values in known]
    return path(f"b s{panel.series}", f"M{'L'.join([*over, *reversed(under)])}Z")


def published(sign: str, therapy: str) -> tuple[tuple[int, float], ...]:
    """Medians printed for real patients: (month, value); the last visit stands at LAST."""
    if therapy != "transplant" or sign not in ("nis", "plasma_vegf"):
        return ()
    if sign == "nis":
        score = fact("nr-nis")
        months = ((0, "before"), (12, "month_12"), (LAST, "last"))
        return tuple((when, score.quantity(part)) for when, part in months)
    vegf = fact("tx-karam-vegf")
    return (0, vegf.quantity("before")), (LAST, vegf.quantity("after"))


def _months() -> str:
    parts = [
        text(x_of(tick), _FOOT + 16, str(tick), "muted", "middle")
        for tick in (0, 3, 6, 9, 12, 24, 36, 48, 60)
    ]
    label = "Months of treatment (the first year is drawn wider)"
    parts.append(text((_LEFT + _RIGHT) / 2, _FOOT + 34, label, anchor="middle"))
    parts += [
        box("b s0", 8, _FOOT + 45, 16, 10),
        text(30, _FOOT + 54, "eight of ten invented patients (under ten: a line for each)"),
        point(16, _FOOT + 68, 3),
        text(30, _FOOT + 72, "published median, real"),
    ]
    return "".join(parts)


def _table(
    therapy: str, response: str, month: int, panels: tuple[Panel, ...], told: list[str]
) -> Table:
    rows: list[tuple[str, str, str, str]] = []
    for panel in panels:
        seen = spread(therapy, response, panel.sign, month)
        if seen is None:
            rows.append((panel.label, "nobody measured", "", "0"))
            continue
        low, middle, high = (
            number(_rounded(end, panel)) for end in (seen.low, seen.middle, seen.high)
        )
        rows.append((panel.label, middle, f"{low} to {high}", str(seen.n)))
    gone, people = relapsed(therapy, response, month), len(group(therapy, response))
    rows.append(("Clinical relapse so far", str(gone), "", str(people)))
    rows += [("Reported harm (real)", words, "", "") for words in told]
    columns = ("Sign", "Median or count", "Eight of ten between", "Invented patients")
    return Table(f"{_after(therapy, month)}, VEGF response {response}", columns, tuple(rows))


COURSE = Exploration(
    id="therapy-course",
    title="A course under treatment",
    prompt=(
        "Predict first: after a transplant, which of the three will be best at month 6, and which "
        "will still be on its way at month 24: VEGF, M-protein or nerves? Then move the month."
    ),
    controls=(
        Choice("therapy", "Therapy", THERAPIES),
        Choice("response", "VEGF response at month 6", RESPONSES),
        Choice("sample", "Laboratory measures", ("serum", "plasma")),
        Slider("month", "Month", STOPS, 4),
    ),
    model=therapy_course,
)
