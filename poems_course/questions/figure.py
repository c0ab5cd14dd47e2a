"""The figure of a question: an explorer's chart and table, without the sentence that reads it.

To read the chart is the learner's task; the reading comes with "Show me why".
"""

from __future__ import annotations

import re
from typing import Any

from poems_course.content import PoemsError
from poems_course.figures import exploration
from poems_course.figures.chart import Chart
from poems_course.questions.records import Figure

TWIN = "The table below the drawing holds the same data."
_DESC = re.compile(r"<desc>.*?</desc>", re.DOTALL)
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


def chart_of(figure: Figure) -> Chart:
    """The chart at the figure's settings. Raises PoemsError where there is no such chart."""
    explorer = exploration(figure.explorer)
    return explorer.chart_at(explorer.positions(**figure.settings))


def figure_problem(figure: Figure) -> str:
    """Why the figure cannot be shown, in one line; empty where it can."""
    try:
        chart_of(figure)
    except PoemsError as error:
        return str(error)
    return ""


def shown_figure(figure: Figure) -> dict[str, Any]:
    """JSON-safe: the drawing with its table, its text twin; no reading anywhere in it."""
    chart = chart_of(figure)
    rows = [list(row) for row in chart.table.rows]
    return {
        "svg": _DESC.sub(f"<desc>{TWIN}</desc>", chart.svg, count=1),
        "table": [chart.table.caption, list(chart.table.columns), rows],
    }


def title_of(svg: str) -> str:
    """The title inside a drawing, still escaped."""
    found = _TITLE.search(svg)
    return found.group(1) if found else ""
