"""A log on a network file system: told, and kept a second time in segments."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from poems_course.progress import Log, backups, segments
from poems_course.progress.filesystem import network_filesystem
from tests.progress_logs import answered, ids, on_network

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
