"""The verb data: what it says, its exit codes, and its report."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from poems_course.cli import main
from poems_course.synthetic import BUILDERS, report, verb
from poems_course.synthetic.checks import Check, Outcome
from poems_course.synthetic.checks.registry import Graded

DATA = Path(__file__).parent.parent / "data"


def test_build_writes_every_table_and_tells_checksums(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["data", "build", "--out", str(tmp_path / "new"), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["seed"] == 2905
    assert told["synthetic"] is True
    assert [file["file"] for file in told["files"]] == [
        *(f"{name}.csv" for name in BUILDERS),
        "datapackage.json",
    ]
    for file in told["files"]:
        assert (tmp_path / "new" / file["file"]).read_bytes() == (DATA / file["file"]).read_bytes()
        assert len(file["sha256"]) == 64
    assert sorted(p.name for p in (tmp_path / "new").iterdir()) == sorted(
        file["file"] for file in told["files"]
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["build", "--seed", "x"], "--seed"),
        (["build", "--seed", "-1"], "the seed must lie between"),
        (["build", "--patients", "3", "--out", "OUT"], "--patients must lie between"),
        (["build", "--patients", "600"], "--patients needs --out"),
        (["build", "--columns", "sex"], "--columns needs --patients"),
        (["build", "--patients", "60", "--columns", "sx", "--out", "OUT"], "no column 'sx'"),
        (["build", "--data", "OUT"], "data build takes no --data"),
        (["check", "--seed", "1"], "data check takes no --seed"),
        (["check", "--data", "OUT/nowhere"], "there is no such folder"),
        (["build", "--out", "FILE/inside"], "cannot be written"),
        (["build", "--patients", "600", "--out", ""], "--out is empty"),
        (["check", "--data", ""], "--data is empty"),
        (["shuffle"], "invalid choice"),
    ],
)
def test_a_mistake_gets_one_line_and_changes_nothing(
    words: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("in the way")
    swapped = [
        word.replace("OUT", str(tmp_path / "out")).replace("FILE", str(tmp_path / "file"))
        for word in words
    ]
    try:
        code = main(["data", *swapped])
    except SystemExit as stop:
        code = int(stop.code or 0)
    told = capsys.readouterr()
    assert code == 2
    assert told.out == ""
    assert said in told.err
    assert len(told.err.splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_table_with_an_unknown_column_ends_the_check_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in BUILDERS:
        text = (DATA / f"{name}.csv").read_text(encoding="utf-8")
        (tmp_path / f"{name}.csv").write_text(text.replace("delay_months", "wait", 1), "utf-8")
    assert main(["data", "check", "--data", str(tmp_path)]) == 2
    assert "cohort.csv: unknown column 'wait'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda lines: lines[:1], "vegf_assays.csv: there are no rows"),
        (
            lambda lines: [f"{line},{line.split(',')[0]}" for line in lines],
            "vegf_assays.csv: a column stands twice in its first line",
        ),
    ],
)
def test_a_misshapen_table_ends_the_check_in_one_line(
    change: Callable[[list[str]], list[str]],
    said: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name in BUILDERS:
        shutil.copy(DATA / f"{name}.csv", tmp_path)
    path = tmp_path / "vegf_assays.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(change(lines)) + "\n", encoding="utf-8")
    assert main(["data", "check", "--data", str(tmp_path)]) == 2
    assert capsys.readouterr().err == f"poems: {said}\n"


@pytest.mark.parametrize("passed", [True, False])
def test_check_prints_every_grade_and_ends_with_1_on_failure(
    passed: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    one = Check("x", "calibration", "cohort", "what <this> is", "2", lambda t: Outcome("2", True))
    graded = [Graded(one, Outcome("3" if not passed else "2", passed))]
    monkeypatch.setattr(verb, "grade", lambda tables: graded)
    page = tmp_path / "report.html"
    code = main(["data", "check", "--json", "--report", str(page)])
    told = json.loads(capsys.readouterr().out)
    assert code == (0 if passed else 1)
    assert told["checks"][0]["passed"] is passed
    assert told["summary"]["calibration"] == {"checks": 1, "passed": int(passed)}
    text = page.read_text(encoding="utf-8")
    assert "what &lt;this&gt; is" in text
    assert text.count("<svg") >= 10
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")
    assert ("FAILED" in text.split("<tbody>")[1]) is not passed
    assert ("FAIL" in report.as_text(graded)) is not passed
