"""How often each skin sign was recorded, from cohort to cohort, and what treatment took away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from poems_course.clinic.words import word_list
from poems_course.evidence import CohortRow, cohorts, fact, wilson
from poems_course.figures.chart import Cell, Chart, Table
from poems_course.figures.cohort_rows import (
    SHARE,
    Row,
    draw_rows,
    interval,
    meet,
    percent,
    share_row,
    share_table,
)
from poems_course.figures.draw import number
from poems_course.figures.exploration import Choice, Exploration, Toggle

COUNTS, NOT, UNCOUNTED = 0, 1, 2  # series: fills the criterion, does not, no number of patients


@dataclass(frozen=True)
class Finding:
    """A sign by its *name*, its *finding* in the cohorts and its *word* in the patient form."""

    name: str
    finding: str
    word: str

    @property
    def counts(self) -> bool:
        """Whether it fills the skin criterion of the current rule."""
        return self.word in word_list("skin_changes").counts

    @property
    def verdict(self) -> str:
        """What the table says; the current list names one kind of haemangioma only."""
        if self.word == "haemangioma":
            return "the glomeruloid kind"
        return "yes" if self.counts else "no"

    @property
    def mayo(self) -> CohortRow:
        """Its row of the Mayo skin series."""
        return next(row for row in cohorts(self.finding) if row.source == "miest-2013")


FINDINGS = (
    Finding("darker skin", "hyperpigmentation", "hyperpigmentation"),
    Finding("haemangioma", "haemangioma", "haemangioma"),
    Finding("hypertrichosis", "hypertrichosis", "hypertrichosis"),
    Finding("acrocyanosis", "acrocyanosis", "acrocyanosis"),
    Finding("white nails", "white-nails", "white_nails"),
    Finding("skin thickening", "skin-thickening", "skin_thickening"),
    Finding("Raynaud phenomenon", "raynaud", ""),
    Finding("flushing", "flushing", "flushing"),
    Finding("clubbing", "clubbing", "clubbing"),
)
# Gone at 12 months, of those who had the sign before treatment (fact: s-gao).
GONE = (
    ("white nails", 21, 21),
    ("acrocyanosis", 4, 4),
    ("hypertrichosis", 14, 15),
    ("darker skin", 26, 34),
    ("haemangioma", 11, 30),
)


def skin_frequency(view: str, uncounted: bool) -> Chart:
    """One of VIEWS; *uncounted* adds figures printed without a number of patients."""
    return VIEWS[view](uncounted)


def _every_sign(_uncounted: bool) -> Chart:
    signs = sorted(FINDINGS, key=lambda sign: -sign.mayo.percent)
    rows = [
        Row(sign.name, sign.mayo.percent, f"{percent(sign.mayo)} %", sign.mayo.low, sign.mayo.high,
            series=COUNTS if sign.counts else NOT)
        for sign in signs
    ]  # fmt: skip
    first, last = signs[0], signs[-1]
    others = " and ".join(
        sign.name for sign in signs[1:] if sign.mayo.percent == first.mayo.percent
    )
    left_out = " or ".join(sign.name for sign in signs if not sign.counts)
    reading = (
        f"In {first.mayo.n} patients of the Mayo Clinic {first.name} and {others} lead "
        f"({percent(first.mayo)} %) and {last.name} comes last ({percent(last.mayo)} %); the "
        f"current list does not count {left_out}"
    )
    title = "Skin signs in the records of the Mayo Clinic"
    svg = draw_rows(title, SHARE, rows, f"{reading}.", legend=_LEGEND)
    columns = ("Sign", "%", "95 % interval, %", "Counts for the criterion")
    cells: tuple[tuple[Cell, ...], ...] = tuple(
        (sign.name, percent(sign.mayo), interval(sign.mayo), sign.verdict) for sign in signs
    )
    return Chart(svg, f"{reading}.", Table(f"{title}, {first.mayo.n} patients", columns, cells))


_LEGEND = {COUNTS: "counts for the criterion", NOT: "does not"}


def _one_sign(name: str, finding: str) -> Callable[[bool], Chart]:
    def view(uncounted: bool) -> Chart:
        rows = sorted(cohorts(finding), key=lambda row: -row.percent)
        extra = _UNCOUNTED.get(finding, ()) if uncounted else ()
        reading = _compare(name, rows)
        if extra:
            reading += "; without a number of patients " + ", ".join(
                f"{words} ({source})" for source, words, _ in extra
            )
        drawn = [share_row(row, True, row.note) for row in rows]
        drawn += [Row(f"{source}: no number of patients", ends[0], words, series=UNCOUNTED)
                  for source, words, ends in extra if len(ends) == 1]  # fmt: skip
        ranges = [(ends[0], ends[1], f"{words}, {source}")
                  for source, words, ends in extra if len(ends) == 2]  # fmt: skip
        title = f"{name[0].upper()}{name[1:]} in published cohorts"
        legend = {0: "share, with its 95 % interval"}
        if extra:
            legend[UNCOUNTED] = "printed without a number"
        svg = draw_rows(
            title, SHARE, drawn, f"{reading}.", legend=legend, band=next(iter(ranges), None)
        )
        table = share_table(title, rows)
        said: tuple[tuple[Cell, ...], ...] = tuple(
            (source, "", "not printed", words, "none possible", "") for source, words, _ in extra
        )
        return Chart(svg, f"{reading}.", Table(table.caption, table.columns, table.rows + said))

    return view


def _printed(name: str, part: str = "") -> tuple[float, ...]:
    value = fact(name).value
    return value if isinstance(value, tuple) else (fact(name).quantity(part),)


# Figures that a source prints without saying of how many: source, words, the figure or its ends.
_UNCOUNTED: dict[str, tuple[tuple[str, str, tuple[float, ...]], ...]] = {
    "haemangioma": (
        ("Chiba, an expert", "about 70 %", _printed("s-hem-jp")),
        ("a summary of the literature", "24 to 44 %", _printed("s-hem-review")),
    ),
    "clubbing": (("a Chinese series", "22 %", _printed("s-club-nel", "clubbing")),),
}


def _compare(name: str, rows: Sequence[CohortRow]) -> str:
    high, low = rows[0], rows[-1]
    first = f"{name[0].upper()}{name[1:]}: "
    if high == low:
        return (
            f"{first}{percent(low)} % of {low.n} patients ({low.cohort}), the only cohort here "
            "that printed its number of patients"
        )
    return (
        f"{first}from {percent(low)} % of {low.n} patients ({low.cohort}) to {percent(high)} % of "
        f"{high.n} ({high.cohort}); the intervals of these two {meet(low, high)}"
    )


def _gone(_uncounted: bool) -> Chart:
    rows, cells = [], []
    for name, k, n in GONE:
        low, high = (100 * end for end in wilson(k, n))
        share = number(round(100 * k / n, 1))
        rows.append(Row(f"{name} ({k} of {n})", 100 * k / n, f"{share} %", low, high))
        cells.append((name, f"{k} of {n}", share, f"{low:.0f} to {high:.0f}"))
    reading = (
        "After 12 months of lenalidomide and dexamethasone white nails were gone in 21 of 21 "
        "patients, darker skin in 26 of 34 and haemangiomas in only 11 of 30"
    )
    title = "Signs gone after 12 months of treatment"
    svg = draw_rows(
        title, SHARE, rows, f"{reading}.", legend={0: "share of those who had the sign"}
    )
    columns = ("Sign", "Gone", "%", "95 % interval, %")
    return Chart(svg, f"{reading}.", Table(f"{title}, Peking Union", columns, tuple(cells)))


VIEWS: dict[str, Callable[[bool], Chart]] = {
    "every sign, Mayo Clinic": _every_sign,
    "darker skin": _one_sign("darker skin", "hyperpigmentation"),
    "haemangioma": _one_sign("haemangioma", "haemangioma"),
    "skin thickening": _one_sign("skin thickening", "skin-thickening"),
    "clubbing": _one_sign("clubbing", "clubbing"),
    "any skin change": _one_sign("any skin change", "skin-changes"),
    "gone after treatment": _gone,
}

SKIN_FREQUENCY = Exploration(
    id="skin-signs",
    title="How often each sign",
    prompt=(
        "Predict first: of a hundred patients, how many have haemangiomas, how many clubbing? Then "
        "ask every figure out of how many."
    ),
    controls=(
        Choice("view", "Show", tuple(VIEWS)),
        Toggle("uncounted", "Add figures without a number of patients"),
    ),
    model=skin_frequency,
)
