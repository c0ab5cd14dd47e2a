"""What the tests of the exports share: three banks, and what of an item an export may not lose."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

from poems_course.questions import Question, questions, read_bank
from poems_course.questions.explanation import explanation
from poems_course.questions.exports.sheet import picture
from poems_course.questions.exports.shown import labels, number

FIXTURES = Path(__file__).parent / "fixtures" / "questions"
# The course's own; a small one with all types; a private one, whose texts hold odd signs.
BANKS: dict[str, tuple[Question, ...]] = {
    "course": questions(),
    "good": tuple(read_bank(FIXTURES / "good").values()),
    "private": tuple(read_bank(FIXTURES / "private").values()),
}
EVERY = [item for bank in BANKS.values() for item in bank]


def flat(text: str) -> str:
    """The words of a text with one space between them."""
    return " ".join(text.split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in ("href", "alt") and value]

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def words(markup: str) -> str:
    """What HTML says, its links and the words instead of its images included."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return flat(" ".join(reader.found))


def words_in_xml(content: bytes) -> str:
    """What the texts in an XML file say, be they HTML or plain."""
    root = ElementTree.fromstring(content)
    return flat(" ".join(words(text) for text in root.itertext()))


def unzipped(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as files:
        assert files.testzip() is None
        return {name: files.read(name) for name in files.namelist()}


def parts(item: Question) -> Iterator[tuple[str, str]]:
    """Every text of an item that a learner or a teacher should get."""
    for part in item.asked.split("\n\n"):
        yield "stem", part
    for option in item.options:
        yield "option", option.text
        yield "prompt", option.prompt or ""
        yield "feedback", option.feedback
    if item.feedback:
        for said in (item.feedback.right, item.feedback.low, item.feedback.high):
            yield "feedback", said
    if item.answer is not None:
        yield "answer", number(item.answer)
        yield "unit", item.unit or ""
    yield "hint", item.hint
    for part in item.why.split("\n\n"):
        yield "why", part
    for source in explanation(item)["sources"]:
        yield "source", source["title"]
        yield "link", source["link"]
    for label in labels(item):
        yield "label", label
    if image := picture(item):
        yield "drawing", image.words
        for row in (image.table.columns, *image.table.rows):
            for cell in row:
                yield "table", str(cell)


def lost(text: str, items: Sequence[Question], *allowed: str) -> list[str]:
    """What of the items does not stand in the text, except the kinds that are *allowed* to lack."""
    return [
        f"{item.id}: {kind}: {part}"
        for item in items
        for kind, part in parts(item)
        if kind not in allowed and flat(part) not in text
    ]


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def by_id(id: str) -> Question:
    return next(item for item in EVERY if item.id == id)
