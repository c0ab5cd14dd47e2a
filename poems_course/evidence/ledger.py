"""The ledger: every clinical number in a lesson stands in a fact that is named beside it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from poems_course.content import ContentError
from poems_course.evidence.library import UnknownEntry, cite, fact, references
from poems_course.evidence.marks import CITATION, Passage, misspelt_marks, passages
from poems_course.evidence.numerals import Numeral, numerals, values_in

_REFERENCES = re.compile(r"^\s*#{1,6}\s+References\b", re.MULTILINE)
_LISTED = re.compile(r'^[-*]\s*<a id="([^"]+)"></a>(.*)$', re.MULTILINE)
_PATIENT_NAME = re.compile(r"[a-z0-9_-]+")


@dataclass(frozen=True)
class Finding:
    """One thing wrong in a lesson or a question, with the place and the words around it."""

    file: str
    cell: int | str
    excerpt: str
    problem: str

    def __str__(self) -> str:
        where = f"cell {self.cell}" if isinstance(self.cell, int) else self.cell
        excerpt = f': "{self.excerpt}"' if self.excerpt else ""
        return f"{self.file}: {where}{excerpt}: {self.problem}"


def check_notebook(path: Path, patients: Path | None = None) -> list[Finding]:
    """What the ledger finds in the markdown cells of a notebook.

    *patients* is the folder of the invented patients; left out, it is data/patients beside the
    notebook's folder. Raises ContentError where the file is no notebook.
    """
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        markdown = {
            number: "".join(cell["source"])
            for number, cell in enumerate(cells)
            if cell["cell_type"] == "markdown"
        }
    except (OSError, UnicodeDecodeError, ValueError, KeyError, TypeError):
        raise ContentError(path.name, "", "", "is not a notebook") from None
    folder = patients or path.resolve().parent.parent / "data" / "patients"
    return check_lesson(markdown, path.name, folder)


def check_lesson(markdown_cells: Mapping[int, str], lesson: str, patients: Path) -> list[Finding]:
    """What the ledger finds in a lesson, given as its markdown by number of the cell."""
    found: list[Finding] = []
    for number, text in markdown_cells.items():
        for mark in misspelt_marks(text):
            found.append(Finding(lesson, number, mark, "is not one of the marks"))
        if not _REFERENCES.search(text):
            for passage in passages(text):
                found += _check_passage(passage, lesson, number, patients)
    return found + list(_check_citations(markdown_cells, lesson))


def check_text(
    text: str, fact_ids: Iterable[str], where: tuple[str, str], invented: Iterable[float] = ()
) -> list[Finding]:
    """The rule for a text outside lessons, such as a question: *fact_ids* play the mark.

    *where* is the file and the entry; *invented* are the numbers of an invented patient.
    """
    file, entry = where
    passage = Passage(text, facts=list(fact_ids))
    allowed, found = _allowed_by_facts(passage, file, entry)
    return found + list(_unbacked(passage, allowed | frozenset(invented), file, entry))


def _check_passage(passage: Passage, lesson: str, cell: int, patients: Path) -> Iterator[Finding]:
    allowed, found = _allowed_by_facts(passage, lesson, cell)
    yield from found
    for name in passage.patients:
        try:
            allowed |= _patient_numbers(name, patients)
        except (OSError, ValueError) as error:
            yield Finding(lesson, cell, f"patient: {name}", f"there is no such patient ({error})")
    for listed in passage.not_clinical:
        allowed |= values_in(listed)
    yield from _unbacked(passage, allowed, lesson, cell)


def _allowed_by_facts(
    passage: Passage, file: str, cell: int | str
) -> tuple[frozenset[float], list[Finding]]:
    allowed: frozenset[float] = frozenset()
    found = []
    for name in passage.facts:
        try:
            allowed |= fact(name).numbers
        except UnknownEntry as error:
            found.append(Finding(file, cell, f"facts: {name}", str(error)))
    return allowed, found


def _unbacked(
    passage: Passage, allowed: frozenset[float], file: str, cell: int | str
) -> Iterator[Finding]:
    readable = passage.readable
    named = passage.facts + [f"patient {name}" for name in passage.patients]
    for numeral in numerals(readable):
        if numeral.value in allowed:
            continue
        if named:
            problem = f"{numeral.text} is not in what is named here ({', '.join(named)})"
        else:
            problem = f"{numeral.text} stands without a fact"
        yield Finding(file, cell, _around(readable, numeral), problem)


def _around(text: str, numeral: Numeral) -> str:
    flat = " ".join(text.split())
    at = re.search(rf"(?<![0-9.]){re.escape(numeral.text)}", flat)
    start = max(0, at.start() - 30) if at else 0
    return flat[start : start + 70].strip()


def _patient_numbers(name: str, folder: Path) -> frozenset[float]:
    if not _PATIENT_NAME.fullmatch(name):
        raise ValueError("not a patient's name")
    try:
        return _numbers_in(json.loads((folder / f"{name}.json").read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise ValueError(f"{name}.json is missing") from None


def _numbers_in(value: Any) -> frozenset[float]:
    if isinstance(value, bool) or value is None:
        return frozenset()
    if isinstance(value, (int, float)):
        return frozenset({float(value)})
    if isinstance(value, str):
        return values_in(value)
    inside = value.values() if isinstance(value, dict) else value
    return frozenset().union(*map(_numbers_in, inside))


def _check_citations(cells: Mapping[int, str], lesson: str) -> Iterator[Finding]:
    listed: dict[str, int] = {}
    cited: dict[str, int] = {}
    for number, text in cells.items():
        if _REFERENCES.search(text):
            for key, line in _LISTED.findall(text):
                listed[key] = number
                yield from _check_listed(key, line, lesson, number)
        else:
            for _, key in CITATION.findall(text):
                cited.setdefault(key, number)
    for key, number in cited.items():
        if key not in references():
            problem = str(UnknownEntry("reference", key, references()))
            yield Finding(lesson, number, f"#{key}", problem)
        elif key not in listed:
            yield Finding(lesson, number, f"#{key}", f"{key} is cited but not listed")
    for key in listed.keys() - cited.keys():
        yield Finding(lesson, listed[key], f"#{key}", f"{key} is listed but never cited")


def _check_listed(key: str, line: str, lesson: str, cell: int) -> Iterator[Finding]:
    if key not in references():
        problem = str(UnknownEntry("reference", key, references()))
        yield Finding(lesson, cell, f"#{key}", problem)
    elif line.strip() != cite(key):
        yield Finding(lesson, cell, f"#{key}", f"should read: {reference_line(key)}")


def reference_line(key: str) -> str:
    """The line for *key* in a lesson's list of references. Raises UnknownEntry."""
    return f'- <a id="{key}"></a>{cite(key)}'
