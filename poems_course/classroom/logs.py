"""Reading what learners exported with ``poems progress export``: one file is one learner."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from operator import itemgetter
from pathlib import Path
from typing import Any

from poems_course.classroom.answers import Collector, Item
from poems_course.classroom.choices import Choose, bits_of
from poems_course.content import PoemsError
from poems_course.progress.event import FIELDS
from poems_course.progress.transfer import BadLine, entries
from poems_course.questions.records import Question
from poems_course.study.sitting import ANSWERED, BEGAN

_KNOWN = frozenset(FIELDS)
Answer = tuple[str, str, Item, bool, Any]  # session, mode, item, right, response
LESSON = "lesson"  # the mode of what was answered outside a sitting


def read_logs(
    paths: Iterable[Path], bank: Mapping[Item, Question], into: Collector, mode: str | None = None
) -> Counter[str]:
    """Adds the answers of each file to *into*, under the file's name without its ending.

    Only those given in *mode*, if one is named. Gives how many there are of each. Raises PoemsError
    naming file, line and field where a file is damaged or of another version of the course, and
    where two files are of one learner.
    """
    owner: dict[str, Path] = {}
    names: dict[str, Path] = {}
    modes: Counter[str] = Counter()
    choose: dict[Item, tuple[int, Choose]] = {}
    for path in paths:
        if path.stem in names:
            raise PoemsError(f"{path.name}: {names[path.stem].name} has the same name: rename one")
        names[path.stem] = path
        row = into.row(path.stem)
        for session, given, item, right, response in _answers(path):
            first = owner.setdefault(session, path)
            if first is not path:
                raise PoemsError(
                    f"{path.name}: session {session} stands in {first.name} too: "
                    "two exports of one learner; leave one of them out"
                )
            modes[given] += 1
            if mode not in (None, given):
                continue
            if item not in choose:
                choose[item] = into.column(item), _chooser(item, bank)
            column, chosen = choose[item]
            into.add(row, column, right, chosen(response))
    return modes


def _chooser(item: Item, bank: Mapping[Item, Question]) -> Choose:
    return bits_of(bank[item]) if item in bank else lambda response: 0


def _answers(path: Path) -> Iterator[Answer]:
    """The answers of one export in the order in which they were given."""
    rows = _quickly(path) if path.suffix.lower() == ".jsonl" else None
    if rows is None:
        rows = [_checked(path.name, line, vars(event)) for line, event in entries(path)]
    rows.sort(key=itemgetter("utc", "id"))
    sittings: dict[str, str] = {}
    for row in rows:
        said = row["payload"]
        if row["kind"] == BEGAN:
            sittings[str(said.get("sitting"))] = row["item_id"]
        elif row["kind"] == ANSWERED:
            given = sittings.get(str(said["sitting"]), "sitting") if "sitting" in said else LESSON
            item = Item(row["item_id"], row["item_version"])
            yield row["session"], given, item, said["correct"], said.get("response")


def _checked(name: str, line: int, row: dict[str, Any]) -> dict[str, Any]:
    marked = row["payload"].get("correct")
    if row["kind"] != ANSWERED:
        return row
    if not isinstance(marked, bool):
        what = "is missing" if marked is None else f"must be true or false, not {marked!r}"
        raise BadLine(
            f"{name}: line {line}: payload.correct: {what}; was it written by another version "
            "of the course?"
        )
    return row


def _quickly(path: Path) -> list[dict[str, Any]] | None:
    """The entries of a sound file of JSON lines; None where anything at all is out of order.

    Three times as fast as reading entry by entry, which then says what is wrong.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        rows = json.loads(f"[{','.join(lines)}]")
    except (OSError, ValueError, RecursionError):
        return None
    if len(rows) != len(lines) or not all(map(_sound, rows)):
        return None
    return list(rows)


_TYPES: tuple[tuple[str, type], ...] = (
    ("id", str), ("session", str), ("utc", str), ("kind", str), ("item_id", str),
    ("item_version", int),
)  # fmt: skip


def _sound(row: Any) -> bool:
    return (
        type(row) is dict
        and row.keys() == _KNOWN
        and all(type(row[name]) is kind for name, kind in _TYPES)
        and type(row["payload"]) is dict
        and (row["kind"] != ANSWERED or type(row["payload"].get("correct")) is bool)
    )
