"""What each dataset holds: the one source of its columns, units, limits and sources.

``dictionary/<dataset>.toml`` has a table for each column, in the order of the file that is
written. datapackage.json and the schema of the tests are made from it, nothing is typed twice.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from poems_course.content import ContentError, read_entries

FOLDER = Path(__file__).parent / "dictionary"


@dataclass(frozen=True)
class Field:
    """One column. ``minimum`` and ``maximum`` are hard limits that no row may pass.

    ``low`` and ``high`` are the reference range in ``unit`` (UCUM), ``men`` and ``women`` the
    pair [low, high] where it differs; ``range_source`` says where it was read. ``code`` is a
    LOINC code whose name was seen beside it in ``code_seen``. ``missing`` says why a value may
    be absent. ``fact`` is the fact behind the column's calibration, ``assumption`` says what
    stands in for one.
    """

    id: str
    title: str
    type: Literal["integer", "number", "boolean", "string"]
    unit: str = ""
    description: str = ""
    words: tuple[str, ...] = ()
    decimals: int = 0
    minimum: float | None = None
    maximum: float | None = None
    low: float | None = None
    high: float | None = None
    men: tuple[float, ...] = ()
    women: tuple[float, ...] = ()
    range_source: str = ""
    code: str = ""
    code_seen: str = ""
    missing: str = ""
    key: bool = False
    refers_to: str = ""
    fact: str = ""
    assumption: str = ""

    def __post_init__(self) -> None:
        if self.type == "number" and (self.minimum is None or self.maximum is None):
            raise ValueError("a number needs minimum and maximum")
        if (self.code == "") != (self.code_seen == ""):
            raise ValueError("a code stands only with the place where it was seen")
        ranged = self.low is not None or self.high is not None or self.men or self.women
        if bool(ranged) != bool(self.range_source):
            raise ValueError("a reference range stands with its range_source, and only then")

    def range_for(self, sex: str = "") -> tuple[float | None, float | None]:
        """The reference range for a sex (F or M), or for everybody."""
        own = {"M": self.men, "F": self.women}.get(sex, ())
        return (own[0], own[1]) if len(own) == 2 else (self.low, self.high)


@dataclass(frozen=True)
class Card:
    """A dataset: its title, what it teaches, and whether its rows are invented."""

    id: str
    title: str
    description: str
    synthetic: bool = True


@cache
def cards() -> dict[str, Card]:
    """Every dataset, by name, in the order in which they are built."""
    return read_entries(FOLDER / "datasets.toml", Card)


@cache
def fields(dataset: str) -> dict[str, Field]:
    """The columns of *dataset*, by name, in order. Raises ContentError."""
    return read_entries(FOLDER / f"{dataset}.toml", Field)


def field(dataset: str, name: str) -> Field:
    """One column. Raises ContentError where the dataset has no such column."""
    if name not in fields(dataset):
        raise ContentError(f"{dataset}.toml", name, "", "there is no such column")
    return fields(dataset)[name]


def resource(
    dataset: str, file: str, rows: int, only: Container[str] | None = None
) -> dict[str, Any]:
    """The dataset, or *only* some columns, as a Frictionless resource for datapackage.json."""
    card, columns = cards()[dataset], fields(dataset)
    if only is not None:
        columns = {name: column for name, column in columns.items() if name in only}
    keys = [name for name, column in columns.items() if column.key]
    schema: dict[str, Any] = {"fields": [_described(column) for column in columns.values()]}
    schema["missingValues"] = [""]
    if keys:
        schema["primaryKey"] = keys
    foreign = [
        {"fields": [name], "reference": {"resource": column.refers_to, "fields": [name]}}
        for name, column in columns.items()
        if column.refers_to
    ]
    if foreign:
        schema["foreignKeys"] = foreign
    return {
        "name": dataset,
        "path": file,
        "title": card.title,
        "description": card.description,
        "synthetic": card.synthetic,
        "rows": rows,
        "schema": schema,
    }


def _described(column: Field) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": not column.missing}
    if column.minimum is not None:
        constraints["minimum"] = column.minimum
    if column.maximum is not None:
        constraints["maximum"] = column.maximum
    if column.words:
        constraints["enum"] = list(column.words)
    said: dict[str, Any] = {"name": column.id, "title": column.title, "type": column.type}
    if column.type == "boolean":
        said |= {"trueValues": ["1"], "falseValues": ["0"]}
    said["constraints"] = constraints
    ranges = {"all": (column.low, column.high), "men": column.men, "women": column.women}
    extra = {
        "description": column.description,
        "unit": column.unit,
        "decimals": column.decimals if column.type == "number" else None,
        "referenceRange": {who: list(ends) for who, ends in ranges.items() if any(ends)},
        "referenceRangeSource": column.range_source,
        "loinc": column.code,
        "loincSeenIn": column.code_seen,
        "missing": column.missing,
        "fact": column.fact,
        "assumption": column.assumption,
    }
    return said | {name: value for name, value in extra.items() if value not in ("", None, {})}
