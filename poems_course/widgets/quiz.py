"""The quiz widget: questions of one place in a lesson, graded and logged by Python on Check."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from html import escape, unescape
from types import MappingProxyType
from typing import Any

from poems_course.content import PoemsError
from poems_course.figures.chart import Table
from poems_course.figures.lesson_plan import lessons
from poems_course.folder import lesson_files, lesson_title
from poems_course.progress.event import Event
from poems_course.progress.log import Log
from poems_course.questions.explanation import explanation
from poems_course.questions.figure import TWIN, title_of
from poems_course.questions.presentation import key_material, presentation
from poems_course.questions.records import Question
from poems_course.questions.scoring import NotAnAnswer, Outcome, grade
from poems_course.widgets.desk import clock
from poems_course.widgets.kit import KitWidget, live_module, picture, style

_FILES = ("kit.js", "../questions/grade.js", "answer_fields.js", "pretest_path.js", "quiz.js")
CONFIDENCE = (0, 1, 2)  # guessing, fairly sure, certain


class Quiz(KitWidget):
    """Questions to answer; every Check is in the log before the widget says "saved"."""

    files = _FILES
    mount = "quiz"
    answer = "answerQuiz"
    _esm = live_module(_FILES, "quiz")
    _css = style()

    def __init__(
        self,
        id: str,
        title: str,
        questions: tuple[Question, ...],
        open_log: Callable[[], Log],
        path: Mapping[str, Mapping[str, Any]] = MappingProxyType({}),
    ) -> None:
        """*path* makes it a pre-test: for each question the lesson it stands for, see
        lessons_behind."""
        self.questions = {question.id: question for question in questions}
        self.open_log = open_log
        self._unsaved: list[tuple[Question, dict[str, Any]]] = []
        shown = [{**presentation(q), "hint": bool(q.hint)} for q in questions]
        view = {"id": f"quiz:{id}", "title": title, "questions": shown, "saved": {}, "notice": ""}
        view["path"] = {id: dict(lesson) for id, lesson in path.items()}
        try:
            view["saved"] = {q.id: kept for q in questions if (kept := self._kept(q))}
            view["notice"] = " ".join(open_log().warnings)
        except PoemsError as error:  # the quiz still works; the learner is told why nothing stays
            view["notice"] = str(error)
        super().__init__(view)

    def handlers(self) -> dict[str, Callable[[dict[str, Any]], dict[str, Any]]]:
        return {"check": self._check, "save": self._save, "hint": self._hint, "why": self._why}

    def _check(self, message: dict[str, Any]) -> dict[str, Any]:
        question, confidence = self._question(message), message["confidence"]
        if confidence not in CONFIDENCE:
            return {"outcome": NotAnAnswer("Say how sure you are, then Check.").data()}
        outcome = grade(question, message["response"])
        if isinstance(outcome, NotAnAnswer):
            return {"outcome": outcome.data()}
        payload = {
            "response": message["response"],
            "confidence": confidence,
            "correct": outcome.correct,
            "score": outcome.score,
            "attempt": self._attempts(question) + 1,
            "lesson": question.lesson,
        }
        self._unsaved.append((question, payload))
        return {"outcome": _told(outcome), "attempt": payload["attempt"], **self._save({})}

    def _save(self, _message: dict[str, Any]) -> dict[str, Any]:
        saved = ""
        try:
            while self._unsaved:
                question, payload = self._unsaved[0]
                receipt = self.open_log().append("answered", question.id, question.version, payload)
                saved = clock(receipt.saved_at)
                del self._unsaved[0]
                self._show_kept(question)
        except PoemsError as error:
            return {"unsaved": str(error)}
        return {"saved": saved}

    def _hint(self, message: dict[str, Any]) -> dict[str, Any]:
        question = self._question(message)
        self._note("hinted", question)
        return {"hint": question.hint}

    def _why(self, message: dict[str, Any]) -> dict[str, Any]:
        question = self._question(message)
        self._note("explained", question)
        return explanation(question)

    def _note(self, kind: str, question: Question) -> None:
        with suppress(PoemsError):  # help is worth giving even where it cannot be noted
            self.open_log().append(kind, question.id, question.version, {"lesson": question.lesson})

    def _question(self, message: dict[str, Any]) -> Question:
        return self.questions[message["question"]]

    def _answers(self, question: Question) -> list[Event]:
        events = self.open_log().events("answered", question.id)
        return [event for event in events if event.item_version == question.version]

    def _attempts(self, question: Question) -> int:
        waiting = sum(other.id == question.id for other, _ in self._unsaved)
        try:
            return len(self._answers(question)) + waiting
        except PoemsError:
            return waiting

    def _show_kept(self, question: Question) -> None:
        """For a page that is reloaded, or a second view: both begin with what ``view`` says."""
        with suppress(PoemsError):  # it is saved, whether or not it can be read back now
            saved = {**self.view["saved"], question.id: self._kept(question)}
            self.view = {**self.view, "saved": saved}

    def _kept(self, question: Question) -> dict[str, Any] | None:
        """The last answer to this version of the question, graded again, if there is one."""
        events = self._answers(question)
        if not events:
            return None
        payload = events[-1].payload
        outcome = grade(question, payload.get("response"))
        if isinstance(outcome, NotAnAnswer):
            return None
        return {
            "version": question.version,
            "response": payload["response"],
            "confidence": payload.get("confidence"),
            "outcome": _told(outcome),
            "attempt": len(events),
            "saved": clock(datetime.fromisoformat(events[-1].utc)),
        }

    def page_data(self) -> dict[str, Any]:
        keys = {
            q.id: {**key_material(q), "explanation": {"hint": q.hint, **explanation(q)}}
            for q in self.questions.values()
        }
        return {"view": {**self.view, "saved": {}, "notice": ""}, "keys": keys}

    def static(self) -> str:
        parts = [f"<p><strong>{escape(self.view['title'])}</strong></p>", "<ol>"]
        parts += [f"<li>{_static(shown)}</li>" for shown in self.view["questions"]]
        parts.append("</ol><p><em>Run this cell in JupyterLab to answer.</em></p>")
        return "".join(parts)

    def __repr__(self) -> str:
        return f"{self.view['title']}: {len(self.questions)} questions"


def lessons_behind(questions: tuple[Question, ...]) -> dict[str, dict[str, Any]]:
    """For each question of a pre-test its lesson: ``number``, ``title``, ``file``, ``minutes``.

    Lessons whose notebook is not there are left out.
    """
    files = lesson_files()
    return {
        item.id: {
            "number": item.lesson,
            "title": lesson_title(files[item.lesson]),
            "file": files[item.lesson].name,
            "minutes": lessons()[item.lesson].minutes,
        }
        for item in questions
        if item.lesson in files
    }


def _told(outcome: Outcome) -> dict[str, Any]:
    """The outcome as the page may have it: what was missed stays back until "Show me why"."""
    data = outcome.data()
    return {**data, "feedback": [r for r in data["feedback"] if r["tone"] != "note"]}


def _static(shown: dict[str, Any]) -> str:
    """One question without a script: its stem, its figure, and what there is to choose from."""
    stem = "".join(f"<p>{escape(part)}</p>" for part in shown["stem"].split("\n\n"))
    figure = _static_figure(**shown["figure"]) if shown["figure"] else ""
    lists = [
        "<ul>" + "".join(f"<li>{escape(text)}</li>" for text in texts) + "</ul>"
        for texts in (shown["prompts"], shown["options"])
        if texts
    ]
    return stem + figure + "<p>To be matched with:</p>".join(lists)


def _static_figure(svg: str, table: list[Any]) -> str:
    caption, columns, rows = table
    twin = Table(caption, tuple(columns), tuple(map(tuple, rows))).html()
    image = picture(svg, f"{unescape(title_of(svg))}. {TWIN}")
    return (
        f"<figure>{image}</figure><details><summary>The data as a table</summary>{twin}</details>"
    )
