"""Invented VEGF assays for the lesson on diagnosis, serum and plasma from different people."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from poems_course.content import read_entries
from poems_course.synthetic import computed, panel, shape
from poems_course.synthetic.dataset import Column, Dataset, words
from poems_course.synthetic.dictionary import fields
from poems_course.synthetic.draws import Array, evened, stream
from poems_course.synthetic.parameters import FOLDER

_SHIPPED = 800


@dataclass(frozen=True)
class Level:
    """How many people of one group, and their VEGF: see model/vegf_assays.toml."""

    id: str
    matrix: str
    group: str
    people: int
    median: float
    spread: float
    assumption: str
    fact: str = ""
    above: float = 0.0
    confounded: bool = False


def levels() -> dict[str, Level]:
    """The levels, by id."""
    return read_entries(FOLDER / "vegf_assays.toml", Level)


def build(seed: int, patients: int | None = None) -> Dataset:
    """The assays: 800 that ship, or about so many *patients* in the same proportions."""
    times = 1.0 if patients is None else patients / _SHIPPED
    rows: list[tuple[str, str, float, float, str]] = []
    for level in levels().values():
        own = stream(seed, "vegf_assays", level.id)
        rows += _rows(level, max(1, round(level.people * times)), own)
    order = stream(seed, "vegf_assays", "order").permutation(len(rows)).tolist()
    mixed = [row for matrix in ("plasma", "serum") for i in order if (row := rows[i])[0] == matrix]
    return _dataset(mixed)


def _rows(
    level: Level, n: int, rng: np.random.Generator
) -> list[tuple[str, str, float, float, str]]:
    even = evened(rng.standard_normal((2, n)), np.zeros(n, dtype=np.int8), rng)
    shares = _above(even[0], level.above)
    vegf = shape.printed(shape.lognormal(shares, level.median, level.spread), 0, 5, 60_000)
    known = fields("vegf_assays")["confounder"].words[1:]
    named = [known[i % len(known)] if level.confounded else "none" for i in range(n)]
    platelets = _platelets(level.group, even[1], np.array([name == known[-1] for name in named]))
    return [
        (level.matrix, level.group, value, count, name)
        for value, count, name in zip(vegf.tolist(), platelets.tolist(), named, strict=True)
    ]


def _above(normal: Array, left_out: float) -> Array:
    """*normal* moved into the part of the curve above its lowest share *left_out*."""
    curve = NormalDist()
    shares = [left_out + (1 - left_out) * curve.cdf(value) for value in normal.tolist()]
    return np.array([curve.inv_cdf(share) for share in shares])


def _platelets(group: str, normal: Array, high: Array) -> Array:
    """As in the cohort; above the limit in those whose confounder is high platelets."""
    name, key = "platelets_10e9_per_l", {"POEMS": 0, "CIDP": 2}.get(group, 18)
    kind = normal.dtype.name
    value = shape.lognormal(
        normal, panel.table(name, "median", kind)[key], panel.table(name, "spread", kind)[key]
    )
    limit = computed.number("limit-platelets")
    value = np.where(high, limit * np.exp(np.abs(normal) * 0.2 + 0.02), value)
    return shape.printed(value, 0, 20, 1500)


def _dataset(rows: list[tuple[str, str, float, float, str]]) -> Dataset:
    matrix, group, vegf, platelets, confounder = (
        list(column) for column in zip(*rows, strict=True)
    )
    kinds = fields("vegf_assays")
    value, in_plasma = np.array(vegf), np.array([kind == "plasma" for kind in matrix])
    counted = {"plasma": 0, "serum": 0}
    names = []
    for kind in matrix:
        counted[str(kind)] += 1
        names.append(f"{str(kind)[0].upper()}{counted[str(kind)]:03}")
    columns: dict[str, Column] = {
        "sample": words(names),
        "matrix": words([str(kind) for kind in matrix], kinds["matrix"].words),
        "group": words([str(name) for name in group], kinds["group"].words),
        "vegf_pg_ml": value,
        "vegf_plasma_pg_ml": np.where(in_plasma, value, np.nan),
        "vegf_serum_pg_ml": np.where(in_plasma, np.nan, value),
        "platelets_10e9_per_l": np.array(platelets),
        "confounder": words([str(name) for name in confounder], kinds["confounder"].words),
        "synthetic": words(["yes"] * len(rows)),
    }
    return Dataset("vegf_assays", columns)
