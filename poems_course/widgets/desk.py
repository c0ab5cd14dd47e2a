"""The learner's desk: the one log that the widgets of a notebook share, and how its times read."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from poems_course.progress.log import Log


@cache
def learner_log() -> Log:
    """The log of this learner, opened once in a kernel. Raises ProgressError where it cannot be."""
    return Log()


def clock(moment: datetime) -> str:
    """A moment in the learner's own time: ``14:03``, with the date where it was not today."""
    local = moment.astimezone()
    today = local.date() == datetime.now().astimezone().date()
    return f"{local:%H:%M}" if today else f"{local.day} {local:%b %Y, %H:%M}"
