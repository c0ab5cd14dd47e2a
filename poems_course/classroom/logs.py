"""Reading what learners exported with ``poems progress export``: one file is one learner."""

from __future__ import annotations

import gc
import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from pathlib import Path

from poems_course.classroom.answers import Collector, Item
from poems_course.classroom.log_file import LearnerLog, LogReader
from poems_course.content import PoemsError
from poems_course.questions.records import Question

MANY = 1000  # files
_AT_ONCE = 250
MOST = 8  # processes
Part = tuple[list[Item], list[LearnerLog]]


def read_logs(
    paths: Sequence[Path], bank: Mapping[Item, Question], into: Collector, mode: str | None = None
) -> Counter[str]:
    """Adds the answers of each file to *into*, under the file's name without its ending.

    Only those given in *mode*, if one is named. Gives how many there are of each. Raises PoemsError
    naming file, line and field where a file is damaged or of another version of the course, and
    where two files are of one learner.
    """
    names: dict[str, Path] = {}
    for path in paths:
        if path.stem in names:
            raise PoemsError(f"{path.name}: {names[path.stem].name} has the same name: rename one")
        names[path.stem] = path
    owner: dict[str, Path] = {}
    modes: Counter[str] = Counter()
    at = 0
    for items, logs in _read_all(paths, LogReader(bank, mode, into.last)):
        columns = [into.column(item) for item in items]
        for log in logs:
            _one_learner(paths[at], log.sessions, owner)
            row = into.row(paths[at].stem)
            row.update({columns[item]: code for item, code in log.answers.items()})
            into.later += log.later
            modes += log.modes
            at += 1
    return modes


def _one_learner(path: Path, sessions: Iterable[str], owner: dict[str, Path]) -> None:
    for session in sessions:
        first = owner.setdefault(session, path)
        if first is not path:
            raise PoemsError(
                f"{path.name}: session {session} stands in {first.name} too: two exports of one "
                "learner; leave one of them out"
            )


def _read_all(paths: Sequence[Path], reader: LogReader) -> Iterable[Part]:
    """The logs in the order of *paths*; of many files, read on all cores."""
    if len(paths) < MANY:
        return [_read_part(reader, paths)]
    parts = [paths[at : at + _AT_ONCE] for at in range(0, len(paths), _AT_ONCE)]
    with ProcessPoolExecutor(min(os.cpu_count() or 1, MOST)) as pool:
        return list(pool.map(_read_part, repeat(reader), parts))


def _read_part(reader: LogReader, paths: Sequence[Path]) -> Part:
    gc.disable()  # in a process of its own, which ends soon
    logs = [reader.read(path) for path in paths]
    return list(reader.items), logs
