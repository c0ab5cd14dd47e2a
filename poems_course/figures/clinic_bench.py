"""The bench of the clinic: one patient, step by step, under the rule, the ratios and the course."""

from __future__ import annotations

from poems_course.clinic.casebook import STEPS, Case, cases
from poems_course.clinic.criteria import Verdict
from poems_course.figures.bayes import chance
from poems_course.figures.bayes_update import scale
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
from poems_course.figures.clinic_course import drawing as course_drawing
from poems_course.figures.clinic_course import forecast
from poems_course.figures.exploration import Choice, Exploration, Slider, Toggle
from poems_course.figures.suspicion import STARTS, Suspicion, notes, start_note, suspicion
from poems_course.figures.svg import figure_svg, text

_ORDER = ("tomas", "yusuf", "beatriz", "walter", "noor", "vera")
_NAMES = {case.name: case for case in (cases()[id] for id in _ORDER)}


def clinic_bench(patient: str, step: int, start: str, course: bool) -> Chart:
    """*patient* after so many steps: findings, rule, probability before and after, and course."""
    case = _NAMES[patient]
    moves = case.done(step)
    said = verdict(case, moves)
    after = suspicion(case, moves, start)
    before = suspicion(case, moves[:-1], start)
    reading = _reading(case, step, said, before, after)
    drawn, height = _drawing(case, step, start, said, before, after, course)
    name = f"{case.name}, step {step} of {STEPS}"
    return Chart(
        figure_svg(name, reading, height, drawn),
        reading,
        _table(case, step, start, said, before, after),
    )


def _reading(case: Case, step: int, said: Verdict, before: Suspicion, after: Suspicion) -> str:
    last = case.done(step)[-1]
    moved = f"no published ratio moves the {chance(after.chance)}"
    if before != after:
        was, now = chance(before.chance), chance(after.chance)
        way = "stays at" if was == now else f"goes from {was} to"
        moved = f"POEMS {way} {after.words}"
    ending = f"; the end: {case.conclusion}" if step == STEPS else ""
    return (
        f"{case.name}, invented and first called {case.label}, step {step} of {STEPS}, "
        f"{in_sentence(last.label)}: {last.says}; the current rule is "
        f"{rule_said(said)}; {moved}{ending}."
    )


def _drawing(
    case: Case,
    step: int,
    start: str,
    said: Verdict,
    before: Suspicion,
    after: Suspicion,
    course: bool,
) -> tuple[str, float]:
    moves = case.done(step)
    last = moves[-1]
    parts = [text(8, 16, title(case, moves), "strong")]
    parts.append(text(8, 35, f"{step} of {STEPS}: {last.label}", "muted"))
    y = 54.0
    parts.append(paragraph(f"{last.says[0].upper()}{last.says[1:]}.", y))
    y += LINE * lines(f"{last.says}.") + 18
    parts.append(form(case, moves, y))
    y += form_height(said) + 14
    parts.append(text(8, y, "How likely is POEMS?", "strong"))
    y += 19
    for words in (start_note(case, start), *notes(case, moves)):
        parts.append(paragraph(words, y, "muted"))
        y += LINE * lines(words)
    parts.append(scale(before.chance, after.chance, after.ends, round(y + 24, 1)))
    y += 72
    if step == STEPS:
        words = f"The end: {case.conclusion}."
        parts.append(paragraph(words, y, "strong", width=58))
        y += LINE * lines(words, 58) + 6
    if course:
        drawn, y = course_drawing(case, step, y + 6)
        parts.append(drawn)
    return "".join(parts), y


def _table(
    case: Case, step: int, start: str, said: Verdict, before: Suspicion, after: Suspicion
) -> Table:
    moves = case.done(step)
    rows = [(move.label, move.says) for move in moves]
    rows += criteria_rows(said)
    rows += [("probability before this step", before.words), ("and after it", after.words)]
    rows += [("why", words) for words in (start_note(case, start), *notes(case, moves))]
    rows += [("and then", words) for words in forecast(case, step)]
    if step == STEPS:
        rows.append(("the end", case.conclusion))
    caption = f"{case.name} (invented), after step {step} of {STEPS}"
    return Table(caption, ("what", "finding"), tuple(rows))


CLINIC_BENCH = Exploration(
    id="clinic-bench",
    title="The bench",
    prompt=(
        "Predict before each step: what will it find, what will the rule say, and will the "
        "probability move? Then move on by one."
    ),
    controls=(
        Choice("patient", "Patient", tuple(_NAMES)),
        Slider("step", "Steps done", tuple(range(STEPS + 1))),
        Choice("start", "Suspicion at the door", tuple(STARTS), 2),
        Toggle("course", "And then? (the course)"),
    ),
    model=clinic_bench,
)
