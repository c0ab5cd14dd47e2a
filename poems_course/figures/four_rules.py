"""One patient under four published rules: which finding counts where, and what each rule says.

The patient is Ines of the lesson on diagnosis, with a handful of her findings open to change.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from poems_course.clinic.criteria import UNDETERMINED, Verdict, evaluate
from poems_course.clinic.patient import Patient, Vegf
from poems_course.clinic.rules import CRITERIA
from poems_course.figures.chart import Chart, Table
from poems_course.figures.exploration import Choice, Exploration
from poems_course.figures.svg import WIDTH, figure_svg, text

INES = Patient(
    age=48,
    sex="F",
    polyneuropathy=True,
    monoclonal_plasma_cells=True,
    light_chain="lambda",
    sclerotic_bone_lesions=False,
    hepatomegaly=False,
    pleural_effusion=False,
    platelets_10e9_per_l=430,
    haemoglobin_g_per_dl=13.2,
)
_ALL = {"splenomegaly": True, "oedema": True, "skin_changes": ("hyperpigmentation",)}
_NONE: dict[str, Any] = {
    "splenomegaly": False,
    "lymphadenopathy": False,
    "oedema": False,
    "ascites": False,
    "pericardial_effusion": False,
    "skin_changes": (),
}
KNOWN = {"found": True, "looked for, not found": False, "not looked for": None}
VEGF = {
    "not measured": Vegf(),
    "plasma 80 pg/mL": Vegf(value=80, matrix="plasma"),
    "plasma 1240 pg/mL": Vegf(value=1240, matrix="plasma"),
    "serum 860 pg/mL, no limit given": Vegf(value=860, matrix="serum"),
    "serum 860 pg/mL, laboratory limit 600": Vegf(value=860, matrix="serum", upper_limit=600),
    "serum 1240 pg/mL, no limit given": Vegf(value=1240, matrix="serum"),
}
SIGNS = {
    "skin, spleen and oedema": _ALL,
    "oedema only": _NONE | {"oedema": True},
    "none of the three": _NONE,
}
HORMONES = {
    "diabetes only": ("diabetes",),
    "low testosterone or oestradiol": ("hypogonadism",),
    "all axes tested, none abnormal": (),
}
_SHORT = {
    "dispenzieri": ("Dispenzieri", "current"),
    "suichi_2019": ("Suichi", "2019"),
    "mayo_2003": ("Mayo", "2003"),
    "japan_ministry": ("Japan", "2024"),
}
_ROWS = CRITERIA | {
    "monoclonal_plasma_cells": "plasma-cell clone",
    "extravascular_overload": "oedema, effusions",
    "thrombocytosis_or_polycythaemia": "platelets, red cells",
}
_WORDS = {"not_met": "not met", "none": "no grade"}
_KEY = {
    "present": "present",
    "absent": "absent",
    "unknown": "unknown",
    "not counted": "not in this rule",
}
_TOP, _ROW = 52.0, 22.0
_FOOT = _TOP + _ROW * len(_ROWS)


def patient(clone: str, vegf: str, bone: str, signs: str, hormones: str) -> Patient:
    """Ines with these findings; everything else about her stays as it is."""
    return replace(
        INES,
        monoclonal_plasma_cells=KNOWN[clone],
        vegf=VEGF[vegf],
        sclerotic_bone_lesions=KNOWN[bone],
        endocrinopathies=HORMONES[hormones],
        **SIGNS[signs],
    )


def four_rules(**settings: str) -> Chart:
    """The verdict of each rule, finding by finding (for the settings see ``patient``)."""
    verdicts = evaluate(patient(**settings))
    reading = "; ".join(_sentence(verdict) for verdict in verdicts.values()) + "."
    drawing = _frame(tuple(verdicts)) + "".join(
        _column(i, tuple(state(verdict, row) for row in _ROWS), word(verdict))
        for i, verdict in enumerate(verdicts.values())
    )
    return Chart(
        figure_svg("One patient under four rules", reading, 376, drawing),
        reading,
        _table(verdicts),
    )


def word(verdict: Verdict) -> str:
    """What a rule says, in words for a learner: met, not met, possible, undetermined ..."""
    return _WORDS.get(verdict.outcome, verdict.outcome)


def _sentence(verdict: Verdict) -> str:
    name = verdict.rule.name
    if verdict.outcome != UNDETERMINED:
        verb = "grades her as" if verdict.rule.graded else "is"
        said = "ungraded" if verdict.outcome == "none" else word(verdict)
        return f"{name} {verb} {said}"
    least = f", at least {verdict.at_least}" if verdict.at_least else ""
    return f"{name} is undetermined{least} ({settling(verdict)})"


def settling(verdict: Verdict, names: Mapping[str, str] = CRITERIA) -> str:
    """What would end the doubt of an undetermined verdict, in words; *names* of the criteria."""
    ways: dict[str, list[str]] = {}
    for name, outcomes in verdict.would_settle.items():
        clear = [way for way, outcome in outcomes.items() if outcome != UNDETERMINED]
        ways.setdefault("either" if len(clear) == 2 else clear[0], []).append(names[name])
    phrases = {
        "either": "{} would settle it either way",
        "present": "{} would settle it if found",
        "absent": "{} would settle it if ruled out",
    }
    said = [phrases[way].format(" or ".join(ways[way])) for way in phrases if way in ways]
    return ", ".join(said) or "no single finding would settle it"


def state(verdict: Verdict, criterion: str) -> str:
    """present, absent, unknown or "not counted": a finding in the eyes of one rule."""
    for label, names in (
        ("present", verdict.met),
        ("absent", verdict.missing),
        ("unknown", verdict.unknown),
    ):
        if criterion in names:
            return label
    return "not counted"


def _table(verdicts: dict[str, Verdict]) -> Table:
    head = ("finding", *(" ".join(_SHORT[name]) for name in verdicts))
    body = [
        (words, *(state(verdict, name) for verdict in verdicts.values()))
        for name, words in _ROWS.items()
    ]
    return Table(
        "Each finding as each rule counts it, and the verdicts",
        head,
        (*body, ("verdict", *(word(verdict) for verdict in verdicts.values()))),
    )


@cache
def _frame(names: tuple[str, ...]) -> str:
    """What is the same for every patient: findings down, rules across, the key to the marks."""
    lines = "".join(f"M8 {_TOP + _ROW * i - 11:g}H{WIDTH - 4}" for i in range(len(_ROWS)))
    parts = [f'<path class="g" d="{lines}"/>']
    parts += [text(8, _TOP + _ROW * i + 4, words) for i, words in enumerate(_ROWS.values())]
    parts.append(f'<path class="a" d="M8 {_FOOT - 11:g}H{WIDTH - 4}"/>')
    parts.append(text(8, _FOOT + 14, "verdict", "strong"))
    for i, name in enumerate(names):
        for j, words in enumerate(_SHORT[name]):
            parts.append(text(_across(i), 14 + 15 * j, words, "strong", "middle"))
    for i, (label, words) in enumerate(_KEY.items()):
        parts.append(mark(label, 18 + 92 * i, _FOOT + 50))
        parts.append(text(31 + 92 * i, _FOOT + 54, words, "muted"))
    return "".join(parts)


@cache
def _column(i: int, states: tuple[str, ...], verdict: str) -> str:
    """One rule's marks, and its verdict at the foot."""
    x = _across(i)
    marks = [mark(state, x, _TOP + _ROW * j) for j, state in enumerate(states)]
    return "".join(marks) + _verdict_box(verdict, x, _FOOT + 10)


def _across(i: int) -> float:
    return 142 + 74.5 * (i + 0.5)


def mark(state: str, x: float, y: float) -> str:
    """The mark of a finding's state, centred at (x, y)."""
    if state == "present":
        tick = "m-5 .5 1.7-1.7 2.2 2.2 4.6-5.2 1.8 1.6-6.3 7.2z"
        return (
            f'<circle class="f s0" cx="{x}" cy="{y}" r="8.5"/>'
            f'<path class="paper" d="M{x} {y}{tick}"/>'
        )
    if state == "absent":
        return f'<path class="k s1" d="M{x - 5} {y - 5}l10 10m0-10-10 10"/>'
    if state == "unknown":
        ring = f'<circle class="r" cx="{x}" cy="{y}" r="8.5"/>'
        return ring + text(x, y + 4.5, "?", "strong", "middle")
    return text(x, y + 4, "\u2013", "muted", "middle")


def _verdict_box(words: str, x: float, y: float) -> str:
    box = f'x="{x - 36}" y="{y - 14}" width="72" height="26" rx="4"'
    if words == UNDETERMINED:
        # The longest word: textLength holds it inside its box whatever the typeface.
        fitted = text(x, y + 3, words, "ink", "middle").replace(
            "<text", '<text textLength="68" lengthAdjust="spacingAndGlyphs"'
        )
        return f'<rect class="r" {box}/>{fitted}'
    if words in _WORDS.values():
        return f'<rect class="a" {box}/>' + text(x, y + 3, words, "ink", "middle")
    return f'<rect class="f s0" {box}/>' + text(x, y + 3, words, "paper", "middle")


FOUR_RULES = Exploration(
    id="four-rules",
    title="One patient, four rules",
    prompt=(
        "This is Ines. Predict first: which one result would change the most verdicts? "
        "Then change her findings, one at a time."
    ),
    controls=(
        Choice("clone", "Plasma-cell clone", tuple(KNOWN)),
        Choice("vegf", "VEGF", tuple(VEGF), 3),
        Choice("bone", "Sclerotic bone lesions", tuple(KNOWN), 1),
        Choice("signs", "Skin, spleen, oedema", tuple(SIGNS)),
        Choice("hormones", "Hormones", tuple(HORMONES)),
    ),
    model=four_rules,
)
