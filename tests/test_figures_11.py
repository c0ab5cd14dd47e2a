"""Survival, follow-up, and the explorers and questions of the lesson on prognosis."""

from __future__ import annotations

import csv
import math
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from poems_course.clinic import follow_up
from poems_course.clinic.follow_up import (
    LIMIT_ALONE,
    RISE,
    Followed,
    Found,
    alarms,
    count,
    false_alarm,
    first_sign,
    found,
    months,
)
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
from poems_course.figures.find_relapse import FIND_RELAPSE
from poems_course.figures.relapse_data import (
    GROUPS,
    REFRACTORY,
    REMISSION,
    courses,
    false_alarms,
    first_found,
    relapses,
)
from poems_course.figures.survival_curve import SURVIVAL
from poems_course.figures.survival_data import ALL, ERAS, FACTORS, groups, published
from poems_course.questions.bank import question

DATA = Path(__file__).parent.parent / "data"
EXPLORERS = ("survival", "find-relapse")


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


def course(**changes: object) -> Followed:
    """A patient whose VEGF settles at 400 and doubles every three months from month 30 on."""
    vegf = tuple(
        3000.0 if m < 3 else 400.0 if m < 30 else 400 * 2 ** ((m - 30) / 3) for m in range(61)
    )
    parts: dict[str, object] = {
        "vegf": vegf,
        "limit": 1000.0,
        "signs": {"M-protein": 50, "examination": 38, "imaging": None},
        "relapsed": True,
    }
    return Followed(**(parts | changes))  # type: ignore[arg-type]


STABLE = {"M-protein": None, "examination": None, "imaging": None}


class TestFollowUp:
    def test_looks_begin_after_remission(self) -> None:
        assert list(months(6, 30)) == [12, 18, 24, 30]
        assert list(months(3, 15)) == [9, 12, 15]
        assert list(months(24, 60)) == [24, 48]
        assert list(months(None, 60)) == []

    def test_vegf_alarms_above_the_limit_and_its_own_lowest(self) -> None:
        # 400 doubles by 33, 36: 800, 1600; the limit of 1000 is passed at 34.
        assert next(alarms(course(), range(7, 61), RISE)) == 34
        assert next(alarms(course(), months(6, 60), RISE)) == 36

    def test_a_level_that_settled_above_the_limit_alarms_by_the_limit_alone(self) -> None:
        flat = course(vegf=(3000.0,) * 3 + (1200.0,) * 58, signs=STABLE, relapsed=False)
        assert list(alarms(flat, months(12, 60), RISE)) == []
        assert list(alarms(flat, months(12, 60), LIMIT_ALONE)) == [12, 24, 36, 48, 60]
        assert false_alarm(flat, 12, LIMIT_ALONE)
        assert not false_alarm(flat, 12, RISE)

    def test_a_missing_sample_never_alarms(self) -> None:
        gaps = tuple(None if m == 36 else v for m, v in enumerate(course().vegf))
        assert next(alarms(course(vegf=gaps), months(6, 60), RISE)) == 42

    def test_the_first_sign_and_the_look_that_finds_it(self) -> None:
        assert first_sign(course()) == 34
        assert found(course(), {"VEGF": 6}, RISE) == Found(36, "VEGF")
        assert found(course(), {"VEGF": 12}, RISE) == Found(36, "VEGF")
        assert found(course(), {"examination": 6}, RISE) == Found(42, "examination")
        assert found(course(), {"M-protein": 12}, RISE) == Found(60, "M-protein")
        assert found(course(), {"imaging": 6}, RISE) is None
        assert found(course(), {}, RISE) is None

    def test_of_two_looks_in_one_month_the_first_named_finds(self) -> None:
        both = course(signs={"M-protein": None, "examination": 34, "imaging": 35})
        assert found(both, {"VEGF": 6, "examination": 6, "imaging": 6}, RISE) == Found(36, "VEGF")

    def test_an_alarm_before_the_first_sign_is_false_and_finds_nothing(self) -> None:
        early = course(vegf=(3000.0,) * 3 + (1200.0,) * 58)
        assert first_sign(early) == 38
        assert false_alarm(early, 6, LIMIT_ALONE)
        assert found(early, {"VEGF": 6}, LIMIT_ALONE) == Found(42, "VEGF")

    def test_looks_are_counted(self) -> None:
        assert count({"VEGF": 6, "examination": 12}, 60) == 9 + 5

    def test_planted_fault_a_schedule_that_looks_from_the_start_is_seen(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(follow_up, "REMISSION", 0)
        assert list(months(6, 18)) != [12, 18]


class TestSurvivalExplorer:
    def test_every_reading_is_one_sentence(self) -> None:
        for name in EXPLORERS:
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


class TestFindRelapse:
    def test_the_groups_are_those_of_the_file(self) -> None:
        first = {row["patient"]: row["vegf_response"] for row in rows("followup")}
        counts = Counter(first.values())
        assert len(courses(REMISSION)) == counts["complete"] + counts["partial"] == 93
        assert len(courses(REFRACTORY)) == counts["none"] == 19
        assert (len(relapses(REMISSION)), len(relapses(REFRACTORY))) == (34, 17)

    def test_signs_are_those_of_the_file(self) -> None:
        clinical: dict[str, int] = defaultdict(lambda: 99)
        for row in rows("followup"):
            if row["clinical_relapse"] == "1" and row["vegf_response"] in GROUPS[REMISSION]:
                clinical[row["patient"]] = min(clinical[row["patient"]], int(row["month"]))
        ours = sorted(c.signs["examination"] for c in courses(REMISSION) if c.signs["examination"])
        assert ours == sorted(clinical.values())

    def test_what_the_lesson_says_of_vegf(self) -> None:
        def early(vegf: str, **more: str) -> str:
            return FIND_RELAPSE.chart_at(FIND_RELAPSE.positions(vegf=vegf, **more)).reading

        assert "of the 22 with symptoms, 0 found before" in early("never")
        assert "of the 22 with symptoms, 8 found before" in early("every 6 months")
        assert "of the 22 with symptoms, 15 found before" in early("every 3 months")
        rest = {"band": "every 6 months", "examination": "every 3 months",
                "imaging": "every 6 months"}  # fmt: skip
        assert "of the 22 with symptoms, 8 found before" in early("every 6 months", **rest)
        assert "of the 9 with symptoms, 0 found before" in early(
            "every 3 months", patients=REFRACTORY
        )

    def test_false_alarms_come_with_the_limit_alone(self) -> None:
        assert false_alarms(REMISSION, 6, RISE) == 0
        assert false_alarms(REMISSION, 6, LIMIT_ALONE) == 36
        assert false_alarms(REMISSION, None, LIMIT_ALONE) == 0

    def test_more_looks_never_find_later(self) -> None:
        few = first_found(REMISSION, (12, None, 12, None), RISE)
        many = first_found(REMISSION, (3, 6, 3, 6), RISE)
        for one, other in zip(few, many, strict=True):
            assert one is None or (other is not None and other.month <= one.month)

    def test_whatever_is_not_looked_for_is_not_found(self) -> None:
        assert set(first_found(REMISSION, (None, None, None, None), RISE)) == {None}
        looks = {hit.look for hit in first_found(REMISSION, (None, 6, None, None), RISE) if hit}
        assert looks == {"M-protein"}


def with_effusions_apart() -> float:
    """Mantel and Haenszel's ratio of the death rates with and without pulmonary hypertension."""
    above = below = 0.0
    for effusion in ("0", "1"):
        died, years = {}, {}
        for mark in ("0", "1"):
            own = [
                row
                for row in rows("survival")
                if (row["pulmonary_hypertension"], row["pleural_effusion"]) == (mark, effusion)
            ]
            died[mark] = sum(row["died"] == "1" for row in own)
            years[mark] = sum(float(row["months"]) for row in own) / 12
        above += died["1"] * years["0"] / sum(years.values())
        below += died["0"] * years["1"] / sum(years.values())
    return above / below


class TestQuestions:
    def test_the_dataset_question_is_answered_by_the_dataset(self) -> None:
        rate = {}
        for mark in ("0", "1"):
            own = [row for row in rows("survival") if row["pulmonary_hypertension"] == mark]
            died = sum(row["died"] == "1" for row in own)
            rate[mark] = 1200 * died / sum(float(row["months"]) for row in own)
        item = question("q11-rate-ratio")
        assert item.answer is not None
        assert item.tolerance is not None
        assert abs(rate["1"] / rate["0"] - item.answer) <= item.tolerance
        assert (round(rate["0"], 2), round(rate["1"], 2)) == (1.51, 8.17)
        assert "the ratio is 4.7" in item.why.replace("\n", " ")
        assert round(with_effusions_apart(), 1) == 4.7
        shares = (59 / 102) / (48 / 280)  # comparing shares instead of rates
        assert round(shares, 1) == 3.4
        assert abs(shares - item.answer) > item.tolerance

    def test_the_question_by_hand(self) -> None:
        step = step_at(kaplan_meier(watched(10, 30, -20, -40, -50)), 36)
        assert step is not None
        assert round(100 * step.alive) == question("q11-by-hand").answer

    def test_what_the_questions_say_of_their_charts(self) -> None:
        def at(item: str) -> str:
            figure = question(item).figure
            assert figure is not None
            return FIND_RELAPSE.chart_at(FIND_RELAPSE.positions(**figure.settings)).reading

        assert "37.4 looks for each patient" in at("q11-price")
        assert "of the 22 with symptoms, 8 found before" in at("q11-price")
        assert "15.2 looks" in FIND_RELAPSE.chart_at(FIND_RELAPSE.start).reading
        hits = first_found(REFRACTORY, (3, None, 3, 6), RISE)
        ends = Counter(hit.look for hit in hits if hit)
        assert ends == {"examination": 9, "imaging": 5, "VEGF": 2}
        assert len(relapses(REFRACTORY)) - sum(ends.values()) == 1
