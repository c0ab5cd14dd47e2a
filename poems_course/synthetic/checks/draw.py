"""A larger draw of the follow-up, with what was not measured, for its checks."""

from __future__ import annotations

from functools import cache

import numpy as np

from poems_course.synthetic import followup, treated
from poems_course.synthetic.checks.tables import Tables
from poems_course.synthetic.draws import Array

PATIENTS = 8_000
LAST = 60


@cache
def _people(seed: int) -> treated.People:
    return treated.people(seed, PATIENTS)


@cache
def _found(seed: int) -> dict[str, Array]:
    return followup.measured(_people(seed), seed, LAST)


def drawn(tables: Tables) -> treated.People:
    """The patients of the larger draw."""
    return _people(tables.seed + 1)


def values(tables: Tables, name: str) -> Array:
    """Their measured vegf, m, nis or onls, a row each, a column for each month."""
    return _found(tables.seed + 1)[name]


def on(tables: Tables, therapy: str) -> Array:
    """Which of them have this therapy."""
    given: Array = drawn(tables).therapy == treated.THERAPIES.index(therapy)
    return given


def responses(tables: Tables) -> Array:
    """Their VEGF response at 6 months: 0 complete, 1 partial, 2 none."""
    return followup.response(values(tables, "vegf"), drawn(tables).vegf_limit)


def percent(found: Array | np.bool) -> float:
    """The share that is true, in percent."""
    return 100 * float(np.mean(found))
