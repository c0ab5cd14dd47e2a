"""Laboratory values of the cohort, given what each patient has."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np

from poems_course.evidence import fact
from poems_course.synthetic import shape
from poems_course.synthetic.dataset import Column
from poems_course.synthetic.dictionary import Field, fields
from poems_course.synthetic.draws import Array
from poems_course.synthetic.parameters import Laboratory, constant, groups, laboratory, of
from poems_course.synthetic.people import SEXES

Values = dict[str, Array]
_CLASSES = {"IgA": "iga_mg_per_dl", "IgG": "igg_mg_per_dl", "IgM": "igm_mg_per_dl"}
_MG_PER_DL = 100.0  # in 1 g/L


def _field(name: str) -> Field:
    return fields("cohort")[name]


def _both_ends(name: str, sex: str) -> tuple[float, float] | None:
    for wanted in (sex, "M"):
        low, high = _field(name).range_for(wanted)
        if low is not None and high is not None:
            return low, high
    return None


@cache
def table(name: str, what: str, dtype: type) -> Array:
    """A parameter (median, spread, least, most, beyond) of a value, for each stratum."""
    entry = laboratory()[name]
    rows = [_parameter(entry, what, group, sex) for group in groups() for sex in SEXES]
    return np.array(rows, dtype=dtype)


def _parameter(entry: Laboratory, what: str, group: str, sex: str) -> float:
    ends = _both_ends(entry.id, sex)
    median, spread = shape.spread_of_range(*ends) if ends else (np.nan, np.nan)
    if what == "median":
        return of(entry.median, group, median) * of(entry.times, group, 1.0)
    if what == "spread":
        return of(entry.spread, group, spread) * of(entry.wider, group, 1.0)
    if what == "least":
        return of(entry.least, group, _field(entry.id).minimum or 0.0)
    if what == "most":
        return of(entry.most, group, _field(entry.id).maximum or 0.0)
    if what == "involved":
        return of(entry.involved, group, 1.0)
    return shape.threshold(of(entry.beyond, group, 0.0))


def plain(name: str, normal: Array, stratum: Array) -> Array:
    """A lognormal value by diagnosis and sex, within its limits, not yet rounded."""
    kind = normal.dtype.type
    value = shape.lognormal(
        normal, table(name, "median", kind)[stratum], table(name, "spread", kind)[stratum]
    )
    least, most = table(name, "least", kind), table(name, "most", kind)
    if np.ptp(least) or np.ptp(most):
        np.clip(value, least[stratum], most[stratum], out=value)
    return value


def limit(name: str) -> float:
    """The limit that a finding about *name* is read from: of the range, or of its fact."""
    if name == "glucose_mg_per_dl":
        value = fact("limit-glucose").value
        assert isinstance(value, dict)
        return value["diabetes"]
    low, high = _both_ends(name, "M") or _field(name).range_for()
    end = high if laboratory()[name].side == "high" else low
    assert end is not None
    return end


def split(name: str, normal: Array, stratum: Array, at: float | None = None) -> Array:
    """A value that passes its limit in just the published share of each stratum."""
    entry, kind = laboratory()[name], normal.dtype.type
    sign = 1.0 if entry.side == "high" else -1.0
    return shape.hinged(
        normal,
        limit(name) if at is None else at,
        table(name, "beyond", kind)[stratum],
        kind(sign * entry.inside),
        kind(sign * entry.past),
    )


def finished(name: str, value: Array) -> Array:
    """Held within the hard limits and rounded as printed."""
    column = _field(name)
    assert column.minimum is not None
    assert column.maximum is not None
    return shape.printed(value, column.decimals, column.minimum, column.maximum)


SPLIT = ("tsh_miu_per_l", "prolactin_ng_per_ml", "cortisol_ug_per_dl", "glucose_mg_per_dl")
"""Values that are one draw with the finding they stand for."""
GONADAL = ("testosterone_ng_per_dl", "oestradiol_pg_per_ml", "fsh_iu_per_l", "lh_iu_per_l")
LIGHT_CHAINS = {"kappa": "free_kappa_mg_per_l", "lambda": "free_lambda_mg_per_l"}
_SPECIAL = {*SPLIT, *GONADAL, *LIGHT_CHAINS.values(), *_CLASSES.values()} | {
    "free_t4_ng_per_dl",
    "m_protein_g_per_l",
}
PLAIN = tuple(name for name in laboratory() if name not in _SPECIAL)


def thyroxine(normal: Array, stratum: Array, tsh: Array) -> Array:
    """Free T4: below its range only where TSH is above its own."""
    name = "free_t4_ng_per_dl"
    raised = split(name, normal, stratum)
    return np.where(
        tsh > limit("tsh_miu_per_l"), raised, np.maximum(_reference(name, normal, "M"), limit(name))
    )


def _reference(name: str, normal: Array, sex: str) -> Array:
    ends = _both_ends(name, sex)
    assert ends is not None
    return shape.lognormal(normal, *shape.spread_of_range(*ends))


def gonads(drawn: Values, stratum: Array, sex: Array, age: Array) -> Values:
    """Sex hormones and gonadotropins: the finding shows in testosterone, oestradiol or FSH."""
    gonad, other = drawn["gonads"], drawn["sex_steroid"]
    woman, older = sex == 1, age >= constant("menopause_age")
    past = woman & older
    testosterone, oestradiol, fsh, lh = GONADAL
    low_oestradiol = _field(oestradiol).women[0]
    after, lowered = constant("fsh_after_menopause"), constant("oestradiol_after_menopause")
    found = {
        testosterone: np.where(
            woman, _reference(testosterone, other, "F"), split(testosterone, gonad, stratum)
        ),
        oestradiol: np.where(
            woman & ~older,
            split(oestradiol, gonad, stratum, low_oestradiol),
            _reference(oestradiol, other, "M")
            * np.where(woman, other.dtype.type(lowered), other.dtype.type(1)),
        ),
        fsh: np.where(past, split(fsh, gonad, stratum, after), _reference(fsh, drawn[fsh], "M")),
        lh: plain(lh, drawn[lh], stratum)
        * np.where(past, gonad.dtype.type(constant("lh_after_menopause")), gonad.dtype.type(1)),
    }
    return found


def proteins(drawn: Values, found: Mapping[str, Column], stratum: Array) -> Values:
    """M-protein, immunoglobulins with it, and free light chains, given the clone."""
    name = "m_protein_g_per_l"
    spike = found["spike_on_electrophoresis"]
    values = {name: np.where(spike == 1, plain(name, drawn[name], stratum), 0)}
    heavy = found["heavy_chain"]
    for label, immunoglobulin in _CLASSES.items():
        polyclonal = plain(immunoglobulin, drawn[immunoglobulin], stratum)
        own = values[name] * (heavy == label)
        values[immunoglobulin] = polyclonal + own * polyclonal.dtype.type(_MG_PER_DL)
    for label, chain in LIGHT_CHAINS.items():
        background = plain(chain, drawn[chain], stratum)
        factor = table(chain, "involved", background.dtype.type)[stratum]
        values[chain] = np.where(found["light_chain"] == label, background * factor, background)
    return values


def derived(value: Values, sex: Array) -> Values:
    """Ratio, eGFR and the findings that are read from a value; never sampled."""
    kappa, lambda_ = (value[name] for name in LIGHT_CHAINS.values())
    woman = sex == 1
    high = fact("limit-haemoglobin").value
    assert isinstance(high, dict)
    overt = value["free_t4_ng_per_dl"] < limit("free_t4_ng_per_dl")
    tsh_raised = value["tsh_miu_per_l"] > limit("tsh_miu_per_l")
    flags = {
        "thrombocytosis": value["platelets_10e9_per_l"] >= number("limit-platelets"),
        "polycythaemia": value["haemoglobin_g_per_dl"]
        > np.where(woman, high["women"], high["men"]).astype(kappa.dtype),
        "hypogonadism": hypogonadism(value, woman),
        "hyperprolactinaemia": value["prolactin_ng_per_ml"] > limit("prolactin_ng_per_ml"),
        "adrenal_insufficiency": value["cortisol_ug_per_dl"] < limit("cortisol_ug_per_dl"),
        "hypothyroidism": tsh_raised & overt,
        "subclinical_hypothyroidism": tsh_raised & ~overt,
        "diabetes": value["glucose_mg_per_dl"] >= limit("glucose_mg_per_dl"),
    }
    computed = {name: flag.astype(np.int8) for name, flag in flags.items()}
    ratio = finished("free_light_chain_ratio", kappa / lambda_)
    return computed | {
        "free_light_chain_ratio": ratio,
        "egfr_ml_per_min": finished(
            "egfr_ml_per_min", egfr(value["creatinine_mg_per_dl"], value["age_years"], woman)
        ),
    }


def hypogonadism(value: Mapping[str, Array], woman: Array) -> Array:
    """Low testosterone in men, low oestradiol before and FSH not raised after the menopause."""
    testosterone, oestradiol, fsh, _ = (value[name] for name in GONADAL)
    older = value["age_years"] >= constant("menopause_age")
    after = fsh < constant("fsh_after_menopause")
    in_women = np.where(older, after, oestradiol < _field(GONADAL[1]).women[0])
    low: Array = np.where(woman, in_women, testosterone < limit(GONADAL[0]))
    return low


def number(name: str) -> float:
    """The single number of a fact. Raises TypeError where it holds more than one."""
    value = fact(name).value
    if not isinstance(value, float):
        raise TypeError(f"the fact {name} holds no single number")
    return value


def egfr(creatinine: Array, age: Array, woman: Array) -> Array:
    """eGFR in mL/min/1.73 m2 from creatinine in mg/dL and age (fact egfr-ckd-epi-2021)."""
    part = fact("egfr-ckd-epi-2021").value
    assert isinstance(part, dict)
    kind = creatinine.dtype.type
    kappa = np.where(woman, kind(part["kappa_women"]), kind(part["kappa_men"]))
    below = np.where(woman, kind(part["below_women"]), kind(part["below_men"]))
    share = np.log(creatinine / kappa)
    power = -np.where(share < 0, below, kind(part["above"])) * share
    power += age * kind(np.log(part["age"]))
    estimate: Array = np.exp(power) * kind(part["scale"])
    return estimate * np.where(woman, kind(part["women"]), kind(1))
