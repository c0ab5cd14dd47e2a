"""The figures of a class report beside those of R's psych and eRm, stored with their script.

tests/fixtures/classroom/oracle: make.py draws the classes, oracle.R computes oracle.csv.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from poems_course.classroom.answers import Answers
from poems_course.classroom.classical import item_figures, reliability, rest_scores
from poems_course.classroom.intervals import student_t
from poems_course.classroom.read import read
from poems_course.classroom.scales import Scale, rasch

ORACLE = Path(__file__).parent / "fixtures" / "classroom" / "oracle"
SIX = 5e-7  # half a unit of the sixth decimal


@cache
def stored() -> dict[tuple[str, str], dict[str, float]]:
    """R's values by class and measure, then by item ("i01"; "" where there is none)."""
    found: dict[tuple[str, str], dict[str, float]] = {}
    with (ORACLE / "oracle.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["value"]:
                values = found.setdefault((row["class"], row["measure"]), {})
                values[row["item"]] = float(row["value"])
    return found


@cache
def class_of(name: str) -> Answers:
    return read([ORACLE / f"{name}.csv"], {})


def furthest(ours: dict[str, float], name: str, measure: str) -> float:
    """The largest difference over all items."""
    theirs = stored()[name, measure]
    assert ours.keys() == theirs.keys()
    return max(abs(ours[item] - theirs[item]) for item in ours)


@pytest.mark.parametrize("name", ["exam", "course"])
def test_alpha_and_item_rest_r_to_six_decimals(name: str) -> None:
    answers = class_of(name)
    whole = reliability(answers)
    assert whole is not None
    assert abs(whole.alpha - stored()[name, "alpha"][""]) < SIX
    figures = item_figures(answers, rest_scores(answers))
    measures: dict[str, Callable[[int], float | None]] = {
        "alpha_if_deleted": lambda at: figures[at].alpha_without,
        "item_rest_r": lambda at: figures[at].rest,
        "item_rest_r_low": lambda at: figures[at].rest_interval[0],
        "item_rest_r_high": lambda at: figures[at].rest_interval[1],
    }
    for measure, value in measures.items():
        ours = {item.id: value(at) for at, item in enumerate(answers.items)}
        assert furthest(ours, name, measure) < SIX, measure


# Marginal and conditional likelihood agree in large complete classes; with two forms that share
# ten questions the assumed normal ability counts for more.
@pytest.mark.parametrize(
    ("name", "logits", "errors"),
    [("exam", 0.02, 0.02), ("course", 0.02, 0.02), ("forms", 0.05, 0.03)],
)
def test_rasch_difficulties_beside_conditional_likelihood(
    name: str, logits: float, errors: float
) -> None:
    scale = rasch(class_of(name))
    assert isinstance(scale, Scale)
    ours = {item.id: each.value for item, each in scale.difficulty.items()}
    assert furthest(ours, name, "difficulty") < logits
    assert abs(sum(ours.values())) < 1e-9
    theirs = stored()[name, "difficulty_error"]
    for item, each in scale.difficulty.items():
        error = (each.interval[1] - each.interval[0]) / (2 * 1.959963984540054)
        assert error == pytest.approx(theirs[item.id], rel=errors)


def test_the_quantiles_of_student() -> None:
    for freedom, value in stored()["", "t"].items():
        assert student_t(int(freedom)) == pytest.approx(value, abs=1e-8)
    assert student_t(10_000) == pytest.approx(1.96, abs=0.001)
    with pytest.raises(ValueError, match="degree of freedom"):
        student_t(0)


def test_the_oracle_tells_a_wrong_formula() -> None:
    """Planted: the item left in its own total, as an uncorrected point-biserial has it."""
    answers = class_of("exam")
    right = answers.right.astype(float)
    total = right.sum(axis=1)
    ours = {
        item.id: float(np.corrcoef(right[:, at], total)[0, 1])
        for at, item in enumerate(answers.items)
    }
    assert furthest(ours, "exam", "item_rest_r") > 0.05
