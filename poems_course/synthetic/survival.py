"""Survival: time, event, era and the four findings at diagnosis that foretell death."""

from __future__ import annotations

from functools import cache

import numpy as np

from poems_course.synthetic.dataset import MISSING, Dataset, Words
from poems_course.synthetic.draws import Array, correlation, evened, normals, stream
from poems_course.synthetic.quantities import cases, number
from poems_course.synthetic.shape import gaussian, present, threshold

FACTORS = ("age_above_50", "pulmonary_hypertension", "pleural_effusion", "egfr_below_30")
_NAME = "survival"
_DRAWS = ("age", "men", "pulmonary_hypertension", "pleural_effusion", "egfr")
_SMALL = 10_000
_FITTING = 20_000


def build(seed: int, patients: int | None = None) -> Dataset:
    """The table, a row for each patient. Raises ValueError where *seed* is negative."""
    n = patients or int(number(_NAME, "patients"))
    found = _people(seed, n)
    eras = tuple(cases(_NAME, "era"))
    year, months, died = _observed(seed, found)
    columns: dict[str, Array | Words] = {
        "patient": np.arange(1, n + 1, dtype=np.int32),
        "era": Words(found["era"], eras),
        "year": year,
        "sex": Words(found["men"], ("F", "M")),
        **{name: found[name] for name in ("age", "egfr")},
        **{name: found[name] for name in FACTORS},
        "months": months,
        "died": died,
    }
    undone = stream(seed, _NAME, "undone").random(n) < number(_NAME, "not_done")
    columns["pulmonary_hypertension"] = np.where(
        undone, MISSING, found["pulmonary_hypertension"]
    ).astype(np.int8)
    columns["synthetic"] = Words(np.zeros(n, dtype=np.int8), ("yes",))
    return Dataset(_NAME, columns)


def _people(seed: int, n: int) -> dict[str, Array]:
    """Era, age, sex and findings. The findings that are computed come from the printed values."""
    rng = stream(seed, _NAME, "people")
    ends = np.round(np.cumsum(list(cases(_NAME, "era").values())) * n).astype(int)
    era = np.searchsorted(ends, np.arange(n), side="right").astype(np.int8)
    rng.shuffle(era)
    fluid, kidney = number(_NAME, "fluid_goes_together"), number(_NAME, "kidney_and_fluid")
    matrix, _ = correlation(
        _DRAWS,
        {
            ("pulmonary_hypertension", "pleural_effusion"): fluid,
            ("pulmonary_hypertension", "egfr"): kidney,
            ("pleural_effusion", "egfr"): kidney,
        },
    )
    drawn = normals(rng, n, matrix)
    if n <= _SMALL:
        drawn = evened(drawn, era, rng)
    z = dict(zip(_DRAWS, drawn, strict=True))
    age = np.clip(
        np.rint(gaussian(z["age"], number(_NAME, "age"), number(_NAME, "age_sd"))), 18, 90
    )
    egfr = number(_NAME, "egfr") * np.exp(
        number(_NAME, "egfr_spread") * z["egfr"] + number(_NAME, "egfr_by_age") * (age - 50)
    )
    egfr = np.clip(np.rint(egfr), 5, 140)
    found = {name: present(z[name], threshold(number(_NAME, name))) for name in _DRAWS[1:4]}
    return found | {
        "era": era,
        "age": age.astype(np.int16),
        "egfr": egfr.astype(np.int16),
        "age_above_50": (age > 50).astype(np.int8),
        "egfr_below_30": (egfr < 30).astype(np.int8),
    }


def risk(found: dict[str, Array]) -> Array:
    """Product of the hazard ratios of the findings that are present."""
    ratios = cases(_NAME, "hazard_ratio")
    product: Array = np.exp(sum(np.log(ratios[name]) * (found[name] == 1) for name in FACTORS))
    return product


@cache
def _scales() -> dict[str, float]:
    """Hazard of a patient without findings over 5 years, by era, so that the share lives.

    The patients of an era differ in risk; the share alive at 5 years is their mean.
    """
    many = risk(_people(0, _FITTING))
    return {era: _scale(many, alive) for era, alive in cases(_NAME, "alive_5y").items()}


def _scale(risks: Array, alive: float) -> float:
    low, high = 1e-6, 10.0
    for _ in range(60):
        middle = (low * high) ** 0.5
        low, high = (middle, high) if np.exp(-middle * risks).mean() > alive else (low, middle)
    return low


def _observed(seed: int, found: dict[str, Array]) -> tuple[Array, Array, Array]:
    """Year of diagnosis, months under observation, and whether they ended in death."""
    rng = stream(seed, _NAME, "time")
    eras = tuple(cases(_NAME, "era"))
    n, era = len(found["era"]), found["era"]
    first, last = (np.array([int(e.split("-")[i]) for e in eras])[era] for i in (0, 1))
    entry = first + (last + 1 - first) * rng.random(n)
    over_5y = np.array([_scales()[e] for e in eras])[era] * risk(found)
    death = 60 * (rng.exponential(1, n) / over_5y) ** (1 / number(_NAME, "shape"))
    end = np.array([cases(_NAME, "studied_until")[e] for e in eras])[era] + 1
    seen = 12 * np.minimum(end - entry, rng.exponential(1 / number(_NAME, "lost"), n))
    months = np.maximum(np.round(np.minimum(death, seen), 1), 0.1)
    return entry.astype(np.int16), months, (death <= seen).astype(np.int8)
