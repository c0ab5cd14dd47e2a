"""Invented patients under therapy: how they respond and when each sign of relapse comes."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np

from poems_course.synthetic.draws import Array, correlation, evened, normals, stream
from poems_course.synthetic.quantities import cases, number
from poems_course.synthetic.shape import lognormal, threshold

THERAPIES = ("transplant", "melphalan", "lenalidomide", "thalidomide")
RESPONSES = ("complete", "partial", "none")
NEVER = np.inf
_NAME = "followup"
SMALL = 10_000  # up to here every therapy's frequencies and medians are free of chance
_DRAWS = (
    *("vegf", "blood", "before", "plateau", "clone", "m", "m_plateau", "nis", "nis_plateau"),
    *("nis_speed", "offset", "relapse", "lead", "imaging", "haematological", "doubling"),
    *("symptoms", "ever", "seen", "returned", "matrix", "heavy", "light"),
)


@dataclass(frozen=True)
class People:
    """What does not change in a patient: one array each. Months from the start of therapy;
    VEGF in pg/mL, M-protein in g/dL, a sign of relapse that never comes is infinite."""

    therapy: Array
    plasma: Array
    igg: Array
    kappa: Array
    response: Array
    blood: Array
    vegf: Array
    vegf_plateau: Array
    clone: Array
    m: Array
    m_plateau: Array
    nis: Array
    nis_plateau: Array
    nis_half_time: Array
    offset: Array
    doubling: Array
    rises: Array
    clinical: Array
    imaging: Array
    haematological: Array

    def __len__(self) -> int:
        return len(self.therapy)

    def some(self, which: slice | Array) -> People:
        """Part of the patients."""
        return replace(self, **{f.name: getattr(self, f.name)[which] for f in fields(self)})

    @property
    def vegf_limit(self) -> Array:
        """Below it VEGF is normal, in pg/mL."""
        return by_matrix("vegf_normal", self.plasma)

    @property
    def progressed(self) -> Array:
        """Month of the first sign of relapse, infinite where none comes."""
        signs = (self.rises, self.clinical, self.imaging, self.haematological)
        first: Array = np.minimum.reduce(signs)
        return first


def people(seed: int, n: int) -> People:
    """*n* patients. Raises ValueError where *seed* is negative."""
    rng = stream(seed, _NAME, "people")
    dtype = np.float64 if n <= SMALL else np.float32
    therapy = _shared_out(n, cases(_NAME, "therapy"), rng)
    matrix, _ = correlation(_DRAWS, {("vegf", "blood"): number(_NAME, "responses_go_together")})
    drawn = normals(rng, n, matrix, dtype)
    if n <= SMALL:
        drawn = evened(drawn, therapy, rng)
    z = dict(zip(_DRAWS, drawn, strict=True))
    plasma = z["matrix"] < -threshold(number(_NAME, "plasma"))
    response = _answer(z["vegf"], therapy, "complete", "none")
    blood = _answer(z["blood"], therapy, "blood_complete", "blood_none")
    before = by_matrix("vegf_before", plasma) * np.exp(
        z["before"] * by_matrix("vegf_before_spread", plasma)
    )
    vegf = np.maximum(before, by_matrix("vegf_before_least", plasma))
    first_m = np.minimum(_spread(z["m"], "m_before"), number(_NAME, "m_most"))
    nis = np.clip(_spread(z["nis"], "nis_before"), 15, 200)
    signs = _signs(z, therapy, response)
    return People(
        therapy=therapy,
        plasma=plasma,
        igg=z["heavy"] > -threshold(number(_NAME, "iga")),
        kappa=z["light"] > -threshold(number(_NAME, "lambda")),
        response=response,
        blood=blood,
        vegf=vegf.astype(dtype),
        vegf_plateau=_plateau(z["plateau"], vegf, plasma, response).astype(dtype),
        clone=_spread(z["clone"], "clone_half_life"),
        m=first_m,
        m_plateau=(first_m * _blood_left(z["m_plateau"], blood)).astype(dtype),
        nis=nis,
        nis_plateau=_nis_plateau(z["nis_plateau"], nis, response).astype(dtype),
        nis_half_time=_spread(z["nis_speed"], "nis_half_time"),
        offset=z["offset"] * number(_NAME, "onls_offset"),
        doubling=_spread(z["doubling"], "doubling"),
        **{name: sign.astype(dtype) for name, sign in signs.items()},
    )


def _shared_out(n: int, shares: dict[str, float], rng: np.random.Generator) -> Array:
    ends = np.round(np.cumsum(list(shares.values())) * n).astype(int)
    codes = np.searchsorted(ends, np.arange(n), side="right").astype(np.int8)
    rng.shuffle(codes)
    return codes


def by_matrix(name: str, plasma: Array) -> Array:
    """A quantity of model/followup.toml for each patient, by where VEGF is measured."""
    found = cases(_NAME, name)
    return np.where(plasma, found["plasma"], found["serum"])


def _by_therapy(name: str, therapy: Array) -> Array:
    found = cases(_NAME, name)
    return np.array([found[each] for each in THERAPIES])[therapy]


def _spread(normal: Array, name: str) -> Array:
    return lognormal(normal, number(_NAME, name), number(_NAME, f"{name}_spread"))


def _between(normal: Array, name: str) -> Array:
    """Values between the quantity's low and high, from a normal; even enough for a plateau."""
    ends, share = cases(_NAME, name), 1 / (1 + np.exp(-1.702 * normal))
    found: Array = ends["low"] + (ends["high"] - ends["low"]) * share
    return found


def _answer(normal: Array, therapy: Array, complete: str, none: str) -> Array:
    """0 complete, 1 partial, 2 none: the shares of the therapy, best where *normal* is low."""
    at = {
        name: np.array([threshold(cases(_NAME, name)[t]) for t in THERAPIES])
        for name in (complete, none)
    }
    found = np.ones(len(normal), dtype=np.int8)
    found[normal < -at[complete][therapy]] = 0
    found[normal > at[none][therapy]] = 2
    return found


def _plateau(normal: Array, vegf: Array, plasma: Array, response: Array) -> Array:
    deep = by_matrix("plateau", plasma) * np.exp(normal * number(_NAME, "plateau_spread"))
    limit = by_matrix("vegf_normal", plasma)
    part = np.maximum(vegf * _between(normal, "partial"), 1.15 * limit)
    same = vegf * np.exp(normal * number(_NAME, "drift"))
    return np.choose(response, [np.minimum(deep, 0.85 * limit), np.minimum(part, vegf), same])


def _blood_left(normal: Array, blood: Array) -> Array:
    part, same = _between(normal, "blood_partial"), _between(normal, "blood_unchanged")
    return np.choose(blood, [np.zeros_like(part), part, same])


def _nis_plateau(normal: Array, nis: Array, response: Array) -> Array:
    spread = np.exp(normal * number(_NAME, "nis_plateau_spread"))
    better = np.minimum(number(_NAME, "nis_plateau") * spread, 1.0)
    return nis * np.where(response == 2, 1.0, better)


def _signs(z: dict[str, Array], therapy: Array, response: Array) -> dict[str, Array]:
    """Month of each sign of relapse, from the clinical one outwards."""
    median, spread = (
        np.array([cases(_NAME, name)[each] for each in RESPONSES])[response]
        for name in ("relapse", "relapse_spread")
    )
    ever = np.array([threshold(cases(_NAME, "relapse_ever")[each]) for each in RESPONSES])
    at = median * np.exp(spread * z["relapse"])
    at *= np.where(response == 2, 1.0, _by_therapy("relapse_therapy", therapy))
    at = np.where(z["ever"] > ever[response], at, NEVER)
    lead, imaging = cases(_NAME, "lead"), cases(_NAME, "imaging")
    blood = cases(_NAME, "haematological")
    rise = np.maximum(at - lead["mean"] - lead["spread"] * z["lead"], 7.0)
    on_imaging = at * imaging["times"] * np.exp(imaging["spread"] * z["imaging"])
    in_blood = at * blood["times"] * np.exp(blood["spread"] * z["haematological"])
    symptoms = z["symptoms"] < -threshold(number(_NAME, "with_symptoms"))
    return {
        "rises": np.where(response == 2, NEVER, rise),
        "clinical": np.where(symptoms, at, NEVER),
        "imaging": np.where(z["seen"] < -threshold(imaging["share"]), on_imaging, NEVER),
        "haematological": np.where(z["returned"] < -threshold(blood["share"]), in_blood, NEVER),
    }
