"""A damaged database: keep it, read what can be read, go on with that."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from poems_course.progress import backups, disk, segments, store
from poems_course.progress.errors import Damaged
from poems_course.progress.event import FIELDS, Event, RowError


def paths(folder: Path) -> list[Path]:
    """What was set aside as damaged in *folder*."""
    return sorted(folder.glob("progress-damaged-*"))


def companions(path: Path) -> list[Path]:
    """The files that SQLite has left beside the database *path*."""
    beside = (path.with_name(path.name + end) for end in ("-journal", "-wal", "-shm"))
    return [file for file in beside if file.exists()]


def name_aside(folder: Path, suffix: str) -> Path:
    """A new name for something damaged."""
    return folder / f"progress-damaged-{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}{suffix}"


def refuse_lost(folder: Path) -> None:
    """Raises Damaged where the database is gone or empty though there are copies of it."""
    path = folder / store.DATABASE
    size = path.stat().st_size if path.exists() else None
    if not size and (backups.paths(folder) or segments.paths(folder)):
        state = "is missing" if size is None else "has become empty"
        raise Damaged(f"{path.name} {state}")


def repair(folder: Path, damage: Damaged) -> str:
    """Replaces the database by one with every entry still readable; says so in one line.

    A process killed on the way leaves the damaged file in place: the next one starts over.
    """
    path = folder / store.DATABASE
    aside = name_aside(folder, ".sqlite3")
    sources: dict[str, list[Path]] = {"backups": backups.paths(folder)[::-1]}
    report = f"{damage}"
    if path.exists():
        disk.keep_as(path, aside)
        sources = {"the damaged file": [aside], **sources}
        report += f"; it is kept as {aside.name}"
    counts = _rebuild(folder, sources)
    for old in companions(path):  # a journal left here would be applied to the new database
        old.replace(folder / old.name.replace(path.name, aside.name))
    disk.put(folder / "progress.new", path)
    found = ", ".join(f"{number} from {source}" for source, number in counts.items())
    return f"{report}; {sum(counts.values())} entries were carried over ({found})"


def _rebuild(folder: Path, sources: dict[str, list[Path]]) -> dict[str, int]:
    ready = folder / "progress.new"
    ready.unlink(missing_ok=True)
    counts = {}
    with store.connected(ready) as database:
        store.migrate(database, 0)
        database.execute("BEGIN IMMEDIATE")
        for source, files in sources.items():
            events = [event for file in files for event in salvage(file)]
            counts[source] = store.insert(database, events)
        counts["segments"] = store.insert(database, segments.read(folder).events.values())
        database.execute("COMMIT")
    return counts


def salvage(path: Path) -> list[Event]:
    """The events that can be read in a damaged database, as it is or with its first page mended.

    The first page of a small schema is the same in each of our databases but for its counters.
    """
    found: dict[str, Event] = {}
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch, "copy")
        shutil.copyfile(path, copy)
        for mended in (False, True):
            if mended:
                _mend_first_page(copy)
            for order in ("ASC", "DESC"):  # from both ends up to the damage
                found.update((event.id, event) for event in _readable(copy, order))
    return [found[key] for key in sorted(found)]


def _readable(path: Path, order: str) -> Iterator[Event]:
    query = f"SELECT {', '.join(FIELDS)} FROM event NOT INDEXED ORDER BY rowid {order}"
    try:
        with closing(sqlite3.connect(path)) as database:
            database.text_factory = lambda data: data.decode("utf-8", "replace")
            for row in database.execute(query):
                try:
                    yield store.event_of(row)
                except RowError:
                    continue
    except sqlite3.Error:
        return


def _mend_first_page(path: Path) -> None:
    fresh = path.with_name("fresh")
    with store.connected(fresh) as database:
        store.migrate(database, 0)
        size = int(database.execute("PRAGMA page_size").fetchone()[0])
    page = bytearray(fresh.read_bytes()[:size])
    page[28:32] = (path.stat().st_size // size).to_bytes(4, "big")  # pages in the file
    with path.open("r+b") as file:
        file.write(page)
