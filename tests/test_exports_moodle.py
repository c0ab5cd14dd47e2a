"""Moodle XML: every bank keeps the rules, nothing is lost, and a planted fault is told.

moodle-xml-parser is a second reader. It takes an item without a right answer: hence rules of ours.
"""

from __future__ import annotations

import re

import pytest
from moodle_xml_parser import parser

from poems_course.questions import Question
from poems_course.questions.exports.moodle import write
from poems_course.questions.exports.numbers import tries
from poems_course.questions.scoring import Outcome, grade
from tests.exported import BANKS, flat, lost, words_in_xml
from tests.moodle_rules import faults, questions_in

GOOD = write(BANKS["good"])


@pytest.mark.parametrize("bank", BANKS)
def test_every_bank_keeps_the_rules_and_loses_nothing(bank: str) -> None:
    content = write(BANKS[bank])
    assert faults(content) == []
    assert [each.findtext("idnumber") for each in questions_in(content)] == [
        item.id for item in BANKS[bank]
    ]
    assert lost(words_in_xml(content), BANKS[bank]) == []


@pytest.mark.parametrize("bank", BANKS)
def test_another_reader_finds_the_same_choices(bank: str) -> None:
    content = write(BANKS[bank])
    read = parser.parse_bytes(content)["multichoice"]
    mine = [item for item in BANKS[bank] if item.type in ("single", "multiple", "concordance")]
    assert [each.name for each in read] == [item.id for item in mine]
    for each, item in zip(read, mine, strict=True):
        assert each.single == (item.type != "multiple")
        assert not each.shuffle_answers
        right = {flat(option.text) for option in item.options if option.correct}
        best = {flat(option.answer) for option in each.options if option.score_fraction > 0}
        if item.type == "concordance":
            best = {flat(o.answer) for o in each.options if o.score_fraction == 100}
        assert best == right
        said = {flat(option.feedback or "") for option in each.options}
        assert said == {flat(option.feedback) for option in item.options}


@pytest.mark.parametrize(
    "item",
    [item for bank in BANKS.values() for item in bank if item.type == "numeric"],
    ids=lambda item: item.id,
)
def test_a_number_gets_the_feedback_that_the_course_gives(item: Question) -> None:
    answer, tolerance = item.answer or 0.0, item.tolerance or 0.0
    for value in (answer, answer + tolerance, answer / 2, answer * 3 + 1, answer - tolerance - 1):
        outcome = grade(item, f"{value:.9g}")
        assert isinstance(outcome, Outcome)
        taken = next(
            each
            for each in tries(item)
            if each.answer == "*" or abs(value - float(each.answer)) <= float(each.tolerance) + 1e-9
        )
        assert taken.credit == outcome.score
        if value > -answer:
            assert taken.feedback == outcome.feedback[0].text


def test_a_unit_may_be_typed() -> None:
    (months,) = [each for each in questions_in(GOOD) if each.findtext("idnumber") == "q01-delay"]
    assert months.findtext("units/unit/unit_name") == "months"
    assert months.findtext("showunits") == "0"


# Planted faults: each must be told, also where the other reader says nothing.
@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('fraction="100" format="html"', 'fraction="0" format="html"', "0 answers are worth 100"),
        ('fraction="33.33333"', 'fraction="33"', "33 is not in Moodle's list of fractions"),
        ('name="q01-false-alarms.svg"', 'name="other.svg"', "shows ['q01-false-alarms.svg']"),
        ("<idnumber>q01-delay<", "<idnumber>q01-major<", "q01-major: this idnumber is used twice"),
        ('type="matching"', 'type="match"', "there is no type match"),
        ("<![CDATA[15]]>", "<![CDATA[15 months]]>", "'15 months' is not a number"),
        ("<selectcount>4<", "<selectcount>3<", "not all steps are shown"),
    ],
)
def test_a_planted_fault_is_told(old: str, new: str, told: str) -> None:
    text = GOOD.decode()
    assert old in text
    planted = text.replace(old, new).encode()
    assert any(told in fault for fault in faults(planted))
    parser.parse_bytes(planted)


def test_two_right_answers_in_a_single_choice_are_told() -> None:
    text = re.sub(r'fraction="0" format="html"', 'fraction="100" format="html"', GOOD.decode())
    assert any("answers are worth 100" in fault for fault in faults(text.encode()))
