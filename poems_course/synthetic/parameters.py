"""The generators' numbers, read from model/: each with its fact or an assumption."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Literal

from poems_course.content import read_entries

FOLDER = Path(__file__).parent / "model"
Shares = dict[str, float]


@dataclass(frozen=True)
class Constant:
    """One number with its fact, or the assumption that replaces one."""

    id: str
    value: float
    unit: str
    assumption: str = ""
    fact: str = ""

    def __post_init__(self) -> None:
        _sourced({self.id: self.fact} if self.fact else {}, self.assumption)


@dataclass(frozen=True)
class Group:
    """One diagnosis: patients that ship, ages in years, share of men, delay in months."""

    id: str
    label: str
    patients: int
    age: float
    age_sd: float
    men: float
    delay: float
    delay_spread: float
    first_label: Shares
    assumption: str = ""
    facts: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _sourced(self.facts, self.assumption)
        if abs(sum(self.first_label.values()) - 1) > 1e-9:
            raise ValueError("first_label must add up to 1")


@dataclass(frozen=True)
class Finding:
    """A yes-or-no finding: its share in each diagnosis, see findings.toml."""

    id: str
    share: Shares
    assumption: str = ""
    facts: dict[str, str] = field(default_factory=dict)
    women: Shares = field(default_factory=dict)
    within: str = ""
    test: str = ""

    def __post_init__(self) -> None:
        _sourced(self.facts, self.assumption)

    def share_of(self, group: str, sex: str) -> float:
        """The share of *group* (its id) and *sex* (M or F) that has the finding."""
        if sex == "F" and self.women:
            return _of(self.women, group)
        return _of(self.share, group)


@dataclass(frozen=True)
class Laboratory:
    """A laboratory value, see laboratory.toml."""

    id: str
    assumption: str = ""
    facts: dict[str, str] = field(default_factory=dict)
    median: Shares = field(default_factory=dict)
    spread: Shares = field(default_factory=dict)
    times: Shares = field(default_factory=dict)
    wider: Shares = field(default_factory=dict)
    involved: Shares = field(default_factory=dict)
    least: Shares = field(default_factory=dict)
    most: Shares = field(default_factory=dict)
    beyond: Shares = field(default_factory=dict)
    side: Literal["high", "low", ""] = ""
    inside: float = 0.0
    past: float = 0.0
    test: str = ""

    def __post_init__(self) -> None:
        _sourced(self.facts, self.assumption)
        if bool(self.beyond) != bool(self.side):
            raise ValueError("beyond and side stand together")


@dataclass(frozen=True)
class Chain:
    """The chains of the clone: for each diagnosis a share of each word, in order."""

    id: str
    words: tuple[str, ...]
    share: dict[str, tuple[float, ...]]
    assumption: str = ""
    facts: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _sourced(self.facts, self.assumption)
        if any(abs(sum(shares) - 1) > 1e-9 for shares in self.share.values()):
            raise ValueError("the shares of each diagnosis must add up to 1")

    def shares_of(self, group: str) -> tuple[float, ...]:
        """The shares of *group*, else the default's."""
        return self.share.get(group) or self.share["default"]


@dataclass(frozen=True)
class HeldOut:
    """A fact that no model file may name: it grades the generator. ``part`` says which number."""

    id: str
    part: str


@dataclass(frozen=True)
class Test:
    """Something not done in a share of all patients, whatever their diagnosis."""

    id: str
    not_done: float
    why: str


@dataclass(frozen=True)
class Dependence:
    """Spearman's rho between each two of the variables."""

    id: str
    between: tuple[str, ...]
    spearman: float
    assumption: str = ""
    fact: str = ""

    def __post_init__(self) -> None:
        _sourced({self.id: self.fact} if self.fact else {}, self.assumption)


def _sourced(facts: dict[str, str], assumption: str) -> None:
    if not facts and not assumption:
        raise ValueError("needs a fact or an assumption")


def _of(shares: Shares, group: str, otherwise: float | None = None) -> float:
    if group in shares:
        return shares[group]
    if "default" in shares:
        return shares["default"]
    if otherwise is None:
        raise KeyError(group)
    return otherwise


def of(shares: Shares, group: str, otherwise: float) -> float:
    """The entry of *group*, else the default's, else *otherwise*."""
    return _of(shares, group, otherwise)


@cache
def groups() -> dict[str, Group]:
    """The diagnoses, by id, in order."""
    return read_entries(FOLDER / "groups.toml", Group)


@cache
def findings() -> dict[str, Finding]:
    """The yes-or-no findings, by id, in order."""
    return read_entries(FOLDER / "findings.toml", Finding)


@cache
def laboratory() -> dict[str, Laboratory]:
    """The laboratory values, by id, in order."""
    return read_entries(FOLDER / "laboratory.toml", Laboratory)


@cache
def chains() -> dict[str, Chain]:
    """Light and heavy chain of the clone."""
    return read_entries(FOLDER / "chains.toml", Chain)


@cache
def tests() -> dict[str, Test]:
    """What may not have been done, by id."""
    return read_entries(FOLDER / "tests.toml", Test)


@cache
def dependence() -> dict[str, Dependence]:
    """The correlations, by id."""
    return read_entries(FOLDER / "dependence.toml", Dependence)


@cache
def constant(name: str) -> float:
    """A single number of model/constants.toml."""
    return read_entries(FOLDER / "constants.toml", Constant)[name].value


def pairs(entries: Iterable[Dependence]) -> dict[tuple[str, str], float]:
    """Every named pair of variables with its correlation."""
    return {pair: entry.spearman for entry in entries for pair in combinations(entry.between, 2)}
