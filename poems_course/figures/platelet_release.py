"""The explorer of two tubes: one blood, VEGF in plasma and in serum, and the platelets between."""

from __future__ import annotations

from poems_course.evidence import fact
from poems_course.figures.blood_tube import (
    HANDLING,
    PLASMA_SHARE,
    USUAL_COUNT,
    Blood,
    healthy_content,
)
from poems_course.figures.chart import Chart, Table
from poems_course.figures.draw import number
from poems_course.figures.exploration import Choice, Exploration, Slider
from poems_course.figures.svg import WIDTH, at, box, figure_svg, path, text

_LEFT, _RIGHT = 76.0, WIDTH - 46.0
_BARS, _TALL, _GAP = 186.0, 26.0, 62.0  # first bar, its height, from bar to bar
_ENDS = (100, 200, 400, 600, 1000, 2000, 4000, 6000, 10_000, 20_000)


def platelet_release(platelets: float, content: float, free: float, handling: str) -> Chart:
    """One blood in two tubes: *platelets* in 10^9/L, *content* in pg per million, *free* pg/mL."""
    blood = Blood(platelets, content, free)
    reading = _reading(blood, handling)
    how = HANDLING[handling]
    end = next(end for end in _ENDS if blood.serum(how) <= end * 0.98)
    drawing = _tubes(blood, handling) + _bars(blood, handling, end)
    title = "One blood, two tubes"
    return Chart(figure_svg(title, reading, 358, drawing), reading, _table(blood, handling))


def _shown(value: float) -> str:
    return number(round(value))


def _reading(blood: Blood, handling: str) -> str:
    how = HANDLING[handling]
    plasma, serum = blood.plasma(how), blood.serum(how)
    share = 100 * (1 - blood.free / serum)
    told = (
        f"With {number(blood.platelets)} \u00d710\u2079/L platelets that hold "
        f"{number(blood.content)} pg per million, {handling}, the plasma tube shows "
        f"{_shown(plasma)} pg/mL and the serum tube {_shown(serum)} pg/mL, {share:.0f} % of it "
        "from platelets"
    )
    if blood.platelets == USUAL_COUNT:
        return f"{told}."
    usual = blood.usual()
    return (
        f"{told}; with {number(USUAL_COUNT)} platelets they would show {_shown(usual.plasma(how))} "
        f"and {_shown(usual.serum(how))} pg/mL."
    )


def _table(blood: Blood, handling: str) -> Table:
    how, usual = HANDLING[handling], blood.usual()
    rows = (
        ("plasma", _shown(blood.plasma(how)), _shown(blood.free), _shown(usual.plasma(how))),
        ("serum", _shown(blood.serum(how)), _shown(blood.free), _shown(usual.serum(how))),
    )
    columns = ("tube", "shows, pg/mL", "of it free", f"with {number(USUAL_COUNT)} platelets")
    return Table(
        "A classroom model, not a conversion: assumed are a plasma share of "
        f"{PLASMA_SHARE}, {how.into_plasma:.0%} of the platelets' VEGF in the plasma tube and "
        f"{how.into_serum:.0%} in the serum tube",
        columns,
        rows,
    )


def _tubes(blood: Blood, handling: str) -> str:
    """Two tubes: whole platelets at the bottom, or burst ones with what they held around them."""
    how, parts = HANDLING[handling], []
    for x, name, share in ((58.0, "plasma", how.into_plasma), (268.0, "serum", how.into_serum)):
        spread = 20 + 64 * min(1.0, share * blood.platelets * blood.content / 1000)
        parts.append(path("b s0", f"M{at(x)} 34V112Q{at(x)} 124 {at(x + 12)} 124H{at(x + 38)}"
                          f"Q{at(x + 50)} 124 {at(x + 50)} 112V34Z"))  # fmt: skip
        if share:
            parts.append(box("b s1", x + 2, 122 - spread, 46, spread))
        parts.append(path("k s0", f"M{at(x)} 18V112Q{at(x)} 124 {at(x + 12)} 124H{at(x + 38)}"
                          f"Q{at(x + 50)} 124 {at(x + 50)} 112V18"))  # fmt: skip
        kind = "k s1" if share >= 0.5 else "f s1"
        parts += [_platelet(x, i, kind) for i in range(round(blood.platelets / 25))]
        parts.append(text(x + 62, 34, f"{name} tube", "strong"))
        for i, line in enumerate(_told(name, share)):
            parts.append(text(x + 62, 52 + 16 * i, line, "muted"))
    return "".join(parts)


def _told(name: str, share: float) -> tuple[str, ...]:
    if name == "plasma":
        return ("left in, frozen:", "some let go") if share else ("kept liquid:", "platelets whole")
    return (
        ("clotted 2 hours:", "platelets let go")
        if share > 0.5
        else ("hardly clotted:", "few let go")
    )


def _platelet(x: float, i: int, kind: str) -> str:
    place, row = i % 5, i // 5
    cx, cy = x + 9 + 8 * place, 116 - 7 * row - (2 if place in (0, 4) else 0)
    return f'<circle class="{kind}" style="stroke-width:1.2" cx="{at(cx)}" cy="{at(cy)}" r="2.4"/>'


def _bars(blood: Blood, handling: str, end: float) -> str:
    how = HANDLING[handling]
    japan = fact("crit-mhlw").quantity()
    mayo = fact("plasma-vegf-cutoff").quantity()
    parts = [text(12, _BARS - 22, "VEGF that the laboratory measures", "strong")]
    for x, series, word in ((270, 0, "free"), (326, 1, "from platelets")):
        parts += [box(f"f s{series}", x, _BARS - 32, 11, 11), text(x + 16, _BARS - 22, word)]
    rows = (
        ("plasma", blood.plasma(how), mayo, f"{number(mayo)}: Mayo, plasma"),
        ("serum", blood.serum(how), japan, f"{number(japan)}: Japan, serum"),
    )
    for i, (name, value, limit, words) in enumerate(rows):
        y = _BARS + _GAP * i
        parts.append(text(_LEFT - 8, y + 18, name, "ink", "end"))
        parts.append(box("f s0", _LEFT, y, _x(blood.free, end) - _LEFT, _TALL))
        parts.append(
            box("f s1", _x(blood.free, end), y, _x(value, end) - _x(blood.free, end), _TALL)
        )
        parts.append(text(_beside(value, limit, end), y + 18, _shown(value), "strong"))
        if limit <= end:
            parts.append(path("r", f"M{at(_x(limit, end))} {at(y - 6)}v{at(_TALL + 12)}"))
            anchor = "start" if _x(limit, end) < WIDTH / 2 else "end"
            parts.append(text(_x(limit, end), y + _TALL + 18, words, "small", anchor))
        else:
            parts.append(text(_RIGHT, y + _TALL + 18, f"{words}, off to the right", "small", "end"))
    return "".join(parts) + _axis(end)


def _beside(value: float, limit: float, end: float) -> float:
    """Where a bar's number stands: right of the bar, and of the limit where that would cross it."""
    place, wide = _x(value, end) + 5, 7 * len(_shown(value)) + 4
    return _x(limit, end) + 5 if place - 5 <= _x(limit, end) <= place + wide else place


def _axis(end: float) -> str:
    base = _BARS + 2 * _GAP - 2
    parts = [path("a", f"M{at(_LEFT)} {at(_BARS - 8)}V{at(base)}H{at(_RIGHT)}")]
    for tick in (0.0, end / 2, end):
        parts.append(path("a", f"M{at(_x(tick, end))} {at(base)}v4"))
        parts.append(text(_x(tick, end), base + 17, number(tick), "muted", "middle"))
    parts.append(text(_LEFT, base + 38, "pg/mL, of its own kind in each tube", "muted"))
    return "".join(parts)


def _x(value: float, end: float) -> float:
    return _LEFT + value / end * (_RIGHT - _LEFT)


PLATELETS = Exploration(
    id="platelet-release",
    title="One blood, two tubes",
    prompt=(
        "Predict first: the platelets go from 250 to 1000 and nothing else changes. What happens "
        "in the plasma tube, and what in the serum tube?"
    ),
    controls=(
        Slider(
            "platelets",
            "Platelets",
            (100, 150, 250, 350, 450, 640, 800, 1000),
            2,
            "\u00d710\u2079/L",
        ),
        Slider(
            "content",
            "VEGF per million platelets",
            (0.2, healthy_content(), 0.92, 3, 6, 10),
            1,
            "pg",
        ),
        Slider("free", "Free VEGF in the blood", (10, 40, 75, 150, 300), 2, "pg/mL"),
        Choice("handling", "In the laboratory", tuple(HANDLING)),
    ),
    model=platelet_release,
)
