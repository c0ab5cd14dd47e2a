"""``poems questions list`` and ``lint``: the bank as data, and what is wrong with it."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

from poems_course.content import PoemsError
from poems_course.questions.bank import questions, read_bank
from poems_course.questions.explanation import answer_text
from poems_course.questions.lint import Finding, lint
from poems_course.questions.records import Option, Question
from poems_course.questions.robot import Score, play
from poems_course.questions.words import grade_band


@dataclass(frozen=True)
class Report:
    """What a verb says: *data* for programs, *text* for people, *passed* for the exit code."""

    data: Any
    text: str
    passed: bool


def run(action: str, lesson: str | None = None, bank: str | None = None) -> Report:
    """``list`` or ``lint``, of the course's bank or of the one in the folder *bank*.

    Raises PoemsError where a folder or lesson is not there, ContentError where an item is unusable.
    """
    return _list(chosen(bank, lesson)) if action == "list" else _lint(_bank(bank), lesson)


def chosen(bank: str | None, lesson: str | None) -> list[Question]:
    """The items of a lesson or of all, of the course's bank or of the one in the folder *bank*.

    Raises as ``run`` does.
    """
    return _of(_bank(bank), lesson)


def _bank(folder: str | None) -> tuple[Question, ...]:
    if folder is None:
        return questions()
    found = tuple(read_bank(Path(folder)).values())
    if not found:
        raise PoemsError(f"{folder} holds no bank: one file NN.toml for each lesson")
    return found


def _of(items: tuple[Question, ...], lesson: str | None) -> list[Question]:
    found = [item for item in items if lesson in (None, item.lesson)]
    if not found:
        known = ", ".join(sorted({item.lesson for item in items}))
        raise PoemsError(f"there are no questions for lesson {lesson!r}; there are {known}")
    return found


def _list(items: list[Question]) -> Report:
    lines = [f"{item.id}  {item.type}, {item.level}, {item.place}" for item in items]
    return Report([as_data(item) for item in items], "\n".join(lines), True)


def as_data(item: Question) -> dict[str, Any]:
    """JSON-safe: the whole item, options in the author's order, with its length and grade band.

    *correct* of an option of an ordering is true, its order being the key; of a matching, whether
    it has a prompt.
    """
    data = asdict(item)
    data["stem"] = item.asked
    data["options"] = [_option(item, option) for option in item.options]
    data["answer_text"] = answer_text(item)
    data["words"] = len(item.asked.split())
    data["grade_band"] = grade_band(item.asked)
    return data


def _option(item: Question, option: Option) -> dict[str, Any]:
    right = option.correct or item.type == "ordering" or bool(option.prompt)
    prompt = {"prompt": option.prompt} if item.type == "matching" else {}
    return {"text": option.text, "correct": right, "feedback": option.feedback, **prompt}


def _lint(items: tuple[Question, ...], lesson: str | None) -> Report:
    """Of one lesson: the findings on its file, and how the robot does on its items."""
    own = _of(items, lesson)
    found = [f for f in lint(items) if lesson in (None, f.file.removesuffix(".toml"))]
    counts = Counter((f.level, f.rule) for f in found)
    scores = play(own)
    reading = _reading(own)
    data = {
        "items": len(own),
        "reading": reading,
        "findings": [asdict(finding) for finding in found],
        "counts": [
            {"level": level, "rule": rule, "findings": count}
            for (level, rule), count in sorted(counts.items())
        ],
        "robot": [{**asdict(s), "beats_chance": s.beats_chance} for s in scores],
    }
    errors = sum(finding.level == "error" for finding in found)
    last = [
        f"stems: {_span(reading['words'])} words, reading grade {_span(reading['grade'])}",
        f"{errors} errors, {len(found) - errors} warnings in {len(own)} questions",
    ]
    parts = [*map(str, found)], _rules_table(found), _robot_table(scores), last
    text = "\n\n".join("\n".join(lines) for lines in parts if lines)
    return Report(data, text, not errors)


def _span(values: tuple[float, float, float]) -> str:
    low, middle, high = values
    return f"{middle:g} ({low:g} to {high:g})"


def _reading(items: list[Question]) -> dict[str, tuple[float, float, float]]:
    """Length and grade band of the stems: the least, the median and the most of each."""
    lengths = [float(len(item.asked.split())) for item in items]
    grades = [grade_band(item.asked) for item in items]
    return {
        name: (min(values), round(median(values), 1), max(values))
        for name, values in (("words", lengths), ("grade", grades))
    }


def _rules_table(found: list[Finding]) -> list[str]:
    counts = Counter((f.level, f.rule) for f in found)
    rows = [f"{level:<9}{rule:<18}{count:>5}" for (level, rule), count in sorted(counts.items())]
    return [f"{'level':<9}{'rule':<18}{'found':>5}", *rows] if rows else []


def _robot_table(scores: list[Score]) -> list[str]:
    """What strategies without medicine earn, beside what chance earns."""
    rows = [f"{'strategy':<14}{'played':>7}{'chose':>7}{'earned':>8}{'chance (95 %)':>24}{'p':>8}"]
    for score in scores:
        chance = score.chance
        span = f"{chance.mean:.1f} ({chance.low:.1f} to {chance.high:.1f})"
        mark = "  beats chance" if score.beats_chance else ""
        rows.append(
            f"{score.strategy:<14}{score.items:>7}{score.chose:>7}{score.earned:>8.1f}"
            f"{span:>24}{chance.p_value:>8.3f}{mark}"
        )
    return rows
