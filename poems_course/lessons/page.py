"""Exporting a lesson as one HTML page that works with no Python and no network."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import Any

from poems_course.document import html_page, open_folder, write_whole
from poems_course.figures import palette
from poems_course.folder import part
from poems_course.lessons.notebooks import LIVE_ONLY, lesson_paths, run
from poems_course.lessons.onward import GLOSSARY
from poems_course.widgets.kit import EXPORTING

_STYLE = Path(__file__).with_name("page.css")
_PAGE_LINK = re.compile(r'(<a\b[^>]*href="(?![a-z]+:)[^"]*)\.(?:ipynb|md)(["#])')
_INDEX_LINK = re.compile(r'(<a\b[^>]*href=")README(\.html["#])')
_MARK = re.compile(r"<!--.*?-->", re.DOTALL)
_TABLE = re.compile(r"<table.*?</table>", re.DOTALL)
_SENTENCE = re.compile(r"print\((explore|fact)\(.*\)\)")
_BROKEN = re.compile(r"\n(?!Read in |Computed here|$)")
_TITLE = re.compile(r"^#\s+(.+)$", re.MULTILINE)
FOOT = (
    "Education, not medical advice. Patients and datasets are invented unless a source is named. "
    "Text CC BY 4.0, code BSD-3-Clause."
)
_NOTE = (
    '<p class="note">Charts and questions work on this page, without Python. Cells do not run on '
    "it: where the text asks you to run or change one, you see what it gave before.</p>\n"
)


def export(lesson: str | None, out: Path) -> list[Path]:
    """Runs one lesson, or all, and writes a page for each into *out*; the pages' paths.

    Raises PoemsError where a lesson is unknown or fails, or the folder cannot be written.
    """
    paths = lesson_paths(part("notebooks"), lesson)
    open_folder(out)
    pages = [
        write_whole(out / f"{path.stem}.html", page(run(path, **{EXPORTING: "1"})))
        for path in paths
    ]
    return [*pages, *(_write_text(name, out) for name in ("README.md", GLOSSARY))]


def _write_text(name: str, out: Path) -> Path:
    """The list of lessons or the glossary, as a page among theirs."""
    from nbconvert.filters.markdown import markdown2html

    text = (part("notebooks") / name).read_text(encoding="utf-8")
    found = _TITLE.search(text)
    target = "index" if name == "README.md" else Path(name).stem
    body = markdown2html(_MARK.sub("", text))
    return write_whole(out / f"{target}.html", _shell(found[1] if found else name, body))


def page(notebook: Any) -> str:
    """A notebook that has been run, as a page: prose, pictures, widgets; code only with data."""
    from nbconvert import HTMLExporter

    tidy_for_page(notebook)
    exporter = HTMLExporter(  # type: ignore[no-untyped-call]
        template_name="basic", exclude_input_prompt=True, exclude_output_prompt=True
    )
    body, _ = exporter.from_notebook_node(notebook)
    name = title(notebook)
    note = _NOTE if name[:2].isdigit() else ""  # practice is no lesson: without Python it is still
    return _shell(name, note + body)


def _shell(name: str, body: str) -> str:
    linked = _INDEX_LINK.sub(r"\1index\2", _PAGE_LINK.sub(r"\1.html\2", body))
    style = f"{_on_root(palette.variables())}\n{_STYLE.read_text(encoding='utf-8')}"
    return html_page(
        name,
        style,
        '<a class="skip" href="#lesson">To the lesson</a>\n<main id="lesson">\n'
        f"{_scrolling_tables(linked)}\n<footer>{escape(FOOT)}</footer>\n</main>",
    )


def tidy_for_page(notebook: Any) -> None:
    """Leaves out what needs a kernel, and code that only calls a widget."""
    notebook.metadata.pop("widgets", None)
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        cell.metadata["transient"] = {"remove_source": "pandas" not in cell.source}
        for output in cell.outputs:
            for kind in LIVE_ONLY:
                output.get("data", {}).pop(kind, None)
            if output.output_type == "stream" and _SENTENCE.fullmatch(cell.source):
                # Broken for JupyterLab, which would break inside words; a page breaks lines itself.
                output.text = _BROKEN.sub(" ", output.text)


def _scrolling_tables(body: str) -> str:
    """A wide table scrolls in its own box, which the keyboard reaches; scripts stay as they are."""
    box = r'<div class="scroll" tabindex="0" role="group" aria-label="Table">\g<0></div>'
    parts = re.split(r"(<script.*?</script>)", body, flags=re.DOTALL)
    return "".join(p if p.startswith("<script") else _TABLE.sub(box, _tidy(p)) for p in parts)


def _tidy(part: str) -> str:
    """The corner of a table, which pandas and markdown leave as an empty heading, is no heading;
    and no line begins with a per cent sign."""
    return re.sub(r"(?<=\d) %", "&nbsp;%", re.sub(r"<th\b[^>]*></th>", "<td></td>", part))


def _on_root(css: str) -> str:
    return css.replace(".poems{", ":root,.poems{")


def title(notebook: Any) -> str:
    """The first heading of a notebook."""
    for cell in notebook.cells:
        found = _TITLE.search(cell.source) if cell.cell_type == "markdown" else None
        if found:
            return found.group(1)
    return "A lesson on POEMS syndrome"
