"""The explorer of one serum: its strip and its curve, then what immunofixation adds."""

from __future__ import annotations

import math

from poems_course.figures.chart import Cell, Chart, Table
from poems_course.figures.draw import number
from poems_course.figures.exploration import Choice, Exploration, Toggle
from poems_course.figures.serum import FRACTIONS, LANES, PATIENTS, POINTS, Serum, serum
from poems_course.figures.svg import WIDTH, at, box, figure_svg, path, text

_LEFT, _RIGHT = 66.0, WIDTH - 12.0
_STRIP, _CURVE_TOP, _BASE, _LANE = 10.0, 46.0, 176.0, 228.0
_PITCH, _TALL = 24.0, 16.0  # from one lane to the next; height of a lane
# A gel is pale and its stain dark in either theme, as the prose says.
_PALE, _STAIN = "#dfe1e4", "#1b2733"
_NAMES = {0.125: "albumin", 0.275: "alpha-1", 0.425: "alpha-2", 0.61: "beta", 0.81: "gamma"}
# Ordinary immunoglobulins as a pale smear in each lane: middle, width, darkness. For the eye.
_SMEAR = {
    "G": (0.81, 0.06, 0.3),
    "A": (0.71, 0.05, 0.2),
    "M": (0.76, 0.035, 0.13),
    "kappa": (0.79, 0.065, 0.3),
    "lambda": (0.79, 0.065, 0.22),
}


def gel(sample: str, immunofixation: bool) -> Chart:
    """The electrophoresis of a serum in PATIENTS, with its five stained lanes on request."""
    shown = serum(sample)
    reading = _reading(shown, immunofixation)
    drawing = _strip(shown) + _curve(shown) + _lanes(shown, immunofixation)
    svg = figure_svg(f"Electrophoresis of {sample}", reading, _LANE + 5 * _PITCH + 6, drawing)
    return Chart(svg, reading, _table(shown, immunofixation))


def _reading(shown: Serum, immunofixation: bool) -> str:
    name = shown.name[0].upper() + shown.name[1:]
    if shown.m_protein is None:
        curve = f"{name}: the curve shows no spike"
    else:
        curve = (
            f"{name}: the curve shows a spike of {number(shown.m_protein)} g/L "
            f"at {shown.percent} % of the track"
        )
    if not immunofixation:
        return f"{curve}."
    if not shown.lanes:
        return f"{curve}, and immunofixation shows no band either."
    if shown.m_protein is not None:
        return f"{curve}; immunofixation names it {shown.type}."
    return (
        f"{curve}, but immunofixation shows a band of {shown.type} "
        f"at {shown.percent} % of the track."
    )


def _table(shown: Serum, immunofixation: bool) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (f"{name}, area under the curve", f"{number(value)} g/L")
        for name, value in zip(FRACTIONS, shown.fractions, strict=True)
    ]
    size = "none seen" if shown.m_protein is None else f"{number(shown.m_protein)} g/L"
    if shown.m_protein is not None:
        size += f" at {shown.percent} % of the track"
    rows.append(("spike on the curve", size))
    for lane, name in LANES.items():
        band = f"band at {shown.percent} %" if lane in shown.lanes else "no band"
        rows.append((f"immunofixation, {name}", band if immunofixation else "not stained yet"))
    return Table(f"Electrophoresis of {shown.name} (invented)", ("What", "Result"), tuple(rows))


def _x(place: float) -> float:
    return _LEFT + place * (_RIGHT - _LEFT)


def _shade(place: float, y: float, width: float, tall: float, dark: float) -> str:
    """A stained stretch of a lane, *dark* from 0 to 1."""
    x, size = at(_x(place - width / 2)), at(width * (_RIGHT - _LEFT))
    return f'<rect opacity="{dark:.2f}" x="{x}" y="{at(y)}" width="{size}" height="{at(tall)}"/>'


def _bed(y: float, tall: float, stains: str) -> str:
    """A stretch of gel with what was stained on it."""
    size = f'width="{at(_RIGHT - _LEFT)}" height="{at(tall)}"'
    bed = f'<rect fill="{_PALE}" x="{at(_LEFT)}" y="{at(y)}" {size}/>'
    return f'{bed}<g fill="{_STAIN}">{stains}</g>'


def _strip(shown: Serum) -> str:
    """The gel itself: the darker a stretch, the more protein lies there."""
    stains = []
    for i in range(0, POINTS, 2):
        dark = (shown.curve[i] + shown.curve[i + 1]) / 2 / 35
        if dark > 0.02:
            stains.append(_shade((i + 1) / POINTS, _STRIP, 2 / POINTS, 22, min(0.95, dark)))
    return text(8, _STRIP + 15, "gel", "ink") + _bed(_STRIP, 22, "".join(stains))


def _curve(shown: Serum) -> str:
    """The same proteins as a curve, with the names of the five zones."""
    scale = (_BASE - _CURVE_TOP) / max(shown.curve)
    points = " ".join(
        f"{at(_x((i + 0.5) / POINTS))},{at(_BASE - scale * density)}"
        for i, density in enumerate(shown.curve)
    )
    parts = [
        text(8, _BASE - 4, "curve", "ink"),
        path("a", f"M{at(_LEFT)} {at(_BASE)}H{at(_RIGHT)}"),
        f'<polyline class="k s0" points="{points}"/>',
        text(_LEFT, _BASE + 32, "anode (+)", "small"),
        text(_RIGHT, _BASE + 32, "cathode (\u2212)", "small", "end"),
        text(_x(0.5), _BASE + 32, "place on the track", "small", "middle"),
    ]
    parts += [text(_x(x), _BASE + 16, name, "muted", "middle") for x, name in _NAMES.items()]
    return "".join(parts)


def _lanes(shown: Serum, stained: bool) -> str:
    parts = []
    for i, (lane, name) in enumerate(LANES.items()):
        y = _LANE + i * _PITCH
        parts.append(text(8, y + 12, name, "ink" if stained else "muted"))
        if not stained:
            parts.append(box("b", _LEFT, y, _RIGHT - _LEFT, _TALL))
            continue
        stains = _smear(lane, y)
        if lane in shown.lanes and shown.place is not None:
            # A small band is fainter, yet sharp: sharpness is what the eye looks for.
            dark = 0.62 if shown.m_protein is None else 0.95
            stains += _shade(shown.place, y, 0.024, _TALL, dark)
        parts.append(_bed(y, _TALL, stains))
    if not stained:
        middle = _LANE + 2 * _PITCH + 12
        parts.append(text(_x(0.5), middle, "not stained yet", "ink", "middle"))
    return "".join(parts)


def _smear(lane: str, y: float) -> str:
    middle, width, dark = _SMEAR[lane]
    steps = [middle + width * k / 3 for k in range(-7, 8)]
    return "".join(
        _shade(place, y, width / 3, _TALL, dark * math.exp(-(((place - middle) / width) ** 2) / 2))
        for place in steps
        if place < 0.99
    )


GEL = Exploration(
    id="gel",
    title="Read the gel",
    prompt=(
        "Predict first, from the gel and the curve alone: is there a clone in this serum? "
        "Then stain it, and see what immunofixation adds."
    ),
    controls=(
        Choice("sample", "Whose serum (all invented)", tuple(PATIENTS)),
        Toggle("immunofixation", "Stain with immunofixation"),
    ),
    model=gel,
)
