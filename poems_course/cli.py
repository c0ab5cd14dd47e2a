"""The verbs of ``poems`` and ``python course.py``: thin, each loads only what it needs.

A wrong verb, file or field gets one line on stderr and exit code 2; a fault of the course, 3.
The launcher reads the arguments before anything is installed: only the standard library up here.
"""

from __future__ import annotations

import argparse
import contextlib
import difflib
import io
import json
import os
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

from poems_course.content import PoemsError

VERBS = {
    "lab": "open the lessons in JupyterLab",
    "diagnose": "apply the published criteria to one patient's form",
    "progress": "show, export, import or delete what is stored about your answers",
    "questions": "list the item bank, or lint it (for authors and teachers)",
    "data": "build the synthetic datasets, or check them against what was published",
    "html": "write lessons as pages that need neither Python nor a network",
    "slides": "write a lesson as slides for teaching, which need neither Python nor a network",
    "check": "check facts, questions and lessons (for authors)",
    "notebooks": "run the lessons and store their outputs in one form (for authors)",
    "test": "run all tests; what follows is passed to pytest (for authors)",
}


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(2, f"poems: {message} (poems --help shows the verbs)\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="poems", description="POEMS syndrome: an interactive course.")
    parser.set_defaults(rest=[])
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True, parser_class=_Parser)
    verb = {
        name: verbs.add_parser(name, help=text, description=text, allow_abbrev=False)
        for name, text in VERBS.items()
    }
    verb["lab"].add_argument("--no-browser", action="store_true", help="only print the address")
    verb["lab"].add_argument("--port", type=_port, help="the port to listen on")
    verb["diagnose"].add_argument("file", metavar="FILE", help="the form, as JSON")
    verb["progress"].add_argument(
        "action", nargs="?", default="show", choices=("show", "export", "import", "delete")
    )
    verb["progress"].add_argument("file", metavar="FILE", nargs="?", help=".jsonl or .csv")
    verb["progress"].add_argument("--yes", action="store_true", help="do delete")
    verb["questions"].add_argument("action", choices=("list", "lint"))
    verb["questions"].add_argument("--lesson", metavar="NN", help="only this lesson")
    verb["questions"].add_argument("--bank", metavar="DIR", help="another bank (default ours)")
    for name in ("html", "notebooks"):
        verb[name].add_argument("lesson", metavar="LESSON", nargs="?", help="01, 09 ...; else all")
    verb["slides"].add_argument("lesson", metavar="LESSON", help="01, 09 ...")
    for name in ("html", "slides"):
        verb[name].add_argument(
            "--out", metavar="DIR", required=True, help="the folder to write to"
        )
    verb["data"].add_argument("action", choices=("build", "check"))
    verb["data"].add_argument("--seed", type=int, help="another draw (default 2905)")
    verb["data"].add_argument("--patients", type=int, metavar="N", help="a cohort of N patients")
    verb["data"].add_argument("--columns", metavar="A,B", help="of that cohort only these")
    verb["data"].add_argument("--out", metavar="DIR", help="the folder to write to (default data)")
    verb["data"].add_argument("--data", metavar="DIR", help="the folder to check (default data)")
    verb["data"].add_argument("--report", metavar="FILE", help="also a report with plots (.html)")
    for name in ("check", "notebooks"):
        verb[name].add_argument("--notebooks", metavar="FOLDER", help="another folder of notebooks")
    for name in (
        "diagnose",
        "progress",
        "questions",
        "data",
        "html",
        "slides",
        "check",
        "notebooks",
    ):
        verb[name].add_argument("--json", action="store_true", help="the report as data")
    return parser


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        raise argparse.ArgumentTypeError(f"{text!r} is not a port (1 to 65535)")
    return int(text)


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The arguments, read; SystemExit 2 with one line where they are wrong, 0 after help."""
    parser, words = _parser(), list(arguments)
    if not words:
        parser.print_help()
        parser.exit()
    if not words[0].startswith("-") and words[0] not in VERBS:
        near = difflib.get_close_matches(words[0], VERBS, n=1)
        hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(VERBS)}"
        parser.exit(2, f"poems: there is no verb {words[0]!r}; {hint}\n")
    if words[0] == "test" and not {"-h", "--help"} & set(words):
        return argparse.Namespace(verb="test", rest=words[1:])
    rest: list[str] = []
    if words[0] == "lab" and "--" in words:
        at = words.index("--")
        words, rest = words[:at], words[at + 1 :]
    read = parser.parse_args(words)
    read.rest = rest
    return read


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one verb; the exit code."""
    for stream in (sys.stdout, sys.stderr):  # a Windows console may be set to a narrow code page
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    read = parse(sys.argv[1:] if arguments is None else arguments)
    try:
        code = _RUN[read.verb](read)
        print(end="", flush=True)  # what cannot be printed shows here, not after the end
    except PoemsError as error:
        return _end(2, str(error))
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if os.environ.get("POEMS_DEBUG"):
            raise
        if isinstance(error, OSError):  # a disk, a path, a permission: the computer's, not ours
            parts = (error.filename, error.strerror or error)
            return _end(2, ": ".join(str(part) for part in parts if part))
        what = f"{type(error).__name__}: {error} (POEMS_DEBUG=1 shows where)"
        return _end(3, f"a fault of the course, please report it: {what}")
    return code


def _end(code: int, line: str) -> int:
    with contextlib.suppress(OSError):
        print("poems:", " ".join(line.split()), file=sys.stderr)
    return code


def _say(data: Any, text: str, as_json: bool) -> None:
    print(json.dumps(data, indent=2, ensure_ascii=False) if as_json else text)


def _lab(read: argparse.Namespace) -> int:
    from poems_course import lab

    return lab.run(read.port, not read.no_browser, read.rest)


def _test(read: argparse.Namespace) -> int:
    from importlib.util import find_spec
    from subprocess import call

    from poems_course.folder import HOME, part

    part("tests")
    if not find_spec("pytest"):
        raise PoemsError("the tests need more packages: start them with python course.py test")
    return call([sys.executable, "-m", "pytest", *read.rest], cwd=HOME)


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


_RUN = {
    "lab": _lab,
    "diagnose": _diagnose,
    "progress": _progress,
    "questions": _questions,
    "data": _data,
    "html": _html,
    "slides": _slides,
    "check": _check,
    "notebooks": _notebooks,
    "test": _test,
}
