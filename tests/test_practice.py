"""Mixed practice and tests, as their page sees them; a log that fails; exported pages."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from poems_course.progress import Log, ProgressError
from poems_course.questions import questions
from poems_course.study.attempts import attempts
from poems_course.widgets.adaptive import Adaptive
from poems_course.widgets.examination import Examination
from poems_course.widgets.kit import EXPORTING
from poems_course.widgets.practice import Practice
from poems_course.widgets.progress_page import ProgressPage
from poems_course.widgets.review import Review
from tests.sittings import BANK, BEGIN, TEST, OpenLog, blocks, respond, shown


@pytest.fixture
def log(tmp_path: Path) -> OpenLog:
    return lambda: Log(tmp_path / "log")


class TestPractice:
    def test_it_begins_asks_and_ends(self, log: OpenLog) -> None:
        widget = Practice(BANK, log)
        assert "15 questions, of which you have met 0" in blocks(widget)
        widget.handle(BEGIN)
        for at in range(10):
            assert widget.view["place"]["count"] == f"Question {at + 1} of 10"
            assert respond(widget, right=at != 4)["saved"]
            widget.handle({"do": "next"})
        assert "9 of 10 right at the first attempt" in blocks(widget)
        assert "Not yet: 1" in blocks(widget)
        assert "of which you have met 10" in blocks(Practice(BANK, log))

    def test_no_key_is_in_the_page_before_check(self, log: OpenLog) -> None:
        widget = Practice(BANK, log)
        reply = widget.handle(BEGIN)
        text = json.dumps(widget.view) + widget.html() + json.dumps(reply)
        assert "feedback a" not in text
        assert "correct" not in text
        assert "Because." not in text

    def test_another_kernel_goes_on_at_the_first_blank(self, log: OpenLog) -> None:
        widget = Practice(BANK, log)
        widget.handle(BEGIN)
        respond(widget, right=True)
        second = Practice(BANK, log)
        assert second.view["place"]["count"] == "Question 2 of 10"
        assert second.sitting is not None
        assert widget.sitting is not None
        assert second.sitting.drawn == widget.sitting.drawn

    def test_a_page_that_is_reloaded_shows_the_answer_given(self, log: OpenLog) -> None:
        widget = Practice(BANK, log)
        widget.handle(BEGIN)
        respond(widget, right=False, confidence=2)
        kept = widget.view["place"]["kept"]
        assert (kept["outcome"]["correct"], kept["confidence"]) == (False, 2)
        assert kept["saved"]

    def test_trying_again_does_not_change_the_result(self, log: OpenLog) -> None:
        widget = Practice(BANK, log)
        widget.handle(BEGIN)
        respond(widget, right=False)
        assert respond(widget, right=True)["attempt"] == 2
        widget.handle({"do": "finish", "sure": True})
        assert "0 of 1 right" in blocks(widget)

    def test_the_last_answer_ends_it_and_its_feedback_stays(self, log: OpenLog) -> None:
        widget = Practice(BANK[:2], log)
        widget.handle({**BEGIN, "lessons": [0]})
        respond(widget, right=True)
        widget.handle({"do": "next"})
        respond(widget, right=False)
        assert widget.view["place"]["kept"]["outcome"]["correct"] is False
        assert [event.payload["right"] for event in log().events("ended")] == [1]
        assert "Begin" in blocks(Practice(BANK[:2], log))
        widget.handle({"do": "next"})
        assert "1 of 2 right" in blocks(widget)
        assert len(log().events("ended")) == 1

    def test_chosen_lessons_only_and_seen_least_first(self, log: OpenLog) -> None:
        widget = Practice(BANK, log)
        for _ in range(2):
            widget.handle({**BEGIN, "lessons": [1]})
            assert widget.sitting is not None
            assert {id[:3] for id, _ in widget.sitting.drawn} == {"q02"}
            widget.handle({"do": "again"})
        assert "at least one lesson" in widget.handle({**BEGIN, "lessons": []})["error"]

    def test_a_question_that_changed_is_dropped_not_confused(self, log: OpenLog) -> None:
        widget = Practice(BANK, log)
        widget.handle(BEGIN)
        first = shown(widget)
        newer = tuple(replace(one, version=2) if one == first else one for one in BANK)
        place = Practice(newer, log).view["place"]
        assert place["count"] == "Question 1 of 9"
        assert place["status"] == "One question has changed since this was begun, and so left out."


class TestTest:
    def test_feedback_comes_at_the_end_only(self, log: OpenLog) -> None:
        widget = Practice(BANK, log)
        widget.handle(TEST)
        reply = respond(widget, right=True, do="keep")
        assert set(reply) == {"saved"}
        first = shown(widget).id
        assert set(widget.view["place"]["kept"]) == {"response", "confidence", "saved"}
        assert widget.handle({"do": "shown", "question": first})["error"]
        assert log().events("answered") == []

    def test_an_answer_can_be_changed_and_the_last_one_counts(self, log: OpenLog) -> None:
        widget = Practice(BANK, log)
        widget.handle(TEST)
        for right in (True, False, True):
            respond(widget, right, do="keep")
        second = Practice(BANK, log)  # another kernel ends it
        assert "9 questions are still blank" in json.dumps(second.handle({"do": "finish"}))
        second.handle({"do": "finish", "sure": True})
        assert "1 of 1 right at the first attempt. 9 left blank." in blocks(second)
        (event,) = log().events("answered")
        assert event.payload["correct"] is True
        assert [one.correct for one in attempts(log().events())] == [True]

    def test_every_question_can_be_reached_and_opened_at_the_end(self, log: OpenLog) -> None:
        widget = Practice(BANK, log)
        widget.handle(TEST)
        widget.handle({"do": "go", "to": 9})
        assert [step["text"] for step in widget.view["place"]["steps"]] == [
            "Finish, and see the feedback",
            "Back",
        ]
        assert widget.view["place"]["numbers"][9] == {"at": 9, "done": False, "here": True}
        respond(widget, right=False, do="keep")
        last = shown(widget).id
        widget.handle({"do": "finish", "sure": True})
        opened = widget.handle({"do": "shown", "question": last})
        assert opened["kept"]["outcome"]["correct"] is False
        assert opened["question"]["id"] == last

    def test_what_is_no_answer_is_not_kept(self, log: OpenLog) -> None:
        widget = Practice(BANK, log)
        widget.handle(TEST)
        message = {"do": "keep", "question": shown(widget).id, "response": 77, "confidence": 1}
        assert widget.handle(message)["outcome"]["graded"] is False
        assert widget.handle({**message, "confidence": None})["outcome"]["graded"] is False
        assert log().events("responded") == []

    def test_what_stands_on_the_page_is_kept_before_it_is_an_answer(self, log: OpenLog) -> None:
        widget = Practice(BANK, log)
        widget.handle(TEST)
        item = shown(widget)
        message = {"do": "keep", "question": item.id, "response": 2, "confidence": None}
        reply = widget.handle(message)
        assert reply["saved"]
        assert reply["outcome"]["summary"] == "Say how sure you are first."
        kept = Practice(BANK, log).view["place"]["kept"]  # another kernel, or a page reloaded
        assert (kept["response"], kept["confidence"]) == (2, None)
        assert kept["missing"] == "Say how sure you are first."
        assert widget.view["place"]["kept"] == kept
        assert widget.view["place"]["numbers"][0]["done"] is False
        asked = json.dumps(widget.handle({"do": "finish"}))
        assert "One of them has an answer begun: finish it, say how sure you are" in asked
        widget.handle({**message, "confidence": 0})
        second = Practice(BANK, log)
        assert second.view["place"]["count"] == "Question 2 of 10"
        assert second.view["place"]["numbers"][0]["done"] is True
        assert "have an answer begun" not in json.dumps(widget.handle({"do": "finish"}))

    def test_an_answer_taken_back_is_blank_again(self, log: OpenLog) -> None:
        widget = Practice(BANK, log)
        widget.handle(TEST)
        item = shown(widget)
        respond(widget, right=True, do="keep")
        message = {"do": "keep", "question": item.id, "response": None, "confidence": 1}
        assert widget.handle(message)["saved"]
        second = Practice(BANK, log)
        assert second.sitting is not None
        assert second.sitting.responses == {}
        second.handle({"do": "finish", "sure": True})
        assert log().events("answered") == []
        assert second.handle({"do": "shown", "question": item.id})["kept"] is None

    def test_its_feedback_is_there_after_a_reload(self, log: OpenLog) -> None:
        widget = Practice(BANK, log)
        widget.handle(TEST)
        widget.handle({"do": "finish", "sure": True})
        again = Practice(BANK, log)
        assert "10 left blank" in blocks(again)
        again.handle({"do": "again"})
        assert "Begin" in blocks(again)


class TestBadLog:
    def test_without_a_log_practice_works_and_says_so(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("not a folder")
        widget = Practice(BANK, lambda: Log(tmp_path / "file" / "log"))
        assert "progress cannot be kept" in widget.view["notice"]
        reply = widget.handle(BEGIN)
        assert "progress cannot be kept" in reply["unsaved"]
        reply = respond(widget, right=True)
        assert reply["outcome"]["correct"] is True
        assert "progress cannot be kept" in reply["unsaved"]

    def test_what_could_not_be_saved_is_saved_later_and_in_order(self, tmp_path: Path) -> None:
        broken = [True]

        def log() -> Log:
            if broken[0]:
                raise ProgressError("the disk is full")
            return Log(tmp_path / "log")

        widget = Practice(BANK, log)
        widget.handle(BEGIN)
        respond(widget, right=True)
        broken[0] = False
        assert widget.handle({"do": "save"})["saved"]
        assert [event.kind for event in log().events()] == ["began", "answered"]
        assert Practice(BANK, log).view["place"]["count"] == "Question 2 of 10"

    def test_a_page_from_before_a_restart_is_told_what_to_do(self, log: OpenLog) -> None:
        reply = Practice(BANK, log).handle({"do": "next"})
        assert "run this cell again" in reply["error"]


@pytest.mark.parametrize("kind", [Practice, Review, Adaptive, Examination, ProgressPage])
def test_an_exported_page_says_that_it_needs_python_and_holds_no_script(
    kind: Any, log: OpenLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(EXPORTING, "1")
    html = kind(questions(), log).html()
    assert "needs Python" in html
    assert "<script" not in html


def test_an_unknown_question_is_told(log: OpenLog) -> None:
    widget = Practice(BANK, log)
    widget.handle(BEGIN)
    message = {"do": "check", "question": "nobody", "response": 0, "confidence": 1}
    assert "error" in widget.handle(message)


def test_the_names_of_the_notebook_are_functions_even_after_their_rooms_are_loaded() -> None:
    import poems_course

    for name in ("practice", "review", "adaptive", "examination", "my_progress"):
        assert callable(getattr(poems_course, name))
        with pytest.raises(ModuleNotFoundError):
            __import__(f"poems_course.{name}")
