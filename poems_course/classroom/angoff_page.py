"""The cut score as one page, with what it is not; and as tidy CSV."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from math import ceil, floor

from poems_course.classroom.angoff import Beside, CutScore, ItemRatings
from poems_course.classroom.angoff_sheet import Ratings
from poems_course.classroom.files import Cell
from poems_course.classroom.report import span
from poems_course.classroom.shell import figure, paragraphs, shell, table
from poems_course.evidence.intervals import Z_95
from poems_course.figures.draw import Axis, Plot

TITLE = "Cut score by Angoff's method"
_NAMED = 40
NOT = (
    "A cut score is a decision of people, written as a number. It was not found in the data, and "
    "no calculation makes it true: it says what these judges expect of a learner who only just "
    "deserves to pass. Another panel would draw another line; the interval says how far away.",
    "It is no measure of a learner. Near the cut the test cannot tell one side from the other, and "
    "who passes by a point has not shown more than who fails by one.",
    "It does not predict how many will pass, it does not make a weak question sound, and it does "
    "not carry over to another set of questions or another version of one.",
    "The questions of the public bank are for practice: whoever can look up the answers is not "
    "examined by them. For an examination use questions of your own (--bank).",
)


def sentences(cut: CutScore, report: Beside | str) -> list[str]:
    """The cut score in words, for the page and the terminal."""
    k, judges = len(cut.items), len(cut.judges)
    said = [
        f"The cut score is {cut.cut:.1f} %, that is {cut.points:.1f} of {k} points: a pass from "
        f"{cut.pass_from} points on."
    ]
    if cut.interval:
        low, high = (end * k / 100 for end in cut.interval)
        said.append(
            f"With {judges} other judges of the same kind it might as well have been "
            f"{span(*cut.interval, 1)} % ({span(low, high, 1)} points; 95 % interval over judges)."
        )
    else:
        said.append("One judge: how far another would have been from it cannot be told.")
    if judges < 5:
        said.append(f"{judges} judge(s) are few for a decision that others must live with.")
    if cut.missing:
        said.append(f"{cut.missing} ratings are missing; they are left out, not counted as 0.")
    if isinstance(report, str):
        said.append(report)
    else:
        said += _error(cut, report)
    return said


def _error(cut: CutScore, report: Beside) -> list[str]:
    reach, k = Z_95 * report.error, len(cut.items)
    low, high = max(0.0, cut.points - reach), min(float(k), cut.points + reach)
    between = f" ({span(*report.r_interval)})" if report.r_interval else ""
    return [
        f"The standard error of measurement, from the class report of {report.learners} learners "
        f"beside it, is {report.error:.1f} points: scores from {ceil(low)} to {floor(high)} cannot "
        "be told from the cut.",
        f"The judges' ratings and the shares answered right go together with r = {report.r:.2f}"
        f"{between}. A low r says that judges and class found other questions hard.",
    ]


def page(cut: CutScore, ratings: Ratings, report: Beside | str) -> str:
    """The whole page."""
    parts = [
        f"<h1>{escape(TITLE)}</h1>",
        '<div class="box"><h2>The cut score</h2>',
        paragraphs(sentences(cut, report)),
        "</div><h2>What a cut score is not</h2>",
        paragraphs(NOT),
        "<h2>The judges</h2>",
        figure(
            _judges(cut), "Each judge's own cut score; dashed, their mean; the band, its interval."
        ),
        _judge_table(cut),
        "<h2>The questions</h2>",
        figure(_ratings(cut, ratings), "Every rating; the numbers are those of the table."),
        _item_table(cut, report),
    ]
    return shell(TITLE, "\n".join(parts))


def _judges(cut: CutScore) -> str:
    names = [str(number) for number in range(1, len(cut.judges) + 1)]
    plot = Plot(
        "Cut score by judge", Axis("cut score, %", 0.0, 100.0), Axis.of("judge", names),
        height=70 + 22 * len(names),
    )  # fmt: skip
    if cut.interval:
        plot.band(*cut.interval)
    plot.rule("", x=cut.cut)
    plot.dots([judge.cut for judge in cut.judges], [float(at) for at in range(len(names))])
    cuts = [judge.cut for judge in cut.judges]
    return plot.svg(
        f"{len(names)} judges set cut scores from {min(cuts):.1f} to {max(cuts):.1f} %, their mean "
        f"is {cut.cut:.1f} %."
    )


def _ratings(cut: CutScore, ratings: Ratings) -> str:
    k = len(cut.items)
    names = [str(at) if k <= _NAMED else "" for at in range(1, k + 1)]
    plot = Plot(
        "Ratings by question", Axis("rating, %", 0.0, 100.0), Axis.of("question", names),
        height=70 + (16 if k <= _NAMED else 6) * k,
    )  # fmt: skip
    for row, each in enumerate(cut.items):
        plot.line((each.least, each.greatest), (row, row))
        given = [own[each.item] for own in ratings.of.values() if each.item in own]
        plot.dots(given, [float(row)] * len(given))
    return plot.svg(f"Ratings of {k} questions by {len(cut.judges)} judges, from 0 to 100 %.")


def _judge_table(cut: CutScore) -> str:
    rows = [
        f'<tr><td class="number">{at}</td><th scope="row">{escape(judge.name)}</th>'
        f'<td class="number">{judge.rated}</td><td class="number">{judge.cut:.1f}</td>'
        f'<td class="number">{_signed(judge.cut - cut.cut)}</td></tr>'
        for at, judge in enumerate(cut.judges, 1)
    ]
    spread = "" if cut.deviation is None else f"; standard deviation {cut.deviation:.1f}"
    columns = (">no.", "judge", ">rated", ">own cut, %", ">from the mean")
    return table(f"Judges{spread}", columns, rows)


def _signed(value: float) -> str:
    return f"{value:+.1f}".replace("-", "\N{MINUS SIGN}")


def _item_table(cut: CutScore, report: Beside | str) -> str:
    columns = [
        ">no.",
        "question",
        ">judges",
        ">mean, %",
        ">standard deviation",
        ">least",
        ">greatest",
    ]
    columns += [] if isinstance(report, str) else [">class right, %"]
    rows = [_item_row(at, each, report) for at, each in enumerate(cut.items, 1)]
    caption = "Ratings by question. Where judges lie far apart, let them talk and rate again"
    return table(caption, columns, rows)


def _item_row(number: int, each: ItemRatings, report: Beside | str) -> str:
    deviation = "" if each.deviation is None else f"{each.deviation:.1f}"
    values = [f"{each.mean:.1f}", deviation, f"{each.least:g}", f"{each.greatest:g}"]
    if not isinstance(report, str):
        values.append(f"{100 * report.shares[each.item]:.0f}")
    cells = "".join(f'<td class="number">{value}</td>' for value in values)
    return (
        f'<tr><td class="number">{number}</td><th scope="row">{escape(str(each.item))}</th>'
        f'<td class="number">{each.judges}</td>{cells}</tr>'
    )


def tables(cut: CutScore, report: Beside | str) -> dict[str, list[Sequence[Cell]]]:
    """The rows of each file, its header first."""
    return {
        "cut_score.csv": [("measure", "value", "low", "high", "unit"), *_summary(cut, report)],
        "cut_judges.csv": [
            ("judge", "rated", "cut_percent"),
            *((judge.name, judge.rated, judge.cut) for judge in cut.judges),
        ],
        "cut_items.csv": [
            (
                "item",
                "version",
                "judges",
                "mean_percent",
                "standard_deviation",
                "least",
                "greatest",
            ),
            *((*i.item, i.judges, i.mean, i.deviation, i.least, i.greatest) for i in cut.items),
        ],
    }


def _summary(cut: CutScore, report: Beside | str) -> Iterator[Sequence[Cell]]:
    low, high = cut.interval or (None, None)
    yield "cut score", cut.cut, low, high, "percent"
    yield "pass from", cut.pass_from, None, None, "points"
    yield "standard deviation of the judges' cut scores", cut.deviation, None, None, "percent"
    yield "missing ratings", cut.missing, None, None, "ratings"
    if not isinstance(report, str):
        yield "standard error of measurement", report.error, None, None, "points"
        yield "correlation with the class", report.r, *(report.r_interval or (None, None)), ""
