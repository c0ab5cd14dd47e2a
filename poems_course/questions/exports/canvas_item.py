"""One question as a QTI 1.2 item in the form that Canvas itself writes and reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from poems_course.questions.exports import sheet
from poems_course.questions.exports.shown import choices, match_texts, number, span
from poems_course.questions.records import Question

FOLDER = "%24IMS-CC-FILEBASE%24/images/"  # how Canvas names the package's images
_TYPES = {
    "multiple": "multiple_answers_question",
    "numeric": "numerical_question",
    "ordering": "matching_question",
    "matching": "matching_question",
}


@dataclass(frozen=True)
class Row:
    """A prompt of a matching, the number of its match, and the comment on a wrong match."""

    prompt: str
    match: int
    feedback: str


def item_xml(item: Question) -> str:
    """The item element."""
    kind = _TYPES.get(item.type, "multiple_choice_question")
    fields = (
        ("question_type", kind),
        ("points_possible", "1"),
        ("original_answer_ids", ",".join(_idents(item))),
        ("assessment_question_identifierref", f"{item.id}_ref"),
    )
    data = "".join(
        f"<qtimetadatafield><fieldlabel>{label}</fieldlabel><fieldentry>{entry}</fieldentry>"
        "</qtimetadatafield>"
        for label, entry in fields
    )
    write = {"numerical_question": _number, "matching_question": _matching}.get(kind, _choice)
    presented, processed, comments = write(item)
    return (
        f'<item ident="{item.id}" title="{item.id}">'
        f"<itemmetadata><qtimetadata>{data}</qtimetadata></itemmetadata>"
        f"<presentation>{_material(sheet.asked(item, FOLDER))}{presented}</presentation>"
        '<resprocessing><outcomes><decvar maxvalue="100" minvalue="0" varname="SCORE"'
        f' vartype="Decimal"/></outcomes>{_when("<other/>", _show("general_fb"))}{processed}'
        f"</resprocessing>{comments}</item>\n"
    )


Parts = tuple[str, str, str]


def _idents(item: Question) -> list[str]:
    if item.type == "numeric":
        return [f"{item.id}_N"]
    rows = rows_of(item) if item.type in ("ordering", "matching") else choices(item)
    return [f"{item.id}_A{at}" for at in range(1, len(rows) + 1)]


def _choice(item: Question) -> Parts:
    shown = list(zip(_idents(item), choices(item), strict=True))
    cardinality = "Multiple" if item.type == "multiple" else "Single"
    options = "".join(_label(ident, _html(choice.text)) for ident, choice in shown)
    presented = (
        f'<response_lid ident="response1" rcardinality="{cardinality}">'
        f"<render_choice>{options}</render_choice></response_lid>"
    )
    tests = [_is(ident) if at in _keys(item) else f"<not>{_is(ident)}</not>"
             for at, (ident, _) in enumerate(shown)]  # fmt: skip
    right = f"<and>{''.join(tests)}</and>"
    if item.type != "multiple":
        right = next(test for test in tests if not test.startswith("<not>"))
    processed = "".join(_when(_is(ident), _show(f"{ident}_fb")) for ident, _ in shown)
    processed += _when(right, _score("Set", "100"), more="No") + _otherwise()
    said = "".join(_comment(f"{ident}_fb", _html(choice.feedback)) for ident, choice in shown)
    general = _comment("general_fb", sheet.told(item, remarks=False))
    return presented, processed, general + _hint(item) + said


def _keys(item: Question) -> list[int]:
    best = max(choice.credit for choice in choices(item))
    return [at for at, choice in enumerate(choices(item)) if choice.credit == best]


def _number(item: Question) -> Parts:
    low, high = map(number, span(item))
    presented = (
        '<response_str ident="response1" rcardinality="Single"><render_fib fibtype="Decimal">'
        '<response_label ident="answer1"/></render_fib></response_str>'
    )
    within = f'<vargte respident="response1">{low}</vargte>'
    within += f'<varlte respident="response1">{high}</varlte>'
    right = f"<or>{_is(number(item.answer or 0))}<and>{within}</and></or>"
    processed = _when(right, _score("Set", "100") + _show("correct_fb"), more="No") + _otherwise()
    said = item.feedback
    assert said is not None  # the schema sees to it
    missed = f"<p>Too low? {sheet.line(said.low)}</p><p>Too high? {sheet.line(said.high)}</p>"
    comments = _comment("general_fb", sheet.told(item, remarks=False))
    comments += _comment("correct_fb", _html(said.right)) + _hint(item, missed)
    return presented, processed, comments


def rows_of(item: Question) -> list[Row]:
    """The prompts of a matching; of an ordering its steps as shown, to be matched with places."""
    if item.type == "ordering":
        return [Row(choice.text, choice.place, choice.feedback) for choice in choices(item)]
    texts = match_texts(item)
    return [Row(o.prompt or "", texts.index(o.text) + 1, o.feedback) for o in item.prompts]


def _matching(item: Question) -> Parts:
    """Each row earns its share; its comment is shown where its match is wrong."""
    rows = list(zip(_idents(item), rows_of(item), strict=True))
    texts = match_texts(item) if item.type == "matching" else tuple(map(str, _places(item)))
    labels = "".join(
        f'<response_label ident="{item.id}_M{at}"><material><mattext>{sheet.line(text)}</mattext>'
        "</material></response_label>"
        for at, text in enumerate(texts, start=1)
    )
    presented = processed = ""
    share = f"{100 / len(rows):.2f}"
    for ident, row in rows:
        where = f"response_{ident}"
        match = f'<varequal respident="{where}">{item.id}_M{row.match}</varequal>'
        presented += f'<response_lid ident="{where}">{_material(_html(row.prompt))}'
        presented += f"<render_choice>{labels}</render_choice></response_lid>"
        processed += f"<respcondition><conditionvar>{match}</conditionvar>"
        processed += f"{_score('Add', share)}</respcondition>"
        processed += f"<respcondition><conditionvar><not>{match}</not></conditionvar>"
        processed += f"{_show(f'{ident}_fb')}</respcondition>"
    comments = _comment("general_fb", sheet.told(item, remarks=item.type == "matching"))
    comments += _hint(item)
    comments += "".join(_comment(f"{ident}_fb", _html(row.feedback)) for ident, row in rows)
    return presented, processed, comments


def _places(item: Question) -> range:
    return range(1, len(item.options) + 1)


def _label(ident: str, content: str) -> str:
    return f'<response_label ident="{ident}">{_material(content)}</response_label>'


def _is(value: str) -> str:
    return f'<varequal respident="response1">{value}</varequal>'


def _when(condition: str, then: str, more: str = "Yes") -> str:
    return (
        f'<respcondition continue="{more}"><conditionvar>{condition}</conditionvar>{then}'
        "</respcondition>"
    )


def _otherwise() -> str:
    return _when("<other/>", _show("general_incorrect_fb"))


def _show(ident: str) -> str:
    return f'<displayfeedback feedbacktype="Response" linkrefid="{ident}"/>'


def _score(action: str, points: str) -> str:
    return f'<setvar action="{action}" varname="SCORE">{points}</setvar>'


def _hint(item: Question, missed: str = "") -> str:
    return _comment("general_incorrect_fb", missed + sheet.hint(item))


def _comment(ident: str, content: str) -> str:
    return f'<itemfeedback ident="{ident}"><flow_mat>{_material(content)}</flow_mat></itemfeedback>'


def _html(text: str) -> str:
    return f"<p>{sheet.line(text)}</p>"


def _material(content: str) -> str:
    html = escape(content, quote=False)
    return f'<material><mattext texttype="text/html">{html}</mattext></material>'


def images(items: Iterator[Question]) -> dict[str, str]:
    """The drawings of a package, by their place in it."""
    return {f"images/{image.file}": image.svg for item in items if (image := sheet.picture(item))}
