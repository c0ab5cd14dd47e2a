"""The lessons under test, and what each shows: read from the notebooks themselves."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from poems_course.questions import Question, questions

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"


@dataclass(frozen=True)
class Lesson:
    number: str
    file: str
    explorers: tuple[str, ...]
    questions: tuple[Question, ...]


def _lesson(path: Path) -> Lesson:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    shown = [found.group(1) for text in code if (found := re.match(r'explore\("([^"]+)"\)$', text))]
    asked = [quiz for text in code for quiz in re.findall(r'quiz\("([^"]+)", "([^"]+)"\)', text)]
    items = tuple(item for quiz in asked for item in questions(*quiz))
    return Lesson(path.name[:2], path.name, tuple(shown), items)


LESSONS = tuple(_lesson(path) for path in sorted(NOTEBOOKS.glob("[0-9][0-9]_*.ipynb")))
