"""The explorers, the dataset and the questions of the lesson on the neuropathy."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from pathlib import Path

import pytest

from poems_course.clinic.conduction import MotorStudy, terminal_latency_index
from poems_course.clinic.poems_or_cidp import NerveFindings, signs
from poems_course.evidence import fact, wilson
from poems_course.figures import exploration, spreading, study_reading
from poems_course.figures.body import LANDMARKS, TALL, Body
from poems_course.figures.nerve_fibres import Nerve, record
from poems_course.figures.spreading import FINGERTIPS, GBS, MID_CALF, PATCHY, POEMS
from poems_course.figures.study_reading import PATIENTS, STEPS, diagnosis, findings
from poems_course.questions.bank import question, questions

ROOT = Path(__file__).parents[1]


def study(
    forearm: float = 1, hand: float = 1, uneven: bool = False, **changes: float
) -> MotorStudy:
    return record(replace(Nerve(forearm, hand, uneven), **changes)).study  # type: ignore[arg-type]


def rows() -> list[dict[str, str]]:
    with (ROOT / "data" / "nerve_conduction.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class TestSpreading:
    def test_the_fingertips_begin_at_mid_calf(self) -> None:
        """The meeting point is the fact's; it moves if either landmark is moved alone."""
        way = TALL - MID_CALF
        assert spreading.border("leg", way) == MID_CALF
        assert spreading.border("arm", way) == FINGERTIPS
        assert "mid-calf" in fact("dpn-ascends").statement or "middle of the calf" in (
            fact("dpn-ascends").statement
        )

    def test_places_are_reached_from_the_far_end_and_never_given_back(self) -> None:
        for pattern in (POEMS, GBS, PATCHY):
            seen: tuple[str, ...] = ()
            for weeks in spreading.WEEKS:
                now = spreading.reached(pattern, weeks)
                assert set(seen) <= set(now)
                seen = now

    def test_gbs_stands_still_after_its_four_weeks(self) -> None:
        assert spreading.climbed(GBS, 4) == spreading.climbed(GBS, 78)
        assert spreading.climbed(GBS, 3) < spreading.climbed(GBS, 4)
        assert spreading.climbed(POEMS, 52) > spreading.climbed(POEMS, 39)

    def test_patches_are_never_on_both_sides(self) -> None:
        places = [(patch.part, patch.top) for patch in spreading.PATCHES]
        assert len(set(places)) == len(places)
        assert {patch.side for patch in spreading.PATCHES} == {"left", "right"}

    def test_the_ill_part_of_the_drawing_lies_below_the_border(self) -> None:
        shown = exploration("spreading")
        svg = shown.chart_at(shown.positions(weeks=52.0)).svg
        _, top = Body(92, 34).place((0, spreading.border("leg", spreading.climbed(POEMS, 52))))
        legs = re.findall(r'<path class="f s1" d="([^"]+)"', svg)[:2]
        for leg in legs:
            ys = [float(pair.split()[1]) for pair in re.split("[ML]", leg.rstrip("Z"))[1:]]
            assert min(ys) == pytest.approx(top, abs=0.1)
            assert max(ys) > Body(92, 34).place((0, LANDMARKS["foot"][1]))[1]

    def test_the_sentence_that_the_lesson_prints(self) -> None:
        shown = exploration("spreading")
        assert shown.chart_at(shown.positions(weeks=39.0)).reading == (
            "By length, over months, after 9 months: numb or weak on both sides, the legs up to "
            "the mid-calves and the arms up to the fingertips; next come the knees."
        )


class TestSigns:
    CLEAR = NerveFindings(0.45, False, True, False, True)

    def test_a_textbook_of_each(self) -> None:
        assert [sign.leans for sign in signs(self.CLEAR)] == ["POEMS"] * 4
        other = NerveFindings(0.25, True, False, True, False)
        assert [sign.leans for sign in signs(other)] == ["CIDP"] * 4

    def test_what_was_not_measured_leans_nowhere(self) -> None:
        """Unknown is not absent: fails where None is read as no."""
        nothing = NerveFindings(None, None, None, None, None)
        assert [sign.leans for sign in signs(nothing)] == ["neither"] * 4
        assert {sign.found for sign in signs(nothing)} == {"not measured"}

    @pytest.mark.parametrize(("index", "leans"), [(0.38, "POEMS"), (0.37, "CIDP")])
    def test_the_cut_off_belongs_to_poems(self, index: float, leans: str) -> None:
        assert signs(replace(self.CLEAR, median_index=index))[1].leans == leans

    def test_a_sural_nerve_that_answers_beside_arms_that_answer_says_nothing(self) -> None:
        found = replace(self.CLEAR, sural_absent=False, arms_sensory_absent=False)
        assert signs(found)[3].leans == "neither"


class TestReading:
    def test_four_of_each_in_an_order_that_betrays_nothing(self) -> None:
        order = [diagnosis(letter) for letter in PATIENTS]
        assert order.count("POEMS") == order.count("CIDP") == 4
        assert order != sorted(order)

    def test_nothing_is_betrayed_before_the_answer(self) -> None:
        """Fails where a diagnosis leaks into drawing, sentence or table of an open question."""
        shown = exploration("study-reading")
        for letter in PATIENTS:
            for step in STEPS:
                chart = shown.chart_at(shown.positions(patient=letter, step=step))
                text = chart.svg + chart.reading + chart.table.html()
                assert "POEMS" not in text
                assert "CIDP" not in text

    def test_the_traps_that_the_lesson_names_are_those_that_are(self) -> None:
        misled = []
        for letter, number in PATIENTS.items():
            leans = [sign.leans for sign in signs(findings(number))]
            other = "CIDP" if diagnosis(letter) == "POEMS" else "POEMS"
            if leans.count(other) >= leans.count(diagnosis(letter)):  # type: ignore[arg-type]
                misled.append(letter)
        assert misled == ["C", "E", "H"]

    def test_the_sentence_that_the_lesson_prints(self) -> None:
        shown = exploration("study-reading")
        at = shown.positions(patient="C", step="4 legs", answer="CIDP")
        assert shown.chart_at(at).reading.endswith(
            "you said CIDP, but this invented patient has POEMS; of 4 signs seen, 1 leans to POEMS "
            "and 2 to CIDP."
        )

    def test_the_report_is_that_of_the_table(self) -> None:
        for number in PATIENTS.values():
            row = next(
                r for r in rows()
                if (r["patient"], r["nerve"], r["stimulation"], r["study"])
                == (str(number), "median", "distal", "motor")
            )  # fmt: skip
            first = study_reading.report(number)[0]
            assert first.found == f"{row['cmap']} mV after {row['latency']} ms"

    @pytest.mark.parametrize(
        ("letter", "found"),
        [
            ("A", "median dispersion; ulnar block"),
            ("E", "median dispersion; ulnar both"),
            ("H", "median neither; ulnar neither"),
        ],
    )
    def test_block_and_dispersion_are_named_nerve_by_nerve(self, letter: str, found: str) -> None:
        (line,) = (
            each
            for each in study_reading.report(PATIENTS[letter])
            if each.name == "block or dispersion"
        )
        assert line.found == found


class TestQuestions:
    @staticmethod
    def indices(diagnosis_: str) -> list[float]:
        return [
            float(row["terminal_latency_index"])
            for row in rows()
            if row["diagnosis"] == diagnosis_
            and (row["study"], row["nerve"], row["stimulation"]) == ("motor", "median", "distal")
            and row["terminal_latency_index"]
        ]

    def test_the_dataset_question_is_answered_by_the_dataset(self) -> None:
        item = question("q03-cutoff-price")
        cidp, poems = self.indices("CIDP"), self.indices("POEMS")
        cleared = sum(index < 0.44 for index in cidp)
        assert (cleared, len(cidp)) == (53, 58)
        assert item.answer is not None
        assert item.tolerance is not None
        assert abs(100 * cleared / len(cidp) - item.answer) <= item.tolerance
        assert sum(index >= 0.44 for index in poems) == 27
        assert sum(index >= 0.38 for index in poems) == 43
        assert sum(index >= 0.38 for index in cidp) == 15

    def test_the_wrong_numbers_that_the_feedback_names_are_those_of_the_slips(self) -> None:
        poems, cidp = self.indices("POEMS"), self.indices("CIDP")
        assert round(100 * sum(index >= 0.44 for index in poems) / len(poems)) == 47
        assert round(100 * sum(index < 0.38 for index in cidp) / len(cidp)) == 74

    def test_sums_are_right(self) -> None:
        index = question("q03-index-sum").answer
        assert index == pytest.approx(terminal_latency_index(75, 30, 5.0))
        back = question("q03-p-latency-back").answer
        assert back is not None
        assert terminal_latency_index(80, 32, back) == pytest.approx(0.40)
        assert question("q03-p-velocity").answer == pytest.approx(225 / (13.5 - 6.0))
        assert question("q03-onls-sum").answer == 4 + 3
        assert question("q03-p-onls-chair").answer == 5 + 1

    def test_the_intervals_are_those_of_seventeen_patients(self) -> None:
        known = fact("n-wang-block-interval")
        for name, k in (("poems", 0), ("cidp", 6)):
            low, high = (round(100 * end) for end in wilson(k, 17))
            assert (known.quantity(f"{name}_low"), known.quantity(f"{name}_high")) == (low, high)

    def test_the_study_in_the_figure_has_the_findings_of_the_options(self) -> None:
        found = findings(PATIENTS["B"])
        assert found == NerveFindings(0.30, False, True, False, True)
        item = question("q03-two-leans")
        assert item.figure is not None
        assert item.figure.settings["patient"] == "B"

    def test_most_questions_ask_for_more_than_recall(self) -> None:
        levels = [item.level for item in questions("03")]
        assert levels.count("reason") >= 9
        assert levels.count("recall") <= len(levels) / 4
