"""Ten invented hormone panels from data/endocrine_panel.csv: judge each, then see it read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from poems_course.clinic.endocrine import AXES, Reading, fills_criterion, read
from poems_course.clinic.hormone_panel import UNITS, Panel
from poems_course.figures.chart import Chart, Table
from poems_course.figures.datasets import Row, rows
from poems_course.figures.datasets import number as measured
from poems_course.figures.draw import number
from poems_course.figures.exploration import Choice, Exploration, Toggle
from poems_course.figures.svg import at, box, figure_svg, path, point, text

MENOPAUSE_AGE = 51  # the data say no more than the age; in the clinic one asks
PATIENTS = ("17", "208", "65", "268", "201", "401", "163", "92", "260", "436")
LETTERS = "ABCDEFGHIJ"
VERDICTS = ("it counts", "a disorder, but not enough alone", "nothing to count", "cannot tell yet")
COUNTS, NOT_ALONE, NOTHING, OPEN = VERDICTS
LABELS = {
    "testosterone_ng_per_dl": "testosterone",
    "oestradiol_pg_per_ml": "oestradiol",
    "lh_iu_per_l": "LH",
    "fsh_iu_per_l": "FSH",
    "prolactin_ng_per_ml": "prolactin",
    "tsh_miu_per_l": "TSH",
    "free_t4_ng_per_dl": "free T4",
    "acth_pg_per_ml": "ACTH",
    "cortisol_ug_per_dl": "cortisol, 8 AM",
    "glucose_mg_per_dl": "glucose, fasting",
    "calcium_mg_per_dl": "calcium",
    "albumin_g_per_dl": "albumin",
    "pth_pg_per_ml": "PTH",
}
ORDER = tuple(axis.__name__ for axis in AXES)
_TOP, _ROW = 38.0, 17.0
_BAND, _BAND_END, _LEFT, _RIGHT = 340.0, 392.0, 306.0, 428.0


@dataclass(frozen=True)
class Patient:
    """One of the ten: a letter, who it is, the panel, and the diagnosis that was invented."""

    letter: str
    who: str
    diagnosis: str
    panel: Panel

    @property
    def names(self) -> tuple[str, ...]:
        """The values shown: the sex hormone is the one of the patient's sex."""
        other = "testosterone" if self.panel.sex == "F" else "oestradiol"
        return tuple(name for name in LABELS if not name.startswith(other))


@cache
def patients() -> tuple[Patient, ...]:
    """The ten patients, A to J."""
    found = {row["patient"]: row for row in rows("endocrine_panel")}
    return tuple(_patient(letter, found[id]) for letter, id in zip(LETTERS, PATIENTS, strict=True))


def _patient(letter: str, row: Row) -> Patient:
    age, woman = int(float(row["age_years"])), row["sex"] == "F"
    who = f"{'woman' if woman else 'man'} of {age}"
    return Patient(letter, who, row["diagnosis"], panel_of(row))


def panel_of(row: Row) -> Panel:
    """The panel in a row of the data."""
    sex: Literal["F", "M"] = "F" if row["sex"] == "F" else "M"
    after = sex == "F" and float(row["age_years"]) >= MENOPAUSE_AGE
    values = {name: measured(row, name) for name in UNITS}
    return Panel(sex=sex, after_menopause=after, **values)


def verdict(readings: tuple[Reading, ...]) -> str:
    """One of VERDICTS for a panel that was read."""
    fills = fills_criterion(readings)
    if fills is not False:
        return COUNTS if fills else OPEN
    return NOT_ALONE if any(each.not_alone for each in readings) else NOTHING


def ten_panels(patient: str, judged: str, reveal: bool) -> Chart:
    """A panel with its ranges, the learner's verdict and, with *reveal*, the reading."""
    shown = patients()[LETTERS.index(patient)]
    readings = read(shown.panel)
    reading = _revealed(shown, readings, judged) if reveal else _hidden(shown, judged)
    foot = _TOP + _ROW * len(shown.names) + 14
    drawing = _values(patient) + _readings(readings if reveal else (), judged, foot)
    title = f"Panel {shown.letter}, {shown.who}"
    return Chart(figure_svg(title, reading, foot + 148, drawing), reading, _table(shown))


def _hidden(shown: Patient, judged: str) -> str:
    outside = [
        f"{LABELS[name]} ({place})"
        for name in shown.names
        if (place := shown.panel.place(name)) in ("low", "high")
    ]
    what = f"outside their ranges are {', '.join(outside)}" if outside else "all lies in range"
    # A question shows this sentence too, where nobody has given a verdict: it starts open.
    said = "" if judged == OPEN else f"; your verdict is '{judged}'"
    return f"Panel {shown.letter}, an invented {shown.who}: {what}{said}."


def _revealed(shown: Patient, readings: tuple[Reading, ...], judged: str) -> str:
    found = "; ".join(f"{each.axis} {each.words}" for each in readings if each.words != "normal")
    right = verdict(readings)
    agrees = "as you said" if right == judged else f"where you said '{judged}'"
    return (
        f"Panel {shown.letter}, an invented {shown.who} with {shown.diagnosis}: "
        f"{found or 'all normal'}; for the endocrine criterion: {right}, {agrees}."
    )


def _range_text(low: float | None, high: float | None) -> str:
    if low is None:
        return f"to {number(high or 0)}"
    return f"{number(low)} to {number(high)}" if high is not None else f"from {number(low)}"


def _table(shown: Patient) -> Table:
    cells = []
    for name in shown.names:
        value, ends = shown.panel.value(name), shown.panel.range_of(name)
        cells.append(
            (
                LABELS[name],
                "not measured" if value is None else number(value),
                UNITS[name],
                _range_text(ends.low, ends.high),
                shown.panel.place(name) or "",
            )
        )
    columns = ("value", "result", "unit", "reference range", "place")
    return Table(f"Panel {shown.letter}, invented", columns, tuple(cells))


@cache
def _values(letter: str) -> str:
    shown = patients()[LETTERS.index(letter)]
    parts = [text(8, 16, f"{letter}: {shown.who}, invented", "strong")]
    parts.append(text(_BAND - 6, 16, "low", "muted", "end"))
    parts.append(text(_BAND_END + 6, 16, "high", "muted"))
    tall = _ROW * len(shown.names)
    parts.append(box("b s0", _BAND, _TOP - 13, _BAND_END - _BAND, tall))
    parts += [_value(shown.panel, name, _TOP + _ROW * i) for i, name in enumerate(shown.names)]
    return "".join(parts)


def _value(panel: Panel, name: str, y: float) -> str:
    value, ends = panel.value(name), panel.range_of(name)
    parts = [text(8, y, LABELS[name])]
    if value is None:
        return parts[0] + text(104, y, "not measured", "muted")
    place = ends.place(value)
    kind = "strong" if place != "normal" else "ink"
    parts.append(text(148, y, number(value), kind, "end"))
    parts.append(text(154, y, UNITS[name], "muted"))
    parts.append(text(208, y, _range_text(ends.low, ends.high), "muted"))
    low = ends.low if ends.low is not None else 0.0
    high = ends.high if ends.high is not None else 3 * low
    x = _BAND + (value - low) / (high - low) * (_BAND_END - _BAND)
    x = min(max(x, _LEFT), _RIGHT)
    parts.append(point(x, y - 4, 0 if place == "normal" else 1))
    return "".join(parts)


def _readings(readings: tuple[Reading, ...], judged: str, y: float) -> str:
    """The reading of each axis, once it is asked for, and the verdict under it."""
    parts = [path("a", f"M8 {at(y - 14)}H432")]
    if not readings:
        parts += [text(8, y + 4 + 17 * i, f"{axis}: ?", "muted") for i, axis in enumerate(ORDER)]
    for i, each in enumerate(readings):
        line = y + 4 + 17 * i
        parts.append(text(8, line, f"{each.axis}: {each.words}"))
        state = "counts" if each.counts else "not alone" if each.not_alone else ""
        parts.append(text(432, line, state, "strong", "end"))
    if readings or judged != OPEN:  # a question shows this drawing too, where nobody has judged
        parts.append(text(8, y + 112, f"Your verdict: {judged}", "ink"))
    if readings:
        right = verdict(readings)
        agrees = "as you said" if right == judged else "not as you said"
        parts.append(text(8, y + 130, f"Reading: {right} ({agrees})", "strong"))
    return "".join(parts)


TEN_PANELS = Exploration(
    id="ten-panels",
    title="Read ten panels",
    prompt=(
        "For each patient say first which axes are disturbed, at which level, and whether the "
        "panel fills the endocrine criterion. Then ask for the reading."
    ),
    controls=(
        Choice("patient", "Patient", tuple(LETTERS)),
        Choice("judged", "Your verdict", VERDICTS, 3),
        Toggle("reveal", "Show the reading"),
    ),
    model=ten_panels,
)
