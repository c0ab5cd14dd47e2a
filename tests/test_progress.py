"""The log as a learner meets it: kept, shared, damaged, full, too new."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from poems_course.progress import Log, ProgressError, backups, segments, store
from poems_course.progress.event import Event, new_id
from poems_course.progress.filesystem import network_filesystem

ROOT = Path(__file__).parents[1]
ANSWER = {"choice": [1], "correct": True, "confidence": 2, "attempt": 1, "lesson": "01"}


def on_network(folder: Path) -> str:
    return "nfs4"


def answered(log: Log, number: int) -> list[str]:
    return [log.append("answered", f"q01-{i}", 1, ANSWER).id for i in range(number)]


def ids(log: Log) -> list[str]:
    return [event.id for event in log.events()]


def raw(folder: Path) -> closing[sqlite3.Connection]:
    return closing(sqlite3.connect(folder / "progress.sqlite3", isolation_level=None))


def test_an_answer_is_there_after_a_restart(tmp_path: Path) -> None:
    log = Log(tmp_path / "new" / "folder")
    receipt = log.append("answered", "q01-letters", 3, ANSWER)
    log.append("hinted", "q01-letters", 3, {})
    again = Log(tmp_path / "new" / "folder")
    event = again.latest("answered", "q01-letters")
    assert event is not None
    assert (event.id, event.item_version, event.payload) == (receipt.id, 3, ANSWER)
    assert event.utc == receipt.saved_at.isoformat(timespec="milliseconds")[:23] + "Z"
    assert [e.kind for e in again.events(item_id="q01-letters")] == ["answered", "hinted"]
    assert [e.seq for e in again.events()] == [1, 2]
    assert again.latest("answered", "q01-other") is None
    assert again.events(kind="restarted") == []
    assert again.warnings == ()


def test_the_folder_is_the_one_the_environment_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POEMS_PROGRESS", str(tmp_path / "mine"))
    assert Log().folder == tmp_path / "mine"


def test_ids_keep_the_order_of_making() -> None:
    made = [new_id() for _ in range(10_000)]
    assert made == sorted(set(made))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(payload=st.dictionaries(st.text(st.characters()), JSON, max_size=5))
def test_any_plain_payload_comes_back_as_it_was(tmp_path: Path, payload: dict[str, Any]) -> None:
    for folder, detect in (("local", lambda folder: None), ("network", on_network)):
        log = Log(tmp_path / folder, detect=detect)
        receipt = log.append("answered", "q01-letters", 1, payload)
        latest = log.latest("answered", "q01-letters")
        assert latest is not None
        assert (latest.id, latest.payload) == (receipt.id, payload)
        kept = segments.read(tmp_path / folder).events
        assert kept == {} if folder == "local" else kept[receipt.id].payload == payload


@pytest.mark.parametrize("payload", [{"dose": float("nan")}, {"when": object()}])
def test_a_payload_that_is_not_plain_data_is_refused(tmp_path: Path, payload: Any) -> None:
    log = Log(tmp_path)
    with pytest.raises(ProgressError, match="the entry is not plain data"):
        log.append("answered", "q01-letters", 1, payload)
    assert log.events() == []


def test_an_entry_that_is_none_is_refused_by_field(tmp_path: Path) -> None:
    log = Log(tmp_path)
    with pytest.raises(ProgressError, match="item_version: must be a whole number, not '1'"):
        log.append("answered", "q01-letters", "1", ANSWER)  # type: ignore[arg-type]
    assert log.events() == []


@pytest.mark.parametrize("statement", ["UPDATE event SET kind = 'x'", "DELETE FROM event"])
def test_what_is_written_can_neither_change_nor_go(tmp_path: Path, statement: str) -> None:
    before = ids_of = answered(Log(tmp_path), 2)
    with raw(tmp_path) as database, pytest.raises(sqlite3.IntegrityError, match="insert-only"):
        database.execute(statement)
    with raw(tmp_path) as database:
        database.execute("INSERT OR REPLACE INTO event SELECT id, session, utc, 'x', item_id, "
                         "item_version, payload, seq FROM event")  # fmt: skip
    assert ids(Log(tmp_path)) == before == ids_of
    assert {event.kind for event in Log(tmp_path).events()} == {"answered"}


# Shared


def test_two_logs_in_one_process_take_turns(tmp_path: Path) -> None:
    one, two = Log(tmp_path), Log(tmp_path)
    expected = [answered(log, 1)[0] for _ in range(10) for log in (one, two)]
    assert ids(one) == ids(two) == expected
    assert {event.session for event in one.events()} == {one.session, two.session}


@pytest.mark.parametrize("network", ["", "nfs4"], ids=["local", "network"])
def test_six_processes_at_once_lose_nothing(tmp_path: Path, network: str) -> None:
    program = (
        "import sys, pathlib; from poems_course.progress import Log, store\n"
        "store.LOCK_SECONDS = 60  # 360 entries may take a slow disk longer than the usual 10\n"
        "log = Log(pathlib.Path(sys.argv[1]), detect=lambda folder: sys.argv[2] or None)\n"
        "for i in range(60): log.append('answered', f'q{i}', 1, {'i': i})\n"
        "print(log.warnings)"
    )
    command = [sys.executable, "-c", program, str(tmp_path), network]
    writers = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(6)
    ]
    said = [writer.communicate()[0] for writer in writers]
    assert [writer.returncode for writer in writers] == [0] * 6
    assert not any("damaged" in line or "unreadable" in line for line in said)
    log = Log(tmp_path, detect=lambda folder: network or None)
    assert len({(event.session, event.seq) for event in log.events()}) == 360
    assert len(segments.read(tmp_path).events) == (360 if network else 0)


def test_a_log_locked_by_another_program_is_said_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = Log(tmp_path)
    monkeypatch.setattr(store, "LOCK_SECONDS", 0.05)
    for name in ("progress.sqlite3", "progress.lock"):
        with closing(sqlite3.connect(tmp_path / name, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            with pytest.raises(ProgressError, match="another program keeps it locked"):
                answered(log, 1)
    assert len(answered(log, 1)) == 1 == len(log.events())


def test_a_log_deleted_while_in_use_goes_on_with_a_new_file(tmp_path: Path) -> None:
    log = Log(tmp_path)
    (tmp_path / "progress.sqlite3").unlink()
    assert answered(log, 2) == ids(Log(tmp_path))


# Damaged


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


# Refused


@pytest.mark.parametrize("below", ["", "folder", "deep/folder"])
def test_a_folder_that_is_a_file_gets_one_clear_line(tmp_path: Path, below: str) -> None:
    (tmp_path / "taken").write_text("mine")
    with pytest.raises(ProgressError, match="is, or lies in, a file") as error:
        Log(tmp_path / "taken" / below)
    assert "\n" not in str(error.value)


def test_a_database_from_a_newer_course_is_left_untouched(tmp_path: Path) -> None:
    log = Log(tmp_path)
    with raw(tmp_path) as database:
        database.execute("PRAGMA user_version = 99")
    before = log.path.read_bytes()
    for attempt in (lambda: Log(tmp_path), lambda: answered(log, 1)):
        with pytest.raises(ProgressError, match="newer version of this course"):
            attempt()
    assert log.path.read_bytes() == before


def test_a_database_of_another_program_is_left_untouched(tmp_path: Path) -> None:
    with raw(tmp_path) as database:
        database.execute("CREATE TABLE recipes (name)")
    before = (tmp_path / "progress.sqlite3").read_bytes()
    with pytest.raises(ProgressError, match="not a progress file of this course"):
        Log(tmp_path)
    assert (tmp_path / "progress.sqlite3").read_bytes() == before


def test_a_full_disk_is_said_so_and_spoils_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = Log(tmp_path)
    before = answered(log, 3)
    connected = store.connected

    @contextmanager
    def full(path: Path) -> Iterator[sqlite3.Connection]:
        with connected(path) as database:
            database.execute("PRAGMA max_page_count = 1")
            yield database

    with monkeypatch.context() as patched:
        patched.setattr(store, "connected", full)
        with pytest.raises(ProgressError, match="the disk is full"):
            log.append("answered", "q01-letters", 1, {"text": "x" * 50_000})
    assert ids(log) == before
    assert log.warnings == ()


# Network file systems

MOUNTS = r"""22 27 0:21 / /proc rw - proc proc rw
27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
30 27 0:30 / /home rw - nfs4 server:/home rw
31 30 8:1 / /home/local rw - ext4 /dev/sdb rw
32 27 0:32 / /media/my\040share rw - cifs //server/share rw
33 27 0:33 / /mnt/ssh rw - fuse.sshfs server: rw
34 27 8:2 / /mnt/stick rw - fuseblk /dev/sdc rw
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/ada/data", "nfs4"),
        ("/home/local/ada", None),
        ("/homely", None),
        ("/media/my share/x", "cifs"),
        ("/mnt/ssh", "fuse.sshfs"),
        ("/mnt/stick", None),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="the table of mounts is Linux's")
def test_the_file_system_is_the_one_of_the_nearest_mount(
    tmp_path: Path, folder: str, kind: str | None
) -> None:
    (tmp_path / "mountinfo").write_text(MOUNTS)
    assert network_filesystem(Path(folder), tmp_path / "mountinfo") == kind


def test_without_a_table_of_mounts_a_folder_counts_as_local(tmp_path: Path) -> None:
    assert network_filesystem(tmp_path, tmp_path / "none") is None


def test_a_network_folder_is_warned_of_once(tmp_path: Path) -> None:
    log = Log(tmp_path, detect=on_network)
    assert "on a network file system (nfs4)" in log.warnings[0]
    answered(log, 1)
    assert Log(tmp_path, detect=on_network).warnings == ()


def test_a_torn_segment_line_is_ignored_kept_and_reported_once(tmp_path: Path) -> None:
    expected = answered(Log(tmp_path, detect=on_network), 3)
    (segment,) = segments.paths(tmp_path)
    torn = segment.read_bytes()[:-40]
    segment.write_bytes(torn)
    (tmp_path / "progress.sqlite3").write_bytes(b"")
    for backup in backups.paths(tmp_path):
        backup.unlink()
    log = Log(tmp_path, detect=on_network)
    assert ids(log) == expected[:2]
    assert any("1 unreadable line(s)" in line for line in log.warnings)
    assert [path.read_bytes() for path in tmp_path.glob("progress-damaged-*.jsonl")] == [torn]
    assert Log(tmp_path, detect=on_network).warnings == ()


def test_a_segment_line_with_one_wrong_letter_is_not_believed(tmp_path: Path) -> None:
    answered(Log(tmp_path, detect=on_network), 1)
    (segment,) = segments.paths(tmp_path)
    segment.write_bytes(segment.read_bytes().replace(b'"correct": true', b'"correct": 1234'))
    assert segments.read(tmp_path).events == {}


def test_segments_of_another_machine_are_merged_by_id(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    expected = answered(Log(here), 2)
    expected += answered(Log(there, detect=on_network), 2)
    (here / "segments").mkdir()
    for segment in segments.paths(there):
        for name in ("a.jsonl", "b.jsonl"):
            (here / "segments" / name).write_bytes(segment.read_bytes())
    log = Log(here)
    assert ids(log) == expected
    assert "2 entries" in log.warnings[0]
    assert ids(Log(here)) == expected


def test_a_log_that_moves_to_a_network_gets_its_second_copy(tmp_path: Path) -> None:
    expected = answered(Log(tmp_path), 3)
    Log(tmp_path, detect=on_network)
    assert sorted(segments.read(tmp_path).events) == expected


def test_a_segment_that_cannot_be_written_does_not_deny_the_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = Log(tmp_path, detect=on_network)

    def refuse(*_: object) -> None:
        raise OSError("quota exceeded")

    monkeypatch.setattr(segments, "append", refuse)
    assert answered(log, 1) == ids(log)
    assert "second copy" in log.warnings[-1]
    assert "quota exceeded" in log.warnings[-1]


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


def test_importing_the_log_loads_nothing_heavy() -> None:
    program = "import sys, poems_course.progress; print(*sys.modules)"
    command = [sys.executable, "-c", program]
    loaded = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert not {"numpy", "pandas", "plotly", "sqlite3", "platformdirs"} & set(loaded.stdout.split())
