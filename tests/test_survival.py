"""Kaplan and Meier worked by hand, rates, and the explorer of survival."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import pytest

from poems_course.clinic.survival import (
    Median,
    Watched,
    at_risk,
    death_rate,
    kaplan_meier,
    median,
    rate_ratio,
    step_at,
)
from poems_course.evidence import fact
from poems_course.figures import exploration
from poems_course.figures.survival_curve import SURVIVAL
from poems_course.figures.survival_data import ALL, ERAS, FACTORS, groups, published

DATA = Path(__file__).parent.parent / "data"


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def watched(*times: float) -> list[Watched]:
    """Patients by month; a minus sign: alive when last seen."""
    return [Watched(abs(time), time > 0) for time in times]


# Bewick 2004, table 2: 2 of 8, 1 of 6, 1 of 5, 1 of 3, 1 of 1 die.
BEWICK = watched(1, 1, 4, 5, -6, 9, -9, 22)


# The 6-mercaptopurine arm of Freireich 1963, the standard example; worked by hand below.
FREIREICH = watched(
    *(6, 6, 6, -6, 7, -9, 10, -10, -11, 13, 16, -17, -19, -20, 22, 23, -25, -32, -32, -34, -35)
)


class TestKaplanMeier:
    def test_a_worked_table_is_reproduced(self) -> None:
        curve = kaplan_meier(BEWICK)
        printed = fact("km-method").value
        assert isinstance(printed, tuple)
        assert [round(step.alive, 3) for step in curve] == [*printed, 0]
        assert [step.at_risk for step in curve] == [8, 6, 5, 3, 1]
        assert [step.months for step in curve] == [1, 4, 5, 9, 22]

    def test_shares_and_numbers_at_risk_by_hand(self) -> None:
        curve = kaplan_meier(FREIREICH)
        assert [step.at_risk for step in curve] == [21, 17, 15, 12, 11, 7, 6]
        by_hand = [18 / 21, 16 / 17, 14 / 15, 11 / 12, 10 / 11, 6 / 7, 5 / 6]
        alive = 1.0
        for step, part in zip(curve, by_hand, strict=True):
            alive *= part
            assert step.alive == pytest.approx(alive)

    def test_the_band_is_greenwoods_on_the_log_log_scale(self) -> None:
        # At 23 weeks: S = 0.448, sum of d / n(n - d) = 0.0901; log(-log S) +/- 1.96 se.
        last = kaplan_meier(FREIREICH)[-1]
        spread = 3 / (21 * 18) + sum(1 / (n * (n - 1)) for n in (17, 15, 12, 11, 7, 6))
        assert spread == pytest.approx(0.0901, abs=1e-4)
        middle = math.log(-math.log(last.alive))
        reach = 1.96 * math.sqrt(spread) / -math.log(last.alive)
        assert last.low == pytest.approx(math.exp(-math.exp(middle + reach)))
        assert last.high == pytest.approx(math.exp(-math.exp(middle - reach)))
        assert (round(last.low or 0, 3), round(last.high or 0, 3)) == (0.188, 0.680)

    def test_the_band_stays_within_0_and_1_and_around_the_curve(self) -> None:
        for era in ERAS:
            for step in groups(era, ()).curve:
                if step.low is not None and step.high is not None:
                    assert 0 < step.low < step.alive < step.high < 1

    def test_nobody_left_means_no_band(self) -> None:
        (only,) = kaplan_meier(watched(3, 3))
        assert (only.alive, only.low, only.high) == (0.0, None, None)

    def test_without_a_death_there_is_no_step(self) -> None:
        assert kaplan_meier(watched(-5, -9)) == ()
        assert step_at((), 12) is None

    def test_who_leaves_at_a_death_is_still_counted_in_it(self) -> None:
        (step,) = kaplan_meier(watched(6, -6, -7))
        assert (step.at_risk, step.alive) == (3, pytest.approx(2 / 3))

    def test_the_median_and_its_interval(self) -> None:
        assert median(kaplan_meier(FREIREICH)) == Median(23, 13, None)
        assert median(kaplan_meier(BEWICK)).months == 5  # exactly one half counts as reached
        assert median(kaplan_meier(watched(4, -9, -9, -9))).months is None

    def test_the_step_at_a_time(self) -> None:
        curve = kaplan_meier(BEWICK)
        assert step_at(curve, 0.5) is None
        found_ = step_at(curve, 8)
        assert found_ is not None
        assert found_.months == 5
        assert at_risk(BEWICK, 6) == 4

    def test_rates_by_hand(self) -> None:
        some, others = watched(12, -12, 24, -72), watched(60, -60, -120)
        assert death_rate(some) == pytest.approx(100 * 2 / 10)  # 2 deaths in 10 years
        assert death_rate(others) == pytest.approx(100 * 1 / 20)
        ratio = rate_ratio(some, others)
        assert ratio is not None
        reach = math.exp(1.96 * math.sqrt(1 / 2 + 1))
        assert (ratio.value, ratio.low) == pytest.approx((4, 4 / reach))
        assert rate_ratio(some, watched(-9)) is None


class TestSurvivalExplorer:
    def test_every_reading_is_one_sentence(self) -> None:
        for name in ("survival", "find-relapse"):
            explorer = exploration(name)
            for at in explorer.states():
                reading = explorer.chart_at(at).reading
                assert ". " not in reading, reading

                assert " 1 months" not in reading

    def test_groups_are_those_of_the_file(self) -> None:
        effusion = next(f for f in FACTORS if f.column == "pleural_effusion")
        who = groups("2010-2019", (effusion,))
        own = [row for row in rows("survival") if row["era"] == "2010-2019"]
        ill = [row for row in own if row["pleural_effusion"] == "1"]
        assert len(who.people) == len(ill)
        assert sum(p.died for p in who.people) == sum(row["died"] == "1" for row in ill)
        assert len(who.people) + len(who.others) + who.left_out == len(own)

    def test_unknown_is_left_out_and_counted(self) -> None:
        pressure = next(f for f in FACTORS if f.column == "pulmonary_hypertension")
        who = groups(ALL, (pressure,))
        blank = sum(row["pulmonary_hypertension"] == "" for row in rows("survival"))
        assert who.left_out == who.unknown == blank == 18
        chart = SURVIVAL.chart_at(SURVIVAL.positions(pressure=True))
        assert chart.table.rows[2][:2] == ("left out", "18, for 18 of them a finding is unknown")

    def test_with_every_finding_and_with_none_leaves_the_rest_out(self) -> None:
        two = tuple(FACTORS[1:3])
        who = groups(ALL, two)
        marks = [(r[two[0].column], r[two[1].column]) for r in rows("survival")]
        assert len(who.people) == marks.count(("1", "1"))
        assert len(who.others) == marks.count(("0", "0"))

    def test_the_published_ratios_stand_beside_with_their_intervals(self) -> None:
        chart = SURVIVAL.chart_at(SURVIVAL.start)
        for factor in FACTORS:
            value, low, high = factor.ratio
            assert f"{value:g} ({low:g} to {high:g})" in chart.svg
            assert fact("O010").quantity(factor.column) == value

    def test_published_points_are_shown_for_everybody_only(self) -> None:
        assert [each.percent for each in published("2010-2019")] == [90, 82]
        everybody = SURVIVAL.chart_at(SURVIVAL.positions(era="1974-1999"))
        some = SURVIVAL.chart_at(SURVIVAL.positions(era="1974-1999", effusion=True))
        assert "published, real" in everybody.svg
        assert "published, real" not in some.svg

    def test_two_patients_make_a_band_from_1_to_91(self) -> None:
        reading = SURVIVAL.chart_at(SURVIVAL.positions(kidney=True)).reading
        assert reading.startswith("2 invented patients")
        assert "50 % alive at 5 years (interval 1 to 91)" in reading
        assert reading.endswith("too few deaths to compare the rates.")

    def test_a_median_beyond_the_drawing_is_not_told_to_the_month(self) -> None:
        when = median(groups(ALL, ()).curve).months
        assert when is not None
        assert when > 180
        reading = SURVIVAL.chart_at(SURVIVAL.start).reading
        assert reading.endswith("median survival beyond the 15 years drawn.")

    def test_the_curve_reads_as_the_module_computes(self) -> None:
        step = step_at(groups("2010-2019", ()).curve, 60)
        assert step is not None
        reading = SURVIVAL.chart_at(SURVIVAL.positions(era="2010-2019")).reading
        assert f"{100 * step.alive:.0f} % alive at 5 years" in reading
        assert "not reached" in reading
