"""The invented patients of data/followup.csv under each therapy: medians and spread by month."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from functools import cache

from poems_course.figures import datasets

THERAPIES = ("transplant", "melphalan", "lenalidomide", "thalidomide")
RESPONSES = ("any", "complete", "partial", "none")
LAST = 60
FEW = 10  # with fewer patients a band would pretend: each is drawn instead


@dataclass(frozen=True)
class Spread:
    """One sign in one month over the patients measured: tenth, median, ninetieth percentile."""

    n: int
    low: float
    middle: float
    high: float


@dataclass(frozen=True)
class Course:
    """One invented patient: each sign by month, None where the sample was lost or not taken.

    VEGF in pg/mL, *m_protein* in g/L (the file has g/dL), *nis* in points; *relapse* is the month
    of the clinical relapse, None where there was none within LAST months.
    """

    therapy: str
    response: str
    signs: dict[str, tuple[float | None, ...]]
    relapse: int | None


SIGNS = ("serum_vegf", "plasma_vegf", "m_protein", "nis")
_TIMES = {"m_protein": 10.0}  # from the unit of the file to ours


@cache
def courses() -> tuple[Course, ...]:
    """All invented patients, in the order of the file. Raises PoemsError where it is missing."""
    by_patient: dict[str, list[datasets.Row]] = {}
    for row in datasets.rows("followup"):
        by_patient.setdefault(row["patient"], []).append(row)
    return tuple(_course(rows) for rows in by_patient.values())


def _course(rows: list[datasets.Row]) -> Course:
    ordered = sorted(rows, key=lambda row: int(row["month"]))
    first = ordered[0]
    relapsed = [int(row["month"]) for row in ordered if row["clinical_relapse"] == "1"]
    signs = {sign: tuple(_value(row, sign) for row in ordered) for sign in SIGNS}
    return Course(first["therapy"], first["vegf_response"], signs, min(relapsed, default=None))


def _value(row: datasets.Row, sign: str) -> float | None:
    value = datasets.number(row, sign)
    return None if value is None else round(value * _TIMES.get(sign, 1), 1)


@cache
def group(therapy: str, response: str) -> tuple[Course, ...]:
    """The patients under a therapy whose VEGF responded so at month 6 ("any": all of them)."""
    return tuple(
        course
        for course in courses()
        if course.therapy == therapy and response in ("any", course.response)
    )


@cache
def measured(therapy: str, response: str, sign: str) -> tuple[Course, ...]:
    """Those of a group in whom a sign was measured at all."""
    return tuple(
        course
        for course in group(therapy, response)
        if any(value is not None for value in course.signs[sign])
    )


@cache
def spread(therapy: str, response: str, sign: str, month: int) -> Spread | None:
    """A sign of a group in a month; None where nobody was measured."""
    values = [
        value
        for course in group(therapy, response)
        if (value := course.signs[sign][month]) is not None
    ]
    if not values:
        return None
    if len(values) == 1:
        return Spread(1, values[0], values[0], values[0])
    tenths = statistics.quantiles(values, n=10, method="inclusive")
    return Spread(len(values), tenths[0], statistics.median(values), tenths[-1])


def relapsed(therapy: str, response: str, month: int) -> int:
    """How many of a group have relapsed clinically by a month."""
    months = (course.relapse for course in group(therapy, response))
    return sum(at is not None and at <= month for at in months)
