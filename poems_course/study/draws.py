"""Drawing questions: mixed practice, and the papers of the final examination.

Both are drawn from a seed: the same bank and seed give the same questions on every machine.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from poems_course.content import PoemsError
from poems_course.questions.records import Question

FILE = Path(__file__).with_name("examination.toml")

Cell = tuple[str, str]  # a lesson and a level


def anywhere(items: Iterable[Question]) -> tuple[Question, ...]:
    """The public questions that can be asked outside their lesson: all but those about one of its
    cells."""
    return tuple(
        item
        for item in items
        if item.pool == "public" and (item.figure is not None or "dataset" not in item.tags)
    )


def mixed(
    items: Sequence[Question], seen: Mapping[str, int], count: int, seed: int
) -> tuple[Question, ...]:
    """*count* of *items* (or all, where there are fewer), those seen least first, lessons in turn.

    No item is drawn while one is left that was seen less often. Two neighbours are of one lesson
    only where nothing else is left.
    """
    draw = Random(seed)
    shuffled = sorted(items, key=lambda item: item.id)
    draw.shuffle(shuffled)
    place: Counter[tuple[str, int]] = Counter()
    ranked = []
    for item in shuffled:  # the first of each lesson, then the second of each, and so on
        times = seen.get(item.id, 0)
        place[item.lesson, times] += 1
        ranked.append((times, place[item.lesson, times], draw.random(), item))
    chosen = [item for *_, item in sorted(ranked, key=lambda row: row[:3])[:count]]
    return interleaved(chosen)


def interleaved(items: Iterable[Question]) -> tuple[Question, ...]:
    """The same items in an order in which lessons alternate as far as they can."""
    waiting: dict[str, list[Question]] = {}
    for item in items:
        waiting.setdefault(item.lesson, []).append(item)
    placed: list[Question] = []
    while waiting:
        others = [lesson for lesson in waiting if not placed or placed[-1].lesson != lesson]
        lesson = max(others or waiting, key=lambda lesson: len(waiting[lesson]))
        placed.append(waiting[lesson].pop(0))
        if not waiting[lesson]:
            del waiting[lesson]
    return tuple(placed)


@cache
def blueprint() -> dict[str, dict[str, Any]]:
    """The paper as its data file has it: tables ``paper``, ``lessons`` and ``levels``."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def paper(items: Sequence[Question], seed: int) -> tuple[Question, ...]:
    """The final examination with this number, from all of *items*.

    Each lesson has its share exactly. The levels have theirs as far as the lessons' questions
    allow. Raises PoemsError where a lesson has fewer questions than its share.
    """
    size, draw = blueprint()["paper"]["items"], Random(seed)
    stock: dict[Cell, list[Question]] = {}
    for item in sorted(items, key=lambda item: item.id):
        stock.setdefault((item.lesson, item.level), []).append(item)
    for cell in stock.values():
        draw.shuffle(cell)
    known = {lesson for lesson, _ in stock}
    shares = {key: share for key, share in blueprint()["lessons"].items() if key in known}
    slots = [lesson for lesson, n in apportioned(shares, size).items() for _ in range(n)]
    draw.shuffle(slots)
    cells = _cells(slots, apportioned(blueprint()["levels"], size), stock)
    return interleaved(stock[cell].pop() for cell in cells)


def apportioned(shares: Mapping[str, float], size: int) -> dict[str, int]:
    """*size* whole places in proportion to *shares*, by largest remainders (ties: as listed)."""
    total = sum(shares.values())
    exact = {key: size * share / total for key, share in shares.items()}
    places = {key: int(share) for key, share in exact.items()}
    ahead = sorted(exact, key=lambda key: places[key] - exact[key])
    for key in ahead[: size - sum(places.values())]:
        places[key] += 1
    return places


def _cells(
    slots: Sequence[str], wanted: Mapping[str, int], stock: Mapping[Cell, Sequence[Question]]
) -> list[Cell]:
    """The lesson and level of each question of a paper with these lessons: of each level as many
    as *wanted*, where that can be had by any exchange between lessons, else others instead."""
    used: Counter[Cell] = Counter()

    def short(level: str) -> int:
        return wanted[level] - sum(n for (_, other), n in used.items() if other == level)

    def free(lesson: str, level: str) -> bool:
        return used[lesson, level] < len(stock.get((lesson, level), ()))

    def place(lesson: str, tried: set[str]) -> bool:
        for level in sorted(wanted, key=short, reverse=True):
            if level in tried or not free(lesson, level):
                continue
            tried.add(level)
            if short(level) > 0 or any(move(other, level, tried) for other in sorted(set(slots))):
                used[lesson, level] += 1
                return True
        return False

    def move(lesson: str, level: str, tried: set[str]) -> bool:
        if used[lesson, level] and place(lesson, tried):
            used[lesson, level] -= 1
            return True
        return False

    for lesson in slots:
        if place(lesson, set()):
            continue
        spare = next((level for level in wanted if free(lesson, level)), None)
        if spare is None:
            raise PoemsError(f"lesson {lesson} has too few questions for an examination")
        used[lesson, spare] += 1
    return sorted(used.elements())
