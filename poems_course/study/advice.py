"""What to do next, from the log alone: at most four lines, the most useful first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from poems_course.progress.event import Event
from poems_course.questions.records import Question
from poems_course.study.attempts import Attempt, attempts, latest
from poems_course.study.mastery import Mastery, mastery
from poems_course.study.review import cards, due, examination_date
from poems_course.study.sitting import open_sittings

LINES = 4
WEAK, ENOUGH = 0.5, 3  # an objective is weak where at most half of three or more are right
MODES = {
    "practice": "practice",
    "review": "review",
    "adaptive": "adaptive practice",
    "examination": "final examination",
}


def advice(events: Sequence[Event], items: Sequence[Question], now: datetime) -> tuple[str, ...]:
    """What to do next, one sentence each; *now* is aware."""
    made = attempts(events)
    if not made:
        return ("Begin with a lesson, or with ten questions of mixed practice.",)
    found = [
        *_unfinished(events),
        *_to_review(events, items, now),
        *_misled(made, items),
        *_weak(mastery(made, items)),
        *_untouched(mastery(made, items)),
    ]
    return tuple(found[:LINES]) or ("Nothing presses. Mixed practice keeps it so.",)


def _unfinished(events: Sequence[Event]) -> Iterable[str]:
    for mode in (mode for mode in open_sittings(events) if mode in MODES):
        yield f"Your {MODES[mode]} is not finished: it goes on where you left it."


def _to_review(events: Sequence[Event], items: Sequence[Question], now: datetime) -> Iterable[str]:
    ready = due(cards(events, items, examination_date(events)), now)
    if ready:
        many = f"{len(ready)} questions are" if len(ready) > 1 else "One question is"
        yield f"{many} due for review."


def _misled(made: Iterable[Attempt], items: Sequence[Question]) -> Iterable[str]:
    """Wrong and certain: what a learner has no reason to look up."""
    last = latest(made, items)
    wrong = [item for item in items if item.id in last and _sure_and_wrong(last[item.id])]
    if wrong:
        lessons = ", ".join(sorted({item.lesson for item in wrong}))
        many = f"{len(wrong)} answers were" if len(wrong) > 1 else "One answer was"
        yield f"{many} wrong though you were certain (lesson {lessons}): read there first."


def _sure_and_wrong(one: Attempt) -> bool:
    return one.confidence == 2 and not one.correct


def _weak(known: Sequence[Mastery]) -> Iterable[str]:
    weak = [one for one in known if one.tally.answered >= ENOUGH and one.tally.share <= WEAK]
    if weak:
        least = min(weak, key=lambda one: one.tally.share)
        yield (
            f"Of what you answered {ENOUGH} times or more, objective {least.objective} is your"
            f" weakest, {least.tally.right} of {least.tally.answered} right: go back to lesson"
            f" {least.lesson}."
        )


def _untouched(known: Sequence[Mastery]) -> Iterable[str]:
    lessons = sorted({one.lesson for one in known})
    begun = {one.lesson for one in known if one.tally.answered}
    if fresh := [lesson for lesson in lessons if lesson not in begun]:
        yield f"Lesson {fresh[0]} is still untouched."
