"""Reading content files: TOML tables into frozen dataclasses, strictly.

An author who errs gets one line that names the file, the entry and the field.
"""

from __future__ import annotations

import dataclasses
import functools
import tomllib
import types
import typing
from pathlib import Path
from typing import Any, TypeVar

Entry = TypeVar("Entry")


class PoemsError(Exception):
    """An error meant for the person at the keyboard: its text is one clear line."""


class ContentError(PoemsError):
    """A content file that cannot be used, named down to the field."""

    def __init__(self, file: str, entry: str, field: str, problem: str) -> None:
        super().__init__(": ".join(part for part in (file, entry, field, problem) if part))
        self.file, self.entry, self.field, self.problem = file, entry, field, problem


class _Misfit(Exception):
    def __init__(self, field: str, problem: str) -> None:
        self.field, self.problem = field, problem


def read_entries(path: Path, cls: type[Entry]) -> dict[str, Entry]:
    """The entries of a TOML file, by id, in the order of the file.

    Each top-level table is one entry; its name becomes the field ``id`` of *cls*.
    Raises ContentError where the file is missing, is not TOML, or an entry does not fit *cls*.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ContentError(path.name, "", "", "there is no such file") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ContentError(path.name, "", "", f"is not valid TOML: {error}") from None
    entries = {}
    for name, table in raw.items():
        if not isinstance(table, dict):
            raise ContentError(path.name, name, "", "must be a table")
        if "id" in table:
            raise ContentError(path.name, name, "id", "is the table's name; leave it out")
        try:
            entries[name] = _build({"id": name, **table}, cls)
        except _Misfit as misfit:
            raise ContentError(path.name, name, misfit.field, misfit.problem) from None
    return entries


def read_folder(folder: Path, cls: type[Entry]) -> dict[str, Entry]:
    """The entries of all TOML files of a folder, in the order of the files' names.

    Raises ContentError as read_entries does, and where two files name the same entry.
    """
    entries: dict[str, Entry] = {}
    home: dict[str, str] = {}
    for path in sorted(folder.glob("*.toml")):
        for name, entry in read_entries(path, cls).items():
            if name in entries:
                raise ContentError(path.name, name, "", f"this id is taken in {home[name]}")
            entries[name], home[name] = entry, path.name
    return entries


@functools.cache
def _hints(cls: type) -> dict[str, Any]:
    return typing.get_type_hints(cls)


def _build(table: dict[str, Any], cls: type[Entry], prefix: str = "") -> Entry:
    hints = _hints(cls)  # type: ignore[arg-type]
    fields = {f.name: f for f in dataclasses.fields(cls)}  # type: ignore[arg-type]
    for name in table:
        if name not in fields:
            raise _Misfit(prefix + name, "is not a field of this kind of entry")
    values = {}
    for name, field in fields.items():
        if name in table:
            values[name] = _fit(table[name], hints[name], prefix + name)
        elif field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
            raise _Misfit(prefix + name, "is missing")
    try:
        return cls(**values)
    except ValueError as error:  # a dataclass may refuse a value in __post_init__
        raise _Misfit(prefix.rstrip("."), str(error)) from None


def _fit(value: Any, hint: Any, field: str) -> Any:
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return _fit_union(value, args, field)
    if origin is typing.Literal:
        if value not in args:
            raise _Misfit(field, f"must be one of {', '.join(map(str, args))}, not {value!r}")
        return value
    if origin is tuple:
        if not isinstance(value, list):
            raise _Misfit(field, "must be a list")
        return tuple(_fit(item, args[0], f"{field}[{i}]") for i, item in enumerate(value))
    if origin is dict:
        if not isinstance(value, dict):
            raise _Misfit(field, "must be a table")
        return {key: _fit(item, args[1], f"{field}.{key}") for key, item in value.items()}
    if dataclasses.is_dataclass(hint):
        if not isinstance(value, dict):
            raise _Misfit(field, "must be a table")
        return _build(value, typing.cast(type, hint), f"{field}.")
    return _fit_plain(value, hint, field)


def _fit_union(value: Any, args: tuple[Any, ...], field: str) -> Any:
    arms = [arg for arg in args if arg is not type(None)]
    if len(arms) == 1:
        return _fit(value, arms[0], field)
    problems = []
    for arm in arms:
        try:
            return _fit(value, arm, field)
        except _Misfit as misfit:
            problems.append(misfit.problem)
    raise _Misfit(field, " or ".join(dict.fromkeys(problems)))


def _fit_plain(value: Any, hint: type, field: str) -> Any:
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, hint) or (isinstance(value, bool) and hint is not bool):
        words = {str: "text", int: "a whole number", float: "a number", bool: "true or false"}
        raise _Misfit(field, f"must be {words.get(hint, hint.__name__)}, not {value!r}")
    if isinstance(value, str) and not value.strip():
        raise _Misfit(field, "must not be empty")
    return value
