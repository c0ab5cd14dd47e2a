"""The append-only log of what a learner did, and the reports on it."""

from poems_course.progress.errors import ProgressError
from poems_course.progress.event import Event, Receipt
from poems_course.progress.log import Log

__all__ = ["Event", "Log", "ProgressError", "Receipt"]
