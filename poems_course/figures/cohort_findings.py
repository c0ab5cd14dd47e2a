"""How often each published cohort reported a finding, with intervals and what was counted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from poems_course.evidence import CohortRow, cohorts, fact
from poems_course.figures.chart import Chart
from poems_course.figures.cohort_rows import (
    SHARE,
    counted,
    draw_rows,
    interval,
    meet,
    percent,
    share_row,
    share_table,
)
from poems_course.figures.draw import number
from poems_course.figures.exploration import Choice, Exploration, Toggle

if TYPE_CHECKING:
    from poems_course.figures.plotly_chart import PlotlyChart

# What the control says: the finding in the cohorts file, the fact with the 2012 review's range.
FINDINGS = {
    "organomegaly": ("organomegaly", "f-org-r12"),
    "endocrinopathy": ("endocrinopathy", "f-endo-r12"),
    "skin changes": ("skin-changes", "f-skin-r12"),
    "oedema or effusions": ("overload", "f-evo-r12"),
    "papilloedema": ("papilloedema", "f-pap-r12"),
    "bone lesions": ("bone-lesions", "f-bone-r12"),
    "thrombocytosis": ("thrombocytosis", "f-plt-r12"),
    "Castleman disease": ("castleman", "f-cd-r12"),
}


def cohort_findings(finding: str, order: str, what: bool, review: bool) -> Chart:
    """A finding across the cohorts that report it.

    *what* adds the counts and what was counted, *review* the range printed in the 2012 review.
    """
    name, range_fact = FINDINGS[finding]
    rows = sorted(cohorts(name), key=_largest_first if order == "largest first" else _highest_first)
    span = fact(range_fact).value if review else None
    limits = span if isinstance(span, tuple) else None
    reading = compare(finding, rows)
    if what and rows[1:]:
        noted = sum(bool(row.note) for row in rows)
        reading += f"; for {noted} of these {len(rows)} we know more about who or what was counted"
    if limits:
        reading += f"; the 2012 review gave {number(limits[0])} to {number(limits[1])} %"
    title = f"{finding[0].upper()}{finding[1:]} in published cohorts"
    drawn = [share_row(row, True, _remark(row) if what else "") for row in rows]
    band = (limits[0], limits[1], "range in the 2012 review") if limits else None
    svg = draw_rows(title, SHARE, drawn, f"{reading}.", legend=_LEGEND, band=band)
    return Chart(svg, f"{reading}.", share_table(title, rows))


_LEGEND = {0: "share, with its 95 % interval"}


def _highest_first(row: CohortRow) -> float:
    return -row.percent


def _largest_first(row: CohortRow) -> float:
    return -row.n


def _remark(row: CohortRow) -> str:
    return f"{counted(row)}; {row.note}" if row.note else counted(row)


def compare(finding: str, rows: Sequence[CohortRow]) -> str:
    """Lowest and highest share in words, without a full stop."""
    low, high = min(rows, key=lambda row: row.percent), max(rows, key=lambda row: row.percent)
    if low == high:
        return (
            f"{finding[0].upper()}{finding[1:]}: {percent(low)} % of {low.n} patients "
            f"({low.cohort}), the only cohort here that printed how many it examined"
        )
    return (
        f"{finding[0].upper()}{finding[1:]}: from {percent(low)} % of {low.n} patients "
        f"({low.cohort}) to {percent(high)} % of {high.n} ({high.cohort}); "
        f"the intervals of these two {meet(low, high)}"
    )


def plot_cohorts(table: Any) -> PlotlyChart:
    """A chart to hover over, from a pandas table made of ``cohorts(...)``: a mark for each row."""
    import plotly.graph_objects as go

    from poems_course.figures.plotly_chart import interactive

    rows = [CohortRow(**row) for row in table.to_dict("records")]
    name = rows[0].finding.replace("-", " ")
    marks = go.Scatter(
        x=[row.percent for row in rows],
        y=[f"{row.cohort} (n {row.n})" for row in rows],
        error_x={
            "array": [row.high - row.percent for row in rows],
            "arrayminus": [row.percent - row.low for row in rows],
        },
        mode="markers",
        marker={"size": 10},
        # Not %{x}: plotly adds the error bar to it, with six digits.
        customdata=[f"{percent(row)} % ({interval(row)})<br>{_remark(row)}" for row in rows],
        hovertemplate="%{customdata}<extra></extra>",
    )
    figure = go.Figure(marks)
    figure.update_xaxes(
        title={"text": f"Patients with {name}, %", "font": {"size": 13}}, range=[0, 102]
    )
    figure.update_yaxes(autorange="reversed", automargin=True)
    return interactive(figure, f"{compare(name, rows)}.", share_table(name.capitalize(), rows))


COHORT_FINDINGS = Exploration(
    id="cohort-findings",
    title="One finding, many cohorts",
    prompt=(
        "Predict first: which finding will differ most from one hospital to the next? "
        "Then choose it, and ask what was counted."
    ),
    controls=(
        Choice("finding", "Finding", tuple(FINDINGS)),
        Choice("order", "Order", ("highest first", "largest first")),
        Toggle("what", "Show what was counted"),
        Toggle("review", "Show the range in the 2012 review"),
    ),
    model=cohort_findings,
)
