"""The explorers and the data of the lesson on hormones."""

from __future__ import annotations

import pytest

from poems_course.clinic.endocrine import read
from poems_course.figures import exploration
from poems_course.figures.datasets import rows
from poems_course.figures.ten_panels import LETTERS, VERDICTS, patients, verdict


def _reading(id: str, **settings: object) -> str:
    shown = exploration(id)
    return shown.chart_at(shown.positions(**settings)).reading


def _svg(id: str, **settings: object) -> str:
    shown = exploration(id)
    return shown.chart_at(shown.positions(**settings)).svg


class TestAxisLesion:
    def test_it_says_nothing_before_it_is_asked(self) -> None:
        hidden = _reading("axis-lesion", first="low")
        assert hidden == (
            "Axis: gonads of a man, what fails: the pituitary; you predict LH low and testosterone "
            "normal, and the laboratory has not answered yet."
        )
        shown = exploration("axis-lesion")
        rows_ = shown.chart_at(shown.positions()).table.rows
        assert [row[2] for row in rows_] == ["hidden", "hidden"]

    def test_what_was_predicted_is_held_against_what_is_found(self) -> None:
        told = _reading("axis-lesion", lesion="gland", first="high", reveal=True)
        assert "LH is high (as you predicted)" in told
        assert "testosterone is low (you predicted normal)" in told
        assert "primary failure" in told

    def test_the_pituitary_plays_no_part_in_calcium_and_glucose(self) -> None:
        for axis in ("calcium", "glucose"):
            told = _reading("axis-lesion", axis=axis, lesion="pituitary", reveal=True)
            assert "does not pass through hypothalamus or pituitary" in told
            assert told.count("as you predicted") == 2


class TestTenPanels:
    def test_the_ten_cover_every_verdict_and_more_than_poems(self) -> None:
        found = {each.letter: verdict(read(each.panel)) for each in patients()}
        assert set(found.values()) == set(VERDICTS)
        assert {each.diagnosis for each in patients()} == {
            "POEMS", "CIDP", "diabetic neuropathy", "MGUS neuropathy",
        }  # fmt: skip
        assert "".join(found) == LETTERS
        # worked by hand from the printed values
        assert found == {
            "A": "it counts",
            "B": "a disorder, but not enough alone",
            "C": "it counts",
            "D": "a disorder, but not enough alone",
            "E": "it counts",
            "F": "cannot tell yet",
            "G": "it counts",
            "H": "nothing to count",
            "I": "it counts",
            "J": "it counts",
        }

    def test_nobody_near_the_menopause_is_read_as_past_it(self) -> None:
        """The data hold ages only, and at 52 an FSH of 20 may be no failure at all."""
        past = [each.who for each in patients() if each.panel.after_menopause]
        assert past == ["woman of 73", "woman of 74", "woman of 66", "woman of 56"]

    def test_the_reading_stays_hidden_until_it_is_asked_for(self) -> None:
        assert "central failure" not in _svg("ten-panels", patient="A")
        assert "central failure" in _svg("ten-panels", patient="A", reveal=True)
        assert "POEMS" not in _reading("ten-panels", patient="A")

    @pytest.mark.parametrize(
        ("judged", "said"), [("it counts", "as you said"), (VERDICTS[1], "where you said")]
    )
    def test_the_learners_verdict_is_answered(self, judged: str, said: str) -> None:
        assert said in _reading("ten-panels", patient="I", judged=judged, reveal=True)


def test_the_answer_of_the_dataset_question() -> None:
    """77 of the 98 tested is 79 %; 77 of all 120 would be 64 %."""
    poems = [row for row in rows("endocrine_panel") if row["diagnosis"] == "POEMS"]
    tested = [row for row in poems if row["counts_for_criterion"]]
    found = sum(row["counts_for_criterion"] == "1" for row in tested)
    assert (found, len(tested), len(poems)) == (77, 98, 120)
    assert round(100 * found / len(tested)) == 79
    assert round(100 * found / len(poems)) == 64
