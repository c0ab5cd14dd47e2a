"""The verbs: what they print, their exit codes, and one clear line for every mistake."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from poems_course import arguments, cli, verbs
from poems_course.content import PoemsError

FORM = {"polyneuropathy": True, "monoclonal_plasma_cells": True}


def poems(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """The verbs as a process of their own."""
    command = [sys.executable, "-m", "poems_course", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)


def fail(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The one line on stderr of a call that must end with code 2 and print nothing else."""
    try:
        code: Any = cli.main(arguments)
    except SystemExit as stop:
        code = stop.code
    said = capsys.readouterr()
    assert (code, said.out) == (2, "")
    assert said.err.startswith("poems: ")
    assert said.err.count("\n") == 1
    return said.err


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["lap"], "there is no verb 'lap'; did you mean lab?"),
        (["zzz"], f"there are {', '.join(arguments.VERBS)}"),
        (["--jsn"], "required: VERB"),
        (["check", "--jsn"], "unrecognized arguments: --jsn"),
        (["lab", "--port", "http"], "'http' is not a port"),
        (["lab", "--port", "0"], "'0' is not a port"),
        (["lab", "--port", "65536"], "'65536' is not a port"),
        (["diagnose"], "required: FILE"),
        (["diagnose", "none.json"], "none.json"),
        (["progress", "burn"], "invalid choice: 'burn'"),
        (["progress", "export"], "progress export needs a FILE"),
        (["progress", "show", "x.csv"], "progress show takes no FILE"),
        (["progress", "export", "x.doc"], "must end in .jsonl"),
        (["progress", "import", "none.jsonl"], "none.jsonl cannot be read"),
        (["progress", "delete"], "Nothing has been deleted. Add --yes"),
        (["html"], "required: --out"),
        (["html", "77", "--out", "pages"], "there is no lesson '77'"),
        (["html", "0", "--out", "pages"], "there is no lesson '0'"),
        (["check", "--notebooks", "none"], "none is not a folder"),
        (["check", "--notebooks", "."], "holds no notebook"),
        (["notebooks", "--notebooks", "."], "no notebook"),
    ],
)
def test_a_mistake_gets_one_line_and_code_2(
    arguments: list[str],
    part: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert part in fail(capsys, *arguments)


def test_a_home_that_is_not_there_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("POEMS_PROGRESS", "~nobody-of-that-name/poems")
    assert "POEMS_PROGRESS" in fail(capsys, "progress")


def test_a_wrong_field_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form = tmp_path / "form.json"
    form.write_text(json.dumps({**FORM, "splenomegally": True}), encoding="utf-8")
    assert "splenomegally" in fail(capsys, "diagnose", str(form))


def test_diagnose_prints_text_or_data(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form = tmp_path / "form.json"
    form.write_text(json.dumps(FORM), encoding="utf-8")
    assert cli.main(["diagnose", str(form)]) == 0
    assert "undetermined" in capsys.readouterr().out
    assert cli.main(["diagnose", str(form), "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert set(data) == {"dispenzieri", "suichi_2019", "mayo_2003", "japan_ministry"}


def test_progress_is_shown_exported_and_deleted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["progress"]) == 0
    assert "Nothing is stored yet" in capsys.readouterr().out
    for words in (["show"], ["export", str(tmp_path / "all.csv")], ["delete", "--yes"]):
        assert cli.main(["progress", *words, "--json"]) == 0
        assert json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("action", ["export", "import"])
def test_a_damaged_log_is_reported_by_the_verb_that_finds_it(
    action: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POEMS_PROGRESS", str(tmp_path))
    (tmp_path / "progress.sqlite3").write_text("no database " * 99)
    (tmp_path / "import.jsonl").write_text("")
    assert cli.main(["progress", action, str(tmp_path / f"{action}.jsonl")]) == 0
    assert "Note: progress.sqlite3 is damaged" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "--notebooks", "x" * 300],
        ["notebooks", "--notebooks", "x" * 300],
        ["progress", "export", "x" * 300 + ".csv"],
        ["progress", "export", "x" * 248 + ".csv"],
        ["progress", "export", "file/all.csv"],
    ],
)
def test_a_path_that_cannot_be_used_is_named(
    arguments: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").touch()
    assert arguments[-1] in fail(capsys, *arguments)


def test_a_report_that_cannot_be_printed_is_no_fault_of_the_course(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(read: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setitem(verbs.RUN, "check", full)
    assert fail(capsys, "check") == "poems: No space left on device\n"


def test_without_an_output_a_verb_still_ends_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    assert cli.main(["progress"]) == 0


def test_check_tells_findings_by_its_code(capsys: pytest.CaptureFixture[str]) -> None:
    wrong = Path(__file__).parent / "fixtures" / "notebooks"
    assert cli.main(["check", "--notebooks", str(wrong), "--json"]) == 1
    data = json.loads(capsys.readouterr().out)
    assert {"file", "cell", "excerpt", "problem"} == set(data["findings"][0])


def test_without_a_verb_the_verbs_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        cli.main([])
    assert stop.value.code == 0
    shown = capsys.readouterr().out
    assert [verb for verb in arguments.VERBS if verb not in shown] == []


def test_a_fault_of_the_course_is_one_line_and_code_3(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(read: object) -> int:
        raise ZeroDivisionError("two\nlines")

    monkeypatch.setitem(verbs.RUN, "check", broken)
    monkeypatch.delenv("POEMS_DEBUG", raising=False)
    assert cli.main(["check"]) == 3
    line = capsys.readouterr().err
    assert line.startswith("poems: a fault of the course, please report it: ZeroDivisionError")
    assert line.count("\n") == 1
    monkeypatch.setenv("POEMS_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        cli.main(["check"])


def test_a_reader_that_leaves_early_is_no_error() -> None:
    command = [sys.executable, "-m", "poems_course", "check", "--json"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        run.stdout.close()
        assert run.stderr.read() == ""


def test_what_is_printed_is_utf_8_whatever_the_console(tmp_path: Path) -> None:
    form = tmp_path / "form.json"
    form.write_text(json.dumps({"münster": True}), encoding="utf-8")
    narrow = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = poems("diagnose", str(form), env=narrow, encoding="utf-8")
    assert done.returncode == 2
    assert "münster" in done.stderr


def test_help_needs_nothing_installed() -> None:
    """The launcher reads the arguments before it sets up: only the standard library is there."""
    home = Path(cli.__file__).parents[1]
    bare = [sys.executable, "-I", "-S", "-c"]
    code = f"import sys; sys.path.insert(0, {str(home)!r}); "
    code += "from poems_course.arguments import parse; parse(['--help'])"
    done = subprocess.run([*bare, code], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_rest_is_passed_on() -> None:
    assert arguments.parse(["test", "-k", "ledger", "--", "x"]).rest == ["-k", "ledger", "--", "x"]
    read = arguments.parse(["lab", "--no-browser", "--", "--debug"])
    assert (read.no_browser, read.rest) == (True, ["--debug"])


def test_a_port_in_use_is_told() -> None:
    import socket

    from poems_course import lab

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(PoemsError, match="is in use"):
            lab.run(taken.getsockname()[1], browser=False)
