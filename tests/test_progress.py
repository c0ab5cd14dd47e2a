"""The log as a learner meets it: kept, shared, refused, full, too new."""

from __future__ import annotations

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

from poems_course.progress import Log, ProgressError, segments, store
from poems_course.progress.event import new_id
from tests.progress_logs import ANSWER, answered, ids, on_network, raw

ROOT = Path(__file__).parents[1]


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


def test_entries_that_belong_together_are_kept_together_or_not_at_all(tmp_path: Path) -> None:
    log = Log(tmp_path)
    receipt = log.append_all([("answered", "q01-a", 1, ANSWER), ("ended", "examination", 1, {})])
    assert [event.kind for event in log.events()] == ["answered", "ended"]
    assert log.events()[-1].id == receipt.id
    with pytest.raises(ProgressError, match="plain data"):
        log.append_all([("answered", "q01-b", 1, ANSWER), ("ended", "x", 1, {"at": object()})])
    assert len(log.events()) == 2


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


def test_importing_the_log_loads_nothing_heavy() -> None:
    program = "import sys, poems_course.progress; print(*sys.modules)"
    command = [sys.executable, "-c", program]
    loaded = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert not {"numpy", "pandas", "plotly", "sqlite3", "platformdirs"} & set(loaded.stdout.split())
