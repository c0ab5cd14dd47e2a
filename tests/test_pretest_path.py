"""The path that a pre-test ends in: who reads which lesson, by the script that runs in the page."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from poems_course import quiz
from poems_course.folder import HOME
from poems_course.questions import questions
from poems_course.widgets.quiz import lessons_behind

SCRIPT = HOME / "poems_course" / "widgets" / "pretest_path.js"
ASKED = questions("00", "pretest")
LESSONS = lessons_behind(ASKED)
ALL = [lesson["number"] for lesson in LESSONS.values()]
SURE, FAIRLY, GUESSING = 2, 1, 0


def answer(correct: bool, confidence: int, attempt: int = 1) -> dict[str, Any]:
    return {"correct": correct, "confidence": confidence, "attempt": attempt}


@pytest.fixture
def path(tmp_path: Path) -> Any:
    """What the script makes of answers by question: lessons to read, lessons known, the words."""
    if not shutil.which("node"):
        pytest.skip("no node on this machine")
    (tmp_path / "path.mjs").write_text(SCRIPT.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "run.mjs").write_text(
        "import { pathThrough } from './path.mjs'; import { readFileSync } from 'node:fs';"
        "const [lessons, done] = JSON.parse(readFileSync(0, 'utf8'));"
        "console.log(JSON.stringify(pathThrough(lessons, new Map(Object.entries(done)))));"
    )

    def run(answers: dict[str, dict[str, Any]], lessons: Any = LESSONS) -> Any:
        command = ["node", str(tmp_path / "run.mjs")]
        cases = json.dumps([lessons, answers])
        done = subprocess.run(
            command, input=cases, capture_output=True, encoding="utf-8", check=True
        )
        return json.loads(done.stdout)

    return run


def numbers(lessons: list[dict[str, Any]]) -> list[str]:
    return [lesson["number"] for lesson in lessons]


@pytest.mark.parametrize("confidence", [SURE, FAIRLY])
def test_who_answers_all_right_and_sure_reads_nothing(path: Any, confidence: int) -> None:
    way = path({id: answer(True, confidence) for id in LESSONS})
    assert (numbers(way["read"]), numbers(way["known"])) == ([], ALL)
    assert "nothing to read" in way["said"][0]


@pytest.mark.parametrize(
    "given",
    [answer(False, SURE), answer(False, GUESSING), answer(True, GUESSING), answer(True, SURE, 2)],
    ids=["wrong and certain", "wrong and guessed", "right by guessing", "right at the second go"],
)
def test_who_errs_guesses_or_needs_two_attempts_reads_all(path: Any, given: dict[str, Any]) -> None:
    way = path(dict.fromkeys(LESSONS, given))
    assert (numbers(way["read"]), numbers(way["known"])) == (ALL, [])
    minutes = sum(lesson["minutes"] for lesson in LESSONS.values())
    assert f"{len(ALL)} lessons to read, about {minutes:g} minutes. The list" in way["said"][0]


def test_the_lessons_to_read_stand_in_the_order_taught(path: Any) -> None:
    answers = {id: answer(True, SURE) for id in LESSONS}
    last, first = list(LESSONS)[-1], list(LESSONS)[1]
    answers |= {last: answer(False, SURE), first: answer(True, GUESSING)}
    way = path(answers)
    assert numbers(way["read"]) == sorted([LESSONS[first]["number"], LESSONS[last]["number"]])
    assert "2 lessons to read, about" in way["said"][0]
    assert f"for the other {len(ALL) - 2} the questions" in way["said"][0]


def test_one_lesson_is_one(path: Any) -> None:
    answers = {id: answer(False, SURE) for id in LESSONS}
    first = next(iter(LESSONS))
    assert (
        "for the other one the questions" in path(answers | {first: answer(True, SURE)})["said"][0]
    )
    answers = {id: answer(True, SURE) for id in LESSONS}
    assert "1 lesson to read, about" in path(answers | {first: answer(False, SURE)})["said"][0]


def test_an_ordinary_quiz_leads_nowhere(path: Any) -> None:
    assert path({"q01-history": answer(False, SURE)}, lessons={})["said"] == []


def test_the_pretest_asks_one_question_of_each_lesson_but_this() -> None:
    assert len(set(ALL)) == len(ALL)
    assert sorted(ALL) == ALL
    assert "00" not in ALL
    shown = quiz("00", "pretest")
    assert list(shown.view["path"]) == [item.id for item in ASKED]
    for lesson in shown.view["path"].values():
        assert (HOME / "notebooks" / lesson["file"]).is_file()
        assert 15 <= lesson["minutes"] <= 25
