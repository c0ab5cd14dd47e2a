"""``poems export``: a bank written in one format, and what that format cannot hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from poems_course.content import ContentError
from poems_course.document import write_whole
from poems_course.evidence import references
from poems_course.questions.exports.anki import ANKI
from poems_course.questions.exports.canvas import CANVAS
from poems_course.questions.exports.form import Format
from poems_course.questions.exports.gift import GIFT
from poems_course.questions.exports.moodle import MOODLE
from poems_course.questions.exports.qti3 import QTI3
from poems_course.questions.exports.spreadsheet import CSV
from poems_course.questions.figure import figure_problem
from poems_course.questions.records import Question
from poems_course.questions.verb import chosen

FORMATS: dict[str, Format] = {form.name: form for form in (CSV, MOODLE, CANVAS, QTI3, GIFT, ANKI)}
_POOLS = {
    "public": "public, so for practice only: whoever is examined can look up the answers",
    "private": "private: keep the file where learners cannot read it",
}


@dataclass(frozen=True)
class Exported:
    """What the verb says: *data* for programs, *text* for people, *lost* for stderr."""

    data: dict[str, Any]
    text: str
    lost: list[str]


def run(name: str, out: str | None, lesson: str | None = None, bank: str | None = None) -> Exported:
    """Writes *out* (None: a file here, named after the format) in the format *name*, whole or not
    at all.

    Raises PoemsError where there is no such bank or lesson, or *out* cannot be written;
    ContentError where an item is unusable.
    """
    form, items = FORMATS[name], chosen(bank, lesson)
    for item in items:
        _refuse_unknown(item)
    out = out or f"poems-{name}{form.ending}"
    write_whole(Path(out), form.write(items))
    lost = form.lost(items)
    pools: Counter[str] = Counter(item.pool for item in items)
    data = {
        "file": out,
        "format": name,
        "questions": len(items),
        "types": dict(sorted(Counter(item.type for item in items).items())),
        "pools": dict(sorted(pools.items())),
        "checked": form.checked,
        "lost": lost,
    }
    return Exported(data, _text(form, items, out, pools), lost)


def _refuse_unknown(item: Question) -> None:
    """Of what ``questions lint`` also tells, that without which an item cannot be written."""
    file = f"{item.lesson}.toml"
    for key in item.references:
        if key not in references():
            raise ContentError(file, item.id, "references", f"there is no reference '{key}'")
    if item.figure and (problem := figure_problem(item.figure)):
        raise ContentError(file, item.id, "figure", problem)


def _text(form: Format, items: Sequence[Question], out: str, pools: Counter[str]) -> str:
    lines = [f"{len(items)} questions written to {out} ({form.title}: {form.checked})"]
    lines += [f"{pools[pool]} {said}" for pool, said in _POOLS.items() if pools[pool]]
    return "\n".join(lines)
