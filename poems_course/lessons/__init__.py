"""Lessons as files: running them, storing the outputs that a reader may see, exporting pages."""

from __future__ import annotations

from poems_course.lessons.notebooks import lesson_paths, refresh
from poems_course.lessons.page import export

__all__ = ["export", "lesson_paths", "refresh"]
