"""The clinic: its explorers, the course behind them, and what the lesson asks."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from poems_course.clinic.casebook import STEPS, Move, cases
from poems_course.evidence import fact
from poems_course.evidence.numerals import values_in
from poems_course.figures import exploration
from poems_course.figures.case_sheet import in_sentence, rule_said, verdict, wanted
from poems_course.figures.clinic_course import forecast
from poems_course.figures.suspicion import (
    JAPAN,
    suspicion,
)
from poems_course.questions.bank import question

ROOT = Path(__file__).parent.parent
DATA = ROOT / "data"
EXPLORERS = ("clinic-bench", "two-moves")


def percent(id: str, step: int, start: str = JAPAN) -> float:
    """The suspicion after so many steps, in percent."""
    case = cases()[id]
    return 100 * suspicion(case, case.done(step), start).chance


@pytest.mark.parametrize("name", EXPLORERS)
def test_every_reading_is_one_sentence(name: str) -> None:
    explorer = exploration(name)
    for at in explorer.states():
        reading = explorer.chart_at(at).reading
        assert reading.endswith("."), reading
        assert ". " not in reading, reading


class TestCourse:
    def test_no_forecast_before_the_name(self) -> None:
        for case in cases().values():
            assert forecast(case, STEPS - 1) == ("Not yet: first the name, then the forecast.",)

    def test_the_forecast_follows_the_name(self) -> None:
        told = {id: " ".join(forecast(case, STEPS)) for id, case in cases().items()}
        assert "90 % alive at 5 years, 82 % at 10" in told["tomas"]
        assert "age above 50: no; pleural effusion: unknown" in told["tomas"]
        assert "age above 50: yes; pleural effusion: yes" in told["yusuf"]
        assert "38 of 49" in told["walter"]
        assert "the biopsy of the dense spot" in told["noor"]
        assert "alive" not in told["walter"] + told["noor"]


class TestLesson:
    def test_what_the_lesson_says_of_the_bench(self) -> None:
        assert round(percent("tomas", 0)) == 16
        assert round(percent("tomas", 1)) == 67
        assert round(percent("tomas", 2)) == 99
        assert round(percent("walter", 2)) == 95

    def test_labels_stand_well_in_a_sentence(self) -> None:
        assert in_sentence("Blood count and ferritin") == "blood count and ferritin"
        assert in_sentence("VEGF") == "VEGF"
        assert in_sentence("CT of trunk and skeleton").startswith("CT")

    def test_undetermined_names_what_would_settle_it(self) -> None:
        noor = cases()["noor"]
        assert rule_said(verdict(noor, noor.done(6))) == (
            "undetermined (sclerotic bone would settle it either way)"
        )

    def test_what_is_still_wanted_is_named(self) -> None:
        vera, walter = cases()["vera"], cases()["walter"]
        assert wanted(verdict(vera, vera.done(0))) == ("neuropathy", "clone", "a further major")
        assert wanted(verdict(vera, vera.done(3))) == ("a further major",)
        assert wanted(verdict(walter, walter.done(0))) == ("a minor",)
        assert wanted(verdict(walter, walter.done(2))) == ()

    def test_the_pile_counted_again(self) -> None:
        with (DATA / "cohort.csv").open(encoding="utf-8", newline="") as file:
            pile = [row for row in csv.DictReader(file) if row["first_label"] == "CIDP"]
        assert len(pile) == 165
        shown = [row["diagnosis"] for row in pile if row["thrombocytosis"] == "1"]
        poems = sum(row["diagnosis"] == "POEMS" for row in pile)
        item = question("q12-pile")
        assert (len(shown), shown.count("POEMS"), poems) == (40, 37, 64)
        assert item.answer is not None
        assert item.tolerance is not None
        share, wrong = 100 * 37 / 40, 100 * 37 / 64
        assert abs(share - item.answer) <= item.tolerance
        assert abs(wrong - item.answer) > item.tolerance
        assert {round(wrong), round(100 * 37 / 165), round(100 * 51 / 72)} <= {58, 22, 71}

    def test_every_figure_of_the_forecast_is_a_facts(self) -> None:
        allowed = set().union(
            *(fact(id).numbers for id in ("surv-uclh", "nr-nis", "rs-vegf6m-it", "O010",
                                          "cidp-ivig-japan", "mgus-progression"))
        )  # fmt: skip
        for case in cases().values():
            for words in forecast(case, STEPS):
                assert values_in(words) <= allowed, words


def test_a_move_has_a_label() -> None:
    assert Move("letter", "x").label == "The letter"
    assert Move("again", "x").label == "Treat what else explains it, repeat"
