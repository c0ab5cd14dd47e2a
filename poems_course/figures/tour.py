"""An explorer that explains explorers: its drawing is a small copy of itself, part by part."""

from __future__ import annotations

from poems_course.evidence import fact
from poems_course.figures.chart import Chart, Table
from poems_course.figures.draw import number
from poems_course.figures.exploration import Choice, Exploration, Slider, Toggle
from poems_course.figures.svg import at, box, figure_svg, path, point, text

BEFORE = "before it is run"
# Each part with what it does: two lines for the drawing, one clause for the reading.
PARTS: dict[str, tuple[str, str]] = {
    "the prompt": ("The prompt asks for a guess.", "Guess first: whoever guessed looks harder."),
    "the controls": ("Controls: arrow keys move, Space ticks.", "All below follows at once."),
    "the drawing": ("The drawing shows one setting.", "Shapes and dashes say what colours say."),
    "the reading": ("The reading: the drawing in a sentence.", "A screen reader speaks it."),
    "the table": ("The table holds the same numbers.", "Open it with Enter or a click."),
    "Start again": ("Start again: back to the first setting.", "You can break nothing here."),
    BEFORE: ("Before its cell is run: a picture.", "No controls yet; nothing is wrong."),
}
# Invented: one patient's plasma VEGF in pg/mL by month of treatment.
COURSE: dict[float, float] = {0: 1240, 1: 710, 2: 450, 3: 330, 6: 150, 9: 110, 12: 90}


def limit() -> float:
    """The plasma VEGF, in pg/mL, from which a value counts as high."""
    return fact("plasma-vegf-cutoff").quantity()


def tour_chart(part: str, month: float, line: bool) -> Chart:
    """The tour at one *part*, with the VEGF of *month* marked and the limit drawn or not."""
    reading = _reading(part, month, line)
    title = f"A small copy of this explorer: {part}"
    return Chart(figure_svg(title, reading, 352, _draw(part, month, line)), reading, _table(month))


def _reading(part: str, month: float, line: bool) -> str:
    first, second = (words.rstrip(".") for words in PARTS[part])
    then = second[0].lower() + second[1:]
    limited = f", {_side(month)} the limit of {number(limit())}" if line else ""
    return (
        f"{first}; {then}; in this copy an invented plasma VEGF is {number(COURSE[month])} pg/mL "
        f"at month {number(month)}{limited}."
    )


def _side(month: float) -> str:
    return "above" if COURSE[month] >= limit() else "below"


def _table(month: float) -> Table:
    rows = tuple(
        (number(at_), number(value), "yes" if value >= limit() else "no",
         "shown" if at_ == month else "")
        for at_, value in COURSE.items()
    )  # fmt: skip
    columns = ("month", "invented plasma VEGF, pg/mL", f"{number(limit())} or more", "setting")
    return Table("VEGF of an invented patient under treatment", columns, rows)


_LEFT, _RIGHT, _CHART, _BASE = 62.0, 410.0, 122.0, 206.0
# Where each part stands in the copy: top and height of its row.
_PLACES = {
    "the prompt": (52.0, 22.0),
    "the controls": (76.0, 28.0),
    "the drawing": (108.0, 124.0),
    "the reading": (234.0, 22.0),
    "the table": (258.0, 22.0),
    "Start again": (76.0, 28.0),
    BEFORE: (30.0, 254.0),
}


def _draw(part: str, month: float, line: bool) -> str:
    still = part == BEFORE
    edge = "r" if still else "a"
    parts = [
        path(edge, "M18 26H422V288H18z"),
        text(30, 44, "A small copy of this explorer", "strong"),
    ]
    parts.append(text(30, 67, "Predict first: when will VEGF be low?", "muted"))
    parts += _still() if still else _controls(month, line)
    parts += _plot(month, line)
    parts += [box("f s0", 30, 238, 4, 15), text(42, 250, _short(month), "ink")]
    foot = "A picture for now: run this cell." if still else "\u25b8 The data as a table"
    parts.append(text(30, 274, foot, "muted"))
    if not still:
        parts.append(_frame(part))
    first, second = PARTS[part]
    parts += [text(18, 318, first, "strong"), text(18, 338, second)]
    return "".join(parts)


def _short(month: float) -> str:
    return f"At month {number(month)}, VEGF is {number(COURSE[month])} pg/mL."


def _controls(month: float, line: bool) -> list[str]:
    months = list(COURSE)
    knob = 36 + 110 * months.index(month) / (len(months) - 1)
    tick = path("k", "M252 90l4 4 7-9") if line else ""
    return [
        path("a", "M30 90H152"),
        point(knob, 90, 0),
        text(160, 94, f"Month: {number(month)}"),
        path("a", "M250 83h14v14h-14z") + tick,
        text(270, 94, "limit"),
        path("a", "M316 78h100v24h-100z"),
        text(366, 94, "Start again", "ink", "middle"),
    ]


def _still() -> list[str]:
    return [text(30, 94, "(no controls before the cell is run)", "muted")]


def _frame(part: str) -> str:
    top, height = _PLACES[part]
    left, right = (312, 420) if part == "Start again" else (22, 418)
    if part == "the controls":
        right = 308
    return path("k s1", f"M{left} {at(top)}H{right}V{at(top + height)}H{left}z")


def _plot(month: float, line: bool) -> list[str]:
    def x(at_month: float) -> float:
        return _LEFT + (_RIGHT - _LEFT) * at_month / 12

    def y(vegf: float) -> float:
        return _BASE - (_BASE - _CHART) * vegf / 1300

    places = " ".join(f"{at(x(m))},{at(y(v))}" for m, v in COURSE.items())
    parts = [
        path("a", f"M{at(_LEFT)} {at(_CHART)}V{at(_BASE)}H{at(_RIGHT)}"),
        f'<polyline class="k s0" points="{places}"/>',
        point(x(month), y(COURSE[month]), 1),
        text(_LEFT - 6, y(1240) + 4, number(1240), "small", "end"),
        text(_LEFT - 6, _BASE + 2, "0", "small", "end"),
        text(_RIGHT, _BASE + 14, number(12), "small", "middle"),
        text(_LEFT + 12, _CHART - 2, "plasma VEGF in pg/mL, invented", "small"),
        text((_LEFT + _RIGHT) / 2, _BASE + 20, "months of treatment", "small", "middle"),
    ]
    if line:
        level = at(y(limit()))
        parts.append(path("r", f"M{at(_LEFT)} {level}H{at(_RIGHT)}"))
        parts.append(text(_LEFT - 6, y(limit()) + 2, number(limit()), "small", "end"))
    return parts


TOUR = Exploration(
    id="tour",
    title="A tour of this explorer",
    prompt=(
        "Predict first: a plasma VEGF is high from 200 pg/mL; in which month does the invented one "
        "fall below it? Then take the parts one by one, move the month, and draw the limit."
    ),
    controls=(
        Choice("part", "Explain", tuple(PARTS)),
        Slider("month", "Month", tuple(COURSE)),
        Toggle("line", "Draw the limit"),
    ),
    model=tour_chart,
)
