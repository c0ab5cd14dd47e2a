"""The item bank: one TOML file per lesson, read once."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from poems_course.content import ContentError, PoemsError, read_entries
from poems_course.questions.records import Question

PRETEST = ("00", "pretest")
BANK = Path(__file__).parent / "bank"


def read_bank(folder: Path) -> dict[str, Question]:
    """All questions of a folder of NN.toml files, by id, in the order of the files.

    Raises ContentError where an item is unusable, sits in another lesson's file or repeats an id.
    """
    bank: dict[str, Question] = {}
    for path in sorted(folder.glob("*.toml")):
        for item in read_entries(path, Question).values():
            if item.id in bank:
                other = f"{bank[item.id].lesson}.toml"
                raise ContentError(path.name, item.id, "", f"this id is taken in {other}")
            if item.lesson != path.stem:
                raise ContentError(path.name, item.id, "lesson", f"must be {path.stem!r} here")
            bank[item.id] = item
    return bank


@cache
def _bank() -> dict[str, Question]:
    return read_bank(BANK)


def question(id: str) -> Question:
    """The question with this id; raises PoemsError with the nearest ids where there is none."""
    bank = _bank()
    if id not in bank:
        raise PoemsError(f"there is no question {id!r}{_guess(id, bank)}")
    return bank[id]


def questions(lesson: str | None = None, place: str | None = None) -> tuple[Question, ...]:
    """The questions of a lesson, or of one place in it ("way-1", "end"), in the author's order.

    The pre-test stands in lesson 00 and gathers one question of every other lesson.

    Raises PoemsError where the bank has no such lesson or the lesson no such place.
    """
    chosen = tuple(_bank().values())
    if lesson is not None and (lesson, place) != PRETEST:
        lessons = {item.lesson for item in chosen}
        chosen = tuple(item for item in chosen if item.lesson == lesson)
        if not chosen:
            raise PoemsError(f"there are no questions for lesson {lesson!r}{_list(lessons)}")
    if place is not None:
        places = {item.place for item in chosen}
        chosen = tuple(item for item in chosen if item.place == place)
        if not chosen:
            raise PoemsError(f"there are no questions at {place!r}{_list(places)}")
    return chosen


def _guess(word: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(word, known, n=3)
    return f"; did you mean {' or '.join(near)}?" if near else ""


def _list(known: Iterable[str]) -> str:
    names = ", ".join(sorted(known))
    return f"; there are {names}" if names else ""
