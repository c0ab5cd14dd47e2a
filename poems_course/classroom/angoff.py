"""Angoff's method: from judges' ratings to a cut score, with what is uncertain about it.

A judge says of each question what share of learners who only just deserve to pass would answer it
right. The mean over questions and judges is the cut score.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from math import ceil
from pathlib import Path

import numpy as np

from poems_course.classroom.angoff_sheet import Ratings
from poems_course.classroom.answers import Item
from poems_course.classroom.files import SUMMARY
from poems_course.classroom.intervals import Interval, fisher_z, mean_interval

ERROR = "standard error of measurement"


@dataclass(frozen=True)
class JudgeFigures:
    """*cut*: the cut score that this judge alone would set, in percent; *rated*: items."""

    name: str
    rated: int
    cut: float


@dataclass(frozen=True)
class ItemRatings:
    """Mean, standard deviation (None for one judge), least and greatest rating, in percent."""

    item: Item
    judges: int
    mean: float
    deviation: float | None
    least: float
    greatest: float


@dataclass(frozen=True)
class CutScore:
    """*cut* in percent and *points*; *interval* over judges, in percent, None for one judge."""

    cut: float
    interval: Interval | None
    deviation: float | None
    missing: int
    judges: tuple[JudgeFigures, ...]
    items: tuple[ItemRatings, ...]

    @property
    def points(self) -> float:
        return self.cut * len(self.items) / 100

    @property
    def pass_from(self) -> int:
        """The least whole number of points that is not below the cut."""
        return ceil(self.points - 1e-9)


def cut_score(ratings: Ratings) -> CutScore:
    """The cut score: the mean over items of the mean rating.

    A judge's own cut is it plus the mean distance of this judge's ratings from the items' means:
    without missing ratings the plain mean, and with some not moved by which items were left open.
    The interval is that of the mean of the judges' cuts (Student's t): these judges stand for all
    who might have judged, these items for themselves only.
    """
    table = np.full((len(ratings.of), len(ratings.items)), np.nan)
    for row, own in enumerate(ratings.of.values()):
        for column, item in enumerate(ratings.items):
            table[row, column] = own.get(item, np.nan)
    means = np.nanmean(table, axis=0)
    cut = float(means.mean())
    cuts = cut + np.nanmean(table - means, axis=1)
    number = len(cuts)
    deviation = float(cuts.std(ddof=1)) if number > 1 else None
    judges = zip(ratings.of, (~np.isnan(table)).sum(axis=1), cuts, strict=True)
    return CutScore(
        cut,
        None if deviation is None else _within(mean_interval(cut, deviation, number)),
        deviation,
        int(np.isnan(table).sum()),
        tuple(JudgeFigures(name, int(rated), float(own)) for name, rated, own in judges),
        tuple(_item(item, table[:, at]) for at, item in enumerate(ratings.items)),
    )


def _within(interval: Interval | None) -> Interval | None:
    return interval and (max(0.0, interval[0]), min(100.0, interval[1]))


def _item(item: Item, column: np.ndarray) -> ItemRatings:
    given = column[~np.isnan(column)]
    deviation = float(given.std(ddof=1)) if len(given) > 1 else None
    return ItemRatings(
        item, len(given), float(given.mean()), deviation, float(given.min()), float(given.max())
    )


@dataclass(frozen=True)
class Beside:
    """A class report on the same items: standard error in points, and share right by item.

    *r*: correlation of the mean ratings with the shares right.
    """

    error: float
    learners: int
    shares: dict[Item, float]
    r: float
    r_interval: Interval | None


def beside(folder: Path, cut: CutScore) -> Beside | str:
    """The class report in *folder*; or why none can stand beside the cut, in one sentence."""
    try:
        whole, items = _read(folder / SUMMARY), _read(folder / "items.csv")
        shares = {
            Item(row["item"], int(row["version"])): float(row["difficulty"])
            for row in items
            if row["difficulty"]
        }
        found = [row for row in whole if row["measure"] == ERROR]
        sizes = [(float(r["value"]), int(r["learners"]), int(r["items"])) for r in found]
    except OSError:
        return "There is no class report in this folder, so no standard error can stand beside it."
    except (KeyError, ValueError):
        return "The class report in this folder cannot be read: make it anew."
    if shares.keys() != {each.item for each in cut.items}:
        return (
            "The class report in this folder is on other questions (or versions) than the sheet: "
            "its standard error belongs to another test."
        )
    if not sizes:
        return "The class report in this folder has no standard error: no fixed form was answered."
    ratings = np.array([each.mean for each in cut.items])
    right = np.array([shares[each.item] for each in cut.items])
    steady = ratings.std() == 0 or right.std() == 0
    r = 0.0 if steady else float(np.corrcoef(ratings, right)[0, 1])
    error, learners, _ = sizes[0]
    return Beside(error, learners, shares, r, fisher_z(r, len(right)))


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
