"""Checks of electrophoresis, immunofixation and free light chains."""

from __future__ import annotations

import numpy as np

from poems_course.synthetic import electrophoresis
from poems_course.synthetic.checks.registry import Outcome, check
from poems_course.synthetic.checks.tables import Tables
from poems_course.synthetic.checks.targets import measured
from poems_course.synthetic.draws import Array
from poems_course.synthetic.quantities import number

_PATIENTS = 6_000
_LANES = ("lane_g", "lane_a", "lane_m")


def _column(tables: Tables, name: str, diagnosis: str = "POEMS") -> Array:
    table = tables.large("electrophoresis", _PATIENTS)
    return table.numbers(name)[table.text("diagnosis") == diagnosis]


@measured("gel-electrophoresis")
def _spike(tables: Tables) -> float:
    return 100 * float(_column(tables, "spike").mean())


@measured("gel-immunofixation")
def _band(tables: Tables) -> float:
    return 100 * float(_column(tables, "immunofixation").mean())


@measured("gel-immunofixation-preprint")
def _either(tables: Tables) -> float:
    spike, band = _column(tables, "spike"), _column(tables, "immunofixation")
    return 100 * float(np.maximum(spike, band).mean())


def _of_bands(tables: Tables, lane: str) -> float:
    band = _column(tables, "immunofixation") == 1
    return 100 * float(_column(tables, lane)[band].mean())


@measured("gel-lambda")
def _lambda(tables: Tables) -> float:
    return _of_bands(tables, "lane_lambda")


@measured("gel-iga")
def _iga(tables: Tables) -> float:
    return _of_bands(tables, "lane_a")


@measured("gel-ratio")
def _ratio(tables: Tables) -> float:
    ratio = _column(tables, "ratio")
    return 100 * float(((ratio < 0.26) | (ratio > 1.65)).mean())


@measured("gel-chains-raised")
def _raised(tables: Tables) -> float:
    kappa, chain = _column(tables, "free_kappa"), _column(tables, "free_lambda")
    return 100 * float(((kappa > 19.4) | (chain > 26.3)).mean())


@measured("gel-size")
def _size(tables: Tables) -> float:
    return float(np.nanmedian(_column(tables, "m_protein")))


@measured("gel-size-limit")
def _limit(tables: Tables) -> float:
    size = _column(tables, "m_protein")
    return 100 * float((size[~np.isnan(size)] < 3.0).mean())


@measured("gel-healthy-kappa")
def _healthy_kappa(tables: Tables) -> float:
    kappa = _column(tables, "free_kappa", "healthy")
    return 100 * float(((kappa >= 3.3) & (kappa <= 19.4)).mean())


@measured("gel-healthy-ratio")
def _healthy_ratio(tables: Tables) -> float:
    ratio = _column(tables, "ratio", "healthy")
    return 100 * float(((ratio >= 0.26) & (ratio <= 1.65)).mean())


@check(
    "gel-ratio-computed",
    "identity",
    "electrophoresis",
    "the ratio is free kappa over free lambda",
    "no exception",
)
def _computed(tables: Tables) -> Outcome:
    table = tables.shipped("electrophoresis")
    again = table.numbers("free_kappa") / table.numbers("free_lambda")
    wrong = int((np.abs(again - table.numbers("ratio")) > 0.0051).sum())
    return Outcome(f"{wrong} exceptions", wrong == 0)


@check(
    "gel-lanes",
    "identity",
    "electrophoresis",
    "a band stands in one heavy and one light lane, at one place; without a band, nowhere",
    "no exception",
)
def _lanes(tables: Tables) -> Outcome:
    table = tables.shipped("electrophoresis")
    band = table.numbers("immunofixation")
    heavy = sum(table.numbers(lane) for lane in _LANES)
    light = table.numbers("lane_kappa") + table.numbers("lane_lambda")
    placed = ~np.isnan(table.numbers("band_place"))
    wrong = (heavy != band) | (light != band) | (placed != (band == 1))
    return Outcome(f"{int(wrong.sum())} exceptions", not wrong.any())


@check(
    "gel-spike-has-band",
    "identity",
    "electrophoresis",
    "where the curve shows a spike immunofixation shows a band; health has neither",
    "no exception",
)
def _has_band(tables: Tables) -> Outcome:
    table = tables.shipped("electrophoresis")
    spike, band = table.numbers("spike"), table.numbers("immunofixation")
    healthy = table.text("diagnosis") == "healthy"
    wrong = int((spike > band).sum() + (band[healthy] > 0).sum())
    wrong += int(((spike == 1) != ~np.isnan(table.numbers("m_protein"))).sum())
    return Outcome(f"{wrong} exceptions", wrong == 0)


@check(
    "gel-curve-agrees",
    "identity",
    "electrophoresis_curves",
    "the spike found on each curve that ships, and its area, are those of the table",
    "no exception",
)
def _curve_agrees(tables: Tables) -> Outcome:
    table, curves = tables.shipped("electrophoresis"), tables.shipped("electrophoresis_curves")
    points = len(electrophoresis.track())
    density = curves.numbers("density").reshape(-1, points)
    rows = curves.numbers("patient")[::points].astype(int) - 1
    spike = electrophoresis.sharpness(density) >= number("electrophoresis", "sharp")
    wrong = int((spike != (table.numbers("spike")[rows] == 1)).sum())
    total = sum(table.numbers(name)[rows] for name in electrophoresis.FRACTIONS)
    wrong += int((np.abs(density.mean(axis=1) - total) > 0.06).sum())
    return Outcome(f"{wrong} exceptions among {len(rows)}", wrong == 0)


@check(
    "gel-shipped-hidden",
    "calibration",
    "electrophoresis",
    "POEMS with a band that the curve does not show, table that ships",
    "35 to 75 % (72 % with a band, 16.7 % with a spike)",
    "c-spep-p32",
)
def _hidden(tables: Tables) -> Outcome:
    table = tables.shipped("electrophoresis")
    poems = table.text("diagnosis") == "POEMS"
    hidden = (table.numbers("immunofixation") == 1) & (table.numbers("spike") == 0)
    got = 100 * float(hidden[poems].mean())
    return Outcome(f"{got:.0f} %", 35 <= got <= 75)
