"""Lessons as files: running them, storing the outputs that a reader may see, exporting pages."""

from __future__ import annotations

from poems_course.lessons.notebooks import NOTEBOOKS, lesson_paths, store_outputs
from poems_course.lessons.page import export

__all__ = ["NOTEBOOKS", "export", "lesson_paths", "store_outputs"]
