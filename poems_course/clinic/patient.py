"""One patient as the course's form describes them: what was found, and what is not known.

None means unknown, never absent. The form itself judges nothing; findings.py does.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from poems_course.clinic.form_file import FormError, read_object
from poems_course.clinic.words import word_list

PG_PER_ML = {"pg/mL": 1.0, "ng/L": 1.0, "ng/mL": 1000.0, "ug/L": 1000.0}
"""The VEGF units that the form accepts, and how many pg/mL one of each is."""


@dataclass(frozen=True)
class Vegf:
    """A VEGF measurement; ``value`` and ``upper_limit`` are in ``unit`` (pg/mL where None)."""

    value: float | None = None
    unit: str | None = None
    matrix: str | None = None
    elevated: bool | None = None
    upper_limit: float | None = None

    @property
    def pg_per_ml(self) -> float | None:
        """The measured value in pg/mL, or None."""
        return None if self.value is None else self.value * self._factor

    @property
    def upper_limit_pg_per_ml(self) -> float | None:
        """The laboratory's upper limit in pg/mL, or None."""
        return None if self.upper_limit is None else self.upper_limit * self._factor

    @property
    def _factor(self) -> float:
        return PG_PER_ML[self.unit or "pg/mL"]


@dataclass(frozen=True)
class Patient:
    """The form. Age in years, M-protein in g/L, platelets in 10^9/L, haemoglobin in g/dL."""

    age: float | None = None
    sex: str | None = None
    polyneuropathy: bool | None = None
    monoclonal_plasma_cells: bool | None = None
    light_chain: str | None = None
    m_protein_g_per_l: float | None = None
    castleman: bool | None = None
    sclerotic_bone_lesions: bool | None = None
    vegf: Vegf = field(default_factory=Vegf)
    hepatomegaly: bool | None = None
    splenomegaly: bool | None = None
    lymphadenopathy: bool | None = None
    oedema: bool | None = None
    pleural_effusion: bool | None = None
    ascites: bool | None = None
    pericardial_effusion: bool | None = None
    endocrinopathies: tuple[str, ...] | None = None
    skin_changes: tuple[str, ...] | None = None
    papilloedema: bool | None = None
    platelets_10e9_per_l: float | None = None
    thrombocytosis: bool | None = None
    haemoglobin_g_per_dl: float | None = None
    polycythaemia: bool | None = None
    id: str | None = None
    story: str | None = None
    synthetic: bool | None = None
    numbers: tuple[float, ...] | None = None


def read_patient(path: str | Path) -> Patient:
    """The patient in the JSON form at *path*. Raises FormError, always one line."""
    path = Path(path)
    return patient_from(read_object(path), path.name)


def patient_from(form: dict[str, Any], file: str = "") -> Patient:
    """The patient that the object *form* describes; *file* only names it in an error.

    Raises FormError where a field, a word, a type or a number is not one of the form.
    """
    try:
        return Patient(**_checked(form, _FORM))
    except _Unfit as unfit:
        raise FormError(file, unfit.field, unfit.problem) from None


class _Unfit(Exception):
    def __init__(self, problem: str, field: str = "") -> None:
        self.problem, self.field = problem, field


Check = Callable[[Any], Any]


def _checked(form: dict[str, Any], checks: dict[str, Check], within: str = "") -> dict[str, Any]:
    values = {}
    for name, value in form.items():
        if name not in checks:
            raise _Unfit(f"is not a field of the form{_near(name, checks)}", within + str(name))
        if value is None:
            continue
        try:
            values[name] = checks[name](value)
        except _Unfit as unfit:
            raise _Unfit(unfit.problem, within + name + unfit.field) from None
    return values


def _near(word: object, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(str(word)[:80].lower(), list(known), n=1)
    return f"; did you mean {near[0]}?" if near else ""


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    try:
        text = ascii(value)
    except ValueError:  # an integer of thousands of digits
        text = "a number of thousands of digits"
    return text if len(text) <= 60 else text[:57] + "..."


def _yes_or_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise _Unfit(f"must be true, false or null, not {_shown(value)}")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise _Unfit(f"must be text, not {_shown(value)}")
    return value


def _between(low: float, high: float, unit: str) -> Check:
    def check(value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise _Unfit(f"must be a number or null, not {_shown(value)}")
        if not low <= value <= high:  # NaN fails this too
            span = f"between {low:,.0f} and {high:,.0f} {unit}".rstrip()
            raise _Unfit(f"must be a number {span}, not {_shown(value)}")
        return float(value)

    return check


def _one_of(words: Iterable[str], spellings: dict[str, str] | None = None) -> Check:
    allowed = tuple(words)

    def check(value: Any) -> str:
        word = (spellings or {}).get(value, value) if isinstance(value, str) else value
        if not isinstance(word, str) or word not in allowed:
            near = _near(word, allowed) if isinstance(word, str) else ""
            known = ", ".join(allowed)
            raise _Unfit(f"must be one of {known} or null, not {_shown(value)}{near}")
        return word

    return check


def _list_of(check: Check) -> Check:
    def check_all(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list | tuple):
            raise _Unfit(f"must be a list or null, not {_shown(value)}")
        found = []
        for place, item in enumerate(value):
            try:
                found.append(check(item))
            except _Unfit as unfit:
                problem = unfit.problem.replace(" or null, not ", ", not ", 1)  # a field only
                raise _Unfit(problem, f"[{place}]") from None
        return tuple(dict.fromkeys(found))

    return check_all


def _words(name: str) -> Check:
    def check(value: Any) -> tuple[str, ...]:
        found: tuple[str, ...] = _list_of(_one_of(word_list(name).words))(value)
        return found

    return check


_UNIT_SPELLINGS = {"pg/ml": "pg/mL", "ng/ml": "ng/mL", "ng/l": "ng/L", "ug/l": "ug/L"} | {
    f"{micro}g/{litre}": "ug/L" for micro in "\u00b5\u03bc" for litre in "lL"
}

_VEGF: dict[str, Check] = {
    "value": _between(0, 1e9, ""),
    "unit": _one_of(PG_PER_ML, _UNIT_SPELLINGS),
    "matrix": _one_of(("plasma", "serum")),
    "elevated": _yes_or_no,
    "upper_limit": _between(0, 1e9, ""),
}


def _vegf(value: Any) -> Vegf:
    if not isinstance(value, dict):
        raise _Unfit(f'must be an object such as {{"value": 900}}, not {_shown(value)}')
    return Vegf(**_checked(value, _VEGF, "."))


_FORM: dict[str, Check] = dict.fromkeys(Patient.__dataclass_fields__, _yes_or_no) | {
    "age": _between(0, 120, "years"),
    "sex": _one_of(("F", "M"), {"f": "F", "m": "M"}),
    "light_chain": _one_of(("lambda", "kappa")),
    "m_protein_g_per_l": _between(0, 200, "g/L"),
    "vegf": _vegf,
    "endocrinopathies": _words("endocrinopathies"),
    "skin_changes": _words("skin_changes"),
    "platelets_10e9_per_l": _between(0, 5000, "x 10^9/L"),
    "haemoglobin_g_per_dl": _between(1, 30, "g/dL"),
    "id": _text,
    "story": _text,
    "numbers": _list_of(_between(-1e9, 1e9, "")),
}
