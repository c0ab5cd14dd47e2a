"""What a lesson must hold to teach, beside its form: a patient, explorers, data, doubt, questions.

Each rule is a plain function on the lesson and gives (cell, problem), like those of notebooks.py.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from poems_course.checks.lesson import Lesson
from poems_course.checks.notebooks import CHECK, EXPLORE, QUIZ, Problems
from poems_course.evidence.ledger import Finding
from poems_course.evidence.marks import passages
from poems_course.questions import Question, questions

EXPLORERS, PER_OBJECTIVE = 2, 2
BELIEF = re.compile(r"\bpopular belief\b", re.IGNORECASE)
DISAGREEMENT = re.compile(r"\bsources (?:seem to )?disagree\b", re.IGNORECASE)
_OBJECTIVES = re.compile(r"^## Objectives\b(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_OBJECTIVE = re.compile(r"\*\*([0-9]{2}-[0-9]+)\*\*")
_SHOWN = re.compile(r"\s*explore\([^)]*\)\s*")
_DATA = re.compile(r"read_csv\(|\bcohorts\(")


def check(lesson: Lesson) -> list[Finding]:
    """Everything that a lesson lacks to teach."""
    return [
        Finding(lesson.path.name, "the lesson" if cell < 0 else cell, "", problem)
        for rule in RULES
        for cell, problem in rule(lesson)
    ]


def asked(lesson: Lesson) -> list[Question]:
    """The questions that a lesson shows, in their order; unknown places are notebooks.py's to tell.

    The pre-test is left out: its questions serve the objectives of other lessons.
    """
    bank = {(item.lesson, item.place) for item in questions()}
    code = "\n".join(text for _, text in lesson.sources("code"))
    places = [place for place in QUIZ.findall(code) if place in bank and place[1] != "pretest"]
    return [item for place in places for item in questions(*place)]


def _explorers(lesson: Lesson) -> Problems:
    """Enough of them, and each is driven in a check cell, which fails where its figures change."""
    code = list(lesson.sources("code"))
    shown = {id: at for at, text in code if _SHOWN.fullmatch(text) for id in EXPLORE.findall(text)}
    if len(shown) < EXPLORERS:
        yield -1, f"explorers: {len(shown)}; a lesson shows {EXPLORERS} or more"
    checks = [
        text for at, text in code if CHECK in lesson.cells[at].get("metadata", {}).get("tags", ())
    ]
    for id in shown.keys() - {id for text in checks for id in EXPLORE.findall(text)}:
        yield shown[id], f"the explorer {id!r} is driven in no cell tagged {CHECK}"


def _exercise(lesson: Lesson) -> Problems:
    if not any(_DATA.search(text) for _, text in lesson.sources("code")):
        yield -1, "no cell reads a dataset (read_csv or cohorts)"
    if not any("dataset" in item.tags for item in asked(lesson)):
        yield -1, "no question of the lesson is tagged dataset: the exercise is not checked"


def _boxes(lesson: Lesson) -> Problems:
    prose = "\n".join(text for _, text in lesson.sources("markdown"))
    for pattern, name in ((BELIEF, "A popular belief"), (DISAGREEMENT, "The sources disagree")):
        if not pattern.search(prose):
            yield -1, f"there is no box {name!r}"


def _patient(lesson: Lesson) -> Problems:
    met: dict[str, list[int]] = {}
    for number, text in lesson.sources("markdown"):
        for passage in passages(text):
            for name in passage.patients:
                met.setdefault(name, []).append(number)
    size = len(lesson.cells)
    if not any(at[0] < size / 3 and at[-1] > 2 * size / 3 for at in met.values()):
        yield -1, "no patient of the first third returns in the last (mark: patient)"


def _questions(lesson: Lesson) -> Problems:
    number = lesson.path.name[:2]
    counts = Counter(item.id for item in asked(lesson))
    for item in questions():
        meant = item.lesson == number and item.place.startswith(("way-", "end"))
        if meant and counts[item.id] != 1:
            yield -1, f"the question {item.id} is shown {counts[item.id]} times, not once"


def _objectives(lesson: Lesson) -> Problems:
    """Each objective of the lesson is tested by what it shows, and nothing else is."""
    prose = "\n".join(text for _, text in lesson.sources("markdown"))
    section = _OBJECTIVES.search(prose)
    named = _OBJECTIVE.findall(section.group(1)) if section else []
    tested = Counter(item.objective for item in asked(lesson))
    for objective in sorted(set(named) | set(tested)):
        if objective not in named:
            yield -1, f"questions serve {objective}, which is not among the objectives"
        elif tested[objective] < PER_OBJECTIVE:
            count = tested[objective]
            yield -1, f"{objective} is tested by {count} of its questions, not {PER_OBJECTIVE}"


RULES: tuple[Callable[[Lesson], Problems], ...] = (
    _explorers,
    _exercise,
    _boxes,
    _patient,
    _questions,
    _objectives,
)
