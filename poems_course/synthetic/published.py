"""The published series, as one table: the only one that is not synthetic."""

from __future__ import annotations

import numpy as np

from poems_course.evidence import cohorts, findings
from poems_course.synthetic.dataset import Dataset, words


def build(seed: int, patients: int | None = None) -> Dataset:
    """How often each series reported each finding. Neither *seed* nor *patients* changes it."""
    rows = [row for finding in findings() for row in cohorts(finding)]
    texts = ("finding", "cohort", "country", "source", "fact", "note")
    numbers = ("n", "k", "percent", "low", "high")
    columns = {name: words([getattr(row, name) for row in rows]) for name in texts} | {
        name: np.round(np.array([getattr(row, name) for row in rows], dtype=np.float64), 1)
        for name in numbers
    }
    columns["k_printed"] = np.array([row.k_printed for row in rows], dtype=np.int8)
    columns["synthetic"] = words(["no"] * len(rows))
    order = ("finding", "cohort", "country", "n", "k", "k_printed", "percent", "low", "high")
    return Dataset(
        "published_cohorts",
        {name: columns[name] for name in (*order, "source", "fact", "note", "synthetic")},
    )
