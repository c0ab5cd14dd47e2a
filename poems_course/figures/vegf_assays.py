"""A plotly picture of the invented VEGF samples, for the dataset cell of the diagnosis lesson."""

from __future__ import annotations

from math import log10
from typing import Any

from poems_course.content import PoemsError
from poems_course.figures.chart import Table
from poems_course.figures.draw import number
from poems_course.figures.vegf_samples import GROUPS

_TICKS = [10, 30, 100, 300, 1000, 3000, 10_000]
_SYMBOLS = ("circle", "square", "triangle-up", "diamond")


def strip_plot(assays: Any, cutoff: float) -> tuple[Any, str, Table]:
    """Every sample of *assays* as a mark, with *cutoff* (pg/mL): figure, sentence and table.

    Takes the columns of data/vegf_assays.csv; a value at the cut-off counts as positive. Raises
    PoemsError where the table is empty or mixes serum with plasma, which no cut-off can serve, or
    where the cut-off is not above 0.
    """
    kinds = sorted(set(assays["matrix"]))
    if len(kinds) != 1:
        raise PoemsError(
            f"choose one matrix, serum or plasma: found {' and '.join(kinds) or 'none'}"
        )
    if not cutoff > 0:
        raise PoemsError(f"a cut-off lies above 0 pg/mL: {cutoff} does not")
    found = {group: assays.loc[assays["group"] == group] for group in GROUPS}
    counts = {
        group: (int((rows["vegf_pg_ml"] >= cutoff).sum()), len(rows))
        for group, rows in found.items()
        if len(rows)
    }
    listed = ", ".join(f"{k} of {n} {group}" for group, (k, n) in counts.items())
    reading = (
        f"At or above {number(cutoff)} pg/mL in {kinds[0]} lie {listed} samples, all invented."
    )
    table = Table(
        f"VEGF in {kinds[0]}, cut-off {number(cutoff)} pg/mL, invented samples",
        ("group", "samples", "at or above", "below"),
        tuple((group, n, k, n - k) for group, (k, n) in counts.items()),
    )
    return _figure(found, cutoff, kinds[0]), reading, table


def _figure(found: dict[str, Any], cutoff: float, matrix: str) -> Any:
    import plotly.graph_objects as go

    figure = go.Figure()
    for at, (group, rows) in enumerate(found.items()):
        spread = [at + 0.6 * (i % 11 - 5) / 10 for i in range(len(rows))]
        figure.add_scatter(
            x=rows["vegf_pg_ml"].tolist(),
            y=spread,
            mode="markers",
            name=group,
            marker={"symbol": _SYMBOLS[at], "size": 6, "opacity": 0.75},
            text=rows["confounder"].tolist(),
            hovertemplate="%{x} pg/mL, confounder: %{text}",
        )
    figure.add_vline(x=cutoff, line_dash="dash")
    # On a log axis plotly places lines by value, but annotations by exponent.
    label = f"{number(cutoff)} pg/mL"
    figure.add_annotation(x=log10(cutoff), y=1.08, yref="paper", text=label, showarrow=False)
    figure.update_xaxes(
        type="log",
        tickvals=_TICKS,
        ticktext=[number(tick) for tick in _TICKS],
        title={"text": f"VEGF in {matrix}, pg/mL<br>(invented)", "font": {"size": 13}},
    )
    names, places = list(found), list(range(len(found)))
    figure.update_yaxes(
        tickvals=places, ticktext=names, range=[len(names) - 0.5, -0.5], automargin=True
    )
    figure.update_layout(showlegend=False)
    return figure
