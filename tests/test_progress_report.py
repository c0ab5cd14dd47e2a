"""What `poems progress` shows, takes out, takes in and deletes."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from poems_course.progress import Log, ProgressError, report


def answer(lesson: str, correct: bool, attempt: int = 1) -> dict[str, Any]:
    return {"choice": [0], "correct": correct, "attempt": attempt, "lesson": lesson}


@pytest.fixture
def log(tmp_path: Path) -> Log:
    log = Log(tmp_path / "log")
    log.append("answered", "q01-a", 1, answer("01", False))
    log.append("answered", "q01-a", 1, answer("01", True, 2))
    log.append("answered", "q01-b", 1, answer("01", True))
    log.append("hinted", "q09-a", 1, {"lesson": "09"})
    log.append("answered", "q09-a", 1, answer("09", True))
    return log


def test_the_summary_counts_questions_by_their_first_answer(log: Log) -> None:
    data = report.as_data(log)
    assert (data["entries"], data["answers"], data["questions"]) == (5, 4, 3)
    assert data["right_at_first"] == 2
    assert data["lessons"] == {
        "01": {"answers": 3, "questions": 2, "right_at_first": 1},
        "09": {"answers": 1, "questions": 1, "right_at_first": 1},
    }
    assert data["first"] == log.events()[0].utc
    assert data["last"] == log.events()[-1].utc
    assert json.loads(json.dumps(data)) == data


def test_the_summary_reads_well(log: Log, tmp_path: Path) -> None:
    text = report.show(log)
    assert "4 answers to 3 questions, 2 right at the first attempt" in text
    assert "lesson 01: 3 answers to 2 questions, 1 right at the first attempt" in text
    assert "lesson 09: 1 answer to 1 question, 1 right at the first attempt" in text
    assert str(log.folder) in text
    assert "Nothing is stored yet." in report.show(Log(tmp_path / "new"))


def test_the_summary_passes_warnings_on(tmp_path: Path) -> None:
    log = Log(tmp_path, detect=lambda folder: "nfs4")
    assert "Note: " in report.show(log)
    assert report.as_data(log)["warnings"] == list(log.warnings)


@pytest.mark.parametrize("name", ["mine.jsonl", "mine.csv"])
def test_an_export_comes_back_the_same_and_only_once(log: Log, tmp_path: Path, name: str) -> None:
    log.append(
        "answered", "q01-c", 2, {"text": 'a "quoted", line\nand \u00f6dema \ud800', "n": None}
    )
    assert report.export(log, tmp_path / name).startswith("6 entries written")
    other = Log(tmp_path / "other")
    assert report.import_(other, tmp_path / name).startswith("6 entries added")
    assert other.events() == log.events()
    again = report.import_(other, tmp_path / name)
    assert again.startswith("0 entries added")
    assert again.endswith("6 were there already")
    assert other.events() == log.events()
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["log", name, "other"])


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_item_survives_both_forms(tmp_path: Path, text: str) -> None:
    folder = tmp_path / str(sum(1 for _ in tmp_path.iterdir()))
    log = Log(folder)
    log.append("answered", text, 1, {"text": text})
    for name in ("a.csv", "a.jsonl"):
        report.export(log, folder / name)
        other = Log(folder / f"from {name}")
        report.import_(other, folder / name)
        assert other.events() == log.events()


@pytest.mark.parametrize("name", ["mine.jsonl", "mine.csv"])
def test_an_export_saved_again_by_a_windows_program_is_read(
    log: Log, tmp_path: Path, name: str
) -> None:
    report.export(log, tmp_path / name)
    text = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(b"\xef\xbb\xbf" + text)
    assert report.import_(Log(tmp_path / "other"), tmp_path / name).startswith("5 entries added")


def test_an_export_overwrites_nothing(log: Log, tmp_path: Path) -> None:
    target = tmp_path / "thesis.csv"
    target.write_text("years of work")
    with pytest.raises(ProgressError, match=r"thesis\.csv exists already"):
        report.export(log, target)
    assert target.read_text() == "years of work"


@pytest.mark.parametrize(
    ("name", "problem"),
    [("mine.txt", "must end in .jsonl"), ("none/mine.csv", "cannot be written: No such file")],
)
def test_an_export_that_cannot_be_written_says_why(
    log: Log, tmp_path: Path, name: str, problem: str
) -> None:
    with pytest.raises(ProgressError, match=problem):
        report.export(log, tmp_path / name)
    assert [path.name for path in tmp_path.iterdir()] == ["log"]


FAULTS = [
    ("id", "q1", "line 2: id: must be an id of the log, not 'q1'"),
    ("utc", "yesterday", "line 2: utc: must be a time like"),
    ("item_version", "two", "line 2: item_version: must be a whole number, not 'two'"),
    ("seq", -1, "line 2: seq: must be a whole number"),
    ("payload", [1], "line 2: payload: must be an object"),
    ("kind", "", "line 2: kind: must be text"),
    ("item_id", "\ud800", "line 2: item_id: must be text"),
    ("seq", ["x" * 999] * 99, "line 2: seq: must be a whole number"),
    ("name", "Ada", "line 2: name: is not a field of an entry"),
]


@pytest.mark.parametrize(("field", "value", "problem"), FAULTS, ids=[f[0] for f in FAULTS])
def test_a_bad_field_is_named_and_nothing_is_imported(
    log: Log, tmp_path: Path, field: str, value: object, problem: str
) -> None:
    source = tmp_path / "mine.jsonl"
    report.export(log, source)
    lines = source.read_text().splitlines()
    lines[1] = json.dumps(json.loads(lines[1]) | {field: value})
    source.write_text("\n".join(lines))
    other = Log(tmp_path / "other")
    with pytest.raises(ProgressError) as error:
        report.import_(other, source)
    assert str(error.value).startswith(f"mine.jsonl: {problem}")
    assert len(str(error.value)) < 300
    assert other.events() == []


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("a.jsonl", "{}", "a.jsonl: line 1: id: is missing"),
        ("a.jsonl", "\n[1]", "a.jsonl: line 2: must be an object"),
        ("a.jsonl", "{", "a.jsonl: line 1: is not JSON"),
        ("a.jsonl", '{"payload": {"dose": NaN}}', "a.jsonl: line 1: is not JSON"),
        ("a.csv", 'id,"utc', "a.csv: line 1: is not CSV"),
        ("a.csv", "id,utc\n", "a.csv: line 1: the columns must be id, session"),
        ("a.csv", "", "a.csv: line 1: the columns must be id, session"),
        ("a.txt", "", "must end in .jsonl"),
    ],
)
def test_a_file_that_is_no_export_is_refused(
    log: Log, tmp_path: Path, name: str, content: str, problem: str
) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(ProgressError) as error:
        report.import_(log, tmp_path / name)
    assert problem in str(error.value)
    assert len(log.events()) == 5


def test_a_bad_cell_of_a_csv_is_named(log: Log, tmp_path: Path) -> None:
    source = tmp_path / "mine.csv"
    report.export(log, source)
    rows = list(csv.reader(source.read_text().splitlines()))
    rows[3][rows[0].index("seq")] = "third"
    with source.open("w", newline="") as file:
        csv.writer(file).writerows(rows)
    with pytest.raises(ProgressError, match=r"mine\.csv: line 4: seq: must be a whole number"):
        report.import_(Log(tmp_path / "other"), source)


def test_the_same_id_with_other_content_is_refused(log: Log, tmp_path: Path) -> None:
    source = tmp_path / "mine.jsonl"
    report.export(log, source)
    source.write_text(source.read_text().replace('"correct": false', '"correct": true'))
    with pytest.raises(ProgressError, match=r"line 1: id: .* belongs to an entry with other"):
        report.import_(log, source)


def test_a_missing_file_is_said_so(log: Log, tmp_path: Path) -> None:
    with pytest.raises(ProgressError, match=r"none\.csv cannot be read: No such file"):
        report.import_(log, tmp_path / "none.csv")


def test_nothing_is_deleted_without_confirmation(log: Log) -> None:
    before = log.events()
    said = report.delete(log, confirmed=False)
    assert said.startswith("This would delete 5 entries")
    assert said.endswith("Nothing has been deleted.")
    assert log.events() == before


def test_a_file_in_the_place_of_the_backups_does_not_stop_deleting(tmp_path: Path) -> None:
    (tmp_path / "backups").write_text("not ours")
    log = Log(tmp_path)
    log.append("answered", "q01-a", 1, answer("01", True))
    assert report.delete(log, confirmed=True).startswith("Deleted 1 entry")
    assert (log.folder / "backups").read_text() == "not ours"


def test_a_damaged_lock_is_told_with_its_remedy(tmp_path: Path) -> None:
    (tmp_path / "progress.lock").write_text("no database " * 99)
    with pytest.raises(ProgressError, match=r"progress\.lock is damaged.*delete it"):
        Log(tmp_path)


def test_deleting_takes_every_copy_and_leaves_the_files_of_others(tmp_path: Path) -> None:
    def network(folder: Path) -> str:
        return "nfs4"

    first = Log(tmp_path, detect=network)
    for _ in range(2):
        first.append("answered", "q01-a", 1, answer("01", True))
    (tmp_path / "progress.sqlite3").write_bytes(b"rubbish" * 1000)
    (tmp_path / "thesis.txt").write_text("years of work")
    log = Log(tmp_path, detect=network)
    said = report.delete(log, confirmed=True)
    assert said.startswith("Deleted 2 entries")
    assert "1 backup, " in said
    left = {path.name for path in tmp_path.rglob("*")}
    assert left == {"thesis.txt", "progress.lock"}
    assert (tmp_path / "progress.lock").stat().st_size == 0
    assert log.events() == []
    log.append("answered", "q01-a", 1, answer("01", True))
    assert len(Log(tmp_path).events()) == 1
