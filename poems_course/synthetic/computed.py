"""Columns of the cohort that are computed from others: ratios, eGFR, findings read from a value."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping

import numpy as np

from poems_course.evidence import fact
from poems_course.synthetic.draws import Array
from poems_course.synthetic.panel import (
    CLASSES,
    GONADAL,
    LIGHT_CHAINS,
    Values,
    finished,
    limit,
    lower_end,
)
from poems_course.synthetic.parameters import constant


def derived(value: Values, sex: Array, needed: Container[str] | None = None) -> Values:
    """Ratio, eGFR and the findings that are read from a value; never sampled."""
    woman = sex == 1
    return {
        name: rule(value, woman)
        for name, rule in COMPUTED.items()
        if needed is None or name in needed
    }


def _high_platelets(value: Mapping[str, Array], woman: Array) -> Array:
    return _flag(value["platelets_10e9_per_l"] >= number("limit-platelets"))


def _high_haemoglobin(value: Mapping[str, Array], woman: Array) -> Array:
    high, measured = fact("limit-haemoglobin"), value["haemoglobin_g_per_dl"]
    limits = np.where(woman, high.quantity("women"), high.quantity("men")).astype(measured.dtype)
    return _flag(measured > limits)


def _overt(value: Mapping[str, Array], woman: Array) -> Array:
    low = value["free_t4_ng_per_dl"] < limit("free_t4_ng_per_dl")
    return _flag((value["tsh_miu_per_l"] > limit("tsh_miu_per_l")) & low)


def _subclinical(value: Mapping[str, Array], woman: Array) -> Array:
    low = value["free_t4_ng_per_dl"] < limit("free_t4_ng_per_dl")
    return _flag((value["tsh_miu_per_l"] > limit("tsh_miu_per_l")) & ~low)


def _flag(found: Array) -> Array:
    return found.astype(np.int8)


def _ratio(value: Mapping[str, Array], woman: Array) -> Array:
    kappa, lambda_ = (value[name] for name in LIGHT_CHAINS.values())
    return finished("free_light_chain_ratio", np.divide(kappa, lambda_))


def _filtration(value: Mapping[str, Array], woman: Array) -> Array:
    estimate = egfr(value["creatinine_mg_per_dl"], value["age_years"], woman)
    return finished("egfr_ml_per_min", estimate)


def hypogonadism(value: Mapping[str, Array], woman: Array) -> Array:
    """Low testosterone in men, low oestradiol before and FSH not raised after the menopause."""
    testosterone, oestradiol, fsh, _ = (value[name] for name in GONADAL)
    older = value["age_years"] >= constant("menopause_age")
    after = fsh < constant("fsh_after_menopause")
    in_women = np.where(older, after, oestradiol < lower_end(GONADAL[1], "F"))
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
    estimate *= np.where(woman, kind(part["women"]), kind(1))
    return estimate


_Rule = Callable[[Mapping[str, Array], Array], Array]
COMPUTED: dict[str, _Rule] = {
    "thrombocytosis": _high_platelets,
    "polycythaemia": _high_haemoglobin,
    "hypogonadism": lambda value, woman: _flag(hypogonadism(value, woman)),
    "hyperprolactinaemia": lambda value, woman: _flag(
        value["prolactin_ng_per_ml"] > limit("prolactin_ng_per_ml")
    ),
    "adrenal_insufficiency": lambda value, woman: _flag(
        value["cortisol_ug_per_dl"] < limit("cortisol_ug_per_dl")
    ),
    "hypothyroidism": _overt,
    "subclinical_hypothyroidism": _subclinical,
    "diabetes": lambda value, woman: _flag(
        value["glucose_mg_per_dl"] >= limit("glucose_mg_per_dl")
    ),
    "free_light_chain_ratio": _ratio,
    "egfr_ml_per_min": _filtration,
}
"""The columns that are computed from others, each with its rule."""

RESTS_ON: dict[str, tuple[str, ...]] = {
    "thrombocytosis": ("platelets_10e9_per_l",),
    "polycythaemia": ("haemoglobin_g_per_dl",),
    "hypogonadism": GONADAL,
    "hyperprolactinaemia": ("prolactin_ng_per_ml",),
    "adrenal_insufficiency": ("cortisol_ug_per_dl",),
    "hypothyroidism": ("free_t4_ng_per_dl",),
    "subclinical_hypothyroidism": ("free_t4_ng_per_dl",),
    "diabetes": ("glucose_mg_per_dl",),
    "free_light_chain_ratio": tuple(LIGHT_CHAINS.values()),
    "egfr_ml_per_min": ("creatinine_mg_per_dl", "age_years"),
    "free_t4_ng_per_dl": ("tsh_miu_per_l",),
    "m_protein_g_per_l": ("spike_on_electrophoresis",),
    "light_chain": ("monoclonal_plasma_cells",),
    "heavy_chain": ("monoclonal_plasma_cells",),
    **dict.fromkeys(GONADAL, (*GONADAL, "age_years")),
    **dict.fromkeys(CLASSES.values(), ("m_protein_g_per_l", "heavy_chain")),
    **dict.fromkeys(LIGHT_CHAINS.values(), ("light_chain",)),
}
"""The columns that must be there before another can be made."""
