"""The course's folder: where the lessons, the tests and the data lie beside the package."""

from __future__ import annotations

import json
import re
from pathlib import Path

from poems_course.content import PoemsError

HOME = Path(__file__).resolve().parent.parent
_MINUTES = re.compile(r"\b[Aa]bout ([0-9]+) minutes\b")
_TITLE = re.compile(r"^#\s+(?:[0-9]{2}\s+)?(.+?)\s*$", re.MULTILINE)


def part(name: str) -> Path:
    """The file or folder *name* of the course. Raises PoemsError where it is not there."""
    path = HOME / name
    if not path.exists():
        raise PoemsError(f"{name} is missing beside the package; start from the course's folder")
    return path


def lesson_title(path: Path) -> str:
    """The title of a lesson, without its number. Raises PoemsError where it has none."""
    return _first(_TITLE, path, "title")


def lesson_minutes(path: Path) -> int:
    """How many minutes a lesson says that it takes. Raises PoemsError where it does not say so."""
    return int(_first(_MINUTES, path, "word on how many minutes it takes"))


def _first(pattern: re.Pattern[str], path: Path, what: str) -> str:
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        text = "".join(cell["source"])
        if cell["cell_type"] == "markdown" and (found := pattern.search(text)):
            return found[1]
    raise PoemsError(f"{path.name}: there is no {what}")


def lesson_files() -> dict[str, Path]:
    """The notebooks of the lessons by number, as far as they are there."""
    return {path.name[:2]: path for path in sorted(part("notebooks").glob("[0-9][0-9]_*.ipynb"))}
