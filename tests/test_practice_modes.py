"""Examination, adaptive practice, review and the progress page, as their pages see them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from poems_course.progress import Log, ProgressError
from poems_course.questions import questions
from poems_course.study.review import cards, due
from poems_course.widgets.adaptive import Adaptive
from poems_course.widgets.examination import Examination
from poems_course.widgets.progress_page import ProgressPage
from poems_course.widgets.review import Review
from tests.sittings import BANK, OpenLog, any_response, blocks, dated, respond, shown


@pytest.fixture
def log(tmp_path: Path) -> OpenLog:
    return lambda: Log(tmp_path / "log")


def examination(log: OpenLog, paper: str = "77") -> Examination:
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
    def test_what_is_no_number_is_told(self, log: OpenLog, number: str) -> None:
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

    def test_a_kill_in_the_middle_loses_nothing(self, log: OpenLog) -> None:
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

    @pytest.mark.parametrize(
        ("kind", "drafts"),
        [
            ("numeric", ["", "1", "12 or", None]),
            ("matching", [[None] * 9, [0, *[None] * 8]]),
            ("multiple", [None]),
            ("concordance", [None]),
        ],
    )
    def test_half_an_answer_of_any_type_stays_and_nonsense_does_not(
        self, log: OpenLog, kind: str, drafts: list[Any]
    ) -> None:
        widget = examination(log)
        assert widget.sitting is not None
        ids = [id for id, _ in widget.sitting.drawn]
        item = next(widget.question(id) for id in ids if widget.question(id).type == kind)
        widget.handle({"do": "go", "to": ids.index(item.id)})
        message = {"do": "keep", "question": item.id, "confidence": None}
        for draft in drafts:
            given = draft[: len(item.prompts)] if kind == "matching" else draft
            assert widget.handle({**message, "response": given})["saved"]
            second = Examination(questions(), log)
            second.handle({"do": "go", "to": ids.index(item.id)})
            assert second.view["place"]["kept"]["response"] == given
        for nonsense in ([77], "x" if kind != "numeric" else 5, {}):
            reply = widget.handle({**message, "response": nonsense})
            assert reply["outcome"]["graded"] is False
            assert "saved" not in reply

    def test_the_result_has_its_interval_and_the_page_the_name(self, log: OpenLog) -> None:
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
        self, log: OpenLog, monkeypatch: pytest.MonkeyPatch
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


class TestAdaptive:
    def test_another_kernel_asks_the_same_question(self, log: OpenLog) -> None:
        widget = Adaptive(BANK, log)
        widget.handle({"do": "begin"})
        for right in (True, False, True):
            respond(widget, right)
            widget.handle({"do": "next"})
        second = Adaptive(BANK, log)
        assert shown(second) == shown(widget)
        assert second.view["place"]["count"] == "Question 4"

    def test_it_says_how_sure_it_is_and_stops(self, log: OpenLog) -> None:
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

    def test_stopped_before_the_first_answer_it_says_so(self, log: OpenLog) -> None:
        widget = Adaptive(BANK, log)
        widget.handle({"do": "begin"})
        widget.handle({"do": "finish", "sure": True})
        assert "No question was answered." in blocks(widget)


class TestReview:
    def test_a_beginner_has_nothing_to_review(self, log: OpenLog) -> None:
        widget = Review(BANK, log)
        assert "Nothing to review yet" in blocks(widget)
        assert widget.handle({"do": "begin"})["error"] == "Nothing is due now."

    def test_what_is_due_is_asked_and_stored_raw(self, log: OpenLog) -> None:
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

    def test_a_hint_lowers_the_rating(self, log: OpenLog) -> None:
        log().merge([dated("q01-a", False, 2, 3)])
        widget = Review(BANK, log)
        widget.handle({"do": "begin"})
        widget.handle({"do": "hint", "question": "q01-a"})
        respond(widget, right=True, confidence=2)
        assert log().events("answered", "q01-a")[-1].payload["rating"] == 2

    def test_the_state_is_rebuilt_from_the_raw_answers(self, log: OpenLog) -> None:
        log().merge([dated("q01-a", False, 2, 3)])
        widget = Review(BANK, log)
        widget.handle({"do": "begin"})
        respond(widget, right=True)
        (card,) = cards(log().events(), BANK, None)
        assert card.reviews == 2
        assert due([card], datetime.now(UTC)) == ()

    def test_the_date_of_the_examination_is_kept(self, log: OpenLog) -> None:
        widget = Review(BANK, log)
        reply = widget.handle({"do": "date", "date": "2031-05-04"})
        assert reply["told"] == "Reviews now end before 4 May 2031."
        assert reply["saved"]
        assert '"value": "2031-05-04"' in blocks(Review(BANK, log))
        assert "is no date" in widget.handle({"do": "date", "date": "soon"})["error"]
        assert widget.handle({"do": "date", "date": ""})["told"] == "No examination is set."


class TestProgressPage:
    def test_it_says_what_is_known_and_where_the_log_is(self, log: OpenLog) -> None:
        log().merge([dated("q01-a", True, 2, 3), dated("q01-b", False, 2, 3)])
        before = log().events()
        text = blocks(ProgressPage(BANK, log))
        assert "1 of 2 right" in text
        assert "When certain you were right 1 of 2 times" in text
        assert str(log().folder) in text
        assert "progress export" in text
        assert "progress delete" in text
        assert log().events() == before  # it only reads

    def test_it_looks_again_when_asked(self, log: OpenLog) -> None:
        page = ProgressPage(BANK, log)
        assert "Begin with a lesson" in blocks(page)
        log().merge([dated("q01-a", True, 2, 3)])
        assert "1 of 1 right" in json.dumps(page.handle({"do": "renew"}))

    def test_a_saved_notebook_holds_nothing_of_it(self, log: OpenLog) -> None:
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

    def test_answers_that_cannot_be_read_are_counted(self, log: OpenLog) -> None:
        log().append("answered", "q01-a", 1, {"choice": 3})
        assert "One answer in it cannot be read" in blocks(ProgressPage(BANK, log))
