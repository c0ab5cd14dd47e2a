"""The explorer of the gate: where its two limits stand decides how much M-protein is measured."""

from __future__ import annotations

from functools import cache

from poems_course.figures.chart import Chart, Table
from poems_course.figures.draw import number
from poems_course.figures.exploration import Choice, Exploration, Slider
from poems_course.figures.serum import METHODS, POINTS, height, measured, serum
from poems_course.figures.svg import WIDTH, at, figure_svg, path, text, upright

SERA = ("serum 192", "serum 99", "serum 6", "Grace")
LEFTS, RIGHTS = tuple(range(60, 84, 2)), tuple(range(66, 92, 2))  # percent of the track
_FROM = 50  # percent of the track at the left edge: the half with beta and gamma
_LEFT, _RIGHT, _TOP, _BASE, _TALL = 40.0, WIDTH - 12.0, 46.0, 230.0, 276.0


def spike_gate(sample: str, left: int, right: int, method: str) -> Chart:
    """What a gate from *left* to *right* percent of the track measures by one of METHODS."""
    shown = serum(sample)
    found = round(measured(shown.curve, left, right, method), 1)
    reading = _reading(sample, left, right, method, found)
    title = f"A gate on {sample}, {method}"
    drawing = _frame(sample) + _gate(sample, left, right, method) + _result(sample, found)
    return Chart(
        figure_svg(title, reading, _TALL, drawing),
        reading,
        _table(sample, left, right, method, found),
    )


def _reading(sample: str, left: int, right: int, method: str, found: float) -> str:
    name = sample[0].upper() + sample[1:]
    if right <= left:
        return (
            f"{name}: the right limit must stand to the right of the left one, or no gate is open."
        )
    start = f"{name}, gate from {left} to {right} % of the track, {method}"
    true = serum(sample).m_protein
    if true is None:
        return (
            f"{start}: you measure {number(found)} g/L, but this curve has no spike, "
            "and what you measured is ordinary protein."
        )
    error = round(found - true, 1)
    verdict = "which is right" if not error else f"{number(abs(error))} g/L too "
    if error:
        verdict += "much" if error > 0 else "little"
    return (
        f"{start}: you measure {number(found)} g/L, the spike holds {number(true)} g/L, {verdict}."
    )


def _table(sample: str, left: int, right: int, method: str, found: float) -> Table:
    true = serum(sample).m_protein
    truth = "no spike" if true is None else f"{number(true)} g/L"
    other = METHODS[1 - METHODS.index(method)]
    beside = round(measured(serum(sample).curve, left, right, other), 1)
    rows = (
        ("left limit", f"{left} % of the track"),
        ("right limit", f"{right} % of the track"),
        (f"measured, {method}", f"{number(found)} g/L"),
        (f"the same gate, {other}", f"{number(beside)} g/L"),
        ("what the spike holds", truth),
    )
    return Table(f"A gate on {sample} (invented)", ("What", "Value"), rows)


def _x(percent: float) -> float:
    return _LEFT + (percent - _FROM) / (100 - _FROM) * (_RIGHT - _LEFT)


@cache
def _scale(sample: str) -> float:
    return (_BASE - _TOP) / max(serum(sample).curve[POINTS // 2 :])


def _y(sample: str, density: float) -> float:
    return _BASE - _scale(sample) * density


@cache
def _places(sample: str) -> tuple[str, ...]:
    """Each point of the curve as text, drawn once for all gates."""
    return tuple(
        f"{at(_x((i + 0.5) * 100 / POINTS))},{at(_y(sample, density))}"
        for i, density in enumerate(serum(sample).curve)
    )


@cache
def _frame(sample: str) -> str:
    parts = [
        path("a", f"M{at(_LEFT)} {at(_TOP)}V{at(_BASE)}H{at(_RIGHT)}"),
        f'<polyline class="k s0" points="{" ".join(_places(sample)[POINTS // 2 :])}"/>',
        text((_LEFT + _RIGHT) / 2, _BASE + 38, "place on the track, %", "ink", "middle"),
        upright(16, (_TOP + _BASE) / 2, "protein"),
    ]
    for percent in range(50, 101, 10):
        parts.append(path("a", f"M{at(_x(percent))} {at(_BASE)}v5"))
        parts.append(text(_x(percent), _BASE + 19, str(percent), "muted", "middle"))
    return "".join(parts)


def _gate(sample: str, left: int, right: int, method: str) -> str:
    limits = "".join(
        path("r", f"M{at(_x(limit))} {at(_TOP - 6)}V{at(_BASE)}") for limit in (left, right)
    )
    if right <= left:
        return limits
    curve = serum(sample).curve
    first, last = (round(limit * POINTS / 100) for limit in (left, right))
    ends = [f"{at(_x(limit))},{at(_y(sample, height(curve, limit)))}" for limit in (left, right)]
    top = " ".join((ends[0], *_places(sample)[first:last], ends[1]))
    if method == METHODS[0]:
        floor = f" {at(_x(right))},{at(_BASE)} {at(_x(left))},{at(_BASE)}"
        line = ""
    else:
        floor = ""
        line = f'<polyline class="k s2" stroke-dasharray="2 3" points="{" ".join(ends)}"/>'
    return f'<polygon class="b s1" style="opacity:.4" points="{top}{floor}"/>{line}{limits}'


def _result(sample: str, found: float) -> str:
    true = serum(sample).m_protein
    truth = "no spike on this curve" if true is None else f"the spike holds {number(true)} g/L"
    return text(_LEFT, 18, f"measured: {number(found)} g/L", "strong") + text(
        _RIGHT, 18, truth, "ink", "end"
    )


SPIKE_GATE = Exploration(
    id="spike-gate",
    title="Gate the spike",
    prompt=(
        "Predict first: if you widen the gate, does the M-protein in the report grow, shrink or "
        "stay? Then place both limits so that you measure what the spike holds."
    ),
    controls=(
        Choice("sample", "Serum (all invented)", SERA),
        Slider("left", "Left limit", LEFTS, LEFTS.index(72), "%"),
        Slider("right", "Right limit", RIGHTS, RIGHTS.index(88), "%"),
        Choice("method", "What counts", METHODS),
    ),
    model=spike_gate,
)
