"""The widget behind every mode of practice: a sitting that is begun, answered, and ended.

What is drawn, asked next and said at the end is each mode's own; see practice.py and its
neighbours. The place is rebuilt from the log, so a reload, or another kernel, loses nothing.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from html import escape
from random import SystemRandom
from typing import Any

from poems_course.content import PoemsError
from poems_course.progress.event import Event, stamp
from poems_course.progress.log import Entry, Log
from poems_course.questions.records import Question
from poems_course.questions.scoring import NotAnAnswer, Outcome, begun, grade
from poems_course.study.draws import anywhere
from poems_course.study.sitting import ANSWERED, BEGAN, DRAFTED, ENDED, RESPONDED, Sitting, sittings
from poems_course.widgets.asking import CONFIDENCE, UNSURE, Asking, Handler, answer, shown
from poems_course.widgets.blocks import Block
from poems_course.widgets.kit import live_module, style
from poems_course.widgets.place import blank, kept, question_place, started, sure, waiting

_FILES = ("kit.js", "answer_fields.js", "question.js", "blocks.js", "sitting.js")
PAPERS = 10**6  # a sitting's seed lies below


class SittingWidget(Asking):
    """One mode of practice over a *bank*; subclasses say what *mode* it is and fill the hooks."""

    files = _FILES
    mount = "sitting"
    _esm = live_module(_FILES, "sitting")
    _css = style()
    mode = ""
    title = ""
    about = ""

    def __init__(self, bank: Iterable[Question], open_log: Callable[[], Log]) -> None:
        self.bank = {item.id: item for item in anywhere(bank)}
        self.sitting: Sitting | None = None
        self.at = ""
        self.over = False  # whether the page after the sitting is shown
        self.hinted: set[str] = set()  # in this sitting
        notice = ""
        view = {"id": f"sitting:{self.mode}", "title": self.title, "place": {}, "notice": ""}
        super().__init__(view, open_log)
        try:
            for newest in sittings(open_log().events(), self.mode)[-1:]:
                if newest.deferred or not newest.ended:  # where feedback comes at the end, it stays
                    self.sitting, self.over = newest, newest.ended
            notice = " ".join(open_log().warnings)
        except PoemsError as error:  # practice still works; the learner is told why nothing stays
            notice = str(error)
        self._go_on()
        self.view = {**view, "notice": notice, "place": self._place()}

    def start(self, events: Sequence[Event]) -> list[Block]:
        """The page before a sitting."""
        raise NotImplementedError

    def draw(
        self, message: dict[str, Any], events: Sequence[Event], seed: int
    ) -> Sequence[Question]:
        """The questions of a new sitting. Raises PoemsError, in the learner's words."""
        raise NotImplementedError

    def end(self, sitting: Sitting) -> list[Block]:
        """The page after a sitting."""
        raise NotImplementedError

    def next_blank(self, sitting: Sitting) -> Question | None:
        """The next question without an answer; None where there is none."""
        return blank(sitting, self.items(sitting), self.at)

    def status(self, sitting: Sitting) -> str:
        """A line over the question."""
        gone = len(sitting.drawn) - len(self.items(sitting))
        many = "One question has" if gone == 1 else f"{gone} questions have"
        return f"{many} changed since this was begun, and so left out." if gone else ""

    def handlers(self) -> dict[str, Handler]:
        return {
            **super().handlers(),
            "begin": self._begin,
            "keep": self._keep_response,
            "next": self._next,
            "go": self._go,
            "finish": self._finish,
            "again": self._again,
            "shown": self._shown,
        }

    def question(self, id: str) -> Question:
        return self.bank[id]

    def items(self, sitting: Sitting) -> tuple[Question, ...]:
        """The questions drawn that are still as they were."""
        return sitting.present(self.bank.values())

    def events(self) -> list[Event]:
        """The log, or nothing where it cannot be read."""
        try:
            return self.open_log().events()
        except PoemsError:
            return []

    def moved(self, reply: dict[str, Any]) -> dict[str, Any]:
        """*reply*, with the place where the learner now is; a second view begins there."""
        place = self._place()
        self.view = {**self.view, "place": place, "notice": ""}
        return {**reply, "place": place}

    def _begin(self, message: dict[str, Any]) -> dict[str, Any]:
        seed = self.seed(message)
        drawn = self.draw(message, self.events(), seed)
        keys = tuple((item.id, item.version) for item in drawn)
        name, deferred = os.urandom(8).hex(), self.deferred(message)
        self.sitting = Sitting(name, self.mode, seed, deferred, keys, "")
        self.at, self.over = "", False
        self.hinted.clear()
        saved = self.keep([(BEGAN, self.mode, 1, self.sitting.began())])
        self._go_on()
        return self.moved(saved)

    def seed(self, message: dict[str, Any]) -> int:
        """The seed of a new sitting."""
        return SystemRandom().randrange(PAPERS)

    def deferred(self, message: dict[str, Any]) -> bool:
        """Whether feedback comes at the end only."""
        return False

    def _check(self, message: dict[str, Any]) -> dict[str, Any]:
        sitting, question = self._begun(), self.question(message["question"])
        reply = super()._check(message)
        if "attempt" in reply and question.id not in sitting.graded:
            self._respond(sitting, question, message)
            sitting.graded[question.id] = reply["outcome"]["correct"]
            if self.next_blank(sitting) is None:  # the last answer ends it, as far as the log goes
                reply |= self._end(sitting, [], 0)
            self.moved({})
        return reply

    def _hint(self, message: dict[str, Any]) -> dict[str, Any]:
        self.hinted.add(message["question"])
        return super()._hint(message)

    def _respond(self, sitting: Sitting, question: Question, message: dict[str, Any]) -> None:
        now = stamp(datetime.now(UTC))
        key = question.id, question.version
        sitting.respond(key, message["response"], message["confidence"], now)

    def more(self, question: Question, outcome: Outcome, confidence: int) -> dict[str, Any]:
        return {"sitting": self._begun().name, "mode": self.mode}

    def _keep_response(self, message: dict[str, Any]) -> dict[str, Any]:
        """Keeps what stands on the page of a question that is graded at the end: an answer, or the
        beginning of one; then ``outcome`` says what is missing."""
        sitting, question = self._begun(), self.question(message["question"])
        response, confidence = message["response"], message["confidence"]
        outcome = grade(question, response)
        if isinstance(outcome, NotAnAnswer) and not begun(question, response):
            return {"outcome": outcome.data()}
        payload = {"sitting": sitting.name, "response": response, "confidence": confidence}
        missing = outcome if confidence in CONFIDENCE else UNSURE
        kind = RESPONDED if isinstance(missing, Outcome) else DRAFTED
        saved = self.keep([(kind, question.id, question.version, payload)])
        if isinstance(missing, Outcome):
            self._respond(sitting, question, message)
        else:
            sitting.draft(question.id, response, confidence, stamp(datetime.now(UTC)))
            saved["outcome"] = missing.data()
        self.moved({})
        return saved

    def _next(self, _message: dict[str, Any]) -> dict[str, Any]:
        found = self.next_blank(self._begun())
        if found is None:
            return self._finish({"sure": True})
        self.at = found.id
        return self.moved({})

    def _go(self, message: dict[str, Any]) -> dict[str, Any]:
        self.at = self.items(self._begun())[message["to"]].id
        return self.moved({})

    def _finish(self, message: dict[str, Any]) -> dict[str, Any]:
        """Ends the sitting: what was kept is graded, and all goes to the log at once."""
        items = self.items(sitting := self._begun())
        left = sum(item.id not in sitting.responses for item in items)
        if left and not message.get("sure"):
            return {"place": {"blocks": sure(left, started(sitting, items))}}
        graded: list[Entry] = []
        for question, response, outcome in waiting(sitting, items):
            sitting.graded[question.id] = outcome.correct
            more = self.more(question, outcome, response.confidence)
            said = answer(question, response.response, response.confidence, outcome)
            payload = {**said, "attempt": self.attempts(question) + 1, **more}
            graded.append((ANSWERED, question.id, question.version, payload))
        saved = {} if sitting.ended else self._end(sitting, graded, left)
        self.over = True
        return self.moved(saved)

    def _end(self, sitting: Sitting, graded: list[Entry], left: int) -> dict[str, Any]:
        sitting.ended = True
        result = {"sitting": sitting.name, "right": sum(sitting.graded.values()), "blank": left}
        return self.keep([*graded, (ENDED, self.mode, 1, result)])

    def _again(self, _message: dict[str, Any]) -> dict[str, Any]:
        self.sitting, self.at, self.over = None, "", False
        return self.moved({})

    def _shown(self, message: dict[str, Any]) -> dict[str, Any]:
        """One question of a sitting that is over, with what was answered."""
        sitting, question = self._begun(), self.question(message["question"])
        if not sitting.ended:
            raise PoemsError("the feedback comes at the end")
        return {"question": shown(question), "kept": kept(sitting, question)}

    def _begun(self) -> Sitting:
        if self.sitting is None:
            raise PoemsError("this was not begun, or begun in another window; run this cell again")
        return self.sitting

    def _go_on(self) -> None:
        if self.sitting and not self.sitting.ended and not self.at:
            found = self.next_blank(self.sitting)
            items = self.items(self.sitting)
            self.at = found.id if found else items[-1].id if items else ""

    def _place(self) -> dict[str, Any]:
        sitting = self.sitting
        if sitting is None:
            return {"blocks": self.start(self.events())}
        if self.over or not self.at:
            return {"blocks": self.end(sitting)}
        items, status = self.items(sitting), self.status(sitting)
        return question_place(sitting, self.bank[self.at], items, status)

    def static(self) -> str:
        return (
            f"<p><strong>{escape(self.title)}</strong></p><p>{escape(self.about)}</p>"
            "<p><em>It draws on your own log, so it needs Python: run this cell in JupyterLab."
            "</em></p>"
        )

    def __repr__(self) -> str:
        return f"{self.title}: {len(self.bank)} questions to draw from"
