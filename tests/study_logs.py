"""Events and questions to test studying with, made without a log on disk."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from poems_course.progress.event import Event, stamp
from poems_course.questions.records import Option, Question

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
_count = 0


def event(
    kind: str, item: str, payload: dict[str, Any], hours: float = 0.0, version: int = 1
) -> Event:
    """An event so many hours after START; ids follow the order of making."""
    global _count
    _count += 1
    id = f"00000000-0000-7000-8000-{_count:012x}"
    utc = stamp(START + timedelta(hours=hours))
    return Event(id, "s", utc, kind, item, version, payload, _count)


def answered(
    item: str, correct: bool, confidence: int = 1, hours: float = 0.0, **more: Any
) -> Event:
    version = more.pop("version", 1)
    payload = {"response": 0, "correct": correct, "confidence": confidence, "score": float(correct)}
    return event("answered", item, {**payload, "lesson": item[1:3], **more}, hours, version)


def item(id: str, **fields: Any) -> Question:
    """A single choice whose first option is right; lesson and objective come from the id."""
    lesson = id[1:3]
    base = {
        "version": 1, "lesson": lesson, "objective": f"{lesson}-1", "level": "reason",
        "type": "single", "place": "practice", "stem": f"Case {id}.\n\nWhich?", "hint": "Think.",
        "why": "Because.", "facts": (), "references": (), "difficulty": 0.6,
        "options": tuple(Option(f"{id} {n}", f"feedback {n}", n == "a") for n in "abcd"),
    }  # fmt: skip
    return Question(id=id, **{**base, **fields})
