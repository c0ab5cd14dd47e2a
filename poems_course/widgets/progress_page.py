"""The progress page: what the log says, drawn; it writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from html import escape
from typing import Any

from poems_course.content import PoemsError
from poems_course.progress.log import Log
from poems_course.questions.records import Question
from poems_course.study.advice import advice
from poems_course.study.attempts import Attempt, attempts, unreadable
from poems_course.study.charts import calibration_chart, mastery_chart
from poems_course.study.mastery import calibration, mastery
from poems_course.widgets.asking import Handler
from poems_course.widgets.blocks import Block, chart
from poems_course.widgets.kit import KitWidget, live_module, style

_FILES = ("kit.js", "blocks.js", "progress_page.js")


class ProgressPage(KitWidget):
    """Mastery by objective, confidence against correctness, and what to do next."""

    files = _FILES
    mount = "progressPage"
    _esm = live_module(_FILES, "progressPage")
    _css = style()

    def __init__(self, bank: Iterable[Question], open_log: Callable[[], Log]) -> None:
        self.bank, self.open_log = tuple(bank), open_log
        view: dict[str, Any] = {"id": "progress", "title": "Your progress", "blocks": []}
        try:
            view |= {"blocks": self._blocks(), "notice": ""}
        except PoemsError as error:
            view |= {"notice": str(error)}
        super().__init__(view)

    def handlers(self) -> dict[str, Handler]:
        return {"renew": self._renew}

    def _renew(self, _message: dict[str, Any]) -> dict[str, Any]:
        found = self._blocks()
        self.view = {**self.view, "blocks": found, "notice": ""}
        return {"blocks": found}

    def _blocks(self) -> list[Block]:
        log = self.open_log()
        events = log.events()
        made = attempts(events)
        next_steps: list[Block] = [
            {"heading": "What to do next"},
            {"list": list(advice(events, self.bank, datetime.now(UTC)))},
        ]
        drawn = _drawn(made, self.bank) if made else []
        return [*next_steps, *drawn, *_log(log, len(events), unreadable(events))]

    def static(self) -> str:
        # Not what the log says: a saved notebook may be passed on.
        return (
            f"<p><strong>{escape(self.view['title'])}</strong></p>"
            "<p><em>It reads your own log, so it needs Python: run this cell in JupyterLab."
            "</em></p>"
        )

    def __repr__(self) -> str:
        return "Your progress"


def _drawn(made: Sequence[Attempt], bank: Sequence[Question]) -> list[Block]:
    return [
        {"heading": "What you know, by objective"},
        chart(mastery_chart(mastery(made, bank))),
        {"heading": "How well you know what you know"},
        chart(calibration_chart(calibration(made))),
    ]


def _log(log: Log, entries: int, lost: int) -> list[Block]:
    many = "One answer" if lost == 1 else f"{lost} answers"
    told = [f"{many} in it cannot be read, and so left out."] if lost else []
    return [
        {"heading": "Your log"},
        {
            "list": [
                f"{entries} entries in {log.folder}, on this computer only, without a name.",
                "To take it with you: python course.py progress export answers.jsonl",
                "To delete it: python course.py progress delete --yes",
                *told,
                *log.warnings,
            ]
        },
    ]
