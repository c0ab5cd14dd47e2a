"""The explorers, the invented samples and the questions of the lesson on diagnosis."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from poems_course.clinic.criteria import evaluate
from poems_course.clinic.patient import Vegf, read_patient
from poems_course.evidence import fact
from poems_course.figures import exploration
from poems_course.figures.bayes import PRIORS, RESULTS, TESTS, Update, chance
from poems_course.figures.exploration import Exploration
from poems_course.figures.four_rules import FOUR_RULES, INES, patient, state, word
from poems_course.questions.bank import question

DATA = Path(__file__).parent.parent / "data"
EXPLORERS = ("four-rules", "bayes", "vegf-cutoff", "next-test")


def settings(explorer: Exploration) -> list[dict[str, str]]:
    """Every state of an explorer, as keyword arguments of its model."""
    return [
        {c.name: c.values[at] for c, at in zip(explorer.controls, positions, strict=True)}
        for positions in explorer.states()
    ]


@pytest.mark.parametrize("name", EXPLORERS)
def test_every_state_has_a_sentence_a_table_and_a_sound_drawing(name: str) -> None:
    explorer = exploration(name)
    for positions in explorer.states():
        chart = explorer.chart_at(positions)
        assert chart.reading.endswith("."), chart.reading
        assert ". " not in chart.reading, f"more than one sentence: {chart.reading}"
        assert len({len(row) for row in chart.table.rows} | {len(chart.table.columns)}) == 1
        drawing = ElementTree.fromstring(chart.svg)
        assert drawing.findtext("{http://www.w3.org/2000/svg}desc") == chart.reading
        _, _, width, height = map(float, drawing.attrib["viewBox"].split())
        for text in drawing.iter("{http://www.w3.org/2000/svg}text"):
            left, right = _extent(text)
            assert 0 <= left < right <= width, (positions, text.text)
            assert 0 < float(text.attrib["y"]) <= height, (positions, text.text)


@pytest.mark.parametrize("name", EXPLORERS)
def test_every_option_of_every_control_matters(name: str) -> None:
    explorer = exploration(name)
    for at, control in enumerate(explorer.controls):
        for option in range(1, len(control.values)):
            pairs = ((p, (*p[:at], option, *p[at + 1 :])) for p in explorer.states() if not p[at])
            assert any(
                explorer.chart_at(one).table.rows != explorer.chart_at(other).table.rows
                for one, other in pairs
            ), f"{control.name}: {control.texts[option]} changes nothing"


def _extent(text: ElementTree.Element) -> tuple[float, float]:
    wide = float(text.attrib.get("textLength", 6.3 * len(text.text or "")))
    x, anchor = float(text.attrib["x"]), text.attrib["text-anchor"]
    left = x - wide * {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
    return left, left + wide


# Four rules


def test_the_four_rules_are_those_of_the_clinic() -> None:
    for chosen in settings(FOUR_RULES):
        verdicts = evaluate(patient(**chosen))
        chart = FOUR_RULES.model(**chosen)
        assert chart.table.rows[-1][1:] == tuple(word(v) for v in verdicts.values())
        for verdict in verdicts.values():
            sentence = next(s for s in chart.reading.split("; ") if verdict.rule.name in s)
            said = "ungraded" if verdict.outcome == "none" else word(verdict)
            assert said in sentence
            for criterion in verdict.unknown:
                assert state(verdict, criterion) == "unknown"


def test_the_start_is_ines_of_the_form() -> None:
    ines = evaluate(read_patient(DATA / "patients" / "ines.json"))
    shown = FOUR_RULES.chart_at(FOUR_RULES.start).table.rows[-1][1:]
    assert shown == tuple(word(verdict) for verdict in ines.values())
    assert shown == ("undetermined", "undetermined", "met", "possible")


def test_the_question_on_four_rules_has_the_answer_of_the_clinic() -> None:
    man = replace(
        INES, oedema=True, vegf=Vegf(value=90, matrix="plasma"), castleman=False,
        splenomegaly=False, lymphadenopathy=False, skin_changes=(), endocrinopathies=(),
        papilloedema=False, haemoglobin_g_per_dl=14.0, sex="M",
    )  # fmt: skip
    met = {name for name, verdict in evaluate(man).items() if verdict.outcome == "met"}
    assert met == {"mayo_2003"}
    assert evaluate(man)["japan_ministry"].outcome not in ("definite", "probable", "possible")
    item = question("q09-rule-met")
    assert "Mayo" in item.options[item.keys[0]].text


def test_the_question_on_an_unmeasured_vegf_has_the_answer_of_the_clinic() -> None:
    woman = replace(
        INES, castleman=False, vegf=Vegf(), splenomegaly=True, skin_changes=("hyperpigmentation",)
    )
    verdict = evaluate(woman)["dispenzieri"]
    assert verdict.outcome == "undetermined"
    assert set(verdict.would_settle) == {"vegf"}
    item = question("q09-not-yet-measured")
    assert item.options[item.keys[0]].text.startswith("Undetermined")


# Bayes


@pytest.mark.parametrize("prior", PRIORS)
@pytest.mark.parametrize("test", TESTS)
@pytest.mark.parametrize("result", RESULTS)
def test_posterior_is_the_closed_form(prior: str, test: str, result: str) -> None:
    update, positive = Update(prior, test, result == "positive"), result == "positive"
    p, sens, spec = update.prior, update.test.sensitivity, update.test.specificity
    hit, alarm = (sens, 1 - spec) if positive else (1 - sens, spec)
    expected = p * hit / (p * hit + (1 - p) * alarm)
    assert math.isclose(update.after, expected, rel_tol=1e-9, abs_tol=1e-15)
    assert (update.after >= p) is positive
    assert sum(update.groups) == update.people
    if update.interval:
        low, high = update.interval
        assert low <= update.after <= high
    reading = exploration("bayes").model(prior=prior, test=test, result=result).reading
    assert f"from {chance(p)} to {chance(expected)} (" in reading


def test_groups_behind_an_accuracy_are_in_its_fact() -> None:
    statements = {"f-plt-naddaf": "thrombocytosis-lr"}
    for test in TESTS.values():
        if test.counts:
            known = fact(test.fact).numbers | fact(statements.get(test.fact, test.fact)).numbers
            assert {test.counts.poems, test.counts.others} & known, test.fact
            assert test.counts.others in known, test.fact


def test_plasma_has_no_interval_because_its_percentage_fits_no_count() -> None:
    test = TESTS["plasma VEGF from 200 pg/mL"]
    assert test.counts is None
    assert all(abs(100 * k / 29 - 100 * test.sensitivity) > 0.5 for k in range(30))


def test_a_normal_serum_vegf_keeps_the_uncertainty_that_the_fact_states() -> None:
    ends = TESTS["serum VEGF above the laboratory's limit"].ratio_interval(positive=False)
    worst = fact("serum-vegf-uclh-lr").value
    assert isinstance(worst, dict)
    assert ends is not None
    assert ends[0] == 0
    assert round(ends[1], 2) == worst["negative_worst"]


@pytest.mark.parametrize("prior", PRIORS)
def test_next_test_shows_what_the_bayes_explorer_shows(prior: str) -> None:
    for test, _, up, _, down in exploration("next-test").model(prior=prior).table.rows:
        assert up == chance(Update(prior, str(test), True).after)
        if not str(down).startswith("at most"):
            assert down == chance(Update(prior, str(test), False).after)


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        (0, "0 %"),
        (3e-6, "1 in 330\u00a0000"),
        (0.0321, "3.2 %"),
        (0.641, "64 %"),
        (0.999, "more than 99 %"),
    ],
)
def test_a_chance_in_words(probability: float, words: str) -> None:
    assert chance(probability) == words
