"""How a neuropathy spreads over the body: by length over months, by length in weeks, or in patches.

Heights are those of figures.body: 300 units from crown to sole. The speeds are invented for the
classroom; that the hands begin when the middle of the calf is reached is fact dpn-ascends.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from poems_course.evidence import fact
from poems_course.figures.body import LANDMARKS, TALL, Body, Limb, Point, Side, beyond, limb
from poems_course.figures.chart import Chart, Table
from poems_course.figures.exploration import Choice, Exploration, Slider, Toggle
from poems_course.figures.svg import WIDTH, at, box, figure_svg, path, text

POEMS, GBS, PATCHY = "by length, over months", "by length, within weeks", "patchy, nerve by nerve"
WEEKS = (1.0, 2.0, 3.0, 4.0, 8.0, 13.0, 26.0, 39.0, 52.0, 78.0)
A_WEEK = {POEMS: 1.75, GBS: 30.0}
"""Units that the upper border climbs in a week; invented."""
FINGERTIPS = 189.0
MID_CALF = LANDMARKS["shin"][1]
PLACES: tuple[tuple[str, Limb, float], ...] = (
    ("toes", "leg", 299.0),
    ("ankles", "leg", 278.0),
    ("mid-calves", "leg", MID_CALF),
    ("fingertips", "arm", FINGERTIPS - 1),
    ("knees", "leg", 222.0),
    ("wrists", "arm", 162.0),
    ("mid-thighs", "leg", 190.0),
    ("elbows", "arm", 118.0),
)


@dataclass(frozen=True)
class Patch:
    """One nerve's area on one limb, between two heights, and the week in which it falls ill."""

    name: str
    part: Limb
    side: Side
    top: float
    bottom: float
    week: float


PATCHES = (
    Patch("right foot", "leg", "right", 276.0, 300.0, 1),
    Patch("left hand", "arm", "left", 160.0, 190.0, 4),
    Patch("left thigh", "leg", "left", 176.0, 214.0, 13),
    Patch("right forearm", "arm", "right", 122.0, 158.0, 26),
    Patch("left shin", "leg", "left", 228.0, 274.0, 52),
)
"""Single nerves, one after another; places and weeks are invented."""


def climbed(pattern: str, weeks: float) -> float:
    """How far the border has climbed from the soles, in units; GBS stands still after its weeks."""
    if pattern == GBS:
        weeks = min(weeks, fact("gbs-cidp-pace").quantity("gbs_weeks"))
    return A_WEEK[pattern] * weeks


def border(part: Limb, way: float) -> float:
    """The height of the upper border in legs or arms once it has climbed so far up the legs."""
    if part == "leg":
        return TALL - way
    return FINGERTIPS + (TALL - MID_CALF) - way


def reached(pattern: str, weeks: float) -> tuple[str, ...]:
    """The places, in the order of PLACES or of PATCHES, that are ill after so many weeks."""
    if pattern == PATCHY:
        return tuple(patch.name for patch in PATCHES if patch.week <= weeks)
    way = climbed(pattern, weeks)
    return tuple(name for name, part, height in PLACES if border(part, way) <= height)


def spreading(pattern: str, weeks: float, nerves: bool) -> Chart:
    """The body after so many weeks; *nerves* draws the longest nerve to a foot and to a hand."""
    said = _reading(pattern, weeks)
    body = Body(92, 34)
    parts = [_outline(), *_ill(body, pattern, weeks)]
    parts += _nerves(body, pattern, weeks) if nerves else []
    parts += [text(92, 18, _time(weeks), "strong", "middle"), *_list(pattern, weeks)]
    return Chart(
        figure_svg(f"A neuropathy that spreads {pattern}", said, 350, "".join(parts)),
        said,
        _table(pattern),
    )


@cache
def _outline() -> str:
    return Body(92, 34).outline()


def _time(weeks: float) -> str:
    if weeks < 8:
        return f"after {weeks:g} week{'' if weeks == 1 else 's'}"
    return f"after {round(weeks * 12 / 52)} months"


def _reading(pattern: str, weeks: float) -> str:
    places = reached(pattern, weeks)
    if pattern == PATCHY:
        where = ", ".join(places)
        one = "one limb" if len(places) == 1 else f"{len(places)} separate places"
        return f"In patches, {_time(weeks)}: {one} numb or weak ({where}), and no two sides alike."
    limit = fact("gbs-cidp-pace").quantity("gbs_weeks")
    if pattern == GBS and weeks >= limit:
        end = f"since week {limit:g} the border stands still"
    else:
        rest = [name for name, *_ in PLACES if name not in places]
        end = f"next come the {rest[0]}" if rest else "no place of the list is spared"
    spans = " and ".join(_span(part, places) for part in _LIMBS if _span(part, places))
    return f"{pattern.capitalize()}, {_time(weeks)}: numb or weak on both sides, {spans}; {end}."


_LIMBS: tuple[Limb, Limb] = ("leg", "arm")


def _span(part: Limb, places: tuple[str, ...]) -> str:
    """ "the legs up to the knees", or nothing where the limb is spared."""
    own = [name for name, limb_, _ in PLACES if limb_ == part and name in places]
    return f"the {part}s up to the {own[-1]}" if own else ""


def _ill(body: Body, pattern: str, weeks: float) -> list[str]:
    if pattern == PATCHY:
        return [
            body.area("f s1", _between(limb(patch.part, patch.side), patch.top, patch.bottom))
            for patch in PATCHES
            if patch.week <= weeks
        ]
    way = climbed(pattern, weeks)
    limbs: tuple[tuple[Limb, Side], ...] = (
        *(("leg", "right"), ("leg", "left")),
        *(("arm", "right"), ("arm", "left")),
    )
    return [body.area("f s1", beyond(limb(*each), border(each[0], way))) for each in limbs]


def _between(outline: list[Point], top: float, bottom: float) -> list[Point]:
    """The part of a closed *outline* between two heights."""
    below = beyond(outline, top)
    return [(x, -y) for x, y in beyond([(x, -y) for x, y in below], -bottom)]


_LEG_NERVE = ((0.0, 122.0), (10.0, 148.0), (15.0, 185.0), (14.0, 224.0), (14.0, 278.0))
_ARM_NERVE = ((0.0, 52.0), (24.0, 66.0), (37.0, 98.0), (47.0, 130.0), (55.0, 162.0))
_ENDS: tuple[Point, Point] = ((18.0, 296.0), (58.0, 185.0))


def _nerves(body: Body, pattern: str, weeks: float) -> list[str]:
    """Spinal cord, and the longest nerve of the person's left leg and arm."""
    lines = [(*_LEG_NERVE, _ENDS[0]), (*_ARM_NERVE, _ENDS[1]), ((0.0, 36.0), (0.0, 122.0))]
    return [
        path("k", "M" + "L".join(f"{at(x)} {at(y)}" for x, y in map(body.place, line)))
        for line in lines
    ]


def _list(pattern: str, weeks: float) -> list[str]:
    """The places beside the body, those that are ill marked."""
    names = [patch.name for patch in PATCHES] if pattern == PATCHY else [p[0] for p in PLACES]
    ill = reached(pattern, weeks)
    left, top, apart = 204.0, 62.0, 30.0
    parts = [text(left, top - 22, "numb or weak", "strong")]
    for row, name in enumerate(names):
        y = top + 6 + apart * row
        found = name in ill
        kind = "f s1" if found else "a"
        parts.append(box(kind, left, y - 10, 12, 12))
        parts.append(text(left + 20, y, name, "ink" if found else "muted"))
        parts.append(text(WIDTH - 12, y, "yes" if found else "spared", "muted", "end"))
    return parts


def _table(pattern: str) -> Table:
    """When each place is reached, in weeks."""
    if pattern == PATCHY:
        rows = [(patch.name, f"{patch.week:g}") for patch in PATCHES]
    else:
        rows = [(name, _week(pattern, part, height)) for name, part, height in PLACES]
    return Table(f"Week in which a place is reached, {pattern}", ("place", "week"), tuple(rows))


def _week(pattern: str, part: Limb, height: float) -> str:
    way = border(part, 0) - height
    weeks = way / A_WEEK[pattern]
    if pattern == GBS and weeks > fact("gbs-cidp-pace").quantity("gbs_weeks"):
        return "spared"
    return f"{max(weeks, 0.1):.1f}"


SPREADING = Exploration(
    id="spreading",
    title="A neuropathy on the move",
    prompt=(
        "Predict first: both feet are numb, and the border climbs. Where will it stand when the "
        "fingertips begin?"
    ),
    controls=(
        Choice("pattern", "Spreads", (POEMS, GBS, PATCHY)),
        Slider("weeks", "Weeks since the first symptom", WEEKS, 5),
        Toggle("nerves", "Draw the nerves"),
    ),
    model=spreading,
)
