"""The way to the diagnosis: how long it took, what came first, and what it was first called."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from poems_course.evidence import cohorts, fact
from poems_course.figures.chart import Cell, Chart, Table
from poems_course.figures.cohort_rows import (
    SHARE,
    Row,
    draw_rows,
    interval,
    meet,
    percent,
    share_row,
    share_table,
)
from poems_course.figures.draw import Axis, number
from poems_course.figures.exploration import Choice, Exploration, Toggle

MEAN, MEDIAN = 0, 1


@dataclass(frozen=True)
class Delay:
    """One series' delay in months; *clock* says from when to when it was counted."""

    place: str
    fact: str
    clock: str

    @property
    def months(self) -> float:
        return fact(self.fact).quantity()

    @property
    def average(self) -> str:
        return "median" if "median" in fact(self.fact).unit else "mean"

    @property
    def n(self) -> int | None:
        return fact(self.fact).n

    @property
    def span(self) -> tuple[float, ...]:
        """Shortest and longest delay, where they were printed."""
        return fact(self.fact).range


DELAYS = (
    Delay("Mexico City", "delay-mexico", "diagnostic delay"),
    Delay("Tianjin", "delay-fan", "before the diagnosis"),
    Delay("London", "delay-uclh", "first symptom to diagnosis"),
    Delay("Chengdu, West China", "delay-westchina", "first visit to diagnosis"),
    Delay("Beijing, Peking Union", "delay-pumch2011", "onset to diagnosis"),
    Delay("Beijing, People's Hospital", "delay-pku", "diagnostic delay"),
)


def delay(view: str, spread: bool) -> Chart:
    """One of VIEWS across series; *spread* adds ranges (months) or 95 % intervals (percent)."""
    return VIEWS[view](spread)


def _months(spread: bool) -> Chart:
    rows = sorted(DELAYS, key=lambda row: row.months)
    first, last = rows[0], rows[-1]
    reading = (
        f"In {len(rows)} series the average delay runs from {number(first.months)} months "
        f"({first.average}, {first.place}) to {number(last.months)} months "
        f"({last.average}, {last.place})"
    )
    if spread:
        ends = [end for row in rows for end in row.span]
        reading += (
            f"; single patients waited from {number(min(ends))} to {number(max(ends))} months, "
            f"and {sum(bool(row.span) for row in rows)} of the series print the range"
        )
    svg = draw_rows(
        "Months to the diagnosis", _AXIS_SPREAD if spread else _AXIS,
        [_delay_row(row, spread) for row in rows], f"{reading}.",
        legend={MEAN: "mean", MEDIAN: "median"},
    )  # fmt: skip
    columns = ("Series", "Patients", "Months", "Average", "Range, months", "From when to when")
    cells = tuple(map(_delay_cells, rows))
    return Chart(svg, f"{reading}.", Table("Delay to the diagnosis", columns, cells))


_AXIS = Axis("Months to the diagnosis", 0, 36, ticks=(0, 6, 12, 18, 24, 30, 36))
_AXIS_SPREAD = Axis("Months to the diagnosis", 0, 140, ticks=(0, 24, 48, 72, 96, 120))


def _delay_row(row: Delay, spread: bool) -> Row:
    low, high = row.span if spread and row.span else (None, None)
    series = MEDIAN if row.average == "median" else MEAN
    name = f"{row.place} (n {row.n})"
    return Row(name, row.months, f"{number(row.months)} months", low, high, series=series)


def _delay_cells(row: Delay) -> tuple[Cell, ...]:
    span = " to ".join(map(number, row.span)) or "not printed"
    return (row.place, row.n or "", number(row.months), row.average, span, row.clock)


def _nerves_first(spread: bool) -> Chart:
    return _shares("neuropathy-first", "began or presented with neuropathy", spread)


def _called_cidp(spread: bool) -> Chart:
    return _shares("first-label-cidp", "were first called CIDP", spread)


def _shares(finding: str, words: str, spread: bool) -> Chart:
    rows = sorted(cohorts(finding), key=lambda row: row.percent)
    low, high = rows[0], rows[-1]
    reading = (
        f"{percent(low)} % of {low.n} patients ({low.cohort}) and {percent(high)} % "
        f"of {high.n} ({high.cohort}) {words}"
    )
    if spread:
        reading += f"; the intervals, {interval(low)} and {interval(high)} %, {meet(low, high)}"
    title = f"Patients who {words}"
    drawn = [share_row(row, spread, row.note) for row in rows]
    svg = draw_rows(title, SHARE, drawn, f"{reading}.", legend={0: f"share who {words}"})
    return Chart(svg, f"{reading}.", share_table(title, rows))


VIEWS: dict[str, Callable[[bool], Chart]] = {
    "months to diagnosis": _months,
    "neuropathy came first": _nerves_first,
    "first called CIDP": _called_cidp,
}

DELAY = Exploration(
    id="delay",
    title="The way to the diagnosis",
    prompt=(
        "Predict first: how many months pass, on average, between the first symptom and the "
        "right name? Then look at the spread."
    ),
    controls=(
        Choice("view", "Show", tuple(VIEWS)),
        Toggle("spread", "Show the spread"),
    ),
    model=delay,
)
