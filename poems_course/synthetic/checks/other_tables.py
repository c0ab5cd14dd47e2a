"""The endocrine panel follows from the cohort; the published series are those of the evidence."""

from __future__ import annotations

import numpy as np

from poems_course.synthetic import endocrine, published
from poems_course.synthetic.checks.measure import answers, any_of
from poems_course.synthetic.checks.registry import Outcome, check
from poems_course.synthetic.checks.tables import Tables
from poems_course.synthetic.dataset import MISSING, Column, Dataset, Words
from poems_course.synthetic.draws import Array


def _different(one: Dataset, other: Dataset) -> list[str]:
    return [name for name in one.columns if not _equal(one[name], other[name])]


def _equal(one: Column, other: Column) -> bool:
    if isinstance(one, Words) or isinstance(other, Words):
        both = isinstance(one, Words) and isinstance(other, Words)
        return both and one.texts() == other.texts()  # type: ignore[union-attr]
    return bool(np.array_equal(_plain(one), _plain(other), equal_nan=True))


def _plain(column: Array) -> Array:
    value: Array = column.astype(np.float64)
    return np.where(column == MISSING, np.nan, value) if column.dtype == np.int8 else value


@check(
    "id-endocrine-cohort",
    "identity",
    "endocrine_panel",
    "values are the cohort's and readings follow from them",
    "no column differs",
)
def _endocrine(tables: Tables) -> Outcome:
    wrong = _different(
        endocrine.panel_of(tables.shipped("cohort")), tables.shipped("endocrine_panel")
    )
    return Outcome(", ".join(wrong) or "none differs", not wrong)


@check(
    "id-endocrine-alone",
    "identity",
    "endocrine_panel",
    "diabetes and thyroid disease alone never fill the criterion",
    "no exception",
    "crit-caveat-dm",
)
def _alone(tables: Tables) -> Outcome:
    table = tables.shipped("endocrine_panel")
    counting = any_of("hypogonadism", "hyperprolactinaemia", "adrenal_insufficiency")(table)
    wrong = int(((table.numbers("counts_for_criterion") == 1) & (counting != 1)).sum())
    return Outcome(f"{wrong} of {table.rows} rows", wrong == 0)


@check(
    "cal-endocrine-order",
    "calibration",
    "endocrine_panel",
    "hypogonadism: women before men; diabetes rarer than raised prolactin",
    "both",
    "e-gonad-yang",
)
def _order(tables: Tables) -> Outcome:
    table = tables.shipped("endocrine_panel")
    women, men = (answers(table, any_of("hypogonadism"), "POEMS", sex).mean() for sex in ("F", "M"))
    diabetes, prolactin = (
        answers(table, any_of(name), "POEMS").mean() for name in ("diabetes", "hyperprolactinaemia")
    )
    said = f"women {women:.2f}, men {men:.2f}; diabetes {diabetes:.2f}, prolactin {prolactin:.2f}"
    return Outcome(said, bool(women > men and diabetes < prolactin))


@check(
    "id-published",
    "identity",
    "published_cohorts",
    "the table holds the evidence's series, intervals recomputed",
    "no column differs",
)
def _published(tables: Tables) -> Outcome:
    wrong = _different(published.build(0), tables.shipped("published_cohorts"))
    return Outcome(", ".join(wrong) or "none differs", not wrong)
