"""The four rules on hand-worked patients, and the report on them."""

from __future__ import annotations

import json

import pytest
from golden_patients import EXPECTED, GOLDEN, INVENTED, golden

from poems_course.clinic.criteria import evaluate
from poems_course.clinic.diagnose import run
from poems_course.clinic.explain import EDUCATION, as_data, explain
from poems_course.clinic.patient import patient_from, read_patient
from poems_course.clinic.rules import rules
from poems_course.clinic.words import word_list


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
