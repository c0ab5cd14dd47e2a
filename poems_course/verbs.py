"""What each verb does: thin, each loads only what it needs, gives the exit code and may raise
PoemsError, one line for the person at the keyboard."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from typing import Any

from poems_course.content import PoemsError


def _say(data: Any, text: str, as_json: bool) -> None:
    print(json.dumps(data, indent=2, ensure_ascii=False) if as_json else text)


def _lab(read: argparse.Namespace) -> int:
    from poems_course import lab

    return lab.run(read.port, not read.no_browser, read.rest)


# Each file of tests on one core, those with a browser last, as conftest.py has them.
_ON_ALL_CORES = (
    "-n",
    "auto",
    "--maxprocesses",
    "4",
    "--dist",
    "loadfile",
    "--no-loadscope-reorder",
)


def _test(read: argparse.Namespace) -> int:
    from importlib.util import find_spec
    from subprocess import call

    from poems_course.folder import HOME, part

    part("tests")
    if not find_spec("pytest"):
        raise PoemsError("the tests need more packages: start them with python course.py test")
    return call([sys.executable, "-m", "pytest", *(read.rest or _ON_ALL_CORES)], cwd=HOME)


def _diagnose(read: argparse.Namespace) -> int:
    from poems_course.clinic import diagnose

    print(diagnose.run(read.file, read.json), end="")
    return 0


def _progress(read: argparse.Namespace) -> int:
    from pathlib import Path

    from poems_course.progress import Log, report

    needs_file = read.action in ("export", "import")
    if needs_file != bool(read.file):
        raise PoemsError(f"progress {read.action} {'needs a' if needs_file else 'takes no'} FILE")
    log = Log()
    if read.action == "show":
        _say(report.as_data(log) if read.json else None, report.show(log), read.json)
        return 0
    if read.action == "delete":
        done = report.delete(log, confirmed=read.yes)
        if not read.yes:
            raise PoemsError(f"{done} Add --yes to delete it.")
    else:
        work = report.export if read.action == "export" else report.import_
        done = work(log, Path(read.file))
    notes = [f"Note: {warning}" for warning in log.warnings]
    data = {"done": done, "warnings": list(log.warnings)}
    _say(data, "\n".join([done, *notes]), read.json)
    return 0


def _questions(read: argparse.Namespace) -> int:
    from poems_course.questions import verb

    report = verb.run(read.action, read.lesson, read.bank)
    _say(report.data, report.text, read.json)
    return 0 if report.passed else 1


def _export(read: argparse.Namespace) -> int:
    from poems_course.questions.exports import verb

    done = verb.run(read.format, read.out, read.lesson, read.bank)
    _say(done.data, done.text, read.json)
    for line in done.lost:
        print("poems:", line, file=sys.stderr)
    return 0


def _class(read: argparse.Namespace) -> int:
    try:
        from poems_course.classroom import verb
    except ModuleNotFoundError as error:
        raise PoemsError(f"a class report needs the package {error.name}") from None
    report = verb.run(read)
    _say(report.data, report.text, read.json)
    return 0


def _data(read: argparse.Namespace) -> int:
    try:
        from poems_course.synthetic import verb
    except ModuleNotFoundError as error:
        raise PoemsError(f"the data need the package {error.name}") from None
    report = verb.run(read)
    _say(report.data, report.text, read.json)
    return 0 if report.passed else 1


def _html(read: argparse.Namespace) -> int:
    from pathlib import Path

    from poems_course import lessons

    pages = lessons.export(read.lesson, Path(read.out))
    _say({"pages": [str(page) for page in pages]}, "\n".join(map(str, pages)), read.json)
    return 0


def _slides(read: argparse.Namespace) -> int:
    from pathlib import Path

    from poems_course import lessons

    pages = lessons.write_slides(read.lesson, Path(read.out))
    _say({"pages": [str(page) for page in pages]}, "\n".join(map(str, pages)), read.json)
    return 0


def _check(read: argparse.Namespace) -> int:
    from poems_course import checks

    report = checks.run(read.notebooks)
    _say(report.data, report.text, read.json)
    return 1 if report.findings else 0


def _notebooks(read: argparse.Namespace) -> int:
    from pathlib import Path

    from poems_course import lessons
    from poems_course.folder import part

    folder = Path(read.notebooks) if read.notebooks else part("notebooks")
    written = lessons.refresh(folder, read.lesson)
    _say({"written": [str(path) for path in written]}, "\n".join(map(str, written)), read.json)
    return 0


RUN: dict[str, Callable[[argparse.Namespace], int]] = {
    "lab": _lab,
    "diagnose": _diagnose,
    "progress": _progress,
    "questions": _questions,
    "export": _export,
    "class": _class,
    "data": _data,
    "html": _html,
    "slides": _slides,
    "check": _check,
    "notebooks": _notebooks,
    "test": _test,
}
