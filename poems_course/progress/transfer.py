"""Taking the log out into a file, and merging such a file into a log."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from poems_course.progress import disk
from poems_course.progress.errors import ProgressError
from poems_course.progress.event import FIELDS, Event, RowError, as_row, from_row, pack
from poems_course.progress.log import Log


class BadLine(ProgressError):
    """A line of an exported file that is no entry: the text names file, line and field."""


def export(log: Log, target: Path) -> str:
    """Writes every entry to *target*, JSON lines or CSV by its suffix; says so in one line.

    Never overwrites. Raises ProgressError.
    """
    written = _written(target)
    events = log.events()
    aside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        if target.exists():
            raise ProgressError(f"{target} exists already; name a new file")
        aside.write_text(written(events), encoding="utf-8", newline="")
        disk.put(aside, target)
    except OSError as error:
        raise ProgressError(f"{target} cannot be written: {error.strerror or error}") from error
    finally:
        with contextlib.suppress(OSError):  # where nothing could be written, nothing lies aside
            aside.unlink()
    return f"{len(events)} entries written to {target}"


def import_(log: Log, source: Path) -> str:
    """Merges an exported file into *log*, entry by entry; says so in one line.

    Entries that the log has already are left as they are. Where one line is bad, ProgressError
    names it and nothing is merged.
    """
    known = {event.id: event for event in log.events()}
    events = []
    try:
        for number, event in entries(source):
            try:
                events.append(_agreed(event, known))
            except RowError as error:
                raise _bad(source.name, number, str(error)) from None
    except BadLine as error:
        raise ProgressError(f"{error}; nothing was imported") from None
    added = log.merge(events)
    return f"{added} entries added from {source}; {len(events) - added} were there already"


def entries(source: Path) -> Iterator[tuple[int, Event]]:
    """The entries of an exported file, each with the number of its line, in the file's order.

    Raises BadLine for the first line that is no entry, ProgressError where nothing can be read.
    """
    read = _from_csv if _suffix(source) == ".csv" else _from_lines
    try:
        # Windows programs put a mark in front; a text may hold a lone \r.
        with source.open(encoding="utf-8-sig", newline="") as file:
            text = file.read()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise ProgressError(f"{source} cannot be read: {reason}") from None
    for number, row in read(text, source.name):
        try:
            yield number, from_row(row)
        except RowError as error:
            raise _bad(source.name, number, str(error)) from None


def _agreed(event: Event, known: dict[str, Event]) -> Event:
    if known.setdefault(event.id, event) != event:
        raise RowError("id", f"{event.id} belongs to an entry with other content")
    return event


def _suffix(path: Path) -> str:
    if path.suffix.lower() not in (".jsonl", ".csv"):
        raise ProgressError(f"{path}: the name must end in .jsonl (JSON lines) or .csv")
    return path.suffix.lower()


def _written(target: Path) -> Any:
    return _as_csv if _suffix(target) == ".csv" else _as_lines


def _as_lines(events: list[Event]) -> str:
    return "".join(json.dumps(as_row(event)) + "\n" for event in events)


def _as_csv(events: list[Event]) -> str:
    text = io.StringIO(newline="")
    table = csv.DictWriter(text, FIELDS)
    table.writeheader()
    for event in events:
        table.writerow(as_row(event) | {"payload": pack(event.payload)})
    return text.getvalue()


def _from_lines(text: str, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    lines = text.split("\n")
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = _parsed(line)
        except (ValueError, RecursionError):
            torn = "; is the file whole?" if number == len(lines) else ""
            raise _bad(name, number, f"is not JSON{torn}") from None
        if not isinstance(row, dict):
            raise _bad(name, number, "must be an object")
        yield number, row


def _from_csv(text: str, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    table = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(table, [])
        if sorted(header) != sorted(FIELDS):
            raise _bad(name, 1, f"the columns must be {', '.join(FIELDS)}")
        for values in table:
            if len(values) != len(header):
                raise _bad(name, table.line_num, f"must have {len(header)} columns")
            yield table.line_num, _typed(dict(zip(header, values, strict=True)))
    except csv.Error as error:
        raise _bad(name, table.line_num, f"is not CSV: {error}") from None


def _parsed(text: str) -> Any:
    def refuse(word: str) -> None:
        raise ValueError(f"{word} is not JSON, though Python reads it")

    return json.loads(text, parse_constant=refuse)


def _typed(row: dict[str, str]) -> dict[str, Any]:
    typed: dict[str, Any] = dict(row)
    for field in ("item_version", "seq", "payload"):
        try:
            typed[field] = _parsed(row[field])
        except (ValueError, RecursionError):
            continue  # left as text, which the check of the field then names
    return typed


def _bad(name: str, number: int, problem: str) -> BadLine:
    return BadLine(f"{name}: line {number}: {problem}")
