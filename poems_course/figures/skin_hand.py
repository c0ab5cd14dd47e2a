"""The back of a right hand: outline, shading, creases and nails, in a box of 200 by 250."""

from __future__ import annotations

import math
from dataclasses import dataclass

from poems_course.figures.skin_paint import Point, across, curve, fill, oval, stroke
from poems_course.figures.skin_tones import Tone, mix


@dataclass(frozen=True)
class Finger:
    """A finger along its middle line from *base* to *tip*, with half its width at both ends."""

    base: Point
    tip: Point
    wide: float
    narrow: float

    @property
    def length(self) -> float:
        return math.dist(self.base, self.tip)

    def point(self, along: float, aside: float) -> Point:
        """A point at a share *along* the finger and *aside* of its middle line (right is plus)."""
        ux = (self.tip[0] - self.base[0]) / self.length
        uy = (self.tip[1] - self.base[1]) / self.length
        x = self.base[0] + along * (self.tip[0] - self.base[0]) - uy * aside
        return x, self.base[1] + along * (self.tip[1] - self.base[1]) + ux * aside

    def half(self, along: float) -> float:
        """Half the width at a share along the finger: joints are a little thicker."""
        plain = self.wide + (self.narrow - self.wide) * along
        knuckle = math.exp(-(((along - 0.42) / 0.08) ** 2))
        last = math.exp(-(((along - 0.72) / 0.06) ** 2))
        return plain + 0.06 * self.wide * (knuckle + last)

    def outline(self) -> list[Point]:
        """From the left web round the tip to the right web."""
        levels = (0.12, 0.42, 0.58, 0.72, 0.88)
        left = [self.point(s, -self.half(s)) for s in levels]
        right = [self.point(s, self.half(s)) for s in reversed(levels)]
        beside = 0.72 * self.narrow
        end = [self.point(0.965, -beside), self.point(1.0, 0), self.point(0.965, beside)]
        return [*left, *end, *right]

    def along(self, aside: float, *levels: float) -> str:
        """A line along the finger, *aside* as a share of its half width."""
        return curve([self.point(level, aside * self.half(level)) for level in levels])

    def crease(self, level: float) -> str:
        """A fold across a joint."""
        half = 0.62 * self.half(level)
        ends = self.point(level, -half), self.point(level + 0.022, 0), self.point(level, half)
        return curve(ends)


DIGITS = (
    Finger((45, 162), (15, 92), 12.5, 9.5),
    Finger((72, 116), (60, 34), 11.5, 8.8),
    Finger((97, 108), (94, 14), 12.0, 9.0),
    Finger((122, 112), (128, 26), 11.5, 8.6),
    Finger((144, 126), (159, 62), 10.0, 7.5),
)
_WRIST_LEFT = ((62, 252), (60, 226), (50, 204), (40, 184))
_WRIST_RIGHT = ((155, 168), (147, 204), (138, 226), (136, 252))
_OUTLINE = (
    curve(
        [
            *_WRIST_LEFT,
            *DIGITS[0].outline(),
            (60, 148),
            *(point for finger in DIGITS[1:] for point in finger.outline()),
            *_WRIST_RIGHT,
        ]
    )
    + "Z"
)
_CREASES = (0.385, 0.42, 0.455, 0.705, 0.735)
_BANDED = (0, 2)  # digits with a brown band along the nail, common where skin is dark


def hand(skin: Tone, fingers: Tone | None = None, nails: str = "", tight: bool = False) -> str:
    """The hand in a tone; *fingers* is the tone towards the tips, *nails* the nails' colour.

    *tight* skin shines and has lost its creases.
    """
    end = fingers or skin
    stops = (0.0, end.skin), (0.42, mix(end.skin, skin.skin, 0.75)), (1.0, skin.skin)
    defs, colour = across(*stops, upright=True)
    parts = [
        f"<defs>{defs}</defs>",
        fill(_OUTLINE, colour, line=skin.line, width=1.4),
        stroke("".join(f.along(0.62, 0.14, 0.42, 0.7, 0.94) for f in DIGITS), end.shade, 5.5, 0.4),
        stroke("".join(f.along(-0.35, 0.2, 0.5, 0.76) for f in DIGITS), end.light, 5.5, 0.45),
        stroke(curve([(146, 146), (143, 172), (134, 206), (129, 244)]), skin.shade, 8, 0.25),
        stroke(curve([(82, 134), (72, 176), (72, 216)]), skin.light, 15, 0.25),
        _shine(skin) if tight else _folds(skin),
        _nails(nails or end.nail, end, skin.dark and not nails),
    ]
    return "".join(parts)


def _folds(skin: Tone) -> str:
    """Creases, knuckles and tendons."""
    tops = [finger.point(-0.02, 0) for finger in DIGITS[1:]]
    arcs = "".join(curve([(x - 7, y + 3), (x, y - 1), (x + 7, y + 3)]) for x, y in tops)
    cords = "".join(f"M{x:.0f} {y + 16:.0f}L{99 + 0.35 * (x - 99):.0f} 212" for x, y in tops)
    creases = "".join(finger.crease(level) for finger in DIGITS for level in _CREASES)
    return "".join(
        [
            *(oval(x, y + 5, 8.5, 6, skin.light, 0.45) for x, y in tops),
            stroke(arcs, skin.line, 0.9, 0.45),
            stroke(cords, skin.shade, 2.4, 0.22),
            stroke(creases, skin.line, 0.9, 0.55),
        ]
    )


def _shine(skin: Tone) -> str:
    """Tight skin throws back the light in broad streaks."""
    broad = "".join(finger.along(-0.3, 0.16, 0.4, 0.66) for finger in DIGITS)
    back = curve([(80, 132), (80, 160), (88, 194)]) + curve([(118, 134), (114, 162), (110, 186)])
    return "".join(
        [
            stroke(back, skin.light, 16, 0.3),
            stroke(back, "#ffffff", 5, 0.16),
            stroke(broad, "#ffffff", 5.5, 0.22),
            stroke(broad, "#ffffff", 2, 0.35),
            stroke("".join(f.along(0.9, 0.3, 0.5, 0.7) for f in DIGITS), skin.shade, 1.5, 0.5),
        ]
    )


def _nails(colour: str, skin: Tone, banded: bool) -> str:
    plates = "".join(map(_plate, DIGITS))
    moons, rims, gleams = (
        "".join(part(finger) for finger in DIGITS) for part in (_moon, _rim, _gleam)
    )
    bands = "".join(_gleam(DIGITS[i], 0.28) for i in _BANDED) if banded else ""
    return "".join(
        [
            fill(plates, colour, line=mix(colour, skin.line, 0.55), width=0.9),
            stroke(bands, "#4a2a1a", 1.6, 0.55) if bands else "",
            fill(moons, "#ffffff", 0.28),
            fill(rims, "#fbf6ea", 0.75),
            stroke(gleams, "#ffffff", 1.4, 0.5),
        ]
    )


def _ends(finger: Finger) -> tuple[float, float, float]:
    """Where a nail begins and ends along its finger, and half its width."""
    return 1 - 21 / finger.length, 1 - 3.4 / finger.length, 0.66 * finger.narrow


def _plate(finger: Finger) -> str:
    low, high, half = _ends(finger)
    right = ((low + 0.012, 0.8), ((low + high) / 2, 1.0), (high - 0.03, 0.92))
    left = [finger.point(level, -side * half) for level, side in right]
    sides = [finger.point(level, side * half) for level, side in reversed(right)]
    return curve([finger.point(low, 0), *left, finger.point(high, 0), *sides], closed=True)


def _moon(finger: Finger) -> str:
    low, _, half = _ends(finger)
    sides = [finger.point(low + 0.03, side * half) for side in (-0.5, 0.5)]
    top = finger.point(low + 0.055, 0)
    return curve([finger.point(low + 0.004, 0), sides[0], top, sides[1]], closed=True)


def _rim(finger: Finger) -> str:
    _, high, half = _ends(finger)
    inner = [finger.point(high - 0.045, -0.86 * half), finger.point(high - 0.022, 0),
             finger.point(high - 0.045, 0.86 * half)]  # fmt: skip
    outer = [finger.point(high, 0.5 * half), finger.point(high + 0.002, 0),
             finger.point(high, -0.5 * half)]  # fmt: skip
    return curve([*inner, *outer], closed=True)


def _gleam(finger: Finger, aside: float = -0.45) -> str:
    low, high, half = _ends(finger)
    return curve([finger.point(low + 0.05, aside * half), finger.point(high - 0.06, aside * half)])
