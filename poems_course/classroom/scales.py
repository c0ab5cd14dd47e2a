"""Items and learners on one scale: the Rasch model from 30 learners on, two parameters from 250.

Refused below: a class that small says next to nothing about them (at 60 learners the error of a
difficulty was half as large again with two parameters as with one, in our own simulation).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from poems_course.classroom.answers import Answers, Array, Item
from poems_course.classroom.intervals import Interval
from poems_course.classroom.marginal import Fit, fit
from poems_course.evidence.intervals import Z_95

RASCH_FROM, TWO_FROM = 30, 250
_FEW = 5  # right or wrong answers that an item needs for a slope of its own


@dataclass(frozen=True)
class Estimate:
    """A parameter with its 95 % interval (estimate ± 1.96 standard errors)."""

    value: float
    interval: Interval


@dataclass(frozen=True)
class Scale:
    """*difficulty* in logits by item, their mean 0; *slope* too, with two parameters.

    *spread*: standard deviation of ability in logits, with the Rasch model. *ability*, *error*: a
    learner's mean and standard deviation after the answers, in logits. *left_out*: items that
    cannot be placed.
    """

    learners: int
    difficulty: dict[Item, Estimate]
    slope: dict[Item, Estimate]
    spread: Estimate | None
    ability: Array
    error: Array
    left_out: tuple[Item, ...]


def rasch(answers: Answers) -> Scale | str:
    """The Rasch model; or why it is not fitted, in one sentence."""
    usable, rows = _usable(answers, 1)
    if len(rows) < RASCH_FROM:
        return f"Not fitted: {len(rows)} learners; it is fitted from {RASCH_FROM} on."
    if len(usable) < 2:
        return "Not fitted: fewer than two items were answered both right and wrong."
    done = fit(answers.right[np.ix_(rows, usable)], common=True)
    if not done.converged:
        return "Not fitted: the estimates did not settle."
    return _scale(answers, usable, done)


def two_parameters(answers: Answers) -> Scale | str:
    """The two-parameter model; or why it is not fitted, in one sentence."""
    usable, rows = _usable(answers, _FEW)
    if len(rows) < TWO_FROM:
        return (
            f"Not fitted: {len(rows)} learners; a slope for each item needs {TWO_FROM}. With "
            "fewer, it is less near the truth than the Rasch model."
        )
    if len(usable) < 3:
        return f"Not fitted: fewer than three items have {_FEW} right and {_FEW} wrong answers."
    done = fit(answers.right[np.ix_(rows, usable)], common=False)
    if not done.converged:
        return "Not fitted: the estimates did not settle."
    return _two(answers, usable, done)


def _usable(answers: Answers, least: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The items with so many right and wrong answers, and the learners who answered any of them."""
    right = (answers.right == 1).sum(axis=0)
    wrong = (answers.right == 0).sum(axis=0)
    items = np.flatnonzero((right >= least) & (wrong >= least))
    return items, np.flatnonzero(answers.given[:, items].any(axis=1))


def _scale(answers: Answers, usable: NDArray[np.intp], done: Fit) -> Scale:
    """Difficulty = - level, moved so that the items' mean is 0, as eRm has it."""
    k, spread = len(usable), float(done.slopes[0])
    centre = np.eye(k) - 1 / k
    difficulty = centre @ -done.levels
    errors = np.sqrt(np.diag(centre @ done.covariance[1:, 1:] @ centre))
    shift = float((-done.levels).mean())
    names = [answers.items[at] for at in usable]
    return Scale(
        len(done.ability),
        _estimates(names, difficulty, errors),
        {},
        _estimate(spread, float(np.sqrt(done.covariance[0, 0]))),
        spread * done.ability - shift,
        spread * done.error,
        tuple(item for item in answers.items if item not in set(names)),
    )


def _two(answers: Answers, usable: NDArray[np.intp], done: Fit) -> Scale:
    """Difficulty = - level / slope, on the scale on which ability has mean 0 and spread 1."""
    k = len(usable)
    flat = np.abs(done.slopes) < 0.1  # its difficulty would lie anywhere
    slopes = np.where(flat, np.nan, done.slopes)
    difficulty = -done.levels / slopes
    variance = np.diag(done.covariance)
    shared = np.diag(done.covariance[:k, k:])
    errors = np.sqrt(
        np.maximum(variance[k:] + 2 * difficulty * shared + difficulty**2 * variance[:k], 0)
    ) / np.abs(slopes)
    names = [answers.items[at] for at in usable]
    placed = _estimates(names, difficulty, errors)
    return Scale(
        len(done.ability),
        {item: each for item, each in placed.items() if not np.isnan(each.value)},
        _estimates(names, done.slopes, np.sqrt(np.maximum(variance[:k], 0))),
        None,
        done.ability,
        done.error,
        tuple(item for item in answers.items if item not in set(names)),
    )


def _estimates(names: list[Item], values: Array, errors: Array) -> dict[Item, Estimate]:
    return {
        name: _estimate(float(value), float(error))
        for name, value, error in zip(names, values, errors, strict=True)
    }


def _estimate(value: float, error: float) -> Estimate:
    return Estimate(value, (value - Z_95 * error, value + Z_95 * error))


def score_errors(scale: Scale) -> list[tuple[float, float]]:
    """Score expected at each ability from -4 to 4 logits, and its standard error, in points.

    Of the items of a Rasch scale: sum of p, and sqrt of the sum of p (1 - p).
    """
    difficulty = np.array([each.value for each in scale.difficulty.values()])
    ability = np.linspace(-4, 4, 33)[:, None]
    p = 1 / (1 + np.exp(difficulty - ability))
    return list(zip(p.sum(1).tolist(), np.sqrt((p * (1 - p)).sum(1)).tolist(), strict=True))
