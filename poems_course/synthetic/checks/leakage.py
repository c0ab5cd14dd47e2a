"""Nothing but the findings themselves may tell the diagnosis."""

from __future__ import annotations

import numpy as np

from poems_course.synthetic.checks.measure import auc
from poems_course.synthetic.checks.registry import Outcome, check
from poems_course.synthetic.checks.tables import Tables
from poems_course.synthetic.dataset import Dataset, Words
from poems_course.synthetic.draws import Array

_CHANCE = (0.42, 0.58)
"""What 120 of 600 give by chance, with some room: 1.96 standard errors are 0.06."""


def _at_chance(area: float) -> Outcome:
    return Outcome(f"AUC {area:.3f}", _CHANCE[0] < area < _CHANCE[1])


def _poems(table: Dataset) -> Array:
    found: Array = table.text("diagnosis") == "POEMS"
    return found


@check(
    "leak-order",
    "identity",
    "cohort",
    "neither the patient's number nor the neighbours in the file tell the diagnosis",
    "AUC 0.42 to 0.58; equal neighbours within 0.04 of chance",
)
def _order(tables: Tables) -> Outcome:
    table = tables.shipped("cohort")
    number = _at_chance(auc(table.numbers("patient"), _poems(table)))
    codes = table.text("diagnosis").codes
    same = float((codes[1:] == codes[:-1]).mean())
    chance = float(((np.bincount(codes) / len(codes)) ** 2).sum())
    said = f"{number.got}; equal neighbours {same:.3f}, by chance {chance:.3f}"
    return Outcome(said, number.passed and abs(same - chance) < 0.04)


def gaps(table: Dataset) -> Array:
    """Where each column is missing, as a matrix of 0 and 1: rows are patients."""
    return np.array(
        [
            column.codes < 0 if isinstance(column, Words) else np.isnan(table.numbers(name))
            for name, column in table.columns.items()
        ],
        dtype=np.float64,
    ).T


@check(
    "leak-gap-count",
    "identity",
    "cohort",
    "the number of gaps in a row does not tell POEMS",
    "AUC 0.42 to 0.58",
)
def _gap_count(tables: Tables) -> Outcome:
    table = tables.shipped("cohort")
    return _at_chance(auc(gaps(table).sum(axis=1), _poems(table)))


@check(
    "leak-gap-pattern",
    "identity",
    "cohort",
    "the pattern of gaps does not tell POEMS, in a large draw",
    "AUC 0.48 to 0.52",
)
def _gap_pattern(tables: Tables) -> Outcome:
    table = tables.large("cohort")
    area = classified(gaps(table), _poems(table))
    return Outcome(f"AUC {area:.3f}", 0.48 < area < 0.52)


@check(
    "leak-shuffled",
    "identity",
    "cohort",
    "a classifier trained on shuffled labels scores at chance",
    "AUC 0.42 to 0.58",
)
def _shuffled(tables: Tables) -> Outcome:
    table = tables.shipped("cohort")
    labels, features = _poems(table), _features(table)
    rng = np.random.default_rng(7)
    areas = [classified(features, rng.permutation(labels)) for _ in range(20)]
    return _at_chance(float(np.mean(areas)))


@check(
    "leak-true-labels",
    "identity",
    "cohort",
    "the same classifier finds POEMS by its findings, so that the test above can fail",
    "AUC above 0.9",
)
def _true(tables: Tables) -> Outcome:
    table = tables.shipped("cohort")
    area = classified(_features(table), _poems(table))
    return Outcome(f"AUC {area:.3f}", area > 0.9)


def _features(table: Dataset) -> Array:
    """Findings and values, gaps filled with the column's mean, logs of what is skewed."""
    columns = []
    for name, column in table.columns.items():
        if isinstance(column, Words) or name == "patient":
            continue
        value = table.numbers(name)
        value = np.log(value) if np.nanmin(value) > 0 and np.nanmax(value) > 10 else value
        columns.append(np.where(np.isnan(value), np.nanmean(value), value))
    return np.array(columns).T


def classified(features: Array, positive: Array, folds: int = 5) -> float:
    """The AUC of a linear discriminant on folds that it was not trained on."""
    usable = features[:, features.std(axis=0) > 0]
    scaled = (usable - usable.mean(axis=0)) / usable.std(axis=0)
    fold = np.arange(len(scaled)) % folds
    score = np.zeros(len(scaled))
    for each in range(folds):
        train, test = fold != each, fold == each
        hits, misses = scaled[train & positive], scaled[train & ~positive]
        spread = np.cov(scaled[train].T) + 0.05 * np.eye(scaled.shape[1])
        score[test] = scaled[test] @ np.linalg.solve(
            spread, hits.mean(axis=0) - misses.mean(axis=0)
        )
    return auc(score, positive)
