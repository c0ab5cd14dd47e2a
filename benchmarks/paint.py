"""From moving a control to the painted chart, in JupyterLab: the course's explorers and two peers.

python -m benchmarks.paint [ROUNDS]
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page

from benchmarks.curves import POSITIONS
from benchmarks.jupyterlab import notebook_page
from benchmarks.report import Line, quantile, table
from poems_course.figures import CATALOGUE

MOVES = 2 * POSITIONS - 2  # there and back again: 50, and each is one step
ROUNDS = 3  # the ways take turns, so that a busy machine slows all of them
REST = 80  # ms between two moves: a finger that steps through positions


@dataclass
class Way:
    """One cell of the notebook and how long each move of its control took, in ms."""

    name: str
    cell: str
    kind: str
    times: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        return quantile(self.times, 0.5)

    @property
    def late(self) -> float:
        """The 95th percentile."""
        return quantile(self.times, 0.95)


def ways() -> list[Way]:
    """Four ways to show the same chart, and what the browser takes to show one word."""
    word = "from IPython.display import HTML; HTML('<b class=bench-word>-</b>')"
    run = "from benchmarks import curves; curves."
    return [
        Way("drawn beforehand", run + "drawn_beforehand()", "drawn"),
        Way("asked of the kernel", run + "asked_of_kernel()", "explorer"),
        Way("interact, new figure", run + "interact()", "plotly"),
        Way("FigureWidget, batch_update", run + "figure_widget()", "plotly"),
        Way("one word", word, "word"),
    ]


def catalogue() -> list[Way]:
    """Every explorer of the course."""
    return [
        Way(f"explorer {id}", f"from poems_course import explore; explore({id!r})", "drawn")
        for id in CATALOGUE
    ]


def measure(rounds: int = ROUNDS) -> list[Line]:
    """Drive the four ways in turn, in one notebook, and the course's explorers in another."""
    made, real = ways(), catalogue()
    drive(made, rounds)
    drive(real, 1)
    return [*_compared(made), *_real(real)]


def drive(ways: list[Way], rounds: int) -> None:
    """Fill in the times of every way, all in one notebook."""
    with notebook_page([way.cell for way in ways]) as page:
        page.evaluate((Path(__file__).parent / "paint.js").read_text("utf-8"))
        for index, way in enumerate(ways):
            page.wait_for_function("(at) => window.paint.ready(at)", arg=_where(index, way))
        _round(page, ways, 6, keep=False)
        for _ in range(rounds):
            _round(page, ways, MOVES, keep=True)


def _where(index: int, way: Way) -> dict[str, object]:
    return {"index": index, "kind": way.kind}


def _round(page: Page, ways: list[Way], moves: int, keep: bool) -> None:
    path = [min(i, moves - i) for i in range(moves + 1)]
    for index, way in enumerate(ways):
        there = {**_where(index, way), "positions": path, "rest": REST}
        times = page.evaluate("(what) => window.paint.measure(what)", there)
        if keep:
            way.times += times


def _compared(ways: list[Way]) -> list[Line]:
    drawn, asked, interact, widget, word = ways
    return [
        Line("slider to paint, drawn beforehand, median", "ms", drawn.median, 35,
             "interact", interact.median, 0.3),
        Line("slider to paint, drawn beforehand, 95 %", "ms", drawn.late, 60,
             "interact", interact.late),
        Line("slider to paint, asked of the kernel, median", "ms", asked.median, None,
             "FigureWidget", widget.median, 1.0),
        Line("slider to paint, asked of the kernel, 95 %", "ms", asked.late, None,
             "FigureWidget", widget.late),
        Line("one word changes, for comparison, median", "ms", word.median),
        Line("one word changes, for comparison, 95 %", "ms", word.late),
    ]  # fmt: skip


def _real(ways: list[Way]) -> list[Line]:
    if not ways:
        return []
    slowest, latest = max(ways, key=lambda w: w.median), max(ways, key=lambda w: w.late)
    return [
        Line(f"slowest of the course, {slowest.name}, median", "ms", slowest.median, 35),
        Line(f"slowest of the course, {latest.name}, 95 %", "ms", latest.late, 60),
    ]


if __name__ == "__main__":
    print(table(measure(int(sys.argv[1]) if sys.argv[1:] else ROUNDS)))
