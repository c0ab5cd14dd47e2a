"""The schema refuses what cannot be graded; the bank is found by id and place; no key leaks."""

import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from poems_course.content import ContentError, PoemsError, read_entries
from poems_course.questions import (
    Question,
    grade,
    key_material,
    order,
    presentation,
    question,
    questions,
    read_bank,
)
from poems_course.questions import bank as bank_module
from poems_course.questions.figure import chart_of
from poems_course.questions.presentation import leading_number

FIXTURES = Path(__file__).parent / "fixtures" / "questions"
GOOD = read_bank(FIXTURES / "good")
EVERY = [*GOOD.values(), *questions()]
REFUSED = {
    "choice_with_answer": "answer: belongs to numeric questions only",
    "concordance_finding": "finding: a concordance question needs it",
    "concordance_no_key": "options: a concordance question has exactly one correct option, not 0",
    "concordance_steps": "these options, in this order: much less likely; less likely",
    "facts_text": "facts: must be a list",
    "figure_explorer": "figure.explorer: is missing",
    "figure_settings": "figure.settings.cutoff: must be",
    "level": "level: must be one of recall, apply, reason",
    "matching_decoy": "its text must be its own",
    "matching_key": "marks no option as correct",
    "matching_one_match": "at least two different matches",
    "matching_twice": "asks each prompt once",
    "matching_two": "at least three options with a prompt, not 2",
    "multiple_all_keys": "needs an option that is not correct",
    "multiple_no_key": "needs a correct option",
    "no_feedback": "options[2].feedback: is missing",
    "no_key": "options: a single choice has exactly one correct option, not 0",
    "numeric_answer": "answer: a numeric question needs it",
    "numeric_feedback": "feedback",
    "numeric_options": "has no options",
    "numeric_tolerance": "tolerance: a numeric question needs it",
    "numeric_unit": "unit: a numeric question needs it",
    "objective": "objective: must look like 01-1",
    "ordering_key": "marks no option as correct",
    "ordering_two": "at least three options, not 2",
    "place": "place: must be way-1",
    "prompt": "an option with a prompt belongs to matching",
    "thinking": "thinking: belongs to concordance questions only",
    "two_keys": "q01-bad: options: a single choice has exactly one correct option, not 2",
}


def bank_of(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name[1:]}.toml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def good_bank(monkeypatch):
    """The fixtures in place of the real bank."""
    monkeypatch.setattr(bank_module, "BANK", FIXTURES / "good")
    bank_module._bank.cache_clear()
    yield
    bank_module._bank.cache_clear()


@pytest.mark.parametrize("fault", REFUSED)
def test_an_item_that_cannot_be_graded_is_refused_in_one_line(fault):
    path = FIXTURES / f"refused_{fault}.toml"
    with pytest.raises(ContentError, match=re.escape(REFUSED[fault])) as caught:
        read_entries(path, Question)
    assert str(caught.value).startswith(f"{path.name}: q01-bad: ")
    assert "\n" not in str(caught.value)


def test_every_refusal_has_its_planted_fault():
    assert {path.stem for path in FIXTURES.glob("refused_*")} == {f"refused_{n}" for n in REFUSED}


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("version", 0, "version: counts from 1"),
        ("lesson", "1", "two digits"),
        ("objective", "01-0", "objective: must look like"),
        ("place", "way-0", "place: must be"),
        ("difficulty", 1.0, "between 0 and 1"),
        ("tolerance", -1.0, "must not be negative"),
    ],
)
def test_a_value_out_of_bounds_is_refused(field, value, problem):
    with pytest.raises(ValueError, match=problem):
        replace(GOOD["q01-delay"], **{field: value})


def test_an_id_is_unique_over_the_files(tmp_path):
    text = (FIXTURES / "good" / "01.toml").read_text(encoding="utf-8")
    other = text.replace('"01"', '"09"').replace('"01-', '"09-')
    with pytest.raises(ContentError, match=r"09\.toml: q01-naming: this id is taken in 01\.toml"):
        read_bank(bank_of(tmp_path, _01=text, _09=other))


def test_an_item_lies_in_the_file_of_its_lesson(tmp_path):
    text = (FIXTURES / "good" / "01.toml").read_text(encoding="utf-8")
    with pytest.raises(ContentError, match=r"09\.toml: q01-naming: lesson: must be '09' here"):
        read_bank(bank_of(tmp_path, _09=text))


def test_questions_are_found_by_lesson_place_and_id(good_bank):
    assert [item.id for item in questions("01", "way-1")] == ["q01-naming", "q01-prevalence"]
    assert len(questions("01", "end")) == 6
    assert questions("01") == questions() == tuple(GOOD.values())
    assert question("q01-delay").unit == "months"


@pytest.mark.parametrize(
    ("call", "line"),
    [
        (lambda: question("q01-dealy"), "no question 'q01-dealy'; did you mean q01-delay"),
        (lambda: question("xyz"), "no question 'xyz'$"),
        (lambda: questions("02"), "lesson '02'; there are 01"),
        (lambda: questions("01", "way-3"), "'way-3'; there are end, practice, way-1, way-2"),
    ],
)
def test_what_is_not_there_gets_a_line_that_helps(good_bank, call, line):
    with pytest.raises(PoemsError, match=line):
        call()


@pytest.mark.parametrize("item", EVERY, ids=lambda item: item.id)
def test_the_presentation_holds_no_key(item):
    view = presentation(item)
    text = json.dumps(view, ensure_ascii=False)
    assert set(view) == {
        "id", "version", "type", "stem", "figure", "prompts", "options", "unit"
    }  # fmt: skip
    assert "correct" not in re.sub(re.escape(item.stem), "", text)
    for sentence in [option.feedback for option in item.options] + [item.hint, item.why]:
        assert sentence not in text
    assert sorted(view["options"]) == sorted({option.text for option in item.options})
    if item.figure:
        assert chart_of(item.figure).reading not in text


@pytest.mark.parametrize("item", EVERY, ids=lambda item: item.id)
def test_grading_the_key_is_right_and_each_wrong_choice_has_its_own_feedback(item):
    material = key_material(item)
    if item.type == "numeric":
        assert grade(item, repr(item.answer)).correct
        return
    if item.type == "ordering":
        by_rank = sorted(range(len(item.options)), key=material["ranks"].__getitem__)
        assert grade(item, by_rank).correct
        assert not grade(item, list(range(len(item.options)))).correct
        return
    if item.type == "matching":
        assert grade(item, material["matches"]).correct
        for row, at in enumerate(material["matches"]):
            given = list(material["matches"])
            given[row] = (at + 1) % len(order(item))
            outcome = grade(item, given)
            assert not outcome.correct
            assert [remark.option for remark in outcome.feedback if remark.tone == "wrong"] == [row]
        return
    keys = material["keys"]
    assert grade(item, keys if item.type == "multiple" else keys[0]).correct
    for at in set(range(len(item.options))) - set(keys):
        outcome = grade(item, [at] if item.type == "multiple" else at)
        assert not outcome.correct
        assert outcome.feedback[0].text == item.options[order(item)[at]].feedback
        near = item.type == "concordance" and abs(at - keys[0]) == 1
        assert outcome.feedback[0].tone == ("near" if near else "wrong")


@settings(deadline=None)  # a busy machine is no fault
@given(st.text(min_size=1), st.sampled_from([i for i in GOOD.values() if i.options]))
def test_the_order_shown_is_fixed_complete_and_never_an_orderings_key(id, item):
    shown = order(replace(item, id=id))
    texts = {option.text for option in item.options}
    assert len(shown) == len(texts) == len({item.options[at].text for at in shown})
    assert shown == order(replace(item, id=id, version=7))
    if item.type in ("ordering", "matching"):
        assert shown != tuple(sorted(shown))
    if item.type == "concordance":
        assert shown == (0, 1, 2, 3, 4)
    if item.id == "q01-prevalence":
        assert shown == (0, 1, 2)


def test_the_key_is_not_where_the_author_put_it():
    item = GOOD["q01-fukase"]
    first = [order(replace(item, id=f"q{n}")).index(1) for n in range(300)]
    assert all(70 <= first.count(at) <= 130 for at in range(3))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.3", 0.3), ("about 25 %", 25), ("less than 1 in 100 000", 100000), ("1 in 300", 300),
        ("10 to 20 years", 10), ("≥ 200 pg/mL", 200), ("−2", -2), ("1,240 pg/mL", 1240),
        ("VEGF 200", None), ("Crow", None), ("IL-6", None),
    ],
)  # fmt: skip
def test_the_number_that_an_option_starts_with(text, value):
    assert leading_number(text) == value


def test_questions_load_without_the_widgets_and_the_numeric_libraries():
    script = (
        "import sys, poems_course.questions as q; q.questions(); q.read_bank;"
        "print(sorted({'numpy', 'pandas', 'plotly', 'ipywidgets'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
