"""A plotly figure for a lesson: to hover over, with a sentence and a table where it cannot show."""

from __future__ import annotations

import json
from dataclasses import dataclass
from html import escape
from typing import Any

from poems_course.figures.chart import Table
from poems_course.figures.palette import LIGHT

_SERIES = [LIGHT[name] for name in ("s0", "s1", "s2", "s3")]
_CONFIG = {
    "showSendToCloud": False,
    "displaylogo": False,
    "modeBarButtonsToRemove": ["sendChartToCloud", "select2d", "lasso2d"],
}


@dataclass(frozen=True)
class PlotlyChart:
    """What a notebook shows: the figure, its *reading* in one sentence, and its *table*."""

    figure: Any
    reading: str
    table: Table

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        figure = json.loads(self.figure.to_json())
        return {
            "application/vnd.plotly.v1+json": {
                "data": figure["data"],
                "layout": figure["layout"],
                "config": _CONFIG,
            },
            "text/html": self.static(),
            "text/plain": self.reading,
        }

    def static(self) -> str:
        """The reading and the table, for a page where no script runs."""
        return f"<p>{escape(self.reading)}</p>{self.table.html()}"


def interactive(figure: Any, reading: str, table: Table) -> PlotlyChart:
    """A plotly *figure* in the course's colours, which can be sent nowhere.

    Its paper is light in every theme: plotly draws fixed colours, and no single ink reaches a
    contrast of 4.5 to 1 on both white and dark pages.
    """
    axis = {"color": LIGHT["ink"], "gridcolor": LIGHT["grid"], "zeroline": False}
    figure.update_layout(
        template="none",
        paper_bgcolor=LIGHT["paper"],
        plot_bgcolor=LIGHT["paper"],
        colorway=_SERIES,
        font={"color": LIGHT["ink"], "size": 13, "family": "system-ui, sans-serif"},
        margin={"l": 12, "r": 12, "t": 36, "b": 72},
        height=380,
    )
    figure.update_xaxes(**axis)
    figure.update_yaxes(**axis)
    return PlotlyChart(figure, reading, table)
