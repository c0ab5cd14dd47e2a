"""The database file: lock, connection, schema, rows.

A connection lives for one operation only. So nothing keeps writing to a file that was deleted or
set aside meanwhile, any thread may call, and Windows can rename the file. With connections that
short, a write-ahead log would be folded back at each close and so be slower than a rollback
journal, which is also the one that is allowed on a network file system.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from poems_course.progress.errors import Damaged, ProgressError, explain
from poems_course.progress.event import FIELDS, Event, RowError, from_row, pack

DATABASE = "progress.sqlite3"
LOCK = "progress.lock"
LOCK_SECONDS = 10.0
APPLICATION_ID = 0x504F454D  # "POEM"

# Types are checked by CHECK and not by STRICT: a SQLite before 3.37 takes a STRICT table for a
# damaged file, and two Pythons on one machine may well differ in that.
_TABLE = """CREATE TABLE event (
    id TEXT NOT NULL PRIMARY KEY,
    session TEXT NOT NULL,
    utc TEXT NOT NULL,
    kind TEXT NOT NULL,
    item_id TEXT NOT NULL,
    item_version INTEGER NOT NULL CHECK (typeof(item_version) = 'integer'),
    payload TEXT NOT NULL,
    seq INTEGER NOT NULL CHECK (typeof(seq) = 'integer'))"""

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        _TABLE,
        "CREATE INDEX event_of_item ON event (item_id, kind, id)",
        """CREATE TRIGGER event_never_changes BEFORE UPDATE ON event
           BEGIN SELECT RAISE(ABORT, 'the log is insert-only'); END""",
        """CREATE TRIGGER event_never_goes BEFORE DELETE ON event
           BEGIN SELECT RAISE(ABORT, 'the log is insert-only'); END""",
        # The same id twice is the same event: merging is harmless, and REPLACE is no back door.
        """CREATE TRIGGER event_only_once BEFORE INSERT ON event
           WHEN EXISTS (SELECT 1 FROM event WHERE id = NEW.id)
           BEGIN SELECT RAISE(IGNORE); END""",
    ),
)


@contextmanager
def connected(path: Path) -> Iterator[sqlite3.Connection]:
    """A durable connection to *path*, closed at the end; errors come as ProgressError."""
    try:
        with closing(sqlite3.connect(path, timeout=LOCK_SECONDS, isolation_level=None)) as database:
            database.execute("PRAGMA synchronous = EXTRA")
            database.execute("PRAGMA fullfsync = ON")
            yield database
    except sqlite3.Error as error:
        raise explain(error, path) from error


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """One process at a time. The lock goes with its process, even a killed one.

    It is a second, empty database, so that the first may be renamed or deleted under the lock.
    """
    path = folder / LOCK
    with ExitStack() as open_lock:
        try:
            database = open_lock.enter_context(connected(path))
        except Damaged:  # not replaced here: another process may hold it
            raise ProgressError(f"{path} is damaged; it holds nothing: delete it") from None
        database.execute("PRAGMA journal_mode = MEMORY")  # nothing is written here
        database.execute("BEGIN IMMEDIATE")
        yield


def accept(database: sqlite3.Connection, path: Path) -> int:
    """The schema's version of a file that is ours to write.

    Raises ProgressError for a file that is not ours or is newer.
    """
    number = int(database.execute("PRAGMA user_version").fetchone()[0])
    owner = database.execute("PRAGMA application_id").fetchone()[0]
    if number > len(MIGRATIONS) and owner == APPLICATION_ID:
        raise ProgressError(
            f"{path} was written by a newer version of this course; it is left untouched: "
            "update the course"
        )
    if owner != APPLICATION_ID and (number or _has_tables(database)):
        raise ProgressError(f"{path} is not a progress file of this course; it is left untouched")
    # A journal that stays: deleting it costs twice the time, and a power cut may bring it back.
    database.execute("PRAGMA journal_mode = PERSIST")
    return number


def _has_tables(database: sqlite3.Connection) -> bool:
    return bool(database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])


def migrate(database: sqlite3.Connection, start: int) -> None:
    """Brings the schema from version *start* to the present one, all or nothing."""
    database.execute("BEGIN IMMEDIATE")
    for statements in MIGRATIONS[start:]:
        for statement in statements:
            database.execute(statement)
    database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    database.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
    database.execute("COMMIT")


def check(database: sqlite3.Connection, path: Path) -> None:
    """Raises Damaged unless SQLite finds the file sound."""
    finding = database.execute("PRAGMA quick_check(1)").fetchone()[0]
    if finding != "ok":
        raise Damaged(f"{path.name} is damaged ({' '.join(str(finding).split())})")


def count(database: sqlite3.Connection) -> int:
    """How many events there are."""
    return int(database.execute("SELECT count(*) FROM event").fetchone()[0])


def insert(database: sqlite3.Connection, events: Iterable[Event]) -> int:
    """Adds those events whose id is not there yet; how many these were."""
    before = count(database)
    marks = ", ".join("?" * len(FIELDS))
    database.executemany(
        f"INSERT INTO event ({', '.join(FIELDS)}) VALUES ({marks})",
        (
            [pack(e.payload) if name == "payload" else getattr(e, name) for name in FIELDS]
            for e in events
        ),
    )
    return count(database) - before


def select(
    database: sqlite3.Connection, kind: str | None, item_id: str | None, last: bool = False
) -> list[Event]:
    """The events of that kind and item (None = any) in the order of time; the last one only."""
    given = {"kind": kind, "item_id": item_id}
    asked = {name: value for name, value in given.items() if value is not None}
    where = " AND ".join(f"{name} = :{name}" for name in asked) or "1"
    order = "DESC LIMIT 1" if last else "ASC"
    rows = database.execute(
        f"SELECT {', '.join(FIELDS)} FROM event WHERE {where} ORDER BY id {order}", asked
    )
    try:
        return [event_of(row) for row in rows]
    except RowError as error:
        raise Damaged(f"{DATABASE} is damaged ({error})") from None


def event_of(row: tuple[object, ...]) -> Event:
    """The event in a row of the table. Raises RowError."""
    values = dict(zip(FIELDS, row, strict=True))
    try:
        values["payload"] = json.loads(str(values["payload"]))
    except (ValueError, RecursionError):
        raise RowError("payload", "is not JSON") from None
    return from_row(values)
