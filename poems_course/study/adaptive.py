"""Adaptive practice: the next question is the one that tells most, and it knows when to stop.

Five guards. Of the questions that tell most, one of five is drawn, so that not every learner meets
the same few. Lessons and levels have quotas. What was seen least comes first. It stops once the
standard error is small enough, or after a number of questions. And it is practice, no grade: the
difficulties behind it are an author's guesses (see ability.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import ceil
from random import Random

from poems_course.questions.records import Question
from poems_course.study.ability import Answer, Estimate, difficulty, estimate, information
from poems_course.study.draws import blueprint

ERROR = 0.5  # logits; at this standard error it stops
FEWEST, MOST = 8, 30  # questions
OF_THE_BEST = 5  # one of so many is drawn

Given = tuple[Question, bool]  # a question, and whether it was answered right


def answers(given: Sequence[Given]) -> list[Answer]:
    """What the estimate needs of the questions *given*."""
    return [(difficulty(item.difficulty), right) for item, right in given]


def stops(given: Sequence[Given], error: float = ERROR) -> str:
    """Why practice ends here, as a clause for the learner; empty where it goes on."""
    if len(given) >= MOST:
        return f"{MOST} questions are enough for one sitting"
    if len(given) >= FEWEST and estimate(answers(given)).error <= error:
        return "one more question would tell little that is new"
    return ""


def next_question(
    items: Sequence[Question], given: Sequence[Given], seen: Mapping[str, int], seed: int
) -> Question | None:
    """The question to ask after those *given*; None where *items* has no other.

    *seen* is how often each item was attempted before this sitting. The same arguments give the
    same question, so a sitting can be taken up again from its answers alone.
    """
    asked = {item.id for item, _ in given}
    pool = [item for item in items if item.id not in asked]
    if not pool:
        return None
    pool = _seen_least(within_quotas(pool, [item for item, _ in given]), seen)
    here = estimate(answers(given))
    best = sorted(pool, key=lambda item: (-_tells(here, item), item.id))[:OF_THE_BEST]
    return Random(f"{seed}/{len(given)}").choice(best)


def _tells(here: Estimate, item: Question) -> float:
    return information(here.mean, difficulty(item.difficulty))


def within_quotas(pool: Sequence[Question], asked: Sequence[Question]) -> list[Question]:
    """Those of *pool* that keep every lesson and level at its share of the blueprint, rounded up;
    where there is none, those that keep the lessons at theirs; else all."""
    lessons = _below(blueprint()["lessons"], {item.lesson for item in (*pool, *asked)}, asked)
    levels = _below(blueprint()["levels"], {item.level for item in (*pool, *asked)}, asked)
    fair = [item for item in pool if item.lesson in lessons]
    return [item for item in fair if item.level in levels] or fair or list(pool)


def _below(shares: Mapping[str, float], names: set[str], asked: Sequence[Question]) -> set[str]:
    """The lessons, or levels, of which one more may be asked."""
    count = Counter(name for item in asked for name in (item.lesson, item.level))
    total = sum(share for name, share in shares.items() if name in names)
    size = len(asked) + 1
    return {
        name
        for name, share in shares.items()
        if name in names and count[name] < ceil(size * share / total)
    }


def _seen_least(pool: Sequence[Question], seen: Mapping[str, int]) -> list[Question]:
    """At least OF_THE_BEST questions, where there are so many, and none seen more often than
    needed for that."""
    times = sorted(seen.get(item.id, 0) for item in pool)
    most = times[min(OF_THE_BEST, len(times)) - 1]
    return [item for item in pool if seen.get(item.id, 0) <= most]
