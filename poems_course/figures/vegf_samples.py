"""The invented VEGF samples of data/vegf_assays.csv, read without any other package."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from poems_course.figures import datasets

GROUPS = ("POEMS", "CIDP", "other look-alike", "healthy")
CONFOUNDERS = ("iron deficiency", "COPD", "sleep apnoea", "high platelets")
CLASSROOM_SERUM_LIMIT = 600.0
"""pg/mL: stands for the laboratory's own limit, which was not printed."""


@dataclass(frozen=True)
class Assay:
    """One invented sample: VEGF in pg/mL, platelets in 10^9/L."""

    sample: str
    matrix: str
    group: str
    vegf_pg_ml: int
    platelets_10e9_per_l: int
    confounder: str


@cache
def rows() -> tuple[Assay, ...]:
    """All invented samples, in the order of the file. Raises PoemsError where it is missing."""
    return tuple(
        Assay(
            row["sample"],
            row["matrix"],
            row["group"],
            int(row["vegf_pg_ml"]),
            int(row["platelets_10e9_per_l"]),
            row["confounder"],
        )
        for row in datasets.rows("vegf_assays")
    )
