"""Reading the numbers that stand in a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_RAISED = re.compile("10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
# Digits that belong to a name (B12, IL-6, CD138, IGLV1-44) are no quantity; "x10^9" is one.
_NAME = re.compile(r"(?<!\w)(?![x×]10)[^\W\d_]+-?[0-9]+(?:-[0-9]+)*")
_NUMERAL = re.compile(
    r"(?<![0-9.,_])"
    r"(?:(?P<power>10\^\{?-?[0-9]+\}?)"
    r"|(?P<grouped>[0-9]{1,3}(?:[ \u00a0\u202f,][0-9]{3})+(?![0-9])(?:\.[0-9]+)?)"
    r"|(?P<plain>[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?P<ordinal>(?:st|nd|rd|th)\b)?)"
)


@dataclass(frozen=True)
class Numeral:
    """A number as printed and as a value."""

    text: str
    value: float


def numerals(text: str) -> tuple[Numeral, ...]:
    """The numbers in *text*, in order; a range gives both ends, an ordinal (2nd) none.

    "10 000", "10,000" and "10000" are one number; "10⁹" and "10^9" are a thousand million.
    """
    text = _RAISED.sub(lambda m: "10^" + m.group(1).translate(_SUPERSCRIPT), text)
    text = _NAME.sub(" ", text)
    found = []
    for match in _NUMERAL.finditer(text):
        if match["power"]:
            value = 10.0 ** int(match["power"][3:].strip("{}"))
        elif match["grouped"]:
            value = float(re.sub("[ \u00a0\u202f,]", "", match["grouped"]))
        elif match["ordinal"]:
            continue
        else:
            value = float(match["plain"])
        found.append(Numeral(match[0].strip(), value))
    return tuple(found)


def values_in(text: str) -> frozenset[float]:
    """The values of the numbers in *text*."""
    return frozenset(numeral.value for numeral in numerals(text))
