"""Taking a lesson's markdown apart: passages, their marks, what is left to read."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_MARK = re.compile(r"<!--\s*(facts|patient|terms|not clinical)\s*:(.*?)-->", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_NEARLY = re.compile(
    r"<!--\s*(?:facts?|patients?|terms?|not[ -]?clinical)\b(?!\s*:)"
    r"|<!--\s*(?:fact|patients|term)\s*:"
)
_ITEM = re.compile(r"\s*(?:[-*+]|[0-9]{1,3}[.)])\s+")
_HEADING = re.compile(r"#{1,6}\s")
_FENCE = re.compile(r"^\s*(```|~~~).*?^\s*\1[^\n]*$", re.DOTALL | re.MULTILINE)
CITATION = re.compile(r"\[([^\]]*)\]\(#([^)\s]+)\)")
# What carries digits without stating a quantity, in the order in which it is taken out.
_NOT_READ = (
    _COMMENT,
    re.compile(r"(`+)(?!`).+?\1", re.DOTALL),
    re.compile(r"(?<=\])\([^)]*\)"),
    re.compile(r"<[^>]+>"),
    re.compile(r"https?://\S+"),
    re.compile(r"\b[Ll]essons?\s+[0-9]+(?:(?:\s*(?:,|and|or|to)\s*|\s*[-–]\s*)[0-9]+)*"),
)
_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\b")
_HEADING_NUMBER = re.compile(r"^\s*#{1,6}\s+[0-9]+(?:\.[0-9]+)*[.):]?\s")


@dataclass
class Passage:
    """A paragraph, heading, table or list item, with what its marks name."""

    text: str
    facts: list[str] = field(default_factory=list)
    patients: list[str] = field(default_factory=list)
    not_clinical: list[str] = field(default_factory=list)
    terms: list[str] = field(default_factory=list)

    @property
    def readable(self) -> str:
        """The text without code, links, citations, tags and lesson numbers."""
        text = _HEADING_NUMBER.sub("", self.text)
        text = _ITEM.sub("", text, count=1) if _ITEM.match(text) else text
        # A citation may carry its year, but no other number may hide in it.
        text = CITATION.sub(lambda link: _YEAR.sub(" ", link[1]), text)
        for pattern in _NOT_READ:
            text = pattern.sub(" ", text)
        return html.unescape(text)

    def take(self, marked: str) -> None:
        """Add what the marks in *marked* name."""
        for kind, names in _MARK.findall(marked):
            found = [name.strip() for name in names.split(",") if name.strip()]
            if kind == "facts":
                self.facts += found
            elif kind == "patient":
                self.patients += found
            elif kind == "terms":
                self.terms += found
            else:
                self.not_clinical += found


def passages(markdown: str) -> Iterator[Passage]:
    """The passages of a cell, each with the marks that belong to it.

    A mark within a passage belongs to it; a mark on a line of its own belongs to the passage
    before it, and to the whole of a list.
    """
    block: list[Passage] = []
    for chunk in re.split(r"\n[ \t]*\n", _FENCE.sub("", markdown)):
        for text in _units(chunk):
            if not _COMMENT.sub("", text).strip():
                for passage in block:
                    passage.take(text)
                continue
            passage = Passage(text)
            passage.take(text)
            if block and not (_ITEM.match(text) and _ITEM.match(block[-1].text)):
                yield from block
                block = []
            block.append(passage)
    yield from block


def _units(chunk: str) -> Iterator[str]:
    unit: list[str] = []
    for line in chunk.split("\n"):
        alone = line.startswith("<!--") and not _COMMENT.sub("", line).strip()
        if unit and (alone or _ITEM.match(line) or _HEADING.match(line) or _HEADING.match(unit[0])):
            yield "\n".join(unit)
            unit = []
        unit.append(line)
    if unit:
        yield "\n".join(unit)


def misspelt_marks(markdown: str) -> Iterator[str]:
    """Comments that look like a mark and are none."""
    for match in _NEARLY.finditer(markdown):
        yield markdown[match.start() : match.start() + 40].split("\n")[0]
