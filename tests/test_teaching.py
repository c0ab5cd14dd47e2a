"""What a lesson must hold to teach: lesson 01 with one planted fault at a time, each told."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from poems_course.checks import teaching, terms
from poems_course.checks.lesson import Lesson

HOME = Path(__file__).resolve().parent.parent
WHOLE = json.loads((HOME / "notebooks/01_what_is_poems.ipynb").read_text(encoding="utf-8"))
Fault = Callable[[dict[str, Any]], None]


def planted(fault: Fault) -> Lesson:
    notebook = copy.deepcopy(WHOLE)
    fault(notebook)
    return Lesson(Path("01_planted.ipynb"), notebook)


def told(fault: Fault) -> list[str]:
    return [found.problem for found in teaching.check(planted(fault))]


def words(old: str, new: str) -> Fault:
    """The fault of other words, in every cell that has the old ones."""

    def change(notebook: dict[str, Any]) -> None:
        texts = ["".join(cell["source"]) for cell in notebook["cells"]]
        assert any(old in text for text in texts)
        for cell, text in zip(notebook["cells"], texts, strict=True):
            cell["source"] = text.replace(old, new)

    return change


def without(pattern: str) -> Fault:
    """The fault of missing cells: all whose text holds the pattern."""

    def change(notebook: dict[str, Any]) -> None:
        cells = notebook["cells"]
        left = [cell for cell in cells if not re.search(pattern, "".join(cell["source"]))]
        assert len(left) < len(cells)
        notebook["cells"] = left

    return change


def test_the_whole_lesson_has_no_finding() -> None:
    assert told(lambda notebook: None) == []


@pytest.mark.parametrize(
    ("fault", "problem"),
    [
        (without(r"^explore\(\"(career|delay)"), "explorers: 1; a lesson shows 2 or more"),
        (without(r"^print\(explore\(\"delay"), "the explorer 'delay' is driven in no cell tagged"),
        (without(r"pandas"), "no cell reads a dataset (read_csv or cohorts)"),
        (words("popular belief", "rumour"), "there is no box 'A popular belief'"),
        (words("sources disagree", "books differ"), "there is no box 'The sources disagree'"),
        (without(r"^## Arthur again"), "no patient of the first third returns in the last"),
        (without(r"quiz\(\"01\", \"way-2"), "the question q01-stock-and-flow is shown 0 times"),
        (words('"way-2"', '"way-1"'), "the question q01-left-out is shown 2 times, not once"),
        (words("**01-5**", "**01-6**"), "questions serve 01-5, which is not among the objectives"),
        (words("**01-5**", "**01-6**"), "01-6 is tested by 0 of its questions, not 2"),
    ],
)
def test_a_planted_fault_is_told(fault: Fault, problem: str) -> None:
    assert any(found.startswith(problem) for found in told(fault)), told(fault)


def test_an_exercise_that_nothing_checks_is_told() -> None:
    assert any("tagged dataset" in found for found in told(without(r'"way-4"')))


def test_the_pretest_serves_other_lessons_objectives() -> None:
    lesson = planted(words('quiz("01", "way-2")', 'quiz("00", "pretest")'))
    assert {item.lesson for item in teaching.asked(lesson)} == {"01"}


class TestTerms:
    def told(self, *faults: Fault) -> list[str]:
        lesson = planted(lambda notebook: [fault(notebook) for fault in faults] and None)
        return [str(found) for found in terms.check(lesson)]

    def test_the_whole_lesson_has_no_finding(self) -> None:
        assert self.told() == []

    def test_an_unknown_term_is_told(self) -> None:
        (found,) = self.told(words("terms: cidp", "terms: phlogiston"))
        assert "phlogiston" in found
        assert "no such term" in found

    def test_a_term_that_is_not_in_bold_is_told(self) -> None:
        (found,) = self.told(words("**paraneoplastic**", "paraneoplastic"))
        assert "'paraneoplastic' does not stand there in bold" in found

    def test_a_term_used_before_it_is_explained_is_told(self) -> None:
        (found,) = self.told(words("## Arthur\n", "## Arthur\n\nMind the incidence.\n"))
        assert 'cell 8: "terms: incidence": is used already in cell 3' in found

    def test_a_term_explained_twice_is_told(self) -> None:
        twice = "**immunofixation** again <!-- terms: immunofixation -->"
        assert any("explained already" in found for found in self.told(words("Older names", twice)))

    def test_too_few_are_told(self) -> None:
        (found,) = self.told(words("<!-- terms:", "<!-- notes:"))
        assert "terms explained: 0; a lesson explains 6 or more" in found

    def test_over_the_course_a_word_is_explained_where_it_first_appears(self) -> None:
        first, second = planted(lambda _: None), planted(words("terms: cidp, ", "terms: "))
        assert terms.check_course([first, second]) == []
        (found,) = terms.check_course([second, first])
        assert "'CIDP' is used and so far not explained" in str(found)
