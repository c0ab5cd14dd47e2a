"""A notebook as its file holds it, read so that the rules may take its shape for granted."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from poems_course.content import ContentError

_KINDS: dict[type, str] = {dict: "an object", list: "a list", str: "text"}


@dataclass(frozen=True)
class Lesson:
    """A notebook as its file holds it."""

    path: Path
    notebook: dict[str, Any]

    @cached_property
    def cells(self) -> list[dict[str, Any]]:
        cells: list[dict[str, Any]] = self.notebook["cells"]
        return cells

    def sources(self, kind: str) -> Iterator[tuple[int, str]]:
        """The text of each cell of that kind, with its number."""
        for number, cell in enumerate(self.cells):
            if cell["cell_type"] == kind:
                yield number, "".join(cell["source"])

    def outputs(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Each stored output, with the number of its cell."""
        for number, cell in enumerate(self.cells):
            for output in cell.get("outputs", ()):
                yield number, output


def read(path: Path) -> Lesson:
    """The notebook at *path*. Raises ContentError where the file is none."""
    try:
        lesson = Lesson(path, json.loads(path.read_text(encoding="utf-8")))
        for cell in lesson.cells:
            cell["cell_type"], "".join(cell["source"])
    except (OSError, UnicodeDecodeError, ValueError, KeyError, TypeError):
        raise ContentError(path.name, "", "", "is not a notebook") from None
    for where, field, value, kind in _parts(lesson):
        if not isinstance(value, kind):
            raise ContentError(path.name, where, field, f"must be {_KINDS[kind]}")
    return lesson


def _parts(lesson: Lesson) -> Iterator[tuple[str, str, object, type]]:
    """What the rules take for granted: the place, the field, its value and what it must be."""
    metadata = lesson.notebook.get("metadata", {})
    yield "the lesson", "metadata", metadata, dict
    yield "the lesson", "metadata.kernelspec", metadata.get("kernelspec", {}), dict
    for number, cell in enumerate(lesson.cells):
        where, metadata = f"cell {number}", cell.get("metadata", {})
        outputs = cell.get("outputs", [])
        yield where, "id", cell.get("id", ""), str
        yield where, "metadata", metadata, dict
        yield where, "metadata.tags", metadata.get("tags", []), list
        yield where, "outputs", outputs, list
        for output in outputs:
            yield where, "outputs", output, dict
            yield where, "outputs.data", output.get("data", {}), dict


def is_lesson(path: Path) -> bool:
    """Whether a notebook is a lesson: its name begins with two digits. Others only need a form."""
    return re.match(r"[0-9]{2}_", path.name) is not None
