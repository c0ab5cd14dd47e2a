"""CSV: one row for each option, for Excel and for whoever computes with the bank.

A byte order mark tells Excel that it is UTF-8. A cell that Excel would read as a formula begins
with an apostrophe; a plain number, even a negative one, is left as it is.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import Any

from poems_course.questions.exports.form import Format, Loss, drawn
from poems_course.questions.exports.sheet import paragraphs, picture, source_lines
from poems_course.questions.exports.shown import Choice, choices, number
from poems_course.questions.records import Question

COLUMNS = (
    "item", "version", "lesson", "objective", "level", "type", "place", "pool", "difficulty",
    "stem", "drawing", "table", "row", "shown_at", "prompt", "text", "right_place", "credit",
    "feedback", "answer", "tolerance", "unit", "hint", "why", "sources", "facts", "tags",
)  # fmt: skip
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠\t\r]")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def write(items: Sequence[Question]) -> bytes:
    """The table as a file."""
    text = io.StringIO(newline="")
    table = csv.DictWriter(text, COLUMNS, restval="")
    table.writeheader()
    for item in items:
        own = _item(item)
        for row in _rows(item):
            table.writerow({name: _safe(value) for name, value in (own | row).items()})
    return text.getvalue().encode("utf-8-sig")


def _item(item: Question) -> dict[str, Any]:
    """What is the same in all rows of an item."""
    numeric = item.answer is not None and item.tolerance is not None
    return {
        "item": item.id,
        "version": item.version,
        "lesson": item.lesson,
        "objective": item.objective,
        "level": item.level,
        "type": item.type,
        "place": item.place,
        "pool": item.pool,
        "difficulty": item.difficulty,
        "stem": "\n".join(paragraphs(item.asked)),
        **_drawn(item),
        "answer": number(item.answer or 0) if numeric else "",
        "tolerance": number(item.tolerance or 0) if numeric else "",
        "unit": item.unit or "",
        "hint": "\n".join(paragraphs(item.hint)),
        "why": "\n".join(paragraphs(item.why)),
        "sources": "\n".join(source_lines(item)),
        "facts": " ".join(item.facts),
        "tags": "; ".join(item.tags),
    }


def _rows(item: Question) -> Iterator[dict[str, Any]]:
    if item.feedback is not None:
        for side in ("right", "low", "high"):
            yield {"row": side, "feedback": getattr(item.feedback, side)}
    for at, choice in enumerate(choices(item), start=1):
        said = " ".join(choice.feedback.split())
        yield {"shown_at": at, "text": choice.text, "feedback": said, **_key(item, choice)}


def _key(item: Question, choice: Choice) -> dict[str, Any]:
    if item.type == "ordering":
        return {"row": "step", "right_place": choice.place}
    if item.type == "matching":
        row = "match" if choice.prompt else "matches nothing"
        return {"row": row, "prompt": choice.prompt or ""}
    return {"row": "option", "credit": number(round(choice.credit, 4))}


def _drawn(item: Question) -> dict[str, str]:
    """The drawing as an address that a browser opens, and its data."""
    image = picture(item)
    if image is None:
        return {}
    lines = [image.table.columns, *image.table.rows]
    table = [image.table.caption, *(" | ".join(map(str, line)) for line in lines)]
    return {"drawing": image.inside(), "table": "\n".join(table)}


def _safe(value: Any) -> Any:
    text = str(value)
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else value


CSV = Format(
    "csv",
    "CSV",
    ".csv",
    "read back by Python's csv",
    write,
    (Loss(drawn, "no picture in a cell: the drawing is an address (data:) to open in a browser"),),
)
