"""Following a treated patient: what a schedule of looks finds, when, and by which of them.

Pure rules on months from the start of therapy; remission is judged at month 6, and looks
begin after it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

REMISSION = 6  # the month at which a VEGF response is judged
LOOKS = ("VEGF", "M-protein", "examination", "imaging")
RISE = 1.5  # times the patient's lowest VEGF; what counts as a rise was not printed: assumed
LIMIT_ALONE = 1.0


@dataclass(frozen=True)
class Followed:
    """A patient's course: VEGF by month, and when each other sign could first be seen.

    *vegf* and *limit* in pg/mL of one matrix, None where a sample is missing. *signs* has a month
    for each look but VEGF, None where the sign never came. *relapsed*: whether anything did.
    """

    vegf: tuple[float | None, ...]
    limit: float
    signs: dict[str, int | None]
    relapsed: bool

    @property
    def last(self) -> int:
        """The last month."""
        return len(self.vegf) - 1


@dataclass(frozen=True)
class Found:
    """A relapse that was found: in which month, and by which look."""

    month: int
    look: str


Schedule = dict[str, int]  # every how many months each of LOOKS; what is left out is not done


def months(every: int | None, last: int) -> range:
    """The months of one kind of look, after remission and up to *last*."""
    if every is None:
        return range(0)
    return range((REMISSION // every + 1) * every, last + 1, every)


def alarms(course: Followed, sampled: Sequence[int], times: float) -> Iterator[int]:
    """The months of these in which VEGF alarms.

    It does from the limit up, if it is also *times* its lowest value so far or more; with
    LIMIT_ALONE the limit decides by itself. Missing samples never alarm.
    """
    first = course.vegf[REMISSION]
    lowest = float("inf") if first is None else first
    for month in sampled:
        now = course.vegf[month]
        if now is None:
            continue
        if now >= course.limit and (times == LIMIT_ALONE or now >= times * lowest):
            yield month
        lowest = min(lowest, now)


def first_sign(course: Followed) -> int | None:
    """When a monthly look at everything would have seen the relapse; None without one."""
    if not course.relapsed:
        return None
    rise = next(alarms(course, months(1, course.last), RISE), None)
    seen = [month for month in (*course.signs.values(), rise) if month is not None]
    return min(seen)


def found(course: Followed, schedule: Schedule, times: float) -> Found | None:
    """The first look that sees the relapse; None where none does by the last month.

    Of two looks in one month it is the one that stands first in LOOKS. An alarm of VEGF before
    the first sign of the relapse finds nothing: see ``false_alarm``.
    """
    since = first_sign(course)
    if since is None:
        return None
    hits = (
        Found(month, look)
        for look in LOOKS
        for month in _sees(course, look, months(schedule.get(look), course.last), times)
        if month >= since
    )
    return min(hits, key=lambda hit: (hit.month, LOOKS.index(hit.look)), default=None)


def _sees(course: Followed, look: str, done: range, times: float) -> Iterator[int]:
    if look == "VEGF":
        yield from alarms(course, done, times)
        return
    shown = course.signs[look]
    yield from (month for month in done if shown is not None and month >= shown)


def false_alarm(course: Followed, every: int | None, times: float) -> bool:
    """Whether VEGF, looked at *every* so many months, alarms while there is no relapse."""
    rung = next(alarms(course, months(every, course.last), times), None)
    since = first_sign(course)
    return rung is not None and (since is None or rung < since)


def count(schedule: Schedule, until: int) -> int:
    """How many looks a patient has up to a month."""
    return sum(len(months(schedule.get(look), until)) for look in LOOKS)
