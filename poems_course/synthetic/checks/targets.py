"""Targets declared in model/course_targets.toml before fitting, and checks that measure them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from poems_course.content import read_entries
from poems_course.synthetic.checks.registry import Check, Outcome, register
from poems_course.synthetic.checks.tables import Tables

_FILE = Path(__file__).parent.parent / "model" / "course_targets.toml"
Measure = Callable[[Tables], float]


@dataclass(frozen=True)
class Target:
    """A published figure as a range from *low* to *high*; ``why`` says where the range is from."""

    id: str
    dataset: str
    grade: Literal["calibration", "out_of_sample"]
    what: str
    unit: str
    low: float
    high: float
    why: str
    fact: str

    @property
    def expected(self) -> str:
        """The range in words."""
        return f"{self.low:g} to {self.high:g} {self.unit} ({self.why})"


@cache
def targets() -> dict[str, Target]:
    """All targets, by id. Raises ContentError on a faulty file."""
    return read_entries(_FILE, Target)


def measured(id: str) -> Callable[[Measure], Measure]:
    """Registers the function below it as the check of target *id*: it returns what was got."""
    target = targets()[id]

    def add(function: Measure) -> Measure:
        def outcome(tables: Tables) -> Outcome:
            got = function(tables)
            said = f"{got:.4g} {target.unit}"
            return Outcome(said, target.low <= got <= target.high)

        register(
            Check(
                id, target.grade, target.dataset, target.what, target.expected, outcome, target.fact
            )
        )
        return function

    return add
