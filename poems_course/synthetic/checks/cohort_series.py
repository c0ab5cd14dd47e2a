"""Out-of-sample checks of the cohort beyond single shares: series, ratios, orders.

Named in model/held_out.toml before the cohort was fitted, as those in cohort_held_out.py.
"""

from __future__ import annotations

import numpy as np

from poems_course.clinic.bayes import interval_lr
from poems_course.evidence import cohorts, fact
from poems_course.synthetic.checks.cohort_calibration import ORGANS, OVERLOAD, SKIN
from poems_course.synthetic.checks.cohort_held_out import COUNTING, HIGH_PLATELETS, THYROID
from poems_course.synthetic.checks.cohort_values import abnormal_ratio
from poems_course.synthetic.checks.measure import (
    Ask,
    answers,
    any_of,
    at_least,
    auc,
    median_within,
    values,
)
from poems_course.synthetic.checks.registry import Check, Outcome, check, register
from poems_course.synthetic.checks.tables import Tables
from poems_course.synthetic.dataset import Dataset
from poems_course.synthetic.draws import Array
from poems_course.synthetic.parameters import constant

_OTHER_SERIES: tuple[tuple[str, str, Ask, str], ...] = (
    ("organomegaly", "f-org-cn1946", any_of(*ORGANS), "f-org-wc"),
    ("overload", "f-evo-cn1946", any_of(*OVERLOAD), "f-evo-wc"),
    ("endocrinopathy", "", any_of(*COUNTING, *THYROID, "diabetes"), "f-endo-wc"),
    ("skin-changes", "s-any-miest", any_of(*(name for name, *_ in SKIN)), "f-skin-wc"),
)

_PARTS = ("f-eff-pet", "f-ple-282", "f-hsm-pet")
"""Rows that count a part only (effusions, liver and spleen) and are graded as such elsewhere."""


def _series_check(finding: str, given: str, ask: Ask, source: str) -> None:
    others = [row for row in cohorts(finding) if row.fact != given and row.fact not in _PARTS]

    def function(tables: Tables) -> Outcome:
        share = 100 * float(answers(tables.large("cohort"), ask, "POEMS").mean())
        held = [row.cohort for row in others if row.low <= share <= row.high]
        said = f"{share:.1f} % lies inside {len(held)} of {len(others)}: {', '.join(held)}"
        return Outcome(said, 2 * len(held) >= len(others))

    what = f"{finding} in POEMS lies inside the intervals of other published series"
    expected = f"at least half of {len(others)} (they contradict one another)"
    id = f"oos-series-{finding}"
    register(Check(id, "out_of_sample", "cohort", what, expected, function, source))


for _series in _OTHER_SERIES:
    _series_check(*_series)


@check(
    "oos-delay",
    "out_of_sample",
    "cohort",
    "median delay, a second series",
    "13 months in the band of 30",
    "delay-fan",
)
def _delay(tables: Tables) -> Outcome:
    return median_within(tables, "delay_months", "POEMS", 13, 30)


@check(
    "oos-platelets-lr",
    "out_of_sample",
    "cohort",
    "likelihood ratio of thrombocytosis, POEMS over CIDP",
    "inside the interval of 73 of 136 over 1 of 67",
    "thrombocytosis-lr",
)
def _lr(tables: Tables) -> Outcome:
    table = tables.large("cohort")
    poems, cidp = (answers(table, HIGH_PLATELETS, group).mean() for group in ("POEMS", "CIDP"))
    ratio, interval = float(poems / cidp), interval_lr(73, 136, 1, 67)
    said = f"{ratio:.1f}, interval {interval.low:.1f} to {interval.high:.0f}"
    return Outcome(said, interval.low <= ratio <= interval.high)


@check(
    "oos-plasma-serum-order",
    "out_of_sample",
    "cohort",
    "serum VEGF misses fewer with POEMS at its limit than plasma at 200 pg/mL",
    "serum finds more",
    "serum-vegf-uclh",
)
def _order(tables: Tables) -> Outcome:
    table = tables.large("cohort")
    serum = answers(table, at_least("vegf_serum_pg_ml", constant("vegf_serum_limit")), "POEMS")
    plasma = answers(table, at_least("vegf_plasma_pg_ml", 200), "POEMS")
    said = f"serum {100 * serum.mean():.0f} %, plasma {100 * plasma.mean():.0f} %"
    return Outcome(said, bool(serum.mean() > plasma.mean() + 0.05))


def _rarer(what: str, beyond: Ask) -> None:
    def function(tables: Tables) -> Outcome:
        table = tables.large("cohort")
        poems, myeloma = (
            float(answers(table, beyond, name).mean()) for name in ("POEMS", "myeloma")
        )
        said = f"{100 * poems:.1f} % in POEMS, {100 * myeloma:.1f} % in myeloma"
        return Outcome(said, poems < 0.1 and poems < myeloma / 2)

    register(
        Check(
            f"oos-{what}",
            "out_of_sample",
            "cohort",
            f"{what} is rare in POEMS, unlike in myeloma",
            "below 10 % and below half of myeloma's",
            function,
            "b-anaemia",
        )
    )


def _anaemia(cohort: Dataset) -> Array:
    low = np.where(cohort.text("sex") == "M", 14.0, 12.0)
    found: Array = (cohort.numbers("haemoglobin_g_per_dl") < low).astype(np.float64)
    return found


def _calcium(cohort: Dataset) -> Array:
    found: Array = (cohort.numbers("calcium_mg_per_dl") > 10.2).astype(np.float64)
    return found


def _kidney_failure(cohort: Dataset) -> Array:
    found: Array = (cohort.numbers("egfr_ml_per_min") < 30).astype(np.float64)
    return found


_rarer("anaemia", _anaemia)
_rarer("hypercalcaemia", _calcium)
_rarer("renal-failure", _kidney_failure)


@check(
    "oos-ratio-al",
    "out_of_sample",
    "cohort",
    "abnormal light-chain ratio: the rule in AL amyloidosis, the exception in POEMS",
    "above 70 %; 18 % inside 12 to 25 %",
    "D023",
)
def _ratio(tables: Tables) -> Outcome:
    table = tables.large("cohort")
    al, poems = (
        float(answers(table, abnormal_ratio, name).mean()) for name in ("AL amyloidosis", "POEMS")
    )
    said = f"{100 * al:.0f} % in AL amyloidosis, {100 * poems:.0f} % in POEMS"
    return Outcome(said, al > 0.7 and 0.12 < poems < 0.25)


@check(
    "oos-discs-vegf",
    "out_of_sample",
    "cohort",
    "who has papilloedema has more serum VEGF, as shipped",
    "AUC above 0.55",
    "f-pap-trial",
)
def _discs(tables: Tables) -> Outcome:
    table = tables.shipped("cohort")
    discs, vegf = table.numbers("papilloedema"), table.numbers("vegf_serum_pg_ml")
    own = (table.text("diagnosis") == "POEMS") & ~np.isnan(discs) & ~np.isnan(vegf)
    area = auc(vegf[own], discs[own] == 1)
    return Outcome(f"AUC {area:.2f} in {int(own.sum())}", area > 0.55)


@check(
    "oos-age",
    "out_of_sample",
    "cohort",
    "median age, a second series",
    "54 years within 5 of the cohort's",
    "age-jp",
)
def _age(tables: Tables) -> Outcome:
    median = float(np.median(values(tables.large("cohort"), "age_years", "POEMS")))
    published = fact("age-jp").value
    return Outcome(
        f"{median:.0f} years", isinstance(published, float) and abs(median - published) <= 5
    )
