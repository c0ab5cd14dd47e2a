"""Checks of the follow-up: VEGF, M-protein, nerves and relapse under therapy."""

from __future__ import annotations

from functools import cache

import numpy as np

from poems_course.synthetic import followup, treated
from poems_course.synthetic.checks.registry import Outcome, check
from poems_course.synthetic.checks.tables import Tables
from poems_course.synthetic.checks.targets import measured
from poems_course.synthetic.dataset import Dataset
from poems_course.synthetic.draws import Array, stream
from poems_course.synthetic.quantities import number

_PATIENTS = 8_000
_LAST = 60
_MAYO_LONG_AGO = 99 / 262  # of the Mayo patients, those of the series published in 2003
_MAYO_MONTHS = (168.0, 480.0)  # from 2000, and from 1974, to 2014
_MAYO_DEATHS = 0.0497 / 12  # a month: 78 % alive at 5 years


@cache
def _people(seed: int) -> treated.People:
    return treated.people(seed, _PATIENTS)


@cache
def _found(seed: int) -> dict[str, Array]:
    return followup.measured(_people(seed), seed, _LAST)


def _who(tables: Tables) -> treated.People:
    return _people(tables.seed + 1)


def _values(tables: Tables, name: str) -> Array:
    return _found(tables.seed + 1)[name]


def _on(tables: Tables, therapy: str) -> Array:
    return _who(tables).therapy == treated.THERAPIES.index(therapy)


def _responses(tables: Tables) -> Array:
    return followup.response(_values(tables, "vegf"), _who(tables).vegf_limit)


def _percent(found: Array) -> float:
    return 100 * float(np.mean(found))


# ------------------------------------------------------------------ the table that ships


def _by_patient(table: Dataset, name: str) -> Array:
    months = int(table.numbers("month").max()) + 1
    return table.numbers(name).reshape(-1, months)


@check("followup-rows", "identity", "followup", "each patient has every month once", "all")
def _rows(tables: Tables) -> Outcome:
    months = _by_patient(tables.shipped("followup"), "month")
    whole = bool((months == np.arange(months.shape[1])).all())
    patients = _by_patient(tables.shipped("followup"), "patient")
    own = bool((patients == patients[:, :1]).all() and len(set(patients[:, 0])) == len(patients))
    return Outcome(f"{len(patients)} patients", whole and own)


@check(
    "followup-one-matrix",
    "identity",
    "followup",
    "serum and plasma VEGF never stand in one patient",
    "none",
)
def _one_matrix(tables: Tables) -> Outcome:
    table = tables.shipped("followup")
    serum, plasma = (~np.isnan(_by_patient(table, f"{m}_vegf")) for m in ("serum", "plasma"))
    both = int((serum.any(axis=1) & plasma.any(axis=1)).sum())
    return Outcome(f"{both} patients with both", both == 0 and bool((serum | plasma).any()))


@check(
    "followup-relapse-stays",
    "identity",
    "followup",
    "a sign of relapse once seen stays, and none is there at the start",
    "no exception",
)
def _relapse_stays(tables: Tables) -> Outcome:
    names = ("vegf_alarm", "clinical_relapse", "imaging_relapse", "haematological_relapse")
    wrong = 0
    for name in names:
        seen = _by_patient(tables.shipped("followup"), name)
        wrong += int((np.diff(seen, axis=1) < 0).sum() + seen[:, 0].sum())
    return Outcome(f"{wrong} exceptions", wrong == 0)


@check(
    "followup-alarm-computed",
    "identity",
    "followup",
    "the VEGF alarm and response follow from the VEGF of the table",
    "no exception",
)
def _alarm_computed(tables: Tables) -> Outcome:
    table = tables.shipped("followup")
    serum, plasma = _by_patient(table, "serum_vegf"), _by_patient(table, "plasma_vegf")
    vegf = np.where(np.isnan(serum), plasma, serum)
    is_plasma = ~np.isnan(plasma).all(axis=1)
    limit = treated.by_matrix("vegf_normal", is_plasma)
    alarm = np.maximum.accumulate(followup.alarms(vegf, limit), axis=1)
    wrong = int((alarm != _by_patient(table, "vegf_alarm")).sum())
    codes = table.text("vegf_response").codes.reshape(vegf.shape)
    wrong += int((codes != followup.response(vegf, limit)[:, None]).sum())
    return Outcome(f"{wrong} exceptions", wrong == 0)


@check(
    "followup-shipped-median",
    "calibration",
    "followup",
    "median serum VEGF before therapy, table that ships",
    "2170 to 5790 pg/mL (3544, give or take the error of a median of 10)",
    "vb-milan",
)
def _shipped_median(tables: Tables) -> Outcome:
    got = float(np.nanmedian(_by_patient(tables.shipped("followup"), "serum_vegf")[:, 0]))
    return Outcome(f"{got:.0f} pg/mL", 2170 <= got <= 5790)


# ------------------------------------------------------------------ VEGF and M-protein


@measured("followup-serum-before")
def _serum_before(tables: Tables) -> float:
    return float(np.median(_values(tables, "vegf")[~_who(tables).plasma, 0]))


@measured("followup-plasma-before")
def _plasma_before(tables: Tables) -> float:
    return float(np.median(_values(tables, "vegf")[_who(tables).plasma, 0]))


@measured("followup-plasma-after")
def _plasma_after(tables: Tables) -> float:
    which = _who(tables).plasma & _on(tables, "transplant")
    return float(np.median(_values(tables, "vegf")[which, _LAST]))


@measured("followup-response-transplant")
def _complete_transplant(tables: Tables) -> float:
    return _percent(_responses(tables)[_on(tables, "transplant")] == 0)


@measured("followup-response-melphalan")
def _complete_melphalan(tables: Tables) -> float:
    return _percent(_responses(tables)[_on(tables, "melphalan")] == 0)


@measured("followup-response-lenalidomide")
def _complete_lenalidomide(tables: Tables) -> float:
    return _percent(_responses(tables)[_on(tables, "lenalidomide")] == 0)


def _fall_24_weeks(tables: Tables, therapy: str) -> Array:
    """Between months 5 and 6, where week 24 lies, in percent of the first value."""
    vegf = _values(tables, "vegf")[_on(tables, therapy)]
    late: Array = 100 * (1 - (vegf[:, 5] + vegf[:, 6]) / (2 * vegf[:, 0]))
    return late


@measured("followup-fall-thalidomide")
def _fall_thalidomide(tables: Tables) -> float:
    return float(np.mean(_fall_24_weeks(tables, "thalidomide")))


@measured("followup-fall-thalidomide-spread")
def _fall_spread(tables: Tables) -> float:
    return float(np.std(_fall_24_weeks(tables, "thalidomide")))


@measured("followup-fall-lenalidomide")
def _fall_lenalidomide(tables: Tables) -> float:
    return float(np.mean(_fall_24_weeks(tables, "lenalidomide")))


@measured("followup-responders-lenalidomide")
def _responders(tables: Tables) -> float:
    return _percent(_responses(tables)[_on(tables, "lenalidomide")] < 2)


@measured("followup-normal-thalidomide")
def _normal_thalidomide(tables: Tables) -> float:
    vegf = _values(tables, "vegf")[:, 12] < _who(tables).vegf_limit
    return _percent(vegf[_on(tables, "thalidomide")])


def _steady(tables: Tables) -> Array:
    """Responders in whom no sign of relapse comes in 24 months."""
    steady: Array = (_responses(tables) < 2) & (_who(tables).progressed > 24)
    return steady


@measured("followup-plateau")
def _plateau(tables: Tables) -> float:
    months = np.arange(25, dtype=np.float64)[None, :]
    course = followup.vegf_course(_who(tables).some(_steady(tables)), months)
    return _percent(course[:, 6] <= 1.1 * course.min(axis=1))


@measured("followup-plateau-median")
def _plateau_median(tables: Tables) -> float:
    who, steady = _who(tables), _steady(tables)
    serum = np.median(_values(tables, "vegf")[steady & ~who.plasma], axis=0)
    return float(serum[6] / serum[:25].min())


def _halved_at(curve: Array) -> float:
    """Month, between two samples, at which half of the first value is left."""
    low = int((curve <= curve[0] / 2).argmax())
    above, below = curve[low - 1], curve[low]
    return float(low - 1 + (above - curve[0] / 2) / (above - below))


@measured("followup-lag")
def _lag(tables: Tables) -> float:
    who = _who(tables)
    both = (_responses(tables) < 2) & (who.blood < 2) & ~who.plasma
    months = np.linspace(0, 12, 121)[None, :]
    vegf, m = (
        np.median(course(who.some(both), months), axis=0)
        for course in (followup.vegf_course, followup.m_course)
    )
    return (_halved_at(m) - _halved_at(vegf)) / 10


@measured("followup-dissociation")
def _dissociation(tables: Tables) -> float:
    vegf, m = (_values(tables, name)[_on(tables, "transplant")] for name in ("vegf", "m"))
    return _percent((vegf[:, 12] <= vegf[:, 0] / 2) & (m[:, 12] > 0.75 * m[:, 0]))


# ------------------------------------------------------------------ nerves


@measured("followup-nis-12")
def _nis_12(tables: Tables) -> float:
    return float(np.median(_values(tables, "nis")[_on(tables, "transplant"), 12]))


@measured("followup-nis-60")
def _nis_60(tables: Tables) -> float:
    return float(np.median(_values(tables, "nis")[_on(tables, "transplant"), 60]))


@measured("followup-onls-before")
def _onls_before(tables: Tables) -> float:
    return float(np.median(_values(tables, "onls")[:, 0]))


@measured("followup-onls-after")
def _onls_after(tables: Tables) -> float:
    return float(np.median(_values(tables, "onls")[:, 60]))


@measured("followup-onls-early")
def _onls_early(tables: Tables) -> float:
    onls = _values(tables, "onls")[_on(tables, "melphalan")]
    return _percent(onls[:, 3] < onls[:, 0])


# ------------------------------------------------------------------ relapse


def _in_remission(tables: Tables) -> tuple[Array, Array, Array]:
    """Patients in remission at 6 months: month of clinical relapse, alarms, what stood at it."""
    who, vegf = _who(tables), _values(tables, "vegf")
    which = (_responses(tables) < 2) & (who.clinical > 12)
    rang = followup.alarms(vegf, who.vegf_limit)[which]
    return who.clinical[which], rang, vegf[which]


@measured("followup-sensitivity")
def _sensitivity(tables: Tables) -> float:
    clinical, rang, _ = _in_remission(tables)
    relapsed = clinical <= _LAST
    before = np.arange(_LAST + 1)[None, :] < clinical[relapsed, None]
    return _percent((rang[relapsed] & before).any(axis=1))


@measured("followup-only-at-relapse")
def _only_at_relapse(tables: Tables) -> float:
    clinical, rang, vegf = _in_remission(tables)
    relapsed = clinical <= _LAST
    rang, vegf, at = rang[relapsed], vegf[relapsed], np.ceil(clinical[relapsed]).astype(int)
    limit = _who(tables).vegf_limit
    which = (_responses(tables) < 2) & (_who(tables).clinical > 12)
    limit = limit[which][relapsed]
    month = np.arange(_LAST + 1)[None, :]
    told = (rang & (month < clinical[relapsed, None])).any(axis=1)
    checked = np.where((month >= 6) & (month < at[:, None]) & (month % 6 == 0), vegf, np.inf)
    now = vegf[np.arange(len(at)), at]
    alarm = number("followup", "alarm") * checked.min(axis=1)
    return _percent(~told & (now >= limit) & (now >= alarm))


@measured("followup-specificity")
def _specificity(tables: Tables) -> float:
    who = _who(tables)
    well = (_responses(tables) < 2) & (who.progressed > _LAST + 12)
    rang = followup.alarms(_values(tables, "vegf"), who.vegf_limit)
    return 100 - _percent(rang[well].any(axis=1))


def _free(tables: Tables, which: Array, months: float) -> float:
    return _percent(_who(tables).progressed[which] > months)


@measured("followup-relapse-complete")
def _free_complete(tables: Tables) -> float:
    return _free(tables, _responses(tables) == 0, 36)


@measured("followup-relapse-partial")
def _free_partial(tables: Tables) -> float:
    return _free(tables, _responses(tables) == 1, 36)


@measured("followup-relapse-none")
def _free_none(tables: Tables) -> float:
    return _free(tables, _responses(tables) == 2, 36)


@measured("followup-free-transplant-3y")
def _free_transplant(tables: Tables) -> float:
    return _free(tables, _on(tables, "transplant"), 36)


@measured("followup-free-transplant-1y")
def _free_transplant_1(tables: Tables) -> float:
    return _free(tables, _on(tables, "transplant"), 12)


@measured("followup-free-transplant-5y")
def _free_transplant_5(tables: Tables) -> float:
    return _free(tables, _on(tables, "transplant"), 60)


@measured("followup-free-registry-3y")
def _free_registry(tables: Tables) -> float:
    return _free(tables, _on(tables, "transplant"), 36)


@measured("followup-free-lenalidomide-3y")
def _free_lenalidomide(tables: Tables) -> float:
    return _free(tables, _on(tables, "lenalidomide"), 36)


@measured("followup-hazard-chiba")
def _hazard_chiba(tables: Tables) -> float:
    """Events by months at risk until 60, in serum, transplant or thalidomide as in Chiba."""
    who = _who(tables)
    which = ~who.plasma & (_on(tables, "transplant") | _on(tables, "thalidomide"))
    high = _values(tables, "vegf")[:, 6] >= 1040
    rates = []
    for group in (which & high, which & ~high):
        time = np.minimum(who.progressed[group], _LAST)
        rates.append((who.progressed[group] <= _LAST).sum() / time.sum())
    return float(rates[0] / rates[1])


@measured("followup-both-remissions")
def _both_remissions(tables: Tables) -> float:
    both = (_responses(tables) == 0) & (_who(tables).blood == 0)
    return _free(tables, both & _on(tables, "transplant"), 60)


def _mayo_until(tables: Tables) -> Array:
    """Months under observation: entry as in the Mayo series, ended by death or by 2014.

    Only who was treated there as in those years and responded: a relapse needs a remission.
    """
    rng = stream(tables.seed + 1, "followup", "mayo")
    recent, old = _MAYO_MONTHS
    long_ago = rng.random(_PATIENTS) < _MAYO_LONG_AGO
    entry = np.where(
        long_ago, rng.uniform(recent, old, _PATIENTS), rng.uniform(0, recent, _PATIENTS)
    )
    until = np.minimum(entry, rng.exponential(1 / _MAYO_DEATHS, _PATIENTS))
    treated_there = _on(tables, "transplant") | _on(tables, "melphalan")
    return np.where(treated_there & (_who(tables).response < 2), until, np.nan)


def _mayo_median(tables: Tables, sign: str) -> float:
    at = getattr(_who(tables), sign)
    return float(np.median(at[at <= _mayo_until(tables)]))


@measured("followup-progressed")
def _progressed(tables: Tables) -> float:
    until = _mayo_until(tables)
    there = ~np.isnan(until)
    return _percent(_who(tables).progressed[there] <= until[there])


@measured("followup-time-to-progression")
def _time_to_progression(tables: Tables) -> float:
    return _mayo_median(tables, "progressed")


@measured("followup-relapse-vegf")
def _relapse_vegf(tables: Tables) -> float:
    return _mayo_median(tables, "rises")


@measured("followup-relapse-clinical")
def _relapse_clinical(tables: Tables) -> float:
    return _mayo_median(tables, "clinical")


@measured("followup-relapse-imaging")
def _relapse_imaging(tables: Tables) -> float:
    return _mayo_median(tables, "imaging")


@measured("followup-relapse-haematological")
def _relapse_haematological(tables: Tables) -> float:
    return _mayo_median(tables, "haematological")


@measured("followup-relapse-order")
def _relapse_order(tables: Tables) -> float:
    signs = ("rises", "clinical", "imaging", "haematological")
    medians = [_mayo_median(tables, sign) for sign in signs]
    return float(sum(b > a for a, b in zip(medians, medians[1:], strict=False)))
