"""Which answers of the log count as an attempt: those given without having just seen the answer.

Someone who tries again a minute later remembers the page, not the medicine. So only the first
answer of a sitting counts; a sitting ends when an item has been left alone for eight hours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from poems_course.progress.event import Event
from poems_course.questions.records import Question

SITTING = timedelta(hours=8)
CONFIDENCE = ("guessing", "fairly sure", "certain")

Key = tuple[str, int]  # an item and its version


@dataclass(frozen=True)
class Attempt:
    """One attempt at one version of an item. *at* is aware, in UTC; *score* runs from 0 to 1.

    *confidence* counts in CONFIDENCE; *hinted* says that the hint was opened before. *rating* is
    the one that was stored with the answer, or None.
    """

    item: str
    version: int
    at: datetime
    correct: bool
    score: float
    confidence: int
    hinted: bool
    rating: int | None = None

    @property
    def key(self) -> Key:
        return self.item, self.version


def in_order(events: Iterable[Event]) -> list[Event]:
    """Each event once, in the order of time, whatever file it came from and however often."""
    return sorted({event.id: event for event in events}.values(), key=lambda e: (e.utc, e.id))


def attempts(events: Iterable[Event]) -> tuple[Attempt, ...]:
    """The attempts in a log, oldest first. What cannot be read as an answer is left out."""
    return tuple(_attempts(in_order(events)))


def unreadable(events: Iterable[Event]) -> int:
    """How many answers of a log cannot be used: from another version of the course, or damaged."""
    return sum(event.kind == "answered" and not _sound(event.payload) for event in events)


def _attempts(events: Sequence[Event]) -> Iterator[Attempt]:
    answered: dict[Key, datetime] = {}
    hinted: dict[Key, datetime] = {}
    for event in events:
        key, at = (event.item_id, event.item_version), datetime.fromisoformat(event.utc)
        if event.kind == "hinted":
            hinted[key] = at
        if event.kind != "answered" or not _sound(event.payload):
            continue
        before = answered.get(key)
        answered[key] = at
        if before is None or at - before >= SITTING:
            helped = key in hinted and at - hinted[key] < SITTING
            yield _attempt(event, at, helped)


def _sound(payload: Mapping[str, Any]) -> bool:
    score, confidence = payload.get("score"), payload.get("confidence")
    return (
        isinstance(payload.get("correct"), bool)
        and isinstance(score, int | float)
        and 0 <= score <= 1
        and type(confidence) is int
        and 0 <= confidence < len(CONFIDENCE)
    )


def _attempt(event: Event, at: datetime, hinted: bool) -> Attempt:
    said, rating = event.payload, event.payload.get("rating")
    return Attempt(
        item=event.item_id,
        version=event.item_version,
        at=at,
        correct=said["correct"],
        score=float(said["score"]),
        confidence=said["confidence"],
        hinted=hinted,
        rating=rating if type(rating) is int and 1 <= rating <= 4 else None,
    )


def latest(attempts: Iterable[Attempt], items: Iterable[Question]) -> dict[str, Attempt]:
    """The newest attempt at the present version of each of *items* that has one, by item."""
    present = {(item.id, item.version) for item in items}
    return {one.item: one for one in attempts if one.key in present}


def times_seen(attempts: Iterable[Attempt]) -> dict[str, int]:
    """How often each item was attempted, in any version."""
    seen: dict[str, int] = {}
    for one in attempts:
        seen[one.item] = seen.get(one.item, 0) + 1
    return seen
