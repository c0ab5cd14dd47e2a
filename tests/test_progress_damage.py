"""A damaged log: kept, read as far as it can be, gone on with; and its backups."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from poems_course.progress import Log, ProgressError, backups, store
from poems_course.progress.event import Event, new_id
from tests.progress_logs import ANSWER, answered, ids, on_network, raw


def long_log(folder: Path, number: int = 200) -> tuple[Path, list[str]]:
    log = Log(folder)
    utc = "2026-01-31T14:03:07.120Z"
    made = [
        Event(new_id(), log.session, utc, "answered", f"q01-{i}", 1, ANSWER, i)
        for i in range(number)
    ]
    assert log.merge(made) == number
    return log.path, [event.id for event in made]


def set_aside(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.glob("progress-damaged-*.sqlite3")]


@pytest.mark.parametrize("bytes_lost", [16, 100, 4096])
def test_a_file_with_a_damaged_start_is_kept_reported_and_read(
    tmp_path: Path, bytes_lost: int
) -> None:
    path, expected = long_log(tmp_path)
    damage = random.Random(20).randbytes(bytes_lost) + path.read_bytes()[bytes_lost:]
    path.write_bytes(damage)
    log = Log(tmp_path)
    assert set_aside(tmp_path) == [damage]
    (warning,) = log.warnings
    assert "progress.sqlite3 is damaged" in warning
    assert "200 entries were carried over (200 from the damaged file" in warning
    assert ids(log) == expected
    assert Log(tmp_path).warnings == ()


def test_a_file_cut_in_half_gives_back_what_is_left(tmp_path: Path) -> None:
    path, expected = long_log(tmp_path)
    half = path.read_bytes()[: path.stat().st_size // 2]
    path.write_bytes(half)
    log = Log(tmp_path)
    assert set_aside(tmp_path) == [half]
    kept = ids(log)
    assert 50 < len(kept) < 200
    assert set(kept) < set(expected)
    assert f"{len(kept)} entries were carried over" in log.warnings[0]
    answered(log, 1)
    assert len(ids(Log(tmp_path))) == len(kept) + 1


def test_damage_in_the_middle_is_seen_at_opening_and_read_around(tmp_path: Path) -> None:
    path, expected = long_log(tmp_path)
    content = bytearray(path.read_bytes())
    middle = content.index(b"q01-100{") // 4096 * 4096
    content[middle : middle + 4096] = random.Random(20).randbytes(4096)
    path.write_bytes(content)
    log = Log(tmp_path)
    assert "progress.sqlite3 is damaged" in log.warnings[0]
    kept = ids(log)
    assert 150 < len(kept) < 200
    assert set(kept) < set(expected)
    assert {expected[0], expected[-1]} <= set(kept)


def test_a_file_damaged_beyond_reading_comes_back_from_its_backup(tmp_path: Path) -> None:
    first = answered(Log(tmp_path), 3)
    for backup in backups.paths(tmp_path):
        backup.unlink()
    answered(Log(tmp_path), 1)  # makes today's backup, of the first three
    (tmp_path / "progress.sqlite3").write_bytes(b"\0rubbish" * 2000)
    log = Log(tmp_path)
    assert ids(log) == first
    assert "3 entries were carried over (0 from the damaged file, 3 from backups" in log.warnings[0]


def test_damage_that_happens_while_the_log_is_open_is_repaired_too(tmp_path: Path) -> None:
    log = Log(tmp_path)
    expected = answered(log, 5)
    log.path.write_bytes(b"rubbish" * 999 + log.path.read_bytes()[6993:])
    expected += answered(log, 1)
    assert set(ids(log)) <= set(expected)
    assert ids(log)[-1] == expected[-1]
    assert "is damaged" in log.warnings[0]
    assert len(set_aside(tmp_path)) == 1


def test_an_empty_file_is_a_new_log(tmp_path: Path) -> None:
    (tmp_path / "progress.sqlite3").touch()
    log = Log(tmp_path)
    assert (log.events(), log.warnings, set_aside(tmp_path)) == ([], (), [])


@pytest.mark.parametrize("missing", [False, True])
def test_a_file_that_became_empty_or_went_comes_back_from_the_segments(
    tmp_path: Path, missing: bool
) -> None:
    expected = answered(Log(tmp_path, detect=on_network), 4)
    for backup in backups.paths(tmp_path):
        backup.unlink()
    (tmp_path / "progress.sqlite3").write_bytes(b"")
    if missing:
        (tmp_path / "progress.sqlite3").unlink()
    log = Log(tmp_path, detect=on_network)
    assert ids(log) == expected
    assert ("is missing" if missing else "has become empty") in log.warnings[0]
    assert "4 from segments" in log.warnings[0]


def test_a_repair_that_was_cut_off_is_done_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, expected = long_log(tmp_path, 20)
    path.write_bytes(b"x" * 100 + path.read_bytes()[100:])
    with monkeypatch.context() as patched:
        patched.setattr("poems_course.progress.disk.put", lambda ready, place: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            Log(tmp_path)
    assert ids(Log(tmp_path)) == expected


# Backups


def test_a_backup_a_day_is_made_and_five_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = Log(tmp_path)
    for day in range(1, 9):
        monkeypatch.setattr(backups, "today", lambda day=day: f"202601{day:02}")
        answered(log, 2)
    kept = backups.paths(tmp_path)
    assert [path.name for path in kept] == [f"progress-202601{d:02}.sqlite3" for d in range(4, 9)]
    with closing(sqlite3.connect(kept[-1])) as newest:
        assert newest.execute("SELECT count(*) FROM event").fetchone() == (14,)


def test_a_backup_that_fails_is_reported_and_the_answer_kept(tmp_path: Path) -> None:
    log = Log(tmp_path)
    answered(log, 1)
    (tmp_path / "backups").write_text("in the way")
    assert len(answered(log, 1)) == 1
    assert "no backup could be made" in log.warnings[0]
    assert len(log.events()) == 2


def test_before_a_migration_there_is_a_backup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = answered(Log(tmp_path), 2)
    change = ("ALTER TABLE event ADD COLUMN place TEXT",)
    monkeypatch.setattr(store, "MIGRATIONS", (*store.MIGRATIONS, change))
    assert ids(Log(tmp_path)) == expected
    (backup,) = (path for path in backups.paths(tmp_path) if "version-1" in path.name)
    with closing(sqlite3.connect(backup)) as old, raw(tmp_path) as new:
        assert old.execute("PRAGMA user_version").fetchone() == (1,)
        assert new.execute("PRAGMA user_version").fetchone() == (2,)


def test_a_migration_that_fails_leaves_the_log_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = answered(Log(tmp_path), 2)
    bad = ("ALTER TABLE event ADD COLUMN place TEXT", "ALTER TABLE nothing ADD COLUMN x")
    with monkeypatch.context() as patched:
        patched.setattr(store, "MIGRATIONS", (*store.MIGRATIONS, bad))
        with pytest.raises(ProgressError):
            Log(tmp_path)
    assert ids(Log(tmp_path)) == expected
