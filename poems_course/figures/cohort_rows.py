"""Drawing cohorts under one another: a name, a point, its interval, and a remark."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from poems_course.evidence import CohortRow
from poems_course.figures.chart import Cell, Table
from poems_course.figures.draw import Axis, Plot, number

SHARE = Axis("Patients, %", 0, 100, ticks=(0, 20, 40, 60, 80, 100))
_ROW, _LINE, _CHARACTERS = 38, 14, 66  # heights of a row and of a remark's line; its width


@dataclass(frozen=True)
class Row:
    """One cohort: *value* at its place on the axis, *shown* as text at the right edge."""

    name: str
    value: float
    shown: str
    low: float | None = None
    high: float | None = None
    remark: str = ""
    series: int = 0

    @property
    def lines(self) -> list[str]:
        """The remark, broken to fit below the point."""
        return textwrap.wrap(self.remark, _CHARACTERS)


def draw_rows(
    title: str, x: Axis, rows: Sequence[Row], reading: str, *, legend: dict[int, str],
    band: tuple[float, float, str] | None = None,
) -> str:  # fmt: skip
    """The rows from top to bottom as SVG; *legend* names the series, *band* shades a range.

    Names stand above their points, so that long ones are never cut off.
    """
    lines = max(len(row.lines) for row in rows)
    height = 60 + len(rows) * (_ROW + _LINE * lines)
    plot = Plot(title, x, Axis.of("", [""] * len(rows)), height)
    if band:
        plot.band(band[0], band[1], 3, band[2])
    for series, label in legend.items():
        plot.dots([], [], series, label)
    pitch = plot.py(1) - plot.py(0)
    for at, row in enumerate(rows):
        _draw_row(plot, row, at + (6 - lines * _LINE / 2) / pitch)
    return plot.svg(reading)


def _draw_row(plot: Plot, row: Row, at: float) -> None:
    if row.low is not None and row.high is not None:
        plot.interval(row.low, row.high, at, row.series)
    plot.dots([row.value], [at], row.series)
    middle = plot.py(at)
    plot.text(plot.left + 6, middle - 11, row.name)
    plot.text(plot.right - 2, middle - 11, row.shown, "strong", "end")
    for i, line in enumerate(row.lines):
        plot.text(plot.left + 6, middle + 17 + _LINE * i, line, "small")


def share_row(row: CohortRow, interval: bool, remark: str) -> Row:
    """A cohort's percentage as a row, with its Wilson interval on request."""
    low, high = (row.low, row.high) if interval else (None, None)
    return Row(f"{row.cohort} (n {row.n})", row.percent, f"{percent(row)} %", low, high, remark)


def percent(row: CohortRow) -> str:
    """The percentage with at most one decimal."""
    return number(round(row.percent, 1))


def counted(row: CohortRow) -> str:
    """The count behind the percentage, "about" where it was worked back from it."""
    return f"{'' if row.k_printed else 'about '}{row.k} of {row.n}"


def interval(row: CohortRow) -> str:
    """The Wilson 95 % interval in whole percent."""
    return f"{row.low:.0f} to {row.high:.0f}"


def meet(low: CohortRow, high: CohortRow) -> str:
    """Whether the intervals of a lower and a higher share have values in common."""
    return "overlap" if low.high >= high.low else "do not meet"


def share_table(caption: str, rows: Iterable[CohortRow]) -> Table:
    """The cohorts as a table with counts, intervals and what was counted."""
    columns = ("Cohort", "Country", "Counted", "%", "95 % interval, %", "What was counted")
    cells: tuple[tuple[Cell, ...], ...] = tuple(
        (row.cohort, row.country, counted(row), percent(row), interval(row), row.note)
        for row in rows
    )
    return Table(f"{caption} ('about': worked back from the printed percentage)", columns, cells)
