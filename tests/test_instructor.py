"""The teacher's pages: one for each lesson, whole; each planted fault is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from poems_course.checks import instructor

HOME = Path(__file__).resolve().parent.parent
GOOD = (HOME / "instructor" / "01_what_is_poems.md").read_text(encoding="utf-8")


def told(text: str, tmp_path: Path) -> list[str]:
    (tmp_path / "01_what_is_poems.md").write_text(text, encoding="utf-8")
    lesson = HOME / "notebooks" / "01_what_is_poems.ipynb"
    return [str(found) for found in instructor.check([lesson], tmp_path, HOME / "data/patients")]


def test_a_whole_page_has_no_finding(tmp_path: Path) -> None:
    assert told(GOOD, tmp_path) == []


def test_a_lesson_without_a_page_is_told(tmp_path: Path) -> None:
    (found,) = instructor.check([Path("07_skin.ipynb")], tmp_path, tmp_path)
    assert str(found) == "07_skin.md: the page: there is no page for teachers"


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("## Pitfalls", "## Traps", "nothing stands under a heading 'Pitfalls'"),
        ("| 8 |", "| 9 |", "the parts take 57 minutes, the total says 55"),
        ("| **Total** |", "| Sum |", "the table ends in no row 'Total'"),
        ("A good answer contains", "Say", "3 questions and 0 times 'A good answer contains'"),
        ("\n3. Was it", "\nWas it", "2 questions and 3 times 'A good answer contains'"),
        ("Alone, a student", "In 44 % a student", "44 stands without a fact"),
    ],
)
def test_a_planted_fault_is_told(old: str, new: str, problem: str, tmp_path: Path) -> None:
    assert old in GOOD
    assert any(problem in found for found in told(GOOD.replace(old, new), tmp_path))
