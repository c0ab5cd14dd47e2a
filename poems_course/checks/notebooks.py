"""The form of a lesson: what its notebook file must and must not hold.

Each rule is a plain function on the notebook and gives (cell, problem); cells count from 0, and
-1 is the lesson as a whole. Whether its numbers have sources is the ledger's to say.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from poems_course.checks.lesson import Lesson
from poems_course.content import PoemsError
from poems_course.evidence.ledger import Finding

MINUTES = range(15, 26)  # how long a lesson takes
WORDS_A_MINUTE, MINUTES_A_QUESTION, MINUTES_ANEXPLORER = 230, 0.75, 1.5
CODE_LINES, CHECK_CELLS, OUTPUT_BYTES = 3, 2, 100_000
SECTIONS = ("Objectives", "Take-home points", "References")
CHECK = "nbval-check-output"

QUIZ = re.compile(r"""\bquiz\(\s*["']([^"']*)["']\s*,\s*["']([^"']*)["']""")
EXPLORE = re.compile(r"""\bexplore\(\s*["']([^"']*)["']""")
_LINK = re.compile(r"\]\(\s*<?([^)>\s]+)")
_MACHINE_PATH = re.compile(r"(?<![\w.:/])(/(home|Users|root|work|tmp|mnt|opt)/\w|[A-Za-z]:\\\w)")
_REFERENCES = re.compile(r"^#{1,4} +References\b", re.MULTILINE)
_NOT_READ = re.compile(r"<!--.*?-->|\]\([^)]*\)|<[^>]+>", re.DOTALL)

Problems = Iterator[tuple[int, str]]


def check(lesson: Lesson) -> list[Finding]:
    """Everything that is wrong with the form of a lesson."""
    return _found(lesson, (*FORM, *RULES))


def check_form(notebook: Lesson) -> list[Finding]:
    """What is wrong with a notebook beside the lessons."""
    return _found(notebook, FORM)


def _found(lesson: Lesson, rules: tuple[Callable[[Lesson], Problems], ...]) -> list[Finding]:
    return [
        Finding(lesson.path.name, "the lesson" if cell < 0 else cell, "", problem)
        for rule in rules
        for cell, problem in rule(lesson)
    ]


def size(lesson: Lesson) -> tuple[int, int, int]:
    """How many words, questions and explorers a learner meets; the references are not read."""
    prose = "\n".join(text for _, text in lesson.sources("markdown"))
    code = "\n".join(text for _, text in lesson.sources("code"))
    words = len(_NOT_READ.sub(" ", _REFERENCES.split(prose)[0]).split())
    questions = sum(_count_questions(*place) or 0 for place in QUIZ.findall(code))
    return words, questions, len(set(EXPLORE.findall(code)))  # check cells call them again


def minutes(lesson: Lesson) -> float:
    """How long a learner needs, estimated."""
    words, questions, explorers = size(lesson)
    spent = questions * MINUTES_A_QUESTION + explorers * MINUTES_ANEXPLORER
    return words / WORDS_A_MINUTE + spent


def _count_questions(number: str, place: str) -> int | None:
    from poems_course.questions import questions

    try:
        return len(questions(number, place))
    except PoemsError:
        return None


def _kernel(lesson: Lesson) -> Problems:
    metadata = lesson.notebook.get("metadata", {})
    if metadata.get("kernelspec", {}).get("name") != "python3":
        yield -1, "metadata.kernelspec must name python3"
    if "widgets" in metadata:
        yield -1, "metadata.widgets: saved widget state must not be stored"


def _ids(lesson: Lesson) -> Problems:
    seen: set[str] = set()
    for number, cell in enumerate(lesson.cells):
        name = cell.get("id")
        if not name or name in seen:
            yield number, f"the id {name!r} is taken" if name else "has no id"
        seen.add(name or "")


def _sections(lesson: Lesson) -> Problems:
    text = "\n".join(text for _, text in lesson.sources("markdown"))
    for section in SECTIONS:
        if not re.search(rf"^#{{1,4}} +{section}\b", text, re.MULTILINE | re.IGNORECASE):
            yield -1, f"there is no heading {section!r}"


def _code(lesson: Lesson) -> Problems:
    for number, text in lesson.sources("code"):
        lines = [line for line in text.splitlines() if line.strip()]
        if not 1 <= len(lines) <= CODE_LINES:
            yield number, f"a code cell has 1 to {CODE_LINES} lines, not {len(lines)}"
        if not number or lesson.cells[number - 1]["cell_type"] != "markdown":
            yield number, "a code cell comes after prose"


def _calls(lesson: Lesson) -> Problems:
    from poems_course.figures import exploration

    for number, text in lesson.sources("code"):
        for place in QUIZ.findall(text):
            if _count_questions(*place) is None:
                yield number, f"there are no questions for {' '.join(place)}"
        for name in EXPLORE.findall(text):
            try:
                exploration(name)
            except PoemsError as error:
                yield number, str(error)


def _check_cells(lesson: Lesson) -> Problems:
    tagged = [
        (number, cell)
        for number, cell in enumerate(lesson.cells)
        if CHECK in cell.get("metadata", {}).get("tags", ())
    ]
    if len(tagged) < CHECK_CELLS:
        yield -1, f"{len(tagged)} check cells (tag {CHECK}); at least {CHECK_CELLS} are needed"
    for number, cell in tagged:
        if not cell.get("outputs"):
            yield number, "a check cell without a stored output checks nothing"
        if not isinstance(cell.get("execution_count"), int):
            yield number, "a check cell without an execution count is never compared"


def _outputs(lesson: Lesson) -> Problems:
    for number, output in lesson.outputs():
        if output.get("output_type") == "error":
            yield number, f"a stored error: {output.get('ename', '')}"
        data = output.get("data", {})
        if "application/vnd.jupyter.widget-view+json" in data:
            yield number, "a stored view of a widget, which nothing can draw without a kernel"
        text = json.dumps(output, ensure_ascii=False)
        if "<script" in text.lower():
            yield number, "a script in a stored output"
        if (size := len(text.encode())) > OUTPUT_BYTES:
            yield number, f"an output of {size // 1000} kB; {OUTPUT_BYTES // 1000} kB is the limit"


def _machine_paths(lesson: Lesson) -> Problems:
    for number, cell in enumerate(lesson.cells):
        stored = [output.get("text", output.get("data", "")) for output in cell.get("outputs", ())]
        for text in ("".join(cell["source"]), *_texts(stored)):
            if found := _MACHINE_PATH.search(text):
                yield number, f"a path of somebody's computer: {found[0]}..."
                break


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)


def _links(lesson: Lesson) -> Problems:
    for number, text in lesson.sources("markdown"):
        for problem in broken_links(text, lesson.path.parent):
            yield number, problem


def broken_links(markdown: str, folder: Path) -> Iterator[str]:
    """Links of a text to files that are not there; *folder* is where the text lies."""
    for target in _LINK.findall(markdown):
        file = unquote(target.partition("#")[0])
        if not file or re.match(r"[a-z]+:", target):
            continue
        if not (folder / file).exists():
            yield f"a link to {file}, which is not there"


def _quoted_tables(lesson: Lesson) -> Problems:
    for number, text in lesson.sources("markdown"):
        if re.search(r"^> *\|", text, re.MULTILINE):
            yield number, "a table in a block quote, of which an exported page makes one line"


def _length(lesson: Lesson) -> Problems:
    if (estimate := round(minutes(lesson))) not in MINUTES:
        parts = "{} words, {} questions, {} explorers".format(*size(lesson))
        meant = f"{MINUTES[0]} to {MINUTES[-1]} minutes are meant"
        yield -1, f"takes about {estimate} minutes ({parts}); {meant}"


FORM: tuple[Callable[[Lesson], Problems], ...] = (
    *(_kernel, _ids, _code, _calls, _outputs, _machine_paths, _links, _quoted_tables),
)
RULES: tuple[Callable[[Lesson], Problems], ...] = (_sections, _check_cells, _length)
