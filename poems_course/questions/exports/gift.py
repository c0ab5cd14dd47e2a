"""GIFT, Moodle's plain text format, which many other programs read too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from poems_course.questions.exports import sheet
from poems_course.questions.exports.form import Format, Loss, drawn, every, of_type
from poems_course.questions.exports.numbers import tries
from poems_course.questions.exports.shown import Choice, choices, labels, percent
from poems_course.questions.records import Question

_CONTROL = re.compile(r"[\\~=#{}:]")


def write(items: Sequence[Question]) -> bytes:
    """All questions, one category for each lesson."""
    parts = []
    for lesson, group in groupby(items, lambda item: item.lesson):
        parts.append(f"$CATEGORY: $course$/top/POEMS/Lesson {lesson}\n")
        parts += [_question(item) for item in group]
    return "\n".join(parts).encode()


def _question(item: Question) -> str:
    tags = "".join(f" [tag:{label}]" for label in labels(item))
    stem = _safe(sheet.asked(item, folder=None))
    told = sheet.told(item, remarks=item.type in ("ordering", "matching")) + sheet.hint(item)
    answers = "\n".join(_answers(item))
    return f"// [id:{item.id}]{tags}\n::{item.id}::[html]{stem}{{{answers}\n####{_safe(told)}\n}}\n"


def _answers(item: Question) -> Iterator[str]:
    if item.type == "numeric":
        yield from _numeric(item)
    elif item.type == "matching":
        for choice in choices(item):
            yield f"={_text(choice.prompt or '')} -> {_safe(choice.text)}"
    elif item.type == "ordering":
        for choice in choices(item):
            yield f"={_text(choice.text)} -> {choice.place}"
    else:
        for choice in choices(item):
            yield f"{_sign(item, choice)}{_text(choice.text)}#{_text(choice.feedback)}"


def _sign(item: Question, choice: Choice) -> str:
    if choice.credit == 1 and item.type != "multiple":
        return "="
    return "~" if choice.credit == 0 else f"~%{percent(choice.credit)}%"


def _numeric(item: Question) -> Iterator[str]:
    yield "#"
    for each in tries(item):
        said = _text(each.feedback)
        if each.answer == "*":
            yield f"~#{said}"
        else:
            share = "" if each.credit else "%0%"
            yield f"={share}{each.answer}:{each.tolerance}#{said}"


def _text(text: str) -> str:
    return _safe(sheet.line(text))


def _safe(text: str) -> str:
    return _CONTROL.sub(r"\\\g<0>", " ".join(text.split()))


GIFT = Format(
    "gift",
    "GIFT",
    ".txt",
    "read by the grammar of gift-pegjs, not imported into Moodle",
    write,
    (
        Loss(
            drawn,
            "no file for the drawing: it stands in the text (data:), which a program may strip",
        ),
        Loss(every, "no hints: the hint closes the general feedback"),
        Loss(of_type("numeric"), "the unit stands in the question and is not asked for"),
        Loss(of_type("ordering"), "asked as a matching of steps and places"),
        Loss(
            of_type("ordering", "matching"),
            "no feedback on each choice: all of it stands in the general feedback",
        ),
    ),
)
