"""From a file on disk to the JSON object in it, with one clear line where that fails."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from poems_course.content import ContentError

LARGEST = 1_000_000  # bytes; a form has about a thousand


class FormError(ContentError):
    """A patient form that cannot be used: one line with the file, the field and the problem."""

    def __init__(self, file: str, field: str, problem: str) -> None:
        super().__init__(one_line(file), "", one_line(field), one_line(problem, 400))


def one_line(text: str, longest: int = 120) -> str:
    """*text* without line breaks or control characters, cut to *longest* characters."""
    flat = "".join(char if char.isprintable() else " " for char in text)
    flat = " ".join(flat.split())
    return flat if len(flat) <= longest else flat[: longest - 3] + "..."


def read_object(path: Path) -> dict[str, Any]:
    """The JSON object in the file at *path*. Raises FormError."""
    text = _text(path)
    try:
        content = json.loads(text, object_pairs_hook=_without_repeats)
    except _Repeated as repeated:
        raise FormError(path.name, str(repeated), "is given twice") from None
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise FormError(path.name, where, f"is not valid JSON: {error.msg}") from None
    except (RecursionError, ValueError):  # nested, or a number, beyond what a form can mean
        raise FormError(path.name, "", "is not a patient form: too deep or too long") from None
    if not isinstance(content, dict):
        kind = "a list" if isinstance(content, list) else "a single value"
        problem = f'must be a JSON object such as {{"age": 52, ...}}, not {kind}'
        raise FormError(path.name, "", problem)
    return content


class _Repeated(Exception):
    pass


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table: dict[str, Any] = {}
    for name, value in pairs:
        if name in table:
            raise _Repeated(name)
        table[name] = value
    return table


def _text(path: Path) -> str:
    data = _bytes(path)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in data[:4]:
        raise FormError(path.name, "", "is UTF-16 or UTF-32 text; save it again as UTF-8")
    try:
        text = data.decode("utf-8-sig")  # Windows Notepad may put a mark in front
    except UnicodeDecodeError as error:
        problem = f"is not UTF-8 text (byte {error.start + 1}); save it again as UTF-8"
        raise FormError(path.name, "", problem) from None
    if not text.strip():
        raise FormError(path.name, "", "is empty")
    return text


def _bytes(path: Path) -> bytes:
    name = path.name or str(path)
    try:
        if path.is_dir():
            raise FormError(name, "", "is a folder, not a file")
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise FormError(name, "", "there is no such file") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FormError(name, "", f"cannot be read: {reason}") from None
    if len(data) > LARGEST:
        raise FormError(name, "", "is too large for a patient form (over 1 MB)")
    return data
