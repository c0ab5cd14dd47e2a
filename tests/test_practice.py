"""Practice, test, examination, review, adaptive practice and progress, as their pages see them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from poems_course.progress import Log, ProgressError
from poems_course.progress.event import Event, new_id, stamp
from poems_course.questions import order, questions
from poems_course.questions.records import Question
from poems_course.study.attempts import attempts
from poems_course.study.review import cards, due
from poems_course.widgets.adaptive import Adaptive
from poems_course.widgets.examination import Examination
from poems_course.widgets.kit import EXPORTING
from poems_course.widgets.practice import Practice
from poems_course.widgets.progress_page import ProgressPage
from poems_course.widgets.review import Review
from poems_course.widgets.sitting import SittingWidget
from tests.study_logs import item

BANK = tuple(item(f"q0{lesson}-{name}") for lesson in (1, 2, 3) for name in "abcde")
BY_ID = {one.id: one for one in BANK}
BEGIN = {"do": "begin", "lessons": [0, 1, 2], "count": 0, "feedback": 0}
TEST = {**BEGIN, "feedback": 1}


@pytest.fixture
def log(tmp_path: Path) -> Callable[[], Log]:
    return lambda: Log(tmp_path / "log")


def shown(widget: SittingWidget) -> Question:
    """The question that the page shows."""
    id: str = widget.view["place"]["question"]["id"]
    return widget.question(id)


def position(question: Question, right: bool) -> int:
    at = order(question).index(question.keys[0])
    return at if right else (at + 1) % len(question.options)


def respond(widget: SittingWidget, right: bool, confidence: int = 1, do: str = "check") -> Any:
    question = shown(widget)
    return widget.handle(
        {
            "do": do,
            "question": question.id,
            "response": position(question, right),
            "confidence": confidence,
        }
    )


def blocks(widget: SittingWidget | ProgressPage) -> str:
    view = widget.view.get("place", widget.view)
    return json.dumps(view["blocks"], ensure_ascii=False)


def told_before_check(widget: SittingWidget) -> str:
    return json.dumps(widget.view) + widget.static() + widget.html()


class TestPractice:
    def test_it_begins_asks_and_ends(self, log: Callable[[], Log]) -> None:
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

    def test_no_key_is_in_the_page_before_check(self, log: Callable[[], Log]) -> None:
        widget = Practice(BANK, log)
        reply = widget.handle(BEGIN)
        text = told_before_check(widget) + json.dumps(reply)
        assert "feedback a" not in text
        assert "correct" not in text
        assert "Because." not in text

    def test_another_kernel_goes_on_at_the_first_blank(self, log: Callable[[], Log]) -> None:
        widget = Practice(BANK, log)
        widget.handle(BEGIN)
        respond(widget, right=True)
        second = Practice(BANK, log)
        assert second.view["place"]["count"] == "Question 2 of 10"
        assert second.sitting is not None
        assert widget.sitting is not None
        assert second.sitting.drawn == widget.sitting.drawn

    def test_a_page_that_is_reloaded_shows_the_answer_given(self, log: Callable[[], Log]) -> None:
        widget = Practice(BANK, log)
        widget.handle(BEGIN)
        respond(widget, right=False, confidence=2)
        kept = widget.view["place"]["kept"]
        assert (kept["outcome"]["correct"], kept["confidence"]) == (False, 2)
        assert kept["saved"]

    def test_trying_again_does_not_change_the_result(self, log: Callable[[], Log]) -> None:
        widget = Practice(BANK, log)
        widget.handle(BEGIN)
        respond(widget, right=False)
        assert respond(widget, right=True)["attempt"] == 2
        widget.handle({"do": "finish", "sure": True})
        assert "0 of 1 right" in blocks(widget)

    def test_the_last_answer_ends_it_and_its_feedback_stays(self, log: Callable[[], Log]) -> None:
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

    def test_chosen_lessons_only_and_seen_least_first(self, log: Callable[[], Log]) -> None:
        widget = Practice(BANK, log)
        for _ in range(2):
            widget.handle({**BEGIN, "lessons": [1]})
            assert widget.sitting is not None
            assert {id[:3] for id, _ in widget.sitting.drawn} == {"q02"}
            widget.handle({"do": "again"})
        assert "at least one lesson" in widget.handle({**BEGIN, "lessons": []})["error"]

    def test_a_question_that_changed_is_dropped_not_confused(self, log: Callable[[], Log]) -> None:
        widget = Practice(BANK, log)
        widget.handle(BEGIN)
        first = shown(widget)
        newer = tuple(replace(one, version=2) if one == first else one for one in BANK)
        assert Practice(newer, log).view["place"]["count"] == "Question 1 of 9"


class TestTest:
    def test_feedback_comes_at_the_end_only(self, log: Callable[[], Log]) -> None:
        widget = Practice(BANK, log)
        widget.handle(TEST)
        reply = respond(widget, right=True, do="keep")
        assert set(reply) == {"saved"}
        first = shown(widget).id
        assert set(widget.view["place"]["kept"]) == {"response", "confidence", "saved"}
        assert widget.handle({"do": "shown", "question": first})["error"]
        assert log().events("answered") == []

    def test_an_answer_can_be_changed_and_the_last_one_counts(self, log: Callable[[], Log]) -> None:
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

    def test_every_question_can_be_reached_and_opened_at_the_end(
        self, log: Callable[[], Log]
    ) -> None:
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

    def test_what_is_no_answer_is_not_kept(self, log: Callable[[], Log]) -> None:
        widget = Practice(BANK, log)
        widget.handle(TEST)
        message = {"do": "keep", "question": shown(widget).id, "response": 77, "confidence": 1}
        assert widget.handle(message)["outcome"]["graded"] is False
        assert widget.handle({**message, "confidence": None})["outcome"]["graded"] is False
        assert log().events("responded") == []

    def test_its_feedback_is_there_after_a_reload(self, log: Callable[[], Log]) -> None:
        widget = Practice(BANK, log)
        widget.handle(TEST)
        widget.handle({"do": "finish", "sure": True})
        again = Practice(BANK, log)
        assert "10 left blank" in blocks(again)
        again.handle({"do": "again"})
        assert "Begin" in blocks(again)


def examination(log: Callable[[], Log], paper: str = "77") -> Examination:
    widget = Examination(questions(), log)
    widget.handle({"do": "begin", "paper": paper})
    return widget


class TestExamination:
    def test_the_number_of_the_paper_decides_its_questions(self, tmp_path: Path) -> None:
        first, second = (examination(lambda n=n: Log(tmp_path / n)) for n in ("a", "b"))
        assert first.sitting is not None
        assert second.sitting is not None
        assert first.sitting.drawn == second.sitting.drawn
        assert len(first.sitting.drawn) == 40
        assert first.view["place"]["status"] == "Paper 77. 0 of 40 answered."

    @pytest.mark.parametrize("number", ["-1", "1000000", "x", "²"])
    def test_what_is_no_number_is_told(self, log: Callable[[], Log], number: str) -> None:
        reply = Examination(questions(), log).handle({"do": "begin", "paper": number})
        assert "A paper has a number from 0 to 999999" in reply["error"]
        assert log().events() == []

    def test_without_a_number_papers_differ(self, tmp_path: Path) -> None:
        drawn = set()
        for n in range(3):
            widget = examination(lambda n=n: Log(tmp_path / str(n)), "")
            assert widget.sitting is not None
            drawn.add(widget.sitting.drawn)
        assert len(drawn) == 3

    def test_a_kill_in_the_middle_loses_nothing(self, log: Callable[[], Log]) -> None:
        widget = examination(log)
        given = {}
        for at in (0, 1, 17):
            widget.handle({"do": "go", "to": at})
            item = shown(widget)
            reply = widget.handle(
                {"do": "keep", "question": item.id, "response": any_response(item), "confidence": 2}
            )
            given[item.id] = any_response(item)
            assert reply["saved"]
        del widget
        second = Examination(questions(), log)
        assert second.sitting is not None
        assert {id: r.response for id, r in second.sitting.responses.items()} == given
        assert second.view["place"]["count"] == "Question 3 of 40"

    def test_the_result_has_its_interval_and_the_page_the_name(
        self, log: Callable[[], Log]
    ) -> None:
        widget = examination(log)
        assert "comes at the end" in widget.handle({"do": "page", "name": "Ann"})["error"]
        widget.handle({"do": "finish", "sure": True})
        assert "0 of 40 questions right, 0\u00a0%" in blocks(widget)
        assert "By lesson" in blocks(widget)
        file = widget.handle({"do": "page", "name": "Ann Other"})["file"]
        assert file["name"] == "poems-examination-77.html"
        assert "Ann Other" in file["text"]
        assert "Unsigned." in file["text"]
        assert "Ann Other" not in json.dumps([event.payload for event in log().events()])
        assert "Ann Other" not in json.dumps(widget.view)

    def test_it_ends_all_at_once_or_not_at_all(
        self, log: Callable[[], Log], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        widget = examination(log)
        item = shown(widget)
        widget.handle(
            {"do": "keep", "question": item.id, "response": any_response(item), "confidence": 0}
        )
        calls: list[int] = []
        monkeypatch.setattr(
            Log, "append_all", lambda self, entries: calls.append(len(entries)) or _full()
        )
        reply = widget.handle({"do": "finish", "sure": True})
        assert reply["unsaved"] == "the disk is full"
        assert calls == [2]  # the answer and the end, together
        assert log().events("ended") == []
        monkeypatch.undo()
        assert widget.handle({"do": "save"})["saved"]
        assert [len(log().events(kind)) for kind in ("answered", "ended")] == [1, 1]


def _full() -> Any:
    raise ProgressError("the disk is full")


def any_response(item: Question) -> Any:
    """Some response that can be graded."""
    shown = list(range(len(order(item))))
    if item.type == "numeric":
        return "7"
    if item.type == "matching":
        return [0] * len(item.prompts)
    return {"ordering": shown, "multiple": [0]}.get(item.type, 0)


class TestAdaptive:
    def test_another_kernel_asks_the_same_question(self, log: Callable[[], Log]) -> None:
        widget = Adaptive(BANK, log)
        widget.handle({"do": "begin"})
        for right in (True, False, True):
            respond(widget, right)
            widget.handle({"do": "next"})
        second = Adaptive(BANK, log)
        assert shown(second) == shown(widget)
        assert second.view["place"]["count"] == "Question 4"

    def test_it_says_how_sure_it_is_and_stops(self, log: Callable[[], Log]) -> None:
        widget = Adaptive(questions(), log)
        widget.handle({"do": "begin"})
        assert widget.view["place"]["status"] == ""
        for at in range(30):
            question = shown(widget)
            message = {"do": "check", "question": question.id, "confidence": 1}
            widget.handle({**message, "response": any_response(question)})
            assert f"after {at + 1} question" in widget.view["place"]["status"]
            assert "95\u00a0% interval" in widget.view["place"]["status"]
            widget.handle({"do": "next"})
            if "blocks" in widget.view["place"]:
                break
        assert 8 <= at + 1 <= 30
        assert "no grade" in blocks(widget)
        (found,) = (b["chart"] for b in widget.view["place"]["blocks"] if "chart" in b)
        assert len(found[2][2]) == at + 1

    def test_stopped_before_the_first_answer_it_says_so(self, log: Callable[[], Log]) -> None:
        widget = Adaptive(BANK, log)
        widget.handle({"do": "begin"})
        widget.handle({"do": "finish", "sure": True})
        assert "No question was answered." in blocks(widget)


class TestReview:
    def test_a_beginner_has_nothing_to_review(self, log: Callable[[], Log]) -> None:
        widget = Review(BANK, log)
        assert "Nothing to review yet" in blocks(widget)
        assert widget.handle({"do": "begin"})["error"] == "Nothing is due now."

    def test_what_is_due_is_asked_and_stored_raw(self, log: Callable[[], Log]) -> None:
        log().merge([dated("q01-a", False, 2, 3), dated("q02-a", True, 2, 3)])
        widget = Review(BANK, log)
        assert "One question is due now." in blocks(widget)
        widget.handle({"do": "begin"})
        assert shown(widget).id == "q01-a"
        respond(widget, right=True, confidence=1)
        event = log().events("answered", "q01-a")[-1]
        assert event.payload["rating"] == 3
        assert event.payload["fsrs"]
        assert len(event.payload["weights"]) == 12
        widget.handle({"do": "next"})
        assert "1 of 1 right. Nothing is due now." in blocks(widget)

    def test_a_hint_lowers_the_rating(self, log: Callable[[], Log]) -> None:
        log().merge([dated("q01-a", False, 2, 3)])
        widget = Review(BANK, log)
        widget.handle({"do": "begin"})
        widget.handle({"do": "hint", "question": "q01-a"})
        respond(widget, right=True, confidence=2)
        assert log().events("answered", "q01-a")[-1].payload["rating"] == 2

    def test_the_state_is_rebuilt_from_the_raw_answers(self, log: Callable[[], Log]) -> None:
        log().merge([dated("q01-a", False, 2, 3)])
        widget = Review(BANK, log)
        widget.handle({"do": "begin"})
        respond(widget, right=True)
        (card,) = cards(log().events(), BANK, None)
        assert card.reviews == 2
        assert due([card], datetime.now(UTC)) == ()

    def test_the_date_of_the_examination_is_kept(self, log: Callable[[], Log]) -> None:
        widget = Review(BANK, log)
        reply = widget.handle({"do": "date", "date": "2031-05-04"})
        assert reply["told"] == "Reviews now end before 4 May 2031."
        assert reply["saved"]
        assert '"value": "2031-05-04"' in blocks(Review(BANK, log))
        assert "is no date" in widget.handle({"do": "date", "date": "soon"})["error"]
        assert widget.handle({"do": "date", "date": ""})["told"] == "No examination is set."


def dated(id: str, right: bool, confidence: int, days: float) -> Event:
    """An answer of some days ago, as an imported log would hold it."""
    payload = {"response": 0, "confidence": confidence, "correct": right, "score": float(right)}
    moment = stamp(datetime.now(UTC) - timedelta(days=days))
    return Event(new_id(), "s", moment, "answered", id, 1, {**payload, "lesson": id[1:3]}, 1)


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

    def test_a_page_from_before_a_restart_is_told_what_to_do(self, log: Callable[[], Log]) -> None:
        reply = Practice(BANK, log).handle({"do": "next"})
        assert "run this cell again" in reply["error"]


class TestProgressPage:
    def test_it_says_what_is_known_and_where_the_log_is(self, log: Callable[[], Log]) -> None:
        log().merge([dated("q01-a", True, 2, 3), dated("q01-b", False, 2, 3)])
        before = log().events()
        text = blocks(ProgressPage(BANK, log))
        assert "1 of 2 right" in text
        assert "When certain you were right 1 of 2 times" in text
        assert str(log().folder) in text
        assert "progress export" in text
        assert "progress delete" in text
        assert log().events() == before  # it only reads

    def test_it_looks_again_when_asked(self, log: Callable[[], Log]) -> None:
        page = ProgressPage(BANK, log)
        assert "Begin with a lesson" in blocks(page)
        log().merge([dated("q01-a", True, 2, 3)])
        assert "1 of 1 right" in json.dumps(page.handle({"do": "renew"}))

    def test_a_saved_notebook_holds_nothing_of_it(self, log: Callable[[], Log]) -> None:
        log().merge([dated("q01-a", True, 2, 3)])
        page = ProgressPage(BANK, log)
        assert str(log().folder) not in page.html() + repr(page)
        assert "1 of 1" not in page.html() + repr(page)

    def test_a_log_that_cannot_be_read_is_told_in_one_line(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("not a folder")
        page = ProgressPage(BANK, lambda: Log(tmp_path / "file" / "log"))
        assert "progress cannot be kept" in page.view["notice"]
        assert "\n" not in page.view["notice"]
        assert "progress cannot be kept" in page.handle({"do": "renew"})["error"]

    def test_answers_that_cannot_be_read_are_counted(self, log: Callable[[], Log]) -> None:
        log().append("answered", "q01-a", 1, {"choice": 3})
        assert "One answer in it cannot be read" in blocks(ProgressPage(BANK, log))


@pytest.mark.parametrize("kind", [Practice, Review, Adaptive, Examination, ProgressPage])
def test_an_exported_page_says_that_it_needs_python_and_holds_no_script(
    kind: Any, log: Callable[[], Log], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(EXPORTING, "1")
    html = kind(questions(), log).html()
    assert "needs Python" in html
    assert "<script" not in html


def test_an_unknown_question_is_told(log: Callable[[], Log]) -> None:
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
