"""What every widget shares that asks questions: grade, keep in the log, hint, explain."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from poems_course.content import PoemsError
from poems_course.progress.event import Event
from poems_course.progress.log import Entry, Log
from poems_course.questions.explanation import explanation
from poems_course.questions.presentation import presentation
from poems_course.questions.records import Question
from poems_course.questions.scoring import NotAnAnswer, Outcome, grade
from poems_course.widgets.desk import clock
from poems_course.widgets.kit import KitWidget

Handler = Callable[[dict[str, Any]], dict[str, Any]]
CONFIDENCE = (0, 1, 2)  # guessing, fairly sure, certain
UNSURE = NotAnAnswer("Say how sure you are first.")


class Asking(KitWidget):
    """Questions to answer; what is answered is in the log before the widget says "saved".

    Where the log cannot be written, entries wait, in order, and the learner is told.
    """

    def __init__(self, view: dict[str, Any], open_log: Callable[[], Log]) -> None:
        self.open_log = open_log
        self._unsaved: list[Sequence[Entry]] = []
        super().__init__(view)

    def handlers(self) -> dict[str, Handler]:
        return {"check": self._check, "save": self._save, "hint": self._hint, "why": self._why}

    def question(self, id: str) -> Question:
        """The question with that id, if this widget may ask it. Raises KeyError."""
        raise NotImplementedError

    def more(self, question: Question, outcome: Outcome, confidence: int) -> dict[str, Any]:
        """What else is kept with an answer."""
        return {}

    def kept(self, question: Question) -> None:
        """Called as soon as an answer to a question is on disk."""

    def _check(self, message: dict[str, Any]) -> dict[str, Any]:
        question, confidence = self.question(message["question"]), message["confidence"]
        if confidence not in CONFIDENCE:
            return {"outcome": UNSURE.data()}
        outcome = grade(question, message["response"])
        if isinstance(outcome, NotAnAnswer):
            return {"outcome": outcome.data()}
        payload = {
            **answer(question, message["response"], confidence, outcome),
            "attempt": self.attempts(question) + 1,
            **self.more(question, outcome, confidence),
        }
        saved = self.keep([("answered", question.id, question.version, payload)])
        return {"outcome": told(outcome), "attempt": payload["attempt"], **saved}

    def keep(self, entries: Sequence[Entry]) -> dict[str, Any]:
        """Adds entries to the log, all or none; ``saved`` says when, ``unsaved`` why not."""
        self._unsaved.append(entries)
        return self._save({})

    def _save(self, _message: dict[str, Any]) -> dict[str, Any]:
        saved = ""
        try:
            while self._unsaved:
                entries = self._unsaved[0]
                saved = clock(self.open_log().append_all(entries).saved_at)
                del self._unsaved[0]
                for kind, item, *_ in entries:
                    if kind == "answered":
                        self.kept(self.question(item))
        except PoemsError as error:
            return {"unsaved": str(error)}
        return {"saved": saved}

    def _hint(self, message: dict[str, Any]) -> dict[str, Any]:
        question = self.question(message["question"])
        self._note("hinted", question)
        return {"hint": question.hint}

    def _why(self, message: dict[str, Any]) -> dict[str, Any]:
        question = self.question(message["question"])
        self._note("explained", question)
        return explanation(question)

    def _note(self, kind: str, question: Question) -> None:
        with suppress(PoemsError):  # help is worth giving even where it cannot be noted
            self.open_log().append(kind, question.id, question.version, {"lesson": question.lesson})

    def answers(self, question: Question) -> list[Event]:
        """The answers in the log to this version of a question. Raises ProgressError."""
        events = self.open_log().events("answered", question.id)
        return [event for event in events if event.item_version == question.version]

    def attempts(self, question: Question) -> int:
        """How often this version of a question was answered before."""
        waiting = sum(entry[1] == question.id for entries in self._unsaved for entry in entries)
        try:
            return len(self.answers(question)) + waiting
        except PoemsError:
            return waiting


def shown(question: Question) -> dict[str, Any]:
    """A question as a page may have it before Check."""
    return {**presentation(question), "hint": bool(question.hint)}


def answer(
    question: Question, response: object, confidence: int, outcome: Outcome
) -> dict[str, Any]:
    """What is kept of an answer, whatever widget asked."""
    return {
        "response": response,
        "confidence": confidence,
        "correct": outcome.correct,
        "score": outcome.score,
        "lesson": question.lesson,
    }


def told(outcome: Outcome) -> dict[str, Any]:
    """The outcome as the page may have it: what was missed stays back until "Show me why"."""
    data = outcome.data()
    return {**data, "feedback": [r for r in data["feedback"] if r["tone"] != "note"]}


def answered_form(
    question: Question, response: object, confidence: Any, utc: str, attempt: int
) -> dict[str, Any] | None:
    """What the page needs to show a question as answered; None where the answer is none."""
    outcome = grade(question, response)
    if isinstance(outcome, NotAnAnswer):
        return None
    return {
        "version": question.version,
        "response": response,
        "confidence": confidence,
        "outcome": told(outcome),
        "attempt": attempt,
        "saved": clock(datetime.fromisoformat(utc)) if utc else "",
    }
