"""The golden patients: invented forms, and the verdicts on them, worked out by hand."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from poems_course.clinic.patient import Patient, read_patient
from poems_course.content import read_entries

GOLDEN = Path(__file__).parent / "fixtures" / "patients"
INVENTED = Path(__file__).parents[1] / "data" / "patients"


@dataclasses.dataclass(frozen=True)
class Expected:
    """What each rule says of one golden patient; at_least is the ministry's."""

    id: str
    dispenzieri: str
    suichi_2019: str
    mayo_2003: str
    japan_ministry: str
    reason: str
    at_least: str = "none"


EXPECTED = read_entries(GOLDEN / "expected.toml", Expected)


def golden(name: str) -> Patient:
    return read_patient(GOLDEN / f"{name}.json")
