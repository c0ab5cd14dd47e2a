"""Curves over months in closed form: clone, VEGF, M-protein, nerves. Pure functions.

Every function takes one parameter for each patient, as a column (n, 1), and the months as a row
(1, k); it returns (n, k). Sources of the forms: model/followup.toml.
"""

from __future__ import annotations

import math

import numpy as np

from poems_course.synthetic.draws import Array

LN2 = math.log(2)
DAYS_PER_MONTH = 30.4375


def halved(months: Array, half_life: Array | float) -> Array:
    """What is left of 1 after *months*: exponential decay."""
    left: Array = months * (-LN2 / half_life)
    np.exp(left, out=left)
    return left


def doubled(months: Array, start: Array, doubling: Array, most: float = 40.0) -> Array:
    """Exponential growth that passes 1 at *start*; the exponent is held at *most* doublings."""
    grown: Array = (months - start) * (LN2 / doubling)
    np.clip(grown, -most * LN2, most * LN2, out=grown)
    np.exp(grown, out=grown)
    return grown


def settled(first: Array, plateau: Array, left: Array) -> Array:
    """From *first* to *plateau* as *left* goes from 1 to 0.

    Free VEGF lives minutes, so on a scale of months it equals its production: this is VEGF for a
    clone of which *left* is left.
    """
    value: Array = left * (first - plateau)
    value += plateau
    return value


def cleared(left: Array, months: Array, clone: Array, half_life: Array) -> Array:
    """What is left of a protein that a clone makes and that lives for itself.

    The clone halves in *clone* months, the protein in *half_life* months; *left* is the clone.
    Before therapy making and clearing are equal. Solves M' = k_e (B - M), B = exp(-k t).
    """
    # The solution has no value where both halve alike: there the protein is taken 0.1 % apart.
    alike = np.abs(half_life - clone) < 1e-3 * clone
    half_life = np.where(alike, 1.001 * clone, half_life)
    k, out = LN2 / clone, LN2 / half_life
    value: Array = halved(months, half_life)
    value *= -k / (out - k)
    value += left * (out / (out - k))
    return value


def risen(value: Array, gain: Array, growth: Array, most: Array) -> Array:
    """*value* with *gain* times *growth* added, held at *most* or at what it was before."""
    added: Array = growth * gain
    added += value
    np.minimum(added, np.maximum(most, value), out=added)
    return added


def loss(months: Array, start: Array, half_time: float) -> Array:
    """Share lost again after *start*: 0 before, half after *half_time* months."""
    since: Array = months - start
    np.maximum(since, 0, out=since)
    since *= -LN2 / half_time
    np.exp(since, out=since)
    np.subtract(1, since, out=since)
    return since
