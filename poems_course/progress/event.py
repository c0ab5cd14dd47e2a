"""One thing a learner did, and its form as a row of plain data."""

from __future__ import annotations

import dataclasses
import json
import os
import re
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from reprlib import repr as short
from typing import Any

from poems_course.progress.errors import ProgressError

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Event:
    """An entry of the log. *utc* is ISO 8601 to the millisecond; *seq* counts within a session."""

    id: str
    session: str
    utc: str
    kind: str
    item_id: str
    item_version: int
    payload: dict[str, Any]
    seq: int


@dataclass(frozen=True)
class Receipt:
    """Proof that an entry is on disk: its id and the time, aware, in UTC."""

    id: str
    saved_at: datetime


FIELDS = tuple(field.name for field in dataclasses.fields(Event))


class RowError(Exception):
    """A row that is no event: which field, and what is wrong with it."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(f"{field}: {problem}")
        self.field, self.problem = field, problem


_last = 0
_guard = threading.Lock()


def new_id() -> str:
    """A UUID of version 7 whose order is the order of making, within this process."""
    global _last
    with _guard:  # 48 bits of milliseconds, then 12 bits that count within one of them
        _last = max(_last + 1, time.time_ns() // 1_000_000 << 12)
        stamp = _last
    value = (stamp >> 12) << 80 | 7 << 76 | (stamp & 0xFFF) << 64
    digits = f"{value | 2 << 62 | int.from_bytes(os.urandom(8)) >> 2:032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def stamp(moment: datetime) -> str:
    """*moment* as the log writes it: 2026-01-31T14:03:07.120Z."""
    text = moment.astimezone(UTC).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")


def pack(payload: dict[str, Any]) -> str:
    """*payload* as JSON text in ASCII. Raises ProgressError where it is not plain data."""
    try:
        return json.dumps(payload, allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        raise ProgressError(
            f"progress cannot be kept: the entry is not plain data: {error}"
        ) from None


def as_row(event: Event) -> dict[str, Any]:
    """The event as plain data, field by field."""
    return {name: getattr(event, name) for name in FIELDS}


def from_row(row: dict[str, Any]) -> Event:
    """The event that *row* describes. Raises RowError for the first field that does not fit."""
    for name in row:
        if name not in FIELDS:
            raise RowError(str(name), "is not a field of an entry")
    for name in FIELDS:
        if name not in row:
            raise RowError(name, "is missing")
        _check(name, row[name])
    return Event(**row)


def checked(event: Event) -> Event:
    """*event*, if it can be kept and read again. Raises ProgressError."""
    try:
        pack(event.payload)
        return from_row(as_row(event))
    except RowError as error:
        raise ProgressError(f"progress cannot be kept: {error}") from None


def _check(name: str, value: Any) -> None:
    if name == "payload":
        if not isinstance(value, dict):
            raise RowError(name, "must be an object")
    elif name in ("item_version", "seq"):
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**63:
            raise RowError(name, f"must be a whole number, not {short(value)}")
    elif not isinstance(value, str) or not value or not _is_unicode(value):
        raise RowError(name, f"must be text, not {short(value)}")
    elif name == "id" and not _ID.fullmatch(value):
        raise RowError(name, f"must be an id of the log, not {short(value)}")
    elif name == "utc" and not _is_time(value):
        raise RowError(name, f"must be a time like 2026-01-31T14:03:07.120Z, not {short(value)}")


def _is_unicode(text: str) -> bool:
    try:
        return bool(text.encode())
    except UnicodeEncodeError:  # half a surrogate pair: JSON can say it, SQLite cannot
        return False


def _is_time(text: str) -> bool:
    try:
        return stamp(datetime.fromisoformat(text)) == text
    except (ValueError, OverflowError):
        return False
