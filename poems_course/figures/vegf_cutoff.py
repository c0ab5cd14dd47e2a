"""Moving the VEGF cut-off over the invented samples: who is found, who is a false alarm."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache

from poems_course.evidence import wilson
from poems_course.figures.chart import Chart, Table
from poems_course.figures.draw import number
from poems_course.figures.exploration import Choice, Exploration, Slider
from poems_course.figures.svg import WIDTH, figure_svg, text
from poems_course.figures.vegf_samples import Assay, rows

CONTROLS = {
    "healthy people": ("healthy",),
    "CIDP": ("CIDP",),
    "all look-alikes": ("CIDP", "other look-alike"),
}
CUTOFFS = (40, 60, 80, 100, 150, 200, 300, 400, 600, 800, 1000, 1500, 2000, 3000, 4000)
_STEPS = (1, 1.5, 2, 3, 4, 6, 8)
_EDGES = tuple(step * 10.0**power for power in (1, 2, 3) for step in _STEPS) + (10_000.0, 20_000.0)
_LEFT, _RIGHT, _PANEL, _GAP, _TOP = 16.0, WIDTH - 16.0, 96.0, 44.0, 40.0


@dataclass(frozen=True)
class Split:
    """How a cut-off divides one set of people: at or above it, out of all."""

    positive: int
    total: int

    @property
    def negative(self) -> int:
        return self.total - self.positive


@cache
def samples(matrix: str, groups: tuple[str, ...]) -> tuple[Assay, ...]:
    """The invented samples of these groups in one matrix, lowest VEGF first."""
    chosen = [row for row in rows() if row.matrix == matrix and row.group in groups]
    return tuple(sorted(chosen, key=lambda row: row.vegf_pg_ml))


def split(matrix: str, groups: tuple[str, ...], cutoff: float) -> Split:
    """How *cutoff* (pg/mL) divides the groups; a value at the cut-off counts as positive."""
    people = samples(matrix, groups)
    return Split(
        len(people) - bisect_left(people, cutoff, key=lambda row: row.vegf_pg_ml), len(people)
    )


def cutoff_chart(matrix: str, cutoff: int, controls: str) -> Chart:
    """Sensitivity and specificity of VEGF in serum or in plasma at *cutoff* pg/mL."""
    others = CONTROLS[controls]
    found, alarms = split(matrix, ("POEMS",), cutoff), split(matrix, others, cutoff)
    reading = _reading(matrix, cutoff, controls, found, alarms)
    title = f"VEGF in {matrix}: POEMS and {controls}, cut-off {number(cutoff)} pg/mL"
    return Chart(
        figure_svg(title, reading, 340, _drawing(matrix, cutoff, controls, found, alarms)),
        reading,
        _table(matrix, cutoff, controls, found, alarms),
    )


def _percent(k: int, n: int) -> tuple[str, str]:
    low, high = wilson(k, n)
    return f"{100 * k / n:.0f} %", f"{100 * low:.0f} to {100 * high:.0f} %"


def _reading(matrix: str, cutoff: int, controls: str, found: Split, alarms: Split) -> str:
    confounded = sum(
        row.confounder != "none"
        for row in samples(matrix, CONTROLS[controls])
        if row.vegf_pg_ml >= cutoff
    )
    tail = ""
    if alarms.positive:
        have = "has" if confounded == 1 else "have"
        tail = (
            f"; of {alarms.positive} false alarms {confounded} {have} anaemia from iron deficiency,"
            " lung disease, sleep apnoea or high platelets"
        )
    return (
        f"In these invented {matrix} samples a cut-off of {number(cutoff)} pg/mL finds "
        f"{found.positive} of {found.total} people with POEMS (sensitivity "
        f"{', 95 % interval '.join(_percent(found.positive, found.total))}) and clears "
        f"{alarms.negative} of {alarms.total} {_named(controls)} (specificity "
        f"{', '.join(_percent(alarms.negative, alarms.total))}){tail}."
    )


def _named(controls: str) -> str:
    return "people with CIDP" if controls == "CIDP" else controls.removeprefix("all ")


def _table(matrix: str, cutoff: int, controls: str, found: Split, alarms: Split) -> Table:
    rows_ = [
        ("POEMS", found.total, found.positive, found.negative,
         "sensitivity", *_percent(found.positive, found.total)),
        (controls, alarms.total, alarms.positive, alarms.negative,
         "specificity", *_percent(alarms.negative, alarms.total)),
    ]  # fmt: skip
    return Table(
        f"VEGF in {matrix}, cut-off {number(cutoff)} pg/mL, invented samples",
        ("group", "people", "at or above", "below", "measure", "value", "95 % interval"),
        tuple(rows_),
    )


def _x(vegf: float) -> float:
    low, high = math.log(_EDGES[0]), math.log(_EDGES[-1])
    return _LEFT + (math.log(vegf) - low) / (high - low) * (_RIGHT - _LEFT)


def _drawing(matrix: str, cutoff: int, controls: str, found: Split, alarms: Split) -> str:
    base = (_TOP + _PANEL, _TOP + 2 * _PANEL + _GAP)
    at = f"{_x(cutoff):.1f}"
    rule = f"M{at} {_TOP + 4}V{base[0]}M{at} {base[1] - _PANEL + 8}V{base[1]}"
    parts = [
        *_panel(matrix, ("POEMS",), cutoff, base[0], 0),
        *_panel(matrix, CONTROLS[controls], cutoff, base[1], 1),
        *_axis(base[1]),
        f'<path class="r" d="{rule}"/>',
        text(WIDTH / 2, 16, f"POEMS, {found.total} people", "strong", "middle"),
        *_shares(found, 34, ("missed", "found")),
        text(WIDTH / 2, base[0] + 22, f"{controls}, {alarms.total} people", "strong", "middle"),
        *_shares(alarms, base[0] + 40, ("cleared", "false alarms")),
    ]
    return "".join(parts)


def _panel(
    matrix: str, groups: tuple[str, ...], cutoff: int, base: float, series: int
) -> list[str]:
    values = [row.vegf_pg_ml for row in samples(matrix, groups)]
    places = [bisect_right(_EDGES, min(max(v, _EDGES[0]), _EDGES[-1] - 1)) - 1 for v in values]
    # Bins are not equally wide on the log axis, so heights are people per width.
    widths = [_x(high) - _x(low) for low, high in zip(_EDGES, _EDGES[1:], strict=False)]
    dense = [places.count(i) / width for i, width in enumerate(widths)]
    top = max(dense)
    bars = []
    for i, height in enumerate(dense):
        if height:
            tall = (_PANEL - 22) * height / top
            kind = "f" if _EDGES[i] >= cutoff else "b"
            bars.append(
                f'<rect class="{kind} s{series}" x="{_x(_EDGES[i]) + 0.5:.1f}" '
                f'y="{base - tall:.1f}" width="{widths[i] - 1:.1f}" height="{tall:.1f}"/>'
            )
    bars.append(f'<path class="a" d="M{_LEFT} {base}H{_RIGHT}"/>')
    return bars


def _axis(base: float) -> list[str]:
    parts = []
    for tick in (10, 30, 100, 300, 1000, 3000, 10_000):
        parts.append(f'<path class="a" d="M{_x(tick):.1f} {base}v5"/>')
        parts.append(text(_x(tick), base + 18, number(tick), "muted", "middle"))
    parts.append(text(WIDTH / 2, base + 36, "VEGF, pg/mL (log scale)", "ink", "middle"))
    return parts


def _shares(split: Split, y: float, words: tuple[str, str]) -> list[str]:
    share = round(100 * split.positive / split.total)
    return [
        text(_LEFT, y, f"\u2190 {split.negative} {words[0]}", "ink"),
        text(_RIGHT, y, f"{split.positive} {words[1]} ({share} %) \u2192", "ink", "end"),
    ]


CUTOFF = Exploration(
    id="vegf-cutoff",
    title="Move the VEGF cut-off",
    prompt=(
        "Before you move it: what will a higher cut-off do to the people who are missed, "
        "and to the false alarms?"
    ),
    controls=(
        Choice("matrix", "Sample", ("plasma", "serum")),
        Slider("cutoff", "Positive from", CUTOFFS, CUTOFFS.index(200), "pg/mL"),
        Choice("controls", "Compared with", tuple(CONTROLS), 2),
    ),
    model=cutoff_chart,
)
