"""Plots of the datasets, to be looked at for what no check sees."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from poems_course.figures.draw import Axis, Plot
from poems_course.synthetic.checks.tables import Tables
from poems_course.synthetic.course_plots import PLOTS
from poems_course.synthetic.dataset import Dataset

_SHOWN = ("POEMS", "CIDP", "AL amyloidosis", "healthy")


def plots(tables: Tables) -> list[tuple[str, str]]:
    """Title and SVG of each plot. A dataset that cannot be read is left out."""
    drawn = []
    for title, draw in (*_PLOTS, *PLOTS):
        try:
            drawn.append((title, draw(tables, title)))
        except Exception:  # its checks say what is wrong with it
            continue
    return drawn


def _log_axis(label: str, low: float, high: float) -> Axis:
    tens = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    steps = (1, 3) if high / low < 1e3 else (1,)
    ticks = [step * 10.0**power for power in tens for step in steps]
    return Axis(label, low, high, tuple(tick for tick in ticks if low <= tick <= high), log=True)


def _levels(column: str, label: str, low: float, high: float) -> Callable[[Tables, str], str]:
    def draw(tables: Tables, title: str) -> str:
        cohort = tables.shipped("cohort")
        plot = Plot(title, _log_axis(label, low, high), Axis.of("", _SHOWN))
        for row, name in enumerate(_SHOWN):
            values = _known(cohort, column, name)
            spread = [row + 0.6 * (i % 9 - 4) / 9 for i in range(len(values))]
            plot.dots([min(max(v, low), high) for v in values], spread, row)
        return plot.svg(f"{title}, synthetic patients by diagnosis")

    return draw


def _known(cohort: Dataset, column: str, diagnosis: str) -> list[float]:
    values = cohort.numbers(column)[cohort.text("diagnosis") == diagnosis]
    return [float(value) for value in values[~np.isnan(values)]]


def _pair(
    one: str, other: str, ends: tuple[float, float, float, float]
) -> Callable[[Tables, str], str]:
    def draw(tables: Tables, title: str) -> str:
        cohort = tables.shipped("cohort")
        plot = Plot(
            title,
            _log_axis(one.replace("_", " "), ends[0], ends[1]),
            _log_axis(other.replace("_", " "), ends[2], ends[3]),
        )
        for series, name in enumerate(("POEMS", "CIDP", "healthy")):
            own = cohort.text("diagnosis") == name
            x, y = cohort.numbers(one)[own], cohort.numbers(other)[own]
            both = ~(np.isnan(x) | np.isnan(y))
            xs, ys = np.clip(x[both], *ends[:2]).tolist(), np.clip(y[both], *ends[2:]).tolist()
            plot.dots(xs, ys, series, name)
        return plot.svg(f"{title}, synthetic patients")

    return draw


_PLOTS: tuple[tuple[str, Callable[[Tables, str], str]], ...] = (
    ("Platelets", _levels("platelets_10e9_per_l", "platelets, 10^9/L", 80, 1600)),
    ("VEGF in serum", _levels("vegf_serum_pg_ml", "VEGF in serum, pg/mL", 30, 60_000)),
    ("VEGF in plasma", _levels("vegf_plasma_pg_ml", "VEGF in plasma, pg/mL", 5, 60_000)),
    ("Free light-chain ratio", _levels("free_light_chain_ratio", "kappa/lambda", 0.005, 50)),
    ("TSH", _levels("tsh_miu_per_l", "TSH, mIU/L", 0.1, 60)),
    ("Prolactin", _levels("prolactin_ng_per_ml", "prolactin, ng/mL", 1, 200)),
    ("Fasting glucose", _levels("glucose_mg_per_dl", "glucose, mg/dL", 40, 500)),
    ("CSF protein", _levels("csf_protein_mg_per_dl", "CSF protein, mg/dL", 8, 800)),
    ("Delay", _levels("delay_months", "months from first symptom", 0.1, 140)),
    (
        "Platelets and VEGF in serum",
        _pair("platelets_10e9_per_l", "vegf_serum_pg_ml", (80, 1600, 30, 60_000)),
    ),
    (
        "Free kappa and free lambda",
        _pair("free_kappa_mg_per_l", "free_lambda_mg_per_l", (1, 1000, 1, 1000)),
    ),
)
