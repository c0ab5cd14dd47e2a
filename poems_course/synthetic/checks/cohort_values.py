"""Calibration of the cohort's values: medians, means and shares beyond a limit."""

from __future__ import annotations

import numpy as np

from poems_course.synthetic.checks.measure import (
    Ask,
    all_of,
    at_least,
    interval_of,
    median_within,
    share_within,
    word,
)
from poems_course.synthetic.checks.registry import Outcome, check
from poems_course.synthetic.checks.tables import Tables
from poems_course.synthetic.dataset import Dataset
from poems_course.synthetic.dictionary import field
from poems_course.synthetic.draws import Array


def abnormal_ratio(cohort: Dataset) -> Array:
    """Whether the free light-chain ratio lies outside its reference range."""
    low, high = field("cohort", "free_light_chain_ratio").range_for()
    ratio = cohort.numbers("free_light_chain_ratio")
    assert low is not None
    assert high is not None
    return np.where(np.isnan(ratio), np.nan, (ratio < low) | (ratio > high))


@check(
    "cal-platelets",
    "calibration",
    "cohort",
    "median platelets, POEMS and CIDP",
    "467 and 275 in their bands",
    "b-plt",
)
def _platelets(tables: Tables) -> Outcome:
    column = "platelets_10e9_per_l"
    return all_of(
        [
            ("POEMS", median_within(tables, column, "POEMS", 467, 136)),
            ("CIDP", median_within(tables, column, "CIDP", 275, 67)),
        ]
    )


@check(
    "cal-serum-vegf",
    "calibration",
    "cohort",
    "median serum VEGF in POEMS",
    "2835 in the band of 12",
    "vb-chiba",
)
def _serum(tables: Tables) -> Outcome:
    return median_within(tables, "vegf_serum_pg_ml", "POEMS", 2835, 12)


@check(
    "cal-plasma-vegf",
    "calibration",
    "cohort",
    "median plasma VEGF in POEMS",
    "452 in the band of 60",
    "v-plasma-level",
)
def _plasma(tables: Tables) -> Outcome:
    return median_within(tables, "vegf_plasma_pg_ml", "POEMS", 452, 60)


@check(
    "cal-vegf-others",
    "calibration",
    "cohort",
    "VEGF below its limit in the look-alikes",
    "plasma 95, serum 90 %",
    "plasma-vegf-cutoff",
)
def _others(tables: Tables) -> Outcome:
    def below(column: str, limit: float) -> Ask:
        asked = at_least(column, limit)
        return lambda cohort: 1 - asked(cohort)

    plasma = share_within(tables, below("vegf_plasma_pg_ml", 200), 0.87, 0.98, "")
    serum = share_within(tables, below("vegf_serum_pg_ml", 600), 0.85, 0.94, "")
    return all_of([("plasma", plasma), ("serum", serum)])


@check(
    "cal-age-sex",
    "calibration",
    "cohort",
    "median age and share of men in POEMS",
    "51 in the band of 99; 63 % of 99",
    "age-mayo-2003",
)
def _age(tables: Tables) -> Outcome:
    men = share_within(tables, word("sex", "M"), *interval_of("sex-mayo-2003"))
    return all_of([("age", median_within(tables, "age_years", "POEMS", 51, 99)), ("men", men)])


@check(
    "cal-delay",
    "calibration",
    "cohort",
    "mean months to the diagnosis of POEMS",
    "15 in the band of 100",
    "delay-uclh",
)
def _delay(tables: Tables) -> Outcome:
    return median_within(tables, "delay_months", "POEMS", 15, 100, mean=True)


@check(
    "cal-marrow",
    "calibration",
    "cohort",
    "median plasma cells in the marrow of POEMS",
    "5.5 % in the band of 24",
    "c-bm-kor",
)
def _marrow(tables: Tables) -> Outcome:
    return median_within(tables, "marrow_plasma_cells_percent", "POEMS", 5.5, 24)


@check(
    "cal-light-chain-ratio",
    "calibration",
    "cohort",
    "abnormal free light-chain ratio in POEMS",
    "about 20 %, and about 5 % in health",
    "c-flc",
)
def _ratio(tables: Tables) -> Outcome:
    poems = share_within(tables, abnormal_ratio, 0.14, 0.2)
    health = share_within(tables, abnormal_ratio, 0.0, 0.07, "healthy")
    return all_of([("POEMS", poems), ("healthy", health)])


@check("cal-kidney", "calibration", "cohort", "eGFR below 60 in POEMS", "22.4 % of 299", "h-ren-ye")
def _kidney(tables: Tables) -> Outcome:
    asked = at_least("egfr_ml_per_min", 60)
    return share_within(tables, lambda cohort: 1 - asked(cohort), *interval_of("h-ren-ye"))


@check(
    "cal-m-protein",
    "calibration",
    "cohort",
    "median M-protein of POEMS where a spike shows",
    "11 g/L, inside 8 to 14",
    "c-size",
)
def _m_protein(tables: Tables) -> Outcome:
    table = tables.large("cohort")
    value = table.numbers("m_protein_g_per_l")[table.text("diagnosis") == "POEMS"]
    median = float(np.median(value[value > 0]))
    return Outcome(f"{median:.1f} g/L", 8 <= median <= 14)
