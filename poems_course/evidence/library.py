"""Reading the evidence files, each once in a session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import TypeVar

from poems_course.content import ContentError, PoemsError, read_entries, read_folder
from poems_course.evidence.intervals import wilson
from poems_course.evidence.records import CohortRow, Fact, Reference, Term

FOLDER = Path(__file__).parent
Entry = TypeVar("Entry")


class UnknownEntry(PoemsError):
    """A fact, reference, finding or term that is not in the files."""

    def __init__(self, kind: str, name: str, known: Mapping[str, object]) -> None:
        near = get_close_matches(name, known, n=1, cutoff=0.6)
        hint = f"; did you mean '{near[0]}'?" if near else ""
        super().__init__(f"there is no {kind} '{name}'{hint}")
        self.kind, self.name = kind, name


def _look_up(kind: str, name: str, known: Mapping[str, Entry]) -> Entry:
    try:
        return known[name]
    except KeyError:
        raise UnknownEntry(kind, name, known) from None


@cache
def facts() -> dict[str, Fact]:
    """All facts, by id, topic by topic. Raises ContentError on a faulty file."""
    return read_folder(FOLDER / "facts", Fact)


def fact(name: str) -> Fact:
    """The fact with this id. Raises UnknownEntry, with the nearest id, where there is none."""
    return _look_up("fact", name, facts())


@cache
def references() -> dict[str, Reference]:
    """All references, by key, in the order of the file."""
    return read_entries(FOLDER / "references.toml", Reference)


def reference(key: str) -> Reference:
    """The reference with this key. Raises UnknownEntry where there is none."""
    return _look_up("reference", key, references())


def cite(key: str) -> str:
    """One line of markdown for a list of references, with its link.

    Raises UnknownEntry where there is no such reference.
    """
    return _cited(reference(key), "[{title}]({link})", "*{journal}*")


def cite_plainly(key: str) -> str:
    """The same line for a terminal. Raises UnknownEntry where there is no such reference."""
    return _cited(reference(key), "{title} <{link}>", "{journal}")


def _cited(source: Reference, titled: str, published: str) -> str:
    journal = "" if _unseen(source.journal) else published.format(journal=source.journal)
    where = " ".join(part for part in (journal, _when(source)) if part)
    authors = "" if _unseen(source.authors) else f"{source.authors.rstrip('.')}. "
    title = source.title.rstrip(".")
    stop = "" if title.endswith(("?", "!")) else "."
    line = f"{authors}{titled.format(title=title, link=source.link)}{stop}"
    return f"{line} {where}." if where else line


def _unseen(text: str) -> bool:
    return text.startswith("(")  # such as "(authors not seen)"


def _when(source: Reference) -> str:
    year = str(source.year) if source.year else ""
    return ";".join(part for part in (year, source.volume_pages) if part)


@dataclass(frozen=True)
class _Row:
    """A cohort row as written in cohorts.toml; see CohortRow."""

    id: str
    finding: str
    cohort: str
    country: str
    n: int
    source: str
    fact: str
    percent: float | None = None
    k: int | None = None
    note: str = ""

    def __post_init__(self) -> None:
        if self.percent is None and self.k is None:
            raise ValueError("needs percent or k")
        if self.k is not None and not 0 <= self.k <= self.n:
            raise ValueError(f"k must lie between 0 and n ({self.n}), not {self.k}")
        if self.percent is not None and not 0 <= self.percent <= 100:
            raise ValueError(f"percent must lie between 0 and 100, not {self.percent}")


def _with_interval(row: _Row) -> CohortRow:
    printed = row.k is not None
    k = row.k if row.k is not None else round((row.percent or 0.0) * row.n / 100)
    percent = row.percent if row.percent is not None else round(100 * k / row.n, 1)
    low, high = wilson(k, row.n)
    return CohortRow(
        row.finding, row.cohort, row.country, row.n, percent, k, printed,
        100 * low, 100 * high, row.source, row.fact, row.note,
    )  # fmt: skip


@cache
def _cohorts() -> dict[str, tuple[CohortRow, ...]]:
    by_finding: dict[str, list[CohortRow]] = {}
    for name, row in read_entries(FOLDER / "cohorts.toml", _Row).items():
        for field, key, known in (
            ("fact", row.fact, facts()),
            ("source", row.source, references()),
        ):
            if key not in known:
                raise ContentError("cohorts.toml", name, field, f"there is no {field} '{key}'")
        by_finding.setdefault(row.finding, []).append(_with_interval(row))
    return {finding: tuple(rows) for finding, rows in by_finding.items()}


def findings() -> tuple[str, ...]:
    """The findings that at least one cohort reports, in the order of the file."""
    return tuple(_cohorts())


def cohorts(finding: str) -> tuple[CohortRow, ...]:
    """Every cohort that reports *finding*, with its interval.

    Raises UnknownEntry where no cohort reports it.
    """
    return _look_up("finding", finding, _cohorts())


@cache
def glossary() -> dict[str, Term]:
    """All terms, by id, in the order of the file."""
    return read_entries(FOLDER / "glossary.toml", Term)


def term(word: str) -> Term:
    """The term with this id, British or American name. Raises UnknownEntry where none has it."""
    wanted = word.casefold()
    for entry in glossary().values():
        if wanted in (entry.id, entry.term.casefold(), entry.american.casefold()):
            return entry
    raise UnknownEntry("term", word, glossary())
