"""The learner's log: entries are added, never changed, and on disk when append returns."""

from __future__ import annotations

import itertools
import os
import secrets
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from poems_course.progress import store
from poems_course.progress.errors import explain_os
from poems_course.progress.event import Event, Receipt, new_id, pack, stamp

Result = TypeVar("Result")


def default_folder() -> Path:
    """The folder named by POEMS_PROGRESS, else the user's data folder for this course."""
    if named := os.environ.get("POEMS_PROGRESS"):
        return Path(named).expanduser()
    from platformdirs import user_data_dir  # costs a tenth of the import budget

    return Path(user_data_dir("poems-course", appauthor=False))


class Log:
    """What one learner did, in one folder. Many logs, in many processes, may share a folder."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or default_folder()
        self.session = secrets.token_hex(8)
        self._seq = itertools.count(1)
        self._warnings: list[str] = []
        self._run(lambda database: store.check(database, self.path))

    @property
    def path(self) -> Path:
        """The database file."""
        return self.folder / store.DATABASE

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the learner should be told, one line each, oldest first."""
        return tuple(self._warnings)

    def append(
        self, kind: str, item_id: str, item_version: int, payload: dict[str, Any]
    ) -> Receipt:
        """Adds one entry; it is on disk when this returns. Raises ProgressError."""
        moment = datetime.now(UTC)
        pack(payload)
        event = Event(
            new_id(), self.session, stamp(moment), kind, item_id, item_version, payload,
            next(self._seq),
        )  # fmt: skip
        self._run(lambda database: store.insert(database, [event]))
        return Receipt(event.id, moment)

    def events(self, kind: str | None = None, item_id: str | None = None) -> list[Event]:
        """The entries of that kind and item (None = any), oldest first. Raises ProgressError."""
        return self._run(lambda database: store.select(database, kind, item_id))

    def latest(self, kind: str, item_id: str) -> Event | None:
        """The newest entry of that kind for that item, if any. Raises ProgressError."""
        found = self._run(lambda database: store.select(database, kind, item_id, last=True))
        return found[0] if found else None

    def _run(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise explain_os(error, self.folder) from error
        with store.locked(self.folder), store.connected(self.path) as database:
            start = store.version(database, self.path)
            if start < len(store.MIGRATIONS):
                store.migrate(database, start)
            database.execute("BEGIN IMMEDIATE")
            result = work(database)
            database.execute("COMMIT")
            return result
