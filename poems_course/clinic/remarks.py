"""What a careful reader would add to a verdict: assumptions, contradictions, common traps."""

from __future__ import annotations

from collections.abc import Callable

from poems_course.clinic.findings import counted, listed
from poems_course.clinic.patient import Patient
from poems_course.clinic.reasons import number, words
from poems_course.clinic.rules import Rule

_COUNTS = {
    "thrombocytosis": "platelets_10e9_per_l",
    "polycythaemia": "haemoglobin_g_per_dl",
}


def remarks(patient: Patient, rule: Rule) -> tuple[str, ...]:
    """The remarks on *patient* that bear on a criterion of *rule*, each one sentence or two."""
    found: list[str] = []
    for criterion, makers in _MAKERS.items():
        if criterion in rule.criteria:
            found += [text for maker in makers if (text := maker(patient))]
    return tuple(found)


def _kappa(patient: Patient) -> str:
    if patient.light_chain != "kappa":
        return ""
    return (
        "The light chain is kappa. In POEMS syndrome it is almost always lambda: "
        "kappa does not exclude it, but asks for a second look at the diagnosis."
    )


def _m_protein(patient: Patient) -> str:
    if not patient.m_protein_g_per_l and patient.light_chain is None:
        return ""
    if patient.monoclonal_plasma_cells is True:
        return ""
    state = (
        "is not recorded" if patient.monoclonal_plasma_cells is None else "is recorded as absent"
    )
    return (
        "An M-protein or a light chain is recorded, but a monoclonal plasma cell disorder "
        f"{state}. The form asks for it separately, so the M-protein alone does not fill that "
        "criterion here."
    )


def _castleman_variant(patient: Patient) -> str:
    if not (patient.castleman is True and patient.monoclonal_plasma_cells is False):
        return ""
    return (
        "Castleman disease without a monoclonal plasma cell disorder: there is a Castleman variant "
        "of POEMS syndrome, which stands apart from these rules and is judged by itself."
    )


def _castleman_nodes(patient: Patient) -> str:
    if not (patient.castleman is True and patient.lymphadenopathy is None):
        return ""
    return (
        "Castleman disease does not fill lymphadenopathy by itself; "
        "enlarged nodes are not recorded."
    )


def _vegf_unit(patient: Patient) -> str:
    vegf = patient.vegf
    if vegf.unit is not None or (vegf.value is None and vegf.upper_limit is None):
        return ""
    return "The VEGF value has no unit; it was read as pg/mL."


def _vegf_matrix(patient: Patient) -> str:
    vegf = patient.vegf
    if vegf.value is None or vegf.matrix is not None or vegf.elevated is not None:
        return ""
    return (
        "Serum or plasma is not recorded. Serum values are several times higher, "
        "because platelets release VEGF as blood clots, so the value cannot be judged."
    )


def _vegf_word(patient: Patient) -> str:
    if patient.vegf.elevated is None or patient.vegf.value is None:
        return ""
    return "The laboratory's own word on VEGF was used; the value was not compared with any limit."


def _endocrine(patient: Patient) -> str:
    if not patient.endocrinopathies or listed(patient, "endocrinopathies"):
        return ""
    return (
        f"Endocrine: {words(patient.endocrinopathies)}. Diabetes and thyroid disease are common, "
        "so they do not fill the criterion by themselves, nor does gynaecomastia or an unnamed "
        "disorder. The gonadal, pituitary, adrenal and parathyroid axes are worth testing."
    )


def _skin(patient: Patient) -> str:
    if not patient.skin_changes or listed(patient, "skin_changes"):
        return ""
    return (
        f"Skin: {words(patient.skin_changes)}. This is not among the skin changes that count; "
        "look for pigmentation, hair growth, haemangiomas, acrocyanosis and white nails."
    )


def _contradiction(name: str) -> Callable[[Patient], str]:
    def remark(patient: Patient) -> str:
        recorded, count = getattr(patient, name), getattr(patient, _COUNTS[name])
        if recorded is None or count is None:
            return ""
        if counted(patient, name) in (None, recorded):
            return ""
        state = "present" if recorded else "absent"
        return f"The form records {name} as {state}, against its own count of {number(count)}."

    return remark


def _borrowed_limits(patient: Patient) -> str:
    judged = (
        getattr(patient, name) is None and getattr(patient, count) is not None
        for name, count in _COUNTS.items()
    )
    if not any(judged):
        return ""
    return (
        "Blood counts were judged by limits of the WHO classification of myeloproliferative "
        "neoplasms, because the rules themselves print none."
    )


_MAKERS: dict[str, tuple[Callable[[Patient], str], ...]] = {
    "monoclonal_plasma_cells": (_kappa, _m_protein),
    "castleman": (_castleman_variant,),
    "vegf": (_vegf_unit, _vegf_matrix, _vegf_word),
    "organomegaly": (_castleman_nodes,),
    "endocrinopathy": (_endocrine,),
    "skin_changes": (_skin,),
    "thrombocytosis_or_polycythaemia": (
        _contradiction("thrombocytosis"),
        _contradiction("polycythaemia"),
        _borrowed_limits,
    ),
}
