"""The content checks: sources, questions and lessons, in seconds and without running a lesson."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from poems_course.checks import instructor, notebooks, teaching, terms
from poems_course.checks.lesson import Lesson, is_lesson, read
from poems_course.content import ContentError, PoemsError
from poems_course.evidence.ledger import Finding, check_notebook
from poems_course.folder import HOME, part

LESSONS = 13
PAGES = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "notebooks/README.md")


@dataclass(frozen=True)
class Report:
    """What was looked at, what is wrong, and what the bank still lacks (*warnings*)."""

    checked: dict[str, int]
    findings: list[Finding]
    warnings: list[str]

    @property
    def data(self) -> dict[str, Any]:
        findings = [asdict(found) for found in self.findings]
        return {"checked": self.checked, "findings": findings, "warnings": self.warnings}

    @property
    def text(self) -> str:
        counts = ", ".join(f"{number} {name}" for name, number in self.checked.items())
        verdict = f"{len(self.findings) or 'no'} finding{'s' * (len(self.findings) != 1)}"
        lines = [*self.warnings, *map(str, self.findings), f"{verdict} in {counts}"]
        return "\n".join(lines)


def run(folder: str | None = None) -> Report:
    """Checks the data files, the questions, the pages and the lessons of *folder* (else ours).

    Raises PoemsError where the folder is missing or holds no notebook.
    """
    place = Path(folder) if folder else part("notebooks")
    if not place.is_dir():
        raise PoemsError(f"{place} is not a folder")
    files = sorted(place.glob("*.ipynb"))
    if not files:
        raise PoemsError(f"{place} holds no notebook")
    checked: dict[str, int] = {}
    warnings: list[str] = []
    findings = [*_data(checked), *_questions(checked, warnings), *_pages()]
    checked["notebooks"] = len(files)
    readable: list[Lesson] = []
    for path in files:
        findings += _notebook(path, readable)
    if len(readable) == LESSONS:  # a part cannot tell where a word comes first
        findings += terms.check_course(readable)
    if not folder:
        lessons = [path for path in files if is_lesson(path)]
        findings += instructor.check(lessons, part("instructor"), part("data/patients"))
        checked["pages for teachers"] = len(lessons)
    return Report(checked, findings, warnings)


def _data(checked: dict[str, int]) -> Iterator[Finding]:
    from poems_course import evidence
    from poems_course.clinic.rules import rules
    from poems_course.clinic.words import word_list

    def all_cohorts() -> tuple[object, ...]:
        return tuple(row for finding in evidence.findings() for row in evidence.cohorts(finding))

    loaders: dict[str, Callable[[], Any]] = {
        "facts": evidence.facts,
        "references": evidence.references,
        "cohort rows": all_cohorts,
        "terms": evidence.glossary,
        "rules": rules,
        "word lists": lambda: [word_list(name) for name in ("endocrinopathies", "skin_changes")],
    }
    for name, load in loaders.items():
        try:
            checked[name] = len(load())
        except ContentError as error:
            yield _unreadable(error)


def _questions(checked: dict[str, int], warnings: list[str]) -> Iterator[Finding]:
    """Errors as findings; of the warnings, those on the bank as a whole."""
    from poems_course.questions import questions
    from poems_course.questions.lint import lint

    try:
        bank = questions()
    except ContentError as error:
        yield _unreadable(error)
        return
    checked["questions"] = len(bank)
    for found in lint(bank):
        if found.level == "error":
            where = ": ".join(part for part in (found.item, found.field) if part)
            yield Finding(found.file, where or "the lesson", "", f"{found.problem} [{found.rule}]")
        elif found.file == "bank":
            warnings.append(str(found))


def _unreadable(error: ContentError) -> Finding:
    return Finding(error.file, error.entry or "the file", error.field, error.problem)


def _pages() -> Iterator[Finding]:
    pages = [HOME / name for name in PAGES] + sorted((HOME / "instructor").glob("*.md"))
    for page in pages:
        if page.exists():
            text = page.read_text(encoding="utf-8")
            for problem in notebooks.broken_links(text, page.parent):
                yield Finding(page.name, "the page", "", problem)


def _notebook(path: Path, readable: list[Lesson]) -> list[Finding]:
    try:
        lesson = read(path)
        if not is_lesson(path):
            return notebooks.check_form(lesson) + check_notebook(path)
        readable.append(lesson)
        found = notebooks.check(lesson) + teaching.check(lesson) + terms.check(lesson)
        return found + check_notebook(path)
    except ContentError as error:
        return [_unreadable(error)]
