"""Anki: one note for each item, known by the item's id, so that a correction replaces it.

Anki keeps the learner's reviews with a note that it knows. FIELDS may therefore never change: a
note type with other fields is another note type to Anki, and its notes would stay uncorrected.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Sequence

from poems_course.questions.exports import sheet
from poems_course.questions.exports.anki_base import Note, NoteType, database, stable
from poems_course.questions.exports.form import Format, Loss, every, of_type
from poems_course.questions.exports.package import zipped
from poems_course.questions.exports.shown import choices, labels, match_texts
from poems_course.questions.records import Question

FIELDS = ("Item", "Version", "Question", "Choices", "Answer", "Feedback", "Hint", "Sources")
KIND = NoteType(
    stable("POEMS question"),
    "POEMS question",
    FIELDS,
    "{{Question}}{{Choices}}{{hint:Hint}}",
    "{{FrontSide}}<hr id=answer>{{Answer}}{{Feedback}}{{Sources}}"
    "<p class=item>{{Item}}, version {{Version}}</p>",
    ".card { font: 18px/1.5 system-ui, sans-serif; max-width: 40em; margin: auto; padding: 1em }"
    " img { width: 440px; max-width: 100% } td, th { padding: 0 .5em; text-align: left }"
    " table, .item { font-size: 80% }",
)


def write(items: Sequence[Question]) -> bytes:
    """The package: the database, the drawings by number, and their names."""
    pictures = [image for item in items if (image := sheet.picture(item))]
    names = {str(at): image.file for at, image in enumerate(pictures)}
    return zipped(
        {
            "collection.anki2": database(KIND, map(_note, items), now=int(time.time())),
            **{str(at): image.svg for at, image in enumerate(pictures)},
            "media": json.dumps(names),
        }
    )


def _note(item: Question) -> Note:
    fields = (
        item.id,
        str(item.version),
        sheet.asked(item, folder=""),
        _choices(item),
        sheet.reason(item),
        sheet.remarks_on(item),
        " ".join(item.hint.split()),
        sheet.sources(item),
    )
    tags = tuple(f"POEMS::{label.replace(' ', '-')}" for label in labels(item))
    return Note(f"poems:{item.id}", f"POEMS::Lesson {item.lesson}", fields, tags)


def _choices(item: Question) -> str:
    if item.type == "matching":
        prompts = (option.prompt or "" for option in item.prompts)
        return f"{_list('ul', prompts)}<p>To be matched with:</p>{_list('ul', match_texts(item))}"
    if item.type == "ordering":
        return _list("ul", (choice.text for choice in choices(item)))
    return _list("ol type=A", (choice.text for choice in choices(item))) if item.options else ""


def _list(kind: str, texts: Iterable[str]) -> str:
    lines = "".join(f"<li>{sheet.line(text)}</li>" for text in texts)
    return f"<{kind}>{lines}</{kind.split()[0]}>"


ANKI = Format(
    "anki",
    "Anki",
    ".apkg",
    "imported by Anki's own engine, again, and after a correction",
    write,
    (
        Loss(every, "nothing is marked: learners judge their own answer"),
        Loss(of_type("ordering", "matching"), "nothing to move or to match: a list to think about"),
    ),
)
