"""``poems class report``: from exported logs or a table to a page and tidy CSV."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from poems_course.classroom import files
from poems_course.classroom.page import page
from poems_course.classroom.read import read
from poems_course.classroom.report import as_data, class_report, conclusions
from poems_course.content import PoemsError
from poems_course.questions.bank import BANK, read_bank
from poems_course.questions.records import Question


@dataclass(frozen=True)
class Report:
    """What the verb says, as data and as text."""

    data: dict[str, Any]
    text: str


def run(read_arguments: argparse.Namespace) -> Report:
    """Carries out one action. Raises PoemsError with one line; then nothing was written."""
    given = read_arguments
    out = Path(given.out)
    sources = [Path(each) for each in given.files]
    if any(source.is_dir() and source.resolve() == out.resolve() for source in sources):
        raise PoemsError(f"{out} holds the answers; write the report to another folder")
    bank = _bank(given.bank)
    report = class_report(read(sources, bank, given.lesson, given.attempts == "last"))
    texts = {name: files.as_csv(rows) for name, rows in files.tables(report).items()}
    paths = files.write_all(out, {**texts, "report.html": page(report, bank)})
    notes = [f"Note: {note}" for note in report.answers.notes]
    written = [f"Written: {path}" for path in paths]
    data = {**as_data(report), "written": [str(path) for path in paths]}
    return Report(data, "\n".join([*conclusions(report), *notes, *written]))


def _bank(folder: str | None) -> dict[str, Question]:
    if folder is None:
        return read_bank(BANK)
    if not (found := read_bank(Path(folder))):
        raise PoemsError(f"{folder} holds no bank: one file NN.toml for each lesson")
    return found
