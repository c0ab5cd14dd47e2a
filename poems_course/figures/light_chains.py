"""The explorer of two ratios: free kappa to free lambda, and IgA kappa to IgA lambda."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import log, sqrt

from poems_course.evidence import fact
from poems_course.figures.chart import Chart, Table
from poems_course.figures.draw import number
from poems_course.figures.exploration import Exploration, Slider
from poems_course.figures.svg import at, box, figure_svg, path, text, upright

_TOP, _SIDE = 40.0, 160.0  # of a panel
_Scale = Callable[[float], float]


@dataclass(frozen=True)
class Limits:
    """Reference intervals of one pair of measurements and of their ratio, kappa to lambda."""

    fact: str
    unit: str
    low: float  # the axes, both on a log scale
    high: float
    ticks: tuple[float, ...]

    def interval(self, part: str) -> tuple[float, float]:
        """From and to, of "kappa", "lambda" or "ratio"."""
        known = fact(self.fact)
        return known.quantity(f"{part}_from"), known.quantity(f"{part}_to")

    def middle(self, part: str) -> float:
        """The middle of an interval on a log scale: where our healthy person stands."""
        low, high = self.interval(part)
        return sqrt(low * high)

    def verdict(self, part: str, value: float) -> str:
        low, high = self.interval(part)
        return "low" if value < low else "high" if value > high else "normal"


FREE = Limits("norm-flc", "mg/L", 2, 400, (3, 10, 30, 100, 300))
PAIRS = Limits("norm-hlc-iga", "g/L", 0.2, 20, (0.3, 1, 3, 10))


@dataclass(frozen=True)
class Serum:
    """What the laboratory measures: free chains in mg/L, IgA pairs in g/L."""

    free_kappa: float
    free_lambda: float
    pair_kappa: float
    pair_lambda: float

    @property
    def free_ratio(self) -> float:
        return self.free_kappa / self.free_lambda

    @property
    def pair_ratio(self) -> float:
        return self.pair_kappa / self.pair_lambda


def mixed(clone: float, spill: float, work: float, kidneys: float) -> Serum:
    """A healthy person with an IgA lambda clone added, a model for the classroom.

    The clone adds *clone* g/L of whole IgA lambda and *spill* mg/L of free lambda. All other plasma
    cells make *work* times the usual amount of everything; *kidneys* multiplies free chains alone,
    as whole immunoglobulins hardly pass the kidney.
    """
    return Serum(
        FREE.middle("kappa") * work * kidneys,
        (FREE.middle("lambda") * work + spill) * kidneys,
        PAIRS.middle("kappa") * work,
        PAIRS.middle("lambda") * work + clone,
    )


def light_chains(clone: float, spill: float, work: float, kidneys: float) -> Chart:
    """Both ratios of the serum that ``mixed`` gives."""
    found = mixed(clone, spill, work, kidneys)
    reading = _reading(found)
    drawing = _panel(
        54, "free light chains", FREE, found.free_kappa, found.free_lambda, found.free_ratio
    ) + _panel(274, "IgA pairs", PAIRS, found.pair_kappa, found.pair_lambda, found.pair_ratio)
    svg = figure_svg("Two ratios of one serum", reading, 296, drawing + _legend(284))
    return Chart(svg, reading, _table(found))


def _round(value: float) -> str:
    return number(round(value, 1 if value >= 3 else 2))


def _reading(found: Serum) -> str:
    free = [
        f"{part} {_round(value)} mg/L ({FREE.verdict(part, value)})"
        for part, value in (("kappa", found.free_kappa), ("lambda", found.free_lambda))
    ]
    return (
        f"Free {free[0]} and free {free[1]} give a ratio of {_round(found.free_ratio)}, "
        f"{FREE.verdict('ratio', found.free_ratio)}; the ratio of the IgA pairs is "
        f"{_round(found.pair_ratio)}, {PAIRS.verdict('ratio', found.pair_ratio)}."
    )


def _table(found: Serum) -> Table:
    measured = (
        ("free kappa", FREE, "kappa", found.free_kappa),
        ("free lambda", FREE, "lambda", found.free_lambda),
        ("free ratio", FREE, "ratio", found.free_ratio),
        ("IgA kappa", PAIRS, "kappa", found.pair_kappa),
        ("IgA lambda", PAIRS, "lambda", found.pair_lambda),
        ("pair ratio", PAIRS, "ratio", found.pair_ratio),
    )
    rows = tuple(
        (
            name,
            _round(value) + ("" if part == "ratio" else f" {limits.unit}"),
            " to ".join(map(number, limits.interval(part))),
            limits.verdict(part, value),
        )
        for name, limits, part, value in measured
    )
    return Table("One invented serum", ("Measured", "Value", "Reference interval", "Verdict"), rows)


def _panel(
    left: float, title: str, limits: Limits, kappa: float, chain: float, ratio: float
) -> str:
    span = log(limits.high / limits.low)

    def px(value: float) -> float:
        return left + _SIDE * log(value / limits.low) / span

    def py(value: float) -> float:
        return _TOP + _SIDE * (1 - log(value / limits.low) / span)

    low, high = limits.interval("ratio")
    (k0, k1), (l0, l1) = limits.interval("kappa"), limits.interval("lambda")
    base, right = _TOP + _SIDE, left + _SIDE
    # Between these two lines the ratio is normal: a corridor, as both axes are logarithmic.
    corridor = (
        f"M{at(left)} {at(py(limits.low / low))}L{at(px(limits.high * low))} {at(_TOP)}"
        f"H{at(right)}V{at(py(limits.high / high))}L{at(px(limits.low * high))} {at(base)}"
        f"H{at(left)}z"
    )
    parts = [
        text(left + _SIDE / 2, 14, title, "strong", "middle"),
        text(left + _SIDE / 2, 30, _caption(limits, ratio), "ink", "middle"),
        path("b s0", corridor),
        f'<rect class="k s3" stroke-dasharray="4 3" x="{at(px(k0))}" y="{at(py(l1))}" '
        f'width="{at(px(k1) - px(k0))}" height="{at(py(l0) - py(l1))}"/>',
        path("a", f"M{at(left)} {at(_TOP)}V{at(base)}H{at(right)}"),
        text(left + _SIDE / 2, base + 34, f"kappa, {limits.unit}", "ink", "middle"),
        upright(left - 38, _TOP + _SIDE / 2, f"lambda, {limits.unit}"),
        *_ticks(limits, px, py, left, base),
        f'<circle class="f s1" cx="{at(px(kappa))}" cy="{at(py(chain))}" r="6"/>',
    ]
    return "".join(parts)


def _caption(limits: Limits, ratio: float) -> str:
    return f"ratio {_round(ratio)}: {limits.verdict('ratio', ratio)}"


def _ticks(limits: Limits, px: _Scale, py: _Scale, left: float, base: float) -> list[str]:
    parts = []
    for tick in limits.ticks:
        parts.append(text(px(tick), base + 17, number(tick), "muted", "middle"))
        parts.append(text(left - 5, py(tick) + 4, number(tick), "muted", "end"))
    return parts


def _legend(y: float) -> str:
    return "".join(
        (
            f'<circle class="f s1" cx="16" cy="{y - 4}" r="6"/>',
            text(26, y, "this serum"),
            box("b s0", 112, y - 11, 16, 12),
            text(134, y, "ratio normal"),
            f'<rect class="k s3" stroke-dasharray="4 3" x="232" y="{y - 11}" '
            'width="16" height="12"/>',
            text(254, y, "both chains in their interval"),
        )
    )


LIGHT_CHAINS = Exploration(
    id="light-chains",
    title="Two ratios of one serum",
    prompt=(
        "Predict first: the clone stays as it is, and all other plasma cells work twice as hard. "
        "Does the ratio of free kappa to lambda get better or worse at showing the clone?"
    ),
    controls=(
        Slider("clone", "Whole IgA lambda from the clone", (0, 0.5, 1, 2, 4, 8), 2, "g/L"),
        Slider("spill", "Free lambda spilt by the clone", (0, 5, 10, 20, 40, 80), 2, "mg/L"),
        Slider("work", "All other plasma cells make, times normal", (1, 1.5, 2, 3), 0),
        Slider("kidneys", "Slow kidneys raise free chains, times", (1, 1.5, 2, 3), 0),
    ),
    model=light_chains,
)
