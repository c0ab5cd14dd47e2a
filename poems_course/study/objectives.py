"""What each objective says, as its lesson states it."""

from __future__ import annotations

import json
import re
from functools import cache

from poems_course.content import PoemsError
from poems_course.folder import part

_OBJECTIVE = re.compile(r"^- \*\*([0-9]{2}-[0-9]+)\*\* (.+?)[;.]?$", re.MULTILINE)


@cache
def objectives() -> dict[str, str]:
    """The objectives of the lessons that are there, by id; empty where no lesson is."""
    try:
        files = sorted(part("notebooks").glob("[0-9][0-9]_*.ipynb"))
    except PoemsError:
        return {}
    found: dict[str, str] = {}
    for file in files:
        for cell in json.loads(file.read_text(encoding="utf-8"))["cells"]:
            text = "".join(cell["source"])
            if cell["cell_type"] == "markdown" and text.startswith("## Objectives"):
                found.update(_OBJECTIVE.findall(text))
    return found
