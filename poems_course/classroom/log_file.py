"""One learner's exported log: its answers, one per item, first or last attempts."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

from poems_course.classroom.answers import Item
from poems_course.classroom.choices import Choose, bits_of
from poems_course.progress.transfer import BadLine, entries
from poems_course.questions.records import Question
from poems_course.study.sitting import ANSWERED, BEGAN

LESSON = "lesson"  # the mode of what was answered outside a sitting
_MOST_TEXTS = 100_000  # kept in memory, about 50 MB


class Said(NamedTuple):
    """What an entry says, for a report: *item* is a place in the reader's items; *code* holds the
    choices as bits, then one bit for right. An entry that began a sitting names its mode."""

    kind: str
    item: int
    code: int
    mode: str


Row = tuple[str, str, str, Said, str | None]  # id, session and time; last the sitting's name


@dataclass
class LearnerLog:
    """*answers*: for each item, by its place in the reader's items, the code of :class:`Said`.

    *modes*: how many answers were given where, kept or not. *later*: attempts that were left out.
    """

    sessions: set[str] = field(default_factory=set)
    modes: Counter[str] = field(default_factory=Counter)
    answers: dict[int, int] = field(default_factory=dict)
    later: int = 0


class LogReader:
    """Reads exports. *mode* keeps what was answered there; *last* takes the last attempts.

    *items* are those met so far, each with its place.
    """

    def __init__(self, bank: Mapping[Item, Question], mode: str | None, last: bool) -> None:
        self.bank, self.mode, self.last = bank, mode, last
        self.items: dict[Item, int] = {}
        self._choose: list[Choose] = []
        self._known = _Texts(self)

    def read(self, path: Path) -> LearnerLog:
        """Raises PoemsError naming file, line and field where the file is damaged, or of another
        version of the course."""
        rows = self._quickly(path) if path.suffix.lower() == ".jsonl" else None
        if rows is None:
            rows = self._entry_by_entry(path)
        found = LearnerLog(set(map(itemgetter(1), rows)))
        rows.sort(key=itemgetter(2, 0))
        answers, sittings, places = found.answers, dict[str | None, str](), []
        for _, _, _, (kind, item, code, mode), sitting in rows:
            if kind == BEGAN:
                sittings[sitting] = mode
            elif kind == ANSWERED:
                place = LESSON if sitting is None else sittings.get(sitting, "sitting")
                places.append(place)
                if self.mode not in (None, place):
                    continue
                if item in answers:
                    found.later += 1
                    if not self.last:
                        continue
                answers[item] = code
        found.modes.update(places)
        return found

    def said(self, kind: str, item_id: str, version: int, payload: dict[str, Any]) -> Said:
        """What an entry says. An answer's payload tells whether it is correct."""
        if kind != ANSWERED:
            return Said(kind, -1, 0, item_id if kind == BEGAN else "")
        item = Item(item_id, version)
        place = self.items.setdefault(item, len(self.items))
        if place == len(self._choose):
            self._choose.append(bits_of(self.bank[item]) if item in self.bank else _unknown)
        chosen = self._choose[place](payload.get("response"))
        return Said(kind, place, chosen << 1 | payload["correct"], "")

    def _entry_by_entry(self, path: Path) -> list[Row]:
        rows = []
        for line, event in entries(path):
            marked = event.payload.get("correct")
            if event.kind == ANSWERED and not isinstance(marked, bool):
                what = "is missing" if marked is None else f"must be true or false, not {marked!r}"
                raise BadLine(
                    f"{path.name}: line {line}: payload.correct: {what}; was it written by another "
                    "version of the course?"
                )
            said = self.said(event.kind, event.item_id, event.item_version, event.payload)
            sitting = event.payload.get("sitting")
            named = None if sitting is None else str(sitting)
            rows.append((event.id, event.session, event.utc, said, named))
        return rows

    def _quickly(self, path: Path) -> list[Row] | None:
        """The entries of a file of JSON lines just as ``poems progress export`` writes it.

        None where a single line differs: then it is read entry by entry, which takes many times
        as long and says what is wrong. What learners say is few texts, again and again.
        """
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return None
        found = _LINE.findall(text)
        if len(found) != text.count("\n") or not text.endswith("\n"):
            return None
        if "\\" in text and any("\\" in part for row in found for part in row[:3]):
            return None
        if len(self._known) > _MOST_TEXTS:
            self._known.clear()
        try:
            return [(id, session, utc, *self._cut(said)) for id, session, utc, said in found]
        except _NotAsExportedError:
            return None

    def _cut(self, text: str) -> tuple[Said, str | None]:
        """What the text of an entry says, and its sitting, whose name would make it unlike any."""
        if _SITTING not in text:
            return self._known[text], None
        before, _, rest = text.partition(_SITTING)
        name, end, after = rest.partition('"')
        return self._known[f"{before}{_SITTING}{end}{after}"], name


# Each entry is one line, so one match; no character class, which would take three times as long.
_LINE = re.compile(
    r'^{"id": "([^"]*)", "session": "([^"]*)", "utc": "([^"]*)", ("kind": [^}]*}), "seq": [0-9]+}$',
    re.MULTILINE,
)
_SITTING = '"sitting": "'
_REST = {"kind": str, "item_id": str, "item_version": int, "payload": dict}


class _NotAsExportedError(Exception):
    pass


class _Texts(dict[str, Said]):
    """The texts of entries, from their kind to their payload, and what each says."""

    def __init__(self, reader: LogReader) -> None:
        super().__init__()
        self._reader = reader

    def __missing__(self, text: str) -> Said:
        try:
            entry = json.loads(f"{{{text}}}")
        except ValueError:
            raise _NotAsExportedError from None
        if [(name, type(value)) for name, value in entry.items()] != list(_REST.items()):
            raise _NotAsExportedError
        kind, item_id, version, payload = entry.values()
        if kind == ANSWERED and type(payload.get("correct")) is not bool or version < 0:
            raise _NotAsExportedError
        said = self[text] = self._reader.said(kind, item_id, version, payload)
        return said


def _unknown(response: object) -> int:
    return 0
