"""A follow-up schedule, and the relapses that it finds in invented patients, early or late."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from functools import cache

from poems_course.clinic.follow_up import LIMIT_ALONE, LOOKS, RISE, Found, months
from poems_course.figures.chart import Chart, Table
from poems_course.figures.draw import number
from poems_course.figures.exploration import Choice, Exploration
from poems_course.figures.relapse_data import (
    GROUPS,
    LAST,
    Every,
    begin,
    courses,
    done,
    false_alarms,
    first_found,
    relapses,
)
from poems_course.figures.svg import WIDTH, at, figure_svg, path, point, text

EVERY: dict[str, Every] = {
    "never": None, "every 24 months": 24, "every 12 months": 12, "every 6 months": 6,
    "every 3 months": 3,
}  # fmt: skip
RULES = {"above the limit and risen by half": RISE, "above the limit": LIMIT_ALONE}
_LEFT, _RIGHT, _TOP, _LANE, _ROW = 92.0, WIDTH - 26.0, 66.0, 15.0, 8.6
_FIELD = _TOP + 4 * _LANE + 12  # where the patients' lines begin


def find_relapse(
    vegf: str, band: str, examination: str, imaging: str, alarm: str, patients: str
) -> Chart:
    """What a schedule finds in the invented patients of a group, by month 60."""
    schedule = tuple(EVERY[each] for each in (vegf, band, examination, imaging))
    times = RULES[alarm]
    hits = first_found(patients, schedule, times)
    reading = _reading(patients, schedule, times, hits)
    ill = relapses(patients)
    foot = _FIELD + _ROW * len(ill) + 4
    parts = [_legend(), _axis(foot), *_lanes(schedule)]
    parts += [_line(patients, at, hits[at], row) for row, at in enumerate(ill)]
    title = f"Looking for relapse: {_plan(schedule)}"
    svg = figure_svg(title, reading, foot + 40, "".join(parts))
    return Chart(svg, reading, _table(title, patients, schedule, times, hits))


def _plan(schedule: Sequence[Every]) -> str:
    planned = [
        f"{look} every {every} months"
        for look, every in zip(LOOKS, schedule, strict=True)
        if every is not None
    ]
    return ", ".join(planned) or "no looks"


def delays(group: str, hits: Sequence[Found | None]) -> list[int]:
    """Months from the first sign to the look that found it, for each relapse found."""
    return [
        hit.month - since
        for hit, since in zip(hits, begin(group), strict=True)
        if hit is not None and since is not None
    ]


def before_symptoms(group: str, hits: Sequence[Found | None]) -> tuple[int, int]:
    """How many of the relapses with symptoms were found before these, and how many there are."""
    clinical = [
        (hit, month)
        for hit, course in zip(hits, courses(group), strict=True)
        if (month := course.signs["examination"]) is not None
    ]
    early = sum(hit is not None and hit.month < month for hit, month in clinical)
    return early, len(clinical)


def looks_each(group: str, schedule: Sequence[Every], hits: Sequence[Found | None]) -> float:
    """How many looks a patient has on average, up to the find or the last month."""
    total = sum(done(every, hit.month if hit else LAST) for hit in hits for every in schedule)
    return total / len(courses(group))


def _reading(
    group: str, schedule: Sequence[Every], times: float, hits: Sequence[Found | None]
) -> str:
    late, ill, people = delays(group, hits), len(relapses(group)), len(courses(group))
    plan = _plan(schedule)
    told = f"{plan[0].upper()}{plan[1:]}: of {ill} relapses among {people} invented patients whose "
    told += f"{group}, {len(late)} found by month {LAST}"
    if late:
        told += f", half of them within {_months(statistics.median(late))} of the first sign"
    early, clinical = before_symptoms(group, hits)
    told += f"; of the {clinical} with symptoms, {early} found before these began"
    told += f"; {number(round(looks_each(group, schedule, hits), 1))} looks for each patient"
    if schedule[0] is not None:
        wrong = false_alarms(group, schedule[0], times)
        told += f"; VEGF alarms falsely in {wrong} of the {people}"
    return f"{told}."


def _months(count: float) -> str:
    return f"{number(count)} month{'s' * (count != 1)}"


def _x(month: float) -> float:
    return _LEFT + month / LAST * (_RIGHT - _LEFT)


@cache
def _legend() -> str:
    parts, x = [text(8, 16, "Found by")], 74.0
    for series, look in enumerate(LOOKS):
        parts += [point(x, 12, series), text(x + 8, 16, look)]
        x += 30 + 6.3 * len(look)
    parts += [
        path("k s1", "M8 34v8m0-4h22"), text(36, 42, "unseen since the first sign"),
        path("k", "M222 33v10"), text(230, 42, "symptoms begin"),
        path("k s1", "M342 34l8 8m0-8l-8 8"), text(356, 42, "never found"),
    ]  # fmt: skip
    return "".join(parts)


@cache
def _axis(foot: float) -> str:
    parts = []
    for tick in range(0, LAST + 1, 12):
        parts.append(path("g", f"M{at(_x(tick))} {at(_TOP - 8)}V{at(foot)}"))
        parts.append(text(_x(tick), foot + 15, str(tick), "muted", "middle"))
    parts.append(text((_LEFT + _RIGHT) / 2, foot + 33, "Months of treatment", anchor="middle"))
    parts.append(path("a", f"M{at(_x(0))} {at(_FIELD - 8)}H{at(_x(LAST))}"))
    parts.append(text(8, _FIELD + 12, "Relapses,", "small"))
    parts.append(text(8, _FIELD + 25, "one a line", "small"))
    return "".join(parts)


def _lanes(schedule: Sequence[Every]) -> list[str]:
    return [_lane(row, every) for row, every in enumerate(schedule)]


@cache
def _lane(row: int, every: Every) -> str:
    """One kind of look: a tick for each time that it is done."""
    y = _TOP + row * _LANE
    ticks = "".join(f"M{at(_x(month))} {at(y - 4)}v8" for month in months(every, LAST))
    name = text(_LEFT - 8, y + 4, LOOKS[row], "muted", "end")
    return name + (path(f"k s{row}", ticks) if ticks else "")


@cache
def _line(group: str, place: int, hit: Found | None, row: int) -> str:
    """One relapse: from the first sign to the find, with the begin of symptoms."""
    y, course = _FIELD + 4 + row * _ROW, courses(group)[place]
    since = begin(group)[place] or 0
    until = hit.month if hit else LAST
    parts = [path("k s1", f"M{at(_x(since))} {at(y - 3)}v6m0-3H{at(_x(until))}")]
    if (symptoms := course.signs["examination"]) is not None:
        parts.append(path("k", f"M{at(_x(symptoms))} {at(y - 4)}v8"))
    if hit:
        parts.append(point(_x(until), y, LOOKS.index(hit.look)))
    else:
        parts.append(path("k s1", f"M{at(_x(LAST) + 8)} {at(y - 3)}l6 6m0-6l-6 6"))
    return "".join(parts)


def _table(
    title: str, group: str, schedule: Sequence[Every], times: float, hits: Sequence[Found | None]
) -> Table:
    people = len(courses(group))
    rows: list[tuple[str, str, str, str, str]] = []
    for look, every in zip(LOOKS, schedule, strict=True):
        total = sum(done(every, hit.month if hit else LAST) for hit in hits)
        first = sum(hit is not None and hit.look == look for hit in hits)
        wrong = false_alarms(group, every, times) if look == "VEGF" else None
        rows.append((
            look, "never" if every is None else f"every {every} months",
            number(round(total / people, 1)), str(first),
            "not modelled" if wrong is None else f"{wrong} of {people}",
        ))  # fmt: skip
    late = delays(group, hits)
    early, clinical = before_symptoms(group, hits)
    half = f"half within {_months(statistics.median(late))}" if late else ""
    rows += [
        ("all together", "", number(round(looks_each(group, schedule, hits), 1)),
         f"{len(late)} of {len(relapses(group))}", half),
        ("before symptoms", "", "", f"{early} of {clinical}", ""),
    ]  # fmt: skip
    columns = ("Look", "How often", "Looks for each patient", "Relapses found by it first",
               "False alarms, patients")  # fmt: skip
    return Table(f"{title}; {people} invented patients, 60 months", columns, tuple(rows))


def _options(*named: str) -> tuple[str, ...]:
    return tuple("never" if each == "never" else f"every {each} months" for each in named)


FIND_RELAPSE = Exploration(
    id="find-relapse",
    title="A schedule that finds a relapse, or misses it",
    prompt=(
        "Predict first: with VEGF and an examination every 6 months, how many of 22 relapses with "
        "symptoms are found before these begin? Then look more often, or elsewhere."
    ),
    controls=(
        Choice("vegf", "VEGF", _options("never", "12", "6", "3"), 2),
        Choice("band", "M-protein and immunofixation", _options("never", "12", "6")),
        Choice("examination", "Examination", _options("never", "12", "6", "3"), 2),
        Choice("imaging", "Imaging", _options("never", "24", "12", "6")),
        Choice("alarm", "VEGF alarms when it is", tuple(RULES)),
        Choice("patients", "Patients whose", tuple(GROUPS)),
    ),
    model=find_relapse,
)
