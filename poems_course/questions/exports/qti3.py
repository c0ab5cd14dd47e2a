"""QTI 3.0: a package with an item for each question and a test with a section for each lesson."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby

from poems_course.questions.exports import sheet
from poems_course.questions.exports.form import Format, Loss, every, of_type
from poems_course.questions.exports.package import zipped
from poems_course.questions.exports.qti3_item import HEAD, IMAGES, item_xml
from poems_course.questions.exports.shown import labels
from poems_course.questions.records import Question

_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_PACKAGE = "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1"
_LOM = "http://ltsc.ieee.org/xsd/LOM"


def write(items: Sequence[Question]) -> bytes:
    """The package."""
    files: dict[str, str | bytes] = {"imsmanifest.xml": _manifest(items), "test.xml": _test(items)}
    for item in items:
        files[f"items/{item.id}.xml"] = item_xml(item)
        if image := sheet.picture(item):
            files[f"items/{IMAGES}{image.file}"] = image.svg
    return zipped(files)


def _test(items: Sequence[Question]) -> str:
    sections = []
    for lesson, group in groupby(items, lambda item: item.lesson):
        references = "".join(
            f'<qti-assessment-item-ref identifier="{item.id}" href="items/{item.id}.xml"/>'
            for item in group
        )
        sections.append(
            f'<qti-assessment-section identifier="lesson-{lesson}" title="Lesson {lesson}"'
            f' visible="true">{references}</qti-assessment-section>'
        )
    return (
        f'{_XML}<qti-assessment-test {HEAD} identifier="poems" title="POEMS syndrome">\n'
        '<qti-test-part identifier="part" navigation-mode="nonlinear"'
        f' submission-mode="individual">\n{chr(10).join(sections)}\n'
        "</qti-test-part></qti-assessment-test>\n"
    )


def _manifest(items: Sequence[Question]) -> str:
    needed = "".join(f'<dependency identifierref="{item.id}"/>' for item in items)
    resources = "\n".join(map(_resource, items))
    return (
        f'{_XML}<manifest xmlns="{_PACKAGE}" identifier="poems-package">'
        "<metadata><schema>QTI Package</schema><schemaversion>3.0.0</schemaversion></metadata>"
        "<organizations/><resources>\n"
        '<resource identifier="poems" type="imsqti_test_xmlv3p0" href="test.xml">'
        f'<file href="test.xml"/>{needed}</resource>\n{resources}\n</resources></manifest>\n'
    )


def _resource(item: Question) -> str:
    place = f"items/{item.id}.xml"
    words = "".join(
        f'<keyword><string language="en">{escape(label)}</string></keyword>'
        for label in labels(item)
    )
    image = sheet.picture(item)
    file = f'<file href="items/{IMAGES}{image.file}"/>' if image else ""
    return (
        f'<resource identifier="{item.id}" type="imsqti_item_xmlv3p0" href="{place}">'
        f'<metadata><lom xmlns="{_LOM}"><general>{words}</general></lom></metadata>'
        f'<file href="{place}"/>{file}</resource>'
    )


QTI3 = Format(
    "qti3",
    "QTI 3.0",
    ".zip",
    "rendered and scored by qti-components in Chromium",
    write,
    (
        Loss(every, "no button for the hint: it is shown after an answer that is not right"),
        Loss(of_type("ordering"), "no part marks: all steps in order, or none"),
        Loss(
            of_type("ordering", "matching"),
            "the feedback on each choice is shown together, after the answer",
        ),
    ),
)
