"""The grades as a table, as data and as one page with plots that needs no network."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

from poems_course.document import html_page, write_whole
from poems_course.figures.palette import variables
from poems_course.figures.still import drawing_style
from poems_course.synthetic.checks.registry import Graded

NOTE = (
    "All rows but those of published_cohorts are synthetic. No patient's data were used, so there"
    " is nobody to re-identify and no privacy test to make."
)
_GRADES = {"identity": "identity", "calibration": "calibration", "out_of_sample": "out of sample"}


def passed(graded: Sequence[Graded]) -> bool:
    """Whether every check passed."""
    return all(each.outcome.passed for each in graded)


def as_data(graded: Sequence[Graded]) -> dict[str, Any]:
    """For --json: each check with its outcome, and the counts by grade."""
    rows = [
        {
            "id": each.check.id,
            "grade": each.check.grade,
            "dataset": each.check.dataset,
            "what": each.check.what,
            "expected": each.check.expected,
            "got": each.outcome.got,
            "passed": bool(each.outcome.passed),
            "source": each.check.source,
        }
        for each in graded
    ]
    return {"synthetic": True, "note": NOTE, "summary": _counts(graded), "checks": rows}


def _counts(graded: Sequence[Graded]) -> dict[str, dict[str, int]]:
    counts = {grade: {"checks": 0, "passed": 0} for grade in _GRADES}
    for each in graded:
        counts[each.check.grade]["checks"] += 1
        counts[each.check.grade]["passed"] += bool(each.outcome.passed)
    return counts


def as_text(graded: Sequence[Graded]) -> str:
    """The table for a terminal, failures last and in full."""
    lines = []
    for each in graded:
        mark = "pass" if each.outcome.passed else "FAIL"
        what = f"{each.check.what}: expected {each.check.expected}, got {each.outcome.got}"
        lines.append(f"{mark}  {_GRADES[each.check.grade]:<13}  {each.check.id}: {what}")
    failures = [line for line in lines if line.startswith("FAIL")]
    if failures:
        lines += ["", f"{len(failures)} failed:", *failures]
    for grade, count in _counts(graded).items():
        lines.append(f"{_GRADES[grade]}: {count['passed']} of {count['checks']} passed")
    return "\n".join([*lines, NOTE])


def save(path: Path, graded: Sequence[Graded], plots: Sequence[tuple[str, str]]) -> None:
    """Writes the page: counts, plots (title and SVG each), and the table of all checks.

    Raises PoemsError where the file cannot be written.
    """
    rows = "".join(_row(each) for each in graded)
    counts = "; ".join(
        f"{_GRADES[grade]}: {count['passed']} of {count['checks']} passed"
        for grade, count in _counts(graded).items()
    )
    figures = "".join(
        f'<figure class="poems">{svg}<figcaption>{escape(title)} (synthetic)</figcaption></figure>'
        for title, svg in plots
    )
    head = "".join(f"<th scope=col>{name}</th>" for name in _COLUMNS)
    body = (
        f"<main><h1>Synthetic data: checks</h1><p>{escape(NOTE)}</p><p>{escape(counts)}</p>"
        f"{figures}<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></main>"
    )
    write_whole(path, html_page("Synthetic data: checks", _style(), body))


_COLUMNS = ("check", "grade", "dataset", "what", "expected", "got", "result", "fact")


def _row(each: Graded) -> str:
    check = each.check
    result = "passed" if each.outcome.passed else "FAILED"
    cells = (
        check.id, _GRADES[check.grade], check.dataset, check.what, check.expected,
        each.outcome.got, result, check.source,
    )  # fmt: skip
    return (
        f'<tr class="{result}">' + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"
    )


def _style() -> str:
    return (
        variables() + drawing_style() + "body{font:15px/1.5 system-ui,sans-serif;margin:1.5rem}"
        "figure{display:inline-block;width:440px;max-width:100%;margin:.5rem;vertical-align:top;"
        "background:var(--poems-paper)}figcaption{color:var(--poems-muted)}"
        "table{border-collapse:collapse}th,td{border-bottom:1px solid #999;padding:.2rem .5rem;"
        "text-align:left;vertical-align:top}.FAILED td{font-weight:700}"
    )
