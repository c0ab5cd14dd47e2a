"""Adaptive practice: each question is chosen by the answers before it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from poems_course.figures.chart import Chart, Table
from poems_course.figures.draw import Axis, Plot
from poems_course.progress.event import Event
from poems_course.progress.log import Log
from poems_course.questions.records import Question
from poems_course.study.ability import Estimate, difficulty, estimate, share_of_bank
from poems_course.study.adaptive import FEWEST, MOST, Given, answers, next_question, stops
from poems_course.study.attempts import attempts, times_seen
from poems_course.study.sitting import Sitting
from poems_course.widgets.blocks import Block, chart, form, step
from poems_course.widgets.practice import answered
from poems_course.widgets.sitting import SittingWidget

HONEST = (
    "How hard each question is, is its author's guess; nobody's answers were measured. So this is"
    " practice, and no grade."
)


class Adaptive(SittingWidget):
    """Draws as it goes, so its sitting holds no list of questions."""

    mode = "adaptive"
    title = "Adaptive practice"
    about = (
        "Each question is picked to tell most about what you know: after a right answer usually a"
        " harder one, after a wrong one an easier. It ends by itself, after"
        f" {FEWEST} to {MOST} questions."
    )

    def __init__(self, bank: Iterable[Question], open_log: Callable[[], Log]) -> None:
        self._seen: tuple[str, dict[str, int]] | None = None
        super().__init__(bank, open_log)

    def start(self, events: Sequence[Event]) -> list[Block]:
        return [{"said": self.about}, {"quiet": HONEST}, form("Begin", {"do": "begin"})]

    def draw(
        self, message: dict[str, Any], events: Sequence[Event], seed: int
    ) -> Sequence[Question]:
        return ()

    def next_blank(self, sitting: Sitting) -> Question | None:
        given = sitting.given(self.bank.values())
        if stops(given):
            return None
        seen = self._seen_before(sitting)
        return next_question(tuple(self.bank.values()), given, seen, sitting.seed)

    def _seen_before(self, sitting: Sitting) -> dict[str, int]:
        """How often each item was attempted before this sitting; read once."""
        if self._seen is None or self._seen[0] != sitting.name:
            events = [one for one in self.events() if one.payload.get("sitting") != sitting.name]
            self._seen = sitting.name, times_seen(attempts(events))
        return self._seen[1]

    def status(self, sitting: Sitting) -> str:
        given = sitting.given(self.bank.values())
        return f"So far: {self._words(given)}" if given else ""

    def end(self, sitting: Sitting) -> list[Block]:
        given = sitting.given(self.bank.values())
        again = {"buttons": [step("Begin another", "again")]}
        if not given:
            return [{"heading": "Done"}, {"said": "No question was answered."}, again]
        return [
            {"heading": "Done"},
            {"said": f"It ends here: {stops(given) or 'you stopped it'}."},
            chart(self._drawn(given)),
            {"quiet": HONEST},
            *answered(sitting, [item for item, _ in given]),
            again,
        ]

    def _shares(self, here: Estimate) -> tuple[float, float, float]:
        """The share of the bank expected right, in percent: low end, best guess, high end."""
        hard = [difficulty(item.difficulty) for item in self.bank.values()]
        low, middle, high = (
            100 * share_of_bank(theta, hard) for theta in (here.low, here.mean, here.high)
        )
        return low, middle, high

    def _words(self, given: Sequence[Given]) -> str:
        low, middle, high = self._shares(estimate(answers(given)))
        many = f"{len(given)} question{'s' * (len(given) > 1)}"
        return (
            f"after {many} you would answer about {middle:.0f}\u00a0% of all questions right"
            f" (95\u00a0% interval {low:.0f} to {high:.0f}\u00a0%)."
        )

    def _drawn(self, given: Sequence[Given]) -> Chart:
        steps = range(1, len(given) + 1)
        found = [self._shares(estimate(answers(given[:at]))) for at in steps]
        title = "How the estimate narrowed"
        plot = Plot(title, Axis("questions answered", 0, len(given) + 0.5), _PERCENT, 240)
        for end in (0, 2):
            plot.line(steps, [share[end] for share in found], 1, "" if end else "95 % interval")
        plot.line(steps, [share[1] for share in found], 0, "best guess")
        words = self._words(given)
        sentence = f"{words[0].upper()}{words[1:]}"
        rows = tuple(
            (at, "right" if right else "wrong", *(round(share) for share in (mid, low, high)))
            for at, (_, right), (low, mid, high) in zip(steps, given, found, strict=True)
        )
        columns = ("Question", "Answer", "Best guess (%)", "From (%)", "To (%)")
        return Chart(plot.svg(sentence), sentence, Table(title, columns, rows))


_PERCENT = Axis("of all questions right (%)", 0, 100, (0, 25, 50, 75, 100))
