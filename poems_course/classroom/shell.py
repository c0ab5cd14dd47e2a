"""The frame of a teacher's page: one file, no script, no network, light and dark, printable."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

from poems_course.document import html_page
from poems_course.figures.palette import variables
from poems_course.figures.still import drawing_style

FOOT = (
    "Computed on this computer; nothing was sent anywhere. No learner is named. Education, not "
    "medical advice."
)


def shell(title: str, body: str) -> str:
    """A whole page around *body*."""
    return html_page(
        title,
        _style(),
        '<a class="skip" href="#report">To the report</a>\n<main id="report">\n'
        f"{body}\n<footer>{escape(FOOT)}</footer>\n</main>",
    )


def paragraphs(texts: Sequence[str]) -> str:
    """Each text as a paragraph."""
    return "".join(f"<p>{escape(text)}</p>" for text in texts)


def table(caption: str, columns: Sequence[str], rows: Sequence[str]) -> str:
    """A table in a box of its own that scrolls; *rows* are markup. A column whose name starts with
    ">" holds numbers, which stand to the right."""
    head = "".join(
        f'<th scope="col"{" class=number" if name.startswith(">") else ""}>'
        f"{escape(name.removeprefix('>'))}</th>"
        for name in columns
    )
    return (
        f'<div class="scroll" tabindex="0" role="group" aria-label="{escape(caption)}"><table>'
        f"<caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def figure(svg: str, caption: str) -> str:
    """A drawing with its caption."""
    return f"<figure>{svg}<figcaption>{escape(caption)}</figcaption></figure>"


def _style() -> str:
    colours = variables().replace(".poems{", ":root{")
    own = Path(__file__).with_name("page.css").read_text(encoding="utf-8")
    return "\n".join([colours, drawing_style(), own])
