"""``poems class sheet`` and ``angoff``: the sheet, the cut score and its interval, bad sheets."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from statistics import mean, stdev

import pytest

from poems_course import cli
from poems_course.classroom.angoff import cut_score
from poems_course.classroom.angoff_sheet import Ratings, read_sheets
from poems_course.classroom.answers import Item
from poems_course.questions.bank import questions
from tests.test_cli import fail

ITEMS = tuple(Item(f"q01-{name}", 1) for name in "abcd")
JUDGED = {"j1": (60, 70, 80, 90), "j2": (50, 60, 70, 80), "j3": (55, 75, 60, 90)}


def ratings(judged: dict[str, tuple[float | None, ...]]) -> Ratings:
    own = {
        judge: {i: v for i, v in zip(ITEMS, values, strict=True) if v is not None}
        for judge, values in judged.items()
    }
    return Ratings(ITEMS, own)


def sheet(path: Path, *lines: str) -> Path:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def test_the_cut_score_is_what_a_hand_computes() -> None:
    cut = cut_score(ratings(dict(JUDGED)))
    cuts = [mean(values) for values in JUDGED.values()]
    assert cut.cut == pytest.approx(mean(cuts))
    assert [judge.cut for judge in cut.judges] == pytest.approx(cuts)
    half = 4.302653 * stdev(cuts) / 3**0.5  # Student's t with two degrees of freedom
    assert cut.interval == pytest.approx((mean(cuts) - half, mean(cuts) + half), abs=1e-4)
    assert cut.points == pytest.approx(2.8)
    assert cut.pass_from == 3
    assert (cut.items[0].mean, cut.items[0].least, cut.items[0].greatest) == (55, 50, 60)


def test_a_judge_who_leaves_the_easy_questions_open_is_not_called_strict() -> None:
    """The third judge agrees with the others and rated the two hard ones only."""
    cut = cut_score(
        ratings({"j1": (30, 40, 90, 90), "j2": (30, 40, 90, 90), "j3": (30, 40, None, None)})
    )
    assert [judge.cut for judge in cut.judges] == pytest.approx([62.5] * 3)
    assert cut.missing == 2


def test_one_judge_has_no_interval() -> None:
    assert cut_score(ratings({"j1": (60, 70, 80, 90)})).interval is None


def test_whole_points_pass_at_the_cut() -> None:
    assert cut_score(ratings({"j1": (50, 50, 50, 50), "j2": (50, 50, 50, 50)})).pass_from == 2


def test_a_sheet_goes_round(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Written for lesson 01, filled in by two judges, read, computed."""
    assert cli.main(["class", "sheet", "--lesson", "01", "--out", str(tmp_path)]) == 0
    assert "only just deserves to pass" in capsys.readouterr().out
    path = tmp_path / "angoff-sheet.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["item"] for row in rows] == [item.id for item in questions("01")]
    assert all(row["question"] and row["answer"] for row in rows)
    for at, row in enumerate(rows):
        row["judge-1"], row["judge-2"] = str(40 + at), f"{50 + at} %"
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, rows[0])
        table.writeheader()
        table.writerows(rows)
    out = tmp_path / "out"
    assert cli.main(["class", "angoff", str(path), "--out", str(out), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["cut_percent"] == pytest.approx(45 + (len(rows) - 1) / 2)
    page = (out / "cut_score.html").read_text(encoding="utf-8")
    assert "A cut score is a decision of people" in page
    assert "judge-3" not in page
    names = {path.name for path in out.iterdir()}
    assert names == {"cut_score.html", "cut_score.csv", "cut_judges.csv", "cut_items.csv"}


def test_a_sheet_never_overwrites_one_that_may_hold_ratings(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "angoff-sheet.csv").write_text("ratings")
    said = fail(capsys, "class", "sheet", "--lesson", "01", "--out", str(tmp_path))
    assert "exists already and may hold ratings" in said
    assert (tmp_path / "angoff-sheet.csv").read_text() == "ratings"


def test_copies_of_several_judges_are_put_together(tmp_path: Path) -> None:
    one = sheet(tmp_path / "ada.csv", "item,judge-1", "q01-a,60", "q01-b,70")
    two = sheet(tmp_path / "ben.csv", "item,version,judge-1", "q01-a,1,50", "q01-b,1,")
    read = read_sheets([one, two])
    assert list(read.of) == ["ada: judge-1", "ben: judge-1"]
    assert cut_score(read).missing == 1


# The standard error of measurement beside the cut.
def report_and_cut(tmp_path: Path, capsys: pytest.CaptureFixture[str], items: str) -> str:
    lines = [f"l{n}," + ",".join(str(int(n % 7 > at)) for at in range(4)) for n in range(30)]
    table = sheet(tmp_path / "class.csv", "learner,q01-a,q01-b,q01-c,q01-d", *lines)
    out = str(tmp_path / "out")
    assert cli.main(["class", "report", str(table), "--out", out]) == 0
    rated = [f"q01-{name},{60 + at},{70 - at}" for at, name in enumerate(items)]
    ratings = sheet(tmp_path / "sheet.csv", "item,judge-1,judge-2", *rated)
    assert cli.main(["class", "angoff", str(ratings), "--out", out]) == 0
    return capsys.readouterr().out


def test_a_report_in_the_folder_gives_the_standard_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = report_and_cut(tmp_path, capsys, "abcd")
    assert "The standard error of measurement, from the class report of 30 learners" in said
    assert "cannot be told from the cut" in said


def test_a_report_on_other_questions_gives_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = report_and_cut(tmp_path, capsys, "abc")
    assert "is on other questions (or versions) than the sheet" in said


# Planted faults.
@pytest.mark.parametrize(
    ("lines", "part"),
    [
        (
            ["item,judge-1", "q01-a,x"],
            "q01-a: judge-1: must be a percentage from 0 to 100, not",
        ),
        (["item,judge-1", "q01-a,101"], "q01-a: judge-1: must be a percentage from 0 to 100"),
        (["item,judge-1", "q01-a,-5"], "q01-a: judge-1: must be a percentage from 0 to 100"),
        (["item,judge-1", "q01-a,0.7", "q01-b,0.8"], "judge-1: no rating is above 1: write perc"),
        (["item,judge-1", "q01-a,"], "no judge has rated anything yet"),
        (["item,judge-1,mark", "q01-a,60,3"], "line 1: mark: is no column of a sheet"),
        (["id,judge-1", "q01-a,60"], "line 1: id: is no column of a sheet"),
        (["item,question", "q01-a,Why?"], "line 1: judge-1: this column is missing"),
        (["judge-1", "60"], "line 1: item: this column is missing"),
        (["item,judge-1,judge-1", "q01-a,6,7"], "two columns have the same name"),
        (["item,judge-1", "q01-a,60", "q01-a,70"], "q01-a: item: stands in this sheet twice"),
        (["item,judge-1", ",60"], "item: is empty in a row that is not"),
        (["item,version,judge-1", "q01-a,two,60"], "q01-a: version: must be a whole number"),
        (["item,judge-1", "q01-a"], "line 2: has 1 columns, not 2 as line 1; is the file whole?"),
        ([], "is empty"),
    ],
)
def test_a_bad_sheet_is_one_line(
    lines: list[str], part: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = sheet(tmp_path / "sheet.csv", *lines)
    said = fail(capsys, "class", "angoff", str(path), "--out", str(tmp_path / "out"))
    assert "sheet.csv: " in said
    assert part in said
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["angoff"], "class angoff needs a FILE"),
        (["report"], "class report needs a FILE"),
        (["sheet", "x.csv"], "class sheet takes no FILE"),
        (["angoff", "none.csv"], "none.csv: cannot be read"),
        (["angoff", "x.csv", "--lesson", "01"], "takes no --lesson"),
        (["angoff", "x.csv", "--attempts", "last"], "takes no --attempts"),
        (["sheet", "--mode", "lesson"], "takes no --mode"),
        (["sheet", "--lesson", "77"], "no questions for lesson '77'"),
    ],
)
def test_a_wrong_call_is_one_line(
    words: list[str], part: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert part in fail(capsys, "class", *words, "--out", str(tmp_path / "out"))
