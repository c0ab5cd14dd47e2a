"""The final examination: forty questions to a blueprint, a result by lesson, a page to print."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from poems_course.content import PoemsError
from poems_course.progress.event import Event
from poems_course.questions.records import Question
from poems_course.study import certificate
from poems_course.study.draws import blueprint, paper
from poems_course.study.sitting import ENDED, Sitting
from poems_course.study.taught import named, titles
from poems_course.widgets.asking import Handler
from poems_course.widgets.blocks import Block, form, step, text
from poems_course.widgets.practice import answered
from poems_course.widgets.sitting import PAPERS, SittingWidget


class Examination(SittingWidget):
    """Feedback at the end only; it may be left and taken up again."""

    mode = "examination"
    title = "Final examination"
    about = (
        "Forty questions over all lessons, feedback at the end. Answers can be changed until then;"
        " close the page when you like: what you chose is kept, and it goes on where you left it."
    )

    def handlers(self) -> dict[str, Handler]:
        return {**super().handlers(), "page": self._page}

    def start(self, events: Sequence[Event]) -> list[Block]:
        size = blueprint()["paper"]["items"]
        note = f"(leave empty for a new one; the same number gives the same {size} questions)"
        return [
            {"said": self.about},
            {
                "quiet": "No time limit, nobody watches, and the answers ship with the course: it"
                " is a rehearsal, not an examination of record."
            },
            form("Begin", {"do": "begin"}, text("paper", "Number of the paper", note)),
        ]

    def seed(self, message: dict[str, Any]) -> int:
        typed = message["paper"]
        if not typed:
            return super().seed(message)
        if not (typed.isascii() and typed.isdigit() and int(typed) < PAPERS):
            raise PoemsError(f"A paper has a number from 0 to {PAPERS - 1}, not {typed!r}.")
        return int(typed)

    def draw(
        self, message: dict[str, Any], events: Sequence[Event], seed: int
    ) -> Sequence[Question]:
        return paper(tuple(self.bank.values()), seed)

    def deferred(self, message: dict[str, Any]) -> bool:
        return True

    def status(self, sitting: Sitting) -> str:
        items = self.items(sitting)
        done = sum(item.id in sitting.responses for item in items)
        told = f"Paper {sitting.seed}. {done} of {len(items)} answered."
        return f"{told} {super().status(sitting)}".strip()

    def result(self, sitting: Sitting) -> certificate.Result:
        """How the examination ended. A question that has changed since is left out."""
        items = self.items(sitting)
        lessons = sorted({item.lesson for item in items})
        rights = {
            lesson: [sitting.graded.get(item.id) for item in items if item.lesson == lesson]
            for lesson in lessons
        }
        return certificate.Result(
            day=self._day(sitting),
            paper=sitting.seed,
            lessons=tuple((one, sum(map(bool, said)), len(said)) for one, said in rights.items()),
            blank=sum(item.id not in sitting.graded for item in items),
        )

    def _day(self, sitting: Sitting) -> str:
        ends = [
            e for e in self.events() if e.kind == ENDED and e.payload["sitting"] == sitting.name
        ]
        moment = datetime.fromisoformat(ends[-1].utc) if ends else datetime.now().astimezone()
        local = moment.astimezone()
        return f"{local.day} {local:%B %Y}"

    def end(self, sitting: Sitting) -> list[Block]:
        result = self.result(sitting)
        rows = [[named(lesson), f"{right} of {asked}"] for lesson, right, asked in result.lessons]
        note = "(optional; it is printed on the page and kept nowhere)"
        return [
            {"heading": "Your result"},
            {"said": certificate.sentence(result)},
            {"table": ["By lesson", ["Lesson", "Right"], rows]},
            {"said": "A page with this result, to save or print. It is unsigned, and says so."},
            form("Make the page", {"do": "page"}, text("name", "Name", note)),
            *answered(sitting, self.items(sitting)),
            {"buttons": [step("Take another", "again")]},
        ]

    def _page(self, message: dict[str, Any]) -> dict[str, Any]:
        """The page as a file for the browser to save; the name goes there and nowhere else."""
        sitting = self._begun()
        if not sitting.ended:
            raise PoemsError("the result comes at the end")
        whole = certificate.page(self.result(sitting), message["name"], tuple(titles().items()))
        name = f"poems-examination-{sitting.seed}.html"
        return {"file": {"name": name, "text": whole}, "told": f"Saved as {name}."}
