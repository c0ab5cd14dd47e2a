"""Logs to test with: filled, on a pretended network, opened past the course."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from poems_course.progress import Log

ANSWER = {"choice": [1], "correct": True, "confidence": 2, "attempt": 1, "lesson": "01"}


def on_network(folder: Path) -> str:
    return "nfs4"


def answered(log: Log, number: int) -> list[str]:
    return [log.append("answered", f"q01-{i}", 1, ANSWER).id for i in range(number)]


def ids(log: Log) -> list[str]:
    return [event.id for event in log.events()]


def raw(folder: Path) -> closing[sqlite3.Connection]:
    return closing(sqlite3.connect(folder / "progress.sqlite3", isolation_level=None))
