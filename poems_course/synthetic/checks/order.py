"""The order of the patients tells nothing, in the tables of the course, gels and nerves."""

from __future__ import annotations

import numpy as np

from poems_course.synthetic.checks.registry import Check, Outcome, register
from poems_course.synthetic.checks.tables import Tables

_ROOM = 0.12  # three standard errors among the fewest patients
_COLUMNS = {
    "followup": "therapy",
    "survival": "era",
    "electrophoresis": "diagnosis",
    "nerve_conduction": "diagnosis",
}


def _neighbours(tables: Tables, name: str, column: str) -> Outcome:
    """How often a patient and the next share what the column says, and how often by chance."""
    table = tables.shipped(name)
    patients, first = np.unique(table.numbers("patient"), return_index=True)
    codes = table.text(column).codes[first]
    same = float((codes[1:] == codes[:-1]).mean())
    chance = float(((np.bincount(codes) / len(patients)) ** 2).sum())
    return Outcome(f"{same:.2f}, by chance {chance:.2f}", abs(same - chance) < _ROOM)


def _register(name: str, column: str) -> None:
    register(
        Check(
            f"leak-{name}",
            "identity",
            name,
            f"neighbours in the file do not share a {column} more than by chance",
            f"within {_ROOM} of chance",
            lambda tables: _neighbours(tables, name, column),
        )
    )


for _name, _column in _COLUMNS.items():
    _register(_name, _column)
