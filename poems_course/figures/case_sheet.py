"""The sheet that the clinic's explorers share: words in lines, and the current rule as a form."""

from __future__ import annotations

import textwrap
from functools import cache

from poems_course.clinic.casebook import Case, Move, cases, form_of
from poems_course.clinic.criteria import UNDETERMINED, Verdict, judge
from poems_course.clinic.rules import rules
from poems_course.figures.four_rules import mark, settling, state, word
from poems_course.figures.svg import WIDTH, box, text

LINE, FULL = 16.0, 66  # units between lines, letters in a line
_ROW, _LEFT, _COLUMN = 22.0, 76.0, 121.0
_NAMES = {
    "polyneuropathy": "neuropathy",
    "monoclonal_plasma_cells": "clone",
    "castleman": "Castleman",
    "sclerotic_bone_lesions": "sclerotic bone",
    "vegf": "raised VEGF",
    "organomegaly": "organs",
    "extravascular_overload": "fluid",
    "endocrinopathy": "hormones",
    "skin_changes": "skin",
    "papilloedema": "optic discs",
    "thrombocytosis_or_polycythaemia": "blood counts",
}
_NEEDS = {"mandatory": "both", "other_major": "one of", "minor": "one of"}


def verdict(case: Case, moves: tuple[Move, ...]) -> Verdict:
    """What the current rule says of the patient as far as *moves* have uncovered the form."""
    return _verdict(case.id, tuple(move.move for move in moves))


@cache  # the same state stands under each suspicion, and behind two moves in either order
def _verdict(id: str, names: tuple[str, ...]) -> Verdict:
    moves = [cases()[id].find(name) for name in names]
    return judge(form_of(cases()[id], moves), rules()["dispenzieri"])


def rule_said(said: Verdict) -> str:
    """The verdict in a sentence's words: "undetermined (raised VEGF would settle it if found)"."""
    if said.outcome != UNDETERMINED:
        return word(said)
    return f"undetermined ({settling(said, _NAMES)})"


def title(case: Case, moves: tuple[Move, ...]) -> str:
    """Who it is, with the first label."""
    age = form_of(case, moves).age
    return f"{case.name}, {age:.0f}, invented: first called {case.label}"


@cache
def _broken(words: str, width: int) -> tuple[str, ...]:
    return tuple(textwrap.wrap(words, width))


def in_sentence(label: str) -> str:
    """A label as it stands within a sentence: "immunofixation", but "VEGF" and "CT"."""
    return label if label[1:2].isupper() else f"{label[0].lower()}{label[1:]}"


@cache
def paragraph(words: str, y: float, kind: str = "ink", width: int = FULL) -> str:
    """Words broken into lines, the first at height *y*."""
    broken = enumerate(_broken(words, width))
    return "".join(text(8, y + LINE * i, line, kind) for i, line in broken)


def lines(words: str, width: int = FULL) -> int:
    """How many lines ``paragraph`` needs."""
    return len(_broken(words, width))


def form(case: Case, moves: tuple[Move, ...], y: float) -> str:
    """The current rule as a form of marks from height *y* on, with what would settle it."""
    return _form(case.id, tuple(move.move for move in moves), y)


@cache
def _form(id: str, names: tuple[str, ...], y: float) -> str:
    said = _verdict(id, names)
    parts = [text(8, y, "The current rule", "strong"), _verdict_box(word(said), y)]
    row = y + _ROW + 2
    for group, names in said.rule.groups.items():
        parts.append(text(8, row + 4, _NEEDS[group], "muted"))
        for i, name in enumerate(names):
            x = _LEFT + _COLUMN * (i % 3)
            down = row + _ROW * (i // 3)
            parts += [mark(state(said, name), x, down), text(x + 14, down + 4, _NAMES[name])]
        row += _ROW * ((len(names) + 2) // 3)
    parts.append(paragraph(_hint(said), row + 6, "muted"))
    return "".join(parts)


def form_height(said: Verdict) -> float:
    """How much room ``form`` takes."""
    return 4 * _ROW + 32 + LINE * lines(_hint(said))


def _hint(said: Verdict) -> str:
    if said.outcome != UNDETERMINED:
        return ""
    words = settling(said, _NAMES)
    return f"Still wanted: {listed(wanted(said))}. {words[0].upper()}{words[1:]}."


def wanted(said: Verdict) -> tuple[str, ...]:
    """What a verdict still lacks to be met: the mandatory criteria by name, the others by kind."""
    kinds = {"other_major": "a further major", "minor": "a minor"}
    lacking: list[str] = []
    for group, names in said.rule.groups.items():
        open_ = [_NAMES[name] for name in names if name not in said.met]
        needs = said.rule.categories["met"][group]
        if len(names) - len(open_) < needs:
            lacking += [kinds[group]] if group in kinds else open_
    return tuple(lacking)


def listed(names: tuple[str, ...]) -> str:
    """Names in a sentence: "clone, a further major and a minor"."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def criteria_rows(said: Verdict) -> tuple[tuple[str, str], ...]:
    """Each criterion of the current rule with its state, and the verdict, for a table."""
    found = [(_NAMES[name], state(said, name)) for name in said.rule.criteria]
    return (*found, ("current rule", rule_said(said)))


def _verdict_box(words: str, y: float) -> str:
    wide = 12 + 7.6 * len(words)
    x = WIDTH - 8 - wide
    met = words == "met"
    frame = box("f s0" if met else "a", x, y - 15, wide, 22)
    return frame + text(x + wide / 2, y, words, "paper" if met else "strong", "middle")
