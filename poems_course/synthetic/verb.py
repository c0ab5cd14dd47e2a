"""The verb ``data``: build the datasets, or grade them."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from poems_course.content import PoemsError
from poems_course.folder import HOME, part
from poems_course.synthetic import BUILDERS, SEED, course_data, plots, report
from poems_course.synthetic.checks import Tables, grade


@dataclass(frozen=True)
class Report:
    """What the verb says, as data and as text, and whether all is well."""

    data: dict[str, Any]
    text: str
    passed: bool = True


def run(read: argparse.Namespace) -> Report:
    """Carries out ``data build`` or ``data check``. Raises PoemsError with one line."""
    building = read.action == "build"
    own = {"build": ("seed", "patients", "columns", "out"), "check": ("data", "report")}[
        read.action
    ]
    for option in ("seed", "patients", "columns", "out", "data", "report"):
        if option not in own and getattr(read, option) is not None:
            raise PoemsError(f"data {read.action} takes no --{option}")
        if getattr(read, option) == "":  # an unset variable must not stand for the lessons' data
            raise PoemsError(f"--{option} is empty")
    return _build(read) if building else _check(read)


def _build(read: argparse.Namespace) -> Report:
    if read.patients is not None and read.out is None:
        raise PoemsError("--patients needs --out DIR: data/ keeps the cohort of the lessons")
    if read.columns is not None and read.patients is None:
        raise PoemsError("--columns needs --patients N: the datasets of the lessons are whole")
    columns = None if read.columns is None else read.columns.split(",")
    folder = HOME / "data" if read.out is None else Path(read.out)
    seed = SEED if read.seed is None else read.seed
    paths = course_data.build(folder, seed, read.patients, columns)
    return Report(course_data.as_data(paths, seed), "\n".join(map(str, paths)))


def _check(read: argparse.Namespace) -> Report:
    folder = part("data") if read.data is None else Path(read.data)
    if not folder.is_dir():
        raise PoemsError(f"{folder}: there is no such folder")
    tables = Tables(folder)
    for name in BUILDERS:  # a file that cannot be read is one line, not a failed check
        tables.shipped(name)
    graded = grade(tables)
    if read.report is not None:
        report.save(Path(read.report), graded, plots.plots(tables))
    return Report(report.as_data(graded), report.as_text(graded), report.passed(graded))
