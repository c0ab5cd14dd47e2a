"""Mixed practice: questions of all lessons, or of some, in turn; or as a test."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from poems_course.content import PoemsError
from poems_course.progress.event import Event
from poems_course.questions.records import Question
from poems_course.study.attempts import attempts, times_seen
from poems_course.study.draws import mixed
from poems_course.study.sitting import Sitting
from poems_course.study.taught import named
from poems_course.widgets.blocks import Block, checks, choice, form, step
from poems_course.widgets.sitting import SittingWidget

COUNTS = (10, 20, 40)
_ALL = "All lessons, unless you choose"


class Practice(SittingWidget):
    """Draws what was seen least; feedback after each question, or in a test at the end."""

    mode = "practice"
    title = "Mixed practice"
    about = "Questions from all lessons in turn, those first that you have seen least."

    def lessons(self) -> list[str]:
        """The lessons that have questions, in order."""
        return sorted({item.lesson for item in self.bank.values()})

    def start(self, events: Sequence[Event]) -> list[Block]:
        size = Counter(item.lesson for item in self.bank.values())
        texts = [f"{named(lesson)} ({size[lesson]})" for lesson in self.lessons()]
        seen = len(times_seen(attempts(events)).keys() & self.bank.keys())
        return [
            {"said": self.about},
            {"quiet": f"{len(self.bank)} questions, of which you have met {seen}."},
            form(
                "Begin",
                {"do": "begin"},
                checks("lessons", "Lessons", _ALL, texts, range(len(texts))),
                choice("count", "How many questions?", [str(count) for count in COUNTS]),
                choice("feedback", "Feedback", ("after each question", "at the end, as in a test")),
            ),
        ]

    def draw(
        self, message: dict[str, Any], events: Sequence[Event], seed: int
    ) -> Sequence[Question]:
        chosen = {self.lessons()[at] for at in message["lessons"]}
        if not chosen:
            raise PoemsError("Choose at least one lesson.")
        items = [item for item in self.bank.values() if item.lesson in chosen]
        return mixed(items, times_seen(attempts(events)), COUNTS[message["count"]], seed)

    def deferred(self, message: dict[str, Any]) -> bool:
        return bool(message["feedback"])

    def end(self, sitting: Sitting) -> list[Block]:
        right = sum(sitting.graded.values())
        left = len(sitting.drawn) - len(sitting.graded)
        rest = f" {left} left blank." if left else ""
        return [
            {"heading": "Done"},
            {"said": f"{right} of {len(sitting.graded)} right at the first attempt.{rest}"},
            *answered(sitting, self.items(sitting)),
            {"buttons": [step("Begin another", "again")]},
        ]


def answered(sitting: Sitting, items: Sequence[Question]) -> list[Block]:
    """The questions of a sitting that is over, to open one by one: first what went wrong."""
    rows: dict[str, list[Block]] = {"Not yet": [], "Left blank": [], "Right": []}
    for at, item in enumerate(items):
        right = sitting.graded.get(item.id)
        kind = "Left blank" if right is None else "Right" if right else "Not yet"
        text = f"{at + 1}. {_beginning(item)} (lesson {item.lesson})"
        tone = {"Right": "right", "Not yet": "wrong"}.get(kind, "")
        rows[kind].append({"id": item.id, "text": text, "tone": tone})
    return [
        block
        for kind, found in rows.items()
        if found
        for block in ({"heading": f"{kind}: {len(found)}"}, {"questions": found})
    ]


def _beginning(item: Question) -> str:
    words = item.stem.split()
    return " ".join(words[:9]) + (" ..." if len(words) > 9 else "")
