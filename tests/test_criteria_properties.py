"""The evaluator against the definition: every patient that the form can describe.

The oracle below shares no code with the evaluator. It reads the form itself, fills in every
unknown criterion in every possible way, and asks the plain rule each time.
"""

from __future__ import annotations

from itertools import product

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from poems_course.clinic.criteria import evaluate
from poems_course.clinic.explain import as_data, explain
from poems_course.clinic.patient import patient_from

RULES = ("dispenzieri", "suichi_2019", "mayo_2003", "japan_ministry")
FLAGS = [
    "polyneuropathy",
    "monoclonal_plasma_cells",
    "castleman",
    "sclerotic_bone_lesions",
    "hepatomegaly",
    "splenomegaly",
    "lymphadenopathy",
    "oedema",
    "pleural_effusion",
    "ascites",
    "pericardial_effusion",
    "papilloedema",
    "thrombocytosis",
    "polycythaemia",
]
ENDOCRINE = [
    "hypogonadism",
    "hyperprolactinaemia",
    "adrenal_insufficiency",
    "hypopituitarism",
    "parathyroid_disease",
]
ENDOCRINE_VAGUE = [
    "diabetes",
    "hypothyroidism",
    "subclinical_hypothyroidism",
    "gynaecomastia",
    "unspecified",
]
SKIN = [
    "hyperpigmentation",
    "hypertrichosis",
    "haemangioma",
    "glomeruloid_haemangioma",
    "plethora",
    "acrocyanosis",
    "flushing",
    "white_nails",
]
SKIN_VAGUE = ["skin_thickening", "clubbing", "telangiectasia", "unspecified"]

# The plain reading of each rule, with every finding known: c holds the present criteria.

MINOR_2012 = {
    "organomegaly",
    "overload",
    "endocrine",
    "skin",
    "papilloedema",
    "blood",
}
MINOR_2003 = MINOR_2012 - {"blood"} | {"bone", "castleman"}
MINOR_JAPAN = MINOR_2012 | {"bone", "castleman"}
CRITERIA = {
    "dispenzieri": {"neuropathy", "clone", "castleman", "bone", "vegf"} | MINOR_2012,
    "suichi_2019": {"neuropathy", "clone", "vegf", "overload", "skin", "organomegaly", "bone"},
    "mayo_2003": {"neuropathy", "clone"} | MINOR_2003,
    "japan_ministry": {"neuropathy", "clone", "vegf"} | MINOR_JAPAN,
}


def plain(rule: str, c: set[str]) -> str:
    mandatory = "neuropathy" in c and "clone" in c
    if rule == "dispenzieri":
        met = mandatory and bool(c & {"castleman", "bone", "vegf"}) and bool(c & MINOR_2012)
    elif rule == "suichi_2019":
        signs = c & {"overload", "skin", "organomegaly", "bone"}
        met = mandatory and "vegf" in c and len(signs) > 1
    elif rule == "mayo_2003":
        met = mandatory and bool(c & MINOR_2003)
    else:
        return plain_ministry(c, len(c & MINOR_JAPAN))
    return "met" if met else "not_met"


def plain_ministry(c: set[str], minor: int) -> str:
    if {"neuropathy", "clone", "vegf"} <= c and minor >= 1:
        return "definite"
    if {"neuropathy", "vegf"} <= c and minor >= 1:
        return "probable"
    if "neuropathy" in c and minor >= 2:
        return "possible"
    return "none"


# What the form says of each criterion: the set of truths still possible.

BOTH = {True, False}


def possible(value: bool | None) -> set[bool]:
    return BOTH if value is None else {value}


def either(*options: set[bool]) -> set[bool]:
    return {any(choice) for choice in product(*options)}


def from_list(found: list[str] | None, counts: list[str]) -> set[bool]:
    if found is None:
        return BOTH
    if any(word in counts for word in found):
        return {True}
    return BOTH if found else {False}


def vegf_options(form: dict, rule: str) -> set[bool]:
    vegf = form.get("vegf") or {}
    if vegf.get("elevated") is not None:
        return {vegf["elevated"]}
    if vegf.get("value") is None or vegf.get("matrix") is None:
        return BOTH
    scale = 1000 if vegf.get("unit") in ("ng/mL", "ug/L") else 1
    level, ceiling = vegf["value"] * scale, vegf.get("upper_limit")
    if rule == "japan_ministry":
        return {level >= 1000} if vegf["matrix"] == "serum" else BOTH
    if vegf["matrix"] == "plasma":
        return {level >= 200}
    return BOTH if ceiling is None else {level > ceiling * scale}


def blood_options(form: dict, rule: str) -> set[bool]:
    platelets, haemoglobin = form.get("platelets_10e9_per_l"), form.get("haemoglobin_g_per_dl")
    many, thick = possible(form.get("thrombocytosis")), possible(form.get("polycythaemia"))
    if many == BOTH and platelets is not None:
        many = {platelets >= 450}
    if thick == BOTH and haemoglobin is not None:
        ceilings = {"M": [16.5], "F": [16.0], None: [16.0, 16.5]}[form.get("sex")]
        thick = {haemoglobin > ceiling for ceiling in ceilings}
    return many if rule == "japan_ministry" else either(many, thick)


def options(form: dict, rule: str) -> dict[str, set[bool]]:
    def flag(name: str) -> set[bool]:
        return possible(form.get(name))

    fluid = [flag(name) for name in ("oedema", "pleural_effusion", "ascites")]
    if rule in ("mayo_2003", "japan_ministry"):
        fluid.append(flag("pericardial_effusion"))
    organs = [flag(name) for name in ("hepatomegaly", "splenomegaly", "lymphadenopathy")]
    everything = {
        "neuropathy": flag("polyneuropathy"),
        "clone": flag("monoclonal_plasma_cells"),
        "castleman": flag("castleman"),
        "bone": flag("sclerotic_bone_lesions"),
        "vegf": vegf_options(form, rule),
        "organomegaly": either(*organs),
        "overload": either(*fluid),
        "endocrine": from_list(form.get("endocrinopathies"), ENDOCRINE),
        "skin": from_list(form.get("skin_changes"), SKIN),
        "papilloedema": flag("papilloedema"),
        "blood": blood_options(form, rule),
    }
    return {name: everything[name] for name in sorted(CRITERIA[rule])}


def outcomes(rule: str, choices: dict[str, set[bool]]) -> set[str]:
    names = list(choices)
    return {
        plain(rule, {name for name, on in zip(names, choice, strict=True) if on})
        for choice in product(*choices.values())
    }


def answer(rule: str, choices: dict[str, set[bool]]) -> str:
    found = outcomes(rule, choices)
    return found.pop() if len(found) == 1 else "undetermined"


NAMES = {
    "neuropathy": "polyneuropathy",
    "clone": "monoclonal_plasma_cells",
    "bone": "sclerotic_bone_lesions",
    "overload": "extravascular_overload",
    "endocrine": "endocrinopathy",
    "skin": "skin_changes",
    "blood": "thrombocytosis_or_polycythaemia",
}

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
