"""The teacher's page of each lesson: its headings, its minutes, its three questions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from poems_course.evidence.ledger import Finding, check_lesson

HEADINGS = ("Timing", "Run it live", "Discussion", "Pitfalls", "Without a network")
QUESTIONS = 3
_HEADING = re.compile(r"^## (.+?)\s*$", re.MULTILINE)
_ROW = re.compile(r"^\|([^|]+)\|\s*\**([0-9]+)\**\s*\|", re.MULTILINE)
_QUESTION = re.compile(r"^[0-9]+\.\s", re.MULTILINE)
_ANSWER = re.compile(r"^\s+A good answer contains\b", re.MULTILINE)


def check(lessons: list[Path], folder: Path, patients: Path) -> list[Finding]:
    """What is wrong with the pages in *folder*, one for each of *lessons*; numbers included."""
    found: list[Finding] = []
    for lesson in lessons:
        page = folder / f"{lesson.stem}.md"
        if not page.is_file():
            found.append(Finding(page.name, "the page", "", "there is no page for teachers"))
            continue
        text = page.read_text(encoding="utf-8")
        found += [Finding(page.name, "the page", "", problem) for problem in _problems(text)]
        found += check_lesson({0: text}, page.name, patients)
    return found


def _problems(text: str) -> Iterator[str]:
    parts = _sections(text)
    for heading in HEADINGS:
        if not parts.get(heading, "").strip():
            yield f"nothing stands under a heading {heading!r}"
    yield from _timing(parts.get("Timing", ""))
    asked = parts.get("Discussion", "")
    questions, answers = len(_QUESTION.findall(asked)), len(_ANSWER.findall(asked))
    if questions != QUESTIONS or answers != QUESTIONS:
        yield (
            f"Discussion: {questions} questions and {answers} times 'A good answer contains';"
            f" {QUESTIONS} of each are meant"
        )


def _timing(text: str) -> Iterator[str]:
    rows = [(name.strip(" *"), int(minutes)) for name, minutes in _ROW.findall(text)]
    if not rows or rows[-1][0].casefold() != "total":
        yield "Timing: the table ends in no row 'Total'"
        return
    spent = sum(minutes for _, minutes in rows[:-1])
    if spent != rows[-1][1]:
        yield f"Timing: the parts take {spent} minutes, the total says {rows[-1][1]}"


def _sections(text: str) -> dict[str, str]:
    pieces = _HEADING.split(text)
    return dict(zip(pieces[1::2], pieces[2::2], strict=True))
