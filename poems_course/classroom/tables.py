"""Reading a teacher's own table of answers, as CSV, wide or long.

wide:  learner, then one column for each item (``q01-delay``, or ``q01-delay@2`` for version 2).
       Cells are 1, 0 or empty; or, where a row's learner is called "key", what was chosen.
long:  learner, item and correct (1 or 0); if there are: version, choice, attempt.

For an item of the bank a choice is an option's text or its letter in the bank's order.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from string import ascii_lowercase

from poems_course.classroom.answers import Choice, Collector, Item
from poems_course.classroom.choices import bits_of, choices_of
from poems_course.classroom.csv_file import Row, csv_rows
from poems_course.content import ContentError
from poems_course.questions.records import Question

LONG = ("learner", "item", "version", "correct", "choice", "attempt")
_NEEDED = {"learner", "item", "correct"}
_ITEM = re.compile(r"(?P<id>[^@]+)(?:@(?P<version>[1-9][0-9]{0,5}))?")
MOST_CHOICES = 12  # with more different answers to an item there is no table of choices
Answer = tuple[str, Item, bool, str]  # learner, item, right, choice


class Labels:
    """What can be chosen: the options of an item of the bank, else the texts of the files."""

    def __init__(self, bank: Mapping[Item, Question]) -> None:
        self.bank = bank
        self.strangers: Counter[Item] = Counter()  # choices that are no option of the bank's item
        self._of: dict[Item, dict[str, int]] = {}
        self._right: dict[Item, set[str]] = {}

    def learn(self, item: Item, texts: Iterable[str], right: Iterable[str]) -> None:
        """Meets the texts that a file holds for *item*, and those of them that were right."""
        if item not in self._of:
            self._of[item] = _options(self.bank[item]) if item in self.bank else {}
        known = self._of[item]
        if item not in self.bank:
            for text in sorted(set(texts) - known.keys()):
                known[text] = 1 << len(known)
        self._right.setdefault(item, set()).update(right)

    def bits(self, item: Item, text: str) -> int:
        """The choice *text* as a bit; 0 for none, and for one that is not known."""
        if not text:
            return 0
        question = self.bank.get(item)
        if question and question.type == "numeric":
            return bits_of(question)(text)
        known = self._of[item]
        found = known.get(text.strip().lower() if question else text, 0)
        if question and known and not found:
            self.strangers[item] += 1
        return found if len(known) <= MOST_CHOICES else 0

    def choices(self) -> dict[Item, tuple[Choice, ...]]:
        """For each item its choices, bit by bit; none where there are too many."""
        own = {
            item: tuple(Choice(text, text in self._right[item]) for text in known)
            for item, known in self._of.items()
            if len(known) <= MOST_CHOICES
        }
        bank = {item: choices_of(question) for item, question in self.bank.items()}
        return bank | {item: shown for item, shown in own.items() if item not in bank}


def _options(question: Question) -> dict[str, int]:
    bits = {}
    for at, choice in enumerate(choices_of(question)):
        bits[choice.text.strip().lower()] = bits[ascii_lowercase[at]] = 1 << at
    return bits


def read_table(path: Path, into: Collector, labels: Labels) -> None:
    """Adds the answers of a wide or long table. Raises PoemsError naming file, line and column."""
    rows = csv_rows(path)
    _, names = next(rows)
    if len(set(names)) != len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise ContentError(path.name, "line 1", twice, "two columns have this name")
    if "item" in names or "correct" in names:
        _read_long(path.name, names, rows, into, labels)
    elif names[0] != "learner":
        problem = "the first column must be called learner; docs/class.md shows such tables"
        raise ContentError(path.name, "line 1", names[0], problem)
    else:
        _read_wide(path.name, names, list(rows), into, labels)


def _item(name: str, place: str, text: str, version: str = "") -> Item:
    found = _ITEM.fullmatch(text.strip())
    if not found or (version and not re.fullmatch(r"[1-9][0-9]{0,5}", version)):
        raise ContentError(name, place, "item" if not found else "version", "names no item")
    return Item(found["id"], int(version or found["version"] or 1))


def _read_wide(
    name: str, names: list[str], rows: list[Row], into: Collector, labels: Labels
) -> None:
    items = [_item(name, "line 1", text) for text in names[1:]]
    keys = [values for _, values in rows if values[0].strip().lower() == "key"]
    if len(keys) > 1:
        raise ContentError(name, "", "learner", "there are two rows called key")
    if keys and "" in keys[0][1:]:
        raise ContentError(name, "key", names[keys[0].index("", 1)], "the key has no answer here")
    codes = [
        _codes(labels, item, {values[at] for _, values in rows}, keys[0][at]) if keys else MARKS
        for at, item in enumerate(items, start=1)
    ]
    columns = [into.column(item) for item in items]
    seen: dict[str, int] = {}
    for line, values in rows:
        learner = values[0].strip()
        if learner.lower() == "key":
            continue
        _only_once(name, line, learner, seen)
        cells = zip(columns, codes, values[1:], strict=True)
        try:
            given = {column: code[cell] for column, code, cell in cells if cell}
        except KeyError as error:
            at = next(at for at, cell in enumerate(values[1:], 1) if cell == error.args[0])
            problem = f"must be 1, 0 or empty, not {values[at][:20]!r} (no row is called key)"
            raise ContentError(name, f"line {line}", names[at], problem) from None
        row = into.row(learner)
        if row:
            for column, code in given.items():
                into.add(row, column, bool(code & 1), code >> 1)
        else:
            row.update(given)


MARKS = {"0": 0, "1": 1}


def _codes(labels: Labels, item: Item, texts: set[str], key: str) -> dict[str, int]:
    """For each text that a column holds: the choice as bits, then one bit for right."""
    labels.learn(item, texts - {""}, {key})
    return {text: labels.bits(item, text) << 1 | (text == key) for text in texts if text}


def _only_once(name: str, line: int, learner: str, seen: dict[str, int]) -> None:
    if not learner:
        raise ContentError(name, f"line {line}", "learner", "is empty")
    if learner in seen:
        raise ContentError(
            name, f"line {line}", "learner", f"is the same as in line {seen[learner]}"
        )
    seen[learner] = line


def _read_long(
    name: str, names: list[str], rows: Iterator[Row], into: Collector, labels: Labels
) -> None:
    for column in names:
        if column not in LONG:
            raise ContentError(
                name, "line 1", column, f"is not a column of such a table: {', '.join(LONG)}"
            )
    for column in sorted(_NEEDED - set(names)):
        raise ContentError(name, "line 1", column, "this column is missing")
    at = {column: place for place, column in enumerate(names)}
    read = list(rows)
    if "attempt" in at:
        read.sort(key=lambda row: _attempt(name, row[0], row[1][at["attempt"]]))
    answers = list(_long_answers(name, at, read))
    met: dict[Item, tuple[set[str], set[str]]] = {}
    for _, item, right, text in answers:
        texts, rights = met.setdefault(item, (set(), set()))
        if text:
            texts.add(text)
            if right:
                rights.add(text)
    for item, (texts, rights) in met.items():
        labels.learn(item, texts, rights)
    columns = {item: into.column(item) for item in met}
    for learner, item, right, text in answers:
        into.add(into.row(learner), columns[item], right, labels.bits(item, text))


def _long_answers(name: str, at: dict[str, int], rows: list[Row]) -> Iterator[Answer]:
    known: dict[tuple[str, str], Item] = {}
    learner, item, correct = at["learner"], at["item"], at["correct"]
    version, choice = at.get("version"), at.get("choice")
    for line, cells in rows:
        key = cells[item], "" if version is None else cells[version]
        if key not in known:
            known[key] = _item(name, f"line {line}", *key)
        if not cells[learner].strip():
            raise ContentError(name, f"line {line}", "learner", "is empty")
        if cells[correct] not in ("0", "1"):
            problem = f"must be 1 or 0, not {cells[correct][:20]!r}"
            raise ContentError(name, f"line {line}", "correct", problem)
        text = "" if choice is None else cells[choice]
        yield cells[learner].strip(), known[key], cells[correct] == "1", text


def _attempt(name: str, line: int, cell: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", cell):
        raise ContentError(name, f"line {line}", "attempt", f"must be a number, not {cell[:20]!r}")
    return int(cell)
