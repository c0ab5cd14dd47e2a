"""The invented patients of data/followup.csv as courses to follow, and what each look would see."""

from __future__ import annotations

from functools import cache

from poems_course.clinic.follow_up import (
    LOOKS,
    Followed,
    Found,
    count,
    false_alarm,
    first_sign,
    found,
)
from poems_course.figures import datasets

REMISSION, REFRACTORY = "VEGF answered", "VEGF did not answer"
GROUPS = {REMISSION: ("complete", "partial"), REFRACTORY: ("none",)}
LIMITS = {"serum_vegf": 1000.0, "plasma_vegf": 100.0}  # below: a complete response in the model
LAST = 60
_SIGNS = {
    "M-protein": "haematological_relapse",
    "examination": "clinical_relapse",
    "imaging": "imaging_relapse",
}

Every = int | None


@cache
def courses(group: str) -> tuple[Followed, ...]:
    """The patients of a group. Raises PoemsError where the file is missing."""
    by_patient: dict[str, list[datasets.Row]] = {}
    for row in datasets.rows("followup"):
        if row["vegf_response"] in GROUPS[group]:
            by_patient.setdefault(row["patient"], []).append(row)
    return tuple(_course(rows) for rows in by_patient.values())


def _course(rows: list[datasets.Row]) -> Followed:
    rows = sorted(rows, key=lambda row: int(row["month"]))
    matrix = next(name for name in LIMITS if any(row[name] for row in rows))
    signs = {look: _first(rows, column) for look, column in _SIGNS.items()}
    relapsed = any(signs.values()) or _first(rows, "vegf_alarm") is not None
    vegf = tuple(datasets.number(row, matrix) for row in rows)
    return Followed(vegf, LIMITS[matrix], signs, relapsed)


def _first(rows: list[datasets.Row], column: str) -> int | None:
    return min((int(row["month"]) for row in rows if row[column] == "1"), default=None)


@cache
def relapses(group: str) -> tuple[int, ...]:
    """The places in ``courses`` of those who relapse, by the month of the first sign."""
    signs = ((first_sign(course), at) for at, course in enumerate(courses(group)))
    return tuple(at for _, at in sorted((sign, at) for sign, at in signs if sign is not None))


@cache
def begin(group: str) -> tuple[int | None, ...]:
    """The month of each patient's first sign of relapse."""
    return tuple(first_sign(course) for course in courses(group))


@cache
def seen(group: str, look: str, every: Every, times: float) -> tuple[Found | None, ...]:
    """What one kind of look by itself finds in each patient."""
    schedule = {} if every is None else {look: every}
    return tuple(found(course, schedule, times) for course in courses(group))


def first_found(group: str, schedule: tuple[Every, ...], times: float) -> tuple[Found | None, ...]:
    """What the whole schedule, in the order of LOOKS, finds in each patient, and when."""
    each = zip(
        *(
            seen(group, look, every, times if look == "VEGF" else 1.0)
            for look, every in zip(LOOKS, schedule, strict=True)
        ),
        strict=True,
    )
    return tuple(
        min(
            (hit for hit in hits if hit is not None),
            key=lambda hit: (hit.month, LOOKS.index(hit.look)),
            default=None,
        )
        for hits in each
    )


@cache
def false_alarms(group: str, every: Every, times: float) -> int:
    """In how many patients VEGF alarms while there is no relapse."""
    return sum(false_alarm(course, every, times) for course in courses(group))


@cache
def done(every: Every, until: int) -> int:
    """How many looks of one kind a patient has up to a month."""
    return 0 if every is None else count({LOOKS[0]: every}, until)
