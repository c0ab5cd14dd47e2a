"""The class report as one page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

from poems_course.classroom import drawings
from poems_course.classroom.answers import Item
from poems_course.classroom.distractors import ChoiceFigures, ChoiceTable
from poems_course.classroom.files import group_names
from poems_course.classroom.intervals import Interval
from poems_course.classroom.method import METHOD
from poems_course.classroom.report import GUIDE, ClassReport, conclusions, remarks, rounded, span
from poems_course.classroom.scales import Estimate, Scale
from poems_course.classroom.shell import figure, paragraphs, shell, table
from poems_course.questions.records import Question

TITLE = "Class report"


def page(report: ClassReport, bank: Mapping[str, Question]) -> str:
    """The whole page. Questions of the bank are shown with their words."""
    answers = report.answers
    parts = [
        f"<h1>{TITLE}</h1>",
        f"<p>{answers.learners} learners, {len(answers.items)} questions.</p>",
        '<div class="box"><h2>What may be concluded</h2>',
        paragraphs(conclusions(report)),
        "</div>",
        *_notes(answers.notes),
        "<h2>The test as a whole</h2>",
        *_whole(report),
        "<h2>The questions</h2>",
        *_items(report),
        "<h2>Questions and learners on one scale</h2>",
        *_scales(report),
        "<h2>What was chosen</h2>",
        *_choices(report, bank),
        "<h2>How it was computed</h2>",
        paragraphs(METHOD),
    ]
    return shell(TITLE, "\n".join(parts))


def _notes(notes: tuple[str, ...]) -> Iterator[str]:
    if notes:
        listed = "".join(f"<li>{escape(note)}</li>" for note in notes)
        yield f"<h2>About the files</h2><ul>{listed}</ul>"


def _whole(report: ClassReport) -> Iterator[str]:
    if whole := report.reliability:
        rows = [
            _row("KR-20 (alpha)", whole.alpha, whole.interval),
            _row("standard error of measurement, points", whole.error,
                 whole.error_interval),
            _row("standard deviation of scores, points", whole.deviation, None),
        ]  # fmt: skip
        caption = f"{whole.learners} learners who answered all {whole.items} questions"
        yield table(caption, ("measure", ">value", "95 % interval"), rows)
    caption = "Learners by the share of their answers that was right; under five are not counted."
    yield figure(drawings.scores(report.answers), caption)


def _row(name: str, value: float, interval: Interval | None) -> str:
    between = span(*interval) if interval else ""
    return (
        f'<tr><th scope="row">{escape(name)}</th><td class="number">{rounded(value)}</td>'
        f'<td class="between">{between}</td></tr>'
    )


def _items(report: ClassReport) -> Iterator[str]:
    drawn = drawings.difficulty_and_discrimination(report.items)
    yield figure(drawn, "Wide crosses: little is known. Numbers are those of the table.")
    columns = (
        ">no.", "question", ">answers", ">share right", "95 % interval", ">discrimination",
        "95 % interval", ">KR-20 without",
    )  # fmt: skip
    caption = (
        "Questions. Share right: drawn from 0 to 1, the mark is at 0.5. Discrimination: drawn "
        f"from \N{MINUS SIGN}1 to 1, the mark is at {GUIDE:.2f}"
    )
    yield table(caption, columns, [_item_row(report, at) for at in range(len(report.items))])


def _item_row(report: ClassReport, at: int) -> str:
    name, f = escape(str(report.answers.items[at])), report.items[at]
    said = "".join(f"<br><em>{escape(s)}</em>" for s in remarks(f, report.choices[at]))
    start = f'<tr><td class="number">{at + 1}</td><th scope="row">{name}{said}</th>'
    if f is None:
        return f'{start}<td colspan="6">fewer than five answers: nothing is reported</td></tr>'
    cells = [f'<td class="number">{f.answered}</td>']
    cells += _estimate(f.share, f.share_interval, 0, 1, 0.5)
    cells += _estimate(f.rest, f.rest_interval, -1, 1, GUIDE)
    without = "" if f.alpha_without is None else rounded(f.alpha_without)
    return f'{start}{"".join(cells)}<td class="number">{without}</td></tr>'


def _estimate(
    value: float | None, interval: Interval | None, low: float, high: float, mark: float
) -> list[str]:
    if value is None:
        return ['<td class="number">\N{EN DASH}</td>', "<td></td>"]
    return [
        f'<td class="number">{rounded(value)}</td>',
        f'<td class="between">{drawings.bar(value, interval, low, high, mark)} '
        f"{span(*interval) if interval else ''}</td>",
    ]


def _scales(report: ClassReport) -> Iterator[str]:
    yield "<h3>Rasch model</h3>"
    scale = report.rasch
    if isinstance(scale, str):
        yield paragraphs([scale])
    else:
        number = {item: at for at, item in enumerate(report.answers.items, 1)}
        placed = [
            drawings.Placed(number[item], each.value, each.interval)
            for item, each in scale.difficulty.items()
        ]
        caption = (
            "A learner stands a chance of one half with a question at the same height of the "
            "scale. Pale: one to four learners. Abilities are drawn towards the class's mean."
        )
        yield figure(drawings.wright_map(scale, placed), caption)
        yield paragraphs(_about(scale))
        yield _scale_table(scale, number)
        yield figure(drawings.error_by_score(scale), "If the model holds.")
    yield "<h3>Two parameters</h3>"
    two = report.two_parameters
    if isinstance(two, str):
        yield paragraphs([two])
    else:
        yield paragraphs([f"Fitted to {two.learners} learners.", *_left_out(two)])
        yield _scale_table(two, {item: at for at, item in enumerate(report.answers.items, 1)})


def _about(scale: Scale) -> list[str]:
    assert scale.spread is not None
    spread = scale.spread
    return [
        f"Fitted to {scale.learners} learners. Ability spreads by {spread.value:.2f} logits "
        f"({span(*spread.interval)}).",
        *_left_out(scale),
    ]


def _left_out(scale: Scale) -> list[str]:
    if not scale.left_out:
        return []
    names = "; ".join(map(str, scale.left_out))
    return [f"Left out, as too few answers were right or too few wrong: {names}."]


def _scale_table(scale: Scale, number: Mapping[Item, int]) -> str:
    columns = [">no.", "question", ">difficulty, logits", "95 % interval"]
    columns += [">slope", "95 % interval"] if scale.slope else []
    rows = []
    for item in scale.slope or scale.difficulty:
        cells = f'<td class="number">{number[item]}</td><th scope="row">{escape(str(item))}</th>'
        cells += _logits(scale.difficulty.get(item))
        cells += _logits(scale.slope[item]) if scale.slope else ""
        rows.append(f"<tr>{cells}</tr>")
    return table("Difficulty of the questions, logits", columns, rows)


def _logits(each: Estimate | None) -> str:
    if each is None:
        return '<td class="number">\N{EN DASH}</td><td>its slope is near 0</td>'
    return (
        f'<td class="number">{rounded(each.value)}</td>'
        f'<td class="between">{span(*each.interval)}</td>'
    )


def _choices(report: ClassReport, bank: Mapping[str, Question]) -> Iterator[str]:
    if not any(report.choices):
        yield paragraphs(["The files do not say what was chosen, only whether it was right."])
    for at, (item, shown) in enumerate(zip(report.answers.items, report.choices, strict=True), 1):
        if shown is None:
            continue
        question = bank.get(item.id)
        stem = question.asked if question and question.version == item.version else ""
        lead = f"<p>{escape(' '.join(stem.split()))}</p>" if stem else ""
        yield (
            f'<section class="item"><h3>{at}. {escape(str(item))}</h3>{lead}'
            f"{_choice_table(shown, f'What was chosen in question {at}')}</section>"
        )


_DRAWS = {"key": "right", "draws": "draws", "seldom": "draws hardly anybody", "open": ""}


def _choice_table(shown: ChoiceTable, caption: str) -> str:
    names = group_names(shown)
    sizes = [f">{name} ({size})" for name, size in zip(names, shown.sizes, strict=True)]
    columns = ["choice", *sizes, ">r with the rest", "95 % interval", "remark"]
    return table(caption, columns, [_choice_row(row) for row in shown.rows])


def _choice_row(row: ChoiceFigures) -> str:
    counts = "".join(
        f'<td class="number">{"not shown" if count is None else count}</td>' for count in row.counts
    )
    r = "\N{EN DASH}" if row.r is None else rounded(row.r)
    between = span(*row.interval) if row.interval else ""
    kind = "key" if row.choice.right else "choice"
    return (
        f'<tr class="{kind}"><th scope="row">{escape(row.choice.text)}</th>{counts}'
        f'<td class="number">{r}</td><td class="between">{between}</td>'
        f"<td>{_DRAWS[row.draws]}</td></tr>"
    )
