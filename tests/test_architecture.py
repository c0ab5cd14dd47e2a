"""Knowledge flows one way: no module imports a floor above its own; a lesson starts light."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "poems_course"
# From the ground up. Those in one tuple are neighbours, which do not know each other.
FLOORS = (
    ("content", "arguments"),
    ("document", "folder", "evidence"),
    ("clinic",),
    ("figures",),
    ("synthetic", "questions", "progress"),
    ("study",),
    ("widgets",),
    ("__init__",),
    ("lessons", "checks", "lab", "server", "classroom"),
    ("verbs",),
    ("cli",),
    ("__main__",),
)
HEIGHT = {room: height for height, rooms in enumerate(FLOORS) for room in rooms}
LIGHT = (
    "poems_course",
    *(f"poems_course.{room}" for room in ("evidence", "clinic", "figures", "questions")),
    *(f"poems_course.{room}" for room in ("progress", "study", "widgets", "cli", "checks")),
    "poems_course.classroom",
    *(f"poems_course.study.{name}" for name in ("adaptive", "advice", "certificate", "review")),
)
EXPORTS = PACKAGE / "questions" / "exports"
FORMATS = ("anki", "canvas", "gift", "moodle", "qti3", "spreadsheet")
# Readers of our exports, judges of our estimates: some under GPL or AGPL, and all for tests only.
TESTS_ONLY = {"anki", "moodle_xml_parser", "text2qti", "genanki", "catsim", "catpie"}
HEAVY = {"numpy", "pandas", "plotly", "ipywidgets", "nbconvert", "jupyterlab", "sqlite3", "fsrs"}


def named(source: str) -> Iterator[str]:
    """Every module that a module imports, wherever in it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def room_of(path: Path, package: Path) -> str:
    return path.relative_to(package).with_suffix("").parts[0]


def imported(source: str) -> Iterator[str]:
    """The rooms of the course that a module imports, wherever in it."""
    for node in ast.walk(ast.parse(source)):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        for name in names:
            first, _, rest = name.partition(".")
            if first == PACKAGE.name:
                room = rest.partition(".")[0]
                yield room if room in HEIGHT else "__init__"


def upward(package: Path) -> list[str]:
    """Every import of a room that is not below the importing one."""
    found = []
    for path in sorted(package.rglob("*.py")):
        own = room_of(path, package)
        for room in imported(path.read_text(encoding="utf-8")):
            if room != own and HEIGHT[room] >= HEIGHT[own]:
                found.append(f"{path.relative_to(package).as_posix()} imports {room}")
    return found


def test_every_room_has_its_floor() -> None:
    assert {room_of(path, PACKAGE) for path in PACKAGE.rglob("*.py")} == set(HEIGHT)


def test_no_module_imports_a_floor_above_its_own() -> None:
    assert upward(PACKAGE) == []


@pytest.mark.parametrize("name", LIGHT)
def test_importing_loads_nothing_heavy(name: str) -> None:
    program = f"import sys, {name}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert not HEAVY & set(done.stdout.split())


def test_a_format_knows_no_other_and_only_the_verb_knows_them() -> None:
    formats = {f"poems_course.questions.exports.{name}" for name in FORMATS}
    for path in PACKAGE.rglob("*.py"):
        known = set(named(path.read_text(encoding="utf-8"))) & formats
        assert not known or path == EXPORTS / "verb.py" or path.stem in FORMATS, path
        if path.parent == EXPORTS and path.stem in FORMATS:
            assert known == set(), path


def strangers(package: Path) -> list[str]:
    """Every import of a package that is for tests only."""
    return [
        f"{path.relative_to(package).as_posix()} imports {name}"
        for path in sorted(package.rglob("*.py"))
        for name in named(path.read_text(encoding="utf-8"))
        if name.partition(".")[0] in TESTS_ONLY
    ]


def test_what_is_shipped_imports_no_reader_of_the_tests() -> None:
    assert strangers(PACKAGE) == []
    learner = (PACKAGE.parent / "requirements.txt").read_text(encoding="utf-8")
    assert not [name for name in TESTS_ONLY if f"\n{name.replace('_', '-')}==" in learner]


# Planted faults: each must be told.
def test_an_import_of_a_reader_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.py").write_text("def late():\n    from anki.collection import Collection")
    assert strangers(tmp_path) == ["x.py imports anki.collection"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("from poems_course.widgets import kit", ["clinic/x.py imports widgets"]),
        ("def late():\n    import poems_course.figures.draw", ["clinic/x.py imports figures"]),
        ("from poems_course import explore", ["clinic/x.py imports __init__"]),
        ("from poems_course.evidence import fact", []),
    ],
)
def test_an_import_upwards_is_told(tmp_path: Path, line: str, told: list[str]) -> None:
    (tmp_path / "clinic").mkdir()
    (tmp_path / "clinic" / "x.py").write_text(line, encoding="utf-8")
    assert upward(tmp_path) == told
