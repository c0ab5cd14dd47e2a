"""``poems export``: whole or not at all, nothing dropped in silence, and what is secret told."""

from __future__ import annotations

import base64
import csv
import io
import json
import os
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from poems_course import arguments, cli
from poems_course.content import PoemsError
from poems_course.document import write_whole
from poems_course.questions import Question, grade, order, questions
from poems_course.questions.exports import sheet
from poems_course.questions.exports.shown import choices, labels, number
from poems_course.questions.exports.spreadsheet import COLUMNS, write
from poems_course.questions.exports.verb import FORMATS, run
from poems_course.questions.scoring import Outcome
from tests.exported import BANKS, FIXTURES, flat, lost
from tests.test_cli import fail
from tests.test_questions_verb import bank_with

HOME = Path(__file__).resolve().parent.parent
FORMAT_NAMES = sorted(FORMATS)
EVERY = [item for bank in BANKS.values() for item in bank]


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def by_id(id: str) -> Question:
    return next(item for item in EVERY if item.id == id)


def test_every_format_has_its_word() -> None:
    assert tuple(FORMATS) == arguments.FORMATS


@pytest.mark.parametrize("name", FORMAT_NAMES)
def test_a_lesson_is_written_and_what_is_lost_is_told(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "bank.out"
    call = ["export", "--format", name, "--lesson", "01", "--out", str(out)]
    assert cli.main(call) == 0
    said = capsys.readouterr()
    count = len(questions("01"))
    assert said.out.startswith(f"{count} questions written to {out} (")
    assert f"{count} public, so for practice only" in said.out
    assert FORMATS[name].checked in said.out
    lines = said.err.splitlines()
    assert lines == [f"poems: {line}" for line in FORMATS[name].lost(questions("01"))]
    assert len(lines) == len(set(lines)) > 0
    assert list(tmp_path.iterdir()) == [out]
    assert cli.main([*call, "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["questions"] == sum(data["types"].values()) == count
    assert [f"poems: {line}" for line in data["lost"]] == lines


def test_without_a_name_the_file_is_called_after_its_format(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in FORMAT_NAMES:
        assert cli.main(["export", "--format", name, "--lesson", "01"]) == 0
    capsys.readouterr()
    files = {path.name for path in tmp_path.iterdir()}
    assert files == {f"poems-{name}{FORMATS[name].ending}" for name in FORMAT_NAMES}
    said = (HOME / "docs" / "exports.md").read_text(encoding="utf-8")
    for name in FORMAT_NAMES:
        assert f"| `{name}` | {FORMATS[name].ending} |" in said


@pytest.mark.parametrize("name", sorted(set(FORMAT_NAMES) - {"anki"}))
def test_the_same_bank_gives_the_same_file(name: str) -> None:
    """But for Anki, which is told when a note was changed."""
    write = FORMATS[name].write
    assert write(BANKS["good"]) == write(BANKS["good"])


def test_the_lines_count_what_they_say() -> None:
    (line,) = FORMATS["csv"].lost([by_id("q01-false-alarms"), by_id("q01-fukase")])
    assert line.startswith("csv: 1 single: no picture in a cell: the drawing is an address")
    assert FORMATS["csv"].lost([by_id("q01-fukase")]) == []
    lines = FORMATS["gift"].lost(BANKS["good"])
    assert "gift: 2 numeric: the unit stands in the question and is not asked for" in lines


@pytest.mark.parametrize("item", EVERY, ids=lambda item: item.id)
def test_credit_is_what_the_course_itself_gives(item: Question) -> None:
    if item.type not in ("single", "multiple", "concordance"):
        return
    shown = choices(item)
    assert [choice.text for choice in shown] == [item.options[at].text for at in order(item)]
    for at, choice in enumerate(shown):
        outcome = grade(item, [at] if item.type == "multiple" else at)
        assert isinstance(outcome, Outcome)
        assert max(0.0, choice.credit) == pytest.approx(outcome.score)
    if item.type == "multiple":
        assert sum(max(0.0, choice.credit) for choice in shown) == pytest.approx(1)
        assert sum(choice.credit for choice in shown) == pytest.approx(0)


@pytest.mark.parametrize("item", [item for item in EVERY if item.figure], ids=lambda item: item.id)
def test_where_no_file_can_lie_beside_it_the_drawing_stands_in_the_text(item: Question) -> None:
    image = sheet.picture(item)
    assert image is not None
    gift = FORMATS["gift"].write([item]).decode().replace("\\", "")
    cells = {row["drawing"] for row in rows_of(FORMATS["csv"].write([item]))}
    for text in (gift, *cells):
        (code,) = re.findall(r"data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)", text)
        assert base64.b64decode(code).decode() == image.svg
    assert all(len(cell) < 32_768 for cell in cells)  # what a cell of Excel holds


@pytest.mark.parametrize("item", [item for item in EVERY if item.figure], ids=lambda item: item.id)
def test_a_drawing_comes_with_its_words_and_without_its_reading(item: Question) -> None:
    from xml.etree import ElementTree

    image = sheet.picture(item)
    assert image is not None
    ElementTree.fromstring(image.svg)
    reading = sheet.explanation(item)["reading"]
    asked = sheet.asked(item, "images/")
    assert reading not in image.svg
    assert f'src="images/{item.id}.svg"' in asked
    assert "<table>" in asked
    assert sheet.line(reading) not in asked
    assert sheet.line(reading) in sheet.told(item, remarks=False)
    assert f'src="{image.inside()}"' in sheet.asked(item, None)
    ElementTree.fromstring(f"<div>{asked}{sheet.told(item, remarks=True)}</div>")


def test_numbers_are_plain() -> None:
    assert [number(n) for n in (100, 0.05, -2.5, 1e6, 0.1 + 0.2, -0.0)] == [
        "100", "0.05", "-2.5", "1000000", "0.3", "0",
    ]  # fmt: skip


# CSV.
@pytest.mark.parametrize("bank", BANKS)
def test_the_table_holds_all_but_the_words_of_the_drawing(bank: str) -> None:
    rows = rows_of(write(BANKS[bank]))
    assert tuple(rows[0]) == COLUMNS
    cells = flat(" ".join(value for row in rows for value in row.values()))
    allowed = ("drawing", "label", *(["option"] if bank == "private" else []))
    assert lost(cells, BANKS[bank], *allowed) == []
    for item in BANKS[bank]:
        own = [row for row in rows if row["item"] == item.id]
        assert len(own) == (3 if item.type == "numeric" else len(item.options))
        assert {row["tags"] for row in own} == {"; ".join(item.tags)}
        if item.type == "single":
            assert [row["text"] for row in own if row["credit"] == "1"] in (
                [item.options[item.keys[0]].text],
                [f"'{item.options[item.keys[0]].text}"],
            )
        if item.type == "ordering":
            assert sorted(int(row["right_place"]) for row in own) == [
                *range(1, len(item.options) + 1)
            ]


def test_the_table_is_read_by_excel_as_utf8_and_never_as_a_formula() -> None:
    content = write(BANKS["private"])
    assert content.startswith(b"\xef\xbb\xbf")
    cells = [row["text"] for row in rows_of(content) if row["item"] == "x20-odd-note"]
    assert sorted(cells) == [
        "'+ganglioside antibodies #2",
        "'-1 to +1: a nerve biopsy",
        "'=immunofixation of serum",
        "'@genetic panel -> all genes",
    ]
    item = replace(by_id("q01-likelihood"), answer=-2.5, unit=" =1+1")
    row = rows_of(write([item]))[0]
    assert (row["answer"], row["unit"]) == ("-2.5", "' =1+1")


# A bank of one's own.
def test_a_private_bank_outside_the_repository_is_listed_linted_and_exported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bank = tmp_path / "faculty"
    shutil.copytree(FIXTURES / "private", bank)
    assert cli.main(["questions", "list", "--bank", str(bank), "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert {item["pool"] for item in listed} == {"private"}
    assert cli.main(["questions", "lint", "--bank", str(bank)]) == 0
    assert "0 errors" in capsys.readouterr().out
    for name in FORMAT_NAMES:
        done = run(name, str(tmp_path / f"exam.{name}"), None, str(bank))
        assert done.data["pools"] == {"private": 3}
        assert "3 private: keep the file where learners cannot read it" in done.text
        assert "public" not in done.text
    assert "private" in labels(BANKS["private"][0])


def test_secrecy_is_told_by_help_and_by_the_page_for_teachers(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as stop:
        cli.main(["export", "--help"])
    assert stop.value.code == 0
    page = (HOME / "docs" / "exports.md").read_text(encoding="utf-8")
    for text in (capsys.readouterr().out, page):
        for level in ("study", "class practice", "server-marked", "examination", "--bank"):
            assert level in text.lower()
    for name in FORMAT_NAMES:
        assert FORMATS[name].title in page
        assert FORMATS[name].checked in flat(page)


# Bad input: one line that names file, entry and field; nothing is written.
def refused(capsys: pytest.CaptureFixture[str], out: Path, *more: str) -> str:
    said = fail(capsys, "export", "--format", "csv", "--out", str(out), *more)
    assert not out.exists() or out.is_dir()
    return said


def test_an_item_with_two_keys_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    bank = bank_with(tmp_path / "bank", "refused_two_keys")
    said = refused(capsys, tmp_path / "out.csv", "--bank", str(bank))
    assert (
        "01.toml: q01-bad: options: a single choice has exactly one correct option, not 2" in said
    )


@pytest.mark.parametrize(
    ("fault", "part"),
    [
        ("bad_references", "01.toml: q01-bad: references: there is no reference"),
        ("bad_figure", "01.toml: q01-bad: figure: "),
    ],
)
def test_what_an_item_needs_and_lacks_is_named(
    fault: str, part: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    bank = bank_with(tmp_path / "bank", fault)
    assert part in refused(capsys, tmp_path / "out.csv", "--bank", str(bank))


def test_a_folder_that_is_no_bank_is_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        said = refused(capsys, tmp_path / "out.csv", "--bank", str(folder))
        assert f"{folder} holds no bank" in said
    (tmp_path / "07.toml").write_text("[broken", encoding="utf-8")
    said = refused(capsys, tmp_path / "out.csv", "--bank", str(tmp_path))
    assert "07.toml: is not valid TOML" in said


def test_a_lesson_or_a_format_that_is_not_there_is_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert "no questions for lesson '77'" in refused(capsys, tmp_path / "x", "--lesson", "77")
    said = fail(capsys, "export", "--format", "scorm", "--out", str(tmp_path / "x"))
    assert "invalid choice: 'scorm'" in said


def test_a_file_that_cannot_be_written_is_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    said = refused(capsys, tmp_path / "nowhere" / "out.csv", "--lesson", "01")
    assert "out.csv cannot be written: No such file or directory" in said
    (tmp_path / "folder").mkdir()
    assert "folder cannot be written" in refused(capsys, tmp_path / "folder", "--lesson", "01")
    assert list(tmp_path.rglob("*")) == [tmp_path / "folder"]


def test_the_old_file_stays_where_the_new_one_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "bank.csv"
    out.write_bytes(b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(PoemsError, match="bank.csv cannot be written: No space left"):
        write_whole(out, b"new")
    assert out.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [out]
