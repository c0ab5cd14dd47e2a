"""A forearm with its hair, and a back with its red spots, each in a box of 200 by 250."""

from __future__ import annotations

import random

from poems_course.figures.skin_paint import Point, across, curve, fill, oval, stroke
from poems_course.figures.skin_tones import Tone, mix

_ARM_LEFT = ((72, 2), (70, 40), (61, 92), (52, 150), (51, 204), (57, 248))
_ARM_RIGHT = ((151, 248), (153, 204), (149, 150), (140, 92), (130, 40), (127, 2))
_ARM = curve(_ARM_LEFT) + "L151 248" + curve(_ARM_RIGHT).replace("M151 248", "", 1) + "Z"
_HAIR = "#2b1d16"


def forearm(skin: Tone, hairy: bool) -> str:
    """A forearm from the wrist (top) to the elbow; *hairy* with long thick hair."""
    defs, colour = across((0, skin.shade), (0.3, skin.skin), (0.55, skin.light), (1, skin.shade))
    veins = curve([(86, 8), (92, 60), (84, 120)]) + curve([(116, 10), (110, 70), (122, 140)])
    hairs = _hairs(210, 11, 3) if hairy else _hairs(60, 6, 2)
    return "".join(
        [
            f"<defs>{defs}</defs>",
            fill(_ARM, colour, line=skin.line, width=1.4),
            stroke(veins, mix(skin.skin, "#4a6a86", 0.5), 3, 0.16),
            stroke(curve([(71, 20), (98, 25), (128, 20)]), skin.line, 0.9, 0.45),
            stroke(curve([(71, 28), (98, 33), (129, 28)]), skin.line, 0.9, 0.35),
            stroke(hairs, _HAIR, 1.0 if hairy else 0.6, 0.9 if hairy else 0.6),
        ]
    )


def _hairs(count: int, long: float, sway: float) -> str:
    """Hairs that lie towards the little finger's side, always the same ones."""
    draw = random.Random(7)
    lines = []
    for _ in range(count):
        y = draw.uniform(36, 236)
        half = 27 + 21 * min(1, y / 170)
        x = 99 + draw.uniform(-0.92, 0.8) * half
        length = long * draw.uniform(0.6, 1.1)
        lines.append(
            f"M{x:.0f} {y:.0f}q{sway + 0.2 * length:.0f} {0.3 * length:.0f} "
            f"{0.55 * length:.0f} {length:.0f}"
        )
    return "".join(lines)


_BACK_LEFT = (
    *((84, 2), (83, 24), (72, 36), (44, 44), (26, 58), (17, 86), (14, 120), (12, 150)),
)  # fmt: skip
_SIDE_LEFT = ((36, 150), (40, 118), (45, 104), (52, 150), (54, 190), (50, 226), (48, 252))
_SPOTS = (
    *((74, 70, 3.6), (118, 62, 2.6), (136, 88, 4.2), (92, 96, 2.4), (64, 112, 3.0)),
    *((110, 118, 3.4), (140, 132, 2.6), (84, 142, 4.6), (118, 156, 2.8), (66, 160, 2.4)),
    *((134, 176, 3.6), (96, 184, 3.0), (74, 204, 3.4), (122, 206, 2.4), (30, 84, 2.6)),
    *((170, 96, 3.0), (104, 40, 2.2)),
)
_OLD = (5, 11)  # two of them were there before the illness


def _mirrored(points: tuple[Point, ...]) -> tuple[Point, ...]:
    return tuple((200 - x, y) for x, y in reversed(points))


_BACK = (
    curve(_BACK_LEFT)
    + "L36 150"
    + curve(_SIDE_LEFT).replace("M36 150", "", 1)
    + "L152 252"
    + curve(_mirrored(_SIDE_LEFT)).replace("M152 252", "", 1)
    + "L188 150"
    + curve(_mirrored(_BACK_LEFT)).replace("M188 150", "", 1)
    + "Z"
)


def back(skin: Tone, many: bool) -> str:
    """A back down to the belt, with *many* red spots or with the two of ordinary ageing."""
    sides = "".join(curve([(x, 60), (0.6 * x + 40, 110), (0.45 * x + 55, 170)]) for x in (36, 164))
    blades = curve([(64, 64), (58, 92), (76, 118)]) + curve([(136, 64), (142, 92), (124, 118)])
    armpits = "".join(
        curve([(x, 104), (x + step, 128), (x + 2 * step, 150)]) for x, step in ((45, -4), (155, 4))
    )
    spots = [_SPOTS[i] for i in range(len(_SPOTS)) if many or i in _OLD]
    return "".join(
        [
            fill(_BACK, skin.skin, line=skin.line, width=1.4),
            oval(74, 92, 20, 34, skin.light, 0.24),
            oval(126, 92, 20, 34, skin.light, 0.24),
            stroke(sides, skin.shade, 7, 0.22),
            stroke(blades, skin.shade, 4, 0.35),
            stroke(curve([(100, 30), (100, 120), (100, 228)]), skin.shade, 5, 0.4),
            stroke(armpits, skin.line, 1.2, 0.7),
            _shorts(),
            *(_spot(skin, x, y, size) for x, y, size in spots),
        ]
    )  # fmt: skip


def _shorts() -> str:
    return fill("M49 232C80 240 120 240 151 232L153 252H47Z", "#5f6f80", line="#3d4955")


def _spot(skin: Tone, x: float, y: float, size: float) -> str:
    """A dome with its own shadow and a glint."""
    return (
        oval(x + 0.5, y + 0.8, size + 0.7, size + 0.7, skin.shade, 0.7)
        + oval(x, y, size, size, skin.spot)
        + oval(x - 0.32 * size, y - 0.36 * size, 0.26 * size, 0.2 * size, "#ffffff", 0.75)
    )


def close_up(skin: Tone, x: float, y: float, radius: float) -> str:
    """A lens over one spot: vessels in lobules, a glint, the dome's shadow."""
    lobules = ((-8, -5), (3, -9), (10, 0), (-1, 2), (-10, 6), (5, 9))
    rim = f'<circle cx="{x}" cy="{y}" r="{radius}" fill="none" stroke="#33404d" stroke-width="3"/>'
    return "".join(
        [
            oval(x, y, radius, radius, skin.skin),
            oval(x + 3, y + 4, 0.7 * radius, 0.68 * radius, skin.shade, 0.6),
            oval(x, y, 0.66 * radius, 0.64 * radius, mix(skin.spot, skin.skin, 0.15)),
            *(oval(x + 0.9 * dx, y + 0.9 * dy, 5, 4.4, skin.spot) for dx, dy in lobules),
            oval(x - 8, y - 10, 6, 3.4, "#ffffff", 0.6),
            rim,
        ]
    )
