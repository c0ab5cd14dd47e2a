"""Treatment studies side by side: the groups that printed an outcome, and those that did not."""

from __future__ import annotations

import textwrap
from collections.abc import Callable

from poems_course.figures.chart import Cell, Chart, Table
from poems_course.figures.exploration import Choice, Exploration, Toggle
from poems_course.figures.svg import WIDTH, at, box, figure_svg, path, point, text
from poems_course.figures.trials import (
    DESIGNS,
    NERVES,
    OUTCOMES,
    STUDIES,
    VEGF,
    VEGF_CR,
    Study,
    design,
    randomised,
)

_LEFT, _RIGHT, _ROW, _TOP = 196.0, 352.0, 23, 116.0
_TRIAL = 3  # the series of the randomised trial: a diamond

_ORDERS: dict[str, Callable[[Study, str], float]] = {
    "by treatment": lambda study, outcome: STUDIES.index(study),
    "highest first": lambda study, outcome: -study.results[outcome].percent,
    "most patients first": lambda study, outcome: -(study.n or 0),
}


def printed(outcome: str, order: str) -> list[Study]:
    """The groups that printed an outcome, in the order asked for."""
    groups = [study for study in STUDIES if outcome in study.results]
    return sorted(groups, key=lambda study: _ORDERS[order](study, outcome))


def missing(outcome: str) -> list[Study]:
    """The groups for which no figure of that outcome was read: missing, which is not zero."""
    return [study for study in STUDIES if outcome not in study.results]


def trials(outcome: str, order: str, intervals: bool) -> Chart:
    """All groups on one outcome, the randomised trial by itself on top."""
    groups, absent = printed(outcome, order), missing(outcome)
    said = _reading(outcome, groups, absent, intervals)
    foot = _TOP + _ROW * len(groups)
    drawing = (
        _trial(outcome)
        + _legend(outcome, groups)
        + _axis(foot)
        + "".join(
            _row(study, outcome, intervals, _TOP + _ROW * i) for i, study in enumerate(groups)
        )
        + _absent(absent, foot + 64)
    )
    height = foot + 70 + 15 * ((len(absent) + 1) // 2)
    title = f"Patients {OUTCOMES[outcome]}, study by study"
    return Chart(figure_svg(title, said, height, drawing), said, _table(outcome, groups, absent))


def _x(percent: float) -> float:
    return _LEFT + percent / 100 * (_RIGHT - _LEFT)


def _reading(outcome: str, groups: list[Study], absent: list[Study], intervals: bool) -> str:
    ranked = sorted(groups, key=lambda study: study.results[outcome].percent)
    low, high = ranked[0], ranked[-1]
    sentence = (
        f"Patients {OUTCOMES[outcome]}: {len(groups)} of {len(STUDIES)} groups print it, from "
        f"{low.results[outcome].shown} ({low.name}) to {high.results[outcome].shown} ({high.name})"
    )
    if intervals:
        sentence += f"; {_meet(low, high, outcome)}"
    return f"{sentence}; nobody drew lots in these; J-POST, which did: {randomised(outcome)}."


def _meet(low: Study, high: Study, outcome: str) -> str:
    one, other = low.interval(outcome), high.interval(outcome)
    if not (one[2] and other[2]):
        return "without n there is no interval to compare"
    word = "overlap" if one[1] >= other[0] else "do not meet"
    return f"their intervals, {_span(low, outcome)} and {_span(high, outcome)}, {word}"


def _span(study: Study, outcome: str) -> str:
    low, high, kind = study.interval(outcome)
    return f"{low:.0f} to {high:.0f} %" if kind else "none, n not printed"


def _trial(outcome: str) -> str:
    parts = [
        box(f"b s{_TRIAL}", 4, 4, WIDTH - 8, 66),
        box(f"f s{_TRIAL}", 4, 4, 4, 66),
        point(20, 19, _TRIAL),
        text(32, 23, "The randomised trial: J-POST, thalidomide 13 v placebo 11", "strong"),
    ]
    lines = textwrap.wrap(randomised(outcome), 62)
    parts += [text(16, 43 + 16 * i, line) for i, line in enumerate(lines)]
    return "".join(parts)


def _legend(outcome: str, groups: list[Study]) -> str:
    used = [kind for kind in DESIGNS if any(design(s, outcome) == kind for s in groups)]
    parts, x = [], 14.0
    for kind in used:
        series = DESIGNS.index(kind)
        parts.append(point(x, 88, series) + text(x + 11, 92, kind))
        x += 32 + 6.3 * len(kind)
    return "".join(parts)


def _row(study: Study, outcome: str, intervals: bool, y: float) -> str:
    result, series = study.results[outcome], DESIGNS.index(design(study, outcome))
    parts = [text(_LEFT - 8, y + 4, study.name, anchor="end")]
    low, high, kind = study.interval(outcome)
    if intervals and kind:
        # An interval that must be wider than drawn has no end ticks and is broken.
        loose = kind == "at least this wide"
        ends = "" if loose else "".join(f"M{at(_x(end))} {at(y - 4)}v8" for end in (low, high))
        look = ' stroke-dasharray="4 2"' if loose else ""
        line = f"M{at(_x(low))} {at(y)}H{at(_x(high))}{ends}"
        parts.append(f'<path class="k s{series}"{look} d="{line}"/>')
    parts.append(point(_x(result.percent), y, series))
    after = f"  {result.when.split(',')[0]}" if result.when[:1].isdigit() else ""
    parts.append(text(WIDTH - 6, y + 4, f"{result.shown}{after}", anchor="end"))
    return "".join(parts)


def _axis(foot: float) -> str:
    parts = [path("a", f"M{at(_LEFT)} {at(_TOP - 12)}V{at(foot - 8)}H{at(_RIGHT)}")]
    for tick in (0, 25, 50, 75, 100):
        parts.append(path("g", f"M{at(_x(tick))} {at(_TOP - 12)}V{at(foot - 8)}"))
        parts.append(text(_x(tick), foot + 8, str(tick), "muted", "middle"))
    parts.append(text((_LEFT + _RIGHT) / 2, foot + 24, "Patients, %", anchor="middle"))
    return "".join(parts)


def _absent(absent: list[Study], y: float) -> str:
    parts = [
        text(8, y - 14, f"No figure seen (missing, which is not zero): {len(absent)}", "strong")
    ]
    for i, study in enumerate(absent):
        x = 8 if i % 2 == 0 else WIDTH / 2 + 4
        parts.append(text(x, y + 2 + 15 * (i // 2), f"? {study.name}", "small"))
    return "".join(parts)


def _table(outcome: str, groups: list[Study], absent: list[Study]) -> Table:
    columns = ("Treatment", "Where", "n", "How", "Result", "When", "95 % interval", "Interval is")
    rows: list[tuple[Cell, ...]] = [
        ("Thalidomide v placebo", "J-POST, Japan", "13 v 11", "randomised",
         randomised(outcome), "24 weeks" if outcome in (VEGF, VEGF_CR, NERVES) else "", "", "")
    ]  # fmt: skip
    for study in groups:
        result = study.results[outcome]
        rows.append(
            (
                study.treatment,
                study.place,
                _size(study),
                design(study, outcome),
                result.shown,
                result.when,
                _span(study, outcome),
                study.interval(outcome)[2],
            )
        )
    for study in absent:
        rows.append(
            (study.treatment, study.place, _size(study), study.design, "no figure seen", "", "", "")
        )
    return Table(f"Patients {OUTCOMES[outcome]}", columns, tuple(rows))


def _size(study: Study) -> str:
    return "not printed" if study.n is None else f"{study.n}{study.unit}"


TRIALS = Exploration(
    id="trials",
    title="The studies side by side",
    prompt=(
        "Predict first: a complete VEGF response is printed for eight groups. How far apart "
        "will melphalan be from melphalan, in two papers from one hospital?"
    ),
    controls=(
        Choice("outcome", "Outcome", tuple(OUTCOMES), 3),
        Choice("order", "Order", tuple(_ORDERS)),
        Toggle("intervals", "Show 95 % intervals"),
    ),
    model=trials,
)
