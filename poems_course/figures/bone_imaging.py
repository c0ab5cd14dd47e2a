"""The explorer of bone imaging: what each machine shows of an invented cohort of lesions."""

from __future__ import annotations

from dataclasses import dataclass

from poems_course.evidence import fact, wilson
from poems_course.figures.bone_lesions import (
    KINDS,
    MODALITIES,
    PATIENTS,
    SITES,
    Count,
    Lesion,
    cohort,
    count,
    seen,
)
from poems_course.figures.bone_pictures import HEIGHT, pictures
from poems_course.figures.chart import Chart, Table
from poems_course.figures.draw import number
from poems_course.figures.exploration import Choice, Exploration
from poems_course.figures.svg import WIDTH, at, box, figure_svg, path, text

EVERY = "all kinds"
SIZES = {"any size": (0, 1000), "under 10 mm": (0, 10), "10 mm or more": (10, 1000)}
_LEFT, _PITCH, _STEP = 14.0, 10.9, 9.4  # the columns: from one patient to the next, up a lesion
_COLUMNS, _BASE, _BARS = HEIGHT + 8, HEIGHT + 106, HEIGHT + 164
_SCALE = (196.0, WIDTH - 74.0)


@dataclass(frozen=True)
class Published:
    """A share of *patients* in whom a method showed a lesion, as printed."""

    modality: str
    label: str
    fact: str
    part: str
    n: int

    @property
    def percent(self) -> float:
        return fact(self.fact).quantity(self.part)

    @property
    def interval(self) -> tuple[float, float]:
        low, high = wilson(round(self.percent * self.n / 100), self.n)
        return 100 * low, 100 * high

    @property
    def says(self) -> str:
        low, high = self.interval
        return f"{number(self.percent)} % of {self.n} (95 % interval {low:.0f} to {high:.0f} %)"


PUBLISHED = (
    Published("CT, chest to pelvis", "CT, Beijing", "i-ct-ss", "ct", 38),
    Published("X-ray survey", "X-ray survey, Beijing", "i-ct-ss", "x_ray", 38),
    Published("CT, chest to pelvis", "CT, Chiba", "i-ct-scintigraphy", "ct", 14),
    Published("", "scintigraphy, Chiba", "i-ct-scintigraphy", "scintigraphy", 14),
)


def bone_imaging(modality: str, kind: str, size: str) -> Chart:
    """The invented lesions of a kind and a size as one of MODALITIES shows them."""
    lesions = _chosen(kind, size)
    found = count(lesions, modality)
    reading = _reading(modality, kind, size, found)
    drawing = pictures(modality) + _columns(lesions, modality) + _counts(found) + _bars(modality)
    svg = figure_svg(f"Bone lesions by {modality}", reading, _BARS + 116, drawing)
    return Chart(svg, reading, _table(lesions, modality))


def _chosen(kind: str, size: str) -> tuple[Lesion, ...]:
    low, high = SIZES[size]
    return tuple(
        lesion
        for lesion in cohort()
        if kind in (EVERY, lesion.kind) and low <= lesion.size_mm < high
    )


def _reading(modality: str, kind: str, size: str, found: Count) -> str:
    which = "" if kind == EVERY else f"{kind} "
    how_large = "" if size == "any size" else f" {size}"
    reading = (
        f"{modality}: of {found.lesions} invented {which}lesions{how_large} "
        f"it shows {found.shown}, "
        f"and at least one in {found.patients} of {PATIENTS} patients"
    )
    if kind == EVERY and size == "any size":
        reading += f"; {found.falsely_single} seem to have a single lesion but have more"
        printed = next((row for row in PUBLISHED if row.modality == modality), None)
        reading += (
            f"; of real patients it showed one in {printed.says}"
            if printed
            else "; no share of real patients was found in print"
        )
    return f"{reading}."


def _table(lesions: tuple[Lesion, ...], modality: str) -> Table:
    groups = [(kind, [les for les in lesions if les.kind == kind]) for kind in KINDS]
    groups += [(site, [les for les in lesions if les.site == site]) for site in SITES]
    rows = [
        (name, len(group), sum(seen(les, modality) for les in group))
        for name, group in groups
        if group
    ]
    rows.append(("all of these", len(lesions), sum(seen(les, modality) for les in lesions)))
    columns = ("Lesions (invented)", "There are", "Shown")
    return Table(f"What {modality} shows", columns, tuple(rows))


def _columns(lesions: tuple[Lesion, ...], modality: str) -> str:
    """A column for each patient, a mark for each lesion: filled where it is shown."""
    shapes: dict[tuple[int, bool], list[str]] = {}
    stacked = [0] * PATIENTS
    for lesion in sorted(lesions, key=lambda les: not seen(les, modality)):
        x = _LEFT + lesion.patient * _PITCH + _PITCH / 2
        y = _BASE - 6 - stacked[lesion.patient] * _STEP
        stacked[lesion.patient] += 1
        key = KINDS.index(lesion.kind), seen(lesion, modality)
        shapes.setdefault(key, []).append(f"M{at(x)} {at(y)}{_SHAPES[key[0]]}")
    marks = "".join(_drawn(series, shown, "".join(d)) for (series, shown), d in shapes.items())
    base = path("a", f"M{at(_LEFT)} {at(_BASE)}h{at(PATIENTS * _PITCH)}")
    return _key(_COLUMNS + 8) + marks + base


_SHAPES = ("m-3.4 0a3.4 3.4 0 1 0 6.8 0a3.4 3.4 0 1 0-6.8 0z", "m-3.1-3.1h6.2v6.2h-6.2z",
           "m0-4 4 7h-8z")  # fmt: skip


def _drawn(series: int, shown: bool, data: str) -> str:
    if shown:
        return path(f"f s{series}", data)
    return f'<path class="k s{series}" style="stroke-width:1;opacity:.55" d="{data}"/>'


def _key(y: float) -> str:
    parts, x = [], _LEFT
    for series, kind in enumerate(KINDS):
        parts += [_drawn(series, True, f"M{at(x + 4)} {at(y)}{_SHAPES[series]}")]
        parts += [text(x + 14, y + 4, kind)]
        x += 28 + 6.5 * len(kind)
    return "".join(parts) + text(WIDTH - 8, y + 4, "filled: shown, hollow: missed", "muted", "end")


def _counts(found: Count) -> str:
    return text(_LEFT, _BASE + 17, f"{PATIENTS} invented patients, a column each", "muted") + text(
        _LEFT,
        _BASE + 37,
        f"{found.shown} of {found.lesions} lesions, {found.patients} of {PATIENTS} patients",
        "strong",
    )


def _bars(modality: str) -> str:
    """The published shares of patients, with their intervals, whatever is chosen above."""
    parts = [text(_LEFT, _BARS, "Published: patients with a lesion shown, %", "ink")]
    for i, row in enumerate(PUBLISHED):
        y = _BARS + 20 + i * 20
        low, high = (_percent(end) for end in row.interval)
        series = 1 if row.modality == modality else 0
        parts += [
            text(_LEFT, y + 4, f"{row.label} (n {row.n})", "strong" if series else "ink"),
            path(f"k s{series}", f"M{at(low)} {at(y)}H{at(high)}M{at(low)} {at(y - 4)}v8"
                 f"M{at(high)} {at(y - 4)}v8"),
            box(f"f s{series}", _percent(row.percent) - 4, y - 4, 8, 8),
            text(WIDTH - 8, y + 4, f"{number(row.percent)} %", "ink", "end"),
        ]  # fmt: skip
    y = _BARS + 94
    parts.append(path("a", f"M{at(_SCALE[0])} {at(y)}H{at(_SCALE[1])}"))
    for tick in (0, 25, 50, 75, 100):
        parts.append(path("a", f"M{at(_percent(tick))} {at(y)}v4"))
        parts.append(text(_percent(tick), y + 17, str(tick), "muted", "middle"))
    return "".join(parts)


def _percent(value: float) -> float:
    return _SCALE[0] + value / 100 * (_SCALE[1] - _SCALE[0])


BONE_IMAGING = Exploration(
    id="bone-imaging",
    title="The same bones, five ways of looking",
    prompt=(
        "Predict first: which way of looking misses most lesions, and of which kind? "
        "Watch the lesions and the patients: are they missed alike?"
    ),
    controls=(
        Choice("modality", "Look with", MODALITIES),
        Choice("kind", "Lesions", (EVERY, *KINDS)),
        Choice("size", "Size", tuple(SIZES)),
    ),
    model=bone_imaging,
)
