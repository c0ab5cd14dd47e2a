"""The verdicts as a report to read, and as data."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping
from typing import Any

from poems_course.clinic.criteria import UNDETERMINED, Verdict
from poems_course.clinic.patient import Patient
from poems_course.clinic.rules import CRITERIA
from poems_course.evidence import cite_plainly

EDUCATION = "This report teaches how published rules work. It is education, not medical advice."

_WORDS = {"met": "met", "not_met": "not met", "none": "no category reached"}


def explain(patient: Patient, verdicts: Mapping[str, Verdict]) -> str:
    """A report on *verdicts* of *patient* in plain words, ending with a line break."""
    blocks = [_heading(patient)]
    blocks += [_rule_block(verdict) for verdict in verdicts.values()]
    said = list(dict.fromkeys(text for verdict in verdicts.values() for text in verdict.remarks))
    if said:
        blocks.append("\n".join(["Remarks", *map(_item, said)]))
    keys = dict.fromkeys(key for verdict in verdicts.values() for key in verdict.rule.sources)
    sources = [f"  - {cite_plainly(key)}" for key in keys]
    blocks.append("\n".join(["Sources of the rules", *sources]))
    blocks.append(EDUCATION)
    return "\n\n".join(blocks) + "\n"


def as_data(verdicts: Mapping[str, Verdict]) -> dict[str, Any]:
    """The same as data that JSON can hold: one entry per rule, by the rule's id."""
    return {name: _entry(verdict) for name, verdict in verdicts.items()}


def _entry(verdict: Verdict) -> dict[str, Any]:
    if verdict.rule.graded:
        answer = {"category": verdict.category, "at_least": verdict.at_least}
    else:
        answer = {"verdict": verdict.verdict}
    return answer | {
        "met": list(verdict.met),
        "missing": list(verdict.missing),
        "unknown": list(verdict.unknown),
        "would_settle": {name: dict(outcome) for name, outcome in verdict.would_settle.items()},
        "reasons": dict(verdict.reasons),
        "remarks": list(verdict.remarks),
        "note": verdict.rule.note,
        "sources": list(verdict.rule.sources),
    }


def _heading(patient: Patient) -> str:
    known = [
        f"{patient.age:.10g} years" if patient.age is not None else "",
        {"F": "woman", "M": "man"}.get(patient.sex or "", ""),
        "an invented patient" if patient.synthetic else "",
    ]
    details = ", ".join(part for part in known if part)
    return "Patient under four published rules" + (f" ({details})" if details else "")


def _rule_block(verdict: Verdict) -> str:
    lines = [f"{verdict.rule.name}: {_in_words(verdict)}"]
    for label, names in (
        ("Present", verdict.met),
        ("Absent", verdict.missing),
        ("Unknown", verdict.unknown),
    ):
        if names:
            lines.append(f"  {label}")
            lines += [
                _item(f"{CRITERIA[name]} ({verdict.reasons[name]})", "    ") for name in names
            ]
    if verdict.outcome == UNDETERMINED:
        lines += _settling(verdict)
    if verdict.rule.note:
        lines.append(_wrapped(f"Note: {verdict.rule.note}", "  ", "  "))
    return "\n".join(lines)


def _in_words(verdict: Verdict) -> str:
    said = _WORDS.get(verdict.outcome, verdict.outcome)
    if verdict.outcome == UNDETERMINED and verdict.at_least:
        said += f", but at least {verdict.at_least}"
    return said


def _settling(verdict: Verdict) -> Iterable[str]:
    if not verdict.would_settle:
        return ["  No single unknown finding settles it; more than one is needed."]
    lines = ["  What would settle it"]
    for name, outcomes in verdict.would_settle.items():
        parts = [
            f"if {state}, {_WORDS.get(outcome, outcome)}"
            for state, outcome in outcomes.items()
            if outcome != UNDETERMINED
        ]
        lines.append(_item(f"{CRITERIA[name]}: {'; '.join(parts)}", "    "))
    return lines


def _item(text: str, indent: str = "  ") -> str:
    return _wrapped(text, f"{indent}- ", f"{indent}  ")


def _wrapped(text: str, first: str, rest: str) -> str:
    return textwrap.fill(
        text,
        width=92,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
