"""The register of checks, and grading them."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from poems_course.evidence import fact
from poems_course.synthetic.checks.tables import Tables

Grade = Literal["identity", "calibration", "out_of_sample"]
_MACHINERY = ("measure", "registry", "tables")


@dataclass(frozen=True)
class Outcome:
    """What a check found, in words or figures, and whether that passes."""

    got: str
    passed: bool


@dataclass(frozen=True)
class Check:
    """One check: its grade, what it asks, what is expected and the fact that says so."""

    id: str
    grade: Grade
    dataset: str
    what: str
    expected: str
    function: Callable[[Tables], Outcome]
    source: str = ""


@dataclass(frozen=True)
class Graded:
    """A check with its outcome; ``fault`` where it could not be carried out."""

    check: Check
    outcome: Outcome


_FOUND: dict[str, Check] = {}


def register(new: Check) -> None:
    """Adds a check. Raises ValueError where its id is taken, UnknownEntry where its fact is not."""
    if new.id in _FOUND:
        raise ValueError(f"the check {new.id} stands twice")
    if new.source:
        fact(new.source)
    _FOUND[new.id] = new


def check(
    id: str, grade: Grade, dataset: str, what: str, expected: str, source: str = ""
) -> Callable[[Callable[[Tables], Outcome]], Callable[[Tables], Outcome]]:
    """Registers the function below it, which takes the tables and returns an Outcome."""

    def add(function: Callable[[Tables], Outcome]) -> Callable[[Tables], Outcome]:
        register(Check(id, grade, dataset, what, expected, function, source))
        return function

    return add


@cache
def checks() -> tuple[Check, ...]:
    """All checks, from every module of this folder, in the order of their modules."""
    import poems_course.synthetic.checks as folder

    for module in sorted(pkgutil.iter_modules(folder.__path__), key=lambda found: found.name):
        if module.name not in _MACHINERY:
            importlib.import_module(f"{folder.__name__}.{module.name}")
    return tuple(_FOUND.values())


def grade(tables: Tables, chosen: Iterable[Check] | None = None) -> list[Graded]:
    """Carries out the checks. One that fails on a table that cannot be read counts as failed."""
    return [Graded(each, _outcome(each, tables)) for each in (chosen or checks())]


def _outcome(each: Check, tables: Tables) -> Outcome:
    try:
        return each.function(tables)
    except Exception as error:  # a table broken in an unforeseen way must not hide the rest
        return Outcome(f"could not be checked: {type(error).__name__}: {error}", False)
