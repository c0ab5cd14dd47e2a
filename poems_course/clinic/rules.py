"""The published diagnostic rules, read from rules.toml."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from poems_course.content import read_entries

CRITERIA = {
    "polyneuropathy": "polyneuropathy",
    "monoclonal_plasma_cells": "monoclonal plasma cells",
    "castleman": "Castleman disease",
    "sclerotic_bone_lesions": "sclerotic bone lesions",
    "vegf": "raised VEGF",
    "organomegaly": "organomegaly",
    "extravascular_overload": "extravascular overload",
    "endocrinopathy": "endocrinopathy",
    "skin_changes": "skin changes",
    "papilloedema": "papilloedema",
    "thrombocytosis_or_polycythaemia": "thrombocytosis or polycythaemia",
}
"""Every criterion that a rule may name, with its name in a sentence."""

_OVERLOAD = ("oedema", "pleural_effusion", "ascites", "pericardial_effusion")
_BLOOD = ("thrombocytosis", "polycythaemia")


@dataclass(frozen=True)
class VegfLimits:
    """The facts that hold a rule's own VEGF limits in pg/mL, by what was measured."""

    plasma_from: str | None = None
    serum_from: str | None = None


@dataclass(frozen=True)
class Rule:
    """One published rule: groups of criteria, and how many of each a category needs.

    ``categories`` stand in order, the strictest first. A rule with the one category ``met``
    is either met or not; the others grade the diagnosis.
    """

    id: str
    name: str
    sources: tuple[str, ...]
    facts: tuple[str, ...]
    groups: dict[str, tuple[str, ...]]
    categories: dict[str, dict[str, int]]
    overload: tuple[str, ...]
    blood: tuple[str, ...] = ()
    vegf: VegfLimits = field(default_factory=VegfLimits)
    note: str = ""

    def __post_init__(self) -> None:
        for problem in _faults(self):
            raise ValueError(problem)

    @property
    def criteria(self) -> tuple[str, ...]:
        """The criteria that this rule counts, in its own order."""
        return tuple(name for group in self.groups.values() for name in group)

    @property
    def graded(self) -> bool:
        """Whether the rule grades the diagnosis (definite, probable, possible)."""
        return tuple(self.categories) != ("met",)

    def reached(self, present: AbstractSet[str]) -> str | None:
        """The first category that the criteria in *present*, and no others, reach; or None."""
        for category, needs in self.categories.items():
            if all(
                sum(name in present for name in self.groups[group]) >= count
                for group, count in needs.items()
            ):
                return category
        return None


def _faults(rule: Rule) -> list[str]:
    named = rule.criteria
    faults = [f"groups: there is no criterion '{name}'" for name in named if name not in CRITERIA]
    faults += [f"groups: '{name}' stands twice" for name in set(named) if named.count(name) > 1]
    faults += [f"overload: '{name}' is no such finding" for name in {*rule.overload} - {*_OVERLOAD}]
    faults += [f"blood: '{name}' is no such finding" for name in {*rule.blood} - {*_BLOOD}]
    if bool(rule.blood) != ("thrombocytosis_or_polycythaemia" in named):
        faults.append("blood: must name findings exactly where the criterion stands in a group")
    for category, needs in rule.categories.items():
        for group, count in needs.items():
            if group not in rule.groups:
                faults.append(f"categories.{category}: there is no group '{group}'")
            elif not 1 <= count <= len(rule.groups[group]):
                faults.append(f"categories.{category}.{group}: cannot be {count}")
    return faults


def read_rules(path: Path) -> dict[str, Rule]:
    """The rules in the file at *path*, by id. Raises ContentError."""
    return read_entries(path, Rule)


@cache
def rules() -> dict[str, Rule]:
    """The four published rules, by id: dispenzieri, suichi_2019, mayo_2003, japan_ministry."""
    return read_rules(Path(__file__).with_name("rules.toml"))
