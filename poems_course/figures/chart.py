"""What every figure is: a drawing, one sentence that says what it shows, its data as a table."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

Cell = str | int | float


@dataclass(frozen=True)
class Table:
    """The data behind a drawing; *columns* carry their units, *rows* are already rounded."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def html(self) -> str:
        """The table with its caption and column headers, for any page."""
        head = "".join(f'<th scope="col">{escape(c)}</th>' for c in self.columns)
        body = "".join(
            "<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>"
            for row in self.rows
        )
        return (
            f"<table><caption>{escape(self.caption)}</caption>"
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        )


@dataclass(frozen=True)
class Chart:
    """A figure: *svg* markup, its one-sentence *reading*, and its *table*."""

    svg: str
    reading: str
    table: Table
