"""The explorer widget: an Exploration with its controls, chart, sentence and table."""

from __future__ import annotations

import base64
import gzip
import json
import textwrap
from collections.abc import Callable
from functools import cache
from html import escape
from typing import Any

from poems_course.content import PoemsError
from poems_course.figures.chart import Chart
from poems_course.figures.exploration import Exploration, Positions
from poems_course.progress.log import Log
from poems_course.widgets.kit import KitWidget, live_module, picture, style

MOST_STATES = 1500  # beyond this, drawing beforehand takes longer than a learner should wait
_FILES = ("kit.js", "explorer.js")


class Explorer(KitWidget):
    """A live explorer; where the learner left it is kept in the log that *open_log* gives."""

    files = _FILES
    mount = "explorer"
    answer = "answerExplorer"
    _esm = live_module(_FILES, "explorer")
    _css = style()

    def __init__(self, exploration: Exploration, open_log: Callable[[], Log]) -> None:
        self.exploration, self.open_log = exploration, open_log
        super().__init__(_view(exploration, self._left_at()))

    def handlers(self) -> dict[str, Callable[[dict[str, Any]], dict[str, Any]]]:
        return {"states": self._states, "chart": self._chart, "moved": self._moved}

    def reading(self, **settings: Any) -> str:
        """The sentence that the chart shows at settings given by name, e.g. ``years=40``.

        In lines of a page's width: a notebook breaks longer ones inside words and numbers.
        """
        sentence = self.exploration.chart_at(self.exploration.positions(**settings)).reading
        return textwrap.fill(sentence, 80)

    def _left_at(self) -> Positions:
        try:
            event = self.open_log().latest("explored", self.exploration.id)
        except PoemsError:  # an explorer needs no log; a quiz tells what is wrong with it
            event = None
        at: Any = event.payload.get("at") if event else None
        return tuple(at) if self._fits(at) else self.exploration.start

    def _fits(self, at: Any) -> bool:
        controls = self.exploration.controls
        if not isinstance(at, list) or len(at) != len(controls):
            return False
        return all(
            isinstance(i, int) and 0 <= i < len(c.values) for i, c in zip(at, controls, strict=True)
        )

    def _states(self, _message: dict[str, Any]) -> dict[str, Any]:
        return {"packed": pack(self.exploration)}

    def _chart(self, message: dict[str, Any]) -> dict[str, Any]:
        at = message["at"]
        if not self._fits(at):
            raise PoemsError(f"{self.exploration.id}: there is no chart at {at}")
        return {"chart": _plain(self.exploration.chart_at(tuple(at)))}

    def _moved(self, message: dict[str, Any]) -> dict[str, Any]:
        at = message["at"]
        if self._fits(at):
            # A page that is reloaded, or a second view, begins with what ``view`` says.
            self.view = _view(self.exploration, tuple(at))
            self.open_log().append("explored", self.exploration.id, 1, {"at": at})
        return {}

    def page_data(self) -> dict[str, Any]:
        return {"view": self.view, "packed": base64.b64encode(pack(self.exploration)).decode()}

    def static(self) -> str:
        svg, reading, _ = self.view["chart"]
        table = self.exploration.chart_at(tuple(self.view["at"])).table.html()
        return (
            f"<p><strong>{escape(self.exploration.title)}</strong></p>"
            f"<p>{escape(self.exploration.prompt)}</p>"
            f"<figure>{picture(svg, reading)}<figcaption>{escape(reading)}</figcaption></figure>"
            f"<details><summary>The data as a table</summary>{table}</details>"
            "<p><em>A picture for now: run this cell in JupyterLab to move it.</em></p>"
        )

    def __repr__(self) -> str:
        return f"{self.exploration.title}. {self.view['chart'][1]}"


@cache  # a lesson shows one explorer and asks it for readings: all states are drawn once
def pack(exploration: Exploration) -> bytes:
    """Every state's chart, gzip-compressed JSON, in the order of ``exploration.states()``."""
    charts = [_plain(exploration.chart_at(at)) for at in exploration.states()]
    text = json.dumps(charts, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode(), compresslevel=6, mtime=0)


def _plain(chart: Chart) -> list[Any]:
    table = chart.table
    rows = [list(row) for row in table.rows]
    return [chart.svg, chart.reading, [table.caption, list(table.columns), rows]]


def _view(exploration: Exploration, at: Positions) -> dict[str, Any]:
    return {
        "id": f"explorer:{exploration.id}",
        "title": exploration.title,
        "prompt": exploration.prompt,
        "controls": [
            {"kind": control.kind, "label": control.label, "texts": list(control.texts)}
            for control in exploration.controls
        ],
        "start": list(exploration.start),
        "at": list(at),
        "chart": _plain(exploration.chart_at(at)),
        "drawn": exploration.size <= MOST_STATES,
    }
