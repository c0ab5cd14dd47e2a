"""A fingertip from the side at any nail-fold angle, alone or nail to nail with another.

The angle lies on the air's side between the skin behind the nail and the nail. The model tilts
both by the same amount: below 180 degrees they form a notch, above it a hump. How much the tip
swells with the angle is our drawing's assumption. Above 180 suggests clubbing (fact: s-angle).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from poems_course.evidence import fact
from poems_course.figures.chart import Chart, Table
from poems_course.figures.exploration import Exploration, Slider, Toggle
from poems_course.figures.skin_paint import Point, curve, fill, moved, stroke
from poems_course.figures.skin_tones import Tone, tone
from poems_course.figures.svg import WIDTH, figure_svg, text

ANGLES = (150, 155, 160, 165, 170, 175, 180, 185, 190, 195, 200, 205)
NAIL = 56.0  # length of the nail, in units of the drawing
CARD = "#cfd6dc"  # a neutral background, as for clinical photographs
_FOLD_X = 118.0


def limit() -> float:
    """The angle in degrees above which clubbing is suggested."""
    return fact("s-angle").quantity()


@dataclass(frozen=True)
class Profile:
    """A fingertip pointing to the right, with its nail-fold *angle* in degrees."""

    angle: float

    @property
    def tilt(self) -> float:
        """Slope of skin and nail against the finger: positive in a notch, negative in a hump."""
        return math.tan(math.radians((180 - self.angle) / 2))

    @property
    def swelling(self) -> float:
        """How far nail bed and pulp bulge, in units of the drawing."""
        return max(0.0, self.angle - 160) * 0.42

    @property
    def fold(self) -> Point:
        return _FOLD_X, 104 - self.swelling

    @property
    def clubbed(self) -> bool:
        """Whether the angle suggests clubbing."""
        return self.angle > limit()

    @property
    def window(self) -> float:
        """Half the height of the gap between two such nails held back to back; 0 when closed."""
        return max(0.0, self.tilt * NAIL / 2)

    def skin_line(self, back: float) -> Point:
        """A point on the skin's straight line, *back* units behind the fold."""
        return self.fold[0] - back, self.fold[1] - back * self.tilt

    def nail_line(self, ahead: float) -> Point:
        """A point on the nail's straight line, *ahead* units before the fold."""
        return self.fold[0] + ahead, self.fold[1] - ahead * self.tilt

    def nail(self) -> list[Point]:
        """The nail from the fold to its free edge, a little domed, more so where swollen."""
        dome = 3 + 0.12 * self.swelling
        points = []
        for share in (0.0, 0.25, 0.5, 0.75, 1.0):
            x, y = self.nail_line(share * NAIL)
            points.append((x, y + dome * (share**2 * 2.2 - share * 1.0)))
        return points

    def outline(self) -> list[Point]:
        """The skin from the knuckle over the nail and round the pulp."""
        end, low = self.nail()[-1], 150 + 0.5 * self.swelling
        top = [(0.0, 106.0), (30.0, 101.0), (58.0, 102.0), self.skin_line(30), self.skin_line(8)]
        tip = [(end[0] + 6, end[1] + 10), (end[0] + 9, (end[1] + low) / 2), (end[0] - 6, low - 8)]
        under = [(148.0, low), (112.0, low - 1), (66.0, 147.0), (30.0, 151.0), (0.0, 149.0)]
        return [*top, *self.nail(), *tip, *under]


def fingertip(skin: Tone, angle: float) -> str:
    """The fingertip in a tone, in a box of about 200 by 70 from (0, 84)."""
    shape = Profile(angle)
    nail = shape.nail()
    root = (nail[0][0] - 5, nail[0][1] + 2.5)
    low = 150 + 0.5 * shape.swelling
    creases = curve([(52, 103), (56, 110), (55, 118)]) + curve([(60, 102), (63, 108), (63, 114)])
    under = curve([(66, 147), (69, 140), (68, 134)])
    shadow = curve([(4, 143), (60, 140), (112, low - 9), (150, low - 9)])
    gleam = curve([(6, 112), (46, 108), (96, shape.skin_line(22)[1] + 8)])
    return "".join(
        [
            fill(curve(shape.outline()) + "Z", skin.skin, line=skin.line, width=1.2),
            stroke(shadow, skin.shade, 8, 0.35),
            stroke(gleam, skin.light, 7, 0.5),
            stroke(creases + under, skin.line, 1.0, 0.6),
            stroke(curve([(x, y + 4.5) for x, y in nail[:-1]]), skin.nail, 5, 0.75),
            stroke(curve([root, *nail]), skin.line, 5.4),
            stroke(curve([root, *nail]), skin.nail, 4.0),
            stroke(curve([(x, y - 0.6) for x, y in nail[1:4]]), "#ffffff", 1.2, 0.7),
            stroke(f"M{nail[-1][0] - 2:.1f} {nail[-1][1]:.1f}l2 .4", "#fbf6ea", 4.2),
            fill(curve([root, (nail[0][0] + 3, nail[0][1] - 2.2), (nail[0][0] + 5, nail[0][1] + 1),
                        (nail[0][0], nail[0][1] + 4)], closed=True), skin.skin, line=skin.line,
                 width=0.7),
        ]
    )  # fmt: skip


def measure(angle: float) -> str:
    """The two straight lines of the angle and the arc between them."""
    shape = Profile(angle)
    x, y = shape.fold
    behind, ahead = shape.skin_line(52), shape.nail_line(62)
    start, stop = shape.skin_line(19), shape.nail_line(19)
    lines = f"M{behind[0]:.1f} {behind[1]:.1f}L{x:.1f} {y:.1f}L{ahead[0]:.1f} {ahead[1]:.1f}"
    arc = f"M{start[0]:.1f} {start[1]:.1f}A19 19 0 {int(angle > 180)} 1 {stop[0]:.1f} {stop[1]:.1f}"
    return stroke(lines, "#0b3c63", 1.4) + stroke(arc, "#0b3c63", 1.4)


def nail_angle(angle: int, window: bool) -> Chart:
    """A finger at a nail-fold *angle* in degrees; with *window*, two of them nail to nail."""
    shape = Profile(angle)
    said = _reading(shape, window)
    title = f"Nail-fold angle {angle} degrees"
    height = 262
    card = f'<rect x="8" y="8" width="{WIDTH - 16}" height="{height - 34}" rx="8" fill="{CARD}"/>'
    drawn = _pair(angle) if window else _alone(angle)
    verdict = f"{angle}\u00b0: {_verdict(shape)}"
    words = text(WIDTH / 2, height - 8, verdict, "strong", "middle")
    return Chart(figure_svg(title, said, height, card + drawn + words), said, _table(shape))


def _alone(angle: float) -> str:
    skin = tone("medium brown")
    return moved(fingertip(skin, angle) + measure(angle), 30, -118, 1.95)


def _pair(angle: float) -> str:
    skin, shape, scale = tone("medium brown"), Profile(angle), 1.5
    top = min(y for _, y in [*shape.nail(), shape.skin_line(30)]) - 2.7
    lower = moved(fingertip(skin, angle), 70, 119 - top * scale, scale)
    upper = f'<g transform="translate(0 238) scale(1 -1)">{lower}</g>'
    return lower + upper


def _verdict(shape: Profile) -> str:
    if shape.clubbed:
        return "a hump, which suggests clubbing"
    return "flat, the border" if shape.angle == limit() else "a notch, not clubbed by this angle"


def _reading(shape: Profile, window: bool) -> str:
    where = {True: "a hump", False: "a notch"}[shape.clubbed]
    if shape.angle == limit():
        where = "a straight line"
    said = (
        f"At {shape.angle:g} degrees the skin and the nail form {where}, and this angle "
        f"{'suggests' if shape.clubbed else 'does not suggest'} clubbing"
    )
    if window:
        gap = "shows" if shape.window > 0 else "is gone"
        said += f"; between two such nails, held back to back, the diamond of light {gap}"
    return f"{said}."


def _table(shape: Profile) -> Table:
    rows = (
        ("Angle between skin and nail", f"{shape.angle:g} degrees"),
        ("Above 180 degrees", "yes" if shape.clubbed else "no"),
        ("Window between two nails", "open" if shape.window > 0 else "closed"),
        ("Counts for the skin criterion", "no"),
    )
    caption = "The nail-fold angle (Family Practice Notebook); how the tip swells is our assumption"
    return Table(caption, ("What", "Value"), rows)


NAIL_ANGLE = Exploration(
    id="nail-angle",
    title="Clubbing, by the angle",
    prompt=(
        "Predict first: at which angle between skin and nail will the notch be gone? And what then "
        "becomes of the gap between two nails held back to back?"
    ),
    controls=(
        Slider("angle", "Angle", ANGLES, 2, "degrees"),
        Toggle("window", "Hold two nails back to back"),
    ),
    model=nail_angle,
)
