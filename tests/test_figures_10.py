"""The explorers and the questions of the lesson on treatment."""

from __future__ import annotations

import csv
import statistics
from itertools import product
from pathlib import Path

import pytest

from poems_course.clinic.extent import RULES, Extent, advice, still_needed
from poems_course.evidence import fact, wilson
from poems_course.figures import exploration
from poems_course.figures.therapy_course import COURSE, published, x_of
from poems_course.figures.therapy_data import (
    FEW,
    LAST,
    RESPONSES,
    THERAPIES,
    courses,
    group,
    measured,
    relapsed,
    spread,
)
from poems_course.figures.therapy_harm import harms
from poems_course.figures.trial_rows import TRIALS, missing, printed
from poems_course.figures.trials import OUTCOMES, STUDIES, design, randomised
from poems_course.questions.bank import question, questions

DATA = Path(__file__).parent.parent / "data"
EXPLORERS = ("local-or-spread", "therapy-course", "trials")
FRENCH, MILAN, MAYO = RULES


def rows() -> list[dict[str, str]]:
    with (DATA / "followup.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def median(therapy: str, sign: str, month: int) -> float:
    """A median by the csv module alone, as the lesson's pandas cell shows it."""
    return statistics.median(
        float(row[sign])
        for row in rows()
        if row["therapy"] == therapy and int(row["month"]) == month and row[sign]
    )


@pytest.mark.parametrize("name", EXPLORERS)
def test_every_reading_is_one_sentence(name: str) -> None:
    explorer = exploration(name)
    for at in explorer.states():
        reading = explorer.chart_at(at).reading
        assert reading.endswith("."), reading
        assert ". " not in reading, reading


@pytest.mark.parametrize("name", EXPLORERS)
def test_every_option_of_every_control_changes_the_drawing(name: str) -> None:
    explorer = exploration(name)
    for at, control in enumerate(explorer.controls):
        for option in range(1, len(control.values)):
            assert any(
                explorer.chart_at(one).svg
                != explorer.chart_at((*one[:at], option, *one[at + 1 :])).svg
                for one in explorer.states()
                if one[at] == 0
            ), f"{control.label}: {control.texts[option]} changes nothing"


class TestExtent:
    @pytest.mark.parametrize(
        ("extent", "french", "mayo"),
        [
            (Extent(1, True, False), "radiotherapy", "radiotherapy"),
            (Extent(3, True, False), "systemic treatment", "radiotherapy"),
            (Extent(4, True, False), "systemic treatment", "systemic treatment"),
            (Extent(1, True, True), "systemic treatment", "systemic treatment"),
            (Extent(0, True, False), "systemic treatment", "not covered"),
            (Extent(1, False, False), "open", "open"),
            (Extent(1, True, None), "open", "open"),
            (Extent(3, False, None), "systemic treatment", "open"),
            (Extent(5, False, None), "systemic treatment", "systemic treatment"),
        ],
    )
    def test_by_hand(self, extent: Extent, french: str, mayo: str) -> None:
        assert advice(extent, FRENCH) == french
        assert advice(extent, MAYO) == mayo

    def test_the_limits_are_those_of_the_facts(self) -> None:
        assert [rule.most for rule in RULES] == [2, 2, 3]

    def test_radiation_is_never_advised_on_half_a_search(self) -> None:
        for lesions, searched, marrow in product(range(6), (False, True), (None, False, True)):
            extent = Extent(lesions, searched, marrow)
            for rule in RULES:
                if advice(extent, rule) == "radiotherapy":
                    assert searched
                    assert marrow is False
                    assert 1 <= lesions <= rule.most

    def test_what_is_still_needed_is_named_only_where_it_could_matter(self) -> None:
        assert still_needed(Extent(1, False, None)) == (
            "CT of the whole skeleton",
            "a marrow biopsy",
        )
        assert still_needed(Extent(3, True, None)) == ("a marrow biopsy",)
        assert still_needed(Extent(5, False, None)) == ()
        assert still_needed(Extent(1, False, True)) == ()


class TestCourse:
    def test_the_medians_are_those_of_the_file(self) -> None:
        for therapy, sign, month in product(
            THERAPIES, ("serum_vegf", "plasma_vegf", "m_protein", "nis"), (0, 6, 24, 60)
        ):
            seen = spread(therapy, "any", sign, month)
            assert seen is not None
            times = 10 if sign == "m_protein" else 1  # g/dL in the file, g/L in the lessons
            assert seen.middle == pytest.approx(times * median(therapy, sign, month))
            assert seen.low <= seen.middle <= seen.high

    def test_serum_and_plasma_are_never_pooled(self) -> None:
        for course in courses():
            taken = [
                any(value is not None for value in course.signs[sign])
                for sign in ("serum_vegf", "plasma_vegf")
            ]
            assert sum(taken) == 1
        serum = COURSE.chart_at(COURSE.positions(sample="serum"))
        plasma = COURSE.chart_at(COURSE.positions(sample="plasma"))
        assert "plasma" not in serum.reading
        assert "serum" not in plasma.reading

    def test_the_groups_share_out_all_patients(self) -> None:
        assert sum(len(group(therapy, "any")) for therapy in THERAPIES) == 120
        for therapy in THERAPIES:
            known = sum(len(group(therapy, response)) for response in RESPONSES[1:])
            assert known <= len(group(therapy, "any"))

    def test_relapses_only_grow_and_complete_responders_have_none_by_three_years(self) -> None:
        for therapy, response in product(THERAPIES, RESPONSES):
            counts = [relapsed(therapy, response, month) for month in range(LAST + 1)]
            assert counts == sorted(counts)
        assert sum(relapsed(therapy, "complete", 36) for therapy in THERAPIES) == 0
        assert sum(len(group(therapy, "complete")) for therapy in THERAPIES) == 53

    def test_few_patients_are_drawn_one_by_one(self) -> None:
        for therapy, response in product(THERAPIES, RESPONSES):
            chart = COURSE.chart_at(
                COURSE.positions(therapy=therapy, response=response, sample="plasma", month=60)
            )
            lines = 0
            for sign in ("plasma_vegf", "m_protein", "nis"):
                people = len(measured(therapy, response, sign))
                lines += people if people < FEW else 1
            assert chart.svg.count("<polyline") == lines

    def test_real_medians_are_drawn_only_where_they_were_printed(self) -> None:
        assert published("nis", "transplant") == ((0, 66.0), (12, 48.0), (60, 30.0))
        assert published("plasma_vegf", "transplant") == ((0, 452.0), (60, 63.5))
        for sign, therapy in product(("serum_vegf", "m_protein"), THERAPIES):
            assert published(sign, therapy) == ()

    def test_the_first_year_takes_half_of_the_width(self) -> None:
        assert x_of(12) - x_of(0) == pytest.approx(x_of(60) - x_of(12))

    @pytest.mark.parametrize("therapy", THERAPIES)
    def test_a_harm_rests_on_facts_or_says_that_none_was_found(self, therapy: str) -> None:
        for harm in harms(therapy):
            if harm.facts:
                assert all(fact(name).statement for name in harm.facts)
            else:
                assert harm.words.endswith("no published figure was found")

    def test_harms_come_with_their_month(self) -> None:
        first = COURSE.chart_at(COURSE.positions(month=0)).svg
        year = COURSE.chart_at(COURSE.positions(month=12)).svg
        assert "none by now" in first
        assert "12 to 50 %" in year
        assert "another cancer" not in year


class TestTrials:
    def test_by_hand(self) -> None:
        shown = {study.name: study for study in STUDIES}
        beijing = shown["Transplant, Beijing B (138)"]
        assert beijing.interval("no progression") == (64, 84, "printed")
        nerves = shown["Transplant, Mayo nerves (60)"]
        low, high = wilson(59, 60)
        assert nerves.interval("nerves or clinical") == (100 * low, 100 * high, "counted")
        assert shown["Bortezomib, 15 centres (n ?)"].interval("blood: any response")[2] == ""
        assert shown["Dara/elotuzumab, Chiba (13)"].results["nerves or clinical"].shown == "15.4 %"

    def test_missing_is_listed_and_never_drawn_as_zero(self) -> None:
        for outcome in OUTCOMES:
            groups, absent = printed(outcome, "by treatment"), missing(outcome)
            assert len(groups) + len(absent) == len(STUDIES)
            assert all(study.results[outcome].percent > 0 for study in groups)
            chart = TRIALS.chart_at(TRIALS.positions(outcome=outcome))
            for study in absent:
                assert f"? {study.name}" in chart.svg
            assert sum(row[4] == "no figure seen" for row in chart.table.rows[1:]) == len(absent)

    def test_the_randomised_trial_stands_by_itself(self) -> None:
        assert not any("J-POST" in study.place for study in STUDIES)
        for outcome in OUTCOMES:
            chart = TRIALS.chart_at(TRIALS.positions(outcome=outcome))
            assert "randomised trial: J-POST" in chart.svg
            assert chart.table.rows[0][3] == "randomised"
        assert "41 points (2 to 80)" in randomised("VEGF: complete")
        assert randomised("alive") == "no figure seen"

    def test_order(self) -> None:
        highest = printed("alive", "highest first")
        shares = [study.results["alive"].percent for study in highest]
        assert shares == sorted(shares, reverse=True)
        sizes = [study.n or 0 for study in printed("alive", "most patients first")]
        assert sizes == sorted(sizes, reverse=True)

    def test_what_was_only_quoted_is_marked(self) -> None:
        trial = next(study for study in STUDIES if study.name == "Melphalan-dex, trial (31)")
        assert design(trial, "VEGF: complete") == "quoted"
        assert design(trial, "blood: complete") == "planned ahead"

    def test_the_two_melphalan_figures_do_not_meet(self) -> None:
        reading = TRIALS.chart_at(TRIALS.positions(intervals=True)).reading
        assert "95.8 %" in reading
        assert "38.5 %" in reading
        assert "do not meet" in reading


class TestQuestions:
    def test_the_dataset_question_is_answered_by_the_dataset(self) -> None:
        first, sixth, last = (median("transplant", "nis", month) for month in (0, 6, 60))
        share = 100 * (first - sixth) / (first - last)
        item = question("q10-nerve-share")
        assert item.answer is not None
        assert item.tolerance is not None
        assert abs(share - item.answer) <= item.tolerance
        assert (first, sixth, last) == (66, 52, 31.5)
        wrong = 100 * (first - sixth) / first  # of the score instead of the fall
        assert abs(wrong - item.answer) > item.tolerance

    def test_vegf_has_fallen_by_then_as_the_explanation_says(self) -> None:
        first, sixth, last = (median("transplant", "serum_vegf", month) for month in (0, 6, 60))
        assert round(100 * (first - sixth) / (first - last)) == 99

    def test_the_question_on_the_nine_lines_counts_the_drawing(self) -> None:
        people = measured("thalidomide", "any", "plasma_vegf")
        ends = [course.signs["plasma_vegf"][LAST] for course in people]
        assert len(ends) == 9
        assert (
            sum(end is not None and end < 100 for end in ends) == question("q10-nine-lines").answer
        )

    def test_the_registry_question_is_arithmetic(self) -> None:
        left = 100 - fact("T030").quantity("complete") - fact("T030").quantity("partial")
        assert question("q10-no-response").answer == pytest.approx(1.27 * left, abs=0.5)

    def test_only_the_two_rows_of_the_key_lie_apart(self) -> None:
        rows_of = {study.name: study.interval("nerves or clinical") for study in STUDIES
                   if "nerves or clinical" in study.results}  # fmt: skip

        def apart(one: str, other: str) -> bool:
            return rows_of[one][0] > rows_of[other][1]

        assert apart("Transplant, Beijing A (165)", "Dara/elotuzumab, Chiba (13)")
        assert not apart("Radiotherapy, Seoul (4)", "Radiotherapy, Mayo (38)")
        assert not apart("Melphalan-dex, Beijing (79)", "Lenalidomide, Beijing (103)")
        assert not apart("Bevacizumab, Chiba (6)", "Dara/elotuzumab, Chiba (13)")

    def test_no_question_names_a_dose_of_a_drug(self) -> None:
        for item in questions("10"):
            texts = [item.stem, item.why, item.hint]
            texts += [part for option in item.options for part in (option.text, option.feedback)]
            assert not any(" mg " in f"{text} " for text in texts), item.id
