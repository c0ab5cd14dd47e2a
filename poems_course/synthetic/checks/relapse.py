"""Checks of the follow-up: relapse, and what VEGF tells of it."""

from __future__ import annotations

import numpy as np

from poems_course.synthetic import followup
from poems_course.synthetic.checks.draw import LAST, PATIENTS, drawn, on, percent, responses, values
from poems_course.synthetic.checks.tables import Tables
from poems_course.synthetic.checks.targets import measured
from poems_course.synthetic.draws import Array, stream
from poems_course.synthetic.quantities import number

_PEKING = {"transplant": 165, "melphalan": 79, "lenalidomide": 103}  # patients of T023
_MAYO_LONG_AGO = 99 / 262  # of the Mayo patients, those of the series published in 2003
_MAYO_MONTHS = (168.0, 480.0)  # from 2000, and from 1974, to 2014
_MAYO_DEATHS = 0.0497 / 12  # a month: 78 % alive at 5 years


def _in_remission(tables: Tables) -> tuple[Array, Array, Array]:
    """Patients in remission at 6 months: month of clinical relapse, alarms, what stood at it."""
    who, vegf = drawn(tables), values(tables, "vegf")
    which = (responses(tables) < 2) & (who.clinical > 12)
    rang = followup.alarms(vegf, who.vegf_limit)[which]
    return who.clinical[which], rang, vegf[which]


@measured("followup-sensitivity")
def _sensitivity(tables: Tables) -> float:
    clinical, rang, _ = _in_remission(tables)
    relapsed = clinical <= LAST
    before = np.arange(LAST + 1)[None, :] < clinical[relapsed, None]
    return percent((rang[relapsed] & before).any(axis=1))


@measured("followup-only-at-relapse")
def _only_at_relapse(tables: Tables) -> float:
    clinical, rang, vegf = _in_remission(tables)
    relapsed = clinical <= LAST
    rang, vegf, at = rang[relapsed], vegf[relapsed], np.ceil(clinical[relapsed]).astype(int)
    limit = drawn(tables).vegf_limit
    which = (responses(tables) < 2) & (drawn(tables).clinical > 12)
    limit = limit[which][relapsed]
    month = np.arange(LAST + 1)[None, :]
    told = (rang & (month < clinical[relapsed, None])).any(axis=1)
    checked = np.where((month >= 6) & (month < at[:, None]) & (month % 6 == 0), vegf, np.inf)
    now = vegf[np.arange(len(at)), at]
    alarm = number("followup", "alarm") * checked.min(axis=1)
    return percent(~told & (now >= limit) & (now >= alarm))


@measured("followup-specificity")
def _specificity(tables: Tables) -> float:
    who = drawn(tables)
    well = (responses(tables) < 2) & (who.progressed > LAST + 12)
    rang = followup.alarms(values(tables, "vegf"), who.vegf_limit)
    return 100 - percent(rang[well].any(axis=1))


def _free(tables: Tables, which: Array, months: float) -> float:
    return percent(drawn(tables).progressed[which] > months)


@measured("followup-relapse-complete")
def _free_complete(tables: Tables) -> float:
    return _free(tables, responses(tables) == 0, 36)


@measured("followup-relapse-partial")
def _free_partial(tables: Tables) -> float:
    return _free(tables, responses(tables) == 1, 36)


@measured("followup-relapse-none")
def _free_none(tables: Tables) -> float:
    return _free(tables, responses(tables) == 2, 36)


@measured("followup-free-transplant-3y")
def _free_transplant(tables: Tables) -> float:
    return _free(tables, on(tables, "transplant"), 36)


@measured("followup-free-transplant-1y")
def _free_transplant_1(tables: Tables) -> float:
    return _free(tables, on(tables, "transplant"), 12)


@measured("followup-free-transplant-5y")
def _free_transplant_5(tables: Tables) -> float:
    return _free(tables, on(tables, "transplant"), 60)


@measured("followup-free-registry-3y")
def _free_registry(tables: Tables) -> float:
    return _free(tables, on(tables, "transplant"), 36)


def _treated(tables: Tables) -> Array:
    return np.asarray(~on(tables, "thalidomide"))


@measured("followup-free-london-5y")
def _free_london_5(tables: Tables) -> float:
    return _free(tables, _treated(tables), 60)


@measured("followup-free-london-10y")
def _free_london_10(tables: Tables) -> float:
    return _free(tables, _treated(tables), 120)


@measured("followup-free-peking-3y")
def _free_peking(tables: Tables) -> float:
    each = [_free(tables, on(tables, therapy), 36) for therapy in _PEKING]
    return float(np.average(each, weights=list(_PEKING.values())))


@measured("followup-free-lenalidomide-3y")
def _free_lenalidomide(tables: Tables) -> float:
    return _free(tables, on(tables, "lenalidomide"), 36)


@measured("followup-hazard-chiba")
def _hazard_chiba(tables: Tables) -> float:
    """Events by months at risk until 60, in serum, transplant or thalidomide as in Chiba."""
    who = drawn(tables)
    which = ~who.plasma & (on(tables, "transplant") | on(tables, "thalidomide"))
    high = values(tables, "vegf")[:, 6] >= 1040
    rates = []
    for group in (which & high, which & ~high):
        time = np.minimum(who.progressed[group], LAST)
        rates.append((who.progressed[group] <= LAST).sum() / time.sum())
    return float(rates[0] / rates[1])


@measured("followup-both-remissions")
def _both_remissions(tables: Tables) -> float:
    both = (responses(tables) == 0) & (drawn(tables).blood == 0)
    return _free(tables, both & on(tables, "transplant"), 60)


def _mayo_until(tables: Tables) -> Array:
    """Months under observation: entry as in the Mayo series, ended by death or by 2014.

    Only who was treated there as in those years and responded: a relapse needs a remission.
    """
    rng = stream(tables.seed + 1, "followup", "mayo")
    recent, old = _MAYO_MONTHS
    long_ago = rng.random(PATIENTS) < _MAYO_LONG_AGO
    entry = np.where(long_ago, rng.uniform(recent, old, PATIENTS), rng.uniform(0, recent, PATIENTS))
    until = np.minimum(entry, rng.exponential(1 / _MAYO_DEATHS, PATIENTS))
    treated_there = on(tables, "transplant") | on(tables, "melphalan")
    return np.where(treated_there & (drawn(tables).response < 2), until, np.nan)


def _mayo_median(tables: Tables, sign: str) -> float:
    at = getattr(drawn(tables), sign)
    return float(np.median(at[at <= _mayo_until(tables)]))


@measured("followup-progressed")
def _progressed(tables: Tables) -> float:
    until = _mayo_until(tables)
    there = ~np.isnan(until)
    return percent(drawn(tables).progressed[there] <= until[there])


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
