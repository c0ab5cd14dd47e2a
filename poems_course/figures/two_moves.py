"""Two moves: a visit is spent on two steps; what do they settle, and what do they cost?"""

from __future__ import annotations

from poems_course.clinic.casebook import MOVES, Case, Move, cases
from poems_course.clinic.criteria import Verdict
from poems_course.figures.case_sheet import (
    LINE,
    criteria_rows,
    form,
    form_height,
    in_sentence,
    lines,
    paragraph,
    rule_said,
    title,
    verdict,
)
from poems_course.figures.chart import Chart, Table
from poems_course.figures.exploration import Choice, Exploration
from poems_course.figures.svg import figure_svg, text
from poems_course.figures.workup import TESTS, Plan, Step

_NAMES = {case.name: case for case in cases().values()}
_LABELS = {label: move for move, label in MOVES.items()}
NOTHING = "nothing more"
_KNOWN = {test.name: test for test in TESTS}
# Cost class and harm are this course's own judgement, as in the work-up planner.
_BILLS = {
    "bedside": _KNOWN["look"],
    "nerves": Step("nerves", MOVES["nerves"], 2, "small shocks", ()),
    "tissue": Step("tissue", MOVES["tissue"], 3, "a wound", ()),
}


def bill(moves: tuple[str, ...]) -> Plan:
    """What these moves cost and do to the patient; see ``Plan.bill`` and ``Plan.harms``."""
    return Plan(tuple(_BILLS.get(move) or _KNOWN[move] for move in moves))


def chosen(first: str, second: str) -> tuple[str, ...]:
    """The moves behind two labels; the same twice is one move."""
    names = (_LABELS[first], *(() if second == NOTHING else (_LABELS[second],)))
    return tuple(dict.fromkeys(names))


def two_moves(patient: str, first: str, second: str) -> Chart:
    """What two moves find in *patient* beyond the letter, and how the current rule then stands."""
    case = _NAMES[patient]
    names = chosen(first, second)
    moves = tuple(case.find(name) for name in names)
    said = verdict(case, _known(case, moves))
    reading = _reading(case, moves, said, bill(names))
    drawn, height = _drawing(case, moves, said, bill(names))
    name = f"{case.name} after the letter and {len(moves)} move{'s' * (len(moves) > 1)}"
    return Chart(
        figure_svg(name, reading, height, drawn), reading, _table(case, moves, said, bill(names))
    )


def _known(case: Case, moves: tuple[Move, ...]) -> tuple[Move, ...]:
    """Letter and moves in one order, whichever came first."""
    return case.letter, *sorted(moves, key=lambda move: move.move)


def _reading(case: Case, moves: tuple[Move, ...], said: Verdict, plan: Plan) -> str:
    found = "; ".join(f"{in_sentence(move.label)} finds: {move.says}" for move in moves)
    return (
        f"{case.name}, invented and first called {case.label}: {found}; the current rule is "
        f"{rule_said(said)}; spent: {plan.bill}, with {plan.harms}."
    )


def _drawing(case: Case, moves: tuple[Move, ...], said: Verdict, plan: Plan) -> tuple[str, float]:
    parts, y = [text(8, 16, title(case, (case.letter,)), "strong")], 38.0
    for move in (case.letter, *moves):
        parts.append(text(8, y, move.label, "muted"))
        words = f"{move.says[0].upper()}{move.says[1:]}."
        parts.append(paragraph(words, y + LINE))
        y += LINE * (lines(words) + 1) + 8
    y += 12
    parts.append(form(case, _known(case, moves), y))
    y += form_height(said) + 6
    spent = f"Spent: {plan.bill}; {plan.harms}"
    parts.append(paragraph(spent, y, "strong", width=58))
    return "".join(parts), y + LINE * lines(spent, 58) - 4


def _table(case: Case, moves: tuple[Move, ...], said: Verdict, plan: Plan) -> Table:
    rows = [(move.label, move.says) for move in (case.letter, *moves)]
    rows += criteria_rows(said)
    rows += [("cost class", plan.bill), ("harm", plan.harms)]
    return Table(f"{case.name} (invented), two moves", ("what", "finding"), tuple(rows))


TWO_MOVES = Exploration(
    id="two-moves",
    title="Two moves",
    prompt=(
        "You have the letter and one visit: two moves. Predict first: for which of the six can "
        "that settle the rule, and what is the cheapest way? Then try."
    ),
    controls=(
        Choice("patient", "Patient", tuple(_NAMES), list(_NAMES).index("Yusuf")),
        Choice("first", "First move", tuple(MOVES.values())),
        Choice("second", "Second move", (NOTHING, *MOVES.values())),
    ),
    model=two_moves,
)
