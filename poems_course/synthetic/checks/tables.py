"""The datasets under check: those in a folder, and larger draws from the same generators."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

from poems_course.synthetic import BUILDERS, SEED
from poems_course.synthetic.dataset import Dataset
from poems_course.synthetic.read import read_dataset

LARGE = 40_000


class Tables:
    """What the checks look at. ``shipped`` is read from *folder*, ``large`` is drawn anew."""

    def __init__(self, folder: Path, seed: int = SEED) -> None:
        self.folder, self.seed = folder, seed
        self._shipped: dict[str, Dataset] = {}
        self._large: dict[tuple[str, int], Dataset] = {}
        self.worked_out: dict[str, Any] = {}  # what more than one check needs, by name

    def shipped(self, name: str) -> Dataset:
        """The dataset *name* as it stands in the folder. Raises PoemsError."""
        if name not in self._shipped:
            self._shipped[name] = read_dataset(self.folder, name)
        return self._shipped[name]

    def large(self, name: str, patients: int = LARGE) -> Dataset:
        """A larger draw from the generator of *name*, to see what chance hides in a small one."""
        if (name, patients) not in self._large:
            module = importlib.import_module(BUILDERS[name])
            self._large[name, patients] = module.build(self.seed + 1, patients)
        return self._large[name, patients]
