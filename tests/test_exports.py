"""``poems export``: nothing dropped in silence, credit and drawings kept, secrecy told."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from poems_course import arguments, cli
from poems_course.questions import Question, grade, order, questions
from poems_course.questions.exports import sheet
from poems_course.questions.exports.shown import choices, labels, number
from poems_course.questions.exports.verb import FORMATS, run
from poems_course.questions.scoring import Outcome
from tests.exported import BANKS, EVERY, FIXTURES, by_id, flat

HOME = Path(__file__).resolve().parent.parent
FORMAT_NAMES = sorted(FORMATS)


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
