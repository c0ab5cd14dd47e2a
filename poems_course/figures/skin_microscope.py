"""A haemangioma under the microscope: cherry or glomeruloid, in a box of 200 by 250."""

from __future__ import annotations

import math
import random

from poems_course.figures.skin_paint import Point, curve, fill, oval, stroke
from poems_course.figures.skin_tones import Tone, mix

_MIDDLE: Point = (100.0, 126.0)
_RADIUS = 96.0
_DERMIS, _EPIDERMIS, _NUCLEUS, _RED = "#f3cfd6", "#c98fb6", "#5c3a78", "#c8303a"
_SPACES = ((72, 128, 34), (138, 150, 30), (88, 192, 22))  # widened vessels: place, radius
_LOBULES = ((62, 112), (92, 104), (124, 112), (76, 140), (108, 138), (140, 142), (94, 168))


def section(skin: Tone, glomeruloid: bool, card: str) -> str:
    """A round field of view; more brown in the deepest skin cells where the skin is dark."""
    lesion = _tufts() if glomeruloid else _cherry()
    field = fill("M3 3H197V247H3Z", _DERMIS) + _fibres() + lesion + _surface(skin)
    x, y, r = *_MIDDLE, _RADIUS
    # A frame of the card's colour with a round hole, drawn the other way round.
    hole = f"M{x - r:g} {y:g}a{r:g} {r:g} 0 1 0 {2 * r:g} 0a{r:g} {r:g} 0 1 0 {-2 * r:g} 0Z"
    frame = fill(f"M1 1H199V249H1Z{hole}", card)
    ring = (
        f'<circle cx="{x:g}" cy="{y:g}" r="{r:g}" fill="none" stroke="#33404d" stroke-width="3"/>'
    )
    return field + frame + ring


def _fibres() -> str:
    draw = random.Random(3)
    lines = []
    for _ in range(26):
        x, y = draw.uniform(6, 168), draw.uniform(90, 240)
        lines.append(f"M{x:.0f} {y:.0f}q12 {draw.uniform(-6, 6):.0f} 26 0")
    return stroke("".join(lines), "#dba6b6", 1.4, 0.7)


def _surface(skin: Tone) -> str:
    """The outer layer: horn, cells, and the pigment along its lower edge."""
    ridges = [(x, 74 + 8 * math.sin(x / 11)) for x in range(5, 196, 10)]
    layer = curve([(5, 40), (100, 34), (195, 40)]) + "L" + curve(ridges[::-1])[1:] + "Z"
    pigment = mix("#d9a06a", "#3a1d0e", 0.3 + 0.7 * skin.melanin)
    return "".join(
        [
            fill("M3 3H197V44H3Z", "#f7f1f4"),
            fill(layer, _EPIDERMIS),
            stroke(curve([(5, 40), (100, 34), (195, 40)]), "#b7657f", 5, 0.8),
            stroke(curve(ridges), pigment, 1.5 + 5 * skin.melanin, 0.35 + 0.55 * skin.melanin),
        ]
    )


def _cherry() -> str:
    """Lobules of round, widened small vessels full of blood."""
    draw = random.Random(11)
    parts = []
    for x, y in _LOBULES:
        for turn in range(5):
            angle = 1.257 * turn + draw.uniform(-0.2, 0.2)
            size = draw.uniform(4.5, 7.5)
            parts.append(_vessel(x + 9.5 * math.cos(angle), y + 9.5 * math.sin(angle), size))
    return "".join(parts)


def _vessel(x: float, y: float, size: float) -> str:
    return oval(x, y, size + 1.1, size + 1.1, _NUCLEUS, 0.75) + oval(x, y, size, size, _RED)


def _tufts() -> str:
    """Widened vessels, each of which holds a ball of capillaries."""
    draw = random.Random(5)
    parts = []
    for x, y, radius in _SPACES:
        parts.append(oval(x, y, radius, 0.92 * radius, _NUCLEUS, 0.7))
        parts.append(oval(x, y, radius - 1.4, 0.92 * radius - 1.4, "#fdf1f2"))
        parts.append(oval(x - 2, y + 3, 0.74 * radius, 0.7 * radius, "#e9a3b4"))
        count = round(0.55 * radius)
        for i in range(count):
            # A sunflower's order spreads the loops evenly over the ball.
            reach, angle = 0.62 * radius * math.sqrt((i + 0.5) / count), 2.4 * i
            size = draw.uniform(2.6, 3.9)
            parts.append(
                _vessel(
                    x - 2 + reach * math.cos(angle), y + 3 + 0.94 * reach * math.sin(angle), size
                )
            )
    return "".join(parts)
