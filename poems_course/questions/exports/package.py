"""A zip file that is the same, byte by byte, whenever the same is put into it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_DAY = (1980, 1, 1, 0, 0, 0)  # the first that a zip file can hold


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    """The files by name, compressed, in the order given."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, _DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, data)
    return content.getvalue()
