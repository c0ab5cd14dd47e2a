"""Invented VEGF results for the lesson on diagnosis: no row is a patient.

Two matrices, different people in each, so that nobody can convert one into the other. Calibrated
to two published points: plasma at 200 pg/mL (facts ``plasma-vegf-200``) and serum above the
laboratory's own limit (``serum-vegf-uclh``). That limit was not printed: 600 pg/mL is a classroom
assumption. Everything between and beyond these points is invented.
"""

from __future__ import annotations

import csv
import io
import math
import random
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from statistics import NormalDist

SEED = 20261
CLASSROOM_SERUM_LIMIT = 600.0  # pg/mL; assumed, see above
GROUPS = ("POEMS", "CIDP", "other look-alike", "healthy")
CONFOUNDERS = ("iron deficiency", "COPD", "sleep apnoea", "high platelets")
PER_GROUP = 100
_CONFOUNDED = 15  # of each 100 patients who do not have POEMS


@dataclass(frozen=True)
class Assay:
    """One invented sample: VEGF in pg/mL, platelets in 10^9/L."""

    sample: str
    matrix: str
    group: str
    vegf_pg_ml: int
    platelets_10e9_per_l: int
    confounder: str
    synthetic: str = "yes"


@dataclass(frozen=True)
class _Level:
    """Log-normal levels: median in pg/mL, spread on the log scale, lowest quantile used."""

    median: float
    spread: float
    above: float = 0.0


# Each level puts a set share above the cut-off: spread 1.0 and median 319 put 68 of 100 above 200.
_LEVELS = {
    ("plasma", "POEMS"): _Level(319, 1.0),
    ("plasma", "CIDP"): _Level(75, 0.6),
    ("plasma", "other look-alike"): _Level(75, 0.6),
    ("plasma", "healthy"): _Level(52, 0.26),
    ("serum", "POEMS"): _Level(3000, 0.75, above=0.02),
    ("serum", "CIDP"): _Level(250, 0.45),
    ("serum", "other look-alike"): _Level(250, 0.45),
    ("serum", "healthy"): _Level(230, 0.4),
}
_CONFOUNDED_SERUM = _Level(580, 0.6)
_HIGH_PLATELETS = {"POEMS": 54, "CIDP": 0, "other look-alike": 0, "healthy": 0}  # of 100


def rows(seed: int = SEED) -> list[Assay]:
    """All invented samples, in an order that does not betray the diagnosis."""
    rng = random.Random(seed)
    found = []
    for matrix in ("plasma", "serum"):
        people = [person for group in GROUPS for person in _people(matrix, group, rng)]
        rng.shuffle(people)
        for i, (group, vegf, platelets, confounder) in enumerate(people, start=1):
            name = f"{matrix[0].upper()}{i:03}"
            found.append(Assay(name, matrix, group, round(vegf), round(platelets), confounder))
    return found


def csv_text(seed: int = SEED) -> str:
    """The samples as the text of data/vegf_assays.csv."""
    out = io.StringIO()
    writer = csv.DictWriter(out, [field.name for field in fields(Assay)], lineterminator="\n")
    writer.writeheader()
    writer.writerows(asdict(row) for row in rows(seed))
    return out.getvalue()


def _people(matrix: str, group: str, rng: random.Random) -> Iterator[tuple[str, float, float, str]]:
    ill = group in ("CIDP", "other look-alike")
    level = _LEVELS[matrix, group]
    # Iron, lungs and sleep are known to raise serum VEGF; for plasma nobody printed a figure.
    raised = _CONFOUNDED_SERUM if matrix == "serum" else level
    confounded = _CONFOUNDED if ill else 0
    high = _spread_out(_HIGH_PLATELETS[group], PER_GROUP, rng)
    for i, vegf in enumerate(_draws(level, PER_GROUP - confounded, rng)):
        yield group, vegf, _platelets(high[i], rng), "none"
    for i, vegf in enumerate(_draws(raised, confounded, rng)):
        confounder = CONFOUNDERS[i % len(CONFOUNDERS)]
        yield group, vegf, _platelets(confounder == "high platelets", rng), confounder


def _draws(level: _Level, n: int, rng: random.Random) -> list[float]:
    """One draw from each of *n* equal slices, so that small groups keep their shares."""
    normal = NormalDist()
    shares = [level.above + (1 - level.above) * (i + rng.random()) / n for i in range(n)]
    return [level.median * math.exp(level.spread * normal.inv_cdf(s)) for s in shares]


def _spread_out(k: int, n: int, rng: random.Random) -> list[bool]:
    flags = [i < k for i in range(n)]
    rng.shuffle(flags)
    return flags


def _platelets(high: bool, rng: random.Random) -> float:
    return rng.uniform(455, 720) if high else min(440.0, max(150.0, rng.gauss(280, 60)))
