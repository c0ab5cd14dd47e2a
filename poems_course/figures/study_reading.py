"""Reading the study of an invented patient step by step: POEMS or CIDP?

Traces from data/waveforms.csv, numbers from data/nerve_conduction.csv: both synthetic.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache

from poems_course.clinic.poems_or_cidp import NerveFindings, Sign, signs
from poems_course.evidence import fact
from poems_course.figures import datasets
from poems_course.figures.chart import Chart, Table
from poems_course.figures.datasets import Row
from poems_course.figures.exploration import Choice, Exploration
from poems_course.figures.svg import WIDTH, at, figure_svg, path, text

# Letters in an order that betrays nothing; the numbers are those of the tables.
PATIENTS = {"A": 12, "B": 4, "C": 1, "D": 18, "E": 11, "F": 2, "G": 7, "H": 5}
STEPS = ("1 wrist", "2 elbow", "3 index", "4 legs")
NO_ANSWER = "not yet"
ANSWERS = (NO_ANSWER, "POEMS", "CIDP")
_LEFT, _RIGHT, _END = 62.0, WIDTH - 14.0, 50.0
_BASES, _TALL, _LIST = (80.0, 172.0), 52.0, 238.0


@dataclass(frozen=True)
class Line:
    """One line of the report: the step that shows it, what was measured, what was found."""

    step: int
    name: str
    found: str


@cache
def diagnosis(letter: str) -> str:
    """What this invented patient has."""
    return _row(PATIENTS[letter], "median", "distal")["diagnosis"]


def study_reading(patient: str, step: str, answer: str) -> Chart:
    """The study of one patient as far as *step*, with the verdict once there is an *answer*."""
    upto = STEPS.index(step) + 1
    lines = [line for line in report(PATIENTS[patient]) if line.step <= upto]
    told = answer != NO_ANSWER
    found = signs(findings(PATIENTS[patient]))[: _SIGNS_AT[upto]] if told else ()
    said = _reading(patient, lines[-1], answer, found)
    drawing = _traces(PATIENTS[patient], upto) + _lines(lines) + _verdict(patient, answer, found)
    columns = ("measure", "found")
    rows = tuple((line.name, line.found) for line in lines)
    return Chart(
        figure_svg(f"Conduction study of patient {patient}, invented", said, 452, drawing),
        said,
        Table(f"Patient {patient}, invented", columns, rows),
    )


_SIGNS_AT = {1: 0, 2: 1, 3: 2, 4: 4}  # how many of the signs have been seen after each step


def _row(number: int, nerve: str, place: str, study: str = "motor") -> Row:
    return _rows()[number, study, nerve, place]


@cache
def _rows() -> dict[tuple[int, str, str, str], Row]:
    return {
        (int(row["patient"]), row["study"], row["nerve"], row["stimulation"]): row
        for row in datasets.rows("nerve_conduction")
    }


def findings(number: int) -> NerveFindings:
    """The signs of one patient of the table; unknown where nothing could be measured."""
    arms = [_row(number, nerve, "proximal") for nerve in ("median", "ulnar")]
    told = [row[name] == "1" for row in arms for name in ("block", "dispersion") if row[name]]
    sensory = [_absent(_row(number, nerve, "distal", "sensory")) for nerve in ("median", "ulnar")]
    return NerveFindings(
        datasets.number(_row(number, "median", "distal"), "terminal_latency_index"),
        any(told) if told else None,
        _absent(_row(number, "tibial", "distal")),
        all(sensory),
        _absent(_row(number, "sural", "distal", "sensory")),
    )


def _absent(row: Row) -> bool:
    return row["absent"] == "1"


@cache
def report(number: int) -> tuple[Line, ...]:
    """What the laboratory printed, in the order in which it is read."""
    near, far = (_row(number, "median", place) for place in ("distal", "proximal"))
    ulnar = _row(number, "ulnar", "distal")
    index = f"{near['terminal_latency_index']}; ulnar {ulnar['terminal_latency_index']}"
    arm, leg = fact("norm-arm-nerves").quantity, fact("norm-leg-nerves").quantity
    return (
        Line(1, f"wrist (health {arm('median_amplitude'):.1f} mV)", _motor(near)),
        Line(2, "elbow", _motor(far)),
        Line(2, f"velocity (health {arm('median_velocity')} m/s)", f"{far['velocity']} m/s"),
        Line(2, "block or dispersion", _uneven(number)),
        Line(3, "terminal latency index", index),
        Line(
            4,
            f"tibial (health {leg('tibial_amplitude')} mV)",
            _motor(_row(number, "tibial", "distal")),
        ),
        Line(4, "sensory: median, ulnar", _sensory(number, "median", "ulnar")),
        Line(4, f"sensory: sural (health {leg('sural_amplitude')} µV)", _sensory(number, "sural")),
    )


def _uneven(number: int) -> str:
    return "; ".join(
        f"{nerve} {_print(row)}"
        for nerve in ("median", "ulnar")
        for row in (_row(number, nerve, "proximal"),)
    )


def _print(row: Row) -> str:
    """Which of the two one arm nerve shows; the table is blank where it could not be judged."""
    found = (row["block"], row["dispersion"])
    if "" in found:
        return "unknown"
    return ("neither", "dispersion", "block", "both")[2 * int(found[0]) + int(found[1])]


def _motor(row: Row) -> str:
    return "no response" if _absent(row) else f"{row['cmap']} mV after {row['latency']} ms"


def _sensory(number: int, *nerves: str) -> str:
    found = (_row(number, nerve, "distal", "sensory") for nerve in nerves)
    return ", ".join("no response" if _absent(row) else f"{row['snap']} µV" for row in found)


def _reading(patient: str, last: Line, answer: str, found: tuple[Sign, ...]) -> str:
    seen = f"Patient {patient}, step {last.step} of {len(STEPS)}, {_plain(last)}"
    if answer == NO_ANSWER:
        return f"{seen}."
    truth = diagnosis(patient)
    verdict = "and so it is" if truth == answer else f"but this invented patient has {truth}"
    tally = Counter(sign.leans for sign in found)
    leaning = (
        f"; of {len(found)} sign{'s' if len(found) > 1 else ''} seen, {tally['POEMS']} "
        f"lean{'s' if tally['POEMS'] == 1 else ''} to POEMS and {tally['CIDP']} to CIDP"
        if found
        else ""
    )
    return f"{seen}; you said {answer}, {verdict}{leaning}."


def _plain(line: Line) -> str:
    return f"{line.name.split(' (')[0].replace(':', '')}: {line.found}"


@cache
def _trace(number: int, place: str) -> tuple[tuple[float, float], ...]:
    """Time in ms and potential in mV, every other point."""
    rows = [
        row
        for row in datasets.rows("waveforms")
        if (row["patient"], row["nerve"], row["stimulation"]) == (str(number), "median", place)
    ]
    return tuple((float(row["time"]), float(row["potential"])) for row in rows[::2])


def _x(ms: float) -> float:
    return _LEFT + ms / _END * (_RIGHT - _LEFT)


def _traces(number: int, upto: int) -> str:
    """The response from the wrist and, from the second step on, from the elbow."""
    per_mv = _TALL / max(value for _, value in _trace(number, "distal"))
    parts = [path("a", f"M{_LEFT - 16} {at(_BASES[0])}v{at(-per_mv)}m-4 0h8m-8 {at(per_mv)}h8")]
    parts.append(text(_LEFT - 24, _BASES[0] - per_mv / 2 + 4, "1 mV", "muted", "end"))
    for series, place in enumerate(("distal", "proximal")[: min(upto, 2)]):
        base = _BASES[series]
        curve = "L".join(
            f"{at(_x(ms))} {at(base - per_mv * mv)}" for ms, mv in _trace(number, place)
        )
        parts.append(path(f"k s{series}", f"M{curve}"))
        name = ("stimulus at the wrist", "stimulus at the elbow")[series]
        parts.append(text(_RIGHT, base - 42, name, "strong", "end"))
    base = _BASES[1] + 28
    parts.append(path("a", f"M{_LEFT} {base}H{_RIGHT}"))
    for tick in (0, 10, 20, 30, 40, 50):
        parts.append(path("a", f"M{at(_x(tick))} {base}v4"))
        parts.append(text(_x(tick), base + 16, str(tick), "muted", "middle"))
    parts.append(text(_x(45), base + 16, "ms", "muted", "middle"))
    return "".join(parts)


def _lines(lines: list[Line]) -> str:
    parts = []
    for row, line in enumerate(lines):
        y = _LIST + 19 * row
        parts.append(text(12, y, line.name, "muted"))
        parts.append(text(_RIGHT, y, line.found, "ink", "end"))
    return "".join(parts)


def _verdict(patient: str, answer: str, found: tuple[Sign, ...]) -> str:
    """Below the report: nothing before the answer, then the truth and where each sign leaned."""
    y = _LIST + 19 * 8 + 8
    if answer == NO_ANSWER:
        return ""
    truth = diagnosis(patient)
    words = f"You said {answer}. The diagnosis is {truth}."
    parts = [text(WIDTH / 2, y, words, "strong", "middle")]
    for i, sign in enumerate(found):
        x, row = 12 + 214 * (i % 2), y + 20 + 17 * (i // 2)
        parts.append(text(x, row, f"{sign.name}: {sign.leans}", "small"))
    return "".join(parts)


STUDY_READING = Exploration(
    id="study-reading",
    title="POEMS or CIDP, from a study",
    prompt=(
        "Read step by step, and predict before each step what it will show. Commit to an answer, "
        "then see who was right: you, the signs, or neither."
    ),
    controls=(
        Choice("patient", "Patient", tuple(PATIENTS)),
        Choice("step", "Read as far as", STEPS),
        Choice("answer", "Your answer", ANSWERS),
    ),
    model=study_reading,
)
