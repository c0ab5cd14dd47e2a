"""The course's folder: where the lessons, the tests and the data lie beside the package."""

from __future__ import annotations

from pathlib import Path

from poems_course.content import PoemsError

HOME = Path(__file__).resolve().parent.parent


def part(name: str) -> Path:
    """The file or folder *name* of the course. Raises PoemsError where it is not there."""
    path = HOME / name
    if not path.exists():
        raise PoemsError(f"{name} is missing beside the package; start from the course's folder")
    return path
