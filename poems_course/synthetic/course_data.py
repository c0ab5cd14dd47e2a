"""Building the datasets of the course: what ``poems data build`` does."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

from poems_course.content import PoemsError
from poems_course.synthetic import BUILDERS, SEED
from poems_course.synthetic.dataset import Dataset
from poems_course.synthetic.write import write

MOST_PATIENTS = 5_000_000
_GROWS = ("cohort", "endocrine_panel")


def build(folder: Path, seed: int = SEED, patients: int | None = None) -> list[Path]:
    """Writes every dataset into *folder*; with *patients* the cohort of that size, alone.

    Raises PoemsError, with the folder as it was, where that cannot be done.
    """
    return write(folder, tables(seed, patients), seed)


def tables(seed: int = SEED, patients: int | None = None) -> list[Dataset]:
    """The datasets in memory. Raises PoemsError where seed or size cannot be used."""
    if not 0 <= seed < 2**63:
        raise PoemsError(f"the seed must lie between 0 and {2**63 - 1}, not {seed}")
    if patients is not None and not 10 <= patients <= MOST_PATIENTS:
        raise PoemsError(f"--patients must lie between 10 and {MOST_PATIENTS}, not {patients}")
    names = BUILDERS if patients is None else _GROWS[:1]
    built = [importlib.import_module(BUILDERS[name]).build(seed, patients) for name in names]
    return built


def as_data(paths: list[Path], seed: int) -> dict[str, Any]:
    """What was written, for --json: files with their size and checksum."""
    from hashlib import sha256

    files = [
        {
            "file": path.name,
            "bytes": path.stat().st_size,
            "sha256": sha256(path.read_bytes()).hexdigest(),
        }
        for path in paths
    ]
    return {"seed": seed, "synthetic": True, "files": files}
