"""Reading a CSV file row by row, strictly: what is not whole is named by its line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from poems_course.content import ContentError, PoemsError

Row = tuple[int, list[str]]  # number of the line, cells


def header(path: Path) -> set[str]:
    """The names of a CSV file's columns; empty where it cannot be read, which csv_rows explains."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            first = file.readline()
        return set(next(csv.reader([first], delimiter=_separator(first)), []))
    except (OSError, UnicodeDecodeError, csv.Error):
        return set()


def csv_rows(path: Path) -> Iterator[Row]:
    """The rows that hold anything, the header first. Raises PoemsError."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            text = file.read()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise PoemsError(f"{path}: cannot be read: {reason}") from None
    separator = _separator(text.partition("\n")[0])
    table = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=separator)
    width = 0
    try:
        for values in table:
            if not values:
                continue
            width = width or len(values)
            if len(values) != width:
                problem = f"has {len(values)} columns, not {width} as line 1; is the file whole?"
                raise ContentError(path.name, f"line {table.line_num}", "", problem)
            yield table.line_num, values
    except csv.Error as error:
        raise ContentError(
            path.name, f"line {table.line_num}", "", f"is not CSV: {error}"
        ) from None
    if not width:
        raise PoemsError(f"{path.name}: is empty")


def _separator(first: str) -> str:
    """What parts the columns: Excel writes semicolons where the decimal sign is a comma."""
    return ";" if ";" in first and "," not in first else ","
