"""Making files and folders last: what the database does for itself, for our other files."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def flush(path: Path) -> None:
    """Returns when the file or folder *path* is on disk (folders: not on Windows). OSError."""
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def put(ready: Path, place: Path) -> None:
    """Moves the finished file *ready* over *place*, all or nothing, on disk when it returns."""
    flush(ready)
    os.replace(ready, place)
    flush(place.parent)


def keep_as(path: Path, name: Path) -> None:
    """Gives the file *path* a second *name*, by a link or, where there are none, by a copy."""
    try:
        os.link(path, name)
    except OSError:
        shutil.copyfile(path, name)
        flush(name)
    flush(name.parent)
