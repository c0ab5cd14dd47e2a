"""The quiz widget: questions of one place in a lesson, graded and logged by Python on Check."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from html import escape, unescape
from types import MappingProxyType
from typing import Any

from poems_course.content import PoemsError
from poems_course.figures.chart import Table
from poems_course.figures.lesson_plan import lessons
from poems_course.folder import lesson_files, lesson_title
from poems_course.progress.log import Log
from poems_course.questions.explanation import explanation
from poems_course.questions.figure import TWIN, title_of
from poems_course.questions.presentation import key_material
from poems_course.questions.records import Question
from poems_course.widgets.asking import Asking, answered_form, shown
from poems_course.widgets.kit import live_module, picture, style

_FILES = (
    *("kit.js", "../questions/grade.js", "answer_fields.js", "question.js"),
    *("pretest_path.js", "quiz.js"),
)


class Quiz(Asking):
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
        view: dict[str, Any] = {"id": f"quiz:{id}", "title": title, "saved": {}, "notice": ""}
        view["questions"] = [shown(question) for question in questions]
        view["path"] = {id: dict(lesson) for id, lesson in path.items()}
        super().__init__(view, open_log)
        try:
            saved = {q.id: kept for q in questions if (kept := self._last(q))}
            self.view = {**view, "saved": saved, "notice": " ".join(open_log().warnings)}
        except PoemsError as error:  # the quiz still works; the learner is told why nothing stays
            self.view = {**view, "notice": str(error)}

    def question(self, id: str) -> Question:
        return self.questions[id]

    def kept(self, question: Question) -> None:
        """For a page that is reloaded, or a second view: both begin with what ``view`` says."""
        with suppress(PoemsError):  # it is saved, whether or not it can be read back now
            saved = {**self.view["saved"], question.id: self._last(question)}
            self.view = {**self.view, "saved": saved}

    def _last(self, question: Question) -> dict[str, Any] | None:
        """The last answer to this version of the question, graded again, if there is one."""
        events = self.answers(question)
        if not events:
            return None
        response, confidence = (events[-1].payload.get(name) for name in ("response", "confidence"))
        return answered_form(question, response, confidence, events[-1].utc, len(events))

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
        count = len(self.questions)
        return f"{self.view['title']}: {count} question{'s' * (count > 1)}"


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
