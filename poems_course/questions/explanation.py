"""What "Show me why" opens: the right answer in words, the reason, each option, the sources."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from poems_course.evidence import reference
from poems_course.questions.figure import chart_of
from poems_course.questions.presentation import order
from poems_course.questions.records import Question


def explanation(question: Question) -> dict[str, Any]:
    """JSON-safe: all of it, the key included. *reading* is "" where there is no figure."""
    return {
        "answer_text": answer_text(question),
        "why": question.why.strip(),
        "reading": chart_of(question.figure).reading if question.figure else "",
        "options": list(_matches(question) if question.type == "matching" else _options(question)),
        "sources": [_source(key) for key in question.references],
    }


def answer_text(question: Question) -> str:
    """The right answer in words."""
    if question.type == "numeric":
        return f"{question.answer:g} {question.unit or ''}".strip()
    if question.type == "ordering":
        return ", then ".join(option.text for option in question.options)
    if question.type == "matching":
        return "; ".join(f"{option.prompt}: {option.text}" for option in question.prompts)
    return "; ".join(question.options[at].text for at in question.keys)


def _options(question: Question) -> Iterator[dict[str, Any]]:
    for at, author in enumerate(order(question)):
        option = question.options[author]
        tone = "right" if option.correct else "wrong"
        if question.type == "ordering":
            tone = "note"
        elif question.type == "concordance" and abs(author - question.keys[0]) == 1:
            tone = "near"
        yield {"option": at, "text": option.feedback, "tone": tone}


def _matches(question: Question) -> Iterator[dict[str, Any]]:
    """A remark for each prompt, then one for each option that matches nothing."""
    for row, option in enumerate(question.prompts):
        yield {"option": row, "text": f"{option.text}. {option.feedback}", "tone": "note"}
    for option in question.options:
        if not option.prompt:
            text = f"No match: {option.text}. {option.feedback}"
            yield {"option": None, "text": text, "tone": "note"}


def _source(key: str) -> dict[str, str]:
    source = reference(key)
    year = f" {source.year}" if source.year else ""
    return {"title": source.title, "link": source.link, "rest": f"{source.journal}{year}"}
