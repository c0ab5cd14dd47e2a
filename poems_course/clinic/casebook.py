"""The six work-ups of the clinic: in which order a patient's form comes to light.

What is found stands in the patients' forms (data/patients/NAME.json); data/patients/workups.toml
says which move uncovers which fields. All of it is invented.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Literal

from poems_course.clinic.patient import Patient, read_patient
from poems_course.content import read_entries
from poems_course.folder import part

MOVES = {
    "bedside": "Ask again, look from scalp to socks",
    "count": "Blood count and ferritin",
    "nerves": "Conduction study",
    "fixation": "Immunofixation, free light chains",
    "vegf": "VEGF",
    "hormones": "Hormones",
    "discs": "Optic discs",
    "ct": "CT of trunk and skeleton",
    "tissue": "Tissue (marrow, node, skin)",
}
"""What can be done for every patient, by its name in the file."""

LETTER, AGAIN = "The letter", "Treat what else explains it, repeat"
STEPS = 6  # of every work-up, after the letter


@dataclass(frozen=True)
class Move:
    """One move and what it finds in one patient.

    *says* tells it in plain words; *reveals* are the fields of the form known from then on;
    *tests* are results with a published ratio, by the test's name, True where positive. *form*
    names another file where the patient has changed meanwhile.
    """

    move: str
    says: str
    reveals: tuple[str, ...] = ()
    tests: dict[str, bool] = field(default_factory=dict)
    form: str = ""

    def __post_init__(self) -> None:
        if self.move not in {*MOVES, "letter", "again"}:
            raise ValueError(f"there is no move '{self.move}'")
        if unknown := {*self.reveals} - {*Patient.__dataclass_fields__}:
            raise ValueError(f"'{min(unknown)}' is not a field of the form")
        if self.says[-1:] in ".?!" or ". " in self.says:
            raise ValueError("'says' is one sentence without its full stop")

    @property
    def label(self) -> str:
        return {"letter": LETTER, "again": AGAIN}.get(self.move) or MOVES[self.move]


@dataclass(frozen=True)
class Case:
    """One patient of the clinic: the first *label*, its *letter*, the steps, and how it ends.

    *rival* is the disease that POEMS syndrome is held against when a ratio is looked for;
    *extras* are the moves that this work-up did without.
    """

    id: str
    name: str
    label: str
    rival: str
    outcome: Literal["POEMS", "not POEMS", "open"]
    conclusion: str
    letter: Move
    steps: tuple[Move, ...]
    extras: tuple[Move, ...]

    def __post_init__(self) -> None:
        if len(self.steps) != STEPS:
            raise ValueError(f"steps: {STEPS} are meant, not {len(self.steps)}")
        made = [each.move for each in (*self.steps, *self.extras) if each.move != "again"]
        if sorted(made) != sorted(MOVES):
            raise ValueError("steps and extras together hold each move once")

    def find(self, move: str) -> Move:
        """What a move finds in this patient, by its name in the file."""
        moves = (self.letter, *self.steps, *self.extras)
        return next(each for each in moves if each.move == move)

    def done(self, step: int) -> tuple[Move, ...]:
        """The letter and the first *step* steps of the work-up."""
        return self.letter, *self.steps[:step]


@cache
def cases() -> dict[str, Case]:
    """The six patients by id, in the order of the file. Raises PoemsError where it is faulty."""
    return read_entries(part("data") / "patients" / "workups.toml", Case)


def form_of(case: Case, moves: Iterable[Move]) -> Patient:
    """The patient's form as far as *moves* have uncovered it; everything else is unknown."""
    known: dict[str, object] = {}
    for move in moves:
        whole = _whole(move.form or case.id)
        known |= {name: getattr(whole, name) for name in move.reveals}
    return replace(Patient(synthetic=True), **known)  # type: ignore[arg-type]


@cache
def _whole(name: str) -> Patient:
    return read_patient(part("data") / "patients" / f"{name}.json")
