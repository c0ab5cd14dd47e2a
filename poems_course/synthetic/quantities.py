"""Model files whose entries are single quantities, or one quantity for each of several cases.

``[name]`` holds ``value`` (a number, or a table of numbers by case), ``unit``, and either the
facts behind it or the assumption that replaces them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from poems_course.content import read_entries

FOLDER = Path(__file__).parent / "model"


@dataclass(frozen=True)
class Quantity:
    """A number of a model, or one for each case, with its facts or its assumption."""

    id: str
    value: float | dict[str, float]
    unit: str
    facts: tuple[str, ...] = ()
    assumption: str = ""

    def __post_init__(self) -> None:
        if not self.facts and not self.assumption:
            raise ValueError("needs facts or an assumption")


@cache
def quantities(model: str) -> dict[str, Quantity]:
    """All quantities of model/*model*.toml, by name. Raises ContentError on a faulty file."""
    return read_entries(FOLDER / f"{model}.toml", Quantity)


def number(model: str, name: str) -> float:
    """A quantity that is one number. Raises KeyError, or TypeError where it has cases."""
    value = quantities(model)[name].value
    if isinstance(value, dict):
        raise TypeError(f"{model}: {name} has cases")
    return value


def cases(model: str, name: str) -> dict[str, float]:
    """A quantity by case. Raises KeyError, or TypeError where it is one number."""
    value = quantities(model)[name].value
    if not isinstance(value, dict):
        raise TypeError(f"{model}: {name} has no cases")
    return value
