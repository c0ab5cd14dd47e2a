"""What the checks measure: shares, medians, areas under curves, and intervals around them."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np

from poems_course.evidence import CohortRow, cohorts, fact, findings, wilson
from poems_course.evidence.records import Fact
from poems_course.synthetic.checks.registry import Outcome
from poems_course.synthetic.checks.tables import Tables
from poems_course.synthetic.dataset import Dataset
from poems_course.synthetic.draws import Array

Ask = Callable[[Dataset], Array]
"""From a cohort to one value for each patient: 1, 0, or NaN where unknown or not asked."""


def any_of(*columns: str) -> Ask:
    """Whether a patient has any of the findings; unknown where none is present and one unknown."""

    def ask(cohort: Dataset) -> Array:
        values = np.vstack([cohort.numbers(column) for column in columns])
        unknown = np.isnan(values).any(axis=0)
        found = (values == 1).any(axis=0)
        return np.where(found, 1.0, np.where(unknown, np.nan, 0.0))

    return ask


def at_least(column: str, limit: float) -> Ask:
    """Whether a value lies at or above *limit*."""

    def ask(cohort: Dataset) -> Array:
        values = cohort.numbers(column)
        return np.where(np.isnan(values), np.nan, values >= limit)

    return ask


def word(column: str, wanted: str, other_than: str = "") -> Ask:
    """Whether a column holds the word *wanted*, among rows that hold any but *other_than*."""

    def ask(cohort: Dataset) -> Array:
        texts = cohort.text(column)
        asked = (texts.codes >= 0) & ~(texts == other_than)
        return np.where(asked, texts == wanted, np.nan)

    return ask


def answers(cohort: Dataset, ask: Ask, group: str, sex: str = "") -> Array:
    """The known answers in one diagnosis (or "" for all but POEMS and health) and sex."""
    diagnosis = cohort.text("diagnosis")
    own = diagnosis == group if group else ~((diagnosis == "POEMS") | (diagnosis == "healthy"))
    if sex:
        own &= cohort.text("sex") == sex
    found = ask(cohort)[own]
    known: Array = found[~np.isnan(found)]
    return known


def share_within(
    tables: Tables,
    ask: Ask,
    low: float,
    high: float,
    group: str = "POEMS",
    sex: str = "",
    joint: bool = False,
) -> Outcome:
    """Whether a share lies within an interval (proportions): in a large draw, and as shipped.

    The shipped one may pass the interval's end by one patient: a table of 120 has no halves. A
    *joint* finding (any of several) also has its chance error there, since only single findings
    are evened out.
    """
    large = answers(tables.large("cohort"), ask, group, sex)
    shipped = answers(tables.shipped("cohort"), ask, group, sex)
    share, own, n = float(large.mean()), float(shipped.mean()), len(shipped)
    slack = 1 / n + (1.96 * math.sqrt(share * (1 - share) / n) if joint else 0.0)
    said = f"{100 * share:.1f} % ({100 * own:.1f} % of {n} shipped)"
    return Outcome(said, low <= share <= high and low - slack <= own <= high + slack)


def interval_of(name: str, part: str = "", n: int | None = None) -> tuple[float, float]:
    """The Wilson interval of a published percentage, as proportions.

    *part* chooses among several numbers of the fact, *n* stands in where the fact has none.
    """
    row = next((row for row in _rows() if row.fact == name), None)
    if row is not None and not part:
        return row.low / 100, row.high / 100
    known = fact(name)
    size = n or known.n
    assert size is not None
    return wilson(round(_percent(known, part) * size / 100), size)


def _rows() -> list[CohortRow]:
    return [row for finding in findings() for row in cohorts(finding)]


def _percent(known: Fact, part: str) -> float:
    value = known.value[part] if isinstance(known.value, dict) else known.value
    assert isinstance(value, float)
    return value


def shown(interval: tuple[float, float]) -> str:
    """An interval of proportions in words."""
    return f"{100 * interval[0]:.1f} to {100 * interval[1]:.1f} %"


def values(cohort: Dataset, column: str, group: str) -> Array:
    """The known values of a column in one diagnosis."""
    found = cohort.numbers(column)[cohort.text("diagnosis") == group]
    known: Array = found[~np.isnan(found)]
    return known


def band(sample: Array, n: int, statistic: Callable[..., Array] = np.median) -> tuple[float, float]:
    """The central 95 % of *statistic* in resamples of *n* from *sample*: what *n* would show."""
    rng = np.random.default_rng(1)
    drawn = statistic(rng.choice(sample, (800, n)), axis=1)
    low, high = np.quantile(drawn, [0.025, 0.975])
    return float(low), float(high)


def median_within(
    tables: Tables, column: str, group: str, published: float, n: int, mean: bool = False
) -> Outcome:
    """Whether a published median (or mean) of *n* lies in the band that *n* draws would show."""
    statistic = np.mean if mean else np.median
    large = values(tables.large("cohort"), column, group)
    shipped = values(tables.shipped("cohort"), column, group)
    low, high = band(large, n, statistic)
    own_low, own_high = band(shipped, n, statistic)
    said = (
        f"{statistic(large):.4g} ({statistic(shipped):.4g} shipped), band {low:.4g} to {high:.4g}"
    )
    return Outcome(said, low <= published <= high and own_low <= published <= own_high)


def auc(score: Array, positive: Array) -> float:
    """Area under the ROC curve, ties counted half; 0.5 where the score tells nothing."""
    order = np.unique(score, return_inverse=True)[1]
    counts = np.bincount(order)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[order]
    hits, misses = int(positive.sum()), int((~positive).sum())
    return float((ranks[positive].sum() - hits * (hits + 1) / 2) / (hits * misses))


def none_wrong(wrong: Array | int, of: int, what: str = "rows") -> Outcome:
    """An outcome that passes where nothing is wrong."""
    count = int(np.sum(wrong))
    return Outcome(f"{count} of {of} {what}", count == 0)


def all_of(outcomes: Sequence[tuple[str, Outcome]]) -> Outcome:
    """Several outcomes in one: all must pass; those that fail are named first."""
    failed = [f"NOT {name}: {outcome.got}" for name, outcome in outcomes if not outcome.passed]
    held = [f"{name}: {outcome.got}" for name, outcome in outcomes if outcome.passed]
    return Outcome("; ".join(failed + held), not failed)
