"""What the lessons say of themselves: their titles and objectives, as far as they are there."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

from poems_course.content import PoemsError
from poems_course.folder import lesson_files, lesson_title

_OBJECTIVE = re.compile(r"^- \*\*([0-9]{2}-[0-9]+)\*\* (.+?)[;.]?$", re.MULTILINE)


@cache
def titles() -> dict[str, str]:
    """The titles of the lessons by number."""
    return {number: lesson_title(file) for number, file in _files().items()}


@cache
def objectives() -> dict[str, str]:
    """What each objective says, by id, in plain text."""
    found: dict[str, str] = {}
    for file in _files().values():
        for cell in json.loads(file.read_text(encoding="utf-8"))["cells"]:
            text = "".join(cell["source"])
            if cell["cell_type"] == "markdown" and text.startswith("## Objectives"):
                found.update(_OBJECTIVE.findall(text))
    return {id: words.replace("*", "") for id, words in found.items()}


def named(lesson: str) -> str:
    """A lesson's number with its title, where that is known."""
    return f"{lesson} {titles().get(lesson, '')}".strip()


def _files() -> dict[str, Path]:
    try:
        return lesson_files()
    except PoemsError:
        return {}
