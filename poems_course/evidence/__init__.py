"""What the course knows and where it read it: facts, references, cohorts, glossary."""

from poems_course.evidence.intervals import wilson
from poems_course.evidence.library import (
    UnknownEntry,
    cite,
    cite_plainly,
    cohorts,
    fact,
    facts,
    findings,
    glossary,
    reference,
    references,
    term,
)
from poems_course.evidence.records import CohortRow, Fact, Reference, Term

__all__ = [
    "CohortRow",
    "Fact",
    "Reference",
    "Term",
    "UnknownEntry",
    "cite",
    "cite_plainly",
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
