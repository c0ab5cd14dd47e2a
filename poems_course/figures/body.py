"""A person seen from the front, for maps of the body: outline, limbs cut at any level, landmarks.

Units: 300 from crown to sole, x from the midline. As on a film, the person's right side is on the
reader's left: the liver lies at a negative x.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Literal

from poems_course.figures.svg import at, path

TALL, HALF_WIDTH = 300.0, 66.0
Point = tuple[float, float]
Limb = Literal["arm", "leg"]
Side = Literal["right", "left"]  # the person's own

# Through these points a smooth line is drawn, on the reader's right; the other side mirrors it.
_NECK = ((6.5, 34.0), (7.0, 46.0), (11.0, 53.0), (25.0, 57.5))
_ARM_OUTER = (
    *((25.0, 57.5), (36.0, 62.0), (41.5, 76.0), (43.5, 98.0), (48.5, 118.0), (53.5, 140.0)),
    *((56.5, 158.0), (61.0, 168.0), (61.5, 180.0), (57.5, 189.0)),
)
_ARM_INNER = (
    *((57.5, 189.0), (53.5, 186.0), (51.0, 174.0), (50.0, 160.0), (44.0, 142.0)),
    *((38.0, 121.0), (33.5, 104.0), (29.5, 86.0)),
)
_FLANK = ((29.5, 86.0), (28.0, 104.0), (25.5, 124.0), (28.5, 144.0), (31.5, 160.0))
_LEG_OUTER = (
    *((31.5, 160.0), (31.5, 184.0), (27.0, 212.0), (24.5, 226.0), (25.0, 246.0)),
    *((19.0, 272.0), (17.5, 284.0), (25.5, 293.0), (25.0, 298.5)),
)
_LEG_INNER = (
    *((25.0, 298.5), (11.0, 299.5), (8.0, 292.0), (9.5, 278.0), (7.5, 250.0)),
    *((8.5, 226.0), (5.5, 206.0), (1.5, 168.0)),
)

LANDMARKS: dict[str, Point] = {
    "pituitary": (0.0, 17.0),
    "eye": (-6.0, 22.0),
    "thyroid": (0.0, 49.0),
    "neck nodes": (6.0, 44.0),
    "armpit nodes": (29.0, 80.0),
    "lung": (-14.0, 82.0),
    "heart": (6.0, 84.0),
    "liver": (-13.0, 110.0),
    "spleen": (18.0, 109.0),
    "kidney": (14.0, 122.0),
    "adrenal": (11.0, 114.0),
    "pancreas": (2.0, 118.0),
    "belly": (0.0, 134.0),
    "pelvis": (-16.0, 152.0),
    "groin nodes": (13.0, 160.0),
    "gonads": (0.0, 167.0),
    "hand": (57.0, 178.0),
    "shin": (17.0, 246.0),
    "ankle": (13.0, 280.0),
    "foot": (18.0, 294.0),
}


def smooth(points: Sequence[Point], steps: int = 6) -> list[Point]:
    """A smooth line through *points* (Catmull-Rom), as *steps* short pieces between each two."""
    padded = [points[0], *points, points[-1]]
    line = []
    for p0, p1, p2, p3 in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        for step in range(steps):
            t = step / steps
            line.append((_between(t, p0[0], p1[0], p2[0], p3[0]),
                         _between(t, p0[1], p1[1], p2[1], p3[1])))  # fmt: skip
    return [*line, points[-1]]


def _between(t: float, a: float, b: float, c: float, d: float) -> float:
    return 0.5 * (
        2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3
    )


def limb(which: Limb, side: Side) -> list[Point]:
    """The closed outline of an arm from the shoulder, or of a leg from the hip."""
    outer, inner = (_ARM_OUTER, _ARM_INNER) if which == "arm" else (_LEG_OUTER, _LEG_INNER)
    turn = 1 if side == "left" else -1
    return [(turn * x, y) for x, y in smooth(outer) + smooth(inner)[1:]]


def beyond(outline: list[Point], level: float) -> list[Point]:
    """The part of a closed *outline* at or below the height *level*; empty where nothing is."""
    kept: list[Point] = []
    for (x0, y0), (x1, y1) in itertools.pairwise([*outline, outline[0]]):
        if y0 >= level:
            kept.append((x0, y0))
        if (y0 < level) != (y1 < level):
            share = (level - y0) / (y1 - y0)
            kept.append((x0 + share * (x1 - x0), level))
    return kept


class Body:
    """A person whose crown is at height *y* and whose midline is at *x*, *scale* times 300 tall."""

    def __init__(self, x: float, y: float, scale: float = 1.0) -> None:
        self.x, self.y, self.scale = x, y, scale

    def place(self, point: Point) -> Point:
        """A point of the body in units of the drawing."""
        return self.x + self.scale * point[0], self.y + self.scale * point[1]

    def landmark(self, name: str) -> Point:
        """Where a part of the body lies in the drawing; see LANDMARKS."""
        return self.place(LANDMARKS[name])

    def area(self, kind: str, outline: list[Point]) -> str:
        """A closed *outline* of the body as a path of class *kind*; nothing where it is empty."""
        if not outline:
            return ""
        places = (self.place(point) for point in outline)
        return path(kind, "M" + "L".join(f"{at(x)} {at(y)}" for x, y in places) + "Z")

    def outline(self) -> str:
        """The person as a pale shape with a line around it."""
        half = smooth(_NECK)
        for part in (_ARM_OUTER, _ARM_INNER, _FLANK, _LEG_OUTER, _LEG_INNER):
            half += smooth(part)[1:]
        whole = half + [(-x, y) for x, y in reversed(half)]
        return self.area("b", whole) + self.area("a", whole) + self._head()

    def _head(self) -> str:
        x, y = self.place((0, 20.5))
        size = f'rx="{at(15 * self.scale)}" ry="{at(19.5 * self.scale)}"'
        place = f'cx="{at(x)}" cy="{at(y)}"'
        return "".join(f'<ellipse class="{kind}" {place} {size}/>' for kind in ("paper", "b", "a"))
