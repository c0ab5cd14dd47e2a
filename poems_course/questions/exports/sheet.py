"""An item as plain HTML: what is asked, and what is told after the answer.

The HTML is also XML, has no script and no style, and so survives in every program.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape, unescape

from poems_course.figures.chart import Table
from poems_course.figures.still import still
from poems_course.figures.svg import WIDTH
from poems_course.questions.explanation import explanation
from poems_course.questions.exports.shown import choices
from poems_course.questions.figure import TWIN, shown_figure, title_of
from poems_course.questions.records import Question

TASKS = {
    "multiple": "Choose all that apply.",
    "ordering": "Put these in order.",
    "matching": "Match each of them.",
}


@dataclass(frozen=True)
class Picture:
    """The drawing of an item: a file by itself, the words instead of it, its data."""

    file: str
    svg: str
    words: str
    table: Table

    def inside(self) -> str:
        """The drawing itself as an address, for what is kept in no file beside the text."""
        return f"data:image/svg+xml;base64,{b64encode(self.svg.encode()).decode()}"


def picture(item: Question) -> Picture | None:
    """What the item shows, without the sentence that reads it; None where it shows nothing."""
    if item.figure is None:
        return None
    figure = shown_figure(item.figure)
    caption, columns, rows = figure["table"]
    table = Table(caption, tuple(columns), tuple(map(tuple, rows)))
    words = f"{unescape(title_of(figure['svg']))}. {TWIN}"
    return Picture(f"{item.id}.svg", still(figure["svg"]), words, table)


def paragraphs(text: str) -> Iterator[str]:
    """The paragraphs of a text, each on one line."""
    for part in text.strip().split("\n\n"):
        if words := " ".join(part.split()):
            yield words


def line(text: str) -> str:
    """A text as HTML on one line, without an element around it."""
    return escape(" ".join(text.split()), quote=False)


def html(text: str) -> str:
    """A text as paragraphs."""
    return "".join(f"<p>{line(part)}</p>" for part in paragraphs(text))


def asked(item: Question, folder: str | None) -> str:
    """The stem, the drawing with its data, and how to answer.

    *folder* is where the format keeps images; None where it keeps none: they stand in the text.
    """
    return html(item.asked) + shown(picture(item), folder) + html(task(item))


def shown(image: Picture | None, folder: str | None) -> str:
    """The drawing and below it its data."""
    if image is None:
        return ""
    source = escape(image.inside() if folder is None else f"{folder}{image.file}")
    words = escape(image.words)
    return f'<p><img src="{source}" alt="{words}" width="{WIDTH}"/></p>{image.table.html()}'


def task(item: Question) -> str:
    """How to answer, where the choices do not say it by themselves."""
    if item.type == "numeric":
        return f"Answer with a number in {item.unit}." if item.unit else "Answer with a number."
    return TASKS.get(item.type, "")


def told(item: Question, remarks: bool) -> str:
    """The right answer, the reason, the reading of the drawing and the sources.

    *remarks*: also the feedback on every option, where the format has no better place for it.
    """
    return reason(item) + (remarks_on(item) if remarks else "") + sources(item)


def reason(item: Question) -> str:
    """The right answer, why it is right, and what the drawing shows."""
    found = explanation(item)
    return f"<p><strong>{line(answer(item))}</strong></p>" + "".join(
        html(found[part]) for part in ("why", "reading") if found[part]
    )


def remarks_on(item: Question) -> str:
    """The feedback on every option, or on every way to miss a number."""
    return _list(f"<strong>{line(of)}</strong>: {line(said)}" for of, said in _on(item))


def sources(item: Question) -> str:
    """The sources, each with its link."""
    return "<p>Sources:</p>" + _list(map(_source, explanation(item)["sources"]))


def answer(item: Question) -> str:
    """The right answer in words, with what counts as right beside it."""
    words = f"Answer: {explanation(item)['answer_text']}"
    if item.tolerance:
        words += f" (within {item.tolerance:g})"
    return words


def _on(item: Question) -> Iterator[tuple[str, str]]:
    if item.feedback is not None:
        yield "The right number", item.feedback.right
        yield "Too low", item.feedback.low
        yield "Too high", item.feedback.high
    found = choices(item)
    if item.type == "ordering":  # told in the right order
        found = tuple(sorted(found, key=lambda choice: choice.place))
    for choice in found:
        of = f"{choice.prompt}: {choice.text}" if choice.prompt else choice.text
        yield of, choice.feedback


def hint(item: Question) -> str:
    """The hint for where a format has none of its own."""
    return f"<p>Hint: {line(item.hint)}</p>"


def source_lines(item: Question) -> list[str]:
    """The sources in plain words, each with its address."""
    found = explanation(item)["sources"]
    return [f"{each['title']} {each['rest']} {each['link']}" for each in found]


def _source(each: dict[str, str]) -> str:
    link = f'<a href="{escape(each["link"])}">{line(each["title"])}</a>'
    return f"{link} {line(each['rest'])}".strip()


def _list(entries: Iterable[str]) -> str:
    return "<ul>" + "".join(f"<li>{entry}</li>" for entry in entries) + "</ul>"
