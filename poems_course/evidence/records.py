"""What the evidence files hold: facts, references, cohort rows, terms."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from poems_course.evidence.numerals import values_in

_READ = {
    "primary": "Read in the study itself",
    "secondary": "Read in a work that reports it",
    "derived": "Computed here from",
}
Value = float | tuple[float, ...] | dict[str, float] | str | None


@dataclass(frozen=True)
class Fact:
    """One statement that the course may teach, with where it was read.

    ``verified`` says how: primary, in the study itself (mostly its abstract); secondary, in a
    review, a manual or a page; derived, computed here from the facts in ``derived_from``.
    ``read`` is what was read, ``checked`` the day on which it was read once more.
    """

    id: str
    statement: str
    source: str
    verified: Literal["primary", "secondary", "derived"]
    value: Value = None
    unit: str = ""
    range: tuple[float, ...] = ()
    population: str = ""
    n: int | None = None
    note: str = ""
    read: str = ""
    checked: str = ""
    derived_from: tuple[str, ...] = ()

    @cached_property
    def numbers(self) -> frozenset[float]:
        """Every number that a lesson may take from this fact."""
        found = values_in(self.statement) | values_in(self.unit) | frozenset(self.range)
        if self.n is not None:
            found |= {float(self.n)}
        return found | _numbers_of(self.value)

    def __str__(self) -> str:
        """The statement and its source, in lines that a page of any width can hold."""
        from poems_course.evidence.library import cite_plainly  # which reads these records

        said = (self.statement, f"{_READ[self.verified]}: {cite_plainly(self.source)}")
        return "\n".join(textwrap.fill(line, 80, break_on_hyphens=False) for line in said)

    def quantity(self, part: str = "") -> float:
        """The one number that is the value, in ``unit``, or the one of *part* ("men").

        Raises TypeError where there is no such single number.
        """
        number = self.value.get(part) if isinstance(self.value, dict) else self.value
        if not isinstance(number, float):
            raise TypeError(f"the fact {self.id} holds no single number {part}".rstrip())
        return number


def _numbers_of(value: Value) -> frozenset[float]:
    if value is None:
        return frozenset()
    if isinstance(value, str):
        return values_in(value)
    if isinstance(value, dict):
        return frozenset(value.values())
    return frozenset(value) if isinstance(value, tuple) else frozenset({value})


@dataclass(frozen=True)
class Reference:
    """A source that was read; ``authors`` only as they were seen there."""

    id: str
    authors: str
    title: str
    journal: str
    read: str
    year: int | None = None
    volume_pages: str = ""
    doi: str = ""
    pmid: str = ""
    url: str = ""

    def __post_init__(self) -> None:
        if not (self.doi or self.pmid or self.url):
            raise ValueError("needs a doi, a pmid or a url")

    @property
    def link(self) -> str:
        """The most lasting address: DOI, then PubMed, then the page that was read."""
        if self.doi:
            return f"https://doi.org/{self.doi}"
        return f"https://pubmed.ncbi.nlm.nih.gov/{self.pmid}/" if self.pmid else self.url


@dataclass(frozen=True)
class CohortRow:
    """How often one cohort reported one finding: *k* of *n* who were tested.

    ``percent`` as printed. Where no count was printed, ``k`` is worked back from the
    percentage and ``k_printed`` is false. ``low`` and ``high`` are the Wilson 95 % interval
    in percent.
    """

    finding: str
    cohort: str
    country: str
    n: int
    percent: float
    k: int
    k_printed: bool
    low: float
    high: float
    source: str
    fact: str
    note: str = ""


@dataclass(frozen=True)
class Term:
    """A word that a lesson uses, explained plainly; ``american`` where the spelling differs."""

    id: str
    term: str
    definition: str
    american: str = ""
