"""What a format is: its writer, what it cannot hold, and how far what it writes was checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from poems_course.questions.records import Question


@dataclass(frozen=True)
class Loss:
    """Something of certain items that a format cannot hold, and what stands there instead."""

    of: Callable[[Question], bool]
    what: str


@dataclass(frozen=True)
class Format:
    """One format. *checked* says which reader has read what is written, in the course's tests."""

    name: str
    title: str
    ending: str
    checked: str
    write: Callable[[Sequence[Question]], bytes]
    losses: tuple[Loss, ...]

    def lost(self, items: Iterable[Question]) -> list[str]:
        """One line for each thing that could not be held: how many items, of which types, what."""
        lines = []
        for loss in (LESSON, *self.losses):
            counts = Counter(item.type for item in items if loss.of(item))
            if counts:
                kinds = ", ".join(f"{count} {type}" for type, count in sorted(counts.items()))
                lines.append(f"{self.name}: {kinds}: {loss.what}")
        return lines


def _in_lesson(item: Question) -> bool:
    return "dataset" in item.tags and item.figure is None


LESSON = Loss(_in_lesson, "asks for a cell of its lesson to be run: needs the notebook beside it")


def of_type(*types: str) -> Callable[[Question], bool]:
    """Whether an item is of one of these types."""
    return lambda item: item.type in types


def every(item: Question) -> bool:
    """Any item."""
    return True


def drawn(item: Question) -> bool:
    """Whether an item shows a drawing."""
    return item.figure is not None
