"""The explorer of a growing clone: a hundred plasma cells, and the curve that all of them write."""

from __future__ import annotations

import math
from functools import cache
from statistics import NormalDist

from poems_course.figures.chart import Chart, Table
from poems_course.figures.draw import number
from poems_course.figures.exploration import Choice, Exploration, Slider
from poems_course.figures.repertoire import (
    LEFT_OVER,
    Repertoire,
    normal_ratio,
    place_of_ratio,
)
from poems_course.figures.serum_level import level, two_figures
from poems_course.figures.svg import WIDTH, at, figure_svg, path, text

CLONES = (0.0, 0.1, 0.3, 1.0, 3.0, 5.0, 10.0, 30.0)
OTHERS = {"1 %, as in health": 1.0, "2 %, a busy marrow": 2.0}
FAMILIES = 18
# Places and widths on the strip, from the anode (0) on, as in the course's synthetic curves.
SPREAD, SPIKE_WIDTH = 0.05, 0.013
PLACE = {"IgG": 0.81, "IgA": 0.70}
_BETA = ((0.57, 0.018, 5.0), (0.645, 0.020, 3.2))  # place, width, g/L
_FROM, _TO, _STEPS = 0.50, 1.0, 125
_LEFT, _RIGHT, _TOP, _BASE = 20.0, WIDTH - 20.0, 186.0, 304.0
_LEAST = 150.0  # density at the top of the panel while no spike is higher


def growth(clone: float, others: str, heavy: str, light: str, left_over: str) -> Chart:
    """A repertoire whose clone is *clone* percent of the marrow, as cells, curve and numbers."""
    now = Repertoire(clone, OTHERS[others], heavy, light, LEFT_OVER[left_over])
    reading = _reading(now)
    title = "One clone among many families"
    return Chart(figure_svg(title, reading, 384, _cells(now) + _panel(now)), reading, _table(now))


@cache
def family_places() -> tuple[float, ...]:
    """Where each healthy family's antibody runs: an even spread over the hill, the same always."""
    centre = NormalDist(PLACE["IgG"], SPREAD)
    return tuple(centre.inv_cdf((i + 0.5) / FAMILIES) for i in range(FAMILIES))


def peak(x: float, place: float, width: float, grams: float) -> float:
    """The density at *x* of a protein of *grams* g/L that runs at *place*."""
    return grams * math.exp(-(((x - place) / width) ** 2) / 2) / (width * math.sqrt(2 * math.pi))


def density(now: Repertoire, x: float) -> float:
    """The height of the whole curve at place *x*: beta proteins, all families, the clone."""
    beta, families = _of_health(x)
    clone = peak(x, PLACE[now.heavy], SPIKE_WIDTH, now.m_protein)
    return beta + now.hill * families + clone


@cache
def _of_health(x: float) -> tuple[float, float]:
    """At *x*: the beta proteins, and 1 g/L of antibodies from all families together."""
    beta = sum(peak(x, *protein) for protein in _BETA)
    each = 1 / FAMILIES
    return beta, sum(peak(x, place, SPIKE_WIDTH, each) for place in family_places())


def _reading(now: Repertoire) -> str:
    kappa, lambda_, clone = now.counts
    low, high = normal_ratio()
    ratio = (
        f"the free kappa/lambda ratio is {two_figures(now.ratio)}, {place_of_ratio(now.ratio)} "
        f"{number(low)} to {number(high)}"
    )
    if not now.clone:
        return (
            f"No clone: of 100 plasma cells {kappa} make kappa and {lambda_} lambda, their "
            f"antibodies blur into a hill of {number(now.hill)} g/L, and {ratio}."
        )
    return (
        f"The clone is {number(now.clone)} % of the marrow and {clone} of 100 plasma cells, adds "
        f"{level(now.m_protein)} of {now.heavy} {now.light} to a hill of {number(now.hill)} g/L, "
        f"and {ratio}."
    )


def _table(now: Repertoire) -> Table:
    kappa, lambda_, clone = now.counts
    rows = (
        ("plasma cells, % of the marrow", number(round(now.clone + now.others, 1)), "your choice"),
        ("of 100 plasma cells: clone", clone, "share of the plasma cells"),
        ("of 100 plasma cells: other kappa", kappa, "2 kappa for 1 lambda"),
        ("of 100 plasma cells: other lambda", lambda_, "2 kappa for 1 lambda"),
        ("M-protein", level(now.m_protein) if now.clone else "none", "steady state"),
        ("antibodies of all others, g/L", number(now.hill), "assumption"),
        ("free kappa, mg/L", two_figures(now.free["kappa"]), "middle of health, and the clone"),
        ("free lambda, mg/L", two_figures(now.free["lambda"]), "middle of health, and the clone"),
        ("free kappa/lambda ratio", two_figures(now.ratio), place_of_ratio(now.ratio)),
    )
    return Table(f"A clone of {number(now.clone)} %", ("Quantity", "Value", "Where from"), rows)


_MARKS = (
    ("a", "m-5 0a5 5 0 1 1 10 0a5 5 0 1 1-10 0"),
    ("f s1", "m-4-4h8v8h-8z"),
    ("f s2", "m0-7 7 7-7 7-7-7z"),
)


def _cells(now: Repertoire) -> str:
    counts = now.counts
    parts = [text(WIDTH / 2, 16, "100 plasma cells from the marrow", "strong", "middle")]
    start = 0
    for (kind, shape), count in zip(_MARKS, counts, strict=True):
        spots = (_spot(i) for i in range(start, start + count))
        if count:
            parts.append(path(kind, "".join(f"M{at(x)} {at(y)}{shape}" for x, y in spots)))
        start += count
    names = (f"kappa: {counts[0]}", f"lambda: {counts[1]}", f"the clone, {now.light}: {counts[2]}")
    for i, ((kind, shape), name) in enumerate(zip(_MARKS, names, strict=True)):
        x = 26 + 112 * i
        parts += [path(kind, f"M{x} 146{shape}"), text(x + 12, 150, name)]
    return "".join(parts)


def _spot(i: int) -> tuple[float, float]:
    return 30 + 20 * (i % 20), 36 + 21 * (i // 20)


def _panel(now: Repertoire) -> str:
    xs = [_FROM + i * (_TO - _FROM) / _STEPS for i in range(_STEPS + 1)]
    heights = [density(now, x) for x in xs]
    top = max(_LEAST, *heights)
    families = _families(now.hill, top)
    spike = _hump(PLACE[now.heavy], now.m_protein, top, "b s2") if now.clone else ""
    curve = " ".join(f"{at(_x(x))},{at(_y(h, top))}" for x, h in zip(xs, heights, strict=True))
    low, high = normal_ratio()
    lines = (
        f"Plasma cells: {number(round(now.clone + now.others, 1))} % of the marrow. "
        f"M-protein: {level(now.m_protein) if now.clone else 'none'}.",
        f"Free kappa/lambda: {two_figures(now.ratio)} (health: {number(low)} to {number(high)}).",
    )
    return "".join(
        (
            text(WIDTH / 2, 178, "What they write on the strip", "strong", "middle"),
            families,
            spike,
            f'<polyline class="k" points="{curve}"/>',
            path("a", f"M{at(_LEFT)} {at(_BASE)}H{at(_RIGHT)}"),
            text(_x(0.605), _BASE + 16, "beta: other proteins", "muted", "middle"),
            text(_x(0.82), _BASE + 16, "gamma: antibodies", "muted", "middle"),
            *(text(_LEFT, 344 + 18 * i, line, "ink") for i, line in enumerate(lines)),
        )
    )


@cache
def _families(hill: float, top: float) -> str:
    return "".join(_hump(place, hill / FAMILIES, top, "b s0") for place in family_places())


def _hump(place: float, grams: float, top: float, kind: str) -> str:
    """One protein's own peak, as a pale area on the base line."""
    steps = [place + SPIKE_WIDTH * k / 2 for k in range(-6, 7)]
    points = "L".join(
        f"{at(_x(x))} {at(_y(peak(x, place, SPIKE_WIDTH, grams), top))}" for x in steps
    )
    return path(kind, f"M{at(_x(steps[0]))} {at(_BASE)}L{points}L{at(_x(steps[-1]))} {at(_BASE)}z")


def _x(place: float) -> float:
    return _LEFT + (place - _FROM) / (_TO - _FROM) * (_RIGHT - _LEFT)


def _y(height: float, top: float) -> float:
    return _BASE - height / top * (_BASE - _TOP)


REPERTOIRE = Exploration(
    id="repertoire",
    title="One clone grows",
    prompt=(
        "Predict first: what will you see soonest as the clone grows, a spike on the curve, an "
        "abnormal light-chain ratio, or a marrow that looks full?"
    ),
    controls=(
        Slider("clone", "The clone in the marrow", CLONES, 0, "%"),
        Choice("others", "All other plasma cells", tuple(OTHERS)),
        Choice("heavy", "Its heavy chain", ("IgA", "IgG")),
        Choice("light", "Its light chain", ("lambda", "kappa")),
        Choice("left_over", "Free light chains it lets go", tuple(LEFT_OVER)),
    ),
    model=growth,
)
