"""A class's answers as a table: learners in rows, items in columns, first attempts only.

An item is its id and its version: what was asked in other words is another item.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from poems_course.content import PoemsError

LEAST = 5  # cells with fewer learners are not shown
MISSING = -1
Array = NDArray[np.float64]


Row = dict[int, int]  # for each column: bits of the choices, then one bit for right or wrong


class Item(NamedTuple):
    """What was asked: the item's id and the version of it."""

    id: str
    version: int

    def __str__(self) -> str:
        return self.id if self.version == 1 else f"{self.id}, version {self.version}"


class Choice(NamedTuple):
    """Something that could be chosen, and whether choosing it was right."""

    text: str
    right: bool


@dataclass(frozen=True)
class Answers:
    """*right*: learners x items, 1 right, 0 wrong, -1 not answered. *chosen*: the same shape,
    bit n set where choice n of the item was taken; 0 where that is not known.

    *later* counts the attempts after the first, which are left out; *last* says that the last ones
    were taken instead. *notes* are what the teacher should know about the files, one line each.
    """

    items: tuple[Item, ...]
    choices: tuple[tuple[Choice, ...], ...]
    right: NDArray[np.int8]
    chosen: NDArray[np.uint32]
    later: int = 0
    last: bool = False
    notes: tuple[str, ...] = ()

    @property
    def learners(self) -> int:
        return int(self.right.shape[0])

    @property
    def given(self) -> NDArray[np.bool_]:
        """Learners x items: answered or not."""
        return np.asarray(self.right != MISSING)


@dataclass
class Collector:
    """Gathers answers learner by learner; the first to an item counts, or the *last*.

    A learner is a name that goes no further than this object.
    """

    last: bool = False
    notes: list[str] = field(default_factory=list)
    later: int = 0
    _columns: dict[Item, int] = field(default_factory=dict)
    _rows: dict[str, Row] = field(default_factory=dict)

    def column(self, item: Item) -> int:
        """The column of an item, new where it was not met before."""
        return self._columns.setdefault(item, len(self._columns))

    def row(self, learner: str) -> Row:
        """What this learner answered so far."""
        return self._rows.setdefault(learner, {})

    def add(self, row: Row, column: int, right: bool, chosen: int) -> None:
        """One more answer of a learner, later than those that are there."""
        if column not in row:
            row[column] = chosen << 1 | right
            return
        self.later += 1
        if self.last:
            row[column] = chosen << 1 | right

    def collect(self, lesson: str | None, choices: dict[Item, tuple[Choice, ...]]) -> Answers:
        """The table of all learners who answered anything; items in the order of *choices*, those
        that are not in it behind them, as they were met.

        *lesson* keeps the items whose id starts with ``q`` and its number. Raises PoemsError where
        fewer than five learners or no items are left.
        """
        met = [item for item in choices if item in self._columns]
        met += [item for item in self._columns if item not in choices]
        kept = [item for item in met if lesson is None or item.id.startswith(f"q{lesson}-")]
        if not kept:
            which = f" of lesson {lesson}" if lesson else ""
            raise PoemsError(f"the files hold no answer to a question{which}")
        place = np.full(len(self._columns), -1)
        place[[self._columns[item] for item in kept]] = range(len(kept))
        wanted = {self._columns[item] for item in kept}
        rows = [row for row in self._rows.values() if not wanted.isdisjoint(row)]
        if empty := len(self._rows) - len(rows):
            who, are = ("1 learner has", "is") if empty == 1 else (f"{empty} learners have", "are")
            self.notes.append(f"{who} no answer to these questions and {are} left out")
        if len(rows) < LEAST:
            raise PoemsError(
                f"there are answers of {len(rows)} learner(s): a report on fewer than {LEAST} "
                "would be a report on persons"
            )
        right = np.full((len(rows), len(kept)), MISSING, np.int8)
        chosen = np.zeros((len(rows), len(kept)), np.uint32)
        for at, row in enumerate(rows):
            columns = place[np.fromiter(row, np.intp, len(row))]
            values = np.fromiter(row.values(), np.uint32, len(row))[columns >= 0]
            columns = columns[columns >= 0]
            right[at, columns], chosen[at, columns] = values & 1, values >> 1
        named = tuple(choices.get(item, ()) for item in kept)
        return Answers(tuple(kept), named, right, chosen, self.later, self.last, tuple(self.notes))
