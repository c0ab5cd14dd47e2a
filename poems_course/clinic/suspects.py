"""Five suspected causes, and what each finding says of them: for, against, or nothing.

The findings have sources. The verdicts are reasoning for the classroom, given with their reasons;
they are no measured weights, and counting them up is not weighing them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from poems_course.content import read_entries

Verdict = Literal["favours", "silent", "hurts"]
VERDICTS: tuple[Verdict, ...] = ("favours", "silent", "hurts")

SUSPECTS = {
    "VEGF alone": "vegf",
    "several messengers": "messengers",
    "toxic light chain": "chain",
    "autoantibody": "antibody",
    "virus HHV-8": "virus",
}
"""Each suspect by its name, with the field of a finding that speaks of it."""


@dataclass(frozen=True)
class Opinion:
    """What one finding says of one suspect, and why."""

    verdict: Verdict
    reason: str


@dataclass(frozen=True)
class Evidence:
    """A finding with its source as a lesson names it, and what it says of each suspect."""

    id: str
    short: str
    text: str
    told_by: str
    facts: tuple[str, ...]
    vegf: Opinion
    messengers: Opinion
    chain: Opinion
    antibody: Opinion
    virus: Opinion

    def of(self, suspect: str) -> Opinion:
        """What this finding says of a suspect, named as in SUSPECTS. KeyError where unknown."""
        opinion: Opinion = getattr(self, SUSPECTS[suspect])
        return opinion


@cache
def evidence() -> dict[str, Evidence]:
    """The findings by their short name, in the order in which a lesson hears them."""
    entries = read_entries(Path(__file__).with_name("suspects.toml"), Evidence)
    return {entry.short: entry for entry in entries.values()}
