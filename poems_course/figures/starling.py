"""The explorer of a leaking wall: Starling's forces, and what three remedies would do on paper."""

from __future__ import annotations

from poems_course.figures.capillary import (
    GLOBULINS,
    LYMPH_LIMIT,
    REST,
    TIGHT,
    Capillary,
    remedies,
)
from poems_course.figures.chart import Chart, Table
from poems_course.figures.draw import number
from poems_course.figures.exploration import Exploration, Slider, Toggle
from poems_course.figures.svg import at, box, figure_svg, path, text

VEGF_EASE = 5.0  # as in frogs' vessels a day after VEGF (fact vegf-water)
_WALL, _MMHG = 62.0, 2.5  # height of the lower wall; units of the drawing for one mmHg
_LEFT, _SCALE, _MOST = 160.0, 6.0, 40  # where the bars start, units for one healthy flow, end
_BARS = 232.0


def starling(pressure: float, albumin: float, reflection: float, vegf: bool) -> Chart:
    """The wall at these settings; *vegf* makes it pass water five times as easily."""
    now = Capillary(pressure, albumin, reflection, VEGF_EASE if vegf else 1.0)
    flows = {name: wall.flow for name, wall in remedies(now).items()}
    reading = _reading(now, flows)
    drawing = _vessel(now) + _forces(now) + "".join(_bars(flows))
    title = "Push and pull at the wall of a capillary"
    return Chart(figure_svg(title, reading, 374, drawing), reading, _table(now, flows))


def _reading(now: Capillary, flows: dict[str, float]) -> str:
    _, less, more, sealed = map(times, flows.values())
    out = "out" if now.net > 0 else "back in"
    lymph = "overrun" if now.flow > LYMPH_LIMIT else "not overrun"
    return (
        f"Push {now.push:.1f} mmHg, pull {now.pull:.1f} mmHg, so {abs(now.net):.1f} mmHg drive "
        f"water {out}, {times(now.flow)} the healthy flow, and the lymph is {lymph}; 4 mmHg less "
        f"pressure would make it {less}, 10 g/L more albumin {more}, a sealed wall {sealed}."
    )


def times(flow: float) -> str:
    """A flow in words, as multiples of the healthy one."""
    if flow <= 0:
        return "0 times"
    return f"{flow:.1f} times" if flow < 9.95 else f"{flow:.0f} times"


def _table(now: Capillary, flows: dict[str, float]) -> Table:
    rows = [
        ("push out", f"{now.push:.1f} mmHg"),
        ("pull back", f"{now.pull:.1f} mmHg"),
        ("net", f"{now.net:.1f} mmHg"),
        *((f"flow, {name}", f"{times(flow)} the healthy flow") for name, flow in flows.items()),
    ]
    return Table(
        f"Assumed for the classroom: globulins {number(GLOBULINS)} g/L, a sound wall with "
        f"reflection {TIGHT}, {number(REST)} mmHg at rest, lymph that carries "
        f"{number(LYMPH_LIMIT)} times the healthy flow, tissue pressures that do not move",
        ("quantity", "value"),
        tuple(rows),
    )


def _vessel(now: Capillary) -> str:
    """The vessel between its walls; the gaps widen as the wall leaks."""
    gap = 2 + 14 * (1 - now.reflection)
    dash = f'stroke-dasharray="{at(16 - gap / 2)} {at(gap)}" style="stroke-width:4"'
    walls = "".join(f'<path class="k s0" {dash} d="M12 {at(y)}H428"/>' for y in (22.0, _WALL))
    dots = "".join(map(_protein, range(round(now.albumin))))
    words = text(
        12, 12, f"in the vessel: {number(now.pressure)} mmHg, albumin {number(now.albumin)} g/L"
    )
    return box("b s0", 12, 22, 416, _WALL - 22) + walls + dots + words


def _protein(i: int) -> str:
    x, y = 20 + 400 * ((i * 0.618) % 1), 30 + (i * 11) % 25  # spread without a pattern
    return f'<circle class="f s2" cx="{at(x)}" cy="{y}" r="2.6"/>'


def _forces(now: Capillary) -> str:
    out = now.net > 0
    low = 84 + _MMHG * 33
    parts = [
        _arrow(80, now.push, 1, down=True),
        _arrow(220, now.pull, 0, down=False),
        _arrow(360, abs(now.net), 3, down=out),
    ]
    for x, name, size in ((80, "push out", now.push), (220, "pull back", now.pull)):
        parts += [
            text(x, low, name, "ink", "middle"),
            text(x, low + 15, f"{size:.1f} mmHg", "strong", "middle"),
        ]
    parts.append(text(360, low, "net, out" if out else "net, back in", "ink", "middle"))
    parts.append(text(360, low + 15, f"{abs(now.net):.1f} mmHg", "strong", "middle"))
    return "".join(parts)


def _arrow(x: float, size: float, series: int, *, down: bool) -> str:
    """An arrow below the wall, as long as the force; it starts or ends at the wall."""
    top, end = _WALL + 4, _WALL + 4 + max(_MMHG * size, 3)
    tip, back = (end, end - 8) if down else (top, top + 8)
    head = f"M{at(x - 7)} {at(back)}L{at(x)} {at(tip)}L{at(x + 7)} {at(back)}"
    line = f"M{at(x)} {at(top)}V{at(end)}{head}"
    return f'<path class="k s{series}" style="stroke-width:4" d="{line}"/>'


def _bars(flows: dict[str, float]) -> list[str]:
    parts = [text(12, _BARS - 18, "Water that leaves, in multiples of the healthy flow", "strong")]
    for i, (name, flow) in enumerate(flows.items()):
        y = _BARS + 24 * i
        width = _SCALE * min(max(flow, 0), _MOST)
        parts.append(text(_LEFT - 8, y + 12, name, "ink", "end"))
        parts.append(box("f s3" if i == 0 else "f s1", _LEFT, y + 2, max(width, 1), 14))
        shown = times(flow).removesuffix(" times")
        place = max(width, _SCALE * LYMPH_LIMIT) + 5  # clear of the line at the limit
        parts.append(text(_LEFT + place, y + 13, f"{shown} \u00bb" if flow > _MOST else shown))
    base = _BARS + 100
    parts.append(path("a", f"M{at(_LEFT)} {at(_BARS)}V{at(base)}H{at(_LEFT + _SCALE * _MOST)}"))
    for tick in (0, 1, 10, 20, 30, 40):
        x = _LEFT + _SCALE * tick
        parts.append(path("a", f"M{at(x)} {at(base)}v4"))
        if tick != 1:
            parts.append(text(x, base + 16, str(tick), "muted", "middle"))
    limit = _LEFT + _SCALE * LYMPH_LIMIT
    parts.append(path("r", f"M{at(limit)} {at(_BARS - 6)}V{at(base + 4)}"))
    parts.append(text(limit, base + 32, "what lymph can carry away (assumed)", "small", "middle"))
    return parts


STARLING = Exploration(
    id="starling",
    title="Push and pull at a leaking wall",
    prompt=(
        "Predict first: let the wall leak (reflection 0.3, and water passes five times as easily). "
        "Which then helps most: 4 mmHg less pressure, 10 g/L more albumin, or a sealed wall?"
    ),
    controls=(
        Slider("pressure", "Capillary pressure", (10, 13, 16, 19, 22, 26, 30), 2, "mmHg"),
        Slider("albumin", "Albumin in the blood", (15, 20, 25, 30, 35, 40, 45), 5, "g/L"),
        Slider(
            "reflection", "Reflection coefficient of the wall", (0.95, 0.8, 0.65, 0.5, 0.4, 0.3)
        ),
        Toggle("vegf", "Water passes five times as easily (as after VEGF in frogs)"),
    ),
    model=starling,
)
