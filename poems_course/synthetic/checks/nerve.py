"""Checks of nerve conduction: POEMS against CIDP, and health."""

from __future__ import annotations

import numpy as np

from poems_course.synthetic.checks.tables import Tables
from poems_course.synthetic.checks.targets import measured
from poems_course.synthetic.draws import Array, stream
from poems_course.synthetic.quantities import cases

_PATIENTS = 6_000
_DRAWS, _SERIES = 4_000, 17  # medians of as many patients as Shanghai had
_SENSORY_LEAST = 55.8 - 2 * 4.7  # m/s: norm-arm-nerves, mean less two standard deviations
_ARMS, _MOTOR = ("median", "ulnar"), ("median", "ulnar", "tibial")


def _column(
    tables: Tables, name: str, diagnosis: str, nerve: str, stimulation: str = "distal"
) -> Array:
    table = tables.large("nerve_conduction", _PATIENTS)
    which = (
        (table.text("diagnosis") == diagnosis)
        & (table.text("study") == "motor")
        & (table.text("nerve") == nerve)
        & (table.text("stimulation") == stimulation)
    )
    return table.numbers(name)[which]


def _index(tables: Tables, diagnosis: str, nerve: str = "median") -> Array:
    found = _column(tables, "terminal_latency_index", diagnosis, nerve)
    return found[~np.isnan(found)]


@measured("nerve-tli-poems")
def _tli_poems(tables: Tables) -> float:
    return float(np.median(_index(tables, "POEMS")))


@measured("nerve-tli-cidp")
def _tli_cidp(tables: Tables) -> float:
    return float(np.median(_index(tables, "CIDP")))


@measured("nerve-tli-sensitivity")
def _sensitivity(tables: Tables) -> float:
    return 100 * float((_index(tables, "POEMS") >= 0.38).mean())


@measured("nerve-tli-specificity")
def _specificity(tables: Tables) -> float:
    return 100 * float((_index(tables, "CIDP") < 0.38).mean())


def _percentile(tables: Tables, diagnosis: str, printed: float) -> float:
    rng = stream(tables.seed, "nerve", diagnosis)
    medians = np.median(rng.choice(_index(tables, diagnosis), (_DRAWS, _SERIES)), axis=1)
    return 100 * float((medians < printed).mean())


@measured("nerve-tli-shanghai-poems")
def _shanghai_poems(tables: Tables) -> float:
    return _percentile(tables, "POEMS", 0.39)


@measured("nerve-tli-shanghai-cidp")
def _shanghai_cidp(tables: Tables) -> float:
    return _percentile(tables, "CIDP", 0.30)


@measured("nerve-tli-ulnar")
def _ulnar(tables: Tables) -> float:
    one, other = (np.median(_index(tables, each, "ulnar")) for each in ("POEMS", "CIDP"))
    return float(one - other)


@measured("nerve-latency-poems")
def _latency_poems(tables: Tables) -> float:
    return float(np.nanmedian(_column(tables, "latency", "POEMS", "median")))


@measured("nerve-latency-cidp")
def _latency_cidp(tables: Tables) -> float:
    return float(np.nanmedian(_column(tables, "latency", "CIDP", "median")))


@measured("nerve-ulnar-velocity")
def _ulnar_velocity(tables: Tables) -> float:
    return float(np.nanmedian(_column(tables, "velocity", "POEMS", "ulnar", "proximal")))


def _arm_amplitude(tables: Tables, diagnosis: str) -> float:
    each = [np.nanmean(_column(tables, "cmap", diagnosis, nerve)) for nerve in _ARMS]
    return float(np.mean(each))


@measured("nerve-arm-amplitude-poems")
def _arms_poems(tables: Tables) -> float:
    return _arm_amplitude(tables, "POEMS")


@measured("nerve-arm-amplitude-cidp")
def _arms_cidp(tables: Tables) -> float:
    return _arm_amplitude(tables, "CIDP")


@measured("nerve-leg-amplitude-poems")
def _legs_poems(tables: Tables) -> float:
    return float(np.nan_to_num(_column(tables, "cmap", "POEMS", "tibial")).mean())


@measured("nerve-tibial-absent-poems")
def _absent_poems(tables: Tables) -> float:
    return 100 * float(_column(tables, "absent", "POEMS", "tibial").mean())


@measured("nerve-tibial-absent-cidp")
def _absent_cidp(tables: Tables) -> float:
    return 100 * float(_column(tables, "absent", "CIDP", "tibial").mean())


def _sign(tables: Tables, name: str, diagnosis: str, nerve: str) -> float:
    return 100 * float(np.nanmean(_column(tables, name, diagnosis, nerve, "proximal")))


@measured("nerve-block-poems")
def _block_poems(tables: Tables) -> float:
    return _sign(tables, "block", "POEMS", "ulnar")


@measured("nerve-block-cidp")
def _block_cidp(tables: Tables) -> float:
    return _sign(tables, "block", "CIDP", "ulnar")


@measured("nerve-dispersion-poems")
def _dispersion_poems(tables: Tables) -> float:
    return _sign(tables, "dispersion", "POEMS", "median")


@measured("nerve-dispersion-cidp")
def _dispersion_cidp(tables: Tables) -> float:
    return _sign(tables, "dispersion", "CIDP", "median")


def _least(what: str, nerve: str) -> float:
    """The lower limit of health: mean less two standard deviations."""
    mean, sd = (cases("nerve_conduction", f"{what}_healthy{end}")[nerve] for end in ("", "_sd"))
    return mean - 2 * sd


def _pooled(tables: Tables) -> tuple[Array, Array, Array]:
    """Of every motor nerve of POEMS with a response: slow, long distal latency, low amplitude."""
    slow, long, weak = [], [], []
    for nerve in _MOTOR:
        velocity = _column(tables, "velocity", "POEMS", nerve, "proximal")
        latency = _column(tables, "latency", "POEMS", nerve)
        known = ~np.isnan(velocity)
        health = _column(tables, "latency", "healthy", nerve)
        slow.append(velocity[known] < _least("velocity", nerve))
        long.append(latency[known] > np.percentile(health, 97.5))
        amplitude = _column(tables, "cmap", "POEMS", nerve)[known]
        weak.append(amplitude < _least("amplitude", nerve))
    return np.concatenate(slow), np.concatenate(long), np.concatenate(weak)


@measured("nerve-motor-slow")
def _slow(tables: Tables) -> float:
    return 100 * float(_pooled(tables)[0].mean())


@measured("nerve-sensory-slow")
def _sensory_slow(tables: Tables) -> float:
    """Against the median nerve of health: the only sensory velocity that was printed."""
    table = tables.large("nerve_conduction", _PATIENTS)
    own = (table.text("study") == "sensory") & (table.text("diagnosis") == "POEMS")
    velocity = table.numbers("velocity")[own]
    return 100 * float((velocity[~np.isnan(velocity)] < _SENSORY_LEAST).mean())


@measured("nerve-latency-long")
def _long(tables: Tables) -> float:
    return 100 * float(_pooled(tables)[1].mean())


@measured("nerve-slow-normal-amplitude")
def _slow_strong(tables: Tables) -> float:
    slow, _, weak = _pooled(tables)
    return 100 * float(slow[~weak].mean())


@measured("nerve-healthy-median")
def _healthy_median(tables: Tables) -> float:
    return float(_column(tables, "velocity", "healthy", "median", "proximal").mean())


@measured("nerve-healthy-tibial")
def _healthy_tibial(tables: Tables) -> float:
    amplitude = _column(tables, "cmap", "healthy", "tibial")
    return 100 * float(((amplitude >= 3.4) & (amplitude <= 10.9)).mean())


@measured("nerve-healthy-latency")
def _healthy_latency(tables: Tables) -> float:
    latency = _column(tables, "latency", "healthy", "tibial")
    return 100 * float(((latency >= 3.1) & (latency <= 5.4)).mean())
