"""All figures of a class report, computed once from the answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from poems_course.classroom.answers import Answers, Array
from poems_course.classroom.classical import (
    ItemFigures,
    Reliability,
    item_figures,
    reliability,
    rest_scores,
)
from poems_course.classroom.distractors import ChoiceTable, choice_tables
from poems_course.classroom.intervals import Interval, fisher_z
from poems_course.classroom.scales import Scale, rasch, two_parameters

GUIDE = 0.20  # a discrimination above which a question is usually called sound
PLENTY = 250
_SOUND = 0.30


@dataclass(frozen=True)
class ClassReport:
    """*rest*: learners x items, see rest_scores. A scale that was refused is the reason why."""

    answers: Answers
    rest: Array
    items: list[ItemFigures | None]
    reliability: Reliability | None
    choices: list[ChoiceTable | None]
    rasch: Scale | str
    two_parameters: Scale | str


def class_report(answers: Answers) -> ClassReport:
    """Everything that can be said about these answers."""
    rest = rest_scores(answers)
    return ClassReport(
        answers,
        rest,
        item_figures(answers, rest),
        reliability(answers),
        choice_tables(answers, rest),
        rasch(answers),
        two_parameters(answers),
    )


def remarks(figures: ItemFigures | None, table: ChoiceTable | None) -> list[str]:
    """What the intervals of an item allow to say, each a few words; none where they allow nothing.

    Nothing is said because of an estimate alone.
    """
    if figures is None:
        return []
    said = []
    if figures.rest_interval and figures.rest_interval[1] < GUIDE:
        said.append("hardly tells those who know more")
    for row in table.rows if table else ():
        if not row.choice.right and row.interval and row.interval[0] > 0:
            said.append(f"those who know more choose \N{LEFT SINGLE QUOTATION MARK}"
                        f"{row.choice.text}\N{RIGHT SINGLE QUOTATION MARK}")  # fmt: skip
    if seldom := [row for row in (table.rows if table else ()) if row.draws == "seldom"]:
        said.append("1 choice draws hardly anybody" if len(seldom) == 1
                    else f"{len(seldom)} choices draw hardly anybody")  # fmt: skip
    return said


def conclusions(report: ClassReport) -> list[str]:
    """What a teacher may conclude from a class of this size, in plain sentences."""
    answers, n, k = report.answers, report.answers.learners, len(report.answers.items)
    low, high = fisher_z(_SOUND, n) or (-1.0, 1.0)
    range_ = (
        f"a sound question (discrimination {_SOUND:.2f}) comes out anywhere from {span(low, high)}"
    )
    size = f"{n} learners are few" if n < PLENTY else f"{n} learners are a large class"
    said = [f"{size}: in 19 of 20 such classes {range_}."]
    if n < 30:
        said.append(
            "This report is no verdict on a question, still less on a learner. It shows where to "
            "read a question again. Do not drop, rewrite or re-mark anything because of it alone."
        )
    elif n < PLENTY:
        said.append(
            "A question that is marked below deserves a second reading by somebody who knows the "
            "subject: figures can say that it misled, not why. They cannot rank sound questions."
        )
    else:
        said.append(
            "A marked question is worth a second reading; read the difference between two sound "
            "questions only where their intervals lie apart."
        )
    said.append(
        "A question is marked, in words below its name, only where its whole interval lies on one "
        f"side. Of {k} sound questions up to {max(0.1, 0.025 * k):.1f} are still marked by chance, "
        "on average."
    )
    said.append(_about_missing(answers))
    said.append(_about_reliability(report.reliability))
    return said


def _about_missing(answers: Answers) -> str:
    missing = int((~answers.given).sum())
    which = "last" if answers.last else "first"
    later = f" {answers.later} further attempts are left out." if answers.later else ""
    if answers.last:
        later += " They came after feedback: they tell about learning, not about the questions."
    if not missing:
        return f"Every learner answered every question; {which} attempts count.{later}"
    share = 100 * missing / answers.given.size
    return (
        f"{missing} answers ({share:.0f} %) are missing. They are left out, not counted as wrong "
        f"(in a table of your own, write 0 where a blank is to count as wrong); {which} attempts "
        f"count.{later}"
    )


def _about_reliability(found: Reliability | None) -> str:
    if found is None:
        return (
            "There is no reliability: too few learners answered all questions, and it belongs to a "
            "fixed form. A report on one lesson (--lesson) may have one."
        )
    between = f" ({span(*found.interval)})" if found.interval else ""
    return (
        f"KR-20 is {rounded(found.alpha)}{between}, of {found.learners} learners who answered all "
        f"{found.items} questions. A single score is uncertain by about "
        f"{1.96 * found.error:.1f} points either way."
    )


def span(low: float, high: float, digits: int = 2) -> str:
    """An interval in words: ``0.12 to 0.48``."""
    return f"{rounded(low, digits)} to {rounded(high, digits)}"


def rounded(value: float, digits: int = 2) -> str:
    """A number to so many decimals, with a true minus sign, and none before 0.00."""
    text = f"{value:.{digits}f}"
    return text.replace("-", "\N{MINUS SIGN}" if float(text) else "")


def as_data(report: ClassReport) -> dict[str, Any]:
    """For --json: the class, the test as a whole, and what is said; the items are in the CSV."""
    whole = report.reliability
    return {
        "learners": report.answers.learners,
        "items": len(report.answers.items),
        "missing": int((~report.answers.given).sum()),
        "later_attempts": report.answers.later,
        "notes": list(report.answers.notes),
        "conclusions": conclusions(report),
        "kr20": whole and _measured(whole.alpha, whole.interval),
        "standard_error_points": whole and _measured(whole.error, whole.error_interval),
        "rasch": report.rasch if isinstance(report.rasch, str) else "fitted",
        "two_parameters": (
            report.two_parameters if isinstance(report.two_parameters, str) else "fitted"
        ),
    }


def _measured(value: float, interval: Interval | None) -> dict[str, Any]:
    low, high = interval or (None, None)
    return {"value": value, "low": low, "high": high}
