"""Lessons as files: running them, storing what a reader may see, exporting pages and slides."""

from __future__ import annotations

from poems_course.lessons.notebooks import lesson_paths, refresh
from poems_course.lessons.page import export
from poems_course.lessons.slides import write as write_slides

__all__ = ["export", "lesson_paths", "refresh", "write_slides"]
