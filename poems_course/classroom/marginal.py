"""Item response models by marginal maximum likelihood: logit of a right answer = slope z + level.

The ability z of a learner is standard normal in the class. With one slope for all items this is
the Rasch model (the slope is then the spread of ability in logits), with one for each item the
two-parameter model. What was not answered is left out of the likelihood. Fitted by
expectation-maximisation: expect the answers at points of z, then a Newton step for each item.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from poems_course.classroom.answers import Array

Single = NDArray[np.float32]
_REACH = 5.0  # points of z run from -5 to 5
_STEPS = 500
_STILL = 1e-5  # logits
_STEEPEST = 8.0


@dataclass(frozen=True)
class Fit:
    """*slopes*, *levels*: one per item. *covariance*: of (slope, levels) with a common slope,
    of (slopes, levels) else. *ability*, *error*: mean and deviation of z, one per learner."""

    slopes: Array
    levels: Array
    covariance: Array
    ability: Array
    error: Array
    converged: bool


def fit(right: NDArray[np.int8], common: bool) -> Fit:
    """Fits learners x items (1, 0, -1 = not answered); every item has right and wrong answers."""
    given, marks = (right >= 0).astype(np.float32), (right == 1).astype(np.float32)
    sheet = _Sheet(marks, given, *_points(right.shape[1]))
    slopes, levels = np.ones(right.shape[1]), _start(marks, given)
    moved = np.inf
    for _ in range(_STEPS):
        posterior, counts, seen = sheet.expected(slopes, levels)
        step = _common_step if common else _own_step
        turned, raised = step(seen, counts, slopes, levels, sheet.points)
        # The posteriors' own mean and spread become the scale of z at once: left to the steps
        # alone, a long test needs hundreds of them to find it.
        mean, spread = _mean_and_spread(posterior.mean(axis=0), sheet.points)
        turned, raised = turned * spread, raised + turned * mean
        moved = max(abs(turned - slopes).max(), abs(raised - levels).max())
        slopes, levels = turned, raised
        if moved < _STILL:
            break
    posterior, counts, _ = sheet.expected(slopes, levels)
    ability, error = _mean_and_spread(posterior, sheet.points)
    information = _complete(counts, slopes, levels, sheet.points)
    information -= _missing(marks, given, slopes, levels, ability, error)
    if common:
        information = _tied(information)
    covariance = np.asarray(np.linalg.pinv(information, hermitian=True), np.float64)
    return Fit(slopes, levels, covariance, ability, error, bool(moved < _STILL))


@dataclass(frozen=True)
class _Sheet:
    """Learners x items in single precision, for products: marks (1 right), given (1 answered)."""

    marks: Single
    given: Single
    points: Array
    weights: Array

    def expected(self, slopes: Array, levels: Array) -> tuple[Array, Array, Array]:
        """Learners x points: how likely each ability is after the answers; items x points: how
        many answers, and how many right ones, are expected at each."""
        logits = slopes[:, None] * self.points + levels[:, None]
        log = self.marks @ logits.astype(np.float32)
        soft = np.logaddexp(0.0, logits).astype(np.float32)
        whole = bool(self.given.all())
        log -= soft.sum(axis=0) if whole else self.given @ soft
        log += self.weights.astype(np.float32)
        log -= log.max(axis=1, keepdims=True)
        likely = np.exp(log)
        likely /= likely.sum(axis=1, keepdims=True)
        seen = (self.marks.T @ likely).astype(np.float64)
        counts = (
            np.broadcast_to(likely.sum(axis=0, dtype=np.float64), seen.shape)
            if whole
            else (self.given.T @ likely).astype(np.float64)
        )
        return likely.astype(np.float64), counts, seen


def _mean_and_spread(weights: Array, points: Array) -> tuple[Array, Array]:
    """Mean and standard deviation of *points*, weighted with shares along the last axis."""
    mean = weights @ points
    return mean, np.sqrt(np.maximum(weights @ points**2 - mean**2, 0.0))


def _points(items: int) -> tuple[Array, Array]:
    """Points of z no further apart than the posterior is wide, and their log weights."""
    points = np.linspace(-_REACH, _REACH, 51 if items <= 100 else 101)
    return points, -(points**2) / 2


def _start(marks: Single, given: Single) -> Array:
    share = (marks.sum(axis=0) + 0.5) / (given.sum(axis=0) + 1.0)
    return np.asarray(1.2 * np.log(share / (1 - share)))


def _sigmoid(logit: Array) -> Array:
    return 0.5 * (1 + np.tanh(logit / 2))


Step = tuple[Array, Array]


def _moments(seen: Array, counts: Array, slopes: Array, levels: Array, z: Array) -> list[Array]:
    """Per item: gradients for level and slope; information on level, both, slope."""
    p = _sigmoid(slopes[:, None] * z + levels[:, None])
    off, weight = seen - counts * p, counts * p * (1 - p)
    return [off.sum(1), off @ z, weight.sum(1), weight @ z, weight @ z**2]


def _own_step(seen: Array, counts: Array, slopes: Array, levels: Array, z: Array) -> Step:
    level, slope, ll, ls, ss = _moments(seen, counts, slopes, levels, z)
    determinant = ll * ss - ls**2 + 1e-12
    up = np.clip((ss * level - ls * slope) / determinant, -1, 1)
    turn = np.clip((ll * slope - ls * level) / determinant, -0.5, 0.5)
    return np.clip(slopes + turn, -_STEEPEST, _STEEPEST), levels + up


def _common_step(seen: Array, counts: Array, slopes: Array, levels: Array, z: Array) -> Step:
    level, slope, ll, ls, ss = _moments(seen, counts, slopes, levels, z)
    turn = (slope.sum() - (ls * level / ll).sum()) / (ss.sum() - (ls**2 / ll).sum())
    turn = float(np.clip(turn, -0.5, 0.5))
    up = np.clip((level - ls * turn) / ll, -1, 1)
    return np.maximum(slopes + turn, 1e-3), levels + up


def _complete(counts: Array, slopes: Array, levels: Array, z: Array) -> Array:
    """The information that known abilities would give: of (slopes, levels), square."""
    _, _, ll, ls, ss = _moments(np.zeros_like(counts), counts, slopes, levels, z)
    return np.block([[np.diag(ss), np.diag(ls)], [np.diag(ls), np.diag(ll)]])


_NODES, _SHARES = np.polynomial.hermite_e.hermegauss(5)


def _missing(
    marks: Single, given: Single, slopes: Array, levels: Array, ability: Array, error: Array
) -> Array:
    """What is lost because abilities are not known: the spread of the score over each posterior.

    Complete less missing information is the observed one (Louis). The posterior is taken as
    normal, with five points.
    """
    k = len(slopes)
    lost, mean = np.zeros((2 * k, 2 * k)), np.zeros((len(ability), 2 * k))
    for node, share in zip(_NODES, _SHARES / _SHARES.sum(), strict=True):
        z = (ability + error * node)[:, None]
        off = marks - given * _sigmoid(z * slopes + levels)
        score = np.concatenate([off * z, off], axis=1)
        lost += share * (score.T @ score)
        mean += share * score
    return np.asarray(lost - mean.T @ mean)


def _tied(information: Array) -> Array:
    """The same for one slope that all items share, then the levels."""
    k = len(information) // 2
    both = information[:k].sum(axis=0)
    tied = np.empty((k + 1, k + 1))
    tied[0, 0], tied[0, 1:], tied[1:, 0] = both[:k].sum(), both[k:], both[k:]
    tied[1:, 1:] = information[k:, k:]
    return tied
