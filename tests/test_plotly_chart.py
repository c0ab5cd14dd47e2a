"""The plotly chart of the lesson "What is POEMS?": a mark for each cohort."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from poems_course.evidence import cohorts
from poems_course.figures.chart import Table
from poems_course.figures.cohort_findings import plot_cohorts
from poems_course.figures.palette import LIGHT
from poems_course.figures.plotly_chart import interactive


class TestPlotly:
    @pytest.fixture
    def bundle(self) -> dict[str, Any]:
        import pandas

        return plot_cohorts(pandas.DataFrame(cohorts("organomegaly")))._repr_mimebundle_()

    def test_shows_every_cohort_with_its_interval(self, bundle: dict[str, Any]) -> None:
        (marks,) = bundle["application/vnd.plotly.v1+json"]["data"]
        rows = cohorts("organomegaly")
        assert marks["x"] == [row.percent for row in rows]
        for row, up, down in zip(
            rows, marks["error_x"]["array"], marks["error_x"]["arrayminus"], strict=True
        ):
            assert row.percent + up == pytest.approx(row.high)
            assert row.percent - down == pytest.approx(row.low)

    def test_a_mark_says_share_interval_and_count_as_a_person_would(
        self, bundle: dict[str, Any]
    ) -> None:
        (marks,) = bundle["application/vnd.plotly.v1+json"]["data"]
        assert "%{x}" not in marks["hovertemplate"]  # plotly would add "+1.60324 / -1.726588"
        first = cohorts("organomegaly")[0]
        assert marks["customdata"][0].startswith("83.1 % (81 to 85)<br>")
        assert str(first.n) in marks["customdata"][0]

    def test_sends_nothing_anywhere(self, bundle: dict[str, Any]) -> None:
        config = bundle["application/vnd.plotly.v1+json"]["config"]
        assert config["showSendToCloud"] is False
        assert config["displaylogo"] is False
        assert "http" not in json.dumps(bundle)

    def test_reads_without_a_script(self, bundle: dict[str, Any]) -> None:
        page = bundle["text/html"]
        assert "<script" not in page
        assert page.count("<tr>") == 1 + len(cohorts("organomegaly"))
        assert bundle["text/plain"] in page.replace("&#x27;", "'")

    def test_takes_its_colours_from_the_palette(self, bundle: dict[str, Any]) -> None:
        layout = bundle["application/vnd.plotly.v1+json"]["layout"]
        used = {layout["paper_bgcolor"], layout["plot_bgcolor"], layout["font"]["color"]}
        used |= {axis["color"] for axis in (layout["xaxis"], layout["yaxis"])}
        used |= set(layout["colorway"])
        assert used <= set(LIGHT.values())

    def test_escapes_what_it_prints(self) -> None:
        import plotly.graph_objects as go

        page = interactive(go.Figure(), "1 < 2.", Table("<b>", ("a",), (("&",),))).static()
        assert "<p>1 &lt; 2.</p>" in page
        assert "<b>" not in page

    def test_loads_no_more_of_plotly_than_it_needs(self) -> None:
        probe = (
            "import sys; from poems_course.figures import plotly_chart, cohort_findings as c;"
            "from poems_course.evidence import cohorts; assert 'plotly' not in sys.modules;"
            "import pandas; c.plot_cohorts(pandas.DataFrame(cohorts('overload')));"
            "print(sorted({'plotly.express', 'ipywidgets', 'anywidget'} & set(sys.modules)))"
        )
        ran = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True)
        assert ran.stdout.strip() == "[]", ran.stderr
