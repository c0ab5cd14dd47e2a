"""Is a folder on a network file system? There, neither locks nor a database can be relied on."""

from __future__ import annotations

import re
from pathlib import Path

MOUNTS = Path("/proc/self/mountinfo")
_NETWORK = frozenset(
    ("nfs", "nfs3", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "ncpfs", "afs", "openafs")
    + ("coda", "9p", "ceph", "glusterfs", "lustre", "gpfs", "beegfs", "pvfs2", "orangefs")
    + ("davfs", "vboxsf", "prl_fs", "acfs")
)


def network_filesystem(folder: Path, mounts: Path = MOUNTS) -> str | None:
    """The kind of network file system that holds *folder* ("nfs4"); None = local or unknown.

    Linux is asked through *mounts*, its table of mounts; elsewhere only a UNC path is known.
    """
    folder = folder.resolve()
    if str(folder).startswith("\\\\"):
        return "network share"
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return None
    kind = _kind_of_mount(folder, lines)
    return kind if kind in _NETWORK or kind.startswith("fuse.") else None


def _kind_of_mount(folder: Path, lines: list[str]) -> str:
    best, kind = -1, ""
    for line in lines:
        before, _, after = line.partition(" - ")
        fields, kinds = before.split(" "), after.split(" ")
        if len(fields) < 5:
            continue
        point = Path(_unescape(fields[4]))
        if folder.is_relative_to(point) and len(point.parts) >= best:  # a later mount covers
            best, kind = len(point.parts), kinds[0]
    return kind


def _unescape(text: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), text)
