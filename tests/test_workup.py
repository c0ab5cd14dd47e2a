"""The work-up planner: what a plan looks for, what it cannot confirm, what it costs."""

from __future__ import annotations

import pytest

from poems_course.figures import exploration
from poems_course.figures.workup import FINDINGS, TESTS, Plan, workup


def plan(*names: str) -> Plan:
    return Plan(tuple(test for test in TESTS if test.name in names))


@pytest.mark.parametrize(
    ("names", "gaps"),
    [
        ((), ("clone", "a major finding", "a minor finding")),
        (("look", "count"), ("clone", "a major finding")),
        (("fixation", "vegf"), ("a minor finding",)),
        (("look", "fixation", "ct"), ()),
        (("node", "discs"), ("clone",)),
    ],
)
def test_a_plan_says_what_the_current_rule_would_miss(
    names: tuple[str, ...], gaps: tuple[str, ...]
) -> None:
    assert plan(*names).gaps == gaps


def test_together_the_tests_look_for_everything() -> None:
    assert set(plan(*(test.name for test in TESTS)).sought) == set(FINDINGS)


def test_a_yield_with_a_count_is_shown_before_one_without() -> None:
    test, found = plan("look", "pet").sought["organs"]
    assert (test.name, found.k, found.n) == ("pet", 65, 90)


def test_blood_is_drawn_once_and_costs_are_told_by_class() -> None:
    chosen = plan("count", "fixation", "vegf", "pet")
    assert chosen.bill == "2 cheap, 1 middling, 1 dear"
    assert chosen.harms == "a needle and radiation"
    assert plan().bill == "nothing"


def test_the_learner_reads_the_verdict_and_the_interval() -> None:
    nothing = workup(**{test.name: False for test in TESTS})
    assert nothing.reading.endswith(
        "it cannot confirm POEMS, for it does not look for clone, a major finding and "
        "a minor finding."
    )
    shown = exploration("workup")
    chart = shown.chart_at(shown.positions(fixation=True))
    assert ("Immunofixation of serum", "clone", "18 of 25", "72 %", "52 to 86 %", "cheap",
            "a needle") in chart.table.rows  # fmt: skip
