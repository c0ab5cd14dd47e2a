"""The statistics of a class report: items, wrong choices, reliability and scales."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from poems_course.classroom.answers import Answers, Choice, Item
from poems_course.classroom.classical import item_figures, reliability, rest_scores
from poems_course.classroom.distractors import choice_tables
from poems_course.classroom.read import read
from poems_course.classroom.report import class_report, conclusions, remarks
from poems_course.classroom.scales import Scale, rasch, two_parameters
from tests.classes import made, rows, table
from tests.simulated_classes import ONES, draw, wrapped


def simulated(learners: int) -> Answers:
    return wrapped(draw(np.random.default_rng(learners), learners, ONES))


def test_an_item_row_is_what_a_hand_computes(tmp_path: Path) -> None:
    """Six learners, four items; numpy's own correlation is the judge."""
    marks = [[1, 1, 1, 1], [1, 1, 1, 0], [1, 0, 1, 0], [1, 1, 0, 0], [1, 0, 0, 1], [0, 0, 0, 0]]
    lines = [f"l{n}," + ",".join(map(str, row)) for n, row in enumerate(marks)]
    out = made(tmp_path, table(tmp_path, "learner,a,b,c,d", *lines))
    first = rows(out / "items.csv")[1]
    right = np.array(marks)
    expected = np.corrcoef(right[:, 1], right[:, [0, 2, 3]].sum(axis=1))[0, 1]
    assert (first["item"], first["answered"], first["missing"]) == ("b", "6", "0")
    assert float(first["difficulty"]) == pytest.approx(0.5)
    assert float(first["item_rest_r"]) == pytest.approx(expected, abs=1e-6)
    assert float(first["item_rest_r_low"]) < expected < float(first["item_rest_r_high"])


def test_a_wrong_choice_of_those_who_know_more_is_marked() -> None:
    """Planted: in the last item the better half takes the first wrong option."""
    random = np.random.default_rng(8)
    right = draw(random, 200, ONES)
    better = right.sum(axis=1) > 12
    right[:, -1] = ~better
    chosen = np.zeros(right.shape, np.uint32)
    chosen[:, -1] = np.where(better, 2, np.where(random.random(200) < 0.9, 1, 4))
    options = (Choice("key", True), Choice("rival", False), Choice("filler", False))
    choices = (*((),) * 23, options)
    answers = Answers(wrapped(right).items, choices, right, chosen)
    rest = rest_scores(answers)
    shown = choice_tables(answers, rest)[-1]
    assert shown is not None
    said = remarks(item_figures(answers, rest)[-1], shown)
    assert said[0] == "hardly tells those who know more"
    assert "those who know more choose \N{LEFT SINGLE QUOTATION MARK}rival" in said[1]
    assert shown.rows[1].r == pytest.approx(
        float(np.corrcoef(chosen[:, -1] == 2, rest[:, -1])[0, 1]), abs=1e-9
    )


def test_a_seldom_choice_is_judged_by_the_wrong_answers() -> None:
    """Of 1000, 950 right: 40 and 10 of the wrong answers are 4 % and 1 %, yet both may draw."""
    right = np.zeros((1000, 2), np.int8)
    right[:950] = 1
    chosen = np.zeros((1000, 2), np.uint32)
    chosen[:, 0] = [1] * 950 + [2] * 40 + [4] * 10
    options = tuple(Choice(text, text == "a") for text in "abcd")
    answers = Answers((Item("x", 1), Item("y", 1)), (options, ()), right, chosen)
    shown = choice_tables(answers, rest_scores(answers))[0]
    assert shown is not None
    assert [row.draws for row in shown.rows] == ["key", "draws", "draws", "seldom"]


# What a class of this size allows to say.
def test_a_class_of_twenty_reads_as_uncertain() -> None:
    report = class_report(simulated(20))
    said = " ".join(conclusions(report))
    assert "20 learners are few" in said
    assert "no verdict on a question, still less on a learner" in said
    assert "anywhere from \N{MINUS SIGN}0.16 to 0.66" in said
    assert report.rasch == "Not fitted: 20 learners; it is fitted from 30 on."
    assert "250" in str(report.two_parameters)


@pytest.mark.parametrize(
    ("learners", "one", "two"), [(29, 0, 0), (30, 1, 0), (249, 1, 0), (250, 1, 1)]
)
def test_models_start_with_their_number_of_learners(learners: int, one: bool, two: bool) -> None:
    answers = simulated(learners)
    assert isinstance(rasch(answers), Scale) == bool(one)
    assert isinstance(two_parameters(answers), Scale) == bool(two)


def test_missing_answers_are_left_out_and_declared(tmp_path: Path) -> None:
    lines = ["l1,1,1,0", "l2,0,1,", "l3,1,,1", "l4,1,1,1", "l5,0,0,0", "l6,1,0,1"]
    answers = read([table(tmp_path, "learner,a,b,c", *lines)], {})
    figures = item_figures(answers, rest_scores(answers))
    assert figures[1] is not None
    assert (figures[1].answered, figures[1].right) == (5, 3)
    said = " ".join(conclusions(class_report(answers)))
    assert "2 answers (11 %) are missing. They are left out, not counted as wrong" in said


def test_reliability_belongs_to_those_who_answered_everything(tmp_path: Path) -> None:
    lines = [f"l{n},{n % 2},{n % 3 % 2},{'' if n < 8 else 1}" for n in range(12)]
    answers = read([table(tmp_path, "learner,a,b,c", *lines)], {})
    assert reliability(answers) is None
    assert "There is no reliability" in " ".join(conclusions(class_report(answers)))


def test_items_that_all_answer_right_are_left_out_of_the_scale_by_name() -> None:
    right = draw(np.random.default_rng(2), 60, ONES)
    right[:, 3] = 1
    scale = rasch(wrapped(right))
    assert isinstance(scale, Scale)
    assert scale.left_out == (Item("i03", 1),)
    assert len(scale.difficulty) == 23
