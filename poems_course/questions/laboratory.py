"""Laboratory values in a sentence: what was measured, and whether a unit follows the number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from poems_course.content import read_entries

LABORATORY = Path(__file__).with_name("laboratory.toml")

_BETWEEN = (
    r"(?:[ ,=]+(?:levels?|counts?|concentrations?|values?|is|are|was|were|of|at|now|only|still"
    r"|about|over|under|above|below|from|to|reached|measured|read|fell|rose|has|had|fallen|risen|a|an))*"
)
_VALUE = _BETWEEN + r"[ ,=]+(?:[0-9][0-9 .,\u00a0\u202f]*[0-9]|[0-9])(?![0-9])"
# One unit serves both ends of a range, or two values in a row ("kappa 31 and lambda 34 mg/L").
_SECOND = r"(?:\s*(?:to|and|or|–|-)\s*(?:[a-z-]+ ){0,3}[0-9][0-9 .,\u00a0\u202f]*)?"
# A number that counts something else, as in "VEGF of 12 patients".
_NO_VALUE = re.compile(
    r"\s*(?:%|(?:more |other )?(?:patients|people|women|men|samples|times|of [0-9]|day|week"
    r"|month|year))"
)


@dataclass(frozen=True)
class Analyte:
    """What a laboratory measures: the words it goes by and the units that its value may carry."""

    id: str
    names: tuple[str, ...]
    units: tuple[str, ...]


@cache
def laboratory() -> dict[str, Analyte]:
    """What the rule of units knows, by id."""
    return read_entries(LABORATORY, Analyte)


@cache
def _measured() -> tuple[tuple[re.Pattern[str], re.Pattern[str], Analyte], ...]:
    found = []
    for analyte in laboratory().values():
        names = "|".join(sorted(map(re.escape, analyte.names), key=len, reverse=True))
        units = "|".join(re.escape(unit) for unit in analyte.units)
        value = re.compile(rf"\b(?:{names})\b{_VALUE}", re.I)
        found.append((value, re.compile(rf"{_SECOND}\s*(?:{units})(?!\w)", re.I), analyte))
    return tuple(found)


def values(text: str) -> Iterator[tuple[str, bool, Analyte]]:
    """Each laboratory value in a text: the words, whether a unit follows, what was measured."""
    flat = " ".join(text.split())
    for value, unit, analyte in _measured():
        for found in value.finditer(flat):
            if "%" in analyte.units or not _NO_VALUE.match(flat, found.end()):
                yield found[0], bool(unit.match(flat, found.end())), analyte
