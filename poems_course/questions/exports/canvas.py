"""Canvas: a QTI 1.2 package with one unpublished practice quiz for each lesson.

The form is what Canvas's own exporter writes. No Canvas was at hand to import it into.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from poems_course.questions.exports.canvas_item import images, item_xml
from poems_course.questions.exports.form import Format, Loss, every, of_type
from poems_course.questions.exports.package import zipped
from poems_course.questions.records import Question

_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation='
_QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
_META = "http://canvas.instructure.com/xsd/cccv1p0"
_PACKAGE = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
_RESOURCE = "associatedcontent/imscc_xmlv1p1/learning-application-resource"
CHECKED = "structure checked, not imported"


def write(items: Sequence[Question]) -> bytes:
    """The package."""
    quizzes = [(lesson, list(group)) for lesson, group in groupby(items, lambda item: item.lesson)]
    drawings = images(iter(items))
    files: dict[str, str | bytes] = {
        "imsmanifest.xml": _manifest([lesson for lesson, _ in quizzes], list(drawings))
    }
    for lesson, group in quizzes:
        name = f"poems_{lesson}"
        files[f"{name}/{name}.xml"] = _quiz(name, lesson, group)
        files[f"{name}/assessment_meta.xml"] = _meta(name, lesson, len(group))
    return zipped(files | drawings)


def _quiz(name: str, lesson: str, items: Sequence[Question]) -> str:
    attempts = "<fieldlabel>cc_maxattempts</fieldlabel><fieldentry>unlimited</fieldentry>"
    return (
        f'{_XML}<questestinterop xmlns="{_QTI}" {_XSI}"{_QTI} {_QTI}p1.xsd">\n'
        f'<assessment ident="{name}" title="{_title(lesson)}">'
        f"<qtimetadata><qtimetadatafield>{attempts}</qtimetadatafield></qtimetadata>"
        f'<section ident="root_section">\n{"".join(map(item_xml, items))}</section>'
        "</assessment></questestinterop>\n"
    )


def _title(lesson: str) -> str:
    return f"POEMS, lesson {lesson}"


def _meta(name: str, lesson: str, points: int) -> str:
    settings = {
        "title": _title(lesson),
        "description": "",
        "shuffle_answers": "false",
        "scoring_policy": "keep_highest",
        "hide_results": "",
        "quiz_type": "practice_quiz",
        "points_possible": f"{points}.0",
        "show_correct_answers": "true",
        "allowed_attempts": "-1",
        "one_question_at_a_time": "false",
        "cant_go_back": "false",
        "available": "false",
        "module_locked": "false",
    }
    parts = "".join(f"<{field}>{value}</{field}>" for field, value in settings.items())
    head = f'<quiz identifier="{name}" xmlns="{_META}" {_XSI}"{_META} {_META}.xsd">'
    return f"{_XML}{head}{parts}</quiz>\n"


def _manifest(lessons: Sequence[str], drawings: Sequence[str]) -> str:
    resources = []
    for lesson in lessons:
        name = f"poems_{lesson}"
        meta = f"{name}/assessment_meta.xml"
        resources += [
            f'<resource identifier="{name}" type="imsqti_xmlv1p2"><file href="{name}/{name}.xml"/>'
            f'<dependency identifierref="{name}_meta"/></resource>',
            f'<resource identifier="{name}_meta" type="{_RESOURCE}" href="{meta}">'
            f'<file href="{meta}"/></resource>',
        ]
    resources += [
        f'<resource identifier="image_{at}" type="webcontent" href="{path}">'
        f'<file href="{path}"/></resource>'
        for at, path in enumerate(drawings, start=1)
    ]
    return (
        f"{_XML}<!-- {CHECKED} -->\n"
        f'<manifest identifier="poems" xmlns="{_PACKAGE}" {_XSI}"{_PACKAGE} {_PACKAGE}.xsd">'
        "<metadata><schema>IMS Content</schema><schemaversion>1.1.3</schemaversion></metadata>"
        f"<organizations/><resources>\n{chr(10).join(resources)}\n</resources></manifest>\n"
    )


CANVAS = Format(
    "canvas",
    "Canvas QTI 1.2",
    ".zip",
    CHECKED,
    write,
    (
        Loss(every, "no hints: the hint stands in the comment on a wrong answer"),
        Loss(every, "no tags, so neither objective nor level nor version; its name is its id"),
        Loss(of_type("concordance"), "no half mark for the step beside the key"),
        Loss(of_type("multiple"), "part marks as Canvas gives them"),
        Loss(of_type("numeric"), "one comment for both too low and too high"),
        Loss(of_type("numeric"), "the unit stands in the question and is not asked for"),
        Loss(of_type("ordering"), "asked as a matching of steps and places"),
    ),
)
