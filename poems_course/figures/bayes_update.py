"""The explorer of one prior and one result: a thousand marks, and the scale from 0 to 100 %."""

from __future__ import annotations

from poems_course.figures.bayes import PRIORS, RESULTS, TESTS, Update, chance, reading, table
from poems_course.figures.chart import Chart
from poems_course.figures.draw import number
from poems_course.figures.exploration import Choice, Exploration
from poems_course.figures.svg import WIDTH, figure_svg, text

_DOWN, _STEP, _LEFT, _TOP = 20, 8, 20.0, 26.0
_SCALE = (34.0, WIDTH - 34.0)


def bayes_update(prior: str, test: str, result: str) -> Chart:
    """The probability of POEMS before and after one result, as people and on a scale."""
    update = Update(prior, test, result == "positive")
    said = reading(update)
    drawing = (
        _people(update, result)
        + _key(update, result, 208)
        + scale(update.prior, update.after, update.interval, 292)
    )
    return Chart(figure_svg(f"{test}: {result}", said, 332, drawing), said, table(update))


def _people(update: Update, result: str) -> str:
    each = update.people // 1000
    unit = "one person" if each == 1 else f"{number(each)} people"
    parts = [text(_LEFT, 16, f"{number(update.people)} people, each mark is {unit}", "strong")]
    start = 0
    for i, group in enumerate(update.groups):
        end = start + round(group / each) if i < 3 else 1000
        parts.append(_marks(start, end, poems=i < 2, tested=i % 2 == 0))
        start = end
    return "".join(parts)


def _marks(start: int, end: int, poems: bool, tested: bool) -> str:
    """Marks from *start* to *end*, column by column: squares with POEMS, dots without."""
    if start >= end:
        return ""
    columns = []
    for column in range(start // _DOWN, (end - 1) // _DOWN + 1):
        first, last = max(start, column * _DOWN), min(end, (column + 1) * _DOWN)
        y = _TOP + (first - column * _DOWN) * _STEP + (0 if poems else 3.5)
        columns.append(
            f"M{_LEFT + _STEP * column:g} {y:g}v{(last - first) * _STEP - (0.5 if poems else 4):g}"
        )
    return _stroke("".join(columns), poems, tested)


def _stroke(path: str, poems: bool, tested: bool) -> str:
    # A dashed line draws its dashes as marks: twenty people in a dozen characters.
    look = "stroke-width:7" if poems else "stroke-width:5.5;stroke-linecap:round"
    dash = "7 1" if poems else "0 8"
    faint = "" if tested else ' opacity="0.3"'
    series = "s0" if poems else "s1"
    return f'<path class="k {series}"{faint} style="{look}" stroke-dasharray="{dash}" d="{path}"/>'


def _key(update: Update, result: str, y: float) -> str:
    other = RESULTS[1 - RESULTS.index(result)]
    parts = []
    for i, group in enumerate(update.groups):
        poems, tested = i < 2, i % 2 == 0
        x, at = (24 if poems else 236), y + 20 * (not tested)
        words = f"{'with POEMS' if poems else 'without'}, {result if tested else other}"
        parts.append(_stroke(f"M{x} {at - 3.5}v7" if poems else f"M{x} {at}v1", poems, tested))
        parts.append(text(x + 10, at + 4, f"{number(group)} {words}", "ink"))
    return "".join(parts)


def scale(prior: float, after: float, interval: tuple[float, float] | None, y: float) -> str:
    """The line from 0 to 100 % with the probability before and after, and its interval."""
    low, high = _SCALE
    parts = [f'<path class="a" d="M{low} {y}H{high}"/>']
    for percent in (0, 25, 50, 75, 100):
        x = _at(percent / 100)
        parts.append(f'<path class="a" d="M{x} {y}v5"/>')
        parts.append(text(x, y + 33, f"{percent} %", "muted", "middle"))
    if interval is not None:
        left, right = map(_at, interval)
        whisker = f"M{left} {y}H{right}M{left} {y - 5}v10M{right} {y - 5}v10"
        parts.append(f'<path class="k s0" d="{whisker}"/>')
    before, now = _at(prior), _at(after)
    parts.append(f'<circle class="paper" cx="{before}" cy="{y}" r="5"/>')
    parts.append(f'<circle class="k s1" cx="{before}" cy="{y}" r="5"/>')
    parts.append(f'<path class="f s0" d="M{now} {y}m0-8 8 8-8 8-8-8z"/>')
    parts.append(text(before, y + 17, f"before: {chance(prior)}", "ink", _anchor(prior)))
    parts.append(text(now, y - 13, f"after: {chance(after)}", "strong", _anchor(after)))
    return "".join(parts)


def _at(probability: float) -> float:
    return round(_SCALE[0] + probability * (_SCALE[1] - _SCALE[0]), 1)


def _anchor(probability: float) -> str:
    return "start" if probability < 0.1 else "end" if probability > 0.9 else "middle"


BAYES = Exploration(
    id="bayes",
    title="From a prior to a posterior",
    prompt=(
        "Guess first: a test finds every patient and is wrong in about one of eleven others. "
        "It is positive. How likely is POEMS? Then see how the answer depends on who was tested."
    ),
    controls=(
        Choice("prior", "Who is tested", tuple(PRIORS), 2),
        Choice("test", "Test", tuple(TESTS)),
        Choice("result", "Result", RESULTS),
    ),
    model=bayes_update,
)
