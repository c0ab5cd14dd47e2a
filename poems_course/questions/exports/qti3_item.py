"""One question as a QTI 3.0 item: its responses, what is shown, and the rules that mark it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from poems_course.questions.exports import sheet
from poems_course.questions.exports.shown import choices, match_texts, number, span
from poems_course.questions.presentation import matches
from poems_course.questions.records import Question

_ASI = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
_XSD = "https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqti_asiv3p0_v1p0.xsd"
HEAD = (
    f'xmlns="{_ASI}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    f' xsi:schemaLocation="{_ASI} {_XSD}"'
)
IMAGES = "images/"
_CARDINALITY = {"multiple": "multiple", "ordering": "ordered", "matching": "multiple"}
_BASE = {"numeric": "float", "matching": "directedPair"}
_SAID = 'identifier="RESPONSE"'
_GIVEN = f"<qti-not><qti-is-null><qti-variable {_SAID}/></qti-is-null></qti-not>"


def item_xml(item: Question) -> str:
    """The item as a file."""
    cardinality = _CARDINALITY.get(item.type, "single")
    base = _BASE.get(item.type, "identifier")
    correct = "".join(f"<qti-value>{value}</qti-value>" for value in _correct(item))
    declared = (
        f'<qti-response-declaration {_SAID} cardinality="{cardinality}" base-type="{base}">'
        f"<qti-correct-response>{correct}</qti-correct-response>{_mapping(item)}"
        "</qti-response-declaration>"
        f"{_outcome('SCORE', 'float', '0')}{_outcome('MAXSCORE', 'float', '1')}"
        f"{_outcome('FEEDBACK', 'identifier', many=item.type == 'multiple')}"
        f"{_outcome('TOLD', 'identifier')}{_outcome('HINT', 'identifier')}"
    )
    blocks = "".join(_blocks(item))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<qti-assessment-item {HEAD} identifier="{item.id}" title="{item.id}"'
        f' adaptive="false" time-dependent="false" xml:lang="en-GB">\n{declared}\n'
        f"<qti-item-body><div>{sheet.asked(item, IMAGES)}</div>{_interaction(item)}{blocks}"
        f"</qti-item-body>\n<qti-response-processing>{''.join(_marking(item))}"
        "</qti-response-processing>\n</qti-assessment-item>\n"
    )


def _outcome(name: str, base: str, start: str = "", many: bool = False) -> str:
    default = f"<qti-default-value><qti-value>{start}</qti-value></qti-default-value>"
    cardinality = "multiple" if many else "single"
    return (
        f'<qti-outcome-declaration identifier="{name}" cardinality="{cardinality}"'
        f' base-type="{base}">{default if start else ""}</qti-outcome-declaration>'
    )


def _correct(item: Question) -> Iterator[str]:
    shown = choices(item)
    if item.type == "numeric":
        yield number(item.answer or 0)
    elif item.type == "ordering":
        yield from (choice.name for choice in sorted(shown, key=lambda choice: choice.place))
    elif item.type == "matching":
        yield from _pairs(item)
    else:
        best = max(choice.credit for choice in shown)
        yield from (choice.name for choice in shown if choice.credit == best)


def _pairs(item: Question) -> list[str]:
    return [f"P{row} M{at + 1}" for row, at in enumerate(matches(item), start=1)]


def _mapping(item: Question) -> str:
    """What each choice or pair earns; an ordering and a number have none."""
    if item.type in ("numeric", "ordering"):
        return ""
    earned = [(choice.name, choice.credit) for choice in choices(item)]
    if item.type == "matching":
        earned = [(pair, 1 / len(item.prompts)) for pair in _pairs(item)]
    entries = "".join(
        f'<qti-map-entry map-key="{key}" mapped-value="{number(round(credit, 6))}"/>'
        for key, credit in earned
    )
    return f'<qti-mapping lower-bound="0" upper-bound="1" default-value="0">{entries}</qti-mapping>'


def _interaction(item: Question) -> str:
    where = 'response-identifier="RESPONSE"'
    if item.type == "numeric":
        unit = f" {escape(item.unit)}" if item.unit else ""
        box = f'<qti-text-entry-interaction {where} expected-length="10"/>'
        return f"<p>Answer: {box}{unit}</p>"
    if item.type == "matching":
        prompts = (option.prompt or "" for option in item.prompts)
        sets = _set("P", prompts, 1) + _set("M", match_texts(item), 0)
        most = len(item.prompts)
        return (
            f'<qti-match-interaction {where} shuffle="false" max-associations="{most}">'
            f"{sets}</qti-match-interaction>"
        )
    options = "".join(
        f'<qti-simple-choice identifier="{choice.name}">{sheet.line(choice.text)}'
        "</qti-simple-choice>"
        for choice in choices(item)
    )
    if item.type == "ordering":
        where += ' shuffle="false" orientation="vertical"'
        return f"<qti-order-interaction {where}>{options}</qti-order-interaction>"
    most = 0 if item.type == "multiple" else 1
    return (
        f'<qti-choice-interaction {where} shuffle="false" max-choices="{most}">{options}'
        "</qti-choice-interaction>"
    )


def _set(letter: str, texts: Iterable[str], most: int) -> str:
    choices = "".join(
        f'<qti-simple-associable-choice identifier="{letter}{at}" match-max="{most}">'
        f"{sheet.line(text)}</qti-simple-associable-choice>"
        for at, text in enumerate(texts, start=1)
    )
    return f"<qti-simple-match-set>{choices}</qti-simple-match-set>"


def _blocks(item: Question) -> Iterator[str]:
    """What is shown after the answer: on what was chosen, the hint where it was wrong, the rest."""
    if item.feedback is not None:
        for side in ("right", "low", "high"):
            yield _block("FEEDBACK", side, sheet.html(getattr(item.feedback, side)))
    elif item.type not in ("ordering", "matching"):
        for choice in choices(item):
            of = f"<strong>{sheet.line(choice.text)}</strong>"
            yield _block("FEEDBACK", choice.name, f"<p>{of}: {sheet.line(choice.feedback)}</p>")
    yield _block("HINT", "hint", sheet.hint(item))
    yield _block("TOLD", "told", sheet.told(item, remarks=item.type in ("ordering", "matching")))


def _block(outcome: str, value: str, content: str) -> str:
    return (
        f'<qti-feedback-block outcome-identifier="{outcome}" identifier="{value}" show-hide="show">'
        f"<qti-content-body>{content}</qti-content-body></qti-feedback-block>"
    )


def _marking(item: Question) -> Iterator[str]:
    right = f"<qti-match><qti-variable {_SAID}/><qti-correct {_SAID}/></qti-match>"
    earned = f"<qti-map-response {_SAID}/>"
    if item.type == "numeric":
        low, high = map(number, span(item))
        right = _and(_compare("gte", low), _compare("lte", high))
        yield _if(
            (right, _set_to("FEEDBACK", _value("right"))),
            (_and(_GIVEN, _compare("lt", low)), _set_to("FEEDBACK", _value("low"))),
            (_and(_GIVEN, _compare("gt", high)), _set_to("FEEDBACK", _value("high"))),
        )
    if item.type in ("numeric", "ordering"):
        earned = _value("0", "float")
    elif item.type != "matching":
        yield _set_to("FEEDBACK", f"<qti-variable {_SAID}/>")
    yield _if((right, _set_to("SCORE", _value("1", "float"))), otherwise=_set_to("SCORE", earned))
    score = '<qti-variable identifier="SCORE"/>'
    short = f"<qti-lt>{score}{_value('1', 'float')}</qti-lt>"
    yield _if((_GIVEN, _set_to("TOLD", _value("told"))))
    yield _if((_and(_GIVEN, short), _set_to("HINT", _value("hint"))))


def _and(one: str, other: str) -> str:
    return f"<qti-and>{one}{other}</qti-and>"


def _compare(how: str, limit: str) -> str:
    return f"<qti-{how}><qti-variable {_SAID}/>{_value(limit, 'float')}</qti-{how}>"


def _value(value: str, base: str = "identifier") -> str:
    return f'<qti-base-value base-type="{base}">{value}</qti-base-value>'


def _set_to(outcome: str, value: str) -> str:
    return f'<qti-set-outcome-value identifier="{outcome}">{value}</qti-set-outcome-value>'


def _if(*cases: tuple[str, str], otherwise: str = "") -> str:
    parts = [
        f"<qti-response-{'else-if' if at else 'if'}>{test}{then}"
        f"</qti-response-{'else-if' if at else 'if'}>"
        for at, (test, then) in enumerate(cases)
    ]
    last = f"<qti-response-else>{otherwise}</qti-response-else>" if otherwise else ""
    return f"<qti-response-condition>{''.join(parts)}{last}</qti-response-condition>"
