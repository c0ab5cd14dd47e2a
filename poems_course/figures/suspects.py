"""The explorer of suspects: predict what a finding says of a suspected cause, then see."""

from __future__ import annotations

import re
import textwrap
from collections import Counter

from poems_course.clinic.suspects import SUSPECTS, VERDICTS, Evidence, evidence
from poems_course.figures.chart import Chart, Table
from poems_course.figures.exploration import Choice, Exploration
from poems_course.figures.svg import WIDTH, at, box, figure_svg, path, text

HIDDEN, THIS, WHOLE = "nothing yet", "this finding", "all the findings"
SIGNS = {"favours": "+", "silent": "\u00b7", "hurts": "\u2212"}
_HEADS = ("VEGF", "several", "chain", "antibody", "virus")
_TOP, _ROW = 84.0, 46.0  # first suspect's line, height of a suspect
_FIRST, _LINE, _COLUMN = 92.0, 23.0, 46.0  # the table of all findings
_LEFT = WIDTH - 12 - 5 * _COLUMN


def suspects(finding: str, suspect: str, guess: str, shown: str) -> Chart:
    """What *finding* says of the suspects: hidden, told for this one, or all as a table."""
    heard = evidence()[finding]
    reading = _reading(heard, suspect, guess, shown)
    if shown == WHOLE:
        drawing, height = _all(finding, suspect), _FIRST + _LINE * len(evidence()) + 26
    else:
        drawing, height = _one(heard, suspect, guess, told=shown == THIS), _TOP + _ROW * 5 + 20
    svg = figure_svg(f"Suspects and findings: {finding}", reading, height, drawing)
    return Chart(svg, reading, _table(heard, shown))


def _reading(heard: Evidence, suspect: str, guess: str, shown: str) -> str:
    opens = f"{heard.text.removesuffix('.')}: you predict that it {_words(guess, suspect)}"
    if shown == HIDDEN:
        return f"{opens}, and nothing is told yet."
    found = heard.of(suspect).verdict
    agree = "we agree" if found == guess else f"we say it {_words(found, suspect)}"
    if shown == THIS:
        return f"{opens}; {agree}, for this reason: {_plain(heard.of(suspect).reason)}."
    counts = Counter(each.of(suspect).verdict for each in evidence().values())
    return (
        f"{opens}; {agree}; over all {len(evidence())} findings {counts['favours']} favour "
        f"{suspect}, {counts['hurts']} hurt it and {counts['silent']} are silent."
    )


def _words(verdict: str, suspect: str) -> str:
    return f"is silent on {suspect}" if verdict == "silent" else f"{verdict} {suspect}"


def _plain(reason: str) -> str:
    """A reason as part of a sentence: its own sentences joined, names left as they are."""
    parts = re.split(r"[.?] ", reason.rstrip(".?"))
    return "; ".join(part[0].lower() + part[1:] if part[1].islower() else part for part in parts)


def _table(heard: Evidence, shown: str) -> Table:
    if shown == WHOLE:
        rows = tuple(
            (name, *(each.of(suspect).verdict for suspect in SUSPECTS), each.told_by)
            for name, each in evidence().items()
        )
        columns = ("finding", *SUSPECTS, "source")
        return Table("Verdicts are ours, for the classroom", columns, rows)
    told = shown == THIS
    lines = tuple(
        (name, heard.of(name).verdict, heard.of(name).reason) if told else (name, "hidden", "")
        for name in SUSPECTS
    )
    return Table(
        f"{heard.text} Source: {heard.told_by}",
        ("suspect", "this finding", "why (our reasoning)"),
        lines,
    )


def _one(heard: Evidence, suspect: str, guess: str, *, told: bool) -> str:
    lines = textwrap.wrap(heard.text, 60)
    parts = [text(12, 16 + 15 * i, line, "strong") for i, line in enumerate(lines)]
    parts.append(text(12, 16 + 15 * len(lines), f"source: {heard.told_by}", "small"))
    for row, name in enumerate(SUSPECTS):
        y = _TOP + _ROW * row
        if name == suspect:
            parts.append(box("b s0", 6, y - 15, WIDTH - 12, _ROW - 4))
        parts.append(text(12, y, name, "strong" if name == suspect else "ink"))
        if told:
            opinion = heard.of(name)
            parts.append(_mark(148, y - 4, opinion.verdict))
            parts.append(text(164, y, _tell(opinion.verdict)))
            parts.append(text(12, y + 17, opinion.reason, "muted"))
        elif name == suspect:
            parts.append(text(12, y + 17, f"you predict: it {_words(guess, name)}", "muted"))
        if name == suspect and told:
            found = heard.of(name).verdict
            said = "as you said" if found == guess else f"you said: {_tell(guess)}"
            parts.append(text(WIDTH - 12, y, said, "strong", "end"))
    foot = (
        "verdicts and reasons are ours" if told else "ask for the verdicts when you have predicted"
    )
    parts.append(text(WIDTH / 2, _TOP + _ROW * 5 + 8, foot, "small", "middle"))
    return "".join(parts)


def _tell(verdict: str) -> str:
    return "is silent" if verdict == "silent" else f"{verdict} it"


def _mark(x: float, y: float, verdict: str) -> str:
    """A full triangle up for, a full triangle down against, a small ring for silence."""
    if verdict == "silent":
        return f'<circle class="k s2" cx="{at(x)}" cy="{at(y)}" r="2.5"/>'
    kind, rise = ("f s3", -6) if verdict == "favours" else ("f s1", 6)
    base = y - rise * 0.6
    return path(kind, f"M{at(x - 6)} {at(base)}H{at(x + 6)}L{at(x)} {at(base + rise * 1.7)}z")


def _all(finding: str, suspect: str) -> str:
    parts = [text(12, 16, "All the findings, each with its verdict on each suspect", "strong")]
    x = 12.0
    for verdict in VERDICTS:
        parts += [_mark(x + 6, 36, verdict), text(x + 18, 40, _tell(verdict), "muted")]
        x += 100
    for column, head in enumerate(_HEADS):
        kind = "strong" if list(SUSPECTS)[column] == suspect else "small"
        head = head if kind == "small" or len(head) < 8 else "antib."
        parts.append(text(_middle(column), _FIRST - 24, head, kind, "middle"))
    for row, (name, each) in enumerate(evidence().items()):
        y = _FIRST + _LINE * row
        if name == finding:
            parts.append(box("b s0", 6, y - 15, WIDTH - 12, _LINE - 1))
        parts.append(text(12, y, name, "strong" if name == finding else "ink"))
        for column, who in enumerate(SUSPECTS):
            parts.append(_mark(_middle(column), y - 4, each.of(who).verdict))
    foot = "counting marks is not weighing them: some findings tell the same thing twice"
    parts.append(text(WIDTH / 2, _FIRST + _LINE * len(evidence()) + 8, foot, "small", "middle"))
    return "".join(parts)


def _middle(column: int) -> float:
    return _LEFT + _COLUMN * (column + 0.5)


SUSPECTS_EXPLORER = Exploration(
    id="suspects",
    title="Suspects and findings",
    prompt=(
        "Choose a finding and a suspect. Before you ask: if this suspect did the harm, would you "
        "expect the finding, be surprised by it, or neither?"
    ),
    controls=(
        Choice("finding", "Finding", tuple(evidence())),
        Choice("suspect", "Suspect", tuple(SUSPECTS)),
        Choice("guess", "You predict: the finding", VERDICTS, 1),
        Choice("shown", "Show the verdicts on", (HIDDEN, THIS, WHOLE)),
    ),
    model=suspects,
)
