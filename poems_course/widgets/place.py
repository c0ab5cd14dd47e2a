"""Where a learner stands in a sitting, as its page shows it: the question and the ways on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from poems_course.questions.records import Question
from poems_course.questions.scoring import NotAnAnswer, Outcome, begun, grade
from poems_course.study.sitting import Response, Sitting
from poems_course.widgets.asking import UNSURE, answered_form, shown
from poems_course.widgets.blocks import Block, step
from poems_course.widgets.desk import clock


def question_place(
    sitting: Sitting, question: Question, items: Sequence[Question], status: str
) -> dict[str, Any]:
    """The page of one question; *items* are all that were drawn, none where it draws as it goes."""
    return {
        "question": shown(question),
        "kept": kept(sitting, question),
        "count": _count(sitting, question, items),
        "status": status,
        "deferred": sitting.deferred,
        "steps": _steps(sitting, question, items),
        "numbers": _numbers(sitting, question, items) if sitting.deferred else [],
    }


def kept(sitting: Sitting, question: Question) -> dict[str, Any] | None:
    """What was answered to a question: with its outcome once it is graded, without it before."""
    given = sitting.responses.get(question.id)
    if given is None:
        return None if sitting.ended else _draft(sitting, question)
    form = answered_form(question, given.response, given.confidence, given.utc, 1)
    if form is None or question.id in sitting.graded:
        return form
    return {name: form[name] for name in ("response", "confidence", "saved")}


def _draft(sitting: Sitting, question: Question) -> dict[str, Any] | None:
    """What stands on a question's page and is no whole answer yet, and what is ``missing``."""
    given = sitting.drafts.get(question.id)
    if given is None:
        return None
    outcome = grade(question, given.response)
    if isinstance(outcome, NotAnAnswer) and not begun(question, given.response):
        return None  # not from this version of the course
    missing = UNSURE if isinstance(outcome, Outcome) else outcome
    return {
        "response": given.response,
        "confidence": given.confidence,
        "saved": clock(datetime.fromisoformat(given.utc)),
        "missing": missing.summary,
    }


def blank(sitting: Sitting, items: Sequence[Question], after: str) -> Question | None:
    """The first of *items* without an answer, from the one *after* on and round."""
    ids = [item.id for item in items]
    first = ids.index(after) + 1 if after in ids else 0
    turned = [*items[first:], *items[:first]]
    return next((item for item in turned if item.id not in sitting.responses), None)


def waiting(
    sitting: Sitting, items: Sequence[Question]
) -> Iterator[tuple[Question, Response, Outcome]]:
    """The responses that are not graded yet, with what they are worth."""
    for item in items:
        given = sitting.responses.get(item.id)
        if given is None or item.id in sitting.graded:
            continue
        outcome = grade(item, given.response)
        if isinstance(outcome, Outcome):
            yield item, given, outcome


def _count(sitting: Sitting, question: Question, items: Sequence[Question]) -> str:
    if not items:
        return f"Question {len(sitting.graded) + (question.id not in sitting.graded)}"
    return f"Question {items.index(question) + 1} of {len(items)}"


def _steps(sitting: Sitting, question: Question, items: Sequence[Question]) -> list[Block]:
    if not sitting.deferred:
        others = [item for item in items if item.id not in {*sitting.responses, question.id}]
        onward = "See the result" if items and not others else "Next question"
        return [step(onward, "next", after=True), step("Stop here", "finish", sure=True)]
    at = items.index(question)
    finish = step("Finish, and see the feedback", "finish")
    back = [step("Back", "go", to=at - 1)] if at else []
    if at + 1 == len(items):
        return [finish, *back]
    return [step("Next", "go", to=at + 1), *back, finish]


def _numbers(sitting: Sitting, question: Question, items: Sequence[Question]) -> list[Block]:
    return [
        {"at": at, "done": item.id in sitting.responses, "here": item == question}
        for at, item in enumerate(items)
    ]


def started(sitting: Sitting, items: Sequence[Question]) -> int:
    """How many questions have something chosen or typed that is no whole answer yet."""
    drafts = (sitting.drafts.get(item.id) for item in items)
    return sum(each is not None and _chosen(each.response) for each in drafts)


def _chosen(response: object) -> bool:
    given = response if isinstance(response, list) else [response]
    return any(each not in (None, "") for each in given)


def sure(left: int, begun: int) -> list[Block]:
    """Asks once more, where a sitting is to end with questions left blank; *begun* of them hold
    something that is no whole answer yet."""
    many = f"{left} questions are" if left > 1 else "One question is"
    steps = [step("Go on", "next"), step("End it all the same", "finish", sure=True)]
    said = f"{many} still blank, and would count as not right."
    if begun:
        many = f"{begun} of them have" if begun > 1 else "One of them has"
        said += f" {many} an answer begun: finish it, say how sure you are, and it counts."
    return [{"heading": "End it now?"}, {"said": said}, {"buttons": steps}]
