"""What can go wrong with the log, said in one line to the learner."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from poems_course.content import PoemsError

if TYPE_CHECKING:
    import sqlite3


class ProgressError(PoemsError):
    """The log cannot be read or written; the text says why and where."""


class Damaged(ProgressError):
    """The database can no longer be trusted: it is to be set aside."""


def explain(error: sqlite3.Error, path: Path) -> ProgressError:
    """The ProgressError for an error of SQLite on the file *path*."""
    import sqlite3

    code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return Damaged(f"{path.name} is damaged ({error})")
    problem = {
        sqlite3.SQLITE_FULL: "the disk is full",
        sqlite3.SQLITE_READONLY: "the file or its folder is read-only",
        sqlite3.SQLITE_PERM: "access is denied",
        sqlite3.SQLITE_CANTOPEN: "the file cannot be opened; may this user write to the folder?",
        sqlite3.SQLITE_BUSY: "another program keeps it locked; close it and try again",
        sqlite3.SQLITE_LOCKED: "another program keeps it locked; close it and try again",
    }.get(code, str(error))
    return ProgressError(f"progress cannot be kept in {path}: {problem}")


def explain_os(error: OSError, path: Path) -> ProgressError:
    """The ProgressError for an error of the operating system on *path*."""
    if isinstance(error, (FileExistsError, NotADirectoryError)):
        return ProgressError(f"progress cannot be kept in {path}: it is, or lies in, a file")
    return ProgressError(f"progress cannot be kept in {path}: {error.strerror or error}")
