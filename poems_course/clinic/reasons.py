"""Why a criterion is present, absent or unknown: one short phrase for each."""

from __future__ import annotations

from poems_course.clinic.findings import ORGANS, any_of, blood, limit, listed
from poems_course.clinic.patient import Patient
from poems_course.clinic.rules import Rule


def words(names: tuple[str, ...] | list[str]) -> str:
    """Names of the form as words in a sentence: "pleural effusion, ascites"."""
    return ", ".join(name.replace("_", " ") for name in names)


def number(value: float) -> str:
    """A number as it was written, without a needless decimal point."""
    return f"{value:.10g}"


def reason(criterion: str, patient: Patient, rule: Rule) -> str:
    """Why *criterion* of *rule* is present, absent or unknown in *patient*."""
    if criterion == "vegf":
        return vegf_reason(patient, rule)
    if criterion == "organomegaly":
        return _any_reason(patient, ORGANS)
    if criterion == "extravascular_overload":
        return _any_reason(patient, rule.overload)
    if criterion == "endocrinopathy":
        return _list_reason(patient, "endocrinopathies")
    if criterion == "skin_changes":
        return _list_reason(patient, "skin_changes")
    if criterion == "thrombocytosis_or_polycythaemia":
        return _blood_reason(patient, rule)
    return _recorded(getattr(patient, criterion))


def _recorded(value: bool | None) -> str:
    return {True: "recorded as present", False: "recorded as absent", None: "not recorded"}[value]


def _any_reason(patient: Patient, names: tuple[str, ...]) -> str:
    found = {name: getattr(patient, name) for name in names}
    if any_of(*found.values()) is False:
        return f"none of {words(names)}"
    wanted = True if any_of(*found.values()) else None
    which = words([name for name in names if found[name] is wanted])
    return which if wanted else f"not recorded: {which}"


def _list_reason(patient: Patient, name: str) -> str:
    recorded: tuple[str, ...] | None = getattr(patient, name)
    if recorded is None:
        return "not recorded"
    if not recorded:
        return "looked for, none found"
    if listed(patient, name) is None:
        return f"{words(recorded)}: not enough by itself"
    return words(recorded)


def vegf_reason(patient: Patient, rule: Rule) -> str:
    """Why VEGF counts as raised, not raised or unknown by *rule*: value, matrix and limit."""
    vegf = patient.vegf
    value = "" if vegf.pg_per_ml is None else f"VEGF {number(vegf.pg_per_ml)} pg/mL"
    shown = f"{value} in {vegf.matrix or 'a sample of unknown kind'}"
    if vegf.elevated is not None:
        word = "elevated" if vegf.elevated else "not elevated"
        return f"called {word} by the laboratory" + (f"; {shown}" if value else "")
    if not value:
        return "no VEGF value recorded"
    return f"{shown}, {_limit_shown(patient, rule)}"


def _limit_shown(patient: Patient, rule: Rule) -> str:
    vegf, own = patient.vegf, rule.vegf
    if vegf.matrix is None:
        return "which no limit fits"
    fact_id = own.plasma_from if vegf.matrix == "plasma" else own.serum_from
    if fact_id:
        return f"limit {number(limit(fact_id))}"
    if vegf.matrix == "serum" and vegf.upper_limit_pg_per_ml is not None:
        return f"laboratory's upper limit {number(vegf.upper_limit_pg_per_ml)}"
    if vegf.matrix == "serum":
        return "for which the rule names no limit and the form no upper limit"
    return "but the rule names serum"


def _blood_reason(patient: Patient, rule: Rule) -> str:
    phrases = {name: _one_blood_reason(patient, name) for name in rule.blood}
    found = {name: blood(patient, name) for name in rule.blood}
    wanted = any_of(*found.values())
    return "; ".join(phrases[name] for name in rule.blood if found[name] is wanted)


def _one_blood_reason(patient: Patient, name: str) -> str:
    recorded = getattr(patient, name)
    if recorded is not None:
        return f"{name} {_recorded(recorded)}"
    if name == "thrombocytosis":
        count, limits = patient.platelets_10e9_per_l, number(limit("limit-platelets"))
        return (
            "platelet count not recorded"
            if count is None
            else f"platelets {number(count)} x 10^9/L, limit {limits}"
        )
    value = patient.haemoglobin_g_per_dl
    if value is None:
        return "haemoglobin not recorded"
    return f"haemoglobin {number(value)} g/dL, limit {_haemoglobin_limit(patient)}"


def _haemoglobin_limit(patient: Patient) -> str:
    men, women = (number(limit("limit-haemoglobin", sex)) for sex in ("men", "women"))
    known = {"M": men, "F": women}
    return known.get(patient.sex or "", f"{women} (women) or {men} (men), sex unknown")
