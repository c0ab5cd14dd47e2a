"""The dictionary as a pandera schema, for tests and authors: pandera is not a learner's package."""

from __future__ import annotations

from typing import Any

from poems_course.synthetic.dictionary import Field, fields


def schema(dataset: str) -> Any:
    """A pandera DataFrameSchema for the dataset as pandas reads its file.

    Types, limits, words, gaps, keys and the order of the columns; rules between columns are among
    the checks. Raises ImportError where pandera is not installed.
    """
    import pandera.pandas as pa

    keys = [name for name, field in fields(dataset).items() if field.key]
    columns = {name: _column(pa, field) for name, field in fields(dataset).items()}
    return pa.DataFrameSchema(columns, strict=True, ordered=True, unique=keys or None)


def _column(pa: Any, field: Field) -> Any:
    checks = [pa.Check.isin(list(field.words))] if field.words else []
    if field.type == "boolean":
        checks.append(pa.Check.isin([0, 1]))
    if field.minimum is not None:
        checks.append(pa.Check.ge(field.minimum))
    if field.maximum is not None:
        checks.append(pa.Check.le(field.maximum))
    text = field.type == "string"
    kind = str if text else (float if field.missing or field.type == "number" else int)
    return pa.Column(kind, checks, nullable=bool(field.missing), coerce=not text, title=field.title)
