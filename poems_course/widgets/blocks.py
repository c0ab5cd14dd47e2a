"""The pieces of a page that Python lays out and blocks.js shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from poems_course.figures.chart import Chart, Table

Block = dict[str, Any]


def plain_table(table: Table) -> list[Any]:
    """A table as data: caption, columns, rows."""
    return [table.caption, list(table.columns), [list(row) for row in table.rows]]


def chart(drawn: Chart) -> Block:
    """A drawing with its sentence, and its table folded under it."""
    return {"chart": [drawn.svg, drawn.reading, plain_table(drawn.table)]}


def form(text: str, message: dict[str, Any], *fields: dict[str, Any]) -> Block:
    """Fields and a button with *text*, which sends *message* and what the fields hold."""
    return {"form": {"text": text, "message": message, "fields": list(fields)}}


def checks(
    name: str, label: str, fold: str, texts: Sequence[str], chosen: Iterable[int]
) -> dict[str, Any]:
    """Boxes to tick, folded under the words of *fold*; gives the positions that are ticked."""
    return {
        "kind": "checks",
        "name": name,
        "label": label,
        "fold": fold,
        "texts": list(texts),
        "chosen": list(chosen),
    }


def choice(name: str, label: str, texts: Sequence[str], chosen: int = 0) -> dict[str, Any]:
    """Radio buttons; gives the position that is chosen."""
    return {"kind": "choice", "name": name, "label": label, "texts": list(texts), "chosen": chosen}


def text(
    name: str, label: str, note: str = "", value: str = "", type: str = "text"
) -> dict[str, Any]:
    """A line to type in, or where *type* says so a date; gives what stands in it."""
    return {
        "kind": "text",
        "name": name,
        "label": label,
        "note": note,
        "value": value,
        "type": type,
    }


def step(text: str, do: str, after: bool = False, **more: Any) -> dict[str, Any]:
    """A button; *after* shows it only once the question beside it is answered."""
    return {"text": text, "message": {"do": do, **more}, "after": after}
