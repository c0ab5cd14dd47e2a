"""One learner's exported log: its answers, one per item, first or last attempts."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path
from typing import Any

from poems_course.classroom.answers import Item
from poems_course.classroom.choices import Choose, bits_of
from poems_course.progress.event import Event
from poems_course.progress.transfer import BadLine, entries
from poems_course.questions.records import Question
from poems_course.study.sitting import ANSWERED, BEGAN

LESSON = "lesson"  # the mode of what was answered outside a sitting
Row = tuple[str, str, str, str, str, int, dict[str, Any]]  # the fields of an entry but the last


@dataclass
class LearnerLog:
    """*answers*: for each item the choices as bits, then one bit for right. *modes*: how many
    answers were given where, kept or not. *later*: attempts that were left out."""

    sessions: set[str] = field(default_factory=set)
    modes: Counter[str] = field(default_factory=Counter)
    answers: dict[Item, int] = field(default_factory=dict)
    later: int = 0


class LogReader:
    """Reads exports. *mode* keeps what was answered there; *last* takes the last attempts."""

    def __init__(self, bank: Mapping[Item, Question], mode: str | None, last: bool) -> None:
        self.bank, self.mode, self.last = bank, mode, last
        self._payloads: dict[str, dict[str, Any]] = {}
        self._items: dict[tuple[str, int], tuple[Item, Choose]] = {}

    def read(self, path: Path) -> LearnerLog:
        """Raises PoemsError naming file, line and field where the file is damaged, or of another
        version of the course."""
        found = LearnerLog()
        answers, places = found.answers, []
        for id, version, said, mode in self._answers(path, found.sessions):
            places.append(mode)
            if self.mode not in (None, mode):
                continue
            item, chosen = self._item(id, version)
            if item in answers:
                found.later += 1
                if not self.last:
                    continue
            answers[item] = chosen(said.get("response")) << 1 | said["correct"]
        found.modes.update(places)
        return found

    def _item(self, id: str, version: int) -> tuple[Item, Choose]:
        known = self._items.get((id, version))
        if known is None:
            item = Item(id, version)
            chosen = bits_of(self.bank[item]) if item in self.bank else _unknown
            known = self._items[id, version] = item, chosen
        return known

    def _answers(
        self, path: Path, sessions: set[str]
    ) -> Iterator[tuple[str, int, dict[str, Any], str]]:
        """The answers of one export in the order given: item, version, payload, mode."""
        rows = self._quickly(path) if path.suffix.lower() == ".jsonl" else None
        if rows is None:
            rows = [_checked(path.name, line, event) for line, event in entries(path)]
        sessions.update(map(itemgetter(1), rows))
        rows.sort(key=itemgetter(2, 0))
        sittings: dict[str, str] = {}
        for _, _, _, kind, id, version, said in rows:
            if kind == BEGAN:
                sittings[str(said.get("sitting"))] = id
            elif kind == ANSWERED:
                mode = LESSON
                if "sitting" in said:
                    mode = sittings.get(str(said["sitting"]), "sitting")
                yield id, version, said, mode

    def _quickly(self, path: Path) -> list[Row] | None:
        """The entries of a file of JSON lines just as ``poems progress export`` writes it.

        None where a single line differs: then it is read entry by entry, which takes many times
        as long and says what is wrong. Payloads are few texts, again and again.
        """
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return None
        found = _LINE.findall(text)
        if len(found) != text.count("\n") or not text.endswith("\n"):
            return None
        rows = []
        for id, session, utc, kind, item, version, payload in found:
            said = self._payloads.get(payload)
            if said is None:
                said = self._payloads[payload] = _parsed(payload)
            if kind == ANSWERED and type(said.get("correct")) is not bool:
                return None
            rows.append((id, session, utc, kind, item, int(version), said))
        return rows


def _parsed(payload: str) -> dict[str, Any]:
    try:
        return dict(json.loads(payload))
    except ValueError:
        return {}  # an answer needs more, and so is read again by the slow way


def _unknown(response: object) -> int:
    return 0


_TEXT = r'"([^"\\\n]*)"'
_LINE = re.compile(
    rf'^{{"id": {_TEXT}, "session": {_TEXT}, "utc": {_TEXT}, "kind": {_TEXT}, "item_id": {_TEXT}, '
    r'"item_version": ([0-9]{1,6}), "payload": (\{[^{}\n]*\}), "seq": [0-9]+\}$',
    re.MULTILINE,
)


def _checked(name: str, line: int, event: Event) -> Row:
    marked = event.payload.get("correct")
    if event.kind == ANSWERED and not isinstance(marked, bool):
        what = "is missing" if marked is None else f"must be true or false, not {marked!r}"
        raise BadLine(
            f"{name}: line {line}: payload.correct: {what}; was it written by another version of "
            "the course?"
        )
    return (
        event.id, event.session, event.utc, event.kind, event.item_id, event.item_version,
        event.payload,
    )  # fmt: skip
