"""Building the datasets of the course: what ``poems data build`` does."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from poems_course.content import PoemsError
from poems_course.synthetic import BUILDERS, SEED, cohort, endocrine
from poems_course.synthetic.dataset import Dataset
from poems_course.synthetic.write import write

MOST_PATIENTS = 5_000_000
_LARGEST_SEED = 2**63 - 1


def build(
    folder: Path,
    seed: int = SEED,
    patients: int | None = None,
    columns: Sequence[str] | None = None,
) -> list[Path]:
    """Writes every dataset into *folder*; with *patients* a cohort of that size, alone.

    Raises PoemsError, with the folder as it was, where that cannot be done.
    """
    if patients is None:
        return write(folder, tables(seed), seed)
    return write(folder, [large_cohort(seed, patients, columns)], seed)


def tables(seed: int = SEED) -> list[Dataset]:
    """The datasets that ship, in memory. Raises PoemsError where the seed cannot be used."""
    _checked(seed)
    people = cohort.build(seed)  # once, for both tables that hold its values
    made = {"cohort": people, "endocrine_panel": endocrine.panel_of(people)}
    for name, module in BUILDERS.items():
        if name not in made:
            made[name] = importlib.import_module(module).build(seed)
    return [made[name] for name in BUILDERS]


def large_cohort(seed: int, patients: int, columns: Sequence[str] | None = None) -> Dataset:
    """A cohort of *patients*, whole or of *columns*. Raises PoemsError where it cannot be made."""
    _checked(seed)
    if not 10 <= patients <= MOST_PATIENTS:
        raise PoemsError(f"--patients must lie between 10 and {MOST_PATIENTS}, not {patients}")
    return cohort.build(seed, patients, columns)


def _checked(seed: int) -> None:
    if not 0 <= seed <= _LARGEST_SEED:
        raise PoemsError(f"the seed must lie between 0 and {_LARGEST_SEED}, not {seed}")


def as_data(paths: list[Path], seed: int) -> dict[str, Any]:
    """What was written, for --json: files with their size and checksum."""
    files = [
        {
            "file": path.name,
            "bytes": path.stat().st_size,
            "sha256": sha256(path.read_bytes()).hexdigest(),
        }
        for path in paths
    ]
    return {"seed": seed, "synthetic": True, "files": files}
