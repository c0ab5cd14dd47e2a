"""Bad input to a class report: one line naming file, entry and field, code 2, nothing written."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from poems_course import cli
from tests.classes import SEEN, answer, class_of, write_log
from tests.test_cli import fail

FAULTS = Path(__file__).parent / "fixtures" / "classroom" / "faults"

TOLD = {
    "half_a_file.jsonl": "line 2: is not JSON; is the file whole?",
    "other_version_payload.jsonl": "line 2: payload.correct: is missing; was it written by another",
    "other_version_fields.jsonl": "line 1: version: is not a field of an entry",
    "version_as_text.jsonl": "line 1: item_version: must be a whole number, not '1'",
    "correct_as_text.jsonl": "line 1: payload.correct: must be true or false, not 'yes'",
    "wrong_column_wide.csv": "line 2: total: must be 1, 0 or empty, not '17'",
    "wrong_column_long.csv": "line 1: corect: is not a column of such a table: learner, item, ",
    "extra_column_long.csv": "line 1: email: is not a column of such a table",
    "no_learner.csv": "line 1: id: the first column must be called learner",
    "half_a_table.csv": "line 3: has 2 columns, not 3 as line 1; is the file whole?",
    "learner_twice.csv": "line 4: learner: is the same as in line 2",
    "item_twice.csv": "line 1: q01-a: two columns have this name",
    "empty_key.csv": "key: q01-b: the key has no answer here",
    "no_item_name.csv": "line 1: item: names no item",
    "mark_of_two.csv": "line 2: correct: must be 1 or 0, not '2'",
    "attempt_as_text.csv": "line 2: attempt: must be a number, not 'first'",
    "empty.csv": "is empty",
    "not_utf8.csv": "cannot be read: it is not UTF-8 text",
}


def test_every_planted_file_is_in_the_list() -> None:
    assert {path.name for path in FAULTS.iterdir()} == TOLD.keys()


@pytest.mark.parametrize("name", TOLD)
def test_a_bad_file_is_one_line_and_nothing_is_lost(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Beside a sound class, with an older report in the folder, which stays as it is."""
    folder, out = class_of(tmp_path / "class", 6), tmp_path / "out"
    out.mkdir()
    (out / "report.html").write_text("the report of last year")
    shutil.copy(FAULTS / name, folder / name)
    before = {path: path.read_bytes() for path in folder.iterdir()}
    said = fail(capsys, "class", "report", str(folder), "--out", str(out))
    assert name in said
    assert TOLD[name] in said
    assert {path: path.read_bytes() for path in folder.iterdir()} == before
    assert [path.name for path in out.iterdir()] == ["report.html"]
    assert (out / "report.html").read_text() == "the report of last year"


def test_two_exports_of_one_learner_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = class_of(tmp_path / "class", 6)
    shutil.copy(folder / "learner-1.jsonl", folder / "learner-1-again.jsonl")
    said = fail(capsys, "class", "report", str(folder), "--out", str(tmp_path / "out"))
    assert "learner-1.jsonl: session" in said
    assert "stands in learner-1-again.jsonl too: two exports of one learner" in said


@pytest.mark.parametrize(
    ("files", "more", "part"),
    [
        (["none"], [], "there is no such file or folder"),
        (["EMPTY"], [], "holds no exported log"),
        (["EMPTY/x.doc"], [], "must end in .jsonl (JSON lines) or .csv"),
        (["CLASS"], ["--lesson", "77"], "the files hold no answer to a question of lesson 77"),
        (["CLASS/learner-1.jsonl"], [], "answers of 1 learner(s): a report on fewer than 5"),
        (["CLASS"], ["--bank", "EMPTY"], "holds no bank"),
        (["CLASS"], ["--attempts", "second"], "invalid choice: 'second'"),
    ],
)
def test_what_cannot_be_reported_is_one_line(
    files: list[str], more: list[str], part: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = class_of(tmp_path / "class", 6)
    (tmp_path / "empty").mkdir()
    if "EMPTY/x.doc" in files:
        (tmp_path / "empty" / "x.doc").write_text("")
    places = {"CLASS": str(folder), "EMPTY": str(tmp_path / "empty")}

    def placed(word: str) -> str:
        first, slash, rest = word.partition("/")
        return places.get(first, first) + slash + rest

    words = [placed(word) for word in (*files, *more)]
    said = fail(capsys, "class", "report", *words, "--out", str(tmp_path / "out"))
    assert part in said
    assert not (tmp_path / "out").exists()


def test_the_report_is_not_written_among_the_answers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = class_of(tmp_path / "class", 6)
    said = fail(capsys, "class", "report", str(folder), "--out", str(folder))
    assert "holds the answers; write the report to another folder" in said


# Where going on is honest, the report goes on and says so.
def report(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], *more: str
) -> dict[str, Any]:
    arguments = ["class", "report", str(folder), "--out", str(tmp_path / "out"), "--json", *more]
    assert cli.main(arguments) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    for note in found["notes"]:
        assert note.split("'")[0] in page
    return found


def test_an_item_that_the_bank_does_not_know_is_a_note(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = class_of(tmp_path / "class", 6)
    write_log(folder / "stranger.jsonl", [answer(1, "q99-mystery", True)], "stranger")
    found = report(folder, tmp_path, capsys)
    assert found["items"] == len(SEEN) + 1
    assert any("1 item is not in the bank (q99-mystery)" in note for note in found["notes"])


def test_another_version_of_an_item_is_kept_apart_and_noted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = class_of(tmp_path / "class", 6)
    write_log(folder / "later.jsonl", [answer(1, SEEN[0], True, version=99)], "later")
    found = report(folder, tmp_path, capsys)
    assert found["items"] == len(SEEN) + 1
    assert any(f"({SEEN[0]}, version 99): kept apart" in note for note in found["notes"])


def test_a_mark_that_the_key_does_not_give_is_noted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = class_of(tmp_path / "class", 6)
    wrong = answer(1, SEEN[0], True)
    wrong["payload"]["correct"] = False
    write_log(folder / "odd.jsonl", [wrong], "odd")
    found = report(folder, tmp_path, capsys)
    assert any(f"{SEEN[0]}: 1 answer(s) are marked" in note for note in found["notes"])


def test_a_log_without_answers_is_noted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = class_of(tmp_path / "class", 6)
    (folder / "silent.jsonl").write_text("")
    found = report(folder, tmp_path, capsys)
    assert found["learners"] == 6
    assert found["notes"] == ["1 learner has no answer to these questions and is left out"]
