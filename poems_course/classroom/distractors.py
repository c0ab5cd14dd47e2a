"""What was chosen instead of the key: by whom, how often, and whether that tells anything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from poems_course.classroom.answers import LEAST, Answers, Array, Choice
from poems_course.classroom.classical import correlation
from poems_course.classroom.intervals import Interval, fisher_z
from poems_course.evidence.intervals import wilson

HALVES, THIRDS = 30, 60  # learners from which score groups are shown
FUNCTIONAL = 0.10  # of the wrong answers
Whole = NDArray[np.int64]
Draws = Literal["key", "draws", "seldom", "open"]


@dataclass(frozen=True)
class ChoiceFigures:
    """*counts*: how many chose it in each score group, then in all; None = fewer than five, or
    what would give such a number away. *r*: of choosing it with the rest score. *draws*: for a
    wrong choice, whether it draws at least a tenth of the wrong answers."""

    choice: Choice
    counts: tuple[int | None, ...]
    r: float | None
    interval: Interval | None
    draws: Draws


@dataclass(frozen=True)
class ChoiceTable:
    """The choices of one item; *sizes*: how many answered it in each score group, then in all."""

    rows: tuple[ChoiceFigures, ...]
    sizes: tuple[int, ...]


GROUPS = {1: (), 2: ("lower half", "upper half"), 3: ("lower third", "middle third", "upper third")}


def score_groups(answers: Answers) -> NDArray[np.int8]:
    """For each learner the score group, from 0 (lowest); equal shares stay together.

    One group below 30 learners, two below 60, else three: cells of fewer than five say nothing.
    """
    share = (answers.right == 1).sum(axis=1) / np.maximum(answers.given.sum(axis=1), 1)
    number = 1 + (answers.learners >= HALVES) + (answers.learners >= THIRDS)
    limits = np.quantile(share, [at / number for at in range(1, number)])
    return np.asarray(np.searchsorted(limits, share, side="left"), np.int8)


def choice_tables(answers: Answers, rest: Array) -> list[ChoiceTable | None]:
    """A table for each item whose choices are known and that five learners or more answered."""
    groups = score_groups(answers)
    number = int(groups.max()) + 1
    return [
        _table(answers.chosen[:, at], groups, number, rest[:, at], choices) if choices else None
        for at, choices in enumerate(answers.choices)
    ]


def _table(
    chosen: NDArray[np.uint32],
    groups: NDArray[np.int8],
    number: int,
    rest: Array,
    choices: tuple[Choice, ...],
) -> ChoiceTable | None:
    answered = chosen > 0
    if answered.sum() < LEAST:
        return None
    bits = np.uint32(1) << np.arange(len(choices), dtype=np.uint32)
    taken = (chosen[:, None] & bits) > 0  # learners x choices
    r, pairs = correlation(
        taken.astype(np.float64), np.where(answered, rest, np.nan)[:, None].repeat(len(bits), 1)
    )
    split = np.stack([taken[groups == group].sum(axis=0) for group in range(number)], axis=1)
    sizes = [int(answered[groups == group].sum()) for group in range(number)]
    whole = taken.sum(axis=0)
    shown = suppressed(split if number > 1 else split[:, :0], whole)
    wrong = int(sum(whole[at] for at, choice in enumerate(choices) if not choice.right))
    rows = []
    for at, choice in enumerate(choices):
        few = min(int(whole[at]), int(answered.sum() - whole[at])) < LEAST
        known = None if few or np.isnan(r[at]) else float(r[at])
        interval = None if known is None else fisher_z(known, int(pairs[at]))
        rows.append(
            ChoiceFigures(choice, shown[at], known, interval, _draws(choice, int(whole[at]), wrong))
        )
    return ChoiceTable(tuple(rows), (*(sizes if number > 1 else ()), int(answered.sum())))


def _draws(choice: Choice, taken: int, wrong: int) -> Draws:
    """Does a wrong choice do its work? A share of the wrong answers, not of all.

    The usual rule asks for 5 % of all learners, which no choice of an easy item can reach. A tenth
    of the wrong answers is the same at a difficulty of one half, and shrinks with it: our scaling.
    It is "seldom" or "draws" only where Wilson's interval lies wholly on that side.
    """
    if choice.right:
        return "key"
    if wrong < LEAST:
        return "open"
    low, high = wilson(taken, wrong)
    return "seldom" if high < FUNCTIONAL else "draws" if low >= FUNCTIONAL else "open"


def suppressed(split: Whole, whole: Whole) -> list[tuple[int | None, ...]]:
    """Counts of choices x groups and of choices, without those of 1 to 4 learners.

    A single gap in a line whose sum is known would be filled by subtraction, so the smallest
    number beside it is left out, too, until no line has a single gap.
    """
    grid = np.column_stack([split, whole])
    places = np.arange(grid.size).reshape(grid.shape)
    lines = [line for line in (*places, *places.T) if len(line) > 1]
    counts = grid.ravel()
    hidden = (counts > 0) & (counts < LEAST)
    while single := [line for line in lines if hidden[line].sum() == 1]:
        beside = single[0][~hidden[single[0]]]
        hidden[min(beside, key=lambda at: (counts[at] == 0, counts[at]))] = True
    shown = [None if gap else int(n) for n, gap in zip(counts, hidden, strict=True)]
    width = grid.shape[1]
    return [tuple(shown[at : at + width]) for at in range(0, len(shown), width)]
