"""The decision "localised or disseminated": lesions and marrow on a body, three rules beside it."""

from __future__ import annotations

from itertools import pairwise

from poems_course.clinic.extent import RULES, Advice, Extent, ExtentRule, advice, still_needed
from poems_course.figures.body import Body, Point
from poems_course.figures.chart import Chart, Table
from poems_course.figures.exploration import Choice, Exploration, Slider
from poems_course.figures.svg import WIDTH, at, box, figure_svg, path, point, text

SEARCHES = ("plain X-rays", "CT of the whole skeleton")
MARROWS: dict[str, bool | None] = {
    "not taken": None,
    "no clone found": False,
    "a clone found": True,
}
COUNTS = (0, 1, 2, 3, 4, 5)
# Common places of lesions, pelvis and spine first, in units of the body.
_SITES: tuple[Point, ...] = ((-17, 151), (0, 121), (15, 153), (-14, 196), (-24, 88))
_SPINE: tuple[Point, ...] = ((0, 56), (0, 70), (0, 84), (0, 98), (0, 112), (0, 126), (0, 140))
_IN_WORDS: dict[bool | None, str] = {
    None: "without a marrow biopsy",
    False: "no clone in the marrow",
    True: "a clone in the marrow",
}
_WORDS: dict[Advice, str] = {
    "radiotherapy": "radiotherapy",
    "systemic treatment": "systemic treatment",
    "open": "open: look further",
    "not covered": "does not say",
}
_SAYS: dict[Advice, str] = {
    "radiotherapy": "says radiotherapy",
    "systemic treatment": "says systemic treatment",
    "open": "leaves it open",
    "not covered": "does not say",
}
_SERIES: dict[Advice, int] = {
    "radiotherapy": 3,
    "systemic treatment": 0,
    "open": 1,
    "not covered": 2,
}


def local_or_spread(lesions: int, search: str, marrow: str) -> Chart:
    """What three rules say of a patient with so many lesions, so searched, and such a marrow."""
    extent = Extent(lesions, search != SEARCHES[0], MARROWS[marrow])
    said = _reading(extent, search)
    title = f"{_seen(lesions)} on {search}, marrow biopsy: {marrow}"
    drawing = _person(extent) + _verdicts(extent)
    return Chart(figure_svg(title, said, 262, drawing), said, _table(extent))


def _seen(lesions: int) -> str:
    if not lesions:
        return "No bone lesion"
    return f"{lesions} bone lesion" + ("s" if lesions > 1 else "")


def _reading(extent: Extent, search: str) -> str:
    verdicts = "; ".join(f"the {rule.name} {_SAYS[advice(extent, rule)]}" for rule in RULES)
    needed = still_needed(extent)
    next_step = f"; still to do: {' and '.join(needed)}" if needed else ""
    found = f"{_seen(extent.lesions)} on {search}, {_IN_WORDS[extent.marrow]}"
    return f"{found}: {verdicts}{next_step}."


def _person(extent: Extent) -> str:
    body = Body(66, 18, 0.72)
    parts = [body.outline()]
    steps = (f"M{_xy(body, a)}L{_xy(body, b)}" for a, b in pairwise(_SPINE))
    parts.append(path("a", "".join(steps)))
    for x, y in _SPINE:
        px, py = body.place((x, y))
        parts.append(box("paper", px - 4, py - 2.5, 8, 5) + box("b", px - 4, py - 2.5, 8, 5))
    for site in _SITES[: extent.lesions]:
        parts.append(point(*body.place(site), 2))
    return "".join(parts)


def _xy(body: Body, place: Point) -> str:
    x, y = body.place(place)
    return f"{at(x)} {at(y)}"


def _verdicts(extent: Extent) -> str:
    left, parts = 150.0, []
    found = "sclerotic lesion seen" if extent.lesions == 1 else "sclerotic lesions seen"
    parts.append(point(left + 6, 24, 2) + text(left + 18, 28, f"{extent.lesions} {found}"))
    parts.append(text(left, 50, f"Searched by: {SEARCHES[extent.searched]}"))
    marrow = next(words for words, value in MARROWS.items() if value is extent.marrow)
    parts.append(text(left, 70, f"Marrow biopsy: {marrow}"))
    for i, rule in enumerate(RULES):
        parts.append(_verdict(extent, rule, left, 92 + 42 * i))
    needed = still_needed(extent)
    parts.append(text(left, 232, f"Still to do: {_and(needed)}" if needed else "Nothing missing."))
    return "".join(parts)


def _and(needed: tuple[str, ...]) -> str:
    return " and ".join(name.replace("CT of the whole skeleton", "CT") for name in needed)


def _verdict(extent: Extent, rule: ExtentRule, x: float, y: float) -> str:
    said = advice(extent, rule)
    series = _SERIES[said]
    return (
        box(f"b s{series}", x, y, WIDTH - 12 - x, 36)
        + box(f"f s{series}", x, y, 4, 36)
        + text(x + 12, y + 15, f"{rule.name}: up to {rule.most}", "small")
        + text(x + 12, y + 30, _WORDS[said], "strong")
    )


def _table(extent: Extent) -> Table:
    rows = tuple((rule.name, rule.most, _WORDS[advice(extent, rule)]) for rule in RULES)
    columns = ("Rule", "Irradiated first: lesions at most", "What it says here")
    return Table("Three published rules", columns, rows)


LOCAL_OR_SPREAD = Exploration(
    id="local-or-spread",
    title="Localised or disseminated",
    prompt=(
        "Predict first: Rosa's X-rays show one lesion, and nobody has looked into her marrow. "
        "Which of the three rules would let you irradiate her today?"
    ),
    controls=(
        Slider("lesions", "Bone lesions seen", COUNTS, 1),
        Choice("search", "Searched by", SEARCHES),
        Choice("marrow", "Marrow biopsy", tuple(MARROWS)),
    ),
    model=local_or_spread,
)
