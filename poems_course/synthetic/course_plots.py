"""Plots of follow-up, survival, electrophoresis and nerve conduction, for the report."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from poems_course.figures.draw import Axis, Plot
from poems_course.synthetic import nerve_conduction
from poems_course.synthetic.checks.survival import kaplan_meier
from poems_course.synthetic.checks.tables import Tables
from poems_course.synthetic.dataset import Dataset
from poems_course.synthetic.draws import Array, stream

_MONTHS = 61
_THERAPIES = ("transplant", "melphalan", "lenalidomide", "thalidomide")


def _by_month(table: Dataset, name: str) -> Array:
    return table.numbers(name).reshape(-1, _MONTHS)


def _rows(table: Dataset, name: str) -> Array:
    return np.array(table.text(name).texts()).reshape(-1, _MONTHS)[:, 0]


def _medians(column: str, label: str, high: float) -> Callable[[Tables, str], str]:
    """Median by month and therapy."""

    def draw(tables: Tables, title: str) -> str:
        table = tables.shipped("followup")
        plot = Plot(title, Axis("months", 0, 60), Axis(label, 0, high))
        for series, therapy in enumerate(_THERAPIES):
            values = _by_month(table, column)[_rows(table, "therapy") == therapy]
            median = np.nanmedian(values, axis=0)
            plot.line(list(range(_MONTHS)), np.minimum(median, high).tolist(), series, therapy)
        return plot.svg(f"{title}: medians of synthetic patients by month and therapy")

    return draw


def _relative(tables: Tables, title: str) -> str:
    """VEGF and M-protein of responders, as shares of the first value."""
    table = tables.shipped("followup")
    complete = _rows(table, "vegf_response") == "complete"
    plot = Plot(title, Axis("months", 0, 24), Axis("share of the first value", 0, 1.2))
    for series, chain in enumerate(("IgA", "IgG")):
        which = complete & (_rows(table, "heavy_chain") == chain)
        m = _by_month(table, "m_protein")[which, :25]
        median = np.nanmedian(m / m[:, :1], axis=0)
        plot.line(list(range(25)), median.tolist(), series, f"M-protein, {chain}")
    vegf = _by_month(table, "serum_vegf")[complete, :25]
    vegf = vegf[~np.isnan(vegf[:, 0])]
    plot.line(list(range(25)), np.nanmedian(vegf / vegf[:, :1], axis=0).tolist(), 2, "serum VEGF")
    return plot.svg(f"{title}: medians of synthetic patients with a complete VEGF response")


def _relapses(tables: Tables, title: str) -> str:
    """Serum VEGF of patients about their clinical relapse."""
    table = tables.shipped("followup")
    vegf, relapsed = _by_month(table, "serum_vegf"), _by_month(table, "clinical_relapse") == 1
    known = (vegf > 0).any(axis=1) & relapsed.any(axis=1) & (relapsed.argmax(axis=1) > 18)
    plot = Plot(
        title, Axis("months from clinical relapse", -18, 6), Axis("pg/mL", 100, 10_000, log=True)
    )
    for series, row in enumerate(np.flatnonzero(known)[:8]):
        at = int(relapsed[row].argmax())
        months = [m for m in range(at - 18, min(at + 7, _MONTHS)) if not np.isnan(vegf[row, m])]
        plot.line([m - at for m in months], vegf[row, months].tolist(), series % 4)
    plot.rule("relapse", x=0)
    plot.rule("1000", y=1000)
    return plot.svg(f"{title}: eight synthetic patients")


def _survival(tables: Tables, title: str) -> str:
    table = tables.shipped("survival")
    plot = Plot(title, Axis("years", 0, 15), Axis("share alive", 0, 1))
    for series, era in enumerate(table.text("era").labels):
        which = table.text("era") == era
        months, died = table.numbers("months")[which], table.numbers("died")[which]
        years = [y / 4 for y in range(61) if 3 * y <= np.percentile(months, 95)]
        alive = [kaplan_meier(months, died, 12 * year) for year in years]
        plot.line(years, alive, series, era)
    return plot.svg(f"{title}: Kaplan-Meier curves of synthetic patients by year of diagnosis")


def _gel(spike: int, diagnosis: str) -> Callable[[Tables, str], str]:
    """Three whole curves of a diagnosis, with a band; with or without a spike."""

    def draw(tables: Tables, title: str) -> str:
        table, curves = tables.shipped("electrophoresis"), tables.shipped("electrophoresis_curves")
        density = curves.numbers("density").reshape(-1, 200)
        rows = curves.numbers("patient")[::200].astype(int) - 1
        own = (table.text("diagnosis") == diagnosis) & (table.numbers("spike") == spike)
        plot = Plot(title, Axis("point of the track", 0, 200), Axis("density", 0, 100))
        for series, place in enumerate(np.flatnonzero(own[rows])[:3].tolist()):
            row = int(rows[place])
            lane = "band" if table.numbers("immunofixation")[row] else "no band"
            points = np.minimum(density[place], 100).tolist()
            plot.line(list(range(1, 201)), points, series, f"patient {row + 1}: {lane}")
        return plot.svg(f"{title}: three synthetic curves")

    return draw


def _indices(tables: Tables, title: str) -> str:
    table = tables.shipped("nerve_conduction")
    names = nerve_conduction.GROUPS
    index = table.numbers("terminal_latency_index")
    plot = Plot(title, Axis("terminal latency index", 0, 0.9), Axis.of("", names))
    for row, name in enumerate(names):
        own = index[(table.text("nerve") == "median") & (table.text("diagnosis") == name)]
        own = own[~np.isnan(own)]
        spread = row + stream(0, "plot", name).uniform(-0.3, 0.3, len(own))
        plot.dots(own.tolist(), spread.tolist(), row)
    plot.rule("0.38", x=0.38)
    return plot.svg(f"{title}: synthetic patients by diagnosis")


def _traces(diagnosis: str, which: int) -> Callable[[Tables, str], str]:
    """Distal and proximal trace of one patient's median nerve."""

    def draw(tables: Tables, title: str) -> str:
        table = tables.shipped("waveforms")
        own = (table.text("diagnosis") == diagnosis) & (table.text("nerve") == "median")
        patient = np.unique(table.numbers("patient")[own])[which]
        own &= table.numbers("patient") == patient
        highest = float(np.ceil(table.numbers("potential")[own].max()))
        plot = Plot(title, Axis("ms", 0, 50), Axis("mV", -highest, highest))
        for series, place in enumerate(("distal", "proximal")):
            rows = own & (table.text("stimulation") == place)
            time, potential = (table.numbers(name)[rows] for name in ("time", "potential"))
            plot.line(time.tolist(), potential.tolist(), series, place)
        return plot.svg(f"{title}: distal and proximal response of one synthetic patient")

    return draw


PLOTS: list[tuple[str, Callable[[Tables, str], str]]] = [
    ("Serum VEGF under therapy", _medians("serum_vegf", "pg/mL", 4000)),
    ("Plasma VEGF under therapy", _medians("plasma_vegf", "pg/mL", 800)),
    ("Neuropathy Impairment Score under therapy", _medians("nis", "points", 80)),
    ("ONLS under therapy", _medians("onls", "points", 8)),
    ("VEGF falls before the M-protein", _relative),
    ("VEGF about clinical relapse", _relapses),
    ("Survival by years of diagnosis", _survival),
    ("Electrophoresis in POEMS, spike", _gel(1, "POEMS")),
    ("Electrophoresis in POEMS, no spike", _gel(0, "POEMS")),
    ("Electrophoresis in myeloma", _gel(1, "myeloma")),
    ("Electrophoresis in health", _gel(0, "healthy")),
    ("Terminal latency index of the median nerve", _indices),
    ("Motor response in health", _traces("healthy", 0)),
    ("Motor response in POEMS", _traces("POEMS", 0)),
    ("Motor response in CIDP", _traces("CIDP", 0)),
    ("Motor response in CIDP, another", _traces("CIDP", 1)),
]
"""Title and drawing of each plot: a function of the tables and the title, to SVG."""
