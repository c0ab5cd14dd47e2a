"""The frame of a teacher's page: one file, no script, no network, light and dark, printable."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from importlib import resources

from poems_course.figures.palette import variables

FOOT = (
    "Computed on this computer; nothing was sent anywhere. No learner is named. Education, not "
    "medical advice."
)


def shell(title: str, body: str) -> str:
    """A whole page around *body*."""
    return _SHELL.format(title=escape(title), style=_style(), body=body, foot=escape(FOOT))


def paragraphs(texts: Sequence[str]) -> str:
    """Each text as a paragraph."""
    return "".join(f"<p>{escape(text)}</p>" for text in texts)


def table(caption: str, columns: Sequence[str], rows: Sequence[str], numbers: int = 0) -> str:
    """A table in a box of its own that scrolls; *rows* are markup, the last columns numbers."""
    first = len(columns) - numbers
    head = "".join(
        f'<th scope="col"{" class=number" if at >= first else ""}>{escape(name)}</th>'
        for at, name in enumerate(columns)
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
    def css(room: str, name: str) -> str:
        return resources.files(f"poems_course.{room}").joinpath(name).read_text("utf-8")

    colours = variables().replace(".poems{", ":root,.poems{")
    return "\n".join(
        [
            colours,
            css("lessons", "page.css"),
            css("widgets", "drawing.css"),
            css("classroom", "page.css"),
        ]
    )


_SHELL = """<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="data:,">
<style>{style}</style>
</head>
<body>
<a class="skip" href="#report">To the report</a>
<main id="report">
{body}
<footer>{foot}</footer>
</main>
</body>
</html>
"""
