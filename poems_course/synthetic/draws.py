"""Random numbers: one stream for each named thing, and normals that depend on one another.

Dependence is stated as Spearman's rho, which no later transformation of a value changes. The
latent normals then need Pearson's r = 2 sin(pi rho / 6).
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Mapping, Sequence
from statistics import NormalDist
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
_SMALLEST = 1e-6  # eigenvalue that a repaired matrix keeps
_NOTHING = 1e-12  # entry of a factor that is a rounding error


def stream(seed: int, *names: str | int) -> np.random.Generator:
    """A generator for what *names* name: another name or dataset never shifts its numbers.

    Raises ValueError where *seed* is negative.
    """
    keys = [zlib.crc32(str(name).encode()) for name in names]
    return np.random.Generator(np.random.SFC64(np.random.SeedSequence(seed, spawn_key=keys)))


def pearson(spearman: float) -> float:
    """The Pearson correlation of two normals whose Spearman correlation is *spearman*."""
    return 2 * math.sin(math.pi * spearman / 6)


def correlation(
    names: Sequence[str], pairs: Mapping[tuple[str, str], float]
) -> tuple[Array, float]:
    """The matrix of the latent normals *names*, with the largest change that repair made.

    *pairs* holds Spearman correlations; a pair that is not named is 0. Raises KeyError or
    ValueError where a name is unknown or a correlation lies outside -1 to 1.
    """
    places = {name: i for i, name in enumerate(names)}
    matrix = np.eye(len(names))
    for (one, other), rho in pairs.items():
        if not -1 < rho < 1 or one == other:
            raise ValueError(f"{one} and {other}: a correlation cannot be {rho}")
        i, j = places[one], places[other]
        matrix[i, j] = matrix[j, i] = pearson(rho)
    return repair(matrix)


def repair(matrix: Array) -> tuple[Array, float]:
    """The nearest usable correlation matrix, by clipped eigenvalues, and the largest change.

    A matrix that is positive definite comes back as it is, with a change of 0.
    """
    values, vectors = np.linalg.eigh(matrix)
    if values[0] >= _SMALLEST:
        return matrix, 0.0
    raised = (vectors * np.maximum(values, _SMALLEST)) @ vectors.T
    scale = np.sqrt(np.diag(raised))
    fixed: Array = raised / np.outer(scale, scale)
    np.fill_diagonal(fixed, 1.0)
    return fixed, float(np.abs(fixed - matrix).max())


def normals(rng: np.random.Generator, n: int, matrix: Array, dtype: type = np.float64) -> Array:
    """Standard normals with this correlation: one row for each variable, *n* columns.

    float32 halves time and memory; only float64 rounds to the same values on every machine.
    """
    drawn: Array = rng.standard_normal((len(matrix), n), dtype=dtype)
    factor = np.linalg.cholesky(matrix)
    # Row by row instead of a matrix product: most entries are 0, and a sum in a fixed order has the
    # same last digit on every machine. From the last row up, so that none is used after its change.
    for row in range(len(matrix) - 1, 0, -1):
        drawn[row] *= dtype(factor[row, row])
        for column in np.flatnonzero(np.abs(factor[row, :row]) > _NOTHING).tolist():
            drawn[row] += drawn[column] * dtype(factor[row, column])
    return drawn


def evened(drawn: Array, groups: Array, rng: np.random.Generator) -> Array:
    """*drawn* moved, within each group, to one value from each of n equal slices of the normal.

    Ranks stay, and with them every Spearman correlation; frequencies and medians of a small
    group no longer wander. *drawn* has one row for each variable, *groups* one code a column.
    """
    inverse, even = NormalDist().inv_cdf, drawn.copy()
    for code in np.unique(groups):
        members = np.flatnonzero(groups == code)
        for row in even:
            ranks = np.argsort(np.argsort(row[members], kind="stable"), kind="stable")
            shares = (ranks + rng.uniform(0.02, 0.98, len(members))) / len(members)
            row[members] = [inverse(share) for share in shares]
    return even


def spearman(one: Array, other: Array) -> float:
    """Spearman's rho of two columns, over the rows where both are known; ties share their rank."""
    both = ~(np.isnan(one) | np.isnan(other))
    return float(np.corrcoef(_ranks(one[both]), _ranks(other[both]))[0, 1])


def _ranks(values: Array) -> Array:
    _, places, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    ranks: Array = (ends - (counts - 1) / 2)[places]
    return ranks
