"""The same patients, looked at in two ways: what one look finds, what the other adds."""

from __future__ import annotations

from dataclasses import dataclass

from poems_course.evidence import CohortRow, cohorts, fact, wilson
from poems_course.figures.chart import Cell, Chart, Table
from poems_course.figures.cohort_rows import SHARE, Row, draw_rows
from poems_course.figures.draw import number
from poems_course.figures.exploration import Choice, Exploration
from poems_course.figures.svg import at, figure_svg, path, text

PEOPLE, SHARES = "person by person", "as a share with its interval"
_LINE, _STEP, _LEFT = 50, 8.0, 20.0  # marks in a line, distance between marks, left margin


@dataclass(frozen=True)
class Look:
    """What one look found: *found* of *n* looked at; *unseen* were not looked at."""

    name: str
    found: int
    n: int
    unseen: int = 0

    @property
    def interval(self) -> tuple[float, float]:
        """The Wilson 95 % interval in percent."""
        low, high = wilson(self.found, self.n)
        return 100 * low, 100 * high

    @property
    def share(self) -> str:
        low, high = self.interval
        share = number(round(100 * self.found / self.n, 1))
        return f"{share} % ({low:.0f} to {high:.0f} %)"


@dataclass(frozen=True)
class Comparison:
    """Some looks at *who*; *moral* says what the pair teaches, without a full stop."""

    who: str
    looks: tuple[Look, ...]
    moral: str


def _look(name: str, row: CohortRow, unseen: int = 0) -> Look:
    return Look(name, row.k, row.n, unseen)


def _row(finding: str, fact_id: str) -> CohortRow:
    return next(row for row in cohorts(finding) if row.fact == fact_id)


def _bone() -> Comparison:
    ct = _row("bone-lesions", "i-ct-ss")
    films = round(fact("i-ct-ss").quantity("x_ray") * ct.n / 100)
    looks = (Look("X-ray films of the skeleton", films, ct.n), _look("CT of the same people", ct))
    return Comparison("bone lesions, 38 patients", looks, "the film missed some that CT saw")


def _chest() -> Comparison:
    looks = (
        _look("asked: symptoms from the lungs", _row("respiratory-symptoms", "h-resp-282")),
        _look("echo: pulmonary hypertension", _row("pulmonary-hypertension", "h-ph-282")),
        _look("CT: pleural effusion", _row("pleural-effusion", "f-ple-282")),
        _look("CT: nodes in the chest", _row("thoracic-nodes", "f-lnthor-282")),
    )
    return Comparison("the chest, 282 patients", looks, "CT saw more than patients complained of")


def _nodes() -> Comparison:
    looks = (
        _look("PET/CT: large, bright nodes", _row("avid-nodes", "i-pet")),
        _look("CT of others: nodes in the chest", _row("thoracic-nodes", "f-lnthor-282")),
    )
    moral = "one hospital, other patients, and above all another question"
    return Comparison("lymph nodes, two series", looks, moral)


def _spleen() -> Comparison:
    known = fact("spleen-hand")
    large = round(known.quantity("large"))
    hand = round(known.quantity("hand_sensitivity") * large / 100)
    both = round(known.quantity("probe_sensitivity") * large / 100)
    looks = (Look("the hand", hand, large), Look("hand and bedside ultrasound", both, large))
    moral = "five people prove little, and none of them was known to have POEMS"
    return Comparison("5 large spleens among 39 inpatients", looks, moral)


def _eye() -> Comparison:
    unseen = round(fact("f-pap-unseen").quantity("not_examined"))
    look = _look("the whole eye examined", _row("papilloedema", "f-pap-trial"), unseen)
    everyone = look.n + look.unseen
    low, high = (round(100 * k / everyone) for k in (look.found, look.found + unseen))
    moral = f"in all {everyone} the share lies between {low} and {high} %, whatever the 3 have"
    return Comparison(f"optic discs, {everyone} patients", (look,), moral)


COMPARISONS = {
    "bones: film or CT": _bone,
    "chest: complaint or CT": _chest,
    "nodes: bright or large": _nodes,
    "spleen: hand or probe": _spleen,
    "eyes: looked at or not": _eye,
}


def looks(what: str, view: str) -> Chart:
    """One of COMPARISONS, as marks for people or as shares with 95 % intervals."""
    shown = COMPARISONS[what]()
    said = ", ".join(_said(look) for look in shown.looks)
    reading = f"{shown.who[0].upper()}{shown.who[1:]}: {said}; {shown.moral}."
    svg = _people(shown, reading) if view == PEOPLE else _shares(shown, reading)
    columns = ("Look", "Found", "Looked at", "Not looked at", "Share (95 % interval)")
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (look.name, look.found, look.n, look.unseen, look.share) for look in shown.looks
    )
    return Chart(
        svg,
        reading,
        Table(f"{shown.who} (counts worked back where percentages were printed)", columns, rows),
    )


def _said(look: Look) -> str:
    more = f" with {look.unseen} not examined" if look.unseen else ""
    return f"{look.name} {look.found} of {look.n}, {look.share}{more}"


def _shares(shown: Comparison, reading: str) -> str:
    rows = [
        Row(look.name, 100 * look.found / look.n, look.share.split(" (")[0], *look.interval)
        for look in shown.looks
    ]
    return draw_rows(f"Looks at {shown.who}", SHARE, rows, reading, legend={0: "share found"})


def _people(shown: Comparison, reading: str) -> str:
    parts, y = [text(_LEFT, 16, shown.who[0].upper() + shown.who[1:], "strong")], 40.0
    for look in shown.looks:
        parts.append(text(_LEFT, y, f"{look.name}: {look.found} of {look.n}"))
        ends = (look.found, look.n, look.n + look.unseen)
        for start, end, kind in zip((0, *ends), ends, ("found", "clear", "unseen"), strict=False):
            parts.append(_marks(start, end, y + 13, kind))
        y += 30 + 10 * ((look.n + look.unseen - 1) // _LINE + 1)
    for i, (kind, words) in enumerate(
        (("found", "found"), ("clear", "looked at, not found"), ("unseen", "not looked at"))
    ):
        x = _LEFT + (0, 70, 230)[i]
        parts.append(_stroke(f"M{at(x)} {at(y)}h6", kind) + text(x + 12, y + 4, words))
    return figure_svg(f"Looks at {shown.who}", reading, y + 14, "".join(parts))


def _marks(start: int, end: int, y: float, kind: str) -> str:
    """Marks from *start* to *end*, line by line; a dash is one person."""
    lines = []
    while start < end:
        line, column = divmod(start, _LINE)
        stop = min(end, (line + 1) * _LINE)
        width = (stop - start) * _STEP - 2
        lines.append(f"M{at(_LEFT + _STEP * column)} {at(y + 10 * line)}h{at(width)}")
        start = stop
    return _stroke("".join(lines), kind) if lines else ""


def _stroke(data: str, kind: str) -> str:
    # Thickness and colour both tell: found is a block, clear a thin bar, unseen a dot.
    look = {
        "found": 'class="k s0" style="stroke-width:8" stroke-dasharray="6 2"',
        "clear": 'class="k s1" style="stroke-width:2" stroke-dasharray="6 2"',
        "unseen": 'class="k s2" style="stroke-width:4;stroke-linecap:round" stroke-dasharray="0 8"',
    }[kind]
    return path("k", data).replace('class="k"', look)


LOOKS = Exploration(
    id="looks",
    title="The same people, another look",
    prompt=(
        "Predict first: in how many more of 38 patients does CT find a bone lesion than films? "
        "And do more patients complain of their lungs than have fluid round them?"
    ),
    controls=(
        Choice("what", "What was compared", tuple(COMPARISONS)),
        Choice("view", "Show", (PEOPLE, SHARES)),
    ),
    model=looks,
)
