"""Which test moves a suspicion furthest: each test's posterior if positive and if negative."""

from __future__ import annotations

from poems_course.figures.bayes import PRIORS, TESTS, Update, chance
from poems_course.figures.chart import Chart, Table
from poems_course.figures.exploration import Choice, Exploration
from poems_course.figures.svg import WIDTH, figure_svg, text

_LEFT, _RIGHT, _ROW, _TOP = 30.0, WIDTH - 30.0, 52.0, 44.0  # the row holds a name and a line


def next_test(prior: str) -> Chart:
    """What each test's two results would make of this prior, the widest apart first."""
    moves = sorted((_Move(prior, name) for name in TESTS), key=lambda move: -move.width)
    said = _reading(prior, moves)
    height = _TOP + _ROW * len(moves) + 40
    return Chart(
        figure_svg(f"Five tests from the prior {prior}", said, height, _drawing(prior, moves)),
        said,
        _table(prior, moves),
    )


class _Move:
    def __init__(self, prior: str, test: str) -> None:
        self.test = test
        self.up, self.down = Update(prior, test, True), Update(prior, test, False)

    @property
    def width(self) -> float:
        return self.up.after - self.down.after

    @property
    def floor(self) -> str:
        """The negative result in words: a sensitivity of 100 % is never certain."""
        if self.down.after == 0 and self.down.interval:
            return f"at most {chance(self.down.interval[1])}"
        return chance(self.down.after)


def _reading(prior: str, moves: list[_Move]) -> str:
    high = max(moves, key=lambda move: move.up.after)
    low = min(moves, key=lambda move: move.down.after)
    return (
        f"From {chance(PRIORS[prior].probability)}, the positive result that takes you highest is "
        f"{high.test} ({chance(high.up.after)}; {high.up.spread}), and the negative result that "
        f"takes you lowest is {low.test} ({low.floor})."
    )


def _table(prior: str, moves: list[_Move]) -> Table:
    return Table(
        f"Probability of POEMS after one result, from {chance(PRIORS[prior].probability)}",
        ("test", "measured against", "if positive", "95 % interval", "if negative"),
        tuple(
            (m.test, TESTS[m.test].against, chance(m.up.after), m.up.spread, m.floor) for m in moves
        ),
    )


def _drawing(prior: str, moves: list[_Move]) -> str:
    foot = _TOP + _ROW * len(moves) - 8
    before = PRIORS[prior].probability
    anchor = "start" if before < 0.2 else "middle"
    parts = [text(_x(before), 18, f"before: {chance(before)}", "strong", anchor)]
    for i, move in enumerate(moves):
        parts += _row(move, before, _TOP + _ROW * i)
    parts.append(f'<path class="a" d="M{_LEFT} {foot}H{_RIGHT}"/>')
    for percent in (0, 25, 50, 75, 100):
        x = _x(percent / 100)
        parts.append(f'<path class="a" d="M{x} {foot}v5"/>')
        parts.append(text(x, foot + 18, f"{percent} %", "muted", "middle"))
    parts.append(text(WIDTH / 2, foot + 36, "probability of POEMS", "ink", "middle"))
    return "".join(parts)


def _row(move: _Move, before: float, y: float) -> list[str]:
    down, up, line = _x(move.down.after), _x(move.up.after), y + 20
    parts = [
        text(_LEFT, y + 4, move.test, "ink"),
        f'<path class="r" d="M{_x(before)} {line - 11}v22"/>',
        f'<path class="k s2" d="M{down} {line}H{up}"/>',
        f'<path class="k s1" d="M{down - 5} {line - 5}l10 10m0-10-10 10"/>',
        f'<path class="f s0" d="M{up} {line}m0-8 8 8-8 8-8-8z"/>',
    ]
    if move.up.interval:
        low, high = map(_x, move.up.interval)
        box = f'x="{low}" y="{line - 9}" width="{high - low:.1f}" height="18"'
        parts.insert(1, f'<rect class="b s0" {box}/>')
    gap, anchor = (13, "start") if move.up.after < 0.95 else (-13, "end")
    parts.append(text(up + gap, line + 4, chance(move.up.after), "strong", anchor))
    if not move.up.interval:
        parts.append(text(_RIGHT, y + 4, move.up.spread, "muted", "end"))
    return parts


def _x(probability: float) -> float:
    return round(_LEFT + probability * (_RIGHT - _LEFT), 1)


NEXT_TEST = Exploration(
    id="next-test",
    title="What to order next",
    prompt=(
        "Which single test would you order next? Look for one whose two results lie far apart, "
        "on both sides of what you would act on."
    ),
    controls=(Choice("prior", "Your suspicion before the test", tuple(PRIORS), 4),),
    model=next_test,
)
