"""Checking the bank: item rules, the evidence behind each item, and what a lesson must have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from poems_course.questions import bank_rules, clinical_rules, cue_rules, item_rules
from poems_course.questions.bank import questions as questions_of_the_course
from poems_course.questions.figure import figure_problem
from poems_course.questions.item_rules import feedback_texts
from poems_course.questions.records import Question
from poems_course.questions.rule import FindingLevel

ON_THE_WAY, AT_THE_END, PER_OBJECTIVE = 4, 6, 2
COURSE = "course"  # the tag of a question about the course itself: its source is the course
FULL = 320  # a bank of so many items is full: what is wrong with it as a whole is then an error
ITEM_RULES = (*item_rules.RULES, *cue_rules.RULES, *clinical_rules.RULES)


@dataclass(frozen=True)
class Finding:
    """One problem, named down to file, item (empty: the whole lesson) and field."""

    file: str
    item: str
    field: str
    level: FindingLevel
    problem: str
    rule: str

    def __str__(self) -> str:
        where = ": ".join(part for part in (self.file, self.item, self.field) if part)
        return f"{where}: {self.level}: {self.problem} [{self.rule}]"


def lint(questions: Iterable[Question]) -> list[Finding]:
    """All findings: item by item, lesson by lesson, then the bank. Errors must be fixed.

    Expects whole lessons: one that is only partly given is found incomplete. Lessons of which all
    items are private stand in no notebook and are not held to a lesson's size.
    """
    items = list(questions)
    found = [finding for item in items for finding in lint_item(item)]
    for lesson in sorted({item.lesson for item in items if item.pool == "public"}):
        found += _lint_lesson(lesson, [item for item in items if item.lesson == lesson])
    return [*found, *lint_bank(items)]


def lint_bank(items: Sequence[Question]) -> Iterator[Finding]:
    """The findings on the bank as a whole; no more than warnings before it is full."""
    for rule in bank_rules.RULES:
        level = rule.level if len(items) >= FULL else "warning"
        for file, item, problem in rule.problems(items):
            yield Finding(file or "bank", item, "", level, problem, rule.name)


def lint_item(item: Question) -> Iterator[Finding]:
    """The findings on one question, whatever the rest of its lesson holds."""
    file = f"{item.lesson}.toml"
    for rule in ITEM_RULES:
        for field, problem in rule.problems(item):
            yield Finding(file, item.id, field, rule.level, problem, rule.name)
    given = (
        *_taken_id(item),
        *_unknown_sources(item),
        *_unbacked_numbers(item),
        *_unknown_figure(item),
    )
    for name, field, problem in given:
        yield Finding(file, item.id, field, "error", problem, name)


def _taken_id(item: Question) -> Iterator[tuple[str, str, str]]:
    if item.pool == "private" and item.id in {own.id for own in questions_of_the_course()}:
        problem = "the course has a question of this id: logs and Anki would take one for the other"
        yield "taken-id", "id", problem


def _unknown_sources(item: Question) -> Iterator[tuple[str, str, str]]:
    from poems_course.evidence import facts, references

    if not item.facts and not item.references and COURSE not in item.tags:
        yield "sources", "facts", "neither a fact nor a reference stands behind this item"
    for id in item.facts:
        if id not in facts():
            yield "facts", "facts", f"there is no fact '{id}'"
    for key in item.references:
        if key not in references():
            yield "references", "references", f"there is no reference '{key}'"


def _unknown_figure(item: Question) -> Iterator[tuple[str, str, str]]:
    if item.figure and (problem := figure_problem(item.figure)):
        yield "figure", "figure", problem


def _unbacked_numbers(item: Question) -> Iterator[tuple[str, str, str]]:
    from poems_course.evidence import facts
    from poems_course.evidence.ledger import check_text

    named = [id for id in item.facts if id in facts()]
    for field, text in _texts(item):
        for found in check_text(text, named, (f"{item.lesson}.toml", item.id), item.invented):
            yield "numbers", field, found.problem


def _texts(item: Question) -> Iterator[tuple[str, str]]:
    yield "stem", item.stem
    yield "thinking", item.thinking or ""
    yield "finding", item.finding or ""
    for at, option in enumerate(item.options):
        yield f"options[{at}].text", option.text
        yield f"options[{at}].prompt", option.prompt or ""
    yield from feedback_texts(item)
    yield "hint", item.hint
    yield "why", item.why
    if item.answer is not None:
        yield "answer", f"{item.answer:.12g}"


def _lint_lesson(lesson: str, items: list[Question]) -> Iterator[Finding]:
    file = f"{lesson}.toml"
    for place, count, least in (
        ("on the way", sum(item.place.startswith("way-") for item in items), ON_THE_WAY),
        ("at the end", sum(item.place == "end" for item in items), AT_THE_END),
    ):
        if count < least:
            problem = f"questions {place}: {count}; a lesson has {least} or more"
            yield Finding(file, "", "place", "error", problem, "lesson-size")
    for objective, count in _objectives(lesson, items).items():
        if count < PER_OBJECTIVE:
            problem = f"questions on {objective}: {count}; it needs {PER_OBJECTIVE} or more"
            yield Finding(file, "", "objective", "error", problem, "objectives")


def _objectives(lesson: str, items: list[Question]) -> dict[str, int]:
    """How many questions test each objective, those skipped in the numbering included."""
    counts = Counter(item.objective for item in items)
    last = max(int(objective.split("-")[1]) for objective in counts)
    return {f"{lesson}-{n}": counts[f"{lesson}-{n}"] for n in range(1, last + 1)}
