"""Lesson 02: levels by hand, a clone among families, and the answer that the dataset gives."""

from __future__ import annotations

import math
import statistics
from pathlib import Path

import pytest

from poems_course.clinic.criteria import evaluate
from poems_course.clinic.patient import read_patient
from poems_course.clinic.turnover import (
    WEIGHT_KG,
    Product,
    antibody,
    free_chains,
    grams_a_day,
    level_of,
    serum_level,
)
from poems_course.evidence import fact
from poems_course.figures import datasets, exploration
from poems_course.figures.repertoire import Repertoire, healthy_middle, place_of_ratio
from poems_course.figures.repertoire_growth import REPERTOIRE, density, family_places
from poems_course.figures.serum_level import MAKES, SERUM_LEVEL, level, stay
from poems_course.questions import question, questions

LEILA = Path(__file__).resolve().parent.parent / "data" / "patients" / "leila.json"


class TestLevels:
    def test_production_by_hand(self) -> None:
        # 1 % of 10^12 cells, 1000 a second, 86 400 s, 150 000 g/mol over Avogadro's number
        assert grams_a_day(1, 1000, antibody("IgG")) == pytest.approx(
            1e10 * 1000 * 86_400 * 150_000 / 6.022e23
        )

    def test_a_level_by_hand(self) -> None:
        # 1 g a day and a half-life of ln 2 days: the body holds 1 g, 55 % of it in 3.045 L
        assert serum_level(1, math.log(2)) == pytest.approx(0.55 / (43.5 * 70 / 1000))

    def test_in_a_steady_state_as_much_leaves_as_is_made(self) -> None:
        step, product = 0.001, Product("quick", 150, 0.5)
        made, body = grams_a_day(5, 2000, product), 0.0
        for _ in range(20_000):
            body += step * (made - body * math.log(2) / product.half_life_days)
        settled = body * 0.55 / (43.5 * WEIGHT_KG / 1000)
        assert settled == pytest.approx(level_of(5, 2000, product), rel=1e-6)

    def test_healthy_production_gives_a_healthy_level(self) -> None:
        known = fact("iga1-turnover")
        made = known.quantity("made") / 1000 * WEIGHT_KG
        modelled = serum_level(made, fact("hl-iga1").quantity())
        assert modelled == pytest.approx(known.quantity("serum"), rel=0.15)

    def test_the_plasma_volume_follows_from_the_turnover(self) -> None:
        known = fact("iga1-turnover")
        broken_down = known.quantity("broken_down") / 100 * known.quantity("serum")
        assert fact("plasma-volume").quantity() == pytest.approx(
            known.quantity("made") / broken_down, abs=0.05
        )

    def test_igg_stands_higher_than_iga_by_their_half_lives(self) -> None:
        igg, iga = (level_of(5, 2000, antibody(chain)) for chain in ("IgG", "IgA"))
        assert igg / iga == pytest.approx(21 / 5.9)

    def test_failing_kidneys_raise_light_chains_only(self) -> None:
        works, fails = free_chains("lambda"), free_chains("lambda", kidneys_work=False)
        assert works.half_life_days == pytest.approx(4.5 / 24)
        assert fails.half_life_days == pytest.approx(2.5)
        for makes in MAKES[:2]:
            told = [
                SERUM_LEVEL.chart_at(SERUM_LEVEL.positions(makes=makes, kidneys_fail=fail))
                for fail in (False, True)
            ]
            assert told[0].table.rows[:2] == told[1].table.rows[:2]

    @pytest.mark.parametrize(
        ("grams", "words"), [(11.8, "12 g/L"), (0.47, "0.47 g/L"), (0.035, "35 mg/L")]
    )
    def test_levels_in_words(self, grams: float, words: str) -> None:
        assert level(grams) == words

    def test_stays_in_words(self) -> None:
        assert stay(antibody("IgA")) == "5.9 days"
        assert stay(free_chains("lambda")) == "4.5 hours"

    def test_what_is_not_chosen_is_not_given_away(self) -> None:
        shown = exploration("serum-level")
        hidden = shown.chart_at(shown.positions(makes="IgG"))
        told = shown.chart_at(shown.positions(makes="IgG", compare=True))
        assert hidden.svg.count(">?<") == 2
        assert told.svg.count(">?<") == 0
        assert "3.3 g/L" not in hidden.reading
        assert "3.3 g/L" in told.reading


def marrow(clone: float, **changes: float | str) -> Repertoire:
    given = {"others": 1.0, "heavy": "IgA", "light": "lambda", "left_over": 0.1} | changes
    return Repertoire(clone, **given)  # type: ignore[arg-type]


class TestRepertoire:
    def test_a_hundred_cells_are_a_hundred(self) -> None:
        for at in REPERTOIRE.states():
            rows = REPERTOIRE.chart_at(at).table.rows
            assert sum(int(row[1]) for row in rows[1:4]) == 100, at

    def test_in_health_two_make_kappa_for_one_that_makes_lambda(self) -> None:
        assert marrow(0).counts == (67, 33, 0)
        assert marrow(1).counts == (33, 17, 50)

    def test_the_middle_of_health_lies_within_its_ratio(self) -> None:
        assert healthy_middle("kappa") == pytest.approx(math.sqrt(3.3 * 19.4))
        assert place_of_ratio(marrow(0).ratio) == "within"

    @pytest.mark.parametrize(("light", "place"), [("lambda", "below"), ("kappa", "above")])
    def test_a_clone_that_leaves_over_many_chains_breaks_the_ratio(
        self, light: str, place: str
    ) -> None:
        assert place_of_ratio(marrow(30, light=light, left_over=1.0).ratio) == place

    def test_the_ratio_breaks_where_the_lesson_says(self) -> None:
        assert place_of_ratio(marrow(5).ratio) == "within"
        assert place_of_ratio(marrow(1, left_over=1.0).ratio) == "within"
        assert place_of_ratio(marrow(3, left_over=1.0).ratio) == "below"

    def test_a_busy_marrow_hides_the_clone(self) -> None:
        quiet, busy = marrow(1), marrow(1, others=2.0)
        assert busy.counts[2] < quiet.counts[2]
        assert busy.m_protein == quiet.m_protein

    def test_families_blur_into_one_hill(self) -> None:
        """No dip between the families: they are seen as a hill, not as teeth."""
        places = family_places()
        xs = [places[2] + i * (places[-3] - places[2]) / 200 for i in range(201)]
        heights = [density(marrow(0), x) for x in xs]
        top = heights.index(max(heights))
        assert heights[:top] == sorted(heights[:top])
        assert heights[top:] == sorted(heights[top:], reverse=True)

    def test_the_area_of_the_hill_is_its_grams(self) -> None:
        step = 0.0005
        gamma = sum(density(marrow(0), 0.66 + i * step) for i in range(680)) * step
        assert gamma == pytest.approx(10, rel=0.1)

    def test_iga_runs_before_igg(self) -> None:
        def summit(heavy: str) -> float:
            whole, health = marrow(30, heavy=heavy), marrow(0)
            xs = [0.5 + i / 1000 for i in range(500)]
            return max(xs, key=lambda x: density(whole, x) - density(health, x))

        assert summit("IgA") == pytest.approx(0.70, abs=0.002)
        assert summit("IgG") == pytest.approx(0.81, abs=0.002)


class TestLesson:
    def test_leila_meets_the_current_rule(self) -> None:
        verdicts = evaluate(read_patient(LEILA))
        assert verdicts["dispenzieri"].outcome == "met"

    def test_the_dataset_question_is_answered_by_the_dataset(self) -> None:
        people = [row for row in datasets.rows("cohort") if row["diagnosis"] == "POEMS"]
        known = [
            value
            for row in people
            if (value := datasets.number(row, "m_protein_g_per_l")) is not None
        ]
        assert len(known) > 100
        assert statistics.median(known) == 0
        zero = [row for row in people if datasets.number(row, "m_protein_g_per_l") == 0]
        typed = [row for row in zero if row["light_chain"] in {"lambda", "kappa"}]
        assert len(zero) > len(known) / 2
        assert len(typed) > 0.9 * len(zero)

    def test_marrows_of_poems_and_mgus_overlap(self) -> None:
        found = {
            name: [
                value
                for row in datasets.rows("cohort")
                if row["diagnosis"] == name
                and (value := datasets.number(row, "marrow_plasma_cells_percent")) is not None
            ]
            for name in ("POEMS", "MGUS neuropathy")
        }
        assert min(found["POEMS"]) < statistics.median(found["MGUS neuropathy"])
        assert max(found["MGUS neuropathy"]) > statistics.median(found["POEMS"])

    def test_the_numeric_question_follows_from_the_half_lives(self) -> None:
        item = question("q02-other-drain")
        assert item.answer == pytest.approx(
            3 * fact("hl-igg").quantity() / fact("hl-iga1").quantity(), abs=0.05
        )

    def test_what_is_left_after_a_month(self) -> None:
        assert 12 * 0.5 ** (30 / fact("hl-igg").quantity()) == pytest.approx(4.5, abs=0.05)

    def test_half_of_the_questions_are_patients(self) -> None:
        bank = questions("02")
        patients = [item for item in bank if item.type == "single" and "vignette" in item.tags]
        assert len(patients) >= len(bank) / 2
