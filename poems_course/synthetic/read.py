"""Reading the datasets back, strictly: as the dictionary describes them."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from poems_course.content import PoemsError
from poems_course.synthetic.dataset import MISSING, Column, Dataset, Words
from poems_course.synthetic.dictionary import Field, fields


def read_dataset(folder: Path, name: str) -> Dataset:
    """The dataset *name* in *folder*. Raises PoemsError where file, column or value is wrong."""
    path = folder / f"{name}.csv"
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
    except FileNotFoundError:
        raise PoemsError(f"{path.name}: there is no such file in {folder}") from None
    except OSError as error:
        raise PoemsError(f"{path.name}: cannot be read: {error.strerror}") from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise PoemsError(f"{path.name}: is no CSV file in UTF-8: {error}") from None
    wanted, head = fields(name), rows[0] if rows else []
    for column in head:
        if column not in wanted:
            raise PoemsError(f"{path.name}: unknown column {column!r}")
    for column in wanted:
        if column not in head:
            raise PoemsError(f"{path.name}: the column {column!r} is missing")
    if len(set(head)) != len(head):
        raise PoemsError(f"{path.name}: a column stands twice in its first line")
    if len(rows) < 2:
        raise PoemsError(f"{path.name}: there are no rows")
    if any(len(row) != len(head) for row in rows):
        raise PoemsError(f"{path.name}: a row has too few or too many values")
    texts = dict(zip(head, zip(*rows[1:], strict=True), strict=True))
    return Dataset(name, {id: _column(path.name, wanted[id], texts[id]) for id in head})


def _column(file: str, field: Field, texts: tuple[str, ...]) -> Column:
    try:
        if field.type == "string":
            labels = field.words or tuple(dict.fromkeys(text for text in texts if text))
            codes = {label: i for i, label in enumerate(labels)} | {"": MISSING}
            return Words(np.array([codes[text] for text in texts], dtype=np.int16), labels)
        if field.type == "boolean":
            return np.array([{"1": 1, "0": 0, "": MISSING}[t] for t in texts], dtype=np.int8)
        return np.array([float(text) if text else np.nan for text in texts])
    except (KeyError, ValueError) as error:
        raise PoemsError(f"{file}: {field.id}: does not fit its dictionary: {error}") from None
