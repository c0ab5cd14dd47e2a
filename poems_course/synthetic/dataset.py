"""A table in memory: columns by name, all of one length.

A number column is a float array, missing values NaN. A yes-or-no column is int8: 1, 0, and -1
where missing. A word column is Words. Whole numbers without gaps may be any integer array.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from poems_course.synthetic.draws import Array

MISSING = -1


@dataclass(frozen=True)
class Words:
    """A column of words: a code for each row into *labels*, -1 where missing."""

    codes: Array
    labels: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.codes)

    def texts(self) -> list[str]:
        """The words, row by row; a missing one is ''."""
        return [self.labels[code] if code >= 0 else "" for code in self.codes.tolist()]

    def __eq__(self, word: object) -> Array:  # type: ignore[override]
        """Where the column holds *word*, as an array can be compared."""
        code = self.labels.index(word) if word in self.labels else len(self.labels)
        found: Array = self.codes == code
        return found

    __hash__ = None  # type: ignore[assignment]


def words(texts: Sequence[str], labels: Sequence[str] = ()) -> Words:
    """A column from its words; '' is missing. *labels* fixes the order of the codes."""
    known = tuple(labels) or tuple(dict.fromkeys(text for text in texts if text))
    place = {label: i for i, label in enumerate(known)} | {"": MISSING}
    return Words(np.array([place[text] for text in texts], dtype=np.int16), known)


Column = Array | Words


@dataclass(frozen=True)
class Dataset:
    """One table by its name in the dictionary. Raises ValueError where columns differ in length."""

    name: str
    columns: dict[str, Column]

    def __post_init__(self) -> None:
        if len({len(column) for column in self.columns.values()}) > 1:
            raise ValueError(f"{self.name}: columns differ in length")

    @property
    def rows(self) -> int:
        """The number of rows."""
        return len(next(iter(self.columns.values())))

    def __getitem__(self, name: str) -> Column:
        return self.columns[name]

    def numbers(self, name: str) -> Array:
        """A number or yes-or-no column as floats, NaN where missing."""
        column = self.columns[name]
        if isinstance(column, Words):
            raise TypeError(f"{self.name}.{name} holds words")
        if column.dtype == np.int8:
            return np.where(column < 0, np.nan, column.astype(np.float64))
        return column.astype(np.float64)

    def text(self, name: str) -> Words:
        """A column of words."""
        column = self.columns[name]
        if not isinstance(column, Words):
            raise TypeError(f"{self.name}.{name} holds numbers")
        return column
