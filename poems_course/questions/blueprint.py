"""What the bank must cover: lessons by level, kinds of question, shares of the whole."""

from __future__ import annotations

import itertools
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from poems_course.questions.records import Question

FILE = Path(__file__).with_name("blueprint.toml")
LEVELS = ("recall", "apply", "reason")
VIGNETTES = "single choices with a vignette"


@cache
def blueprint() -> dict[str, dict[str, Any]]:
    """The targets of the data file: tables ``lessons``, ``bank`` and ``types``."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def coverage(items: Sequence[Question]) -> list[tuple[str, str, int, int]]:
    """Every cell: the lesson ("" for the whole bank), what, how many there are and are needed."""
    wanted = blueprint()
    rows = []
    for lesson in wanted["lessons"]["taught"]:
        own = [item for item in items if item.lesson == lesson]
        rows.append((lesson, "items", len(own), wanted["lessons"]["items"]))
        for level in LEVELS:
            have = sum(item.level == level for item in own)
            rows.append((lesson, level, have, wanted["lessons"][level]))
    vignettes = sum(item.type == "single" and "vignette" in item.tags for item in items)
    most = max(len(items), wanted["bank"]["items"])
    rows += [
        ("", "items", len(items), wanted["bank"]["items"]),
        ("", "reason", sum(item.level == "reason" for item in items), wanted["bank"]["reason"]),
        ("", VIGNETTES, vignettes, round(wanted["bank"]["vignette_share"] * most)),
        ("", "figure", sum(item.figure is not None for item in items), wanted["bank"]["figure"]),
    ]
    for kind, need in wanted["types"].items():
        rows.append(("", kind, sum(item.type == kind for item in items), need))
    return rows


def gaps(items: Sequence[Question]) -> Iterator[tuple[str, str, str]]:
    """The file (may be empty), no item, and what a lesson or the bank has too few of.

    A bank with private items alone is for an examination, whose blueprint is its teacher's.
    """
    if items and all(item.pool == "private" for item in items):
        return
    for lesson, cells in itertools.groupby(coverage(items), key=lambda cell: cell[0]):
        short = [f"{what} {have} of {need}" for _, what, have, need in cells if have < need]
        if short:
            yield (
                f"{lesson}.toml" if lesson else "",
                "",
                f"short of the blueprint: {', '.join(short)}",
            )
