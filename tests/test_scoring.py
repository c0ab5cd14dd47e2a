"""Grading: one table of vectors for Python and JavaScript, then every response to every item."""

import base64
import itertools
import json
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from poems_course.questions import Question, grade, key_material, order, presentation, read_bank
from poems_course.questions import scoring as scoring_module
from poems_course.questions.scoring import NotAnAnswer, read_number

FIXTURES = Path(__file__).parent / "fixtures" / "questions"
GOOD = read_bank(FIXTURES / "good")
VECTORS = json.loads((FIXTURES / "vectors.json").read_text(encoding="utf-8"))
GRADE_JS = Path(scoring_module.__file__).with_name("grade.js")
PIECES = (["", "-", "+"], ["", "0", "7", "1 240", "1,240", "13 6"], ["", ".", ",5", ".250"],
          ["", " months", "MONTHS", " pg"])  # fmt: skip


def response_of(vector: dict) -> object:
    """The response as positions: vectors name options by their text."""
    if "choose" not in vector:
        return vector["raw"]
    shown = presentation(GOOD[vector["item"]])["options"]
    chosen = vector["choose"]
    if isinstance(chosen, dict):  # a matching: prompt to match
        return [shown.index(text) for text in chosen.values()]
    return shown.index(chosen) if isinstance(chosen, str) else [shown.index(c) for c in chosen]


def expected(vector: dict) -> dict:
    if "refused" in vector:
        return {"graded": False, "summary": vector["refused"]}
    view = presentation(GOOD[vector["item"]])
    shown = view["prompts"] or view["options"]
    feedback = [[option and shown.index(option), tone] for option, tone in vector["feedback"]]
    return {"graded": True, "feedback": feedback} | {
        name: vector[name] for name in ("correct", "score", "summary")
    }


def brief(item: Question, outcome: dict) -> dict:
    """An outcome with its remarks as [option, tone], once their texts are seen to be the item's."""
    if not outcome["graded"]:
        return outcome
    for remark in outcome["feedback"]:
        if remark["option"] is None:
            side = "right" if outcome["correct"] else outcome["summary"].rstrip(".").split()[-1]
            assert remark["text"] == getattr(item.feedback, side)
        elif item.prompts:
            texts = [item.prompts[remark["option"]].feedback]
            texts += [option.feedback for option in item.options if not option.prompt]
            assert remark["text"] in texts[: 1 if remark["tone"] == "right" else None]
        else:
            assert remark["text"] == item.options[order(item)[remark["option"]]].feedback
    return outcome | {"feedback": [[r["option"], r["tone"]] for r in outcome["feedback"]]}


def run_in_node(script: str, cases: str, tmp_path: Path) -> str:
    if not shutil.which("node"):
        pytest.skip("no node on this machine")
    (tmp_path / "grade.mjs").write_text(script, encoding="utf-8")
    (tmp_path / "run.mjs").write_text(
        "import { grade } from './grade.mjs'; import { readFileSync } from 'node:fs';"
        "const cases = JSON.parse(readFileSync(0, 'utf8'));"
        "console.log(JSON.stringify(cases.map((c) => grade(...c))));"
    )
    command = ["node", str(tmp_path / "run.mjs")]
    done = subprocess.run(command, input=cases, capture_output=True, encoding="utf-8", check=True)
    return done.stdout


def run_in_chromium(script: str, cases: str, tmp_path: Path) -> str:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        pytest.skip("no Chromium on this machine")
    playwright = pytest.importorskip("playwright.sync_api")
    module = "data:text/javascript;base64," + base64.b64encode(script.encode()).decode()
    with playwright.sync_playwright() as p:
        browser = p.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        found = browser.new_page().evaluate(
            "async ([module, cases]) => { const { grade } = await import(module);"
            "return JSON.stringify(JSON.parse(cases).map((c) => grade(...c))); }",
            [module, cases],
        )
        browser.close()
    return found


@pytest.fixture(params=[run_in_node, run_in_chromium], ids=["node", "chromium"])
def in_javascript(request, tmp_path):
    """Grade [(item, response), ...] with grade.js."""

    def run(pairs: list) -> list[dict]:
        cases = [(presentation(item), key_material(item), answer) for item, answer in pairs]
        script = GRADE_JS.read_text(encoding="utf-8")
        return json.loads(request.param(script, json.dumps(cases), tmp_path))

    return run


def every_response(item: Question) -> list:
    """All subsets, all permutations or a wide range of typed texts."""
    places = range(len(item.options))
    if item.type == "numeric":
        return ["".join(pieces) for pieces in itertools.product(*PIECES)]
    if item.type in ("single", "concordance"):
        return [None, *places, len(places)]
    if item.type == "matching":
        size, rows = len(order(item)), len(item.prompts)
        return [list(c) for c in itertools.product(range(size), repeat=rows)] + [[0], None, 0]
    if item.type == "ordering":
        return [list(p) for size in (2, len(places)) for p in itertools.permutations(places, size)]
    return [
        list(c)[::-1] for n in range(len(places) + 1) for c in itertools.combinations(places, n)
    ]


@pytest.mark.parametrize(
    "vector", VECTORS, ids=lambda v: f"{v['item']}-{v.get('choose', v.get('raw'))}"
)
def test_python_grades_as_the_table_says(vector):
    item = GOOD[vector["item"]]
    assert brief(item, grade(item, response_of(vector)).data()) == expected(vector)


def test_javascript_grades_as_the_table_says(in_javascript):
    items = [GOOD[vector["item"]] for vector in VECTORS]
    found = in_javascript(list(zip(items, map(response_of, VECTORS), strict=True)))
    assert [brief(*pair) for pair in zip(items, found, strict=True)] == [
        expected(vector) for vector in VECTORS
    ]


def test_javascript_and_python_agree_on_every_response(in_javascript):
    pairs = [(item, answer) for item in GOOD.values() for answer in every_response(item)]
    found = in_javascript(pairs)
    assert len(found) > 600
    for (item, answer), outcome in zip(pairs, found, strict=True):
        assert outcome == grade(item, answer).data(), (item.id, answer)


def test_javascript_stays_short():
    assert len(GRADE_JS.read_text(encoding="utf-8").splitlines()) < 120


@settings(deadline=None)  # a busy machine is no fault
@given(
    st.floats(-1e6, 1e6).map(lambda x: round(x, 2)), st.sampled_from(["", "%", "pg/mL", "µmol/L"])
)
def test_a_number_is_read_however_it_is_written(value, unit):
    plain = f"{value:.2f}"
    thin = f"{value:,.2f}".replace(",", "\N{THIN SPACE}")
    ways = [plain, plain.replace(".", ","), thin, thin.replace(".", ","), plain.replace("-", "−")]
    for way in [*ways, *(f"{way} {unit}" for way in ways), *(f"{way}{unit}" for way in ways)]:
        assert read_number(way, unit) == value, way


def test_both_micro_signs_are_one():
    assert read_number("3 \N{GREEK SMALL LETTER MU}mol/L", "\N{MICRO SIGN}mol/L") == 3


@settings(deadline=None)  # a busy machine is no fault
@given(st.text())
def test_any_text_is_a_number_or_a_friendly_line(text):
    found = read_number(text, "%")
    assert isinstance(found, float) or found.summary.endswith((".", "?"))


@settings(deadline=None)  # a busy machine is no fault
@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), st.lists))
def test_no_response_breaks_grading(response):
    for item in GOOD.values():
        outcome = grade(item, response)
        assert isinstance(outcome, NotAnAnswer) or 0 <= outcome.score <= 1
        json.dumps(outcome.data())


def test_a_summary_names_no_option_and_no_number_of_the_key():
    for item in GOOD.values():
        for answer in every_response(item):
            outcome = grade(item, answer)
            if outcome.graded and not outcome.correct:
                assert not any(option.text in outcome.summary for option in item.options)
                assert item.answer is None or f"{item.answer:g}" not in outcome.summary


def test_score_is_full_for_the_key_alone():
    for item in GOOD.values():
        full = [a for a in every_response(item) if getattr(grade(item, a), "score", 0) == 1]
        assert all(grade(item, answer).correct for answer in full)
        assert len(full) == 1 or item.type == "numeric"
