"""The explorers of "Start here", its exercise and its sums, against values worked out by hand."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from poems_course.checks.lesson import read
from poems_course.checks.notebooks import minutes
from poems_course.clinic.criteria import evaluate
from poems_course.clinic.patient import read_patient
from poems_course.evidence import fact, wilson
from poems_course.figures import exploration, lesson_plan
from poems_course.figures.career import new_per_million
from poems_course.figures.chart import Table
from poems_course.figures.lesson_plan import (
    NEED_FIRST,
    PRIORITIES,
    Planned,
    Words,
    lessons,
    plan,
)
from poems_course.figures.tour import BEFORE, COURSE, PARTS, limit
from poems_course.folder import HOME, lesson_files, lesson_minutes
from poems_course.questions.bank import question
from poems_course.questions.lint import lint_item

TWELVE = [f"{number:02}" for number in range(1, 13)]
NOTEBOOKS = lesson_files()


def fitting(who: str, time: float) -> tuple[list[str], list[str]]:
    """The lessons that fit, then those that are left over."""
    steps = plan(who, time)
    fit = [step.lesson.words.id for step in steps if step.start is not None]
    return fit, [step.lesson.words.id for step in steps if step.start is None]


def planned(**minutes: int) -> dict[str, Planned]:
    """Twelve lessons of 24 minutes, but for those named, as in ``l01=23``."""
    return {id: Planned(Words(id, f"Title {id}", "x"), minutes.get(f"l{id}", 24)) for id in TWELVE}


class TestLessonPlan:
    def test_every_reader_meets_every_lesson_once(self) -> None:
        assert set(lessons()) == set(NOTEBOOKS) - {"00"}
        for who, order in PRIORITIES.items():
            assert sorted(order) == TWELVE, who

    def test_an_hour_by_hand(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """23 and 22 make 45; a third of 24 would make 69. For a doctor in need, 25 and 24."""
        monkeypatch.setattr(lesson_plan, "lessons", lambda: planned(l01=23, l02=22, l09=25))
        assert fitting("student", 60)[0] == ["01", "02"]
        assert [step.start for step in plan("student", 60)[:3]] == [0, 23, None]
        assert fitting("student", 60)[1][0] == "03"
        assert fitting(NEED_FIRST, 60)[0] == ["09", "03"]

    def test_what_does_not_fit_ends_the_path(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A later, shorter lesson does not slip in before one that was meant to come first."""
        short = {f"l{id}": 10 for id in TWELVE} | {"l02": 40}
        monkeypatch.setattr(lesson_plan, "lessons", lambda: planned(**short))
        assert fitting("student", 45)[0] == ["01"]

    def test_a_lesson_that_is_not_there_is_left_out(self, monkeypatch: pytest.MonkeyPatch) -> None:
        there = {id: lesson for id, lesson in planned().items() if id != "02"}
        monkeypatch.setattr(lesson_plan, "lessons", lambda: there)
        assert fitting("student", 60)[0] == ["01", "03"]

    @pytest.mark.parametrize("who", PRIORITIES)
    def test_more_time_takes_nothing_away_and_all_fits_in_the_end(self, who: str) -> None:
        before: set[str] = set()
        for time in lesson_plan.MINUTES:
            now = set(fitting(who, time)[0])
            assert before <= now
            before = now
        assert before == set(lessons())

    def test_the_order_is_that_of_teaching_but_for_who_has_a_patient_in_mind(self) -> None:
        for who in PRIORITIES:
            fit = fitting(who, 300)[0]
            wanted = [id for id in PRIORITIES[who] if id in lessons()]
            assert fit == (wanted if who == NEED_FIRST else sorted(wanted))

    def test_the_reading_says_what_is_next_or_that_all_is_read(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(lesson_plan, "lessons", lambda: planned(l01=23))
        shown = exploration("lesson-plan")
        assert shown.chart_at(shown.positions(minutes=30)).reading == (
            "A student who has 30 minutes reads lesson 01 in 23 minutes; next would come 02, "
            "Title 02."
        )
        every = shown.chart_at(shown.positions(who="teacher", minutes=300)).reading
        assert every.endswith("11 and 12, in this order and in 287 minutes; that is all of them.")

    @pytest.mark.parametrize("number", sorted(NOTEBOOKS))
    def test_every_lesson_says_how_long_it_takes_and_about_as_the_check_reckons(
        self, number: str
    ) -> None:
        says = lesson_minutes(NOTEBOOKS[number])
        assert says == pytest.approx(minutes(read(NOTEBOOKS[number])), abs=2.5)
        assert number == "00" or lessons()[number].minutes == says


class TestTour:
    def test_the_prompt_names_the_limit_so_that_one_can_predict(self) -> None:
        assert f"high from {limit():g} pg/mL" in exploration("tour").prompt

    def test_every_part_is_explained_alike_in_drawing_and_reading(self) -> None:
        shown = exploration("tour")
        for part, (first, second) in PARTS.items():
            chart = shown.chart_at(shown.positions(part=part))
            assert f">{first}<" in chart.svg
            assert f">{second}<" in chart.svg
            assert chart.reading.startswith(first.rstrip("."))

    def test_its_small_copy_has_the_settings_of_the_whole(self) -> None:
        shown = exploration("tour")
        for month in COURSE:
            svg = shown.chart_at(shown.positions(month=month)).svg
            assert f">Month: {month:g}<" in svg
            assert f">At month {month:g}, VEGF is {COURSE[month]:g} pg/mL.<" in svg

    def test_before_it_is_run_the_copy_has_no_controls(self) -> None:
        shown = exploration("tour")
        svg = shown.chart_at(shown.positions(part=BEFORE)).svg
        assert "Month:" not in svg
        assert "Start again<" not in svg
        assert "A picture for now" in svg

    def test_vegf_falls_below_the_sourced_limit_between_months_3_and_6(self) -> None:
        assert limit() == 200
        assert [month for month, vegf in COURSE.items() if vegf < limit()][0] == 6
        halved = [month for month, vegf in COURSE.items() if vegf < COURSE[0] / 2]
        assert question("q00-half-of-the-start").answer == halved[0]
        shown = exploration("tour")
        assert "above the limit" in shown.chart_at(shown.positions(month=3, line=True)).reading
        assert "below the limit" in shown.chart_at(shown.positions(month=6, line=True)).reading
        assert "limit of" not in shown.chart_at(shown.positions(month=6)).reading

    def test_the_table_marks_the_setting(self) -> None:
        shown = exploration("tour")
        table: Table = shown.chart_at(shown.positions(month=9)).table
        assert [row[0] for row in table.rows if row[3] == "shown"] == ["9"]


def discs() -> Counter[str]:
    with (HOME / "data" / "cohort.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["diagnosis"] == "POEMS"]
    words = {"1": "yes", "0": "no", "": "nobody looked"}
    return Counter(words[row["papilloedema"]] for row in rows)


def test_the_exercise_is_answered_from_the_data() -> None:
    found = discs()
    assert sum(found.values()) == 120
    item = question("q00-nobody-looked")
    assert item.answer == found["nobody looked"] == 31
    looked = found["yes"] + found["no"]
    assert (found["yes"], found["no"], looked) == (59, 30, 89)
    assert round(100 * found["yes"] / looked) == 66
    assert round(100 * found["yes"] / 120) == 49
    for number in ("59", "30", "89", "66 %", "49 %"):
        assert number in item.why


def test_the_shares_and_intervals_of_the_questions_are_computed() -> None:
    assert [round(100 * end) for end in wilson(6, 9)] == [35, 88]
    assert [round(100 * end) for end in wilson(43, 316)] == [10, 18]
    assert question("q00-share-of-the-examined").answer == pytest.approx(100 * 25 / 38, abs=0.05)
    assert round(100 * 25 / 41) == 61


def test_a_neurologist_meets_about_two_and_a_family_doctor_none() -> None:
    """The popular belief, judged: the French rate, 35 years, British catchments."""
    rate = new_per_million("middle") / 1e6 * 35
    neurologist = fact("career-neurologist-uk").quantity("people_per_neurologist")
    assert 1.5 < rate * neurologist < 2.5
    assert rate * fact("career-gp-england").quantity() < 0.1


def test_one_line_that_nobody_wrote_decides_about_edda() -> None:
    edda = read_patient(HOME / "data" / "patients" / "edda.json")
    verdict = evaluate(edda)["dispenzieri"]
    assert verdict.outcome == "undetermined"
    assert "monoclonal_plasma_cells" in verdict.would_settle


def test_only_questions_about_the_course_do_without_a_source() -> None:
    item = question("q00-leaving")
    assert not [found for found in lint_item(item) if found.rule == "sources"]
    untagged = type(item)(**{**vars(item), "tags": ()})
    assert [found for found in lint_item(untagged) if found.rule == "sources"]


def test_the_list_of_lessons_holds_every_lesson_in_order() -> None:
    text = Path(HOME / "notebooks" / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| ([0-9]{2}) \| \[[^\]]+\]\(([^)]+)\)", text, re.MULTILINE)
    assert listed == [(number, NOTEBOOKS[number].name) for number in sorted(NOTEBOOKS)]
