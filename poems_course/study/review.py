"""Review that remembers: when an item should come back, by FSRS, replayed from the raw answers.

The log keeps what was answered and when, never the scheduler's state: should FSRS change, as it
has before, the same answers are replayed by the new one. Source: pypi.org/project/fsrs (MIT).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from random import Random
from typing import TYPE_CHECKING, Any

from poems_course.progress.event import Event
from poems_course.questions.records import Question
from poems_course.study.attempts import Attempt, attempts

if TYPE_CHECKING:
    from fsrs import Scheduler

RETENTION = 0.9  # an item comes back when the chance of still knowing it falls to this
LONGEST = 365  # days
EARLY = timedelta(hours=12)  # what was answered in the evening may come back the next morning
LAST_DAYS = 7  # before an examination, over which the last reviews are spread
DATE_KIND, DATE_ITEM = "examination-date", "review"

AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4
_LONG_PAST = datetime(2000, 1, 1, tzinfo=UTC)


def rating(correct: bool, confidence: int, hinted: bool) -> int:
    """The rating that stands for an answer, so that no learner has to judge themselves.

    Wrong: again, however sure. Right by guessing, or with the hint: hard. Right and fairly sure:
    good. Right and certain: easy.
    """
    if not correct:
        return AGAIN
    return HARD if hinted else (HARD, GOOD, EASY)[confidence]


@dataclass(frozen=True)
class Card:
    """When an item comes back. *due* and *last* are aware, in UTC; *last* is None, and *due*
    long past, where only an older version of the item was answered."""

    item: str
    due: datetime
    last: datetime | None
    stability: float  # days until the chance of knowing it falls to RETENTION
    reviews: int


def cards(
    events: Iterable[Event], items: Sequence[Question], examination: date | None
) -> tuple[Card, ...]:
    """A card for each of *items* that was ever answered, the longest overdue first.

    *examination*: the last review of each item comes in the days before it.
    """
    history: dict[tuple[str, int], list[Attempt]] = {}
    for one in attempts(events):
        history.setdefault(one.key, []).append(one)
    answered = {item for item, _ in history}
    found = []
    for item in items:
        if own := history.get((item.id, item.version)):
            found.append(_capped(_replayed(own), examination))
        elif item.id in answered:
            found.append(Card(item.id, _LONG_PAST, None, 0.0, 0))
    return tuple(sorted(found, key=lambda card: (card.due, card.item)))


def due(cards: Iterable[Card], now: datetime) -> tuple[Card, ...]:
    """The cards to review at *now* (aware), those first that are most likely forgotten."""
    ready = [card for card in cards if card.due - EARLY <= now]
    return tuple(sorted(ready, key=lambda card: (_left(card, now), card.item)))


def examination_date(events: Iterable[Event]) -> date | None:
    """The date of the learner's examination, as last set; None where there is none."""
    said = None
    for event in events:
        if event.kind == DATE_KIND:
            said = event.payload.get("date")
    try:
        return date.fromisoformat(said) if said else None
    except (TypeError, ValueError):
        return None


def provenance() -> dict[str, Any]:
    """What is stored beside a rating: the version of fsrs and a hash of its weights."""
    from importlib.metadata import version

    weights = repr(_scheduler().parameters).encode()
    return {"fsrs": version("fsrs"), "weights": hashlib.sha256(weights).hexdigest()[:12]}


@cache
def _scheduler() -> Scheduler:
    """FSRS with its own weights. Steps within a day are left out: a page that was read a minute
    ago tests nothing. Its fuzz draws from the global random numbers, so it is off; see _fuzzed."""
    from fsrs import Scheduler

    return Scheduler(
        desired_retention=RETENTION,
        learning_steps=(),
        relearning_steps=(),
        maximum_interval=LONGEST,
        enable_fuzzing=False,
    )


def _replayed(history: Sequence[Attempt]) -> Card:
    from fsrs import Card as Memory
    from fsrs import Rating

    memory = Memory(card_id=0, due=history[0].at)
    for one in history:
        given = one.rating or rating(one.correct, one.confidence, one.hinted)
        memory, _ = _scheduler().review_card(memory, Rating(given), one.at)
    last = history[-1]
    days = _fuzzed((memory.due - last.at).days, f"{last.item}/{last.version}/{len(history)}")
    return Card(
        item=last.item,
        due=last.at + timedelta(days=days),
        last=last.at,
        stability=memory.stability or 0.0,
        reviews=len(history),
    )


def _fuzzed(days: int, seed: str) -> int:
    """*days* and up to a tenth more or less, so that what was learnt together does not return
    together for ever; drawn from the item and its count of reviews, so always the same."""
    spread = round(days * 0.1) if days >= 3 else 0
    return min(days + Random(seed).randint(-spread, spread), LONGEST)


def _capped(card: Card, examination: date | None) -> Card:
    """No later than the day before the examination, spread over the last days; see LAST_DAYS."""
    if examination is None or card.last is None:
        return card
    day = datetime.combine(examination, time(), UTC)
    room = (day - card.last).days
    if room < 1:  # answered on the day, or after it
        return card
    back = Random(f"{card.item}/{examination}").randint(1, min(LAST_DAYS, room))
    latest = max(day - timedelta(days=back), card.last + timedelta(days=1))
    return replace(card, due=min(card.due, latest))


def _left(card: Card, now: datetime) -> float:
    """The chance that it is still known at *now*; 0 for what was never answered as it now is."""
    from fsrs import Card as Memory

    if card.last is None:
        return 0.0
    memory = Memory(card_id=0, stability=card.stability, due=card.due, last_review=card.last)
    return _scheduler().get_card_retrievability(memory, max(now, card.last))
