"""Invented sera of data/electrophoresis.csv, and how a gate measures an M-protein on them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from poems_course.content import PoemsError
from poems_course.figures import datasets
from poems_course.figures.draw import number

POINTS = 200  # of a curve, evenly along the track from the anode (0) to beyond gamma (1)
LANES = {"G": "IgG", "A": "IgA", "M": "IgM", "kappa": "kappa", "lambda": "lambda"}
FRACTIONS = ("albumin", "alpha1", "alpha2", "beta", "gamma")
METHODS = ("perpendicular drop", "tangent skimming")
PATIENTS = {
    "Grace": 5,
    "serum 192": 192,
    "serum 99": 99,
    "serum 6": 6,
    "serum 15": 15,
    "serum 11": 11,
    "serum 3": 3,
}


@dataclass(frozen=True)
class Serum:
    """One invented serum: *curve* in g/dL (its mean is total protein), *fractions* in g/L.

    *m_protein* is what the spike holds in g/L, None where the curve shows none; *lanes* are those
    in which immunofixation shows a band at *place*, a share of the track.
    """

    name: str
    curve: tuple[float, ...]
    fractions: tuple[float, ...]
    m_protein: float | None
    lanes: tuple[str, ...]
    place: float | None

    @property
    def percent(self) -> str:
        """Where the band lies, in percent of the track; only for a serum with a band."""
        return number(round(100 * (self.place or 0.0)))

    @property
    def type(self) -> str:
        """Heavy and light chain of the band, such as "IgA lambda"; "" where there is none."""
        return " ".join(LANES[lane] for lane in self.lanes)


@cache
def serum(name: str) -> Serum:
    """The serum of that name in PATIENTS. Raises PoemsError where the data lack it."""
    wanted = str(PATIENTS[name])
    row = next((row for row in datasets.rows("electrophoresis") if row["patient"] == wanted), None)
    curve = tuple(_curves().get(wanted, ()))
    if row is None or len(curve) != POINTS:
        raise PoemsError(f"data/electrophoresis.csv or its curves lack patient {wanted}")
    spike = datasets.number(row, "m_protein")
    return Serum(
        name,
        curve,
        tuple(round(10 * float(row[fraction]), 1) for fraction in FRACTIONS),
        None if spike is None else round(10 * spike, 1),
        tuple(lane for lane in LANES if row[f"lane_{lane.lower()}"] == "1"),
        datasets.number(row, "band_place"),
    )


@cache
def _curves() -> dict[str, list[float]]:
    found: dict[str, list[float]] = {}
    for row in datasets.rows("electrophoresis_curves"):
        found.setdefault(row["patient"], []).append(float(row["density"]))
    return found


def measured(curve: tuple[float, ...], left: int, right: int, method: str) -> float:
    """The M-protein in g/L that a gate from *left* to *right* (percent of the track) measures.

    Perpendicular drop takes all protein between the limits. Tangent skimming takes what rises above
    the straight line between the two points where the limits meet the curve. A gate without width
    measures 0.
    """
    first, last = (round(percent * POINTS / 100) for percent in (left, right))
    if last <= first:
        return 0.0
    inside = curve[first:last]
    if method == METHODS[1]:
        start, end = height(curve, left), height(curve, right)
        step = (end - start) / (last - first)
        inside = tuple(
            max(0.0, density - start - step * (i + 0.5)) for i, density in enumerate(inside)
        )
    return 10 * sum(inside) / POINTS


def height(curve: tuple[float, ...], percent: int) -> float:
    """The curve's density (g/dL) at a limit, which lies between two of its points."""
    at = round(percent * POINTS / 100)
    return (curve[at - 1] + curve[min(at, POINTS - 1)]) / 2
