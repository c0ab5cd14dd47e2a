"""The endocrine panel: the hormones of the cohort's patients, and each axis read.

The values are those of the cohort; the readings are computed, never sampled.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from poems_course.clinic.words import word_list
from poems_course.synthetic import cohort, panel
from poems_course.synthetic.dataset import MISSING, Column, Dataset, Words
from poems_course.synthetic.dictionary import fields
from poems_course.synthetic.draws import Array
from poems_course.synthetic.parameters import constant

_COUNTED = ("hypogonadism", "hyperprolactinaemia", "adrenal_insufficiency")


def build(seed: int, patients: int | None = None) -> Dataset:
    """The panel of all patients of the cohort with this seed and size."""
    return panel_of(cohort.build(seed, patients))


def panel_of(people: Dataset) -> Dataset:
    """The panel of the patients in a cohort."""
    columns: dict[str, Column] = {}
    for name in fields("endocrine_panel"):
        columns[name] = people[name] if name in people.columns else _READ[name](people)
    return Dataset("endocrine_panel", columns)


def _words(dataset_column: str, codes: Array) -> Words:
    return Words(codes.astype(np.int8), fields("endocrine_panel")[dataset_column].words)


def _thyroid(people: Dataset) -> Words:
    overt, subclinical = (
        people.numbers("hypothyroidism"),
        people.numbers("subclinical_hypothyroidism"),
    )
    codes = np.where(overt == 1, 2, np.where(subclinical == 1, 1, 0))
    return _words("thyroid_axis", np.where(np.isnan(overt), MISSING, codes))


def _gonads(people: Dataset) -> Words:
    """Normal, or failure: primary where the gonadotropin is above its range, else central."""
    low, lh = people.numbers("hypogonadism"), people.numbers("lh_iu_per_l")
    woman = people.text("sex") == "F"
    older = woman & (people.numbers("age_years") >= constant("menopause_age"))
    above = ~older & (lh > fields("cohort")["lh_iu_per_l"].men[1])
    codes = np.where(low == 1, np.where(above, 2, 1), 0)
    return _words("gonadal_axis", np.where(np.isnan(low), MISSING, codes))


def _adrenal(people: Dataset) -> Words:
    """Normal, or failure: primary where ACTH is above its range, else central or early."""
    low, acth = people.numbers("adrenal_insufficiency"), people.numbers("acth_pg_per_ml")
    high = fields("cohort")["acth_pg_per_ml"].high
    codes = np.where(low == 1, np.where(acth > high, 2, 1), 0)
    return _words("adrenal_axis", np.where(np.isnan(low), MISSING, codes))


def _glucose(people: Dataset) -> Words:
    glucose = people.numbers("glucose_mg_per_dl")
    normal = fields("cohort")["glucose_mg_per_dl"].high
    codes = np.where(glucose >= panel.limit("glucose_mg_per_dl"), 2, (glucose > normal).astype(int))
    return _words("glucose_reading", codes)


def _counts(people: Dataset) -> Array:
    """Whether the endocrine criterion is filled: diabetes and thyroid alone do not."""
    assert set(_COUNTED) <= set(word_list("endocrinopathies").counts)
    found = np.vstack([people.numbers(name) for name in _COUNTED])
    counted = np.where(np.isnan(found).any(axis=0), MISSING, (found == 1).any(axis=0))
    return counted.astype(np.int8)


_READ: dict[str, Callable[[Dataset], Column]] = {
    "gonadal_axis": _gonads,
    "thyroid_axis": _thyroid,
    "adrenal_axis": _adrenal,
    "glucose_reading": _glucose,
    "counts_for_criterion": _counts,
}
