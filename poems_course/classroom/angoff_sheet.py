"""The rating sheet of Angoff's method, as CSV: written for the judges, read when they are done."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import ascii_uppercase

from poems_course.classroom.answers import Item
from poems_course.classroom.csv_file import csv_rows
from poems_course.content import ContentError, PoemsError
from poems_course.questions.explanation import answer_text
from poems_course.questions.records import Question

SHEET = "angoff-sheet.csv"
JUDGES = 6
GIVEN = ("item", "version", "question", "options", "answer")
_PERCENT = re.compile(r"(100|[0-9]{1,2})([.,][0-9]+)? ?%?")


@dataclass(frozen=True)
class Ratings:
    """*of*: for each judge the rating of each item, in percent; an item left open is not there."""

    items: tuple[Item, ...]
    of: dict[str, dict[Item, float]]


def sheet(questions: Iterable[Question]) -> list[Sequence[str]]:
    """The rows of a sheet: what is asked, what is right, and an empty column for each judge."""
    head = (*GIVEN, *(f"judge-{number}" for number in range(1, JUDGES + 1)))
    return [head, *((*_asked(question), *[""] * JUDGES) for question in questions)]


def _asked(question: Question) -> tuple[str, ...]:
    options = [
        f"{letter}) {option.prompt}: {option.text}" if option.prompt else f"{letter}) {option.text}"
        for letter, option in zip(ascii_uppercase, question.options, strict=False)
    ]
    texts = (question.asked, "  ".join(options), answer_text(question))
    return question.id, str(question.version), *(" ".join(text.split()) for text in texts)


def read_sheets(paths: Sequence[Path]) -> Ratings:
    """All ratings of one sheet or of several; a column without any rating is no judge.

    Raises PoemsError in one line that names file, item and judge.
    """
    items: dict[Item, None] = {}
    judges: dict[str, dict[Item, float]] = {}
    for path in paths:
        for judge, ratings in _read(path, items).items():
            name = judge if len(paths) == 1 else f"{path.stem}: {judge}"
            judges[name] = ratings
    judges = {judge: ratings for judge, ratings in judges.items() if ratings}
    if not judges:
        raise PoemsError(f"{paths[0].name}: no judge has rated anything yet")
    rated = tuple(item for item in items if any(item in own for own in judges.values()))
    return Ratings(rated, judges)


def _read(path: Path, items: dict[Item, None]) -> dict[str, dict[Item, float]]:
    cells = csv_rows(path)
    _, names = next(cells)
    columns = [name for name in names if name.strip().lower().startswith("judge")]
    for name in names:
        if name not in columns and name not in GIVEN:
            problem = f"is no column of a sheet: {', '.join(GIVEN)}, and judge-1, judge-2 ..."
            raise ContentError(path.name, "line 1", name, problem)
    if "item" not in names or not columns:
        missing = "item" if "item" not in names else "judge-1"
        raise ContentError(path.name, "line 1", missing, "this column is missing")
    if len(set(names)) != len(names):
        raise ContentError(path.name, "line 1", "", "two columns have the same name")
    found: dict[str, dict[Item, float]] = {name: {} for name in columns}
    seen: set[Item] = set()
    for _, values in cells:
        if not any(values):
            continue
        row = dict(zip(names, values, strict=True))
        item = _item(path.name, row)
        if item in seen:
            raise ContentError(path.name, str(item), "item", "stands in this sheet twice")
        seen.add(item)
        items.setdefault(item)
        for judge in columns:
            if text := row[judge].strip():
                found[judge][item] = _percent(path.name, str(item), judge, text)
    for judge, ratings in found.items():
        if len(ratings) > 1 and 0 < max(ratings.values()) <= 1:
            problem = "no rating is above 1: write percentages, 70 for 0.7"
            raise ContentError(path.name, "", judge, problem)
    return found


def _item(name: str, row: dict[str, str]) -> Item:
    id, version = row["item"].strip(), row.get("version", "").strip() or "1"
    if not id:
        raise ContentError(name, "", "item", "is empty in a row that is not")
    if not re.fullmatch(r"[1-9][0-9]{0,5}", version):
        raise ContentError(name, id, "version", f"must be a whole number, not {version[:20]!r}")
    return Item(id, int(version))


def _percent(name: str, item: str, judge: str, text: str) -> float:
    value = text.removesuffix("%").strip().replace(",", ".")
    if not _PERCENT.fullmatch(text) or float(value) > 100:
        problem = f"must be a percentage from 0 to 100, not {text[:20]!r}"
        raise ContentError(name, item, judge, problem)
    return float(value)
