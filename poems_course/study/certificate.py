"""The page that a learner may print after the final examination: plain, and unsigned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from poems_course.document import html_page
from poems_course.study.mastery import Tally

UNSIGNED = (
    "Unsigned. Nobody watched, and the answers ship with the course: this page says what was"
    " answered on this computer, not who answered it, and it certifies no competence."
)


@dataclass(frozen=True)
class Result:
    """An examination as it ended: *day* in words, the number of its paper, rights by lesson.

    *lessons* holds (lesson, right, asked). *blank* questions count as not right.
    """

    day: str
    paper: int
    lessons: tuple[tuple[str, int, int], ...]
    blank: int = 0

    @property
    def total(self) -> Tally:
        return Tally(sum(right for _, right, _ in self.lessons), self.asked)

    @property
    def asked(self) -> int:
        return sum(asked for _, _, asked in self.lessons)


def percent(tally: Tally) -> str:
    """A share with its interval: ``70 % (95 % interval 55 to 82 %)``."""
    low, high = tally.interval
    return f"{tally.share:.0%} (95% interval {low:.0%} to {high:.0%})".replace("%", "\u00a0%")


def sentence(result: Result) -> str:
    """The result in one sentence."""
    left = f"; {result.blank} left blank" if result.blank else ""
    total = result.total
    return f"{total.right} of {total.answered} questions right, {percent(total)}{left}."


def page(result: Result, name: str, titles: Sequence[tuple[str, str]]) -> str:
    """The result as a whole HTML page, with *name* on it where one was typed.

    *titles*: the number and title of each lesson.
    """
    named = {lesson: escape(title) for lesson, title in titles}
    rows = "".join(
        f'<tr><th scope="row">{lesson} {named.get(lesson, "")}</th><td>{right} of {asked}</td></tr>'
        for lesson, right, asked in result.lessons
    )
    who = escape(" ".join(name.split())[:120])
    body = _BODY.format(
        who=f"<p>Name, as typed by whoever made this page: <strong>{who}</strong></p>"
        if who
        else "<p>No name was given.</p>",
        day=escape(result.day),
        paper=result.paper,
        asked=result.asked,
        sentence=escape(sentence(result)),
        rows=rows,
        unsigned=UNSIGNED,
    )
    return html_page("POEMS syndrome: result of a final examination", _STYLE, body)


_STYLE = """
body { max-width: 40rem; margin: 2.5rem auto; padding: 0 1rem; color: #1b2733; background: #fff;
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif; }
table { border-collapse: collapse; }
th, td { padding: 0.25rem 0.8rem 0.25rem 0; text-align: left; border-bottom: 1px solid #dde3e8; }
th { font-weight: 400; }
.unsigned { padding: 0.7rem 1rem; border: 2px solid #75828f; }
"""
_BODY = """<main>
<h1>POEMS syndrome: result of a final examination</h1>
{who}
<p>{day}. Paper {paper}, {asked} questions.</p>
<p><strong>{sentence}</strong></p>
<p class="unsigned">{unsigned}</p>
<table>
<caption>By lesson</caption>
<thead><tr><td>Lesson</td><td>Right</td></tr></thead>
<tbody>{rows}</tbody>
</table>
<p>An interactive course on POEMS syndrome. Education, not medical advice.</p>
</main>"""
