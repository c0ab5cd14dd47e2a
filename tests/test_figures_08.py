"""The explorers and the data of the lesson on causes and VEGF."""

from __future__ import annotations

from statistics import median

import pytest

from poems_course.clinic.suspects import SUSPECTS, evidence
from poems_course.evidence import fact
from poems_course.figures import exploration
from poems_course.figures.blood_tube import HANDLING, Blood
from poems_course.figures.datasets import rows
from poems_course.figures.nerve_clocks import WORLDS, at_day, course, vegf

BOOK = HANDLING["by the book"]


def _reading(id: str, **settings: object) -> str:
    shown = exploration(id)
    return shown.chart_at(shown.positions(**settings)).reading


def _svg(id: str, **settings: object) -> str:
    shown = exploration(id)
    return shown.chart_at(shown.positions(**settings)).svg


class TestTwoTubes:
    def test_by_hand(self) -> None:
        """250 million platelets in a mL at 0.56 pg are 140 pg; 0.55 mL of plasma holds them."""
        blood = Blood(250, 0.56, 75)
        assert blood.plasma(BOOK) == 75
        assert blood.serum(BOOK) == pytest.approx(75 + 140 / 0.55)
        assert blood.serum(BOOK) == pytest.approx(329.5, abs=0.1)

    def test_a_count_alone_moves_serum_and_not_plasma(self) -> None:
        few, many = Blood(250, 0.56, 75), Blood(1000, 0.56, 75)
        assert many.plasma(BOOK) == few.plasma(BOOK)
        assert many.serum(BOOK) - 75 == pytest.approx(4 * (few.serum(BOOK) - 75))
        told = _reading("platelet-release", platelets=1000)
        assert "the plasma tube shows 75 pg/mL and the serum tube 1093 pg/mL" in told
        assert told.endswith("with 250 platelets they would show 75 and 330 pg/mL.")

    def test_no_single_factor_leads_from_one_to_the_other(self) -> None:
        quotients = {
            round(blood.serum(BOOK) / blood.plasma(BOOK))
            for blood in (Blood(250, 0.56, 75), Blood(640, 0.56, 75), Blood(450, 6, 150))
        }
        assert len(quotients) == 3

    def test_the_healthy_blood_lies_among_published_values(self) -> None:
        people = fact("pl-banks-people").quantity
        assert people("serum_low") < Blood(250, 0.56, 40).serum(BOOK) < people("serum_high")

    def test_time_and_care_move_what_is_measured(self) -> None:
        blood = Blood(250, 0.56, 75)
        early, careless = (HANDLING[name] for name in tuple(HANDLING)[1:])
        assert blood.serum(early) < 100 < blood.serum(BOOK)
        assert blood.plasma(careless) > blood.plasma(BOOK)

    def test_printed_quotients_are_those_of_the_printed_pairs(self) -> None:
        pairs, told = fact("pl-pairs-poems").quantity, fact("pl-pairs-quotients").quantity
        for i in range(1, 5):
            assert round(pairs(f"serum_{i}") / pairs(f"plasma_{i}")) == told(f"patient_{i}")
        healthy = fact("pl-webb-levels").quantity
        assert round(healthy("serum") / healthy("plasma")) == told("adults")


class TestThreeClocks:
    def test_vegf_goes_within_hours_and_the_clone_takes_months(self) -> None:
        assert vegf("bevacizumab", 1) < 0.06
        assert vegf("treat the clone", 1) > 0.9
        assert vegf("treat the clone", 180) < 0.03
        half = 0.05 + 0.95 / 2
        assert vegf("bevacizumab", 33.7 / 1440) == pytest.approx(half)  # one half-life

    def test_the_wall_is_tight_after_three_days_if_vegf_alone_holds_it_open(self) -> None:
        """72 hours are five half-times of 0.6 days: 1/32 is left, and 5 % of VEGF."""
        three = at_day(course(WORLDS[0], "bevacizumab", 0.1), 3.0)
        assert three.leak == pytest.approx(0.05 + 0.95 / 32, abs=0.02)

    def test_only_one_world_expects_the_leak_to_stop(self) -> None:
        month = [at_day(course(world, "bevacizumab", 0.1), 30.0) for world in WORLDS]
        assert [round(each.vegf, 2) for each in month] == [0.05, 0.05, 0.05]
        assert month[0].leak < 0.1 < 0.7 < min(month[1].leak, month[2].leak)

    def test_after_a_month_no_world_has_healed_the_nerve(self) -> None:
        for world in WORLDS:
            assert at_day(course(world, "bevacizumab", 0.1), 30.0).damage > 0.8

    def test_the_clone_treated_heals_in_every_world_as_far_as_it_can(self) -> None:
        for world in WORLDS:
            last = course(world, "treat the clone", 0.4)[-1]
            assert 0.4 <= last.damage < 0.7
        assert course(WORLDS[0], "nothing", 0.1)[-1].damage > 1.5

    def test_it_says_what_it_shows(self) -> None:
        assert _reading("bevacizumab") == (
            "If VEGF alone opens the wall: VEGF blocked, after 1 month free VEGF stands at 5 % of "
            "its start, the leak at 5 % and the damage of the nerve at 84 %."
        )


class TestSuspects:
    def test_every_finding_has_a_source_and_a_reason_for_each_suspect(self) -> None:
        for each in evidence().values():
            assert [fact(name).source for name in each.facts]
            assert len({each.of(name).reason for name in SUSPECTS}) == len(SUSPECTS)

    def test_one_acquittal_convicts_nobody(self) -> None:
        blocked = evidence()["VEGF blocked, no benefit"]
        assert blocked.of("VEGF alone").verdict == "hurts"
        assert {blocked.of(name).verdict for name in list(SUSPECTS)[1:]} == {"silent"}

    def test_nobody_is_unscathed_and_nobody_without_a_word(self) -> None:
        told = {name: {each.of(name).verdict for each in evidence().values()} for name in SUSPECTS}
        assert all("hurts" in said for name, said in told.items() if name != "several messengers")
        assert all("favours" in said for name, said in told.items() if name != "virus HHV-8")

    def test_it_is_silent_until_it_is_asked(self) -> None:
        finding = "VEGF blocked, no benefit"
        reason = evidence()[finding].of("VEGF alone").reason
        assert reason not in _svg("suspects", finding=finding, guess="hurts")
        assert reason in _svg("suspects", finding=finding, guess="hurts", shown="this finding")

    @pytest.mark.parametrize(("guess", "said"), [("hurts", "we agree"), ("favours", "we say")])
    def test_a_prediction_is_answered(self, guess: str, said: str) -> None:
        finding = "VEGF blocked, no benefit"
        assert said in _reading("suspects", finding=finding, guess=guess, shown="this finding")


def test_the_answers_that_questions_take_from_the_models() -> None:
    """500 million at 0.56 pg in 0.55 mL are 509 pg/mL; the leak stays near four fifths."""
    assert round(Blood(500, 0.56, 0).serum(BOOK)) == 509
    moments = course(WORLDS[1], "bevacizumab", 0.1)
    assert [round(at_day(moments, day).leak, 2) for day in (30, 365, 730)] == [0.81] * 3


def _medians(tube: str) -> dict[str, tuple[int, float]]:
    """People and median VEGF of the look-alikes, by confounder."""
    found: dict[str, list[float]] = {}
    for row in rows("vegf_assays"):
        if row["matrix"] == tube and row["group"] in ("CIDP", "other look-alike"):
            found.setdefault(row["confounder"], []).append(float(row["vegf_pg_ml"]))
    return {name: (len(values), median(values)) for name, values in found.items()}


def test_the_answer_of_the_dataset_question() -> None:
    """657 over 250 is 2.6 in serum; 47.5 over 74.5 would be 0.6 in plasma."""
    serum, plasma = _medians("serum"), _medians("plasma")
    assert (serum["high platelets"], serum["none"]) == ((6, 657), (170, 250))
    assert round(serum["high platelets"][1] / serum["none"][1], 1) == 2.6
    assert round(plasma["high platelets"][1] / plasma["none"][1], 1) == 0.6
