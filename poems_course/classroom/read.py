"""From files and folders to one table of answers, with what is odd about them said."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from poems_course.classroom.answers import Answers, Collector, Item
from poems_course.classroom.choices import by_item
from poems_course.classroom.csv_file import header
from poems_course.classroom.logs import read_logs
from poems_course.classroom.tables import Labels, read_table
from poems_course.content import PoemsError
from poems_course.progress.event import FIELDS
from poems_course.questions.records import Question

_ENDINGS = (".jsonl", ".csv")


def read(
    sources: Iterable[Path],
    bank: Mapping[str, Question],
    lesson: str | None = None,
    last: bool = False,
    mode: str | None = None,
) -> Answers:
    """The answers in files, and in the files of folders (their subfolders are left alone).

    *lesson* keeps its items only, *mode* what was answered in the lessons ("lesson") or in one kind
    of sitting; *last* takes each learner's last attempt. Raises PoemsError in one line that names
    file, entry and field. What is odd but usable is told in the notes.
    """
    known = by_item(bank)
    into, labels = Collector(last), Labels(known)
    with _no_looking_for_cycles():
        _gather(sources, known, into, labels, mode)
        answers = into.collect(lesson, labels.choices())
    notes = (
        *answers.notes,
        *_strange(answers, bank),
        *_strangers(labels),
        *_marked_otherwise(answers),
    )
    return Answers(**{**vars(answers), "notes": notes})


@contextmanager
def _no_looking_for_cycles() -> Iterator[None]:
    """Millions of rows hold no cycles; Python's search for some would double the time."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


def _gather(
    sources: Iterable[Path],
    known: Mapping[Item, Question],
    into: Collector,
    labels: Labels,
    mode: str | None,
) -> None:
    paths = _files(sources)
    logs = [path for path in paths if _is_log(path)]
    tables = sorted(set(paths) - set(logs))
    if mode and tables:
        raise PoemsError(
            f"{tables[0].name}: a table does not say where an answer was given: no --mode"
        )
    modes = read_logs(logs, known, into, mode)
    if mode and mode not in modes:
        there = f"; there are {', '.join(sorted(modes))}" if modes else ""
        raise PoemsError(f"the logs hold no answer given in {mode!r}{there}")
    if mode is None and len(modes) > 1:
        mixed = ", ".join(f"{name} ({number})" for name, number in sorted(modes.items()))
        into.notes.append(f"answers were given in different places: {mixed}; --mode keeps one")
    for path in tables:
        read_table(path, into, labels)


def _files(sources: Iterable[Path]) -> list[Path]:
    found: list[Path] = []
    for source in sources:
        if source.is_dir():
            # One look at the disk for the folder; one for each of its files would be ten thousand.
            inside = sorted(p for p in source.resolve().iterdir() if p.suffix.lower() in _ENDINGS)
            if not inside:
                raise PoemsError(f"{source}: holds no exported log (.jsonl, .csv) and no table")
            found += inside
        elif not source.exists():
            raise PoemsError(f"{source}: there is no such file or folder")
        elif source.suffix.lower() not in _ENDINGS:
            raise PoemsError(f"{source}: the name must end in .jsonl (JSON lines) or .csv")
        else:
            found.append(source.resolve())
    return list(dict.fromkeys(found))


def _is_log(path: Path) -> bool:
    """JSON lines are always a log; a CSV is one where it has any column that only a log has."""
    return path.suffix.lower() == ".jsonl" or len(header(path) & set(FIELDS)) >= 3


def _strange(answers: Answers, bank: Mapping[str, Question]) -> list[str]:
    unknown = [item.id for item in answers.items if item.id not in bank]
    other = [i for i in answers.items if i.id in bank and bank[i.id].version != i.version]
    notes = []
    if unknown:
        notes.append(
            f"{_count(unknown)} not in the bank ({_some(unknown)}): reported as the files mark "
            "them; what was chosen has no words unless the files name it"
        )
    if other:
        notes.append(
            f"{_count(other)} of another version than the bank's ({_some(map(str, other))}): kept "
            "apart, reported as the files mark them, without the words of the options"
        )
    return notes


def _count(items: list[str] | list[Item]) -> str:
    return "1 item is" if len(items) == 1 else f"{len(items)} items are"


def _some(names: Iterable[str]) -> str:
    listed = list(dict.fromkeys(names))
    more = f" and {len(listed) - 3} more" if len(listed) > 3 else ""
    return "; ".join(listed[:3]) + more


def _strangers(labels: Labels) -> list[str]:
    return [
        f"{item}: {number} choice(s) are not among its options in the bank and are not tabled"
        for item, number in labels.strangers.items()
        if number
    ]


def _marked_otherwise(answers: Answers) -> list[str]:
    """Answers whose mark in the file is not the one that the key gives: was the key changed?"""
    notes = []
    for at, (item, choices) in enumerate(zip(answers.items, answers.choices, strict=True)):
        key = sum(1 << bit for bit, choice in enumerate(choices) if choice.right)
        chosen = answers.chosen[:, at]
        off = (chosen > 0) & ((chosen == key) != (answers.right[:, at] == 1))
        if number := int(np.count_nonzero(off)):
            notes.append(
                f"{item}: {number} answer(s) are marked in the files otherwise than by the key; "
                "the files' marks are used: was the key changed without a new version?"
            )
    return notes
