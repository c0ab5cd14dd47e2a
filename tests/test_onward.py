"""The way from lesson to lesson, and the glossary page, are as the files now say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from poems_course.content import PoemsError
from poems_course.folder import lesson_title
from poems_course.lessons.notebooks import lesson_paths
from poems_course.lessons.onward import CELL, GLOSSARY, glossary_page, onward

NOTEBOOKS = Path(__file__).resolve().parent.parent / "notebooks"
LESSONS = [path for path in lesson_paths(NOTEBOOKS) if path.name[:2].isdigit()]


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_a_lesson_ends_in_links_to_its_neighbours(path: Path) -> None:
    last = json.loads(path.read_text(encoding="utf-8"))["cells"][-1]
    assert last["id"] == CELL
    assert "".join(last["source"]) == onward(path, LESSONS), "run: poems notebooks"


def test_the_glossary_page_holds_what_the_glossary_holds() -> None:
    written = (NOTEBOOKS / GLOSSARY).read_text(encoding="utf-8")
    assert written == glossary_page(), "run: poems notebooks"
    assert "**oedema** (American: edema):" in written


def write(path: Path, text: str) -> Path:
    cells = [{"cell_type": "markdown", "source": [text]}]
    path.write_text(json.dumps({"cells": cells}), encoding="utf-8")
    return path


def test_the_first_and_the_last_lesson_have_one_neighbour(tmp_path: Path) -> None:
    first = write(tmp_path / "00_start.ipynb", "# 00 Start here")
    last = write(tmp_path / "01_end.ipynb", "# 01 The end")
    assert onward(first, [first, last]) == (
        "Next: [lesson 01, The end](01_end.ipynb) · [All lessons](README.md) · "
        "[Glossary](glossary.md)"
    )
    assert onward(last, [first, last]).startswith("Before: [lesson 00, Start here](00_start.ipynb)")


def test_a_lesson_without_a_title_is_named(tmp_path: Path) -> None:
    with pytest.raises(PoemsError, match=r"00_x\.ipynb: there is no title"):
        lesson_title(write(tmp_path / "00_x.ipynb", "no heading"))
