"""``poems class report``: what a teacher reads in the page and in the files."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from poems_course import cli
from poems_course.classroom.distractors import suppressed
from poems_course.classroom.report import rounded
from poems_course.questions.bank import question
from tests.classes import SEEN, class_of, made, rows, table


def test_a_table_from_an_excel_that_parts_by_semicolons_says_the_same(tmp_path: Path) -> None:
    lines = ["learner,q05-albumin,other", *(f"l{at},{at % 2},{at % 3 // 2}" for at in range(9))]
    found = []
    for separator in ",;":
        path = table(tmp_path, *(line.replace(",", separator) for line in lines))
        out = made(tmp_path, path)
        found.append([(out / name).read_bytes() for name in ("items.csv", "class.csv")])
    assert found[0] == found[1]


def test_without_a_name_the_report_goes_to_a_folder_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class_of(tmp_path / "class", 6)
    monkeypatch.chdir(tmp_path)
    for _ in range(2):  # where it stands among the answers, it is not read as some of them
        assert cli.main(["class", "report", "class"]) == 0
    assert (tmp_path / "class-report" / "report.html").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["class", "class-report"]


def test_files_and_page_are_written_and_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = made(tmp_path, class_of(tmp_path / "class", 40))
    names = {path.name for path in out.iterdir()}
    assert names == {"report.html", "class.csv", "items.csv", "choices.csv", "rasch.csv"}
    said = capsys.readouterr().out
    assert all(str(out / name) in said for name in names)


def test_what_was_chosen_has_the_words_of_the_bank(tmp_path: Path) -> None:
    out = made(tmp_path, class_of(tmp_path / "class", 80))
    item = question(SEEN[0])
    found = [row for row in rows(out / "choices.csv") if row["item"] == item.id]
    assert {row["choice"] for row in found} == {option.text for option in item.options}
    keys = {row["choice"] for row in found if row["right"] == "yes"}
    assert keys == {item.options[item.keys[0]].text}
    whole = [row for row in found if row["group"] == "all" and row["learners"]]
    assert sum(int(row["learners"]) for row in whole) <= 80
    assert {row["group"] for row in found} == {"lower third", "middle third", "upper third", "all"}
    page = (out / "report.html").read_text(encoding="utf-8")
    assert item.options[0].text.split("&")[0] in page


def test_versions_of_an_item_are_apart_in_the_files(tmp_path: Path) -> None:
    lines = [f"l{n},{n % 2},{(n + 1) % 2}" for n in range(10)]
    out = made(tmp_path, table(tmp_path, "learner,q01-a,q01-a@2", *lines))
    assert [(row["item"], row["version"]) for row in rows(out / "items.csv")] == [
        ("q01-a", "1"),
        ("q01-a", "2"),
    ]


def test_a_cell_is_no_formula_for_a_spreadsheet(tmp_path: Path) -> None:
    lines = [f"l{n},{('=1+1', 'B')[n % 2]},{n % 2}" for n in range(12)]
    out = made(tmp_path, table(tmp_path, "learner,x,y", "key,B,1", *lines))
    assert "'=1+1" in (out / "choices.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.126, "0.13"), (-0.126, "\N{MINUS SIGN}0.13"), (-0.004, "0.00"), (0.0, "0.00")],
)
def test_a_number_has_a_true_minus_and_no_minus_before_nought(value: float, text: str) -> None:
    assert rounded(value) == text


# Cells under five.
def test_small_numbers_are_hidden_and_cannot_be_subtracted() -> None:
    counts = np.array([[10, 12, 14], [3, 6, 7], [0, 8, 9]])
    shown = suppressed(counts, counts.sum(axis=1))
    assert shown[1][0] is None
    for line in (*shown, *zip(*shown, strict=True)):
        gaps = [count for count in line if count is None]
        assert len(gaps) != 1, line
    assert not any(count in (1, 2, 3, 4) for row in shown for count in row)


@pytest.mark.parametrize("seed", range(30))
def test_no_gap_of_any_table_can_be_filled(seed: int) -> None:
    random = np.random.default_rng(seed)
    counts = random.poisson(random.choice([2, 6, 20]), (random.integers(2, 6), 3))
    shown = suppressed(counts, counts.sum(axis=1))
    for line in (*shown, *zip(*shown, strict=True)):
        assert sum(count is None for count in line) != 1
    assert not any(count in (1, 2, 3, 4) for row in shown for count in row)


def test_no_file_or_page_shows_a_number_under_five(tmp_path: Path) -> None:
    out = made(tmp_path, class_of(tmp_path / "class", 20))
    counts = [row["learners"] for row in rows(out / "choices.csv")]
    assert "" in counts
    assert not any(count in ("1", "2", "3", "4") for count in counts)
    page = (out / "report.html").read_text(encoding="utf-8")
    chosen = page[page.index("What was chosen") :]
    assert not re.search(r'<td class="number">[1-4]</td>', chosen)


def test_nobody_is_named(tmp_path: Path) -> None:
    out = made(tmp_path, class_of(tmp_path / "class", 35))
    for path in out.iterdir():
        assert "learner-1" not in path.read_text(encoding="utf-8")
