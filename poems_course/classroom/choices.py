"""What could be chosen in an item of the bank, and what a stored response chose."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from poems_course.classroom.answers import Choice, Item
from poems_course.questions.presentation import order
from poems_course.questions.records import Question
from poems_course.questions.scoring import NotAnAnswer, read_number

Choose = Callable[[object], int]
_NUMBER = (Choice("the right number", True), Choice("too low", False), Choice("too high", False))
_WITH_OPTIONS = ("single", "multiple", "concordance")


def choices_of(question: Question) -> tuple[Choice, ...]:
    """The choices that a table can show: options in the author's order, or sides of a number.

    None for orderings and matchings, whose answers are no choice among options.
    """
    if question.type == "numeric":
        return _NUMBER
    if question.type not in _WITH_OPTIONS:
        return ()
    return tuple(Choice(option.text, option.correct) for option in question.options)


def bits_of(question: Question) -> Choose:
    """A function from a stored response, in presented positions, to choices as bits.

    0 where the response does not fit the item.
    """
    if question.type == "numeric":
        return lambda response: _side(question, response)
    if question.type not in _WITH_OPTIONS:
        return lambda response: 0
    bits = [1 << author for author in order(question)]

    def chosen(response: object) -> int:
        places: list[Any] = response if isinstance(response, list) else [response]
        if not all(type(at) is int and 0 <= at < len(bits) for at in places):
            return 0
        return sum(bits[at] for at in set(places))

    return chosen


def _side(question: Question, response: object) -> int:
    value = read_number(response if isinstance(response, str) else "", question.unit or "")
    if isinstance(value, NotAnAnswer):
        return 0
    assert question.answer is not None  # the schema sees to these two
    assert question.tolerance is not None
    if abs(value - question.answer) <= question.tolerance + 1e-9:
        return 1
    return 2 if value < question.answer else 4


def by_item(bank: Mapping[str, Question]) -> dict[Item, Question]:
    """The bank's questions by id and version."""
    return {Item(q.id, q.version): q for q in bank.values()}
