"""``poems class``: report on answers, write a rating sheet, compute a cut score."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from poems_course.classroom import angoff_page, files
from poems_course.classroom.angoff import beside, cut_score
from poems_course.classroom.angoff_sheet import SHEET, read_sheets, sheet
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


def run(given: argparse.Namespace) -> Report:
    """Carries out one action. Raises PoemsError with one line; then nothing was written."""
    for option in ("attempts", "mode") if given.action != "report" else ():
        if getattr(given, option) is not None:
            raise PoemsError(f"class {given.action} takes no --{option}")
    if bool(given.files) == (given.action == "sheet"):
        raise PoemsError(f"class {given.action} {'takes no' if given.files else 'needs a'} FILE")
    return {"report": _report, "sheet": _sheet, "angoff": _angoff}[given.action](given)


def _report(given: argparse.Namespace) -> Report:
    out, sources = Path(given.out), [Path(each) for each in given.files]
    if any(source.is_dir() and source.resolve() == out.resolve() for source in sources):
        raise PoemsError(f"{out} holds the answers; write the report to another folder")
    bank = _bank(given.bank)
    report = class_report(read(sources, bank, given.lesson, given.attempts == "last", given.mode))
    texts = {name: files.as_csv(rows) for name, rows in files.tables(report).items()}
    notes = [f"Note: {note}" for note in report.answers.notes]
    written = files.write_all(out, {**texts, "report.html": page(report, bank)})
    return _said(as_data(report), [*conclusions(report), *notes], written)


def _sheet(given: argparse.Namespace) -> Report:
    bank = [q for q in _bank(given.bank).values() if given.lesson in (None, q.lesson)]
    if not bank:
        raise PoemsError(f"the bank has no questions for lesson {given.lesson!r}")
    target = Path(given.out) / SHEET
    if target.exists():
        raise PoemsError(f"{target} exists already and may hold ratings; name another folder")
    written = files.write_all(target.parent, {SHEET: files.as_csv(sheet(bank))})
    lines = [
        f"A sheet of {len(bank)} questions. Delete the rows that your test does not use.",
        "First agree on who only just deserves to pass. Then each judge, alone, writes for each "
        "question how many of 100 such learners would answer it right (0 to 100).",
        "One column is one judge; add columns whose name starts with judge, or give each judge a "
        f"copy. Then: class angoff {SHEET} --out DIR, all copies together.",
    ]
    return _said({"questions": len(bank)}, lines, written)


def _angoff(given: argparse.Namespace) -> Report:
    if given.lesson or given.bank:
        raise PoemsError("class angoff takes no --lesson and no --bank: the sheet says it all")
    out = Path(given.out)
    ratings = read_sheets([Path(each) for each in given.files])
    cut = cut_score(ratings)
    report = beside(out, cut)
    said = angoff_page.sentences(cut, report)
    texts = {name: files.as_csv(rows) for name, rows in angoff_page.tables(cut, report).items()}
    html = angoff_page.page(cut, ratings, report)
    written = files.write_all(out, {**texts, "cut_score.html": html})
    low, high = cut.interval or (None, None)
    data = {"cut_percent": cut.cut, "low": low, "high": high, "pass_from": cut.pass_from}
    return _said({**data, "said": said}, [*said, *angoff_page.NOT], written)


def _said(data: dict[str, Any], lines: list[str], written: list[Path]) -> Report:
    paths = [str(path) for path in written]
    return Report(
        {**data, "written": paths}, "\n".join([*lines, *(f"Written: {p}" for p in paths)])
    )


def _bank(folder: str | None) -> dict[str, Question]:
    if folder is None:
        return read_bank(BANK)
    if not (found := read_bank(Path(folder))):
        raise PoemsError(f"{folder} holds no bank: one file NN.toml for each lesson")
    return found
