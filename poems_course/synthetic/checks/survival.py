"""Checks of survival: Kaplan-Meier against published series, and the four factors."""

from __future__ import annotations

from functools import cache

import numpy as np

from poems_course.evidence import fact
from poems_course.synthetic import survival
from poems_course.synthetic.checks.registry import Outcome, check
from poems_course.synthetic.checks.tables import Tables
from poems_course.synthetic.checks.targets import measured
from poems_course.synthetic.dataset import Dataset
from poems_course.synthetic.draws import Array

_PATIENTS = 40_000
_NEWTON = 8  # steps; the likelihood of a Cox model is well behaved


def kaplan_meier(months: Array, died: Array, at: float) -> float:
    """Share alive *at* a month, by the product-limit estimate. Ties: deaths before censoring."""
    order = np.lexsort((1 - died, months))
    months, died = months[order], died[order]
    at_risk = np.arange(len(months), 0, -1)
    steps = np.where((died == 1) & (months <= at), 1 - 1 / at_risk, 1.0)
    return float(np.prod(steps))


def cox(months: Array, died: Array, factors: Array) -> Array:
    """Log hazard ratios of *factors* (n, k) by Cox regression, Breslow's ties."""
    order = np.argsort(-months, kind="stable")
    x, event = factors[order].astype(float), died[order] == 1
    beta = np.zeros(x.shape[1])
    for _ in range(_NEWTON):
        weight = np.exp(x @ beta)
        total = np.cumsum(weight)[event]
        mean = np.cumsum(weight[:, None] * x, axis=0)[event] / total[:, None]
        pairs = np.cumsum(weight[:, None, None] * (x[:, :, None] * x[:, None, :]), axis=0)[event]
        spread = pairs / total[:, None, None] - mean[:, :, None] * mean[:, None, :]
        beta += np.linalg.solve(spread.sum(axis=0), (x[event] - mean).sum(axis=0))
    return beta


def concordance(months: Array, died: Array, score: Array) -> float:
    """Share of usable pairs in which the higher *score* dies first (Harrell); ties count half."""
    first = (died[:, None] == 1) & (months[:, None] < months[None, :])
    higher = np.sign(score[:, None] - score[None, :])
    return float(((higher[first] + 1) / 2).mean())


def _large(tables: Tables) -> Dataset:
    return tables.large("survival", _PATIENTS)


def _alive(tables: Tables, era: str, months: float) -> float:
    return _alive_where(tables, _large(tables).text("era") == era, months)


def _alive_where(tables: Tables, which: Array, months: float) -> float:
    table = _large(tables)
    seen = table.numbers("months")[which]
    return 100 * kaplan_meier(seen, table.numbers("died")[which], months)


@measured("survival-mayo-5y")
def _mayo_5(tables: Tables) -> float:
    return _alive(tables, "1974-1999", 60)


@measured("survival-mayo-10y")
def _mayo_10(tables: Tables) -> float:
    return _alive(tables, "1974-1999", 120)


@measured("survival-mayo-165-months")
def _mayo_165(tables: Tables) -> float:
    return _alive(tables, "1974-1999", 165)


@measured("survival-peking-3y")
def _peking_3(tables: Tables) -> float:
    return _alive(tables, "2000-2009", 36)


@measured("survival-peking-5y")
def _peking_5(tables: Tables) -> float:
    return _alive(tables, "2000-2009", 60)


@measured("survival-peking-10y")
def _peking_10(tables: Tables) -> float:
    return _alive(tables, "2000-2009", 120)


@measured("survival-london-5y")
def _london_5(tables: Tables) -> float:
    return _alive(tables, "2010-2019", 60)


@measured("survival-london-10y")
def _london_10(tables: Tables) -> float:
    return _alive(tables, "2010-2019", 120)


@measured("survival-peking-treated-3y")
def _treated_3(tables: Tables) -> float:
    return _alive_where(tables, _large(tables).numbers("year") >= 2000, 36)


@cache
def _ratios(seed: int) -> Array:
    table = survival.build(seed, _PATIENTS)
    factors = np.column_stack([table.numbers(name) for name in survival.FACTORS])
    eras = table.text("era").codes
    known = ~np.isnan(factors).any(axis=1)
    x = np.column_stack([factors, eras == 1, eras == 2])[known]
    found = cox(table.numbers("months")[known], table.numbers("died")[known], x)
    return np.exp(found[:4])


@measured("survival-hazard-age")
def _age(tables: Tables) -> float:
    return float(_ratios(tables.seed + 1)[0])


@measured("survival-hazard-hypertension")
def _hypertension(tables: Tables) -> float:
    return float(_ratios(tables.seed + 1)[1])


@measured("survival-hazard-effusion")
def _effusion(tables: Tables) -> float:
    return float(_ratios(tables.seed + 1)[2])


@measured("survival-hazard-kidney")
def _kidney(tables: Tables) -> float:
    return float(_ratios(tables.seed + 1)[3])


@measured("survival-concordance")
def _concordance(tables: Tables) -> float:
    """Of the published ratios, among 2000 patients of the years of that series."""
    table = _large(tables)
    which = np.flatnonzero(table.text("era") == "2000-2009")[:2000]
    found = {name: table.numbers(name)[which] for name in survival.FACTORS}
    months, died = (table.numbers(name)[which] for name in ("months", "died"))
    return concordance(months, died, survival.risk(found))


@measured("survival-hypertension")
def _share_hypertension(tables: Tables) -> float:
    return 100 * float(np.nanmean(_large(tables).numbers("pulmonary_hypertension")))


@measured("survival-hypertension-effusion")
def _fluid(tables: Tables) -> float:
    pressure, effusion = (
        _large(tables).numbers(name) for name in ("pulmonary_hypertension", "pleural_effusion")
    )
    return 100 * float(effusion[pressure == 1].mean() - effusion[pressure == 0].mean())


@check(
    "survival-computed",
    "identity",
    "survival",
    "age above 50 and eGFR below 30 follow from age and eGFR",
    "no exception",
)
def _computed(tables: Tables) -> Outcome:
    table = tables.shipped("survival")
    wrong = int(((table.numbers("age") > 50) != (table.numbers("age_above_50") == 1)).sum())
    wrong += int(((table.numbers("egfr") < 30) != (table.numbers("egfr_below_30") == 1)).sum())
    return Outcome(f"{wrong} exceptions", wrong == 0)


@check(
    "survival-time",
    "identity",
    "survival",
    "nobody is observed beyond the end of the study, and both outcomes occur in each era",
    "no exception",
)
def _time(tables: Tables) -> Outcome:
    table = tables.shipped("survival")
    last = np.array([2015, 2017, 2025])[table.text("era").codes]
    wrong = int((table.numbers("year") + table.numbers("months") / 12 > last + 0.01).sum())
    for era in table.text("era").labels:
        wrong += int(len(set(table.numbers("died")[table.text("era") == era])) != 2)
    return Outcome(f"{wrong} exceptions", wrong == 0)


@check(
    "survival-shipped-london",
    "calibration",
    "survival",
    "alive at 5 years, from 2010, table that ships",
    "82.6 to 94.5 % (90 % of 100)",
    "surv-uclh",
)
def _shipped(tables: Tables) -> Outcome:
    table = tables.shipped("survival")
    which = table.text("era") == "2010-2019"
    got = 100 * kaplan_meier(table.numbers("months")[which], table.numbers("died")[which], 60)
    published = fact("surv-uclh").n or 0
    return Outcome(f"{got:.1f} %", 82.6 <= got <= 94.5 and published == 100)
