"""The four rules on hand-worked patients, and proof that a fault in rules.toml is seen."""

from __future__ import annotations

import dataclasses
import json
import re
from itertools import chain, combinations
from pathlib import Path

import pytest

from poems_course.clinic import rules as rules_module
from poems_course.clinic.criteria import evaluate, judge
from poems_course.clinic.diagnose import run
from poems_course.clinic.explain import EDUCATION, as_data, explain
from poems_course.clinic.patient import patient_from, read_patient
from poems_course.clinic.rules import CRITERIA, read_rules, rules
from poems_course.clinic.words import word_list
from poems_course.content import ContentError, read_entries
from poems_course.evidence import facts, references

GOLDEN = Path(__file__).parent / "fixtures" / "patients"
INVENTED = Path(__file__).parents[1] / "data" / "patients"
RULES = Path(rules_module.__file__).with_name("rules.toml").read_text(encoding="utf-8")


@dataclasses.dataclass(frozen=True)
class Expected:
    """What each rule says of one golden patient, worked out by hand; at_least of the ministry."""

    id: str
    dispenzieri: str
    suichi_2019: str
    mayo_2003: str
    japan_ministry: str
    reason: str
    at_least: str = "none"


EXPECTED = read_entries(GOLDEN / "expected.toml", Expected)


def golden(name):
    return read_patient(GOLDEN / f"{name}.json")


def test_every_golden_patient_has_its_expected_verdicts():
    assert sorted(EXPECTED) == sorted(path.stem for path in GOLDEN.glob("*.json"))
    assert len(EXPECTED) >= 10


@pytest.mark.parametrize("name", EXPECTED)
def test_golden_patient(name):
    verdicts = evaluate(golden(name))
    wanted = EXPECTED[name]
    assert {rule: verdict.outcome for rule, verdict in verdicts.items()} == {
        rule: getattr(wanted, rule) for rule in rules()
    }
    assert (verdicts["japan_ministry"].at_least or "none") == wanted.at_least


def test_the_issue_example():
    data = json.loads(run(GOLDEN / "01-classic.json", as_json=True))
    assert list(data) == ["dispenzieri", "suichi_2019", "mayo_2003", "japan_ministry"]
    assert data["dispenzieri"]["verdict"] == "met"
    assert data["dispenzieri"]["unknown"] == ["castleman", "papilloedema"]
    assert data["dispenzieri"]["missing"] == []
    assert data["dispenzieri"]["would_settle"] == {}
    ministry = data["japan_ministry"]
    assert "verdict" not in ministry
    assert (ministry["category"], ministry["at_least"]) == ("undetermined", "possible")
    assert ministry["would_settle"] == {"vegf": {"present": "definite", "absent": "possible"}}


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("arthur", ["met", "met", "met", "undetermined"]),
        ("ines", ["undetermined", "undetermined", "met", "possible"]),
    ],
)
def test_opening_patients_of_the_lessons(name, wanted):
    patient = read_patient(INVENTED / f"{name}.json")
    assert patient.synthetic is True
    assert [verdict.outcome for verdict in evaluate(patient).values()] == wanted


def test_each_criterion_stands_in_exactly_one_list():
    for path in GOLDEN.glob("*.json"):
        for verdict in evaluate(read_patient(path)).values():
            listed = verdict.met + verdict.missing + verdict.unknown
            assert sorted(listed) == sorted(verdict.rule.criteria)
            assert set(verdict.reasons) == set(listed)
            assert all(verdict.reasons.values())


# One finding, one criterion

VEGF_CASES = [
    # vegf                                                             plasma  serum rule
    ({"value": 200, "unit": "pg/mL", "matrix": "plasma"}, True, None),
    ({"value": 199.9, "unit": "pg/mL", "matrix": "plasma"}, False, None),
    ({"value": 0.2, "unit": "ng/mL", "matrix": "plasma"}, True, None),
    ({"value": 0.199, "unit": "ug/L", "matrix": "plasma"}, False, None),
    ({"value": 200, "unit": "ng/L", "matrix": "plasma"}, True, None),
    ({"value": 200, "matrix": "plasma"}, True, None),
    ({"value": 50, "matrix": "plasma", "upper_limit": 40}, False, None),
    ({"value": 1000, "unit": "pg/mL", "matrix": "serum"}, None, True),
    ({"value": 999, "unit": "pg/mL", "matrix": "serum"}, None, False),
    ({"value": 9000, "unit": "pg/mL", "matrix": "serum"}, None, True),
    ({"value": 800, "matrix": "serum", "upper_limit": 700}, True, False),
    ({"value": 700, "matrix": "serum", "upper_limit": 700}, False, False),
    ({"value": 1.2, "unit": "ng/mL", "matrix": "serum", "upper_limit": 0.7}, True, True),
    ({"value": 9000, "unit": "pg/mL"}, None, None),
    ({"value": 9000, "unit": "pg/mL", "upper_limit": 700}, None, None),
    ({"value": 9000, "elevated": True}, True, True),
    ({"value": 100, "matrix": "plasma", "elevated": True}, True, True),
    ({"value": 9000, "matrix": "serum", "elevated": False}, False, False),
    ({"elevated": True}, True, True),
    ({"matrix": "serum", "upper_limit": 700}, None, None),
    ({}, None, None),
    (None, None, None),
]


def criterion(form, rule, name):
    verdict = evaluate(patient_from(form))[rule]
    return True if name in verdict.met else False if name in verdict.missing else None


@pytest.mark.parametrize(("vegf", "plasma_rule", "serum_rule"), VEGF_CASES)
def test_vegf(vegf, plasma_rule, serum_rule):
    form = {"vegf": vegf}
    assert criterion(form, "dispenzieri", "vegf") is plasma_rule
    assert criterion(form, "suichi_2019", "vegf") is plasma_rule
    assert criterion(form, "japan_ministry", "vegf") is serum_rule


@pytest.mark.parametrize(
    ("form", "wanted"),
    [
        ({"platelets_10e9_per_l": 450}, True),
        ({"platelets_10e9_per_l": 449, "haemoglobin_g_per_dl": 16.0, "sex": "F"}, False),
        ({"platelets_10e9_per_l": 450, "haemoglobin_g_per_dl": 16.0, "sex": "F"}, True),
        ({"platelets_10e9_per_l": 449, "haemoglobin_g_per_dl": 16.1, "sex": "F"}, True),
        ({"platelets_10e9_per_l": 449, "haemoglobin_g_per_dl": 16.5, "sex": "M"}, False),
        ({"platelets_10e9_per_l": 449, "haemoglobin_g_per_dl": 16.6, "sex": "M"}, True),
        ({"platelets_10e9_per_l": 449, "haemoglobin_g_per_dl": 16.6}, True),
        ({"platelets_10e9_per_l": 449, "haemoglobin_g_per_dl": 16.3}, None),
        ({"platelets_10e9_per_l": 449, "haemoglobin_g_per_dl": 16.0}, False),
        ({"platelets_10e9_per_l": 449}, None),
        ({"haemoglobin_g_per_dl": 13.0}, None),
        ({"thrombocytosis": True}, True),
        ({"polycythaemia": True, "thrombocytosis": False}, True),
        ({"thrombocytosis": False, "polycythaemia": False}, False),
        ({"thrombocytosis": False, "polycythaemia": False, "platelets_10e9_per_l": 800}, False),
        ({}, None),
    ],
)
def test_thrombocytosis_or_polycythaemia(form, wanted):
    assert criterion(form, "dispenzieri", "thrombocytosis_or_polycythaemia") is wanted


@pytest.mark.parametrize(
    ("field", "name"), [("endocrinopathies", "endocrinopathy"), ("skin_changes", "skin_changes")]
)
def test_lists(field, name):
    words = word_list(field)
    assert criterion({field: None}, "mayo_2003", name) is None
    assert criterion({field: []}, "mayo_2003", name) is False
    assert criterion({field: list(words.not_alone)}, "mayo_2003", name) is None
    for word in words.not_alone:
        assert criterion({field: [word]}, "mayo_2003", name) is None
    for word in words.counts:
        assert criterion({field: [word]}, "mayo_2003", name) is True
        assert criterion({field: [words.not_alone[0], word]}, "mayo_2003", name) is True


def test_words_are_those_of_the_form():
    endocrine, skin = word_list("endocrinopathies"), word_list("skin_changes")
    assert sorted(endocrine.words) == sorted(
        [
            "hypogonadism",
            "hyperprolactinaemia",
            "hypothyroidism",
            "subclinical_hypothyroidism",
            "diabetes",
            "adrenal_insufficiency",
            "hypopituitarism",
            "parathyroid_disease",
            "gynaecomastia",
            "unspecified",
        ]
    )
    assert sorted(skin.counts) == sorted(
        [
            "hyperpigmentation",
            "hypertrichosis",
            "haemangioma",
            "glomeruloid_haemangioma",
            "plethora",
            "acrocyanosis",
            "flushing",
            "white_nails",
        ]
    )
    assert sorted(skin.not_alone) == [
        "clubbing",
        "skin_thickening",
        "telangiectasia",
        "unspecified",
    ]


def test_castleman_does_not_fill_lymphadenopathy():
    form = {"castleman": True, "hepatomegaly": False, "splenomegaly": False}
    assert criterion(form, "dispenzieri", "organomegaly") is None
    form["lymphadenopathy"] = False
    assert criterion(form, "dispenzieri", "organomegaly") is False


@pytest.mark.parametrize(
    ("rule", "wanted"),
    [
        ("dispenzieri", False),
        ("suichi_2019", False),
        ("mayo_2003", True),
        ("japan_ministry", True),
    ],
)
def test_pericardial_effusion_counts_where_the_rule_names_it(rule, wanted):
    form = {"oedema": False, "pleural_effusion": False, "ascites": False}
    form["pericardial_effusion"] = True
    assert criterion(form, rule, "extravascular_overload") is wanted


def test_an_m_protein_does_not_fill_the_clone():
    form = {"m_protein_g_per_l": 20, "light_chain": "lambda"}
    assert criterion(form, "dispenzieri", "monoclonal_plasma_cells") is None
    assert "M-protein" in evaluate(patient_from(form))["dispenzieri"].remarks[0]


# The report


@pytest.mark.parametrize("path", sorted([*GOLDEN.glob("*.json"), *INVENTED.glob("*.json")]))
def test_report_says_what_the_data_say(path):
    patient = read_patient(path)
    verdicts = evaluate(patient)
    report = explain(patient, verdicts)
    assert report.rstrip().endswith(EDUCATION)
    report.encode("ascii")  # a Windows console may know no more
    data = as_data(verdicts)
    assert json.loads(json.dumps(data)) == data
    flat = " ".join(report.split())
    for entry in data.values():
        for text in [*entry["reasons"].values(), *entry["remarks"], entry["note"]]:
            assert text in flat


@pytest.mark.parametrize(
    ("form", "wanted"),
    [
        ({"light_chain": "kappa"}, "almost always lambda"),
        ({"vegf": {"value": 900, "matrix": "serum"}}, "read as pg/mL"),
        ({"vegf": {"value": 900, "unit": "pg/mL"}}, "Serum or plasma is not recorded"),
        ({"endocrinopathies": ["diabetes"]}, "do not fill the criterion by themselves"),
        ({"skin_changes": ["clubbing"]}, "not among the skin changes that count"),
        ({"castleman": True, "monoclonal_plasma_cells": False}, "Castleman variant"),
        ({"castleman": True}, "does not fill lymphadenopathy"),
        ({"thrombocytosis": False, "platelets_10e9_per_l": 700}, "against its own count of 700"),
        ({}, "Multiple myeloma must be excluded"),
        (
            {"polyneuropathy": True, "monoclonal_plasma_cells": True},
            "more than one is needed",
        ),
    ],
)
def test_remarks(form, wanted):
    patient = patient_from(form)
    assert wanted in " ".join(explain(patient, evaluate(patient)).split())


def test_an_unremarkable_patient_gets_no_remarks():
    patient = patient_from({"endocrinopathies": ["hypogonadism"], "light_chain": None})
    assert "Remarks" not in explain(patient, evaluate(patient))


# The rules as data


def test_rules_name_facts_and_references_that_exist():
    for rule in rules().values():
        assert set(rule.facts) <= set(facts())
        assert set(rule.sources) <= set(references())
        for limit in (rule.vegf.plasma_from, rule.vegf.serum_from):
            assert limit is None or limit in facts()
    for name in ("endocrinopathies", "skin_changes"):
        assert set(word_list(name).facts) <= set(facts())


def plain(rule, on):
    """Each rule as its paper states it, in ordinary logic, for the present findings *on*."""
    both = {"polyneuropathy", "monoclonal_plasma_cells"} <= on
    bone = {"sclerotic_bone_lesions"}
    signs = {"organomegaly", "extravascular_overload", "skin_changes"}
    many = signs | {"endocrinopathy", "papilloedema"}
    if rule == "dispenzieri":
        minor = many | {"thrombocytosis_or_polycythaemia"}
        met = both and on & (bone | {"castleman", "vegf"}) and on & minor
    elif rule == "suichi_2019":
        met = both and "vegf" in on and len(on & (signs | bone)) >= 2
    elif rule == "mayo_2003":
        met = both and on & (many | bone | {"castleman"})
    else:
        minor = len(on & (many | bone | {"castleman", "thrombocytosis_or_polycythaemia"}))
        if "polyneuropathy" not in on:
            return None
        if "vegf" in on and minor >= 1:
            return "definite" if both else "probable"
        return "possible" if minor >= 2 else None
    return "met" if met else None


def every_set():
    return map(
        set, chain.from_iterable(combinations(CRITERIA, n) for n in range(len(CRITERIA) + 1))
    )


def differs(candidates):
    """The first set of findings, if any, for which a rule in *candidates* departs from plain."""
    for on in every_set():
        for name, rule in candidates.items():
            if rule.reached(on) != plain(name, on):
                return name, on
    return None


def test_rules_agree_with_the_papers_on_every_set_of_findings():
    assert differs(rules()) is None


def planted_counts():
    for line in re.findall(r"^\w+ = \{.*=.*\}$", RULES, flags=re.M):
        for need in re.findall(r"\w+ = (?=\d)", line):
            count = int(re.search(rf"{need}(\d+)", line)[1])
            for other in (count - 1, count + 1):
                yield line, line.replace(f"{need}{count}", f"{need}{other}")


def planted_drops():
    for section in re.findall(r"^\[\w+\.groups\]\n(?:.+\n)+", RULES, flags=re.M):
        for word in re.findall(r'"\w+"', section):
            fewer = re.sub(rf"{word}, |, {word}(?=\])", "", section)
            if fewer != section:
                yield section, fewer


def faulty(tmp_path, old, new):
    """The rules with *old* replaced by *new*, or the reader's refusal as text."""
    assert RULES.count(old) == 1
    path = tmp_path / "rules.toml"
    path.write_text(RULES.replace(old, new), encoding="utf-8")
    try:
        return read_rules(path)
    except ContentError as error:
        return str(error)


@pytest.mark.parametrize(("old", "new"), list(planted_counts()))
def test_a_wrong_count_changes_a_golden_verdict_or_is_refused(old, new, tmp_path):
    planted = faulty(tmp_path, old, new)
    if isinstance(planted, str):
        assert "cannot be" in planted
        return
    assert any(
        judge(golden(patient), planted[name]).outcome != getattr(EXPECTED[patient], name)
        for patient in EXPECTED
        for name in planted
    )


@pytest.mark.parametrize(("old", "new"), list(planted_drops()))
def test_a_dropped_criterion_is_seen_or_refused(old, new, tmp_path):
    planted = faulty(tmp_path, old, new)
    if isinstance(planted, str):
        assert "cannot be" in planted or "blood" in planted
        return
    assert differs(planted) is not None


def test_faults_were_planted_in_every_rule():
    assert len(list(planted_counts())) == 32
    assert len(list(planted_drops())) == 35


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('castleman", "scl', 'castelman", "scl', "there is no criterion 'castelman'"),
        ("other_major = 1", "othermajor = 1", "there is no group 'othermajor'"),
        ('name = "Mayo 2003"', "", "name: is missing"),
        ('["thrombocytosis"]', '["platelets"]', "'platelets' is no such finding"),
    ],
)
def test_a_faulty_rules_file_is_named_to_the_entry(old, new, problem, tmp_path):
    path = tmp_path / "rules.toml"
    path.write_text(RULES.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError, match="rules.toml: ") as caught:
        read_rules(path)
    assert problem in str(caught.value)
