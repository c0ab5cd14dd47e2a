"""A writer killed without warning has lost nothing that it had acknowledged."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from poems_course.progress import Log

ROOT = Path(__file__).parents[1]

WRITER = """
import sys
from pathlib import Path
from poems_course.progress import Log
folder, network = Path(sys.argv[1]), sys.argv[2] or None
log = Log(folder, detect=lambda folder: network)
while True:
    receipt = log.append("answered", "q01-letters", 1, {"choice": [2], "correct": True})
    print(receipt.id, flush=True)
"""

# The planted fault: the whole record rewritten in place, as other tools do.
NAIVE_WRITER = """
import json, sys
from pathlib import Path
place = Path(sys.argv[1], "progress.json")
try:
    entries = json.loads(place.read_text())
except FileNotFoundError:
    entries = ["an entry that stands for a long record"] * 20000
while True:
    entries.append(str(len(entries)))
    with place.open("w") as file:
        json.dump(entries, file)
    print(entries[-1], flush=True)
"""


def killed_writer(program: str, folder: Path, network: str, after: int, work: int) -> list[str]:
    """The ids that *program* acknowledged until it was killed, *work* after its *after*-th."""
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(folder), network],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    with process:
        assert process.stdout is not None
        acknowledged = [process.stdout.readline().strip() for _ in range(after)]
        sum(range(work))  # up to the length of an append: kills fall into each phase of it
        process.kill()
        acknowledged += process.stdout.read().split("\n")[:-1]  # a torn last line: not heard
    assert all(acknowledged), "the writer ended by itself"
    return acknowledged


def kill_rounds(
    program: str, folder: Path, network: str, rounds: int, stored: Callable[[Path], set[str]]
) -> int:
    """Kills *rounds* writers on one folder; each acknowledged id must be stored. How many."""
    seeded, acknowledged = random.Random(f"{network} 20"), set()
    for _ in range(rounds):
        after, work = seeded.randint(1, 25), seeded.randrange(400_000)
        acknowledged.update(killed_writer(program, folder, network, after, work))
        missing = acknowledged - stored(folder)
        assert not missing, f"{len(missing)} acknowledged answers are lost"
    return len(acknowledged)


def stored_ids(folder: Path, network: str) -> set[str]:
    log = Log(folder, detect=lambda folder: network or None)
    assert not [line for line in log.warnings if "damaged" in line]
    return {event.id for event in log.events()}


@pytest.mark.parametrize("network", ["", "nfs4"], ids=["local", "network"])
def test_a_killed_writer_loses_no_acknowledged_answer(tmp_path: Path, network: str) -> None:
    number = kill_rounds(WRITER, tmp_path, network, 13, lambda f: stored_ids(f, network))
    print(f"13 kills, {number} answers acknowledged, none missing")
    with closing(sqlite3.connect(tmp_path / "progress.sqlite3")) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_on_a_network_each_acknowledged_answer_also_survives_the_loss_of_the_database(
    tmp_path: Path,
) -> None:
    def stored(folder: Path) -> set[str]:
        (folder / "progress.sqlite3").write_bytes(b"")
        for backup in folder.glob("backups/*"):
            backup.unlink()
        log = Log(folder, detect=lambda folder: "nfs4")
        assert any("has become empty" in line for line in log.warnings)
        return {event.id for event in log.events()}

    assert kill_rounds(WRITER, tmp_path, "nfs4", 5, stored) >= 5


def test_the_kill_test_can_fail(tmp_path: Path) -> None:
    def stored(folder: Path) -> set[str]:
        try:
            return set(json.loads((folder / "progress.json").read_text()))
        except ValueError:
            return set()

    with pytest.raises(AssertionError, match="acknowledged answers are lost"):
        kill_rounds(NAIVE_WRITER, tmp_path, "", 25, stored)
