"""A question of every type, by keyboard: in an exported page without Python, and live."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from poems_course.figures import exploration
from poems_course.progress.log import Log
from poems_course.questions import Question, question, questions, read_bank
from poems_course.questions.explanation import explanation
from poems_course.widgets.kit import EXPORTING
from poems_course.widgets.quiz import Quiz
from tests.browser import learner
from tests.browser.room import Room
from tests.conftest import Lab

GOOD = read_bank(Path(__file__).parents[1] / "fixtures" / "questions" / "good")
SHELL = (
    '<!doctype html><html lang="en-GB"><title>Questions</title>'
    "<main><h1>Questions</h1><h2>Of every type</h2>{}</main>"
)
PHONE = {"width": 390, "height": 844}


LEADS = {
    "q09-two-limits": "What is the best answer?",  # after a sentence that ends in a quotation
    "q12-no-pain": 'From a suspicion of 15.7 %, how likely would POEMS be after "no pain"?',
    "q07-two-clinics": "What is the first thing to find out?",  # after a bracket
}


@pytest.fixture
def page(browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """All sound items of the fixtures, and three more, as an exported lesson holds them."""
    monkeypatch.setenv(EXPORTING, "1")
    asked = (*GOOD.values(), *map(question, LEADS))
    shown = Quiz("test", "All types", asked, lambda: Log(tmp_path / "log"))
    file = tmp_path / "all.html"
    file.write_text(SHELL.format(shown.html()), encoding="utf-8")
    context = browser.new_context(offline=True, viewport=PHONE)
    context.set_default_timeout(20_000)
    page = context.new_page()
    learner.open_exported(page, file)
    yield page
    context.close()


def checked(page: Page, item: Question, response: object) -> Locator:
    place = learner.respond(page, item, response)
    learner.check_by_keyboard(page, place)
    return place


def test_every_type_is_answered_explained_and_kept(page: Page) -> None:
    for item in GOOD.values():
        place = checked(page, item, learner.right_response(item))
        expect(place.locator(".outcome")).to_contain_text("Yes.")
        place.get_by_role("button", name="Show me why").press("Enter")
        expect(place.locator(".why")).to_contain_text(explanation(item)["answer_text"])
    page.reload()
    for item in GOOD.values():
        expect(learner.form(page, item.id).locator(".outcome")).to_contain_text("Yes.")


def test_only_the_question_itself_is_bold(page: Page) -> None:
    for id, lead in LEADS.items():
        expect(learner.form(page, id).locator(".lead")).to_have_text(lead)


def test_a_matching_says_which_lines_are_wrong_and_is_mended(page: Page) -> None:
    item = GOOD["q01-ranks"]
    right = learner.right_response(item)
    decoy = learner.form(page, item.id).locator("select").first.locator("option").all_inner_texts()
    wrong = [*right[:-1], decoy.index("not counted") - 1]
    place = checked(page, item, wrong)
    expect(place.locator(".outcome")).to_have_text("Not yet: pairs that fit: 3 of 4.")
    expect(place.locator(".remarks .wrong")).to_contain_text("Papilloedema (does not belong)")
    expect(place.locator(".remarks .wrong")).to_contain_text("The rule does count all four")
    place.get_by_role("button", name="Try again").press("Enter")
    select = place.locator("select")
    expect(select.first).to_be_focused()
    select.last.focus()
    while select.last.input_value() != str(right[-1]):
        page.keyboard.press("ArrowUp" if right[-1] < wrong[-1] else "ArrowDown")
    place.get_by_role("button", name="Check", exact=True).press("Enter")
    expect(place.locator(".outcome")).to_have_text("Yes. Every pair fits.")


def test_a_line_without_a_match_is_no_attempt(page: Page) -> None:
    place = learner.form(page, "q01-ranks")
    place.locator("select").first.press("ArrowDown")
    place.locator(".confidence input").first.press("Space")
    learner.check_by_keyboard(page, place)
    expect(place.locator(".outcome")).to_have_text("Choose a match in every line first.")
    expect(place.locator("select").nth(1)).to_be_focused()


def test_a_neighbouring_step_earns_half_a_point(page: Page) -> None:
    place = checked(page, GOOD["q01-lambda-band"], 3)
    expect(place.locator(".outcome")).to_contain_text("one step away")
    expect(place.locator(".remarks .near")).to_contain_text("more likely (half a point)")


def test_a_figure_holds_its_table_but_its_reading_only_after_check(page: Page) -> None:
    item = GOOD["q01-false-alarms"]
    assert item.figure
    chart = exploration(item.figure.explorer)
    reading = chart.chart_at(chart.positions(**item.figure.settings)).reading
    place = learner.form(page, item.id)
    expect(place.get_by_role("img")).to_have_count(1)
    place.get_by_text("The data as a table").press("Enter")
    expect(place.locator("table caption")).to_contain_text("cut-off 100 pg/mL")
    assert reading not in place.inner_html()
    checked(page, item, learner.right_response(item))
    place.get_by_role("button", name="Show me why").press("Enter")
    expect(place.locator(".why")).to_contain_text(reading)


def test_axe_and_a_phone_find_nothing(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    for when in ("before", "after"):
        result = Axe().run(page)
        assert result.violations_count == 0, f"{when}: {result.generate_report()}"
        for id in ("q01-ranks", "q01-lambda-band", "q01-false-alarms"):
            if when == "before":
                place = checked(page, GOOD[id], learner.right_response(GOOD[id]))
                place.get_by_role("button", name="Show me why").press("Enter")


def test_the_new_types_work_with_a_kernel(room: Room, lab: Lab, tmp_path: Path) -> None:
    items = [
        item for item in questions() if item.type in ("matching", "concordance") or item.figure
    ][:6]
    # A log of its own: in the shared one practice, which draws at random, may have asked one too.
    source = (
        "from pathlib import Path\n"
        "from poems_course.progress import Log\n"
        "from poems_course.questions import question\n"
        "from poems_course.widgets.quiz import Quiz\n"
        f"Quiz('types', 'Types', tuple(map(question, {[i.id for i in items]})),"
        f" lambda: Log(Path({str(tmp_path / 'log')!r})))"
    )
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(notebook, lab.root / "notebooks" / "types.ipynb")
    page = room.open("types.ipynb")
    room.run_all(page)
    assert {item.type for item in items} >= {"matching", "concordance"}
    for item in items:
        place = checked(page, item, learner.right_response(item))
        expect(place.locator(".outcome")).to_contain_text("Yes.")
        expect(place.locator(".saved")).to_contain_text("Saved")
    assert len(page.locator(".jp-Notebook .jp-Cell").all()) == 1
