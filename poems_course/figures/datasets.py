"""The synthetic tables of data/, read without any other package, for figures that count them."""

from __future__ import annotations

import csv
from functools import cache

from poems_course.folder import part

Row = dict[str, str]


@cache
def rows(name: str) -> tuple[Row, ...]:
    """The rows of data/NAME.csv as text by column; "" is what was not done, which is not "no".

    Raises PoemsError where the file is missing.
    """
    with (part("data") / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def number(row: Row, column: str) -> float | None:
    """A value in the unit that the column's name or the dictionary gives; None where blank."""
    return float(row[column]) if row[column] else None
