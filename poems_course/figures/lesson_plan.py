"""A way through the lessons for who you are and the time you have, laid out along the minutes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from poems_course.content import read_entries
from poems_course.figures.chart import Chart, Table
from poems_course.figures.draw import number
from poems_course.figures.exploration import Choice, Exploration, Slider
from poems_course.figures.svg import at, box, figure_svg, path, text
from poems_course.folder import lesson_files, lesson_minutes

# Whoever has a patient in mind reads what is needed first; the others read in the order taught.
# The priorities are ours; no study of such orders was found.
NEED_FIRST = "doctor with a patient in mind"
PRIORITIES: dict[str, tuple[str, ...]] = {
    "student": ("01", "02", "03", "09", "06", "05", "04", "07", "08", "10", "11", "12"),
    "neurology resident": ("01", "03", "09", "06", "12", "08", "04", "10", "11", "07", "05", "02"),
    "haematology resident": (
        "01", "09", "06", "10", "02", "11", "03", "08", "12", "04", "05", "07"),
    "teacher": ("01", "09", "12", "03", "06", "02", "10", "08", "05", "04", "07", "11"),
    NEED_FIRST: ("09", "03", "06", "10", "12", "05", "11", "04", "01", "07", "08", "02"),
}  # fmt: skip
MINUTES = (30, 60, 90, 120, 180, 240, 300)


@dataclass(frozen=True)
class Words:
    """A lesson in few words: its ``id`` is its number, *gain* what it teaches to do."""

    id: str
    short: str
    gain: str


@dataclass(frozen=True)
class Planned:
    """A lesson as it is planned with; *minutes* as it names them itself."""

    words: Words
    minutes: int


@dataclass(frozen=True)
class Step:
    """A lesson in its place: *start* is the minute in which it begins, None where time is out."""

    lesson: Planned
    start: float | None

    @property
    def end(self) -> float:
        return (self.start or 0) + self.lesson.minutes


@cache
def lessons() -> dict[str, Planned]:
    """The lessons by number, as far as their notebooks are there.

    Raises PoemsError where one does not say how long it takes or the words are unusable.
    """
    files = lesson_files()
    known = read_entries(Path(__file__).with_suffix(".toml"), Words)
    return {
        id: Planned(words, lesson_minutes(files[id])) for id, words in known.items() if id in files
    }


def plan(who: str, minutes: float) -> tuple[Step, ...]:
    """All lessons in reading order: those that fit into *minutes*, then the others by priority.

    The first lesson that no longer fits ends the path: no later one slips in because it is short.
    """
    chosen: list[str] = []
    order = [id for id in PRIORITIES[who] if id in lessons()]
    for id in order:
        if sum(lessons()[one].minutes for one in (*chosen, id)) > minutes:
            break
        chosen.append(id)
    left = [id for id in order if id not in chosen]
    if who != NEED_FIRST:
        chosen.sort()
    steps, now = [], 0.0
    for id in chosen:
        steps.append(Step(lessons()[id], now))
        now = steps[-1].end
    return (*steps, *(Step(lessons()[id], None) for id in left))


def plan_chart(who: str, minutes: float) -> Chart:
    """The path for *who* in *minutes*, as bars along the time."""
    steps = plan(who, minutes)
    reading = _reading(who, minutes, steps)
    title = f"Lessons for a {who} in {number(minutes)} minutes"
    svg = figure_svg(title, reading, _BOTTOM + 40, _draw(minutes, steps))
    return Chart(svg, reading, _table(who, minutes, steps))


def _taken(steps: tuple[Step, ...]) -> list[Step]:
    return [step for step in steps if step.start is not None]


def _reading(who: str, minutes: float, steps: tuple[Step, ...]) -> str:
    taken = _taken(steps)
    names = [step.lesson.words.id for step in taken]
    listed = f"{', '.join(names[:-1])} and {names[-1]}" if names[1:] else names[0]
    what = f"lessons {listed}, in this order and" if names[1:] else f"lesson {listed}"
    tail = "that is all of them" if len(taken) == len(steps) else _next(steps[len(taken)])
    return (
        f"A {who} who has {number(minutes)} minutes reads {what} in "
        f"{number(taken[-1].end)} minutes; {tail}."
    )


def _next(step: Step) -> str:
    return f"next would come {step.lesson.words.id}, {step.lesson.words.short}".removesuffix("?")


def _table(who: str, minutes: float, steps: tuple[Step, ...]) -> Table:
    rows = tuple(
        (step.lesson.words.id, step.lesson.words.short, number(step.lesson.minutes),
         "later" if step.start is None else number(step.start), step.lesson.words.gain)
        for step in steps
    )  # fmt: skip
    columns = ("lesson", "title", "minutes", "begins at minute", "you learn to")
    return Table(f"A path for a {who}, {number(minutes)} minutes", columns, rows)


_LEFT, _RIGHT, _TOP, _ROW = 160.0, 428.0, 26.0, 20.0
_BOTTOM = _TOP + 12 * _ROW


def _draw(minutes: float, steps: tuple[Step, ...]) -> str:
    scale = (_RIGHT - _LEFT) / minutes
    parts = [text(12, 14, "Lesson", "strong"), text(_RIGHT, 14, "bars: minutes", "muted", "end")]
    for tick in range(0, int(minutes) + 1, 60 if minutes > 90 else 30):
        x = _LEFT + tick * scale
        parts.append(path("g", f"M{at(x)} {at(_TOP)}V{at(_BOTTOM)}"))
        anchor = "end" if tick == minutes else "middle"
        parts.append(text(x, _BOTTOM + 15, number(tick), "muted", anchor))
    for row, step in enumerate(steps):
        word = "next" if row == len(_taken(steps)) else "later"
        parts += _bar(step, _TOP + row * _ROW, scale, word)
    parts.append(text((_LEFT + _RIGHT) / 2, _BOTTOM + 33, "minutes from now", "ink", "middle"))
    return "".join(parts)


def _bar(step: Step, y: float, scale: float, word: str) -> list[str]:
    name = f"{step.lesson.words.id} {step.lesson.words.short}"
    if step.start is None:
        return [text(12, y + 14, name, "muted"), text(_LEFT + 4, y + 14, word, "small")]
    x, width = _LEFT + step.start * scale, step.lesson.minutes * scale
    return [text(12, y + 14, name), box("f s0", x, y + 4, width - 1, _ROW - 8)]


LESSON_PLAN = Exploration(
    id="lesson-plan",
    title="How long have you got?",
    prompt=(
        "Predict first: with one hour and a patient in mind, which lesson would you open first? "
        "Then say who you are, and how long you have."
    ),
    controls=(
        Choice("who", "You are a", tuple(PRIORITIES)),
        Slider("minutes", "Time after this lesson", MINUTES, MINUTES.index(120), "minutes"),
    ),
    model=plan_chart,
)
