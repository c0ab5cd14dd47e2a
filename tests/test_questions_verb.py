"""``poems questions``: the bank as data, the lint with its tables, and mistakes in one line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from poems_course import cli
from poems_course.content import ContentError
from poems_course.questions import questions
from poems_course.questions.verb import run
from tests.test_cli import fail

FIXTURES = Path(__file__).parent / "fixtures" / "questions"


def data_of(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> Any:
    assert cli.main(["questions", *arguments, "--json"]) == code
    return json.loads(capsys.readouterr().out)


def bank_with(folder: Path, fault: str) -> Path:
    """A bank of one lesson, to which an item with a planted fault is added."""
    text = (FIXTURES / "good" / "01.toml").read_text(encoding="utf-8")
    planted = (FIXTURES / f"{fault}.toml").read_text(encoding="utf-8")
    folder.mkdir()
    (folder / "01.toml").write_text(f"{text}\n{planted}", encoding="utf-8")
    return folder


def test_the_list_holds_every_item_whole(capsys: pytest.CaptureFixture[str]) -> None:
    listed = data_of(capsys, "list")
    assert [item["id"] for item in listed] == [item.id for item in questions()]
    for item in listed:
        assert item["version"] >= 1
        assert item["objective"].startswith(item["lesson"])
        assert item["level"] in ("recall", "apply", "reason")
        assert item["facts"] or item["references"] or "course" in item["tags"]
        assert (item["type"] == "numeric") == (not item["options"])
        for option in item["options"]:
            assert option["feedback"]
            assert isinstance(option["correct"], bool)
        if item["type"] in ("single", "concordance"):
            assert sum(option["correct"] for option in item["options"]) == 1


def test_the_list_of_a_lesson_and_of_another_bank(capsys: pytest.CaptureFixture[str]) -> None:
    assert {item["lesson"] for item in data_of(capsys, "list", "--lesson", "09")} == {"09"}
    good = {item["id"]: item for item in data_of(capsys, "list", "--bank", str(FIXTURES / "good"))}
    ranks = good["q01-ranks"]["options"]
    assert [(option["prompt"], option["correct"]) for option in ranks] == [
        ("Polyneuropathy", True), ("Raised VEGF", True), ("Castleman disease", True),
        ("Papilloedema", True), (None, False),
    ]  # fmt: skip
    assert good["q01-false-alarms"]["figure"]["settings"]["cutoff"] == 100
    assert "You now find a small lambda band" in good["q01-lambda-band"]["stem"]
    assert good["q01-delay"]["answer"] == 15
    assert good["q01-steps"]["answer_text"].startswith("Two major criteria and one of seven minor")


def test_lint_passes_a_sound_bank_and_gives_its_tables(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = data_of(capsys, "lint", "--bank", str(FIXTURES / "good"))
    assert {finding["rule"] for finding in found["findings"]} == {"blueprint"}
    assert found["counts"] == [{"level": "warning", "rule": "blueprint", "findings": 13}]
    assert {score["strategy"] for score in found["robot"]} >= {"longest", "middle", "convergent"}
    assert all({"earned", "chance", "beats_chance"} <= set(score) for score in found["robot"])


def test_lint_fails_on_an_error_and_names_item_and_field(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    bank = bank_with(tmp_path / "bank", "bad_number-order")
    found = data_of(capsys, "lint", "--bank", str(bank), code=1)
    errors = [f for f in found["findings"] if f["level"] == "error"]
    assert [(f["file"], f["item"], f["field"], f["rule"]) for f in errors] == [
        ("01.toml", "q01-bad", "options", "number-order")
    ]


def test_lint_speaks_to_people_in_tables(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["questions", "lint", "--lesson", "01"]) == 0
    said = capsys.readouterr().out
    assert "09.toml" not in said
    for part in ("strategy", "longest", "chance (95 %)", "0 errors, "):
        assert part in said


def test_an_item_with_two_keys_is_one_line_and_code_2(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    bank = bank_with(tmp_path / "bank", "refused_two_keys")
    said = fail(capsys, "questions", "lint", "--bank", str(bank))
    assert (
        "01.toml: q01-bad: options: a single choice has exactly one correct option, not 2" in said
    )
    with pytest.raises(ContentError):
        run("list", bank=str(bank))


def test_a_private_bank_has_no_lesson_to_fill(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    text = (FIXTURES / "good" / "01.toml").read_text(encoding="utf-8")
    first = text.split("[q01-prevalence]")[0]
    (tmp_path / "01.toml").write_text(first, encoding="utf-8")
    found = data_of(capsys, "lint", "--bank", str(tmp_path), code=1)
    rules = {finding["rule"] for finding in found["findings"]}
    assert {"lesson-size", "objectives"} <= rules
    private = first.replace('place = "way-1"', 'place = "practice"\npool = "private"')
    (tmp_path / "01.toml").write_text(private, encoding="utf-8")
    found = data_of(capsys, "lint", "--bank", str(tmp_path))
    assert found["findings"] == []


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["questions"], "required: action"),
        (["questions", "lits"], "invalid choice: 'lits'"),
        (["questions", "list", "--lesson", "77"], "no questions for lesson '77'"),
        (["questions", "lint", "--bank", "none"], "none holds no bank"),
    ],
)
def test_a_mistake_gets_one_line(
    arguments: list[str], part: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert part in fail(capsys, *arguments)


def test_a_private_bank_is_not_held_to_the_course_but_may_not_take_its_ids(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (FIXTURES / "private" / "20.toml").read_text(encoding="utf-8")
    bank, taken = tmp_path / "20.toml", questions("05")[0].id
    bank.write_text(text, encoding="utf-8")
    found = data_of(capsys, "lint", "--bank", str(tmp_path))["findings"]
    assert not {"blueprint", "taken-id"} & {each["rule"] for each in found}
    bank.write_text(text.replace("[x20-odd-note]", f"[{taken}]"), encoding="utf-8")
    found = data_of(capsys, "lint", "--bank", str(tmp_path), code=1)["findings"]
    (told,) = [each for each in found if each["rule"] == "taken-id"]
    assert (told["item"], told["level"]) == (taken, "error")
