"""Follow-up, and the explorer and questions of the lesson on prognosis."""

from __future__ import annotations

import csv
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
from poems_course.clinic.survival import Watched, kaplan_meier, step_at
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
from poems_course.questions.bank import question

DATA = Path(__file__).parent.parent / "data"


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


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
        step = step_at(kaplan_meier([Watched(abs(t), t > 0) for t in (10, 30, -20, -40, -50)]), 36)
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
