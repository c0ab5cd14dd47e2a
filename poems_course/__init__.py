"""POEMS syndrome, taught with notebooks: the helper package behind the lessons.

A lesson needs four names: ``explore`` and ``quiz`` show widgets, ``fact`` and ``cohorts`` give
what the literature reports. The notebook for practice needs five: ``practice``, ``review``,
``adaptive``, ``examination`` and ``my_progress``. Each loads only what it uses, when first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from poems_course.evidence import CohortRow, Fact
    from poems_course.progress import Log
    from poems_course.questions import Question
    from poems_course.widgets.adaptive import Adaptive
    from poems_course.widgets.examination import Examination
    from poems_course.widgets.explorer import Explorer
    from poems_course.widgets.practice import Practice
    from poems_course.widgets.progress_page import ProgressPage
    from poems_course.widgets.quiz import Quiz
    from poems_course.widgets.review import Review

__version__ = "0.1.0"
__all__ = [
    *("cohorts", "explore", "fact", "quiz"),
    *("adaptive", "examination", "my_progress", "practice", "review"),
]


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


def practice() -> Practice:
    """Mixed practice, or a test, drawn from all lessons; goes on where it was left."""
    from poems_course.widgets.practice import Practice

    return Practice(*_bank_and_log())


def review() -> Review:
    """What was answered before and is due again."""
    from poems_course.widgets.review import Review

    return Review(*_bank_and_log())


def adaptive() -> Adaptive:
    """Practice in which each question follows from the answers before it."""
    from poems_course.widgets.adaptive import Adaptive

    return Adaptive(*_bank_and_log())


def examination() -> Examination:
    """The final examination; goes on where it was left."""
    from poems_course.widgets.examination import Examination

    return Examination(*_bank_and_log())


def my_progress() -> ProgressPage:
    """What the log of this learner says."""
    from poems_course.widgets.progress_page import ProgressPage

    return ProgressPage(*_bank_and_log())


def _bank_and_log() -> tuple[tuple[Question, ...], Callable[[], Log]]:
    from poems_course.questions.bank import questions
    from poems_course.widgets.desk import learner_log

    return questions(), learner_log
