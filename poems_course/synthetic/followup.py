"""Follow-up under therapy: VEGF, M-protein and nerve scores by month, with relapse."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from poems_course.synthetic import timecourse as curves
from poems_course.synthetic.dataset import MISSING, Dataset, Words
from poems_course.synthetic.draws import Array, stream
from poems_course.synthetic.quantities import cases, number
from poems_course.synthetic.treated import RESPONSES, THERAPIES, People, people

_NAME = "followup"
_CHUNK = 4_000  # patients at a time, so that a chunk stays in the processor's cache
_TRIANGLE = 6**0.5  # the difference of two uniform numbers has a variance of 1/6
_CHECKED_EVERY = 6  # months between the samples that watch for relapse


def vegf_course(who: People, months: Array) -> Array:
    """VEGF without measurement error, (n, months), pg/mL in the patient's own matrix."""
    column = who.vegf[:, None]
    left = curves.halved(months, who.clone[:, None])
    value = curves.settled(column, who.vegf_plateau[:, None], left)
    alarm = np.maximum(who.vegf_limit, number(_NAME, "alarm") * who.vegf_plateau)
    gain = (alarm - who.vegf_plateau).astype(value.dtype)[:, None]
    most = np.maximum(who.vegf, 1.1 * alarm).astype(value.dtype)[:, None]
    return _regrown(value, months, who.rises, who.doubling, gain, most)


def m_course(who: People, months: Array) -> Array:
    """M-protein without measurement error, (n, months), g/dL."""
    lives = cases(_NAME, "m_half_life")
    half_life = np.where(who.igg, lives["IgG"], lives["IgA"]) / curves.DAYS_PER_MONTH
    clone, kept = who.clone[:, None], half_life.astype(who.m.dtype)[:, None]
    left = curves.cleared(curves.halved(months, clone), months, clone, kept)
    column = who.m[:, None]
    value = curves.settled(column, who.m_plateau[:, None], left)
    gain = number(_NAME, "m_relapse") * column
    return _regrown(value, months, who.haematological, who.doubling, gain, column)


def nis_course(who: People, months: Array) -> Array:
    """Neuropathy Impairment Score without measurement error, (n, months), points."""
    fast = cases(_NAME, "nis_fast")
    left = curves.halved(months, who.nis_half_time[:, None])
    left *= 1 - fast["share"]
    left += (fast["share"] * curves.halved(months, fast["half_time"])).astype(left.dtype)
    score = curves.settled(who.nis[:, None], who.nis_plateau[:, None], left)
    worse = np.flatnonzero(who.clinical < months[0, -1])
    lost = curves.loss(months, who.clinical[worse, None], number(_NAME, "nis_relapse"))
    score[worse] += (who.nis[worse, None] - score[worse]) * lost
    return score


def _regrown(
    value: Array, months: Array, start: Array, doubling: Array, gain: Array, most: Array
) -> Array:
    """*value* where the clone regrows: *gain* is added at *start*, twice that a doubling later."""
    soon = np.flatnonzero(start < months[0, -1] + 6 * doubling)
    growth = curves.doubled(months, start[soon, None], doubling[soon, None])
    value[soon] = curves.risen(value[soon], gain[soon], growth, most[soon])
    return value


def series(who: People, seed: int, last: int) -> Iterator[dict[str, Array]]:
    """Measured values from month 0 to *last*, for some patients at a time, each (n, last + 1)."""
    months = np.arange(last + 1, dtype=who.m.dtype)[None, :]

    def chunk(start: int) -> dict[str, Array]:
        rng = stream(seed, _NAME, "visits", start)
        return _measured(who.some(slice(start, start + _CHUNK)), months, rng)

    with ThreadPoolExecutor(2) as pool:
        yield from pool.map(chunk, range(0, len(who), _CHUNK))


def _measured(who: People, months: Array, rng: np.random.Generator) -> dict[str, Array]:
    shape, dtype = (len(who), months.shape[1]), months.dtype.type

    def error(size: float) -> Array:
        """Two uniform numbers: bounded, and six times as fast as a normal one."""
        drawn: Array = rng.random(shape, dtype=dtype)
        drawn -= rng.random(shape, dtype=dtype)
        drawn *= dtype(size * _TRIANGLE)
        return drawn

    vegf = rng.standard_normal(shape, dtype=dtype) * dtype(number(_NAME, "assay_error"))
    np.exp(vegf, out=vegf)
    vegf *= vegf_course(who, months)
    m = m_course(who, months)
    m += error(number(_NAME, "m_error"))
    nis = nis_course(who, months)
    onls = nis * dtype(1 / number(_NAME, "nis_per_onls"))
    onls += who.offset[:, None]
    onls += error(number(_NAME, "onls_error"))
    nis += error(number(_NAME, "nis_error"))
    return {
        "vegf": np.maximum(np.rint(vegf, out=vegf), 1, out=vegf),
        "m": np.maximum(np.round(m, 1, out=m), 0, out=m),
        "nis": np.clip(np.rint(nis, out=nis), 0, 244, out=nis),
        "onls": np.clip(np.rint(onls, out=onls), 0, 12, out=onls),
    }


def measured(who: People, seed: int, last: int) -> dict[str, Array]:
    """All of ``series`` together."""
    parts = list(series(who, seed, last))
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def alarms(vegf: Array, limit: Array) -> Array:
    """Where six-monthly VEGF alarms, (n, months): above *limit* and well above its lowest.

    *vegf* has a column for each month from 0 on; missing samples never alarm.
    """
    rang = np.zeros(vegf.shape, dtype=bool)
    lowest = np.where(np.isnan(vegf[:, _CHECKED_EVERY]), np.inf, vegf[:, _CHECKED_EVERY])
    for month in range(2 * _CHECKED_EVERY, vegf.shape[1], _CHECKED_EVERY):
        now = vegf[:, month]
        rang[:, month] = (now >= limit) & (now >= number(_NAME, "alarm") * lowest)
        lowest = np.fmin(lowest, now)
    return rang


def response(vegf: Array, limit: Array) -> Array:
    """VEGF response at 6 months: 0 complete, 1 partial, 2 none, -1 where a sample is missing."""
    first, now = vegf[:, 0], vegf[:, 6]
    part = now <= (1 - number(_NAME, "partial_fall")) * first
    found = np.where(now < limit, 0, np.where(part, 1, 2))
    return np.where(np.isnan(first) | np.isnan(now), MISSING, found).astype(np.int8)


def build(seed: int, patients: int | None = None) -> Dataset:
    """The table, a row for each patient and month. Raises ValueError where *seed* is negative."""
    n, last = patients or int(number(_NAME, "patients")), int(number(_NAME, "months"))
    who = people(seed, n)
    found = measured(who, seed, last)
    lost = number(_NAME, "sample_lost")
    for name in ("vegf", "m"):
        gone = stream(seed, _NAME, "lost", name).random(found[name].shape, dtype=np.float32) < lost
        found[name][gone] = np.nan
    rang = alarms(found["vegf"], who.vegf_limit)
    columns: dict[str, Array | Words] = {
        "patient": np.repeat(np.arange(1, n + 1, dtype=np.int32), last + 1),
        "month": np.tile(np.arange(last + 1, dtype=np.int16), n),
    }
    columns |= {
        name: Words(np.repeat(codes, last + 1), labels)
        for name, labels, codes in _words(who, found["vegf"])
    }
    plasma = np.repeat(who.plasma, last + 1)
    vegf = found["vegf"].ravel()
    columns |= {
        "serum_vegf": np.where(plasma, np.nan, vegf),
        "plasma_vegf": np.where(plasma, vegf, np.nan),
        "m_protein": found["m"].ravel(),
        "nis": found["nis"].ravel().astype(np.int16),
        "onls": found["onls"].ravel().astype(np.int8),
        "vegf_alarm": np.maximum.accumulate(rang, axis=1).ravel().astype(np.int8),
    }
    month = np.arange(last + 1)[None, :]
    for name in ("clinical", "imaging", "haematological"):
        come = getattr(who, name)[:, None] <= month
        columns[f"{name}_relapse"] = come.ravel().astype(np.int8)
    columns["synthetic"] = Words(np.zeros(n * (last + 1), dtype=np.int8), ("yes",))
    return Dataset(_NAME, columns)


def _words(who: People, vegf: Array) -> Iterator[tuple[str, tuple[str, ...], Array]]:
    yield "therapy", THERAPIES, who.therapy
    yield "heavy_chain", ("IgA", "IgG"), who.igg.astype(np.int8)
    yield "light_chain", ("lambda", "kappa"), who.kappa.astype(np.int8)
    yield "vegf_response", RESPONSES, response(vegf, who.vegf_limit)
