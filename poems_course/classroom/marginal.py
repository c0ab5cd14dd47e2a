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
    sheet, place = _sheet(right, common)
    slopes, levels = np.ones(right.shape[1]), _start(right)
    moved = np.inf
    for _ in range(_STEPS):
        posterior, counts, seen = sheet.expected(slopes, levels)
        step = _common_step if common else _own_step
        turned, raised = step(seen, counts, slopes, levels, sheet.points)
        # The posteriors' own mean and spread become the scale of z at once: left to the steps
        # alone, a long test needs hundreds of them to find it.
        whole = sheet.number @ posterior / sheet.number.sum()
        mean, spread = _mean_and_spread(whole, sheet.points)
        turned, raised = turned * spread, raised + turned * mean
        moved = max(abs(turned - slopes).max(), abs(raised - levels).max())
        slopes, levels = turned, raised
        if moved < _STILL:
            break
    posterior, counts, _ = sheet.expected(slopes, levels)
    ability, error = _mean_and_spread(posterior, sheet.points)
    information = _complete(counts, slopes, levels, sheet.points, common)
    information -= _missing(sheet, slopes, levels, ability, error, common)
    try:
        covariance = np.asarray(np.linalg.inv(information), np.float64)
    except np.linalg.LinAlgError:
        moved, covariance = np.inf, np.full_like(information, np.nan)
    return Fit(slopes, levels, covariance, ability[place], error[place], bool(moved < _STILL))


@dataclass(frozen=True)
class _Sheet:
    """Rows x items in single precision, for products: marks (1 right), given (1 answered).

    A row stands for *number* learners.
    """

    marks: Single
    given: Single
    number: Array
    points: Array
    weights: Array

    def expected(self, slopes: Array, levels: Array) -> tuple[Array, Array, Array]:
        """Rows x points: how likely each ability is after the answers; items x points: how many
        answers, and how many right ones, are expected at each."""
        logits = slopes[:, None] * self.points + levels[:, None]
        soft = np.logaddexp(0.0, logits).astype(np.float32)
        whole = bool(self.given.all())
        log = self.marks @ logits.astype(np.float32)
        log -= soft.sum(axis=0) if whole else self.given @ soft
        log += self.weights.astype(np.float32)
        log -= log.max(axis=1, keepdims=True)
        likely = np.exp(log)
        likely /= likely.sum(axis=1, keepdims=True)
        heavy = likely * self.number[:, None].astype(np.float32)
        seen = (self.marks.T @ heavy).astype(np.float64)
        if whole:
            counts = np.broadcast_to(heavy.sum(axis=0, dtype=np.float64), seen.shape)
        else:
            counts = (self.given.T @ heavy).astype(np.float64)
        return likely.astype(np.float64), counts, seen


def _sheet(right: NDArray[np.int8], common: bool) -> tuple[_Sheet, NDArray[np.intp]]:
    """The sheet, and for each learner the row.

    Where slopes are common and nothing is missing, the number of right answers says all about a
    learner: a row is then the mean of the learners with one number.
    """
    given, marks = (right >= 0).astype(np.float32), (right == 1).astype(np.float32)
    place, number = np.arange(len(right)), np.ones(len(right))
    if common and given.all():
        _, place, sizes = np.unique(marks.sum(axis=1), return_inverse=True, return_counts=True)
        number = sizes.astype(np.float64)
        member = (place == np.arange(len(number))[:, None]).astype(np.float32)
        marks = (member @ marks) / number[:, None].astype(np.float32)
        given = np.ones_like(marks)
    return _Sheet(marks, given, number, *_points(right.shape[1])), place


def _mean_and_spread(weights: Array, points: Array) -> tuple[Array, Array]:
    """Mean and standard deviation of *points*, weighted with shares along the last axis."""
    mean = weights @ points
    return mean, np.sqrt(np.maximum(weights @ points**2 - mean**2, 0.0))


def _points(items: int) -> tuple[Array, Array]:
    """Points of z no further apart than the posterior is wide, and their log weights."""
    points = np.linspace(-_REACH, _REACH, 51 if items <= 100 else 101)
    return points, -(points**2) / 2


def _start(right: NDArray[np.int8]) -> Array:
    share = ((right == 1).sum(axis=0) + 0.5) / ((right >= 0).sum(axis=0) + 1.0)
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


def _complete(counts: Array, slopes: Array, levels: Array, z: Array, common: bool) -> Array:
    """The information that known abilities would give: of (slopes or slope, levels), square."""
    _, _, ll, ls, ss = _moments(np.zeros_like(counts), counts, slopes, levels, z)
    if common:
        return np.block([[np.array([[ss.sum()]]), ls[None]], [ls[:, None], np.diag(ll)]])
    return np.block([[np.diag(ss), np.diag(ls)], [np.diag(ls), np.diag(ll)]])


_NODES, _SHARES = np.polynomial.hermite_e.hermegauss(5)


def _missing(
    sheet: _Sheet, slopes: Array, levels: Array, ability: Array, error: Array, common: bool
) -> Array:
    """What is lost because abilities are not known: the spread of the score over each posterior.

    Complete less missing information is the observed one. The posterior is taken as normal, with
    five points.
    """
    shares = (_SHARES / _SHARES.sum()).astype(np.float32)
    scores = np.stack(
        [
            _score(sheet, slopes, levels, (ability + error * node)[:, None], common)
            for node in _NODES
        ]
    )
    scores -= np.tensordot(shares, scores, 1)
    scores *= np.sqrt(np.outer(shares, sheet.number))[:, :, None].astype(np.float32)
    flat = scores.reshape(-1, scores.shape[2])
    return np.asarray(flat.T @ flat, np.float64)


def _score(sheet: _Sheet, slopes: Array, levels: Array, z: Array, common: bool) -> Single:
    """Rows x parameters: the derivatives of a learner's log-likelihood at ability *z*."""
    logit = (z * slopes + levels).astype(np.float32)
    off = sheet.marks - sheet.given * (0.5 + 0.5 * np.tanh(0.5 * logit))
    turn = off.sum(axis=1, keepdims=True) * z if common else off * z
    return np.concatenate([turn.astype(np.float32), off], axis=1)
