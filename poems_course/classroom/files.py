"""The report as tidy CSV: one row, one thing measured; numbers to six decimals, unknown = empty."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from poems_course.classroom.distractors import GROUPS, ChoiceTable
from poems_course.classroom.intervals import Interval
from poems_course.classroom.report import ClassReport, remarks
from poems_course.classroom.scales import Scale
from poems_course.document import open_folder, write_whole

Cell = str | int | float | None
SUMMARY = "class.csv"


def tables(report: ClassReport) -> dict[str, list[Sequence[Cell]]]:
    """The rows of each file, its header first."""
    made = {
        SUMMARY: [_SUMMARY_COLUMNS, *_summary(report)],
        "items.csv": [_ITEM_COLUMNS, *_items(report)],
        "choices.csv": [_CHOICE_COLUMNS, *_choices(report)],
    }
    for name, scale in (("rasch.csv", report.rasch), ("slopes.csv", report.two_parameters)):
        if isinstance(scale, Scale):
            made[name] = [_SCALE_COLUMNS, *_scale(scale)]
    return made


_SUMMARY_COLUMNS = ("measure", "value", "low", "high", "learners", "items", "unit")


def _summary(report: ClassReport) -> Iterator[Sequence[Cell]]:
    n, k = report.answers.learners, len(report.answers.items)
    yield "missing answers", int((~report.answers.given).sum()), None, None, n, k, "answers"
    if whole := report.reliability:
        size = whole.learners, whole.items
        yield "KR-20", whole.alpha, *_ends(whole.interval), *size, ""
        yield "standard deviation", whole.deviation, None, None, *size, "points"
        error = whole.error_interval
        yield "standard error of measurement", whole.error, *_ends(error), *size, "points"
    if isinstance(report.rasch, Scale) and report.rasch.spread:
        spread = report.rasch.spread
        size = report.rasch.learners, len(report.rasch.difficulty)
        yield "spread of ability", spread.value, *spread.interval, *size, "logits"


_ITEM_COLUMNS = (
    "item", "version", "answered", "missing", "difficulty", "difficulty_low", "difficulty_high",
    "item_rest_r", "item_rest_r_low", "item_rest_r_high", "item_rest_n", "kr20_if_deleted",
    "remarks",
)  # fmt: skip


def _items(report: ClassReport) -> Iterator[Sequence[Cell]]:
    answered = report.answers.given.sum(axis=0)
    for at, (item, figures) in enumerate(zip(report.answers.items, report.items, strict=True)):
        n = int(answered[at])
        if figures is None:
            yield *item, n, report.answers.learners - n, *[None] * 8, "fewer than five answers"
            continue
        yield (
            *item, n, report.answers.learners - n, figures.share, *figures.share_interval,
            figures.rest, *_ends(figures.rest_interval), figures.pairs, figures.alpha_without,
            "; ".join(remarks(figures, report.choices[at])),
        )  # fmt: skip


_CHOICE_COLUMNS = (
    "item", "version", "choice", "right", "group", "group_size", "learners", "suppressed",
    "r", "r_low", "r_high", "draws",
)  # fmt: skip


def _choices(report: ClassReport) -> Iterator[Sequence[Cell]]:
    for item, table in zip(report.answers.items, report.choices, strict=True):
        for row in table.rows if table else ():
            cells = zip(group_names(table), table.sizes, row.counts, strict=True) if table else ()
            for group, size, count in cells:
                whole = group == "all"
                figures = (row.r, *_ends(row.interval), row.draws) if whole else [None] * 4
                yield (
                    *item, row.choice.text, "yes" if row.choice.right else "no", group, size,
                    count, "yes" if count is None else "no", *figures,
                )  # fmt: skip


def group_names(table: ChoiceTable) -> tuple[str, ...]:
    """The names of a table's columns of learners: score groups, then all."""
    return (*GROUPS[max(1, len(table.sizes) - 1)], "all")


_SCALE_COLUMNS = ("item", "version", "parameter", "value", "low", "high")


def _scale(scale: Scale) -> Iterator[Sequence[Cell]]:
    for name, estimates in (("difficulty", scale.difficulty), ("slope", scale.slope)):
        for item, each in estimates.items():
            yield *item, name, each.value, *each.interval


def _ends(interval: Interval | None) -> tuple[Cell, Cell]:
    return interval or (None, None)


def write_all(folder: Path, texts: dict[str, str]) -> list[Path]:
    """Writes files into *folder*, each complete or not at all; their paths. Raises PoemsError."""
    open_folder(folder)
    return [write_whole(folder / name, text) for name, text in texts.items()]


def as_csv(rows: Iterable[Sequence[Cell]]) -> str:
    """Rows as the text of a CSV file; a text that a spreadsheet would take for a formula is
    quoted with an apostrophe."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([_cell(c) for c in row] for row in rows)
    return text.getvalue()


def _cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:.6f}"
    text = str(cell)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") and isinstance(cell, str) else text
