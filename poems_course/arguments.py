"""The words that ``poems`` and ``python course.py`` understand.

The launcher reads them before anything is installed: only the standard library here.
"""

from __future__ import annotations

import argparse
import difflib
from collections.abc import Mapping, Sequence
from typing import NoReturn

VERBS = {
    "lab": "open the lessons in JupyterLab",
    "diagnose": "apply the published criteria to one patient's form",
    "progress": "show, export, import or delete what is stored about your answers",
    "questions": "list the item bank, or lint it (for authors and teachers)",
    "export": "write the item bank for Moodle, Canvas, QTI 3, GIFT, Anki or a spreadsheet",
    "class": "report on a class's answers, or set a cut score (for teachers)",
    "data": "build the synthetic datasets, or check them against what was published",
    "html": "write lessons as pages that need neither Python nor a network",
    "slides": "write a lesson as slides for teaching, which need neither Python nor a network",
    "check": "check facts, questions and lessons (for authors)",
    "notebooks": "run the lessons and store their outputs in one form (for authors)",
    "test": "run all tests; what follows is passed to pytest (for authors)",
}


FORMATS = ("csv", "moodle", "canvas", "qti3", "gift", "anki")
SECRECY = """\
How secret is a question? Four levels, and what each can promise:
  0 study            answers ship with the course; anyone can look them up
  1 class practice   not supervised: do not grade on accuracy alone
  2 server-marked    your platform keeps the key; who answers, and with whom, is not controlled
  3 examination      not us: export to your own examination platform
The course's bank is public: levels 0 and 1, for ever. For 2 and 3 keep a bank of your own in a
folder outside the repository (same files, same rules, pool = "private") and name it with --bank.
What a format cannot hold is told on stderr. More: docs/exports.md."""


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
    _learner(verb)
    _teacher(verb)
    _author(verb)
    for name in VERBS.keys() - {"lab", "test"}:
        verb[name].add_argument("--json", action="store_true", help="the report as data")
    return parser


Verbs = Mapping[str, argparse.ArgumentParser]


def _learner(verb: Verbs) -> None:
    verb["lab"].add_argument("--no-browser", action="store_true", help="only print the address")
    verb["lab"].add_argument("--port", type=_port, help="the port to listen on")
    verb["diagnose"].add_argument("file", metavar="FILE", help="the form, as JSON")
    verb["progress"].add_argument(
        "action", nargs="?", default="show", choices=("show", "export", "import", "delete")
    )
    verb["progress"].add_argument("file", metavar="FILE", nargs="?", help=".jsonl or .csv")
    verb["progress"].add_argument("--yes", action="store_true", help="do delete")


def _teacher(verb: Verbs) -> None:
    verb["slides"].add_argument("lesson", metavar="LESSON", help="01, 09 ...")
    verb["questions"].add_argument("action", choices=("list", "lint"))
    verb["class"].add_argument("action", choices=("report", "sheet", "angoff"))
    verb["class"].add_argument(
        "files", metavar="FILE", nargs="*", help="logs, tables, folders of them; or rating sheets"
    )
    verb["class"].add_argument(
        "--attempts", choices=("first", "last"), help="which attempt counts (default first)"
    )
    verb["class"].add_argument("--mode", help="only answers of one kind: lesson, examination ...")
    for name in ("html", "slides"):
        verb[name].add_argument(
            "--out", metavar="DIR", required=True, help="the folder to write to"
        )
    where = "the folder to write to (default class-report)"
    verb["class"].add_argument("--out", metavar="DIR", default="class-report", help=where)
    verb["export"].add_argument("--format", choices=FORMATS, required=True, help="the program")
    where = "the file to write (default poems-moodle.xml and so on)"
    verb["export"].add_argument("--out", metavar="FILE", help=where)
    for name in ("questions", "export", "class"):
        verb[name].add_argument("--lesson", metavar="NN", help="only this lesson")
        verb[name].add_argument("--bank", metavar="DIR", help="another bank (default ours)")
    verb["export"].formatter_class = argparse.RawDescriptionHelpFormatter
    verb["export"].epilog = SECRECY


def _author(verb: Verbs) -> None:
    for name in ("html", "notebooks"):
        verb[name].add_argument("lesson", metavar="LESSON", nargs="?", help="01, 09 ...; else all")
    verb["data"].add_argument("action", choices=("build", "check"))
    verb["data"].add_argument("--seed", type=int, help="another draw (default 2905)")
    verb["data"].add_argument("--patients", type=int, metavar="N", help="a cohort of N patients")
    verb["data"].add_argument("--columns", metavar="A,B", help="of that cohort only these")
    verb["data"].add_argument("--out", metavar="DIR", help="the folder to write to (default data)")
    verb["data"].add_argument("--data", metavar="DIR", help="the folder to check (default data)")
    verb["data"].add_argument("--report", metavar="FILE", help="also a report with plots (.html)")
    for name in ("check", "notebooks"):
        verb[name].add_argument("--notebooks", metavar="FOLDER", help="another folder of notebooks")


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
