"""What the course knows and where it read it: facts, references, cohorts, glossary."""

from .intervals import wilson
from .library import (
    UnknownEntry,
    cite,
    cohorts,
    fact,
    facts,
    findings,
    glossary,
    reference,
    references,
    term,
)
from .records import CohortRow, Fact, Reference, Term

__all__ = [
    "CohortRow",
    "Fact",
    "Reference",
    "Term",
    "UnknownEntry",
    "cite",
    "cohorts",
    "fact",
    "facts",
    "findings",
    "glossary",
    "reference",
    "references",
    "term",
    "wilson",
]
