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
        moment = datetime.now(UTC)
        event = Event(
            id=new_id(),
            session=self.session,
            utc=stamp(moment),
            kind=kind,
            item_id=item_id,
            item_version=item_version,
            payload=payload,
            seq=next(self._seq),
        )
        self._database.add([checked(event)])
        return Receipt(event.id, moment)

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
