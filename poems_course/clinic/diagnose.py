"""One patient's form under the four rules: what the verb ``diagnose`` prints."""

from __future__ import annotations

import json
from pathlib import Path

from poems_course.clinic.criteria import evaluate
from poems_course.clinic.explain import as_data, explain
from poems_course.clinic.patient import read_patient


def run(path: str | Path, as_json: bool = False) -> str:
    """The report on the patient in the form at *path*, or the same as JSON text.

    Raises PoemsError, always one line, where the form cannot be used.
    """
    patient = read_patient(path)
    verdicts = evaluate(patient)
    if as_json:
        return json.dumps(as_data(verdicts), indent=2) + "\n"
    return explain(patient, verdicts)
