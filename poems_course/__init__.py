"""POEMS syndrome, taught with notebooks: the helper package behind the lessons.

A lesson needs four names: ``explore`` and ``quiz`` show widgets, ``fact`` and ``cohorts`` give
what the literature reports. Each loads only what it uses, when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from poems_course.evidence import CohortRow, Fact
    from poems_course.widgets.explorer import Explorer
    from poems_course.widgets.quiz import Quiz

__version__ = "0.1.0"
__all__ = ["cohorts", "explore", "fact", "quiz"]


def explore(id: str) -> Explorer:
    """The explorer of that name, where the learner left it. Raises PoemsError for no such name."""
    from poems_course.figures import exploration
    from poems_course.widgets.desk import learner_log
    from poems_course.widgets.explorer import Explorer

    return Explorer(exploration(id), learner_log)


def quiz(lesson: str, place: str) -> Quiz:
    """The questions of one place in a lesson, e.g. ``quiz("01", "end")``, with kept answers."""
    from poems_course.questions.bank import questions
    from poems_course.widgets.desk import learner_log
    from poems_course.widgets.quiz import Quiz, lessons_behind

    title = {"end": "Questions at the end", "pretest": "Pre-test"}.get(place, "Check yourself")
    asked = questions(lesson, place)
    path = lessons_behind(asked) if place == "pretest" else {}
    return Quiz(f"{lesson}:{place}", title, asked, learner_log, path)


def fact(id: str) -> Fact:
    """What a source says: ``fact("delay-uclh").value``. Raises PoemsError for no such fact."""
    from poems_course.evidence import fact

    return fact(id)


def cohorts(finding: str) -> tuple[CohortRow, ...]:
    """Every published cohort that reports a finding, with n, percentage and Wilson interval."""
    from poems_course.evidence import cohorts

    return cohorts(finding)
