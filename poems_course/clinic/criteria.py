"""A patient under the four published rules.

The rules only ever ask for enough present findings, so two readings settle each verdict: one that
takes every unknown finding as absent, one that takes it as present. Where both give the same
answer no further finding can change it; where they differ, the verdict is undetermined.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from poems_course.clinic.findings import criteria_of
from poems_course.clinic.patient import Patient
from poems_course.clinic.reasons import reason
from poems_course.clinic.remarks import remarks
from poems_course.clinic.rules import Rule, rules

UNDETERMINED = "undetermined"


@dataclass(frozen=True)
class Verdict:
    """What one rule says of one patient. Criteria are listed in the rule's own order.

    ``verdict`` is met, not_met or undetermined; a rule that grades has ``category`` instead
    (definite, probable, possible, none or undetermined) and ``at_least``, the category that is
    certain whatever the unknown findings turn out to be. ``would_settle`` holds, for each unknown
    criterion that could alone end the doubt, the outcome if it is "present" and if "absent".
    """

    rule: Rule
    patient: Patient
    verdict: str | None
    category: str | None
    at_least: str | None
    met: tuple[str, ...]
    missing: tuple[str, ...]
    unknown: tuple[str, ...]
    would_settle: Mapping[str, Mapping[str, str]]

    @cached_property
    def reasons(self) -> dict[str, str]:
        """Why each criterion is present, absent or unknown, in words; only reports ask for it."""
        return {name: reason(name, self.patient, self.rule) for name in self.rule.criteria}

    @cached_property
    def remarks(self) -> tuple[str, ...]:
        """What else a reader of the form should know, one sentence each."""
        return remarks(self.patient, self.rule)

    @property
    def outcome(self) -> str:
        """The rule's answer in one word, graded or not."""
        return self.verdict or self.category or UNDETERMINED


def evaluate(patient: Patient) -> dict[str, Verdict]:
    """The verdict of each rule on *patient*, by the rule's id, in the order of rules.toml."""
    return {name: judge(patient, rule) for name, rule in rules().items()}


def judge(patient: Patient, rule: Rule) -> Verdict:
    """The verdict of one *rule* on *patient*."""
    criteria = criteria_of(patient, rule)
    met = tuple(name for name, value in criteria.items() if value is True)
    unknown = tuple(name for name, value in criteria.items() if value is None)
    outcome = _outcome(rule, {*met}, {*met, *unknown})
    certain = rule.reached({*met})
    return Verdict(
        rule=rule,
        patient=patient,
        verdict=None if rule.graded else outcome,
        category=outcome if rule.graded else None,
        at_least=certain if rule.graded else None,
        met=met,
        missing=tuple(name for name, value in criteria.items() if value is False),
        unknown=unknown,
        would_settle=_settling(rule, met, unknown) if outcome == UNDETERMINED else {},
    )


def _outcome(rule: Rule, certain: set[str], thinkable: set[str]) -> str:
    worst, best = rule.reached(certain), rule.reached(thinkable)
    if worst != best:
        return UNDETERMINED
    return worst or ("none" if rule.graded else "not_met")


def _settling(
    rule: Rule, met: tuple[str, ...], unknown: tuple[str, ...]
) -> dict[str, dict[str, str]]:
    settling = {}
    for name in unknown:
        thinkable = {*met, *unknown}
        outcomes = {
            "present": _outcome(rule, {*met, name}, thinkable),
            "absent": _outcome(rule, {*met}, thinkable - {name}),
        }
        if set(outcomes.values()) != {UNDETERMINED}:
            settling[name] = outcomes
    return settling
