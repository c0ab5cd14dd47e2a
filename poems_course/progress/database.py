"""The database and its safety net: lock, checks, repair, backups, segments.

Every operation takes the lock, opens the database, works in one transaction and closes it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from poems_course.progress import backups, repair, segments, store
from poems_course.progress.errors import Damaged, explain_os
from poems_course.progress.event import Event

Result = TypeVar("Result")


class Database:
    """The events of one folder; *network* names its file system where that is a network's."""

    def __init__(self, folder: Path, session: str, detect: Callable[[Path], str | None]) -> None:
        self.folder, self.session = folder, session
        self.path = folder / store.DATABASE
        self.warnings: list[str] = []
        self._make_folder()
        self.network = detect(folder)
        if self.network and not (folder / segments.FOLDER).exists():
            self._warn(
                f"{folder} is on a network file system ({self.network}), where databases can "
                "break; a second copy of each entry is kept beside it"
            )
        self._run(self._open)

    def add(self, events: Sequence[Event]) -> int:
        """Stores those *events* that are not there yet; how many. On disk when it returns."""

        def work(database: sqlite3.Connection) -> int:
            self._try_to_back_up(lambda: backups.daily(database, self.folder))
            database.execute("BEGIN IMMEDIATE")
            added = store.insert(database, events)
            database.execute("COMMIT")
            self._write_segment(events)
            return added

        return self._run(work)

    def select(self, kind: str | None, item_id: str | None, last: bool = False) -> list[Event]:
        """The events of that kind and item, in the order of time; or only the last one."""
        return self._run(lambda database: store.select(database, kind, item_id, last))

    def _open(self, database: sqlite3.Connection) -> None:
        store.check(database, self.path)
        try:
            kept = segments.read(self.folder)
            for path, number in kept.unreadable.items():
                aside = repair.name_aside(self.folder, ".jsonl")
                segments.mend(path, aside)
                self._warn(
                    f"{number} unreadable line(s) in {path.name} were ignored; "
                    f"the file as it was is kept as {aside.name}"
                )
        except OSError as error:
            raise explain_os(error, self.folder / segments.FOLDER) from error
        database.execute("BEGIN IMMEDIATE")
        merged = store.insert(database, kept.events.values())
        database.execute("COMMIT")
        if merged:
            self._warn(f"{merged} entries missing in the database came back from the segments")
        if self.network:
            stored = store.select(database, None, None)
            self._write_segment([event for event in stored if event.id not in kept.events])

    def _run(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        self._make_folder()
        with store.locked(self.folder):
            try:
                return self._attempt(work)
            except Damaged as damage:
                self._repair(damage)
                return self._attempt(work)

    def _attempt(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        repair.refuse_lost(self.folder)
        with store.connected(self.path) as database:
            start = store.accept(database, self.path)
            if 0 < start < len(store.MIGRATIONS):
                self._try_to_back_up(lambda: backups.before_migration(database, self.folder, start))
            if start < len(store.MIGRATIONS):
                store.migrate(database, start)
            return work(database)

    def _repair(self, damage: Damaged) -> None:
        try:
            self._warn(repair.repair(self.folder, damage))
        except OSError as error:
            raise explain_os(error, self.path) from error

    def _make_folder(self) -> None:
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise explain_os(error, self.folder) from error

    def _try_to_back_up(self, back_up: Callable[[], None]) -> None:
        try:
            back_up()
        except (OSError, sqlite3.OperationalError) as error:
            self._warn(f"no backup could be made: {error}")

    def _write_segment(self, events: Sequence[Event]) -> None:
        if not self.network:
            return
        try:
            segments.append(self.folder, self.session, events)
        except OSError as error:  # the entry itself is in the database: no reason to deny it
            self._warn(f"the second copy of an entry could not be written: {error}")

    def _warn(self, line: str) -> None:
        if line not in self.warnings:
            self.warnings.append(line)
