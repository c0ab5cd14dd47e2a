"""What Moodle asks of a question file, in rules of our own: no reader of it says all of this.

The list of fractions is that of Moodle's question engine; an import refuses or bends any other.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections import Counter
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

SHARES = (
    "100", "90", "83.33333", "80", "75", "70", "66.66667", "60", "50", "40", "33.33333", "30",
    "25", "20", "16.66667", "14.28571", "12.5", "11.11111", "10", "5", "0",
)  # fmt: skip
FRACTIONS = {*SHARES, *(f"-{share}" for share in SHARES if share != "0")}
TYPES = {"multichoice", "numerical", "matching", "ordering"}


def questions_in(source: bytes) -> list[Element]:
    """The questions, without the categories."""
    return [
        each
        for each in ElementTree.fromstring(source).findall("question")
        if each.get("type") != "category"
    ]


def faults(source: bytes) -> list[str]:
    """Everything that is wrong, question by question."""
    found = questions_in(source)
    ids = Counter(each.findtext("idnumber") or "" for each in found)
    told = [f"{id}: this idnumber is used twice" for id, count in ids.items() if count > 1]
    for each in found:
        name = each.findtext("name/text") or "nameless"
        told += [f"{name}: {fault}" for fault in _of(each)]
    return told


def _of(each: Element) -> Iterator[str]:
    kind = each.get("type")
    if kind not in TYPES:
        yield f"there is no type {kind}"
        return
    if not (each.findtext("questiontext/text") or "").strip():
        yield "it asks nothing"
    if len(each.findall("hint")) != 1:
        yield "it has not one hint"
    yield from _files(each)
    for answer in each.findall("answer"):
        if answer.get("fraction") not in FRACTIONS:
            yield f"{answer.get('fraction')} is not in Moodle's list of fractions"
    yield from {
        "multichoice": _multichoice,
        "numerical": _numerical,
        "matching": _matching,
        "ordering": _ordering,
    }[kind](each)


def _files(each: Element) -> Iterator[str]:
    text = each.find("questiontext")
    assert text is not None
    asked = set(re.findall(r"@@PLUGINFILE@@/([^\"]+)", text.findtext("text") or ""))
    given = {file.get("name"): file.text or "" for file in text.findall("file")}
    if asked != set(given):
        yield f"shows {sorted(asked)}, holds {sorted(map(str, given))}"
    for name, data in given.items():
        try:
            base64.b64decode(data, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            yield f"{name} is not a drawing in base64"


def _shares(each: Element) -> list[float]:
    return [float(answer.get("fraction") or 0) for answer in each.findall("answer")]


def _multichoice(each: Element) -> Iterator[str]:
    shares = _shares(each)
    if len(shares) < 2:
        yield "a choice of one"
    if each.findtext("single") == "true":
        if shares.count(100) != 1:
            yield f"{shares.count(100)} answers are worth 100"
        if min(shares, default=0) < 0:
            yield "a single choice takes points away"
    elif abs(sum(share for share in shares if share > 0) - 100) > 0.01:
        yield "the right answers do not add up to 100"
    if any(not (answer.findtext("feedback/text") or "") for answer in each.findall("answer")):
        yield "an answer without feedback"


def _numerical(each: Element) -> Iterator[str]:
    if _shares(each).count(100) != 1:
        yield "not one number is right"
    for answer in each.findall("answer"):
        text, tolerance = answer.findtext("text") or "", answer.findtext("tolerance") or ""
        if not re.fullmatch(r"\*|-?[0-9]+(\.[0-9]+)?", text):
            yield f"{text!r} is not a number"
        if not re.fullmatch(r"[0-9]+(\.[0-9]+)?", tolerance):
            yield f"{tolerance!r} is not a tolerance"


def _matching(each: Element) -> Iterator[str]:
    rows = each.findall("subquestion")
    if sum(bool(row.findtext("text")) for row in rows) < 2 or len(rows) < 3:
        yield "Moodle asks for two prompts and three answers"
    if not all(row.findtext("answer/text") for row in rows):
        yield "a prompt without an answer"


def _ordering(each: Element) -> Iterator[str]:
    answers = each.findall("answer")
    if len(answers) < 3 or each.findtext("selectcount") != str(len(answers)):
        yield "not all steps are shown"
