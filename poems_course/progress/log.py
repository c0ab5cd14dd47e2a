"""The learner's log: entries are added, never changed, and on disk when append returns."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from poems_course.progress.errors import ProgressError
from poems_course.progress.event import Event, Receipt, checked, new_id, stamp
from poems_course.progress.filesystem import network_filesystem

Entry = tuple[str, str, int, dict[str, Any]]  # kind, item, version of the item, payload


def default_folder() -> Path:
    """The folder named by POEMS_PROGRESS, else the user's data folder for this course.

    Raises ProgressError where it lies in the home of nobody.
    """
    if named := os.environ.get("POEMS_PROGRESS"):
        try:
            return Path(named).expanduser()
        except RuntimeError:
            raise ProgressError(f"POEMS_PROGRESS is {named}: whose home is that?") from None
    from platformdirs import user_data_dir

    return Path(user_data_dir("poems-course", appauthor=False))


class Log:
    """What one learner did, in one folder, which many logs in many processes may share.

    Every method raises ProgressError where the folder cannot be used. *detect* names the network
    file system of a folder, or gives None.
    """

    def __init__(
        self,
        folder: Path | None = None,
        *,
        detect: Callable[[Path], str | None] = network_filesystem,
    ) -> None:
        # Here, so that importing the course does not load sqlite3.
        from poems_course.progress.database import Database

        self.folder = Path(folder or default_folder()).absolute()
        self.session = os.urandom(8).hex()
        self._seq = itertools.count(1)
        self._database = Database(self.folder, self.session, detect)

    @property
    def path(self) -> Path:
        """The database file."""
        return self._database.path

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the learner should be told, one line each, oldest first."""
        return tuple(self._database.warnings)

    def append(
        self, kind: str, item_id: str, item_version: int, payload: dict[str, Any]
    ) -> Receipt:
        """Adds one entry; it is on disk when this returns."""
        return self.append_all([(kind, item_id, item_version, payload)])

    def append_all(self, entries: Sequence[Entry]) -> Receipt:
        """Adds *entries* (one or more), all or none, with one time; the receipt of the last."""
        moment = datetime.now(UTC)
        events = [checked(self._event(moment, *entry)) for entry in entries]
        self._database.add(events)
        return Receipt(events[-1].id, moment)

    def _event(
        self, moment: datetime, kind: str, item_id: str, version: int, payload: dict[str, Any]
    ) -> Event:
        return Event(
            id=new_id(),
            session=self.session,
            utc=stamp(moment),
            kind=kind,
            item_id=item_id,
            item_version=version,
            payload=payload,
            seq=next(self._seq),
        )

    def merge(self, events: Sequence[Event]) -> int:
        """Adds those *events* whose id is not in the log yet, all or none; how many."""
        return self._database.add(events)

    def events(self, kind: str | None = None, item_id: str | None = None) -> list[Event]:
        """The entries of that kind and item (None = any), oldest first."""
        return self._database.select(kind, item_id)

    def latest(self, kind: str, item_id: str) -> Event | None:
        """The newest entry of that kind for that item, if there is one."""
        found = self._database.select(kind, item_id, last=True)
        return found[0] if found else None
