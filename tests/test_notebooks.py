"""The lessons run, and their check cells print what is stored: by nbval, in a way that can fail."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from xml.etree import ElementTree

import nbformat
import pytest
from nbformat import v4

from poems_course.lessons.notebooks import run
from poems_course.lessons.page import page

NOTEBOOKS = Path(__file__).resolve().parent.parent / "notebooks"
FIXTURES = Path(__file__).parent / "fixtures" / "nbval"


def nbval(where: Iterable[Path], tmp_path: Path) -> tuple[int, str, set[str]]:
    """Runs notebooks: exit code, what was said, and which files ran."""
    # With a configuration of its own: the project's switches nbval off, to run each lesson once.
    configuration, report = tmp_path / "pytest.ini", tmp_path / "nbval.xml"
    configuration.write_text("[pytest]\n", encoding="utf-8")
    options = ["-p", "no:cacheprovider", "-p", "tests.nbval_by_sockets"]
    options += ["--nbval-lax", "--nbval-current-env", "--nbval-cell-timeout=60", "--color=no"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options]
        + ["-c", str(configuration), f"--rootdir={NOTEBOOKS.parent}"]
        + ["-o", "junit_family=xunit1", f"--junitxml={report}", *map(str, where)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    cases = ElementTree.parse(report).getroot().iter("testcase")
    ran = {Path(case.get("file", "")).stem for case in cases}
    return done.returncode, done.stdout, ran


def test_every_lesson_runs_and_prints_what_is_stored(tmp_path: Path) -> None:
    lessons = sorted(NOTEBOOKS.rglob("*.ipynb"))
    halves = {tmp_path / name: lessons[at::2] for at, name in enumerate(("even", "odd"))}
    for folder in halves:
        folder.mkdir()
    with ThreadPoolExecutor() as both:  # on two cores in half the time
        done = list(both.map(nbval, halves.values(), halves))
    assert [code for code, _, _ in done] == [0, 0], "\n".join(said for _, said, _ in done)
    assert set().union(*(ran for _, _, ran in done)) == {path.stem for path in lessons}


def test_a_right_notebook_passes(tmp_path: Path) -> None:
    code, said, ran = nbval([FIXTURES / "right.ipynb"], tmp_path)
    assert (code, ran) == (0, {"right"}), said


@pytest.mark.parametrize(
    ("name", "reason"), [("wrong_output", "Cell outputs differ"), ("raises", "ZeroDivisionError")]
)
def test_a_wrong_notebook_fails(name: str, reason: str, tmp_path: Path) -> None:
    code, said, ran = nbval([FIXTURES / f"{name}.ipynb"], tmp_path)
    assert (code, ran) == (1, {name})
    assert reason in said


@pytest.mark.parametrize(("name", "said"), [("01 A lesson", True), ("Practice", False)])
def test_a_lesson_as_a_page_says_what_works_on_it(name: str, said: bool) -> None:
    lesson = v4.new_notebook(cells=[v4.new_markdown_cell(f"# {name}")])
    assert ("Cells do not run" in page(lesson)) == said


def test_a_line_that_the_kernel_sends_in_two_pieces_is_one_box(tmp_path: Path) -> None:
    halting = "print('first', end='', flush=True); print(' and last')"
    written = v4.new_notebook(cells=[v4.new_code_cell(halting)])
    nbformat.write(written, tmp_path / "halting.ipynb")
    lesson = run(tmp_path / "halting.ipynb")
    assert [output.text for output in lesson.cells[0].outputs] == ["first and last\n"]
    assert page(lesson).count("<pre>") == 1


def test_a_sentence_is_broken_by_the_page_and_not_before(tmp_path: Path) -> None:
    asks = ('print(fact("serum-vegf-uclh"))', 'print(explore("bayes").reading())', "print('a\\nb')")
    cells = [
        v4.new_code_cell("from poems_course import explore, fact"),
        *map(v4.new_code_cell, asks),
    ]
    nbformat.write(v4.new_notebook(cells=cells), tmp_path / "said.ipynb")
    lesson = run(tmp_path / "said.ipynb")
    page(lesson)
    told, read, kept = (cell.outputs[0].text for cell in lesson.cells[1:])
    assert [line.split()[0] for line in told.splitlines()] == ["Serum", "Read"]
    assert read.count("\n") == 1
    assert kept == "a\nb\n"
