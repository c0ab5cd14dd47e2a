"""The course's folder: where the lessons, the tests and the data lie beside the package."""

from __future__ import annotations

import json
import re
from pathlib import Path

from poems_course.content import PoemsError

HOME = Path(__file__).resolve().parent.parent
_TITLE = re.compile(r"^#\s+(?:[0-9]{2}\s+)?(.+?)\s*$", re.MULTILINE)


def part(name: str) -> Path:
    """The file or folder *name* of the course. Raises PoemsError where it is not there."""
    path = HOME / name
    if not path.exists():
        raise PoemsError(f"{name} is missing beside the package; start from the course's folder")
    return path


def lesson_title(path: Path) -> str:
    """The title of a lesson, without its number. Raises PoemsError where it has none."""
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        text = "".join(cell["source"])
        if cell["cell_type"] == "markdown" and (found := _TITLE.search(text)):
            return found[1]
    raise PoemsError(f"{path.name}: there is no title")
