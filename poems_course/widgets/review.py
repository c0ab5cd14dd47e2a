"""Review: what you answered before comes back when you are about to forget it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from poems_course.content import PoemsError
from poems_course.progress.event import Event
from poems_course.questions.records import Question
from poems_course.questions.scoring import Outcome
from poems_course.study.draws import interleaved
from poems_course.study.review import (
    DATE_ITEM,
    DATE_KIND,
    EARLY,
    Card,
    cards,
    due,
    examination_date,
    provenance,
    rating,
)
from poems_course.study.sitting import Sitting
from poems_course.widgets.asking import Handler
from poems_course.widgets.blocks import Block, form, step, text
from poems_course.widgets.practice import answered
from poems_course.widgets.sitting import SittingWidget

MOST = 20  # questions in one sitting


class Review(SittingWidget):
    """Asks what is due, most likely forgotten first; each answer says when it is due again."""

    mode = "review"
    title = "Review"
    about = (
        "Questions that you have answered come back when you are about to forget them: soon after"
        " a wrong answer, later and later after right ones, and sooner if you were guessing."
    )

    def handlers(self) -> dict[str, Handler]:
        return {**super().handlers(), "date": self._set_date}

    def start(self, events: Sequence[Event]) -> list[Block]:
        day = examination_date(events)
        found, now = cards(events, tuple(self.bank.values()), day), datetime.now(UTC)
        ready = due(found, now)
        begin = [form("Begin", {"do": "begin"})] if ready else []
        until = "It is stored on this computer; nothing is planned for later than the day before."
        return [
            {"said": self.about},
            {"said": _due_now(ready, found, now)},
            *begin,
            {"quiet": _planned(found, now)},
            form(
                "Set the date",
                {"do": "date"},
                text("date", "Your examination", until, day.isoformat() if day else "", "date"),
            ),
        ]

    def draw(
        self, message: dict[str, Any], events: Sequence[Event], seed: int
    ) -> Sequence[Question]:
        found = cards(events, tuple(self.bank.values()), examination_date(events))
        ready = due(found, datetime.now(UTC))[:MOST]
        if not ready:
            raise PoemsError("Nothing is due now.")
        return interleaved(self.bank[card.item] for card in ready)

    def more(self, question: Question, outcome: Outcome, confidence: int) -> dict[str, Any]:
        """The raw review: its rating, and what it was rated with; see study/review.py."""
        given = rating(outcome.correct, confidence, question.id in self.hinted)
        more = super().more(question, outcome, confidence)
        return {**more, "rating": given, **provenance()}

    def end(self, sitting: Sitting) -> list[Block]:
        events, now = self.events(), datetime.now(UTC)
        found = cards(events, tuple(self.bank.values()), examination_date(events))
        right = f"{sum(sitting.graded.values())} of {len(sitting.graded)} right."
        return [
            {"heading": "Done"},
            {"said": f"{right} {_due_now(due(found, now), found, now)}"},
            {"quiet": _planned(found, now)},
            *answered(sitting, self.items(sitting)),
            {"buttons": [step("Back to the beginning", "again")]},
        ]

    def _set_date(self, message: dict[str, Any]) -> dict[str, Any]:
        said = message["date"]
        try:
            day = date.fromisoformat(said) if said else None
        except ValueError:
            raise PoemsError(f"{said!r} is no date.") from None
        saved = self.keep([(DATE_KIND, DATE_ITEM, 1, {"date": said})])
        words = f"Reviews now end before {_day(day)}." if day else "No examination is set."
        return self.moved({**saved, "told": words})


def _due_now(ready: Sequence[Card], found: Sequence[Card], now: datetime) -> str:
    if not found:
        return "Nothing to review yet: answer some questions first, in a lesson or in practice."
    if ready:
        many = f"{len(ready)} questions are" if len(ready) > 1 else "One question is"
        return f"{many} due now{f'; a sitting takes {MOST}' if len(ready) > MOST else ''}."
    soonest = (min(card.due for card in found) - EARLY).astimezone()
    today = soonest.date() == now.astimezone().date()
    when = f"today at {soonest:%H:%M}" if today else f"on {_day(soonest.date())}"
    return f"Nothing is due now. The next comes back {when}."


def _planned(found: Sequence[Card], now: datetime) -> str:
    """What comes back in the days ahead, in one sentence."""
    spans = {"within a day": 1, "within a week": 7, "within a month": 30}
    counts = [
        f"{sum(now < card.due - EARLY <= now + timedelta(days=days) for card in found)} {words}"
        for words, days in spans.items()
    ]
    return f"Coming back: {', '.join(counts)}." if found else ""


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else "no date"
