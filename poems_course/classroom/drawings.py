"""The plots of a class report, as SVG that follows the page's theme; questions by their number."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from poems_course.classroom.answers import LEAST, Answers, Array
from poems_course.classroom.classical import ItemFigures
from poems_course.classroom.intervals import Interval
from poems_course.classroom.scales import Scale, score_errors
from poems_course.figures.draw import Axis, Plot
from poems_course.figures.svg import WIDTH, at, box, figure_svg, path, point, text

_NAMED = 40  # with more questions than this they are not numbered in a plot
_LEFT, _RIGHT = 34.0, WIDTH - 12.0


class _Crossed(Plot):
    """A plot whose points may carry thin intervals both ways."""

    def cross(self, x: float, y: float, across: Interval, up: Interval | None) -> None:
        left, right = (at(self.px(end)) for end in across)
        low, high = (at(self.py(end)) for end in up or (y, y))
        lines = f"M{left} {at(self.py(y))}H{right}M{at(self.px(x))} {low}V{high}"
        self._marks.append(path("a", lines))


def difficulty_and_discrimination(items: Sequence[ItemFigures | None]) -> str:
    """Each question at its share right and its discrimination, with both intervals."""
    known = [(n, f, f.rest) for n, f in enumerate(items, 1) if f and f.rest is not None]
    lowest = min([0.0, *(f.rest_interval[0] for _, f, _ in known if f.rest_interval)])
    axis = Axis("discrimination (r)", max(-1.0, math.floor(lowest * 5) / 5), 1.0)
    plot = _Crossed("Difficulty and discrimination", _SHARE, axis, height=340)
    plot.rule("0.20", y=0.2)
    for number, f, r in known if len(known) <= _NAMED else ():
        plot.cross(f.share, r, f.share_interval, f.rest_interval)
        plot.text(plot.px(f.share) + 5, plot.py(r) - 5, str(number), "small")
    plot.dots([f.share for _, f, _ in known], [r for _, _, r in known])
    crossed = ", with 95 % intervals" if len(known) <= _NAMED else ""
    return plot.svg(
        f"{len(known)} questions by share answered right and by discrimination{crossed}; the line "
        "marks a discrimination of 0.20."
    )


_SHARE = Axis("share of right answers", 0.0, 1.0)


def scores(answers: Answers) -> str:
    """How many learners have which share right, in tenths."""
    share = (answers.right == 1).sum(axis=1) / answers.given.sum(axis=1)
    counts = np.bincount(np.minimum((share * 10).astype(int), 9), minlength=10)
    top = float(max(10, counts.max()))
    plot = Plot(
        "Learners by share right", Axis("share of answers right", 0.0, 1.0),
        Axis("learners", 0.0, top * 1.05), height=200,
    )  # fmt: skip
    seen = [tenth for tenth in range(10) if counts[tenth] >= LEAST]
    plot.bars([0.05 + t / 10 for t in seen], [float(counts[t]) for t in seen], width=0.09)
    for tenth in range(10):
        if 0 < counts[tenth] < LEAST:
            plot.text(plot.px(0.05 + tenth / 10), plot.py(0) - 4, "<5", "muted", "middle")
    return plot.svg(
        f"Shares of right answers of {answers.learners} learners in tenths; tenths with one to "
        "four learners are marked <5 and not counted."
    )


@dataclass(frozen=True)
class Placed:
    """A question on a scale: its number, estimate and interval."""

    number: int
    value: float
    interval: Interval


def wright_map(scale: Scale, placed: Sequence[Placed]) -> str:
    """Learners above, questions below, easiest first, on one scale in logits."""
    ordered = sorted(placed, key=lambda each: each.value)
    low, high = _ends(scale.ability, ordered)
    axis = Axis("", low, high)
    step = 16.0 if len(ordered) <= _NAMED else 3.0
    top, people = 20.0, 96.0
    floor = top + people + 22 + step * len(ordered)

    def x(value: float) -> float:
        return _LEFT + axis.share(min(max(value, low), high)) * (_RIGHT - _LEFT)

    parts = [text(_LEFT, 12, "learners"), text(_LEFT, top + people + 14, "questions")]
    for tick, words in axis.marks():
        parts.append(path("g", f"M{at(x(tick))} {at(top)}V{at(floor)}"))
        parts.append(text(x(tick), floor + 15, words, "muted", "middle"))
    parts += _people(scale.ability, x, top + people, people - 6)
    for row, each in enumerate(ordered):
        y = top + people + 22 + step * (row + 0.5)
        ends = each.interval
        parts.append(path("k s1", f"M{at(x(ends[0]))} {at(y)}H{at(x(ends[1]))}"))
        if len(ordered) <= _NAMED:
            parts.append(point(x(each.value), y, 1))
            parts.append(text(_LEFT - 6, y + 4, str(each.number), "muted", "end"))
        else:
            parts.append(box("f s2", x(each.value) - 1.5, y - 1.5, 3, 3))
    parts.append(
        text((_LEFT + _RIGHT) / 2, floor + 34, "logits: harder to the right", "ink", "middle")
    )
    return figure_svg(
        "Wright map",
        f"{scale.learners} learners by ability above, {len(ordered)} questions by difficulty with "
        "95 % intervals below, on one scale in logits.",
        floor + 42,
        "".join(parts),
    )


def _ends(ability: Array, placed: Sequence[Placed]) -> tuple[float, float]:
    values = [each.value for each in placed]
    low, high = min(*values, float(ability.min())), max(*values, float(ability.max()))
    return float(np.floor(low - 0.5)), float(np.ceil(high + 0.5))


def _people(ability: Array, x: object, base: float, height: float) -> list[str]:
    """Bars of half a logit; one with one to four learners is pale and always as high as four."""
    assert callable(x)
    low, high = np.floor(ability.min() * 2) / 2, np.ceil(ability.max() * 2) / 2
    edges = np.arange(low, high + 0.6, 0.5)
    counts, _ = np.histogram(ability, edges)
    top = max(10, int(counts.max()))
    parts = []
    for start, count in zip(edges, counts, strict=False):
        if not count:
            continue
        few = count < LEAST
        tall = height * (4 if few else int(count)) / top
        width = x(start + 0.5) - x(start) - 1
        parts.append(box("b s0" if few else "f s0", x(start), base - tall, width, tall))
    return parts


def error_by_score(scale: Scale) -> str:
    """The standard error of a score, at each score."""
    found = score_errors(scale)
    k = len(scale.difficulty)
    top = max(error for _, error in found)
    plot = Plot(
        "Standard error by score", Axis("score, points", 0.0, float(k)),
        Axis("standard error, points", 0.0, top * 1.15), height=200,
    )  # fmt: skip
    plot.line([score for score, _ in found], [error for _, error in found])
    return plot.svg(
        f"Standard error of a score on {k} questions, at most {top:.1f} points in the middle and "
        "less towards both ends."
    )


def bar(value: float, interval: Interval | None, low: float, high: float, mark: float) -> str:
    """A tiny drawing of an estimate in its interval, for a table's cell, which has the numbers."""

    def x(number: float) -> str:
        return at(2 + 96 * (min(max(number, low), high) - low) / (high - low))

    line = f'<path class="k s0" d="M{x(interval[0])} 7H{x(interval[1])}"/>' if interval else ""
    return (
        '<svg class="mini" viewBox="0 0 100 14" aria-hidden="true">'
        f'<path class="a" d="M2 13H98"/><path class="r" d="M{x(mark)} 1V13"/>{line}'
        f'<circle class="f s0" cx="{x(value)}" cy="7" r="3.5"/></svg>'
    )
