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
CLASSES = {"IgA": "iga_mg_per_dl", "IgG": "igg_mg_per_dl", "IgM": "igm_mg_per_dl"}
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
def table(name: str, what: str, dtype: str) -> Array:
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
    kind = normal.dtype.name
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
    entry, kind = laboratory()[name], normal.dtype
    sign = 1.0 if entry.side == "high" else -1.0
    return shape.hinged(
        normal,
        limit(name) if at is None else at,
        table(name, "beyond", kind.name)[stratum],
        kind.type(sign * entry.inside),
        kind.type(sign * entry.past),
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
_SPECIAL = {*SPLIT, *GONADAL, *LIGHT_CHAINS.values(), *CLASSES.values()} | {
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
    low_oestradiol = lower_end(oestradiol, "F")
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


def proteins(
    drawn: Values, found: Mapping[str, Column], stratum: Array, needed: frozenset[str]
) -> Values:
    """M-protein, immunoglobulins with it, and free light chains, given the clone."""
    name = "m_protein_g_per_l"
    values: Values = {}
    if name in needed:
        spike = found["spike_on_electrophoresis"]
        values[name] = np.where(spike == 1, plain(name, drawn[name], stratum), 0)
    for label, immunoglobulin in CLASSES.items():
        if immunoglobulin in needed:
            polyclonal = plain(immunoglobulin, drawn[immunoglobulin], stratum)
            own = values[name] * (found["heavy_chain"] == label)
            values[immunoglobulin] = polyclonal + own * polyclonal.dtype.type(_MG_PER_DL)
    for label, chain in LIGHT_CHAINS.items():
        if chain in needed:
            background = plain(chain, drawn[chain], stratum)
            factor = table(chain, "involved", background.dtype.name)[stratum]
            involved = found["light_chain"] == label
            values[chain] = np.where(involved, background * factor, background)
    return values


def lower_end(name: str, sex: str) -> float:
    """The lower end of a value's reference range for a sex."""
    ends = _both_ends(name, sex)
    assert ends is not None
    return ends[0]
