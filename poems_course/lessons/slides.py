"""Slides of a lesson, from its own objectives, figures and take-home points.

One page that needs neither Python nor a network: the figures can be moved, the arrow keys turn
the slides, and printed it is one slide a sheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from poems_course.content import PoemsError
from poems_course.document import html_page, open_folder, write_whole
from poems_course.figures import palette
from poems_course.folder import part
from poems_course.lessons.notebooks import lesson_paths, run
from poems_course.lessons.page import FOOT, title
from poems_course.widgets.kit import EXPORTING

_HERE = Path(__file__).parent
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_CITATION = re.compile(r"\s*\(\[[^\]]*\]\(#[^)]*\)\)")
_BELIEF = re.compile(r"popular belief:?\s*(\"[^\"]+\"|“[^”]+”)", re.IGNORECASE)
_SHOWN = re.compile(r"\s*explore\([^)]*\)\s*")


def write(lesson: str, out: Path) -> list[Path]:
    """Runs one lesson and writes its slides into *out*; the page's path.

    Raises PoemsError where the lesson is unknown or fails, or the folder cannot be written.
    """
    paths = lesson_paths(part("notebooks"), lesson)
    open_folder(out)
    return [
        write_whole(out / f"{path.stem}_slides.html", page(run(path, **{EXPORTING: "1"})))
        for path in paths
    ]


def page(notebook: Any) -> str:
    """The slides of a notebook that was run while exporting (see page.export), as one page."""
    name = title(notebook)
    shown = [f'<h1 id="title">{escape(name)}</h1><p>{escape(FOOT)}</p>', *_slides(notebook)]
    sections = "\n".join(
        f'<section aria-label="Slide {at} of {len(shown)}">{content}</section>'
        for at, content in enumerate(shown, 1)
    )
    colours = palette.variables().replace(".poems{", ":root,.poems{")
    script = (_HERE / "slides.js").read_text(encoding="utf-8")
    return html_page(
        f"Slides: {name}",
        colours + (_HERE / "slides.css").read_text(encoding="utf-8"),
        f"<main>\n{sections}\n</main>\n{_NAVIGATION}\n<script>{script}</script>",
    )


def _slides(notebook: Any) -> Iterator[str]:
    """Objectives first, then figures and the belief in the lesson's order, then what to keep."""
    yield _html(_section(notebook, "Objectives"))
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and (belief := _BELIEF.search(cell.source)):
            said = escape(belief[1])
            yield f"<h2>A popular belief</h2><blockquote>{said}</blockquote><p>True?</p>"
        elif cell.cell_type == "code" and _SHOWN.fullmatch(cell.source):
            yield "".join(output.data["text/html"] for output in cell.outputs if "data" in output)
    yield _html(_section(notebook, "Take-home points"))


def _section(notebook: Any, heading: str) -> str:
    """The part of a lesson under a heading, as markdown. Raises PoemsError where there is none."""
    pattern = re.compile(rf"^## {heading}\b.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and (found := pattern.search(cell.source)):
            return found[0]
    raise PoemsError(f"{title(notebook)}: there is no heading {heading!r}")


def _html(markdown: str) -> str:
    from nbconvert.filters.markdown import markdown2html

    text = _CITATION.sub("", _COMMENT.sub("", markdown))
    html: str = markdown2html(text)
    return re.sub(r'<a class="anchor-link".*?</a>', "", html)


_NAVIGATION = """<nav aria-label="Slides"><button type="button" id="back">Back</button>
<span id="place" role="status"></span>
<button type="button" id="on">Next</button></nav>"""
