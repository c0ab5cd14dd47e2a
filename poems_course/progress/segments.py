"""Segments: a second copy of the log for network file systems, which needs no lock.

Each session writes a file of its own, one line per entry: a checksum, a blank, the entry as JSON.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from poems_course.progress import disk
from poems_course.progress.event import Event, RowError, as_row, from_row

FOLDER = "segments"


@dataclass
class Reading:
    """What the segments of a folder hold: the events by id, and the unreadable lines by file."""

    events: dict[str, Event] = field(default_factory=dict)
    unreadable: dict[Path, int] = field(default_factory=dict)


def paths(folder: Path) -> list[Path]:
    """The segment files that belong to the log in *folder*."""
    return sorted((folder / FOLDER).glob("*.jsonl"))


def append(folder: Path, session: str, events: Iterable[Event]) -> None:
    """Adds *events* to the segment of this session and process; on disk on return. OSError."""
    data = b"".join(_line(event) for event in events)
    place = folder / FOLDER / f"{session}-{os.getpid()}.jsonl"
    if not data:
        return
    place.parent.mkdir(mode=0o700, exist_ok=True)
    new = not place.exists()
    with place.open("ab", buffering=0) as file:
        if file.tell() and not _ends_line(place):
            data = b"\n" + data  # an earlier write of ours failed half-way
        if file.write(data) != len(data):
            raise OSError(f"only a part of an entry could be written to {place.name}")
        os.fsync(file.fileno())
    if new:
        disk.flush(place.parent)


def read(folder: Path) -> Reading:
    """Every event in the segments; a line whose checksum is wrong is counted, not used."""
    reading = Reading()
    for path in paths(folder):
        for line in path.read_bytes().splitlines():
            event = _event(line)
            if event:
                reading.events[event.id] = event
            elif line:
                reading.unreadable[path] = reading.unreadable.get(path, 0) + 1
    return reading


def mend(path: Path, name: Path) -> None:
    """Keeps the segment *path* as *name* and leaves only its readable lines in its place."""
    lines = path.read_bytes().splitlines()
    disk.keep_as(path, name)
    ready = path.with_suffix(".new")
    ready.write_bytes(b"".join(line + b"\n" for line in lines if _event(line)))
    disk.put(ready, path)


def _line(event: Event) -> bytes:
    text = json.dumps(as_row(event)).encode("ascii")
    return _checksum(text) + b" " + text + b"\n"


def _event(line: bytes) -> Event | None:
    checksum, _, text = line.strip().partition(b" ")
    if _checksum(text) != checksum:
        return None
    try:
        return from_row(json.loads(text))
    except (ValueError, RowError, AttributeError):
        return None


def _checksum(text: bytes) -> bytes:
    return hashlib.sha256(text).hexdigest()[:16].encode("ascii")


def _ends_line(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"
