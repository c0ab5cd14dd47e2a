"""Sittings to test with: a small bank, a log on disk, and what a page would send."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from poems_course.progress import Log
from poems_course.progress.event import Event, new_id, stamp
from poems_course.questions import order
from poems_course.questions.records import Question
from poems_course.widgets.progress_page import ProgressPage
from poems_course.widgets.sitting import SittingWidget
from tests.study_logs import item

BANK = tuple(item(f"q0{lesson}-{name}") for lesson in (1, 2, 3) for name in "abcde")
BEGIN = {"do": "begin", "lessons": [0, 1, 2], "count": 0, "feedback": 0}
TEST = {**BEGIN, "feedback": 1}

OpenLog = Callable[[], Log]


def shown(widget: SittingWidget) -> Question:
    """The question that the page shows."""
    id: str = widget.view["place"]["question"]["id"]
    return widget.question(id)


def position(question: Question, right: bool) -> int:
    at = order(question).index(question.keys[0])
    return at if right else (at + 1) % len(question.options)


def respond(widget: SittingWidget, right: bool, confidence: int = 1, do: str = "check") -> Any:
    question = shown(widget)
    return widget.handle(
        {
            "do": do,
            "question": question.id,
            "response": position(question, right),
            "confidence": confidence,
        }
    )


def blocks(widget: SittingWidget | ProgressPage) -> str:
    view = widget.view.get("place", widget.view)
    return json.dumps(view["blocks"], ensure_ascii=False)


def any_response(item: Question) -> Any:
    """Some response that can be graded."""
    shown = list(range(len(order(item))))
    if item.type == "numeric":
        return "7"
    if item.type == "matching":
        return [0] * len(item.prompts)
    return {"ordering": shown, "multiple": [0]}.get(item.type, 0)


def dated(id: str, right: bool, confidence: int, days: float) -> Event:
    """An answer of some days ago, as an imported log would hold it."""
    payload = {"response": 0, "confidence": confidence, "correct": right, "score": float(right)}
    moment = stamp(datetime.now(UTC) - timedelta(days=days))
    return Event(new_id(), "s", moment, "answered", id, 1, {**payload, "lesson": id[1:3]}, 1)
