"""The evidence holds together: sources, numbers, intervals, look-ups."""

from __future__ import annotations

import math
import re
import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poems_course import evidence
from poems_course.content import ContentError, read_entries
from poems_course.evidence import Fact, Reference, cohorts, fact, facts, findings, references
from poems_course.evidence.numerals import values_in

FACTS = facts()
# Words of the American spelling that our own sentences must not hold.
AMERICAN = re.compile(
    r"\b(hemangioma|papilledema|edema|anemia|hematolog|polycythemia|gynecomastia|tumor\b|center\b)",
    re.IGNORECASE,
)


@pytest.mark.parametrize("entry", FACTS.values(), ids=FACTS)
def test_a_fact_has_a_source_and_says_what_was_read(entry: Fact) -> None:
    assert entry.source in references()
    assert entry.verified in {"primary", "secondary", "derived"}
    assert references()[entry.source].read
    assert entry.statement.endswith(".")
    assert not AMERICAN.search(entry.statement)
    if entry.checked:
        date.fromisoformat(entry.checked)


@pytest.mark.parametrize("entry", FACTS.values(), ids=FACTS)
def test_the_value_of_a_fact_stands_in_its_statement(entry: Fact) -> None:
    """A value may be rounded in the sentence, but not differ from it."""
    if entry.value is None or entry.unit in {"year", "patients"}:
        return
    value = entry.value
    assert not isinstance(value, str), "parse it to a number"
    printed = values_in(entry.statement) | ZERO_IN_WORDS
    if isinstance(value, dict):
        wanted = [v for k, v in value.items() if not k.endswith(BESIDE_THE_STATEMENT)]
    else:
        wanted = list(value) if isinstance(value, tuple) else [value]
    for number in wanted:
        assert {number, round(number, 1), float(round(number))} & printed, number


ZERO_IN_WORDS = frozenset({0.0})
# Counts kept for calculation that the sentence need not repeat.
BESIDE_THE_STATEMENT = ("_low", "_high")


def test_a_derived_fact_names_what_it_comes_from_and_only_that() -> None:
    for entry in FACTS.values():
        assert (entry.verified == "derived") == bool(entry.derived_from), entry.id
        assert set(entry.derived_from) <= FACTS.keys(), entry.id
        if entry.verified == "derived":
            assert entry.note, f"{entry.id}: the note must give the formula"


def test_likelihood_ratios_follow_from_sensitivity_and_specificity() -> None:
    for name, of in [
        ("plasma-vegf-200-lr", "plasma-vegf-200"),
        ("tli-median-038-lr", "tli-median-038"),
        ("serum-vegf-uclh-lr", "serum-vegf-uclh"),
    ]:
        ratio, test = fact(name).value, fact(of).value
        assert isinstance(ratio, dict)
        assert isinstance(test, dict)
        sensitivity, specificity = test["sensitivity"] / 100, test["specificity"] / 100
        assert ratio["positive"] == pytest.approx(sensitivity / (1 - specificity), rel=0.005)
        assert ratio["negative"] == pytest.approx((1 - sensitivity) / specificity, abs=0.005)


def test_every_reference_is_used() -> None:
    used = {entry.source for entry in FACTS.values()}
    used |= {row.source for finding in findings() for row in cohorts(finding)}
    assert set(references()) == used


@pytest.mark.parametrize("key", references())
def test_a_reference_has_one_line_with_a_lasting_link(key: str) -> None:
    line = evidence.cite(key)
    assert "\n" not in line
    assert re.search(r"\]\(https?://[^\s)]+\)", line), line
    source = references()[key]
    assert re.fullmatch(r"(10\.\d{4,}/\S+)?", source.doi)
    assert re.fullmatch(r"\d*", source.pmid)
    assert not re.search(r"//\d+\.\d+", source.url), "an address of digits will not last"


def test_a_reference_is_linked_by_doi_then_pubmed_then_page() -> None:
    both = Reference("a", "A", "T", "J", "all", doi="10.1000/1", pmid="1", url="https://a")
    assert both.link == "https://doi.org/10.1000/1"
    assert Reference("a", "A", "T", "J", "all", pmid="1", url="u").link.endswith("gov/1/")
    with pytest.raises(ValueError, match="doi, a pmid or a url"):
        Reference("a", "A", "T", "J", "all")


def test_a_fact_knows_every_number_in_it() -> None:
    found = Fact(
        "x", "1.5 % of 30 in 10 000", "s", "primary", {"a": 2.0}, "×10⁹/L", (4.0,), "p 99", 30
    ).numbers
    assert found == {1.5, 30.0, 10_000.0, 2.0, 1e9, 4.0}


def test_a_cohort_row_agrees_with_its_fact() -> None:
    for finding in findings():
        for row in cohorts(finding):
            entry = fact(row.fact)
            assert row.source == entry.source
            assert row.low <= 100 * row.k / row.n <= row.high
            assert abs(100 * row.k / row.n - row.percent) < 100 / row.n, row
            rounded = {round(number, digits) for number in entry.numbers for digits in (0, 1, 2)}
            if row.k_printed:
                assert {row.percent, float(row.k)} & rounded, row
            else:
                assert row.percent in rounded, row


def test_cohorts_that_are_worked_back_say_so() -> None:
    row = next(row for row in cohorts("thrombocytosis") if row.cohort == "Mayo, against CIDP")
    assert (row.k, row.n, row.k_printed) == (73, 136, False)
    assert (row.low, row.high) == (pytest.approx(45.3, abs=0.1), pytest.approx(61.8, abs=0.1))


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_holds_the_share_and_stays_between_0_and_1(kn: tuple[int, int]) -> None:
    k, n = kn
    low, high = evidence.wilson(k, n)
    assert 0 <= low <= k / n <= high <= 1
    assert low < high
    mirrored = evidence.wilson(n - k, n)
    assert mirrored == (pytest.approx(1 - high), pytest.approx(1 - low))


@given(st.integers(1, 400), st.integers(2, 50))
def test_wilson_narrows_as_the_cohort_grows(n: int, times: int) -> None:
    k = n // 3
    low, high = evidence.wilson(k, n)
    low_more, high_more = evidence.wilson(k * times, n * times)
    assert high_more - low_more < high - low


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_ends_are_where_the_score_test_just_rejects(kn: tuple[int, int]) -> None:
    k, n = kn
    for end in evidence.wilson(k, n):
        if 0 < end < 1:
            z = abs(k / n - end) / math.sqrt(end * (1 - end) / n)
            assert z == pytest.approx(1.959964, rel=1e-4)


@pytest.mark.parametrize(("k", "n"), [(-1, 5), (6, 5), (0, 0)])
def test_wilson_refuses_what_is_no_count(k: int, n: int) -> None:
    with pytest.raises(ValueError, match="k must lie between"):
        evidence.wilson(k, n)


@pytest.mark.parametrize(
    ("look_up", "name", "message"),
    [
        (evidence.fact, "delay-ucl", "there is no fact 'delay-ucl'; did you mean 'delay-uclh'?"),
        (evidence.cite, "kedie-2020", "no reference 'kedie-2020'; did you mean 'keddie-2020'?"),
        (evidence.cohorts, "castelman", "no finding 'castelman'; did you mean 'castleman'?"),
        (evidence.term, "zzz", "there is no term 'zzz'"),
    ],
)
def test_an_unknown_name_gets_the_nearest_one(look_up, name: str, message: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(evidence.UnknownEntry) as raised:
        look_up(name)
    assert message in str(raised.value)


def test_a_term_is_found_by_either_spelling() -> None:
    assert evidence.term("edema") is evidence.term("oedema") is evidence.term("Oedema")
    for entry in evidence.glossary().values():
        assert entry.definition.endswith(".")
        assert entry.american != entry.term
        assert not AMERICAN.search(entry.term + entry.definition), entry.id


def test_a_faulty_fact_is_named_down_to_its_field(tmp_path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "facts.toml"
    file.write_text('[x]\nstatement = "A."\nsource = "s"\nverified = "hearsay"\n')
    with pytest.raises(ContentError, match=r"facts\.toml: x: verified: must be one of"):
        read_entries(file, Fact)


def test_facts_need_no_heavy_library() -> None:
    code = (
        "import sys; from poems_course.evidence import fact; fact('delay-uclh');"
        "print({'numpy', 'pandas', 'plotly', 'jupyter'} & set(sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "set()"
