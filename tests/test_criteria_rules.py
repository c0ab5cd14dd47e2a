"""The rules as data: faithful to the papers, and a planted fault in rules.toml is seen."""

from __future__ import annotations

import re
from itertools import chain, combinations
from pathlib import Path

import pytest
from golden_patients import EXPECTED, golden

from poems_course.clinic import rules as rules_module
from poems_course.clinic.criteria import judge
from poems_course.clinic.rules import CRITERIA, read_rules, rules
from poems_course.clinic.words import word_list
from poems_course.content import ContentError
from poems_course.evidence import facts, references

RULES = Path(rules_module.__file__).with_name("rules.toml").read_text(encoding="utf-8")


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
