"""From what the form records to the criteria that the rules name.

Every criterion is True (present), False (absent) or None (unknown).
"""

from __future__ import annotations

from poems_course.clinic.patient import Patient
from poems_course.clinic.rules import Rule
from poems_course.clinic.words import word_list
from poems_course.evidence import fact

ORGANS = ("hepatomegaly", "splenomegaly", "lymphadenopathy")

_RECORDED = (
    "polyneuropathy",
    "monoclonal_plasma_cells",
    "castleman",
    "sclerotic_bone_lesions",
    "papilloedema",
)


def limit(fact_id: str, group: str = "") -> float:
    """The number in the fact *fact_id* (for *group*, where the fact has one for each)."""
    return fact(fact_id).quantity(group)


def any_of(*findings: bool | None) -> bool | None:
    """Present where one is present, absent only where all are absent, else unknown."""
    if any(finding is True for finding in findings):
        return True
    return None if any(finding is None for finding in findings) else False


def criteria_of(patient: Patient, rule: Rule) -> dict[str, bool | None]:
    """Each criterion of *rule*, in the rule's order, for *patient*."""
    found = {name: getattr(patient, name) for name in _RECORDED} | {
        "vegf": raised_vegf(patient, rule),
        "organomegaly": any_of(*(getattr(patient, organ) for organ in ORGANS)),
        "extravascular_overload": any_of(*(getattr(patient, name) for name in rule.overload)),
        "endocrinopathy": listed(patient, "endocrinopathies"),
        "skin_changes": listed(patient, "skin_changes"),
        "thrombocytosis_or_polycythaemia": any_of(*(blood(patient, name) for name in rule.blood)),
    }
    return {name: found[name] for name in rule.criteria}


def listed(patient: Patient, name: str) -> bool | None:
    """Whether the list *name* of the form fills its criterion.

    A word that counts fills it, an empty list rules it out, and any other word (diabetes,
    clubbing, unspecified) leaves it unknown, as a missing list does.
    """
    words = getattr(patient, name)
    if words is None:
        return None
    if not words:
        return False
    return True if set(words) & set(word_list(name).counts) else None


def raised_vegf(patient: Patient, rule: Rule) -> bool | None:
    """Whether VEGF is raised by *rule*. The laboratory's own word wins over any value.

    Plasma is judged by the rule's plasma limit alone. Serum is judged by the rule's serum limit
    or, where it has none, by the upper limit in the form. A value without its matrix says nothing,
    and so does a plasma value in a rule that names serum.
    """
    vegf, value = patient.vegf, patient.vegf.pg_per_ml
    if vegf.elevated is not None:
        return vegf.elevated
    if value is None:
        return None
    if vegf.matrix == "plasma" and rule.vegf.plasma_from:
        return value >= limit(rule.vegf.plasma_from)
    if vegf.matrix == "serum" and rule.vegf.serum_from:
        return value >= limit(rule.vegf.serum_from)
    if vegf.matrix == "serum" and vegf.upper_limit_pg_per_ml is not None:
        return value > vegf.upper_limit_pg_per_ml
    return None


def blood(patient: Patient, name: str) -> bool | None:
    """Thrombocytosis or polycythaemia: as recorded, else from the count."""
    recorded: bool | None = getattr(patient, name)
    return counted(patient, name) if recorded is None else recorded


def counted(patient: Patient, name: str) -> bool | None:
    """Thrombocytosis or polycythaemia from the count alone.

    None of the rules prints a limit. Those used are the WHO's of 2016 for the
    myeloproliferative neoplasms (facts limit-platelets and limit-haemoglobin).
    """
    return _many_platelets(patient) if name == "thrombocytosis" else _much_haemoglobin(patient)


def _many_platelets(patient: Patient) -> bool | None:
    count = patient.platelets_10e9_per_l
    return None if count is None else count >= limit("limit-platelets")


def _much_haemoglobin(patient: Patient) -> bool | None:
    value = patient.haemoglobin_g_per_dl
    if value is None:
        return None
    men, women = limit("limit-haemoglobin", "men"), limit("limit-haemoglobin", "women")
    if patient.sex is not None:
        return value > (men if patient.sex == "M" else women)
    if value > max(men, women):
        return True
    return False if value <= min(men, women) else None
