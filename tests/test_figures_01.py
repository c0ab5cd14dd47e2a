"""The explorers and the questions of the lesson "What is POEMS?"."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pytest

from poems_course.evidence import Fact, cohorts, fact
from poems_course.evidence.numerals import values_in
from poems_course.figures import career as careers
from poems_course.figures import delay as delays
from poems_course.figures import exploration
from poems_course.figures.career import CAREER, Career, chances, share_out
from poems_course.figures.chart import Chart, Table
from poems_course.figures.cohort_findings import FINDINGS
from poems_course.figures.cohort_rows import meet
from poems_course.figures.delay import DELAYS
from poems_course.questions.bank import question, questions

EXPLORERS = ("career", "cohort-findings", "delay")
SVG = "{http://www.w3.org/2000/svg}"


def charts(name: str) -> Iterator[tuple[dict[str, Any], Chart]]:
    """Every state of an explorer with its chart."""
    explorer = exploration(name)
    for positions in explorer.states():
        pairs = zip(explorer.controls, positions, strict=True)
        yield {c.name: c.values[at] for c, at in pairs}, explorer.chart_at(positions)


def numbers_of(table: Table) -> set[float]:
    return {n for row in table.rows for cell in row for n in values_in(str(cell))}


@pytest.mark.parametrize("name", EXPLORERS)
def test_every_state_has_a_sentence_and_a_whole_drawing(name: str) -> None:
    for settings, chart in charts(name):
        assert chart.reading.endswith("."), settings
        assert ". " not in chart.reading.replace("Univ. ", ""), chart.reading
        drawing = ElementTree.fromstring(chart.svg)
        assert drawing.findtext(f"{SVG}desc") == chart.reading
        _, _, width, height = map(float, drawing.attrib["viewBox"].split())
        for text in drawing.iter(f"{SVG}text"):
            left, right = extent(text)
            assert left >= 0, (settings, text.text)
            assert right <= width, (settings, text.text)
            assert float(text.get("y", 0)) <= height, (settings, text.text)


def extent(text: ElementTree.Element) -> tuple[float, float]:
    """Where a text starts and ends, at the width of common sans-serif faces."""
    each = {"small": 5.4, "strong": 6.9}.get(text.get("class", ""), 6.3)
    width, at = each * len(text.text or ""), float(text.get("x", 0))
    if "transform" in text.attrib:
        return 0.0, 0.0
    start = {"end": at - width, "middle": at - width / 2}.get(text.get("text-anchor", ""), at)
    return start, start + width


@pytest.mark.parametrize("name", EXPLORERS)
def test_the_sentence_takes_its_numbers_from_the_table(name: str) -> None:
    for settings, chart in charts(name):
        own = {100.0, float(careers.COLLEAGUES), careers.COLLEAGUES - 1.0, 2012.0}
        own |= {float(len(chart.table.rows))} | set(range(len(chart.table.rows)))
        if settings.get("review"):
            own |= fact(FINDINGS[settings["finding"]][1]).numbers
        stray = values_in(chart.reading) - numbers_of(chart.table) - own
        assert not stray, (settings, stray, chart.reading)


@pytest.mark.parametrize("name", EXPLORERS)
def test_every_option_of_every_control_changes_the_picture(name: str) -> None:
    explorer = exploration(name)
    for at, control in enumerate(explorer.controls):
        for option in range(1, len(control.values)):
            assert any(
                explorer.chart_at(one).svg
                != explorer.chart_at((*one[:at], option, *one[at + 1 :])).svg
                for one in explorer.states()
                if one[at] == 0
            ), f"{control.label}: {control.texts[option]} changes nothing"


def life(**changes: Any) -> Career:
    return replace(Career("neurologist", 35, "as listed", "middle", False), **changes)


@pytest.mark.parametrize("role", careers.CATCHMENTS)
@pytest.mark.parametrize(
    ("setting", "rising"),
    [("years", (5, 20, 40)), ("crowd", tuple(careers.CROWD)), ("rate", tuple(careers.RATES))],
)
def test_more_of_anything_brings_more_patients(
    role: str, setting: str, rising: tuple[Any, ...]
) -> None:
    lives = [life(role=role, **{setting: value}) for value in rising]
    for fewer, more in pairwise(lives):
        assert fewer.patients < more.patients
        assert fewer.counts[0] >= more.counts[0]


def test_expected_patients_are_rate_times_people_times_years() -> None:
    one = life(rate="high", role="haematologist", years=40)
    assert one.patients == pytest.approx(1e-6 * 100_000 * 40)
    assert careers.new_per_million("low") == pytest.approx(3 / 13.75)
    assert careers.new_per_million("middle") == pytest.approx(50 / careers.FRANCE_MILLION)


@pytest.mark.parametrize(
    ("changed", "settings"),
    [
        ("epi-fr-incidence", {}),
        ("epi-cn-incidence", {"rate": "high"}),
        ("epi-jp-prev-2015", {"rate": "low"}),
        ("surv-mayo2003", {"rate": "low"}),
        ("career-neurologist-uk", {}),
        ("career-gp-england", {"role": "general practitioner"}),
    ],
)
def test_a_changed_fact_changes_the_sentence(
    monkeypatch: pytest.MonkeyPatch, changed: str, settings: dict[str, str]
) -> None:
    at = CAREER.positions(**settings)
    before = CAREER.chart_at(at).reading
    monkeypatch.setattr(
        careers, "fact", lambda id: _tenfold(fact(id)) if id == changed else fact(id)
    )
    careers.new_per_million.cache_clear()
    try:
        assert CAREER.chart_at(at).reading != before
    finally:
        careers.new_per_million.cache_clear()


def _tenfold(known: Fact) -> Fact:
    value = known.value
    if isinstance(value, dict):
        return replace(known, value={key: 10 * number for key, number in value.items()})
    assert isinstance(value, float)
    return replace(known, value=10 * value)


@pytest.mark.parametrize("patients", [0.02, 0.7, 2.3, 8.0, 40.0])
def test_chances_are_those_of_poisson(patients: float) -> None:
    none, one, two, few, many = chances(patients)
    assert none == pytest.approx(math.exp(-patients))
    assert one == pytest.approx(patients * none)
    assert two == pytest.approx(patients**2 / 2 * none)
    assert none + one + two + few + many == pytest.approx(1)
    by_hand = sum(math.exp(-patients) * patients**k / math.factorial(k) for k in range(10, 150))
    assert many == pytest.approx(by_hand, abs=1e-9)


@pytest.mark.parametrize("of", [10, 100])
@pytest.mark.parametrize("shares", [(1 / 3, 1 / 3, 1 / 3), (0.005, 0.995), (1.0, 0.0)])
def test_sharing_out_leaves_nothing_over(shares: tuple[float, ...], of: int) -> None:
    parts = share_out(shares, of)
    assert sum(parts) == of
    assert all(abs(part - share * of) < 1 for part, share in zip(parts, shares, strict=True))


def test_a_hundred_careers_are_a_hundred_marks() -> None:
    for settings, chart in charts("career"):
        counts = Career(**settings).counts
        assert sum(counts) == 100
        legend = 5
        assert chart.svg.count("M") == 100 + legend, settings


def test_referral_gathers_the_patients_of_all_in_few_hands() -> None:
    alone, together = life(), life(referral=True)
    assert together.counts[0] >= 100 - 100 // careers.COLLEAGUES
    assert together.counts[4] > alone.counts[4]
    doctor = {"role": "general practitioner"}
    assert life(**doctor, referral=True).counts == life(**doctor).counts


def test_the_delays_are_the_facts() -> None:
    table = exploration("delay").chart_at(exploration("delay").start).table
    shown = {(row[2], row[3], row[1]) for row in table.rows}
    for row in DELAYS:
        known = fact(row.fact)
        assert known.unit.startswith("months"), row.fact
        assert (f"{known.value:g}", row.average, known.n) in shown
        assert row.average in known.unit


def test_the_delays_run_from_the_shortest_to_the_longest() -> None:
    reading = exploration("delay").chart_at(exploration("delay").start).reading
    months = sorted(row.months for row in DELAYS)
    assert reading.index(f"{months[0]:g} months") < reading.index(f"{months[-1]:g} months")
    assert f"In {len(DELAYS)} series" in reading
    assert set(delays.VIEWS) == set(exploration("delay").controls[0].values)


def test_intervals_that_touch_overlap() -> None:
    low, high = cohorts("bone-lesions")[0], cohorts("bone-lesions")[2]
    assert meet(low, high) == "do not meet"
    assert meet(replace(low, high=high.low), high) == "overlap"


def test_order_by_size_puts_the_largest_cohort_first() -> None:
    explorer = exploration("cohort-findings")
    for finding, (name, _) in FINDINGS.items():
        at = explorer.positions(finding=finding, order="largest first")
        largest = max(cohorts(name), key=lambda row: row.n)
        assert explorer.chart_at(at).table.rows[0][0] == largest.cohort


class TestQuestions:
    def test_the_dataset_question_is_answered_by_the_dataset(self) -> None:
        item = question("q01-interval-width")
        smallest = min(cohorts("endocrinopathy"), key=lambda row: row.n)
        assert item.answer is not None
        assert item.tolerance is not None
        assert abs(smallest.high - smallest.low - item.answer) <= item.tolerance

    def test_the_career_question_is_a_product(self) -> None:
        assert question("q01-expected").answer == pytest.approx(0.5e-6 * 200_000 * 40)

    def test_the_cohorts_of_the_bone_question_do_not_meet(self) -> None:
        rows = {row.fact: row for row in cohorts("bone-lesions")}
        assert meet(rows["f-bone-p36"], rows["i-ct-ss"]) == "do not meet"

    def test_half_of_the_questions_ask_for_more_than_recall(self) -> None:
        levels = [item.level for item in questions("01")]
        assert levels.count("recall") <= len(levels) / 2
