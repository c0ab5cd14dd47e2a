"""The evaluator against the definition: every patient that the form can describe.

The oracle is in criteria_oracle.py.
"""

from __future__ import annotations

from criteria_oracle import (
    BOTH,
    ENDOCRINE,
    ENDOCRINE_VAGUE,
    FLAGS,
    NAMES,
    RULES,
    SKIN,
    SKIN_VAGUE,
    answer,
    options,
    outcomes,
)
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from poems_course.clinic.criteria import evaluate
from poems_course.clinic.explain import as_data, explain
from poems_course.clinic.patient import patient_from

# Every form

maybe = st.sampled_from([None, True, False])


def a_list(words: list[str]) -> st.SearchStrategy:
    return st.none() | st.lists(st.sampled_from(words), max_size=3)


levels = st.sampled_from([0, 0.2, 1, 1.5, 199.9, 200, 700, 999, 1000, 1001, 5000])
vegfs = st.none() | st.fixed_dictionaries(
    {},
    optional={
        "value": st.none() | levels,
        "unit": st.sampled_from([None, "pg/mL", "ng/L", "ng/mL", "ug/L"]),
        "matrix": st.sampled_from([None, "plasma", "serum"]),
        "elevated": maybe,
        "upper_limit": st.none() | levels,
    },
)
forms = st.fixed_dictionaries(
    dict.fromkeys(FLAGS, maybe),
    optional={
        "age": st.none() | st.integers(0, 120),
        "sex": st.sampled_from([None, "F", "M"]),
        "light_chain": st.sampled_from([None, "lambda", "kappa"]),
        "m_protein_g_per_l": st.none() | st.floats(0, 200),
        "vegf": vegfs,
        "endocrinopathies": a_list(ENDOCRINE + ENDOCRINE_VAGUE),
        "skin_changes": a_list(SKIN + SKIN_VAGUE),
        "platelets_10e9_per_l": st.none() | st.sampled_from([0, 150, 449, 450, 451, 900]),
        "haemoglobin_g_per_dl": st.none() | st.sampled_from([9, 15.9, 16, 16.1, 16.5, 16.6, 20]),
    },
)


def typical(form: dict) -> dict:
    """Half of all forms get both mandatory findings: without them few verdicts are close."""
    return form | {"polyneuropathy": True, "monoclonal_plasma_cells": True}


all_forms = forms | forms.map(typical)


def verdicts_of(form: dict) -> dict:
    return evaluate(patient_from(form))


@settings(max_examples=150, deadline=None)
@given(all_forms)
def test_verdict_is_what_every_completion_agrees_on(form):
    verdicts = verdicts_of(form)
    for rule in RULES:
        choices = options(form, rule)
        assert verdicts[rule].outcome == answer(rule, choices)
        for group, truth in (("met", {True}), ("missing", {False}), ("unknown", BOTH)):
            wanted = {NAMES.get(name, name) for name in choices if choices[name] == truth}
            assert set(getattr(verdicts[rule], group)) == wanted


ORDER = ["none", "possible", "probable", "definite"]


@settings(max_examples=100, deadline=None)
@given(all_forms)
def test_at_least_is_the_lowest_category_of_all_completions(form):
    found = outcomes("japan_ministry", options(form, "japan_ministry"))
    lowest = min(found, key=ORDER.index)
    assert (verdicts_of(form)["japan_ministry"].at_least or "none") == lowest


@settings(max_examples=60, deadline=None)
@given(all_forms)
def test_what_would_settle_it(form):
    verdicts = verdicts_of(form)
    for rule in RULES:
        choices, wanted = options(form, rule), {}
        if answer(rule, choices) == "undetermined":
            for name in (name for name in choices if choices[name] == BOTH):
                then = {
                    "present": answer(rule, choices | {name: {True}}),
                    "absent": answer(rule, choices | {name: {False}}),
                }
                if set(then.values()) != {"undetermined"}:
                    wanted[NAMES.get(name, name)] = then
        assert verdicts[rule].would_settle == wanted


def positive_findings() -> st.SearchStrategy:
    """A change of the form that only adds a finding."""

    def add(name: str, word: str):
        return lambda form: form | {name: [*(form.get(name) or []), word]}

    return st.one_of(
        st.sampled_from(FLAGS).map(lambda name: lambda form: form | {name: True}),
        st.sampled_from(ENDOCRINE).map(lambda word: add("endocrinopathies", word)),
        st.sampled_from(SKIN).map(lambda word: add("skin_changes", word)),
        st.just(lambda form: form | {"vegf": (form.get("vegf") or {}) | {"elevated": True}}),
        st.just(lambda form: form | {"platelets_10e9_per_l": 900, "thrombocytosis": None}),
    )


@settings(max_examples=300, deadline=None)
@given(all_forms, positive_findings())
def test_a_positive_finding_never_counts_against(form, add):
    before, after = verdicts_of(form), verdicts_of(add(form))
    for rule in RULES[:3]:
        if before[rule].verdict == "met":
            assert after[rule].verdict == "met"
        if before[rule].verdict == "undetermined":
            assert after[rule].verdict != "not_met"
    floors = [verdicts["japan_ministry"].at_least or "none" for verdicts in (before, after)]
    assert ORDER.index(floors[0]) <= ORDER.index(floors[1])


def without_contradiction(form: dict) -> bool:
    """Whether no word in the form stands beside a number that it overrules."""
    vegf = form.get("vegf") or {}
    return not (
        (vegf.get("elevated") is not None and vegf.get("value") is not None)
        or (form["thrombocytosis"] is not None and form.get("platelets_10e9_per_l") is not None)
        or (form["polycythaemia"] is not None and form.get("haemoglobin_g_per_dl") is not None)
    )


def nulled(form: dict):
    for name in form:
        yield form | {name: None}
    for name in form.get("vegf") or {}:
        if name != "unit":  # a missing unit is read as pg/mL: that is said, not unknown
            yield form | {"vegf": form["vegf"] | {name: None}}


@settings(max_examples=150, deadline=None)
@given(all_forms)
def test_null_moves_a_verdict_to_undetermined_or_nowhere(form):
    assume(without_contradiction(form))
    before = verdicts_of(form)
    for poorer in nulled(form):
        after = verdicts_of(poorer)
        for rule in RULES:
            assert after[rule].outcome in (before[rule].outcome, "undetermined")


@settings(max_examples=100, deadline=None)
@given(all_forms, st.randoms(use_true_random=False))
def test_order_and_repeats_do_not_matter(form, random):
    shuffled = list(form.items())
    random.shuffle(shuffled)
    other = {
        name: random.sample(value, len(value)) + value if isinstance(value, list) else value
        for name, value in shuffled
    }
    before, after = as_data(verdicts_of(form)), as_data(verdicts_of(other))
    for rule in RULES:
        for key in ("verdict", "category", "at_least", "met", "missing", "unknown", "would_settle"):
            assert before[rule].get(key) == after[rule].get(key)


@given(st.floats(0, 1e6), st.sampled_from([None, "pg/mL", "ng/mL", "ug/L", "ng/L"]))
def test_serum_never_satisfies_a_plasma_limit(value, unit):
    verdicts = verdicts_of({"vegf": {"value": value, "unit": unit, "matrix": "serum"}})
    assert "vegf" in verdicts["dispenzieri"].unknown
    assert "vegf" in verdicts["suichi_2019"].unknown


@given(st.floats(0, 1e6))
def test_plasma_never_satisfies_the_ministry(value):
    form = {"vegf": {"value": value, "matrix": "plasma", "upper_limit": 1}}
    assert "vegf" in verdicts_of(form)["japan_ministry"].unknown


@given(
    all_forms,
    st.lists(st.sampled_from(ENDOCRINE_VAGUE), min_size=1),
    st.lists(st.sampled_from(SKIN_VAGUE), min_size=1),
)
def test_diabetes_and_the_like_never_count_alone(form, endocrine, skin):
    verdicts = verdicts_of(form | {"endocrinopathies": endocrine, "skin_changes": skin})
    for rule in ("dispenzieri", "mayo_2003", "japan_ministry"):
        assert {"endocrinopathy", "skin_changes"} <= set(verdicts[rule].unknown)


@settings(max_examples=100, deadline=None)
@given(all_forms)
def test_every_verdict_can_be_explained(form):
    patient = patient_from(form)
    report = explain(patient, evaluate(patient))
    report.encode("ascii")
    assert "None" not in report
