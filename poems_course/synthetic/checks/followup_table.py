"""Checks of the follow-up as it ships."""

from __future__ import annotations

import numpy as np

from poems_course.synthetic import followup, treated
from poems_course.synthetic.checks.registry import Outcome, check
from poems_course.synthetic.checks.tables import Tables
from poems_course.synthetic.dataset import Dataset
from poems_course.synthetic.draws import Array


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
    is_plasma = np.asarray(~np.isnan(plasma).all(axis=1))
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
