"""What the course writes for others to open: whole files, and the frame of a page."""

from __future__ import annotations

import contextlib
import os
from html import escape
from pathlib import Path

from poems_course.content import PoemsError


def write_whole(path: Path, content: bytes | str) -> Path:
    """Puts *content*, a text as UTF-8, at *path* in one step.

    Whoever looks finds the old file or the whole new one. Gives *path*. Raises PoemsError where it
    cannot be written.
    """
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        aside.write_bytes(content.encode() if isinstance(content, str) else content)
        aside.replace(path)
    except OSError as error:
        raise PoemsError(f"{path} cannot be written: {error.strerror or error}") from None
    finally:
        with contextlib.suppress(OSError):  # where nothing could be written, nothing lies aside
            aside.unlink()
    return path


def open_folder(path: Path) -> Path:
    """The folder *path*, made where it is missing. Raises PoemsError where it cannot be."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PoemsError(f"{path}: cannot be written: {error.strerror or error}") from None
    return path


def html_page(title: str, style: str, body: str) -> str:
    """An HTML page that needs no other file: a plain *title*, a style sheet, the body's markup."""
    return f"""<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<link rel="icon" href="data:,">
<style>{style}</style>
</head>
<body>
{body}
</body>
</html>
"""
