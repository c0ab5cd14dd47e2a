"""What to expect when a work-up has ended: published courses, an invented group beside them."""

from __future__ import annotations

from collections.abc import Sequence

from poems_course.clinic.casebook import STEPS, Case, form_of
from poems_course.clinic.patient import Patient
from poems_course.evidence import Fact, fact
from poems_course.figures.case_sheet import LINE, lines, paragraph
from poems_course.figures.draw import number
from poems_course.figures.svg import at, path, point, text
from poems_course.figures.therapy_course import published
from poems_course.figures.therapy_data import LAST, spread

_MONTHS = (0, 3, 6, 9, 12, 18, 24, 36, 48, LAST)
_TALL, _WIDE = 70.0, 168.0
_OLD = 50  # years, by fact O010
_NOT_YET = "Not yet: first the name, then the forecast."


def forecast(case: Case, step: int) -> tuple[str, ...]:
    """The published course for this patient, in sentences; before the end, that it is too early."""
    if step < STEPS:
        return (_NOT_YET,)
    if case.outcome == "POEMS":
        return _poems(form_of(case, case.done(step)))
    return _cidp() if case.outcome == "not POEMS" else _open()


def _poems(patient: Patient) -> tuple[str, ...]:
    alive, nerves, vegf = fact("surv-uclh"), fact("nr-nis"), fact("rs-vegf6m-it")
    return (
        f"London, 100 patients: {_part(alive, 'overall_5y')} % alive at 5 years, "
        f"{_part(alive, 'overall_10y')} % at 10.",
        f"Italy, serum VEGF at month 6: below 1000 pg/mL, {_part(vegf, 'complete')} % were free "
        f"of relapse at 3 years; without a response, {_part(vegf, 'none')} %.",
        f"Mayo Clinic, nerve score after transplant: {_part(nerves, 'before')}, then "
        f"{_part(nerves, 'month_12')} at month 12 and {_part(nerves, 'last')} at the last visit.",
        _risks(patient),
    )


def _risks(patient: Patient) -> str:
    """Two of Beijing's four warning signs stand on the form (fact O010)."""
    old = patient.age is not None and patient.age > _OLD
    fluid = {True: "yes", False: "no", None: "unknown"}[patient.pleural_effusion]
    return (
        f"Warning signs in Beijing: age above 50: {'yes' if old else 'no'}; pleural effusion: "
        f"{fluid}; pressure in the lungs and kidneys are not on the form: look."
    )


def _cidp() -> tuple[str, ...]:
    drug = fact("cidp-ivig-japan")
    return (
        f"CIDP in Japan: {_part(drug, 'responders')} of {drug.n} had responded to immunoglobulin "
        f"by week {_part(drug, 'week')}; {_part(drug, 'relapsed')} of these had relapsed by week "
        f"{_part(drug, 'last_week')}.",
        _mgus(),
    )


def _open() -> tuple[str, ...]:
    return ("No name, no forecast. The next test is the biopsy of the dense spot.", _mgus())


def _mgus() -> str:
    return (
        f"MGUS, if that is what the clone is: about {_part(fact('mgus-progression'), 'a_year')} % "
        "a year turn into myeloma or a relative, so the band is looked at again."
    )


def _part(known: Fact, name: str) -> str:
    return number(known.quantity(name))


def drawing(case: Case, step: int, y: float) -> tuple[str, float]:
    """The forecast from height *y* on, and the height at which it ends."""
    parts, down = [text(8, y, "And then?", "strong")], y + 20
    for words in forecast(case, step):
        parts.append(paragraph(words, down, "muted" if words == _NOT_YET else "ink"))
        down += LINE * lines(words) + 3
    if step == STEPS and case.outcome == "POEMS":
        parts.append(_panels(down + 14))
        down += _TALL + 76
    return "".join(parts), down


def _panels(y: float) -> str:
    vegf = [(m, seen.middle) for m in _MONTHS if (seen := spread("transplant", "any",
            "serum_vegf", m))]  # fmt: skip
    nerves = [(m, seen.middle) for m in _MONTHS if (seen := spread("transplant", "any", "nis", m))]
    key = text(8, y + _TALL + 34, "lines: medians of invented patients after transplant;", "muted")
    key += text(8, y + _TALL + 49, "diamonds: published medians, real", "muted")
    return (
        _panel("serum VEGF, pg/mL", vegf, (), 44, y, 0)
        + _panel("nerve score, points", nerves, published("nis", "transplant"), 262, y, 2)
        + key
    )


def _panel(
    title: str,
    values: Sequence[tuple[int, float]],
    real: Sequence[tuple[int, float]],
    x: float,
    y: float,
    series: int,
) -> str:
    top = max(value for _, value in (*values, *real))

    def place(month: int, value: float) -> tuple[float, float]:
        return x + month / LAST * _WIDE, y + _TALL * (1 - value / top)

    spots = [place(*each) for each in values]
    parts = [
        text(x, y - 8, title),
        path("a", f"M{at(x)} {at(y)}V{at(y + _TALL)}H{at(x + _WIDE)}"),
        text(x - 5, y + 8, number(round(top)), "muted", "end"),
        text(x - 5, y + _TALL, "0", "muted", "end"),
    ]
    parts += [
        text(x + month / LAST * _WIDE, y + _TALL + 15, f"{month} mo" if month else "0", "muted",
             "start" if not month else "end" if month == LAST else "middle")
        for month in (0, 24, LAST)
    ]  # fmt: skip
    line = " ".join(f"{at(a)},{at(b)}" for a, b in spots)
    parts.append(f'<polyline class="k s{series}" points="{line}"/>')
    return "".join(parts + [point(*place(*each), 3) for each in real])
