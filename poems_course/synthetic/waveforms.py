"""Traces of motor responses, for some patients of the nerve conduction table."""

from __future__ import annotations

import numpy as np

from poems_course.synthetic import nerve_conduction
from poems_course.synthetic.dataset import Dataset, Words
from poems_course.synthetic.draws import Array, stream
from poems_course.synthetic.quantities import cases, number

TRACED = ("median", "ulnar")
_NAME = "waveforms"
_HALVINGS = 14
FLAT = 0.04  # share of the peak that counts as the baseline


def build(seed: int, patients: int | None = None) -> Dataset:
    """A row for each point. *patients* of each diagnosis. Raises ValueError on a negative seed."""
    group = nerve_conduction.groups(seed)
    studies = {nerve: nerve_conduction.motor(seed, group, nerve) for nerve in TRACED}
    whole = np.all([study["absent"] == 0 for study in studies.values()], axis=0)
    n = patients or int(number(_NAME, "traced"))
    chosen = [np.flatnonzero(whole & (group == code))[:n] for code in np.unique(group)]
    keys, traces = [], []
    for patient in np.sort(np.concatenate(chosen)).tolist():
        for nerve, study in studies.items():
            own = {name: float(values[patient]) for name, values in study.items()}
            rng = stream(seed, _NAME, patient, nerve)
            for segment, one in enumerate(_responses(own, rng)):
                traces.append(one)
                keys.append((patient + 1, group[patient], TRACED.index(nerve), segment))
    return _table(np.array(keys), np.array(traces))


def _table(keys: Array, traces: Array) -> Dataset:
    points = traces.shape[1]
    patient, group, nerve, segment = (np.repeat(column, points) for column in keys.T)
    return Dataset(
        _NAME,
        {
            "patient": patient.astype(np.int32),
            "diagnosis": Words(group.astype(np.int8), nerve_conduction.GROUPS),
            "nerve": Words(nerve.astype(np.int8), TRACED),
            "stimulation": Words(segment.astype(np.int8), nerve_conduction.SEGMENTS),
            "time": np.tile(times(), len(keys)),
            "potential": np.round(traces.ravel(), 3) + 0.0,  # no -0.000
            "synthetic": Words(np.zeros(len(patient), dtype=np.int8), ("yes",)),
        },
    )


def times() -> Array:
    """Times of the points, in ms after the stimulus."""
    found: Array = np.arange(int(number(_NAME, "points"))) * number(_NAME, "step")
    return found


def _responses(own: dict[str, float], rng: np.random.Generator) -> list[Array]:
    """The distal and the proximal trace of one nerve, from the same motor units."""
    arrivals = np.sort(rng.beta(1.3, 1.8, int(number(_NAME, "units"))))
    arrivals = (arrivals - arrivals[0]) / (arrivals[-1] - arrivals[0])
    sizes = rng.lognormal(0.0, 0.5, len(arrivals))
    shape = cases(_NAME, "negative")
    phase = min(shape["longest"], shape["share"] * own["duration"])
    found = []
    for latency, peak, lasts in (
        (own["latency"], own["amplitude"], own["duration"]),
        (own["further"], own["proximal"], own["longer"]),
    ):
        trace = response(arrivals, sizes, phase, lasts, times() - latency)
        error = number(_NAME, "noise") * rng.standard_normal(len(trace))
        found.append(peak * trace / max(trace.max(), 1e-9) + error)
    return found


def response(arrivals: Array, sizes: Array, phase: float, lasts: float, at: Array) -> Array:
    """Sum of the units, spread over time until the negative part *lasts* so long (ms).

    A late unit that comes out of the positive phase of the others makes it longer by a jump: then
    the nearer of the two spreads is taken.
    """
    fine = np.arange(0, 3 * lasts, 0.1)

    def beyond(spread: float) -> float:
        return negative_for(_sum(arrivals * spread, sizes, phase, fine), 0.1) - lasts

    low, high = 0.0, 2 * lasts
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if beyond(middle) > 0 else (middle, high)
    spread = min((low, high), key=lambda each: abs(beyond(each)))
    return _sum(arrivals * spread, sizes, phase, at)


def negative_for(trace: Array, step: float) -> float:
    """Time from the start of *trace* to its last negative (upward) point, in the unit of *step*."""
    up = np.flatnonzero(trace > FLAT * trace.max())
    return float(up[-1] * step) if len(up) else 0.0


def _sum(arrivals: Array, sizes: Array, phase: float, at: Array) -> Array:
    since = (at[None, :] - arrivals[:, None]) / phase
    later = cases(_NAME, "positive")
    up = np.where((since > 0) & (since < 1), np.sin(np.pi * since), 0.0)
    back = (since - 1) / later["length"]
    down = np.where((back > 0) & (back < 1), np.sin(np.pi * back), 0.0)
    summed: Array = sizes @ (up - later["height"] * down)
    return summed
