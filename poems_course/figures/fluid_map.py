"""A map of the body: what is found in each place, how often, and what of it counts."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

from poems_course.evidence import CohortRow, cohorts
from poems_course.figures.body import Body
from poems_course.figures.chart import Cell, Chart, Table
from poems_course.figures.cohort_rows import counted, interval, percent
from poems_course.figures.exploration import Choice, Exploration, Toggle
from poems_course.figures.svg import at, figure_svg, path, text

MINOR, MAJOR, NONE = "minor", "major", "none"


@dataclass(frozen=True)
class Place:
    """A place of the body: its *landmarks*, what is *found*, in which *findings* of the cohorts.

    *counts* says in words what of it counts under the current rule, *weight* how much.
    """

    landmarks: tuple[str, ...]
    found: str
    findings: tuple[str, ...]
    counts: str
    weight: str


PLACES: dict[str, Place] = {
    "eyes": Place(
        ("eye",),
        "A swollen optic disc. Vision is mostly kept, so only those who look into the eye see it.",
        ("papilloedema",),
        "papilloedema is a minor criterion",
        MINOR,
    ),
    "lymph nodes": Place(
        ("neck nodes", "armpit nodes", "groin nodes"),
        "Enlarged nodes. Under the microscope some show Castleman disease.",
        ("thoracic-nodes", "avid-nodes", "castleman", "castleman-biopsies"),
        "large nodes are organomegaly, a minor criterion, and Castleman disease is a major one",
        MAJOR,
    ),
    "lungs": Place(
        ("lung",),
        "Fluid around the lungs; stiff lungs and a poor passage of gas are common too.",
        ("pleural-effusion", "respiratory-symptoms"),
        "a pleural effusion is fluid overload, a minor criterion, and lung function is none",
        MINOR,
    ),
    "heart": Place(
        ("heart",),
        "High pressure in the arteries of the lungs, seen on the echocardiogram.",
        ("pulmonary-hypertension",),
        "pulmonary hypertension is a known sign, but no criterion",
        NONE,
    ),
    "liver and spleen": Place(
        ("liver", "spleen"),
        "One of them, or both, larger than it should be.",
        ("liver-or-spleen", "organomegaly"),
        "either is organomegaly, a minor criterion, and so are nodes",
        MINOR,
    ),
    "belly": Place(
        ("belly",),
        "Free fluid: ascites. Mostly not from pressure in the portal vein.",
        ("ascites",),
        "ascites is fluid overload, a minor criterion",
        MINOR,
    ),
    "kidneys": Place(
        ("kidney",),
        "Kidneys that filter poorly, oftenest in patients with ascites.",
        ("renal-impairment",),
        "poor filtration is no criterion, though it matters for survival",
        NONE,
    ),
    "legs": Place(
        ("shin", "ankle"),
        "Pitting oedema. Ranges quoted from older series run from 24 to 100 %.",
        ("leg-oedema-first", "overload"),
        "oedema is fluid overload, a minor criterion",
        MINOR,
    ),
}  # fmt: skip

NAMES = {
    "papilloedema": "swollen discs",
    "thoracic-nodes": "nodes in the chest, CT",
    "avid-nodes": "large bright nodes, PET/CT",
    "castleman": "Castleman disease",
    "castleman-biopsies": "Castleman disease",
    "pleural-effusion": "pleural effusion, CT",
    "respiratory-symptoms": "symptoms from the lungs",
    "pulmonary-hypertension": "pulmonary hypertension",
    "liver-or-spleen": "large liver or spleen, PET/CT",
    "ascites": "ascites",
    "renal-impairment": "poor filtration",
    "leg-oedema-first": "leg oedema, as a first symptom",
    "overload": "any fluid overload",
    "organomegaly": "any large organ, nodes included",
}
# Rows that stand under their own name here.
_PARTS = {"overload": ("f-eff-pet", "f-ple-282"), "organomegaly": ("f-hsm-pet",)}
_PANEL, _RIGHT, _CHARACTERS = 152.0, 434.0, 45
_SOLE, _LEGEND_END = 322.0, 382.0  # where the person ends, and the key below


def fluid_map(place: str, counts: bool) -> Chart:
    """One of PLACES; *counts* marks on the body what counts under the current rule."""
    shown = PLACES[place]
    reading = _reading(place, shown)
    lines = textwrap.wrap(shown.found, _CHARACTERS)
    if counts:
        lines += ["", *textwrap.wrap(f"Under the rule: {shown.counts}.", _CHARACTERS)]
    words = text(_PANEL, 16, place[0].upper() + place[1:], "strong")
    words += "".join(text(_PANEL, 36 + 15 * i, line) for i, line in enumerate(lines))
    rows, bottom = _rows(_rows_of(shown), 36 + 15 * len(lines) + 6)
    drawing = _person(place, counts) + words + rows
    title = f"A map of the body: {place}"
    height = max(_LEGEND_END if counts else _SOLE, bottom)
    return Chart(figure_svg(title, reading, height, drawing), reading, _table(place, shown))


def series(finding: str) -> list[CohortRow]:
    """The series of a finding, without those that counted a part of it only."""
    return [row for row in cohorts(finding) if row.fact not in _PARTS.get(finding, ())]


def _rows_of(place: Place) -> list[tuple[str, CohortRow]]:
    return [(name, row) for name in place.findings for row in series(name)]


def _reading(name: str, place: Place) -> str:
    found = "; ".join(_span(finding, series(finding)) for finding in place.findings)
    return f"{name[0].upper()}{name[1:]}: {found}; {place.counts}."


def _span(finding: str, rows: list[CohortRow]) -> str:
    low, high = min(rows, key=lambda row: row.percent), max(rows, key=lambda row: row.percent)
    of = "biopsies" if finding == "castleman-biopsies" else "patients"
    if low == high:
        return f"{NAMES[finding]} in {percent(low)} % of {low.n} {of}"
    return (
        f"{NAMES[finding]} in {percent(low)} % (of {low.n}) to {percent(high)} % (of {high.n}) "
        f"in {len(rows)} series"
    )


def _table(name: str, place: Place) -> Table:
    columns = ("Finding", "Cohort", "Counted", "%", "95 % interval, %", "What was counted")
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (NAMES[finding], row.cohort, counted(row), percent(row), interval(row), row.note)
        for finding, row in _rows_of(place)
    )
    return Table(f"{name[0].upper()}{name[1:]}: {place.counts}", columns, rows)


def _person(chosen: str, counts: bool) -> str:
    body = Body(72, 8, 1.02)
    parts = [body.outline()]
    for name, place in PLACES.items():
        for landmark in place.landmarks:
            x, y = body.landmark(landmark)
            parts.append(_mark(x, y, place.weight if counts else "", name == chosen))
    if counts:
        for i, (weight, words) in enumerate(
            ((MAJOR, "with a major criterion"), (MINOR, "minor criterion"), (NONE, "no criterion"))
        ):
            parts.append(_mark(12, 333 + 18 * i, weight, False))
            parts.append(text(22, 337 + 18 * i, words, "small"))
    return "".join(parts)


def _mark(x: float, y: float, weight: str, chosen: bool) -> str:
    """Shape tells the weight: diamond, square, empty ring; a chosen place is ringed."""
    ring = f'<circle class="k s1" cx="{at(x)}" cy="{at(y)}" r="9.5"/>' if chosen else ""
    if weight == MAJOR:
        return ring + path("f s0", f"M{at(x)} {at(y - 6)}l6 6-6 6-6-6z")
    if weight == MINOR:
        return ring + path("f s0", f"M{at(x - 4)} {at(y - 4)}h8v8h-8z")
    place = f'cx="{at(x)}" cy="{at(y)}"'
    if weight == NONE:
        return f'{ring}<circle class="paper" {place} r="4"/><circle class="k s0" {place} r="4"/>'
    return f'{ring}<circle class="f s{1 if chosen else 0}" {place} r="4"/>'


def _rows(rows: list[tuple[str, CohortRow]], top: float) -> tuple[str, float]:
    """Each series as a point with its interval, under its name; and where the drawing ends."""
    parts, pitch = [], 32.0 if len(rows) < 7 else 26.0
    bottom = top + pitch * len(rows) + 4
    for tick in (0, 50, 100):
        parts.append(path("g", f"M{at(_across(tick))} {at(top)}V{at(bottom)}"))
        anchor = {0: "start", 100: "end"}.get(tick, "middle")
        parts.append(text(_across(tick), bottom + 14, f"{tick} %", "muted", anchor))
    for i, (finding, row) in enumerate(rows):
        y = top + pitch * i
        parts.append(text(_PANEL, y + 11, _label(finding, row), "small"))
        parts.append(text(_RIGHT, y + 11, f"{percent(row)} %", "strong", "end"))
        low, high, middle = _across(row.low), _across(row.high), y + 20
        ends = f"M{at(low)} {at(middle - 4)}v8M{at(high)} {at(middle - 4)}v8"
        parts.append(path("k s0", f"M{at(low)} {at(middle)}H{at(high)}{ends}"))
        point = f'cx="{at(_across(row.percent))}" cy="{at(middle)}"'
        parts.append(f'<circle class="f s0" {point} r="4"/>')
    return "".join(parts), bottom + 20


def _label(finding: str, row: CohortRow) -> str:
    if finding.startswith("castleman"):
        biopsied = ", biopsied" if "biops" in row.note else ""
        cohort = row.cohort.replace("Univ. ", "")
        return f"Castleman, {cohort}{biopsied} (n {row.n})"
    if finding == "respiratory-symptoms":
        return f"symptoms, {row.cohort} (n {row.n})"
    name = row.cohort if len(series(finding)) > 1 else NAMES[finding]
    return f"{name} (n {row.n})"


def _across(share: float) -> float:
    return _PANEL + (_RIGHT - _PANEL) * share / 100


FLUID_MAP = Exploration(
    id="fluid-map",
    title="Where the fluid and the organs are",
    prompt=(
        "Predict first: which of these places is affected most often, and which of them count for "
        "nothing in the diagnosis? Then go from place to place."
    ),
    controls=(
        Choice("place", "Place", tuple(PLACES), tuple(PLACES).index("legs")),
        Toggle("counts", "Show what counts for the criterion"),
    ),
    model=fluid_map,
)
