"""The cohort's rows as the forms that the criteria engine reads."""

from __future__ import annotations

from collections.abc import Iterator

from poems_course.clinic.patient import Patient, Vegf
from poems_course.clinic.words import word_list
from poems_course.synthetic.dataset import Dataset, Words
from poems_course.synthetic.parameters import constant

_SAME = (
    "polyneuropathy",
    "monoclonal_plasma_cells",
    "castleman",
    "sclerotic_bone_lesions",
    "hepatomegaly",
    "splenomegaly",
    "lymphadenopathy",
    "oedema",
    "pleural_effusion",
    "ascites",
    "pericardial_effusion",
    "papilloedema",
    "thrombocytosis",
    "polycythaemia",
)
_NUMBERS = ("m_protein_g_per_l", "platelets_10e9_per_l", "haemoglobin_g_per_dl")


def forms(cohort: Dataset) -> Iterator[Patient]:
    """Each row of the cohort as a form, unknown where a test was not done."""
    columns = {name: _listed(cohort, name) for name in cohort.columns if name != "patient"}
    for i in range(cohort.rows):
        yield _form({name: values[i] for name, values in columns.items()})


def _listed(cohort: Dataset, name: str) -> list[float | str | None]:
    column = cohort[name]
    if isinstance(column, Words):
        return [text or None for text in column.texts()]
    return [None if value != value else value for value in cohort.numbers(name).tolist()]


def _form(row: dict[str, float | str | None]) -> Patient:
    chain, sex = row["light_chain"], row["sex"]
    return Patient(
        age=_number(row["age_years"]),
        sex=str(sex),
        light_chain=str(chain) if chain in ("lambda", "kappa") else None,
        vegf=_vegf(row),
        endocrinopathies=_present(row, "endocrinopathies"),
        skin_changes=_present(row, "skin_changes"),
        synthetic=True,
        **{name: None if row[name] is None else bool(row[name]) for name in _SAME},  # type: ignore[arg-type]
        **{name: _number(row[name]) for name in _NUMBERS},  # type: ignore[arg-type]
    )


def _number(value: float | str | None) -> float | None:
    return float(value) if value is not None else None


def _present(row: dict[str, float | str | None], name: str) -> tuple[str, ...] | None:
    """The words of a list that the row has; None where none is present and one is unknown."""
    asked = [word for word in word_list(name).words if word in row]
    found = tuple(word for word in asked if row[word] == 1)
    return None if not found and any(row[word] is None for word in asked) else found


def _vegf(row: dict[str, float | str | None]) -> Vegf:
    """Plasma where it was measured, else serum with the classroom's limit."""
    plasma, serum = _number(row["vegf_plasma_pg_ml"]), _number(row["vegf_serum_pg_ml"])
    if plasma is not None:
        return Vegf(plasma, "pg/mL", "plasma")
    if serum is None:
        return Vegf()
    return Vegf(serum, "pg/mL", "serum", upper_limit=constant("vegf_serum_limit"))
