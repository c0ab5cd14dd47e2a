"""One slider over three curves of 500 points, in four ways: what the paint benchmark drives.

The course's explorers draw with plain Python; the peers get numpy arrays, which is how plotly is
quickest.
"""

from __future__ import annotations

import math
from typing import Any

from poems_course.figures.chart import Chart, Table
from poems_course.figures.draw import Axis, Plot
from poems_course.figures.exploration import Choice, Exploration, Slider
from poems_course.widgets.desk import learner_log
from poems_course.widgets.explorer import Explorer

POSITIONS = 26
POINTS = 500
_XS = [10 * i / (POINTS - 1) for i in range(POINTS)]


def curves(position: int, variant: str = "0") -> Chart:
    """Three curves; the title tells the position, so that the page can see which one it shows."""
    plot = Plot(f"Position {position}", Axis("x", 0, 10), Axis("y", -1, 1))
    for series in range(3):
        ys = [math.sin(x * (1 + position / 10) + series) for x in _XS]
        plot.line(_XS, ys, series, f"curve {series + 1}")
    reading = f"The slider stands at {position}, variant {variant}."
    rows = tuple((x, round(math.sin(x * (1 + position / 10)), 3)) for x in _XS[::50])
    return Chart(plot.svg(reading), reading, Table("First curve", ("x", "y"), rows))


def drawn_beforehand() -> Explorer:
    """The explorer whose page holds every state."""
    slider = Slider("position", "Position", tuple(range(POSITIONS)))
    return Explorer(
        Exploration("bench-packed", "Drawn beforehand", "-", (slider,), curves), learner_log
    )


def asked_of_kernel() -> Explorer:
    """The same explorer with more states than are drawn beforehand."""
    slider = Slider("position", "Position", tuple(range(POSITIONS)))
    variant = Choice("variant", "Variant", tuple(map(str, range(100))))
    return Explorer(
        Exploration("bench-asked", "Asked of the kernel", "-", (slider, variant), curves),
        learner_log,
    )


def _ys(position: int) -> list[Any]:
    import numpy as np

    xs = np.asarray(_XS)
    return [np.sin(xs * (1 + position / 10) + series) for series in range(3)]


def _figure(position: int) -> Any:
    import numpy as np
    import plotly.graph_objects as go

    xs = np.asarray(_XS)
    figure = go.Figure([go.Scatter(x=xs, y=ys, mode="lines") for ys in _ys(position)])
    return figure.update_layout(title=f"Position {position}", height=320, width=560)


def interact() -> None:
    """ipywidgets' interact with a function that makes a new plotly figure."""
    import ipywidgets
    from IPython.display import display

    def show(position: int) -> None:
        display(_figure(position))  # type: ignore[no-untyped-call]

    ipywidgets.interact(show, position=ipywidgets.IntSlider(0, 0, POSITIONS - 1))


def figure_widget() -> Any:
    """A plotly FigureWidget whose traces are set in one batch."""
    import ipywidgets
    import plotly.graph_objects as go

    figure = go.FigureWidget(_figure(0))
    slider = ipywidgets.IntSlider(0, 0, POSITIONS - 1, description="position")

    def move(change: dict[str, Any]) -> None:
        with figure.batch_update():
            for trace, ys in zip(figure.data, _ys(change["new"]), strict=True):
                trace.y = ys
            figure.layout.title = f"Position {change['new']}"

    slider.observe(move, "value")
    return ipywidgets.VBox([slider, figure])
