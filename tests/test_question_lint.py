"""Each rule fires on the item planted for it, and is silent on ten sound ones."""

from dataclasses import replace
from pathlib import Path

import pytest

from poems_course.content import read_entries
from poems_course.questions import Question, questions, read_bank
from poems_course.questions.lint import ITEM_RULES, lint, lint_item

FIXTURES = Path(__file__).parent / "fixtures" / "questions"
GOOD = read_bank(FIXTURES / "good")
PLANTED = {path.stem.removeprefix("bad_"): path for path in FIXTURES.glob("bad_*.toml")}
WARNINGS = {
    "long-key", "absolute", "vague", "clang", "homogeneous", "convergence", "grammar",
    "thin-feedback", "gives-away", "vignette", "reference-range", "abbreviation",
}  # fmt: skip


def variant(id: str = "q01-diabetes", **fields: object) -> set[str]:
    """The rules that fire on a sound item after a change."""
    return {finding.rule for finding in lint_item(replace(GOOD[id], **fields))}


def test_sound_items_in_a_whole_lesson_raise_nothing():
    found = [finding for finding in lint(GOOD.values()) if finding.rule != "blueprint"]
    assert [str(finding) for finding in found] == []


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_fires_its_rule(fault):
    (item,) = read_entries(PLANTED[fault], Question).values()
    rule = fault.split(".")[0]  # "grammar.amount" is another fault for the rule "grammar"
    found = [finding for finding in lint_item(item) if finding.rule == rule]
    assert found, f"nothing fired on {PLANTED[fault].name}"
    assert {finding.level for finding in found} == {"warning" if rule in WARNINGS else "error"}
    assert {(finding.file, finding.item) for finding in found} == {("01.toml", "q01-bad")}


def test_every_rule_has_its_planted_fault():
    rules = {rule.name for rule in ITEM_RULES} | {
        "sources",
        "facts",
        "references",
        "numbers",
        "figure",
    }
    assert {fault.split(".")[0] for fault in PLANTED} == rules


def test_a_planted_fault_fires_no_other_error():
    for rule, path in PLANTED.items():
        (item,) = read_entries(path, Question).values()
        errors = {finding.rule for finding in lint_item(item) if finding.level == "error"}
        assert errors <= {rule.split(".")[0]}, path.name


@pytest.mark.parametrize(
    "lead_in",
    [
        "Which finding does NOT fill the criterion?",
        "Which of these is the **least** telling finding?",
        "All of these help EXCEPT which?",
    ],
)
def test_a_negative_lead_in_needs_tag_and_emphasis(lead_in):
    assert "negative" not in variant(stem=lead_in, tags=("negative",))
    assert "negative" in variant(stem=lead_in)
    assert "negative" in variant(stem=lead_in.lower().replace("*", ""), tags=("negative",))


@pytest.mark.parametrize(
    "lead_in",
    [
        "Immunoglobulin did not help. Which test comes next?",
        "How many minor criteria are needed at least?",
        "What is the false-positive share?",
        "Which finding speaks against CIDP?",
    ],
)
def test_a_lead_in_that_only_looks_negative_passes(lead_in):
    assert "negative" not in variant(stem=lead_in)


def options(*texts: str) -> tuple:
    return tuple(
        replace(option, text=text)
        for option, text in zip(GOOD["q01-diabetes"].options, texts, strict=True)
    )


@pytest.mark.parametrize(
    "text", ["None of these", "A and B", "Both A and C", "any of the above", "Neither.", "All"]
)
def test_options_that_point_at_others_are_found(text):
    assert "above" in variant(options=options("Diabetes", "Hypogonadism", text))


@pytest.mark.parametrize("text", ["Vitamins A and D", "Both ankles swell", "Bone and skin"])
def test_options_that_stand_alone_pass(text):
    assert "above" not in variant(options=options("Diabetes", "Hypogonadism", text))


@pytest.mark.parametrize(
    ("texts", "fires"),
    [
        (("1 %", "5 %", "25 %"), False),
        (("1 in 300 000", "1 in 30 000", "1 in 3 000"), False),
        (("5 %", "1 %", "25 %"), True),
        (("1 %", "1 %", "25 %"), True),
        (("1 %", "5 %", "nobody"), False),
    ],
)
def test_numbers_stand_in_order(texts, fires):
    assert ("number-order" in variant(options=options(*texts))) == fires


def test_a_long_key_passes_where_a_distractor_is_as_long():
    assert "long-key" not in variant(options=options("D" * 44, "H" * 45, "T" * 43))
    assert "long-key" not in variant(options=options("D" * 20, "H" * 32, "T" * 20))
    assert "long-key" not in variant(options=options("D" * 60, "H" * 78, "T" * 60))
    assert "long-key" in variant(options=options("D" * 20, "H" * 33, "T" * 20))


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("stem", {"stem": "Of 17 patients, how many wait that long?"}),
        ("hint", {"hint": "Longer than 9 months."}),
        ("answer", {"answer": 16.0}),
        ("feedback.low", {"feedback": replace(GOOD["q01-delay"].feedback, low="Under 11.")}),
    ],
)
def test_a_number_without_a_fact_is_found_in_every_field(field, change):
    changed = replace(GOOD["q01-delay"], **change)
    assert [(f.field, f.rule) for f in lint_item(changed)] == [(field, "numbers")]
    assert not list(lint_item(replace(changed, invented=(17.0, 9.0, 16.0, 11.0))))


def test_a_lesson_needs_questions_on_the_way_and_at_the_end():
    items = [item for item in GOOD.values() if item.id not in ("q01-likelihood", "q01-delay")]
    assert [f.problem for f in lint(items) if f.rule == "lesson-size"] == [
        "questions on the way: 3; a lesson has 4 or more",
        "questions at the end: 5; a lesson has 6 or more",
    ]


def test_each_objective_needs_two_questions_also_one_that_was_skipped():
    items = [
        replace(item, objective="01-4") if item.id == "q01-delay" else item
        for item in GOOD.values()
    ]
    assert [f.problem for f in lint(items) if f.rule == "objectives"] == [
        "questions on 01-3: 0; it needs 2 or more",
        "questions on 01-4: 1; it needs 2 or more",
    ]


def test_the_real_bank_has_no_errors():
    assert [str(f) for f in lint(questions()) if f.level == "error"] == []
