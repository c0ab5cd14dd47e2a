"""Moodle XML: question bank entries with feedback, hints, tags, units and drawings."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from poems_course.questions.exports import sheet
from poems_course.questions.exports.form import Format, Loss, of_type
from poems_course.questions.exports.numbers import tries
from poems_course.questions.exports.shown import choices, labels, percent
from poems_course.questions.records import Question

_FILES = "@@PLUGINFILE@@/"
_TYPES = {"numeric": "numerical", "ordering": "ordering", "matching": "matching"}
_PENALTY = "0.3333333"  # Moodle's own, for each try after a hint


def write(items: Sequence[Question]) -> bytes:
    """A quiz element with all questions, one category for each lesson."""
    parts = ['<?xml version="1.0" encoding="UTF-8"?>', "<quiz>"]
    for lesson, group in groupby(items, lambda item: item.lesson):
        place = f"<category><text>$course$/top/POEMS/Lesson {lesson}</text></category>"
        parts.append(f'<question type="category">{place}</question>')
        parts += [_question(item) for item in group]
    return "\n".join([*parts, "</quiz>\n"]).encode()


def _question(item: Question) -> str:
    image = sheet.picture(item)
    file = ""
    if image:
        data = base64.b64encode(image.svg.encode()).decode()
        file = f'<file name="{image.file}" path="/" encoding="base64">{data}</file>'
    told = sheet.told(item, remarks=item.type in ("ordering", "matching"))
    tags = "".join(f"<tag>{_plain(label)}</tag>" for label in labels(item))
    return "\n".join(
        (
            f'<question type="{_TYPES.get(item.type, "multichoice")}">',
            f"<name>{_plain(item.id)}</name>",
            _html("questiontext", sheet.asked(item, _FILES), file),
            _html("generalfeedback", told),
            f"<defaultgrade>1</defaultgrade><penalty>{_PENALTY}</penalty><hidden>0</hidden>",
            f"<idnumber>{item.id}</idnumber>",
            *_body(item),
            _html("hint", sheet.html(item.hint)),
            f"<tags>{tags}</tags>",
            "</question>",
        )
    )


def _body(item: Question) -> Iterator[str]:
    if item.type == "numeric":
        yield from _numerical(item)
    elif item.type == "ordering":
        yield from _ordering(item)
    elif item.type == "matching":
        yield from _matching(item)
    else:
        yield f"<single>{str(item.type != 'multiple').lower()}</single>"
        yield "<shuffleanswers>false</shuffleanswers><answernumbering>abc</answernumbering>"
        for choice in choices(item):
            yield _answer(sheet.line(choice.text), choice.credit, "html", choice.feedback)


def _numerical(item: Question) -> Iterator[str]:
    for each in tries(item):
        tolerance = f"<tolerance>{each.tolerance}</tolerance>"
        yield _answer(each.answer, each.credit, "moodle_auto_format", each.feedback, tolerance)
    if item.unit:
        name = escape(item.unit)
        yield f"<units><unit><multiplier>1</multiplier><unit_name>{name}</unit_name></unit></units>"
    # The unit may be typed or left out; without one, nothing but a number is read.
    yield "<unitgradingtype>0</unitgradingtype><unitpenalty>0.1</unitpenalty>"
    yield f"<showunits>{0 if item.unit else 3}</showunits><unitsleft>0</unitsleft>"


def _ordering(item: Question) -> Iterator[str]:
    """The steps in their right order: Moodle shuffles them."""
    yield "<layouttype>VERTICAL</layouttype><selecttype>ALL</selecttype>"
    yield f"<selectcount>{len(item.options)}</selectcount>"
    yield "<gradingtype>RELATIVE_NEXT_EXCLUDE_LAST</gradingtype><showgrading>SHOW</showgrading>"
    for choice in sorted(choices(item), key=lambda choice: choice.place):
        yield _answer(sheet.line(choice.text), 1.0, "html", "")


def _matching(item: Question) -> Iterator[str]:
    yield "<shuffleanswers>false</shuffleanswers>"
    for choice in choices(item):
        prompt = _cdata(sheet.line(choice.prompt or ""))
        answer = f"<answer>{_plain(choice.text)}</answer>"
        yield f'<subquestion format="html"><text>{prompt}</text>{answer}</subquestion>'


def _answer(text: str, credit: float, format: str, feedback: str, more: str = "") -> str:
    said = _html("feedback", sheet.line(feedback)) if feedback else ""
    share = percent(credit)
    return (
        f'<answer fraction="{share}" format="{format}"><text>{_cdata(text)}</text>'
        f"{said}{more}</answer>"
    )


def _html(name: str, content: str, file: str = "") -> str:
    return f'<{name} format="html"><text>{_cdata(content)}</text>{file}</{name}>'


def _plain(text: str) -> str:
    return f"<text>{_cdata(text)}</text>"


def _cdata(text: str) -> str:
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>"


MOODLE = Format(
    "moodle",
    "Moodle XML",
    ".xml",
    "structure checked by moodle-xml-parser and by rules of our own, not imported into Moodle",
    write,
    (
        Loss(
            of_type("ordering"),
            "asked as Moodle's ordering, which needs Moodle 4.4 or the plug-in qtype_ordering;"
            " a part mark for each step that the right one follows",
        ),
        Loss(
            of_type("ordering", "matching"),
            "no feedback on each choice: all of it stands in the general feedback;"
            " Moodle chooses the order shown",
        ),
    ),
)
