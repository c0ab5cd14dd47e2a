"""Sittings rebuilt from the log, mastery, calibration, advice, and the page of a result."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from poems_course.progress.event import Event
from poems_course.questions import questions
from poems_course.study.advice import advice
from poems_course.study.attempts import attempts
from poems_course.study.certificate import UNSIGNED, Result, page, sentence
from poems_course.study.mastery import Tally, calibration, calibration_sentence, mastery
from poems_course.study.sitting import Sitting, open_sittings, sittings, unfinished
from poems_course.study.taught import objectives
from tests.study_logs import START, answered, event, item

ITEMS = [item("q01-a"), item("q01-b", objective="01-2"), item("q02-a")]
BEGAN = {"sitting": "s1", "seed": 5, "deferred": True, "items": [["q01-a", 1], ["q02-a", 1]]}


def began(hours: float = 0.0, mode: str = "practice", **more: object) -> Event:
    return event("began", mode, {**BEGAN, **more}, hours)


def responded(id: str, response: int, hours: float = 0.1, version: int = 1) -> Event:
    payload = {"sitting": "s1", "response": response, "confidence": 1}
    return event("responded", id, payload, hours, version)


def find(log: list[Event]) -> Sitting:
    sitting = unfinished(log, "practice")
    assert sitting is not None
    return sitting


class TestSitting:
    @settings(deadline=None)
    @given(st.randoms())
    def test_it_is_rebuilt_from_events_in_any_order(self, mixer: random.Random) -> None:
        log = [began(), responded("q01-a", 1), responded("q01-a", 3, 0.2), responded("q02-a", 0)]
        whole = find(log)
        mixer.shuffle(log)
        assert find([*log, *log]) == whole
        assert whole.responses["q01-a"].response == 3
        assert whole.drawn == (("q01-a", 1), ("q02-a", 1))
        assert (whole.seed, whole.deferred) == (5, True)

    def test_what_stood_on_the_page_last_is_what_counts(self) -> None:
        draft = {"sitting": "s1", "response": None, "confidence": "very"}
        log = [began(), responded("q01-a", 1), event("drafted", "q01-a", draft, 0.2)]
        assert find(log).responses == {}
        assert find(log).drafts["q01-a"].confidence is None
        log.append(responded("q01-a", 2, 0.3))
        assert find(log).responses["q01-a"].response == 2
        assert find(log).drafts == {}

    def test_what_it_began_with_is_what_it_is_rebuilt_from(self) -> None:
        assert find([began()]).began() == BEGAN

    def test_an_answer_outside_it_does_not_count(self) -> None:
        log = [began(), answered("q01-a", True, hours=0.1)]
        assert find(log).responses == {}

    def test_a_grade_stands_and_what_comes_after_it_does_not(self) -> None:
        log = [began(), answered("q01-a", False, hours=0.1, sitting="s1")]
        log.append(answered("q01-a", True, hours=0.2, sitting="s1"))
        assert find(log).given(ITEMS) == ((ITEMS[0], False),)

    def test_a_question_that_changed_since_drops_out(self) -> None:
        newer = [item("q01-a", version=2), ITEMS[2]]
        log = [began(), answered("q01-a", True, hours=0.1, sitting="s1")]
        assert find(log).present(newer) == (ITEMS[2],)
        assert find(log).given(newer) == ()

    def test_an_ended_one_is_not_taken_up_again(self) -> None:
        log = [began(), event("ended", "practice", {"sitting": "s1"}, 1)]
        assert unfinished(log, "practice") is None
        assert open_sittings(log) == ()
        assert open_sittings([*log, began(2, sitting="s2")]) == ("practice",)
        assert [one.ended for one in sittings(log, "practice")] == [True]

    @pytest.mark.parametrize(
        "spoilt",
        [{"items": 5}, {"items": [["q01-a"]]}, {"seed": "x"}, {"sitting": None, "seed": {}}],
    )
    def test_a_misshapen_beginning_begins_nothing(self, spoilt: dict[str, object]) -> None:
        assert unfinished([began(**spoilt)], "practice") is None


class TestMastery:
    def test_the_last_attempt_at_each_question_counts(self) -> None:
        log = [
            answered("q01-a", False),
            answered("q01-a", True, hours=30),
            answered("q02-a", False),
        ]
        found = mastery(attempts(log), ITEMS)
        told = [(one.objective, one.tally.right, one.tally.answered) for one in found]
        assert told == [("01-1", 1, 1), ("01-2", 0, 0), ("02-1", 0, 1)]

    def test_one_right_answer_is_little_evidence(self) -> None:
        low, high = Tally(1, 1).interval
        assert low < 0.25
        assert high == 1

    def test_every_objective_of_the_bank_has_its_words(self) -> None:
        assert {one.objective for one in mastery((), questions())} <= set(objectives())
        assert not [words for words in objectives().values() if "*" in words]  # as plain text


class TestCalibration:
    def test_it_counts_by_confidence(self) -> None:
        log = [answered("q01-a", True, 2), answered("q01-b", False, 2), answered("q02-a", True, 0)]
        assert calibration(attempts(log)) == (Tally(1, 1), Tally(0, 0), Tally(1, 2))

    @pytest.mark.parametrize(
        ("tallies", "judgement"),
        [
            ((Tally(0, 0), Tally(0, 0), Tally(10, 20)), "surer than your answers allow"),
            ((Tally(10, 11), Tally(0, 0), Tally(0, 0)), "know more than you believe"),
            ((Tally(2, 9), Tally(5, 8), Tally(19, 20)), "can be trusted"),
            ((Tally(0, 0), Tally(1, 2), Tally(2, 3)), "too few answers"),
        ],
    )
    def test_it_judges_only_what_the_interval_allows(
        self, tallies: tuple[Tally, ...], judgement: str
    ) -> None:
        assert judgement in calibration_sentence(tallies)

    def test_no_answer_is_told(self) -> None:
        assert calibration_sentence((Tally(0, 0),) * 3) == "Nothing has been answered yet."


class TestAdvice:
    def test_a_beginner_is_told_where_to_begin(self) -> None:
        assert advice([], ITEMS, START) == (
            "Begin with a lesson, or with ten questions of mixed practice.",
        )

    def test_it_names_what_waits_what_is_due_and_what_misled(self) -> None:
        log = [answered("q01-a", False, 2), began()]
        told = advice(log, ITEMS, START + timedelta(days=2))
        assert told == (
            "Your practice is not finished: it goes on where you left it.",
            "One question is due for review.",
            "One answer was wrong though you were certain (lesson 01): read there first.",
            "Lesson 02 is still untouched.",
        )

    def test_a_weak_objective_needs_three_answers(self) -> None:
        many = [item(f"q01-{n}") for n in range(3)]
        log = [answered(one.id, one.id == "q01-0") for one in many]
        assert any(
            "01-1 is your weakest, 1 of 3 right" in line for line in advice(log, many, START)
        )
        assert not any("weakest" in line for line in advice(log[:2], many, START))

    def test_a_mode_of_a_newer_course_is_passed_over(self) -> None:
        log = [answered("q01-a", True, 2), began(mode="duel")]
        assert advice(log, ITEMS[:2], START) == ("Nothing presses. Mixed practice keeps it so.",)


RESULT = Result("3 March 2026", 17, (("01", 2, 3), ("02", 26, 37)), blank=1)


class TestCertificate:
    def test_it_says_the_result_with_its_interval_and_that_it_is_unsigned(self) -> None:
        text = page(RESULT, "", [("01", "What is POEMS?"), ("02", "Plasma cells")])
        assert (
            "28 of 40 questions right, 70\u00a0% (95\u00a0% interval 55\u00a0% to 82\u00a0%)"
            in text
        )
        assert UNSIGNED in text
        assert "No name was given." in text
        assert "Paper 17, 40 questions" in text
        assert "02 Plasma cells" in text

    def test_a_name_is_printed_as_text_and_only_there(self) -> None:
        text = page(RESULT, "  Ann <b>\n Other ", [])
        assert "<strong>Ann &lt;b&gt; Other</strong>" in text
        assert "1 were left blank" not in sentence(RESULT)
        assert "1 left blank" in sentence(RESULT)

    def test_it_asks_nothing_of_the_network(self) -> None:
        assert "http" not in page(RESULT, "Ann", [])
