"""The form: what it accepts, and the one line that it answers to everything else."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from poems_course.clinic.diagnose import run
from poems_course.clinic.patient import Patient, patient_from, read_patient
from poems_course.content import PoemsError

ISSUE = {
    "age": 52, "sex": "F", "polyneuropathy": True, "monoclonal_plasma_cells": True,
    "light_chain": "lambda", "m_protein_g_per_l": 2.0, "castleman": None,
    "sclerotic_bone_lesions": True,
    "vegf": {"value": 1240, "unit": "pg/mL", "matrix": "plasma", "elevated": None},
    "hepatomegaly": False, "splenomegaly": True, "lymphadenopathy": None, "oedema": True,
    "pleural_effusion": False, "ascites": None, "pericardial_effusion": None,
    "endocrinopathies": ["hypogonadism"], "skin_changes": ["hyperpigmentation"],
    "papilloedema": None, "platelets_10e9_per_l": 610, "thrombocytosis": None,
    "haemoglobin_g_per_dl": 14.1, "polycythaemia": None,
}  # fmt: skip


def message_of(call):
    """The refusal that *call* ends in, or nothing where it is accepted."""
    try:
        call()
    except PoemsError as error:
        return str(error)
    return ""


def refusal(form):
    with pytest.raises(PoemsError) as caught:
        patient_from(form, "p.json")
    message = str(caught.value)
    assert len(message.splitlines()) == 1
    assert len(message) < 500
    return message


def test_the_issue_form_is_read():
    patient = patient_from(ISSUE)
    assert (patient.age, patient.sex, patient.vegf.pg_per_ml) == (52, "F", 1240)
    assert patient.endocrinopathies == ("hypogonadism",)
    assert patient.castleman is None
    assert patient.hepatomegaly is False


def test_every_field_is_optional():
    assert patient_from({}) == Patient()
    assert patient_from(dict.fromkeys(ISSUE)) == Patient()


def test_story_and_labels_are_kept_and_not_judged():
    form = {"id": "ana", "story": "Feet burn.", "synthetic": True, "numbers": [12, 1.5]}
    patient = patient_from(form)
    assert (patient.id, patient.story, patient.numbers) == ("ana", "Feet burn.", (12, 1.5))


@pytest.mark.parametrize(
    ("unit", "factor"),
    [
        (None, 1), ("pg/mL", 1), ("pg/ml", 1), ("ng/L", 1), ("ng/mL", 1000), ("ug/L", 1000),
        ("\u00b5g/L", 1000), ("\u03bcg/L", 1000),
    ],
)  # fmt: skip
def test_vegf_units(unit, factor):
    vegf = patient_from({"vegf": {"value": 2, "unit": unit, "upper_limit": 0.5}}).vegf
    assert vegf.pg_per_ml == 2 * factor
    assert vegf.upper_limit_pg_per_ml == 0.5 * factor


@pytest.mark.parametrize(("given_sex", "read"), [("f", "F"), ("m", "M"), ("F", "F"), (None, None)])
def test_sex(given_sex, read):
    assert patient_from({"sex": given_sex}).sex == read


@pytest.mark.parametrize(
    ("form", "parts"),
    [
        (
            {"spleenomegaly": True},
            ["spleenomegaly", "is not a field", "did you mean splenomegaly?"],
        ),
        ({"edema": True}, ["edema", "did you mean oedema?"]),
        ({"zzz": 1}, ["zzz: is not a field of the form"]),
        ({"bad\nname": 1}, ["bad name: is not a field"]),
        ({"oedema": "yes"}, ["oedema", "must be true, false or null, not 'yes'"]),
        ({"oedema": 1}, ["oedema", "must be true, false or null, not 1"]),
        ({"oedema": 0}, ["must be true, false or null"]),
        ({"age": True}, ["age", "must be a number or null, not true"]),
        ({"age": "52"}, ["age", "must be a number"]),
        ({"age": -1}, ["age", "between 0 and 120 years"]),
        ({"age": 121}, ["age", "between 0 and 120"]),
        ({"age": 10**400}, ["age", "between 0 and 120"]),
        ({"age": 10**5000}, ["age", "between 0 and 120"]),
        ({"age": float("nan")}, ["age", "not nan"]),
        ({"age": float("inf")}, ["age", "not inf"]),
        ({"platelets_10e9_per_l": 610000}, ["platelets_10e9_per_l", "between 0 and 5,000"]),
        ({"haemoglobin_g_per_dl": 141}, ["haemoglobin_g_per_dl", "between 1 and 30 g/dL"]),
        ({"haemoglobin_g_per_dl": 0}, ["between 1 and 30"]),
        ({"m_protein_g_per_l": 201}, ["m_protein_g_per_l", "between 0 and 200"]),
        ({"sex": "female"}, ["sex", "must be one of F, M or null"]),
        ({"sex": True}, ["sex", "not true"]),
        ({"light_chain": "lamda"}, ["light_chain", "lambda, kappa", "did you mean lambda?"]),
        ({"endocrinopathies": "diabetes"}, ["endocrinopathies", "must be a list or null"]),
        ({"endocrinopathies": True}, ["must be a list"]),
        ({"endocrinopathies": {}}, ["must be a list"]),
        (
            {"endocrinopathies": ["diabetes", "hypogonad"]},
            ["endocrinopathies[1]", "parathyroid_disease", "did you mean hypogonadism?"],
        ),
        ({"endocrinopathies": [None]}, ["endocrinopathies[0]", "unspecified, not null"]),
        ({"skin_changes": [["flushing"]]}, ["skin_changes[0]", "must be one of"]),
        ({"skin_changes": ["diabetes"]}, ["skin_changes[0]", "white_nails"]),
        ({"vegf": 1240}, ["vegf: must be an object"]),
        ({"vegf": []}, ["vegf: must be an object"]),
        ({"vegf": {"valeu": 1}}, ["vegf.valeu", "did you mean value?"]),
        ({"vegf": {"value": -1}}, ["vegf.value", "between 0"]),
        ({"vegf": {"value": "1240"}}, ["vegf.value", "must be a number"]),
        ({"vegf": {"value": float("nan")}}, ["vegf.value"]),
        ({"vegf": {"unit": "mg/dL"}}, ["vegf.unit", "pg/mL, ng/L, ng/mL, ug/L"]),
        ({"vegf": {"unit": 5}}, ["vegf.unit", "not 5"]),
        ({"vegf": {"matrix": "blood"}}, ["vegf.matrix", "plasma, serum"]),
        ({"vegf": {"elevated": "high"}}, ["vegf.elevated", "true, false or null"]),
        ({"vegf": {"upper_limit": False}}, ["vegf.upper_limit", "must be a number"]),
        ({"id": 5}, ["id", "must be text"]),
        ({"story": ["a"]}, ["story", "must be text"]),
        ({"synthetic": "true"}, ["synthetic", "true, false or null"]),
        ({"numbers": [1, "two"]}, ["numbers[1]", "must be a number"]),
        ({"sex": "x" * 5000}, ["sex", "..."]),
        ({"sex": "a\nb\u2028c\ud800"}, ["sex"]),
    ],
)
def test_refusals(form, parts):
    message = refusal(form)
    assert message.startswith("p.json: ")
    for part in parts:
        assert part in message


@pytest.mark.parametrize(
    ("content", "parts"),
    [
        (b"", ["is empty"]),
        (b" \n", ["is empty"]),
        (b"[1, 2]", ["must be a JSON object", "not a list"]),
        (b"52", ["not a single value"]),
        (b"null", ["not a single value"]),
        (b'{"age": 52,\n "sex" "F"}', ["line 2, column 8", "is not valid JSON"]),
        (b'{"age": 52,}', ["line 1", "is not valid JSON"]),
        (b"age = 52", ["line 1", "is not valid JSON"]),
        (b'{"age": 52, "age": 53}', ["age: is given twice"]),
        (b'{"vegf": {"value": 1, "value": 2}}', ["value: is given twice"]),
        (b'{"age": NaN}', ["age: must be a number between", "not nan"]),
        (b'{"age": Infinity}', ["age: must be a number", "not inf"]),
        (b'{"vegf": {"value": -Infinity}}', ["vegf.value", "not -inf"]),
        (b'{"vegf": {"value": 1e999}}', ["vegf.value", "not inf"]),
        (b'{"age": ' + b"9" * 6000 + b"}", ["too deep or too long"]),
        (b"[" * 100_000, ["too deep or too long"]),
        ('{"age": 52}'.encode("utf-16"), ["is UTF-16", "UTF-8"]),
        ('{"age": 52}'.encode("utf-16-le"), ["is UTF-16"]),
        (b'{"story": "caf\xe9"}', ["is not UTF-8 text (byte 15)"]),
        (b"\x89PNG\r\n\x1a\n", ["is not UTF-8 text (byte 1)"]),
        (b" " * 1_000_001, ["is too large"]),
    ],
)
def test_files_that_are_no_form(content, parts, tmp_path):
    path = tmp_path / "p.json"
    path.write_bytes(content)
    with pytest.raises(PoemsError) as caught:
        read_patient(path)
    message = str(caught.value)
    assert message.startswith("p.json: ")
    assert len(message.splitlines()) == 1
    for part in parts:
        assert part in message


def test_a_missing_file_and_a_folder(tmp_path):
    with pytest.raises(PoemsError, match=r"^none\.json: there is no such file$"):
        read_patient(tmp_path / "none.json")
    with pytest.raises(PoemsError, match="is a folder, not a file"):
        read_patient(tmp_path)
    with pytest.raises(PoemsError, match="cannot be read"):
        read_patient("a\0b.json")
    with pytest.raises(PoemsError, match="cannot be read|no such file"):
        read_patient("x" * 5000)


def test_a_byte_order_mark_is_accepted(tmp_path):
    path = tmp_path / "notepad.json"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(ISSUE).encode())
    assert read_patient(path) == patient_from(ISSUE)
    assert run(path).startswith("Patient under four published rules (52 years, woman)")
    assert set(json.loads(run(path, as_json=True))) == {
        "dispenzieri", "suichi_2019", "mayo_2003", "japan_ministry",
    }  # fmt: skip


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from([*ISSUE, "story", "numbers"]) | st.text(), anything))
def test_any_object_is_read_or_refused_in_one_line(form):
    message = message_of(lambda: patient_from(form, "p.json"))
    assert len(message.splitlines()) <= 1
    assert re.match(r"(p\.json: .|$)", message)
    message.encode("utf-8")


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused_in_one_line(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "bytes.json"
    path.write_bytes(content)
    assert len(message_of(lambda: read_patient(path)).splitlines()) <= 1
