"""Copies of the database: one a day, one before each migration; the newest five are kept."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from poems_course.progress import disk, store

FOLDER = "backups"
KEEP = 5


def today() -> str:
    """The present day in UTC, as it stands in a backup's name."""
    return datetime.now(UTC).strftime("%Y%m%d")


def paths(folder: Path) -> list[Path]:
    """The backups of the log in *folder*, oldest first."""
    return sorted((folder / FOLDER).glob("progress-*.sqlite3"))


def daily(database: sqlite3.Connection, folder: Path) -> None:
    """Backs up the database unless that has been done today. OSError, sqlite3.Error."""
    place = folder / FOLDER / f"progress-{today()}.sqlite3"
    if not place.exists() and store.count(database):
        _back_up(database, place)


def before_migration(database: sqlite3.Connection, folder: Path, version: int) -> None:
    """Backs up the database as version *version* left it. OSError, sqlite3.Error."""
    _back_up(database, folder / FOLDER / f"progress-{today()}-version-{version}.sqlite3")


def _back_up(database: sqlite3.Connection, place: Path) -> None:
    place.parent.mkdir(mode=0o700, exist_ok=True)
    ready = place.with_name(f"{place.stem}-{os.getpid()}.new")
    try:
        with closing(sqlite3.connect(ready)) as copy:
            database.backup(copy)
        disk.put(ready, place)
    finally:
        ready.unlink(missing_ok=True)
    for old in paths(place.parent.parent)[:-KEEP]:
        old.unlink(missing_ok=True)
