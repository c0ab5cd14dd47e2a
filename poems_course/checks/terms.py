"""The words of the course: each glossary term is explained in the lesson where it first appears.

A passage that explains terms ends in ``<!-- terms: clone, m-protein -->`` and has them in bold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from poems_course.checks.lesson import Lesson
from poems_course.evidence import Term, glossary
from poems_course.evidence.ledger import Finding
from poems_course.evidence.marks import Passage, passages

TERMS_A_LESSON = 6
_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
_NO_BODY = re.compile(r"^#{1,4} +(?:Objectives|References)\b|^# ", re.MULTILINE)


def check(lesson: Lesson) -> list[Finding]:
    """What is wrong with the explanations in one lesson."""
    return list(_marks(lesson))


def check_course(lessons: Sequence[Lesson]) -> list[Finding]:
    """The terms that a lesson uses before any has explained them; all lessons, as taught."""
    known: set[str] = set()
    found: list[Finding] = []
    for lesson in lessons:
        here = explained(lesson)
        for term in glossary().values():
            at = first_use(lesson, term)
            if at is not None and term.id not in known | here:
                problem = f"{term.term!r} is used and so far not explained (mark: terms)"
                found.append(Finding(lesson.path.name, at, "", problem))
        known |= here
    return found


def body(lesson: Lesson) -> Iterator[tuple[int, Passage]]:
    """The passages of a lesson with their cells, without title, objectives and references."""
    for number, text in lesson.sources("markdown"):
        if not _NO_BODY.search(text):
            for passage in passages(text):
                yield number, passage


def explained(lesson: Lesson) -> set[str]:
    """The terms that a lesson says it explains."""
    return {name for _, passage in body(lesson) for name in passage.terms}


def first_use(lesson: Lesson, term: Term) -> int | None:
    """The first cell whose prose uses a term; None where the lesson does without it."""
    return next((number for number, passage in body(lesson) if uses(passage.readable, term)), None)


def uses(text: str, term: Term) -> bool:
    """Whether a text names a term, in the singular or the plural."""
    ending = "" if term.term.isupper() else "(?:s|es)?"
    flags = re.NOFLAG if term.term.isupper() else re.IGNORECASE
    return re.search(rf"(?<![\w-]){re.escape(term.term)}{ending}(?![\w-])", text, flags) is not None


def _marks(lesson: Lesson) -> Iterator[Finding]:
    marked: dict[tuple[str, int], list[Passage]] = {}
    for number, passage in body(lesson):
        for name in passage.terms:
            marked.setdefault((name, number), []).append(passage)
    seen: dict[str, int] = {}
    for (name, number), places in marked.items():
        for problem in _misuse(lesson, name, number, places):
            yield Finding(lesson.path.name, number, f"terms: {name}", problem)
        if seen.setdefault(name, number) != number:
            problem = f"is explained already in cell {seen[name]}"
            yield Finding(lesson.path.name, number, f"terms: {name}", problem)
    if len(seen) < TERMS_A_LESSON:
        problem = f"terms explained: {len(seen)}; a lesson explains {TERMS_A_LESSON} or more"
        yield Finding(lesson.path.name, "the lesson", "", problem)


def _misuse(lesson: Lesson, name: str, cell: int, places: list[Passage]) -> Iterator[str]:
    """What is wrong with one mark; a mark after a list has every item of it for its *places*."""
    term = glossary().get(name)
    if term is None:
        yield "there is no such term in the glossary"
        return
    if not any(uses(bold, term) for place in places for bold in _BOLD.findall(place.text)):
        yield f"{term.term!r} does not stand there in bold"
    at = first_use(lesson, term)
    if at is not None and at < cell:
        yield f"is used already in cell {at}"
