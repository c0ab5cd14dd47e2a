"""Break one storey of a hormone axis, predict two hormones, then see what the laboratory says."""

from __future__ import annotations

import textwrap
from functools import cache

from poems_course.clinic.feedback import GLAND, LESIONS, NOTHING, OUTSIDE
from poems_course.figures.axes import AXES, Axis
from poems_course.figures.chart import Chart, Table
from poems_course.figures.exploration import Choice, Exploration, Toggle
from poems_course.figures.svg import at, box, figure_svg, path, text

PLACES = ("low", "normal", "high")
_X, _WIDE, _TALL, _STEP, _TOP = 10.0, 154.0, 34.0, 74.0, 14.0
_PANEL, _CELL = 236.0, 66.0
_HEIGHT = 330.0


def axis_lesion(axis: str, lesion: str, first: str, second: str, reveal: bool) -> Chart:
    """What the two hormones of *axis* do under *lesion*, beside what the learner predicted."""
    shown = AXES[axis]
    truth = shown.settle(lesion)
    guesses = (first, second)
    reading = _reading(shown, lesion, guesses, truth, reveal)
    drawing = _axis(axis, lesion) + _panel(axis, guesses, truth if reveal else None)
    if reveal:
        drawing += _meaning(shown.says[lesion])
    title = f"{axis[0].upper()}{axis[1:]}: what fails is {_named(shown, lesion)}"
    return Chart(
        figure_svg(title, reading, _HEIGHT, drawing),
        reading,
        _table(shown, guesses, truth, reveal),
    )


def _named(axis: Axis, lesion: str) -> str:
    if lesion == GLAND:
        return f"the {axis.storeys[2]}"
    if lesion in (NOTHING, OUTSIDE):
        return "nothing" if lesion == NOTHING else "nothing, but hormone comes from outside"
    return f"the {lesion.partition(' ')[0]}"


def _reading(
    axis: Axis, lesion: str, guesses: tuple[str, str], truth: tuple[str, str], reveal: bool
) -> str:
    names = (axis.first, axis.second)
    start = f"Axis: {axis.name}, what fails: {_named(axis, lesion)}"
    if not reveal:
        said = " and ".join(f"{n} {g}" for n, g in zip(names, guesses, strict=True))
        return f"{start}; you predict {said}, and the laboratory has not answered yet."
    parts = [
        f"{name} is {is_} ({'as you predicted' if is_ == guess else f'you predicted {guess}'})"
        for name, guess, is_ in zip(names, guesses, truth, strict=True)
    ]
    return f"{start}; {' and '.join(parts)}: {axis.says[lesion]}."


def _table(axis: Axis, guesses: tuple[str, str], truth: tuple[str, str], reveal: bool) -> Table:
    rows = [
        (name, guess, is_ if reveal else "hidden")
        for name, guess, is_ in zip((axis.first, axis.second), guesses, truth, strict=True)
    ]
    return Table("Your prediction and the panel", ("hormone", "predicted", "found"), tuple(rows))


@cache
def _axis(name: str, lesion: str) -> str:
    """The storeys, the hormones between them, the way back, and the lesion."""
    axis = AXES[name]
    parts = [_storey(axis, i, lesion) for i in range(4)]
    for i, label in enumerate(axis.arrows):
        if label:
            y = _y(i) + _TALL
            parts.append(path("k s0", _arrow(_X + 34, y, _y(i + 1) - 2)))
            parts.append(text(_X + 44, y + 25, label))
    start = 1 if axis.heard.startswith("prolactin") else 3
    parts.append(_way_back(axis, start))
    if lesion == OUTSIDE:
        parts.append(path("k s1", _arrow(_X + 34, _HEIGHT - 24, _y(3) + _TALL + 2)))
        parts.append(text(_X + 44, _HEIGHT - 26, "from outside", "strong"))
    return "".join(parts)


def _y(storey: int) -> float:
    return _TOP + storey * _STEP


def _arrow(x: float, start: float, end: float) -> str:
    head = 6 if end > start else -6
    return f"M{at(x)} {at(start)}V{at(end)}m-5 {-head}l5 {head} 5 {-head}"


def _storey(axis: Axis, storey: int, lesion: str) -> str:
    y, idle = _y(storey), storey < axis.outside_loop
    words = text(
        _X + _WIDE / 2 - 6, y + 21, axis.storeys[storey], "muted" if idle else "ink", "middle"
    )
    frame = box("r" if idle else "k", _X, y, _WIDE, _TALL).replace("/>", ' fill="none"/>')
    if LESIONS.index(lesion) - 1 != storey or lesion == OUTSIDE:
        return frame + words
    crack = f"M{at(_X + _WIDE - 8)} {at(y - 5)}l-7 17 8 4-9 22"
    pale = box("b s1", _X, y, _WIDE, _TALL)
    return pale + box("k s1", _X, y, _WIDE, _TALL) + words + path("k s1", crack)


def _way_back(axis: Axis, start: int) -> str:
    edge, lane = _X + _WIDE, _X + _WIDE + 22
    low = _y(start) + _TALL / 2
    ends = [_y(storey) + _TALL / 2 for storey in axis.back]
    line = f"M{at(edge)} {at(low)}H{at(lane)}V{at(min(ends))}"
    line += "".join(f"M{at(lane)} {at(y)}H{at(edge + 4)}" for y in ends)
    heads = "".join(f"M{at(edge + 9)} {at(y - 5)}l-6 5 6 5" for y in ends)
    sign = "+" if axis.heard.startswith("glucose") else "\u2212"
    middle = (low + max(ends)) / 2 if start == 3 else (low + min(ends)) / 2
    label = (
        f'<text class="muted" transform="translate({at(lane + 15)} {at(middle)}) rotate(-90)" '
        f'text-anchor="middle">{axis.heard}</text>'
    )
    return (
        path("r", line) + path("k", heads) + text(lane + 5, min(ends) - 4, sign, "strong") + label
    )


@cache
def _panel(name: str, guesses: tuple[str, str], truth: tuple[str, str] | None) -> str:
    axis = AXES[name]
    parts = [text(_PANEL, 26, "ring: your prediction", "muted")]
    parts.append(text(_PANEL, 42, "filled: the laboratory", "muted"))
    for i, label in enumerate((axis.first, axis.second)):
        y = 72.0 + 62 * i
        parts.append(text(_PANEL, y, label, "strong"))
        for j, words in enumerate(PLACES):
            parts.append(_cell(words, j, y + 8, guesses[i], truth[i] if truth else None))
        if truth:
            agrees = "as you said" if truth[i] == guesses[i] else "not as you said"
            parts.append(text(_PANEL + 3 * _CELL - 4, y, agrees, "ink", "end"))
    return "".join(parts)


def _cell(words: str, place: int, y: float, guess: str, truth: str | None) -> str:
    x, wide = _PANEL + place * _CELL, _CELL - 4
    found = words == truth
    parts = [
        box("f s0", x, y, wide, 26)
        if found
        else box("a", x, y, wide, 26).replace("/>", ' fill="none"/>')
    ]
    parts.append(text(x + wide / 2, y + 17, words, "paper" if found else "ink", "middle"))
    if words == guess:
        parts.append(box("k s1", x - 2, y - 2, wide + 4, 30).replace("/>", ' rx="6" fill="none"/>'))
    return "".join(parts)


def _meaning(words: str) -> str:
    lines = textwrap.wrap(f"{words[0].upper()}{words[1:]}.", 31)
    return "".join(text(_PANEL, 210 + 16 * i, line) for i, line in enumerate(lines))


AXIS_LESION = Exploration(
    id="axis-lesion",
    title="Break an axis, predict the panel",
    prompt=(
        "Choose an axis and what fails. Before you ask the laboratory, say for both hormones: low, "
        "normal or high?"
    ),
    controls=(
        Choice("axis", "Axis", tuple(AXES)),
        Choice("lesion", "What fails", LESIONS, 2),
        Choice("first", "The first hormone will be", PLACES, 1),
        Choice("second", "The second hormone will be", PLACES, 1),
        Toggle("reveal", "Ask the laboratory"),
    ),
    model=axis_lesion,
)
