"""The form of lessons: one planted fault per rule, each found, and nothing else found."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from poems_course import checks
from poems_course.checks import notebooks
from poems_course.checks.lesson import is_lesson, read
from poems_course.content import ContentError, PoemsError

FIXTURES = Path(__file__).parent / "fixtures" / "notebooks"
FAULTS = {
    "no_kernelspec": "metadata.kernelspec must name python3",
    "widget_state": "metadata.widgets",
    "no_id": "has no id",
    "same_id": "the id 'look' is taken",
    "no_objectives": "no heading 'Objectives'",
    "no_take_home_points": "no heading 'Take-home points'",
    "no_references": "no heading 'References'",
    "long_code": "1 to 3 lines, not 4",
    "empty_code": "1 to 3 lines, not 0",
    "code_after_code": "comes after prose",
    "unknown_questions": "no questions for 77 way-1",
    "unknown_explorer": "no explorer 'phlogiston'",
    "one_check_cell": "1 check cells",
    "check_without_output": "without a stored output",
    "check_without_count": "without an execution count",
    "stored_error": "a stored error: ValueError",
    "widget_view": "a stored view of a widget",
    "script": "a script in a stored output",
    "huge_output": "an output of 100 kB",
    "machine_path": "a path of somebody's computer: /home/",
    "machine_path_in_prose": "a path of somebody's computer: C:",
    "broken_link": "a link to 02_nowhere.ipynb",
    "quoted_table": "a table in a block quote",
    "too_short": "15 to 25 minutes are meant",
    "too_long": "15 to 25 minutes are meant",
}


def problems(name: str) -> list[str]:
    return [str(found) for found in notebooks.check(read(FIXTURES / f"{name}.ipynb"))]


def test_a_good_lesson_has_no_finding() -> None:
    assert problems("good") == []


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_found_alone(name: str) -> None:
    (found,) = problems(name)
    assert found.startswith(f"{name}.ipynb: ")
    assert FAULTS[name] in found


def test_every_fixture_is_used() -> None:
    others = {"good", "not_a_notebook"}
    assert {path.stem for path in FIXTURES.glob("*.ipynb")} == set(FAULTS) | others


def test_what_is_no_notebook_is_named() -> None:
    with pytest.raises(ContentError, match=r"not_a_notebook.ipynb: is not a notebook"):
        read(FIXTURES / "not_a_notebook.ipynb")


@pytest.mark.parametrize(
    ("cell", "field", "value"),
    [
        (3, "metadata", None),
        (3, "metadata", {"tags": None}),
        (3, "outputs", None),
        (3, "outputs", ["text"]),
        (3, "outputs", [{"output_type": "display_data", "data": None}]),
        (3, "id", ["a", "b"]),
        (None, "metadata", None),
        (None, "metadata", {"kernelspec": None}),
    ],
)
def test_a_misshapen_notebook_is_told_by_its_field(
    cell: int | None, field: str, value: object, tmp_path: Path
) -> None:
    lesson = json.loads((FIXTURES / "good.ipynb").read_text(encoding="utf-8"))
    (lesson if cell is None else lesson["cells"][cell])[field] = value
    (tmp_path / "bent.ipynb").write_text(json.dumps(lesson), encoding="utf-8")
    (found,) = map(str, checks.run(str(tmp_path)).findings)
    assert found.startswith("bent.ipynb: the lesson" if cell is None else "bent.ipynb: cell 3")
    assert f'"{field}' in found
    assert ": must be " in found


def test_questions_and_explorers_take_time() -> None:
    lesson = read(FIXTURES / "good.ipynb")
    before = notebooks.minutes(lesson)
    lesson.cells[3]["source"] = ['explore("career")\n', 'quiz("01", "end")']
    assert notebooks.minutes(lesson) == pytest.approx(before + 1.5 + 6 * 0.75)


def test_a_notebook_without_a_number_needs_a_form_but_no_lesson(tmp_path: Path) -> None:
    (tmp_path / "01_short.ipynb").write_bytes((FIXTURES / "too_short.ipynb").read_bytes())
    (tmp_path / "aside.ipynb").write_bytes((FIXTURES / "too_short.ipynb").read_bytes())
    (tmp_path / "good.ipynb").write_bytes((FIXTURES / "good.ipynb").read_bytes())  # linked to
    (tmp_path / "crooked.ipynb").write_bytes((FIXTURES / "long_code.ipynb").read_bytes())
    found = [str(finding) for finding in checks.run(str(tmp_path)).findings]
    assert not [line for line in found if line.startswith("aside.ipynb")]
    assert [line for line in found if line.startswith("01_short.ipynb")]
    assert "crooked.ipynb: cell 3: a code cell has 1 to 3 lines, not 4" in found
    assert [is_lesson(path) for path in sorted(tmp_path.iterdir())] == [True] + 3 * [False]


def test_the_folder_report_counts_and_collects(tmp_path: Path) -> None:
    for name in ("good", "long_code", "not_a_notebook"):
        shutil.copy(FIXTURES / f"{name}.ipynb", tmp_path)
    report = checks.run(str(tmp_path))
    found = [str(finding) for finding in report.findings]
    assert report.checked["notebooks"] == 3
    assert "long_code.ipynb: cell 3: a code cell has 1 to 3 lines, not 4" in found
    assert any(line.startswith("not_a_notebook.ipynb: the file") for line in found)
    assert json.loads(json.dumps(report.data))["checked"]["facts"] > 100


@pytest.mark.parametrize(("folder", "problem"), [("none", "not a folder"), (".", "no notebook")])
def test_a_folder_without_notebooks_is_refused(tmp_path: Path, folder: str, problem: str) -> None:
    with pytest.raises(PoemsError, match=problem):
        checks.run(str(tmp_path / folder))
