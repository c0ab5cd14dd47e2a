"""The drawings of the progress page, each with its sentence and its table."""

from __future__ import annotations

from collections.abc import Sequence

from poems_course.figures.chart import Chart, Table
from poems_course.figures.draw import Axis, Plot
from poems_course.study.attempts import CONFIDENCE
from poems_course.study.mastery import Mastery, Tally, calibration_sentence
from poems_course.study.taught import objectives

_SHARE = Axis("right (%), with 95 % interval", 0, 100, (0, 25, 50, 75, 100))
ROW = 18  # units of height for one objective


def mastery_chart(known: Sequence[Mastery]) -> Chart:
    """Every objective of which something was answered; the table holds the others too."""
    begun = [one for one in known if one.tally.answered]
    rows = tuple((_named(one.objective), *_cells(one.tally), one.questions) for one in known)
    columns = ("Objective", "Right", "Interval (%)", "In the bank")
    table = Table("Last attempt at each question, by objective", columns, rows)
    reading = _mastery_sentence(known, begun)
    plot = Plot(
        "What you know, by objective", _SHARE, Axis.of("", [one.objective for one in begun]),
        70 + ROW * len(begun),
    )  # fmt: skip
    _rows(plot, [one.tally for one in begun])
    return Chart(plot.svg(reading), reading, table)


def calibration_chart(tallies: Sequence[Tally]) -> Chart:
    """How often you were right, by how sure you were."""
    rows = tuple((words, *_cells(one)) for words, one in zip(CONFIDENCE, tallies, strict=True))
    table = Table("All attempts", ("You were", "Right", "Interval (%)"), rows)
    reading = calibration_sentence(tallies)
    plot = Plot("Right answers, by how sure you were", _SHARE, Axis.of("", CONFIDENCE), 160)
    _rows(plot, tallies)
    return Chart(plot.svg(reading), reading, table)


def _rows(plot: Plot, tallies: Sequence[Tally]) -> None:
    for place, one in enumerate(tallies):
        if one.answered:
            low, high = one.interval
            plot.interval(100 * low, 100 * high, place)
            plot.dots([100 * one.share], [place])


def _named(objective: str) -> str:
    return f"{objective} {objectives().get(objective, '')}".strip()


def _cells(tally: Tally) -> tuple[str, str]:
    if not tally.answered:
        return "none answered", "unknown"
    low, high = tally.interval
    return f"{tally.right} of {tally.answered}", f"{100 * low:.0f} to {100 * high:.0f}"


def _mastery_sentence(known: Sequence[Mastery], begun: Sequence[Mastery]) -> str:
    if not begun:
        return "Nothing has been answered yet."
    surest = max(begun, key=lambda one: one.tally.interval[0])
    low = surest.tally.interval[0]
    return (
        f"You have answered questions on {len(begun)} of {len(known)} objectives; the surest is"
        f" {surest.objective}, {surest.tally.right} of {surest.tally.answered} right, which can"
        f" still mean {100 * low:.0f}\u00a0%."
    )
