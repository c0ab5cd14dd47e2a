"""The ledger finds every planted error, says where, and lets a good lesson pass."""

from __future__ import annotations

from pathlib import Path

import pytest

from poems_course.content import ContentError
from poems_course.evidence.ledger import (
    Finding,
    check_lesson,
    check_notebook,
    check_text,
    reference_line,
)
from poems_course.evidence.marks import passages
from poems_course.evidence.numerals import numerals

LEDGER = Path(__file__).parent / "fixtures" / "ledger"
PATIENTS = LEDGER / "patients"

# file -> cell of the error, words that the message must hold
PLANTED = {
    "wrong-number.md": (1, "55 is not in what is named here"),
    "wrong-number-in-table.md": (2, "53.9 is not in"),
    "wrong-power.md": (0, "10^6 is not in"),
    "unknown-fact.md": (1, "no fact 'delay-ucl'; did you mean 'delay-uclh'?"),
    "number-without-mark.md": (1, "0.3 stands without a fact"),
    "citation-not-listed.md": (2, "wang-2019 is cited but not listed"),
    "unknown-reference.md": (2, "no reference 'wang-2091'; did you mean 'wang-2019'?"),
    "unused-reference.md": (3, "wang-2019 is listed but never cited"),
    "reference-retyped.md": (3, "should read"),
    "wrong-patient-number.md": (0, "601 is not in"),
    "unknown-patient.md": (0, "martha.json is missing"),
    "misspelt-mark.md": (1, "is not one of the marks"),
    "number-in-citation.md": (1, "62 is not in"),
}


def findings_in(name: str) -> list[Finding]:
    cells = (LEDGER / name).read_text(encoding="utf-8").split("\n%%%\n")
    return check_lesson(dict(enumerate(cells)), name, PATIENTS)


def test_a_good_lesson_passes() -> None:
    assert findings_in("good.md") == []


def test_every_fixture_is_expected_to_fail() -> None:
    assert {path.name for path in LEDGER.glob("*.md")} == {*PLANTED, "good.md"}


@pytest.mark.parametrize(("name", "expected"), PLANTED.items(), ids=PLANTED)
def test_a_planted_error_is_found_where_it_is(name: str, expected: tuple[int, str]) -> None:
    cell, words = expected
    found = findings_in(name)
    match = [finding for finding in found if words in str(finding)]
    assert match, [str(finding) for finding in found]
    assert {finding.cell for finding in found} == {cell}
    assert str(match[0]).startswith(f"{name}: cell {cell}: ")


def test_a_notebook_is_read_by_its_cells() -> None:
    (found,) = check_notebook(LEDGER / "wrong-number.ipynb", PATIENTS)
    assert found.cell == 2
    assert "55 " in found.problem
    assert "In London 55 %" in found.excerpt


def test_a_file_that_is_no_notebook_is_named() -> None:
    with pytest.raises(ContentError, match=r"good\.md: is not a notebook"):
        check_notebook(LEDGER / "good.md")


def test_a_patient_cannot_be_a_path() -> None:
    (found,) = check_lesson({0: "She is 52. <!-- patient: ../patients/marta -->"}, "x", PATIENTS)[
        :1
    ]
    assert "not a patient's name" in found.problem


def test_a_question_is_held_to_the_facts_it_lists() -> None:
    where = ("01.toml", "q01-delay")
    text = "A 52-year-old waited 15 months; 54 % are called CIDP."
    facts = ["delay-uclh", "misdx-uclh-cidp"]
    assert check_text(text, facts, where, invented=[52]) == []
    (found,) = check_text(text, facts[:1], where, invented=[52])
    assert str(found).startswith("01.toml: q01-delay: ")
    assert "54 is not in" in found.problem
    (unknown,) = check_text("No number.", ["delay-uch"], where)
    assert "did you mean 'delay-uclh'" in unknown.problem


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1-77 and 1–77 months", [1, 77, 1, 77]),
        ("10 000, 10,000 and 1 946.5", [10_000, 10_000, 1946.5]),
        ("450 ×10⁹/L or 450 x10^9/L or 10^{9}", [450, 1e9, 450, 1e9, 1e9]),
        ("in 2015, 392 patients", [2015, 392]),
        ("P=.03, 1.5:1 and 26/33", [0.03, 1.5, 1, 26, 33]),
        ("B12, IL-6, CD138, IGLV1-44, the 2nd and 10th", []),
        ("54%, 5-year and 1980s.", [54, 5, 1980]),
    ],
)
def test_numbers_are_read_as_a_person_reads_them(text: str, values: list[float]) -> None:
    assert [numeral.value for numeral in numerals(text)] == values


def test_a_mark_on_its_own_line_covers_the_whole_list_but_not_the_paragraph_before() -> None:
    text = "Nine of 10.\n\n- 1\n- 2 <!-- facts: b -->\n\n<!-- facts: a -->\n\nAfter 3."
    assert [(p.text[:5], p.facts) for p in passages(text)] == [
        ("Nine ", []),
        ("- 1", ["a"]),
        ("- 2 <", ["b", "a"]),
        ("After", []),
    ]


def test_what_is_not_read_holds_no_number() -> None:
    text = (
        "## 3. Title\n\n1. [link](09_diagnosis.ipynb) `x = 5` <a id='k-7'></a> "
        "lessons 01, 02 and 09 "
        "https://doi.org/10.1/2 &#8805; [Keddie 2020](#keddie-2020)\n\n```\ncode 8\n```\n"
    )
    assert [n.text for p in passages(text) for n in numerals(p.readable)] == []


def test_a_reference_line_is_what_the_lesson_must_hold() -> None:
    assert reference_line("keddie-2020").startswith('- <a id="keddie-2020"></a>Keddie S')
