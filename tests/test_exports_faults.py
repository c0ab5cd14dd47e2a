"""Bad input to ``poems export``: one line that names file, entry and field; nothing is written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from poems_course.content import PoemsError
from poems_course.document import write_whole
from tests.test_cli import fail
from tests.test_questions_verb import bank_with


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
