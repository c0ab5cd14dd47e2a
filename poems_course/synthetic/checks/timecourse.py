"""Checks of the follow-up: VEGF, M-protein and nerves under therapy."""

from __future__ import annotations

import numpy as np

from poems_course.synthetic import followup
from poems_course.synthetic.checks.draw import LAST, drawn, on, percent, responses, values
from poems_course.synthetic.checks.tables import Tables
from poems_course.synthetic.checks.targets import measured
from poems_course.synthetic.draws import Array, stream


@measured("followup-serum-before")
def _serum_before(tables: Tables) -> float:
    return float(np.median(values(tables, "vegf")[~drawn(tables).plasma, 0]))


@measured("followup-plasma-before")
def _plasma_before(tables: Tables) -> float:
    return float(np.median(values(tables, "vegf")[drawn(tables).plasma, 0]))


@measured("followup-plasma-after")
def _plasma_after(tables: Tables) -> float:
    which = drawn(tables).plasma & on(tables, "transplant")
    return float(np.median(values(tables, "vegf")[which, LAST]))


@measured("followup-response-transplant")
def _complete_transplant(tables: Tables) -> float:
    return percent(responses(tables)[on(tables, "transplant")] == 0)


@measured("followup-response-melphalan")
def _complete_melphalan(tables: Tables) -> float:
    return percent(responses(tables)[on(tables, "melphalan")] == 0)


@measured("followup-response-lenalidomide")
def _complete_lenalidomide(tables: Tables) -> float:
    return percent(responses(tables)[on(tables, "lenalidomide")] == 0)


def _fall_24_weeks(tables: Tables, therapy: str) -> Array:
    """Between months 5 and 6, where week 24 lies, in percent of the first value."""
    vegf = values(tables, "vegf")[on(tables, therapy)]
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
    return percent(responses(tables)[on(tables, "lenalidomide")] < 2)


@measured("followup-normal-thalidomide")
def _normal_thalidomide(tables: Tables) -> float:
    vegf = values(tables, "vegf")[:, 12] < drawn(tables).vegf_limit
    return percent(vegf[on(tables, "thalidomide")])


@measured("followup-fell-thalidomide")
def _fell(tables: Tables) -> float:
    vegf = values(tables, "vegf")[on(tables, "thalidomide")]
    return percent(vegf[:, 12] < vegf[:, 0])


@measured("followup-blood-melphalan")
def _blood_melphalan(tables: Tables) -> float:
    return percent(values(tables, "m")[on(tables, "melphalan"), 12] == 0)


@measured("followup-blood-transplant")
def _blood_transplant(tables: Tables) -> float:
    return percent(values(tables, "m")[on(tables, "transplant"), 12] == 0)


@measured("followup-normal-lenalidomide")
def _normal_lenalidomide(tables: Tables) -> float:
    normal = values(tables, "vegf")[:, 12] < drawn(tables).vegf_limit
    return percent(normal[on(tables, "lenalidomide")])


@measured("followup-chiba-before")
def _chiba_before(tables: Tables) -> float:
    before = values(tables, "vegf")[~drawn(tables).plasma, 0]
    rng = stream(tables.seed, "followup", "chiba")
    return percent(np.median(rng.choice(before, (4_000, 12)), axis=1) < 2835)


def _steady(tables: Tables) -> Array:
    """Responders in whom no sign of relapse comes in 24 months."""
    steady: Array = (responses(tables) < 2) & (drawn(tables).progressed > 24)
    return steady


@measured("followup-plateau")
def _plateau(tables: Tables) -> float:
    months = np.arange(25, dtype=np.float64)[None, :]
    course = followup.vegf_course(drawn(tables).some(_steady(tables)), months)
    return percent(course[:, 6] <= 1.1 * course.min(axis=1))


@measured("followup-plateau-median")
def _plateau_median(tables: Tables) -> float:
    who, steady = drawn(tables), _steady(tables)
    serum = np.median(values(tables, "vegf")[steady & ~who.plasma], axis=0)
    return float(serum[6] / serum[:25].min())


def _halved_at(curve: Array) -> float:
    """Month, between two samples, at which half of the first value is left."""
    low = int((curve <= curve[0] / 2).argmax())
    above, below = curve[low - 1], curve[low]
    return float(low - 1 + (above - curve[0] / 2) / (above - below))


@measured("followup-lag")
def _lag(tables: Tables) -> float:
    who = drawn(tables)
    both = (responses(tables) < 2) & (who.blood < 2) & ~who.plasma
    months = np.linspace(0, 12, 121)[None, :]
    vegf, m = (
        np.median(course(who.some(both), months), axis=0)
        for course in (followup.vegf_course, followup.m_course)
    )
    return (_halved_at(m) - _halved_at(vegf)) / 10


@measured("followup-dissociation")
def _dissociation(tables: Tables) -> float:
    vegf, m = (values(tables, name)[on(tables, "transplant")] for name in ("vegf", "m"))
    return percent((vegf[:, 12] <= vegf[:, 0] / 2) & (m[:, 12] > 0.75 * m[:, 0]))


@measured("followup-nis-12")
def _nis_12(tables: Tables) -> float:
    return float(np.median(values(tables, "nis")[on(tables, "transplant"), 12]))


@measured("followup-nis-60")
def _nis_60(tables: Tables) -> float:
    return float(np.median(values(tables, "nis")[on(tables, "transplant"), 60]))


@measured("followup-onls-before")
def _onls_before(tables: Tables) -> float:
    return float(np.median(values(tables, "onls")[:, 0]))


@measured("followup-onls-after")
def _onls_after(tables: Tables) -> float:
    return float(np.median(values(tables, "onls")[:, 60]))


@measured("followup-onls-early")
def _onls_early(tables: Tables) -> float:
    onls = values(tables, "onls")[on(tables, "melphalan")]
    return percent(onls[:, 3] < onls[:, 0])
