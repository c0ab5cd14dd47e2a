"""Practice in a real JupyterLab: each mode by keyboard alone, left half-way and taken up again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from poems_course.lessons import export
from poems_course.progress import Log
from poems_course.progress.event import Event, new_id, stamp
from poems_course.questions import question
from poems_course.study.certificate import Result
from poems_course.study.certificate import page as certificate
from tests.browser import learner
from tests.browser.room import Room
from tests.conftest import Lab

NAMES = ("Mixed practice", "Review", "Adaptive practice", "Final examination", "Your progress")


def only(room: Room, lab: Lab, call: str) -> Page:
    """A notebook with one mode in it, open and run."""
    cells = [nbformat.v4.new_code_cell(f"from poems_course import {call}\n{call}()")]
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(notebook, lab.root / "notebooks" / f"only_{call}.ipynb")
    page = room.open(f"only_{call}.ipynb")
    room.run_all(page)
    return page


def box(page: Page, name: str) -> Locator:
    return page.locator(f'.poems[aria-label="{name}"]')


def press(page: Page, name: str) -> None:
    page.locator(".poems").get_by_role("button", name=name, exact=True).press("Enter")


def shown(page: Page) -> str:
    form = page.locator(".poems form.question")
    expect(form).to_have_count(1)
    return form.get_attribute("data-question") or ""


def answer(page: Page, then: str, confidence: int = 1) -> str:
    """Answers the question that is shown, rightly, and presses *then* by keyboard."""
    id = shown(page)
    place = learner.answer_by_keyboard(page, id, confidence)
    page.keyboard.press("Tab")
    expect(place.get_by_role("button", name=then, exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(place.locator(".outcome")).to_be_visible()
    expect(place.locator(".saved")).to_contain_text("Saved")
    return id


def again(room: Room, page: Page) -> None:
    """The kernel is shut down, the page reloaded, the notebook run anew."""
    room.stop_kernels(page)
    room.reload(page)
    room.run_all(page)


def sound(page: Page) -> None:
    result = Axe().run(page, context={"include": [[".poems"]]})
    assert result.violations_count == 0, result.generate_report()
    expect(page.locator(".poems .trouble:not(:empty)")).to_have_count(0)
    assert page.locator(".jp-Notebook .jp-Cell").count() == 1  # no key cut the cell


def holds_no_key(page: Page, id: str) -> None:
    item, html = question(id), page.locator(".poems").inner_html()
    assert item.why.strip().split("\n")[0] not in html
    for option in item.options:
        assert option.feedback not in html


def test_mixed_practice(room: Room, lab: Lab) -> None:
    page = only(room, lab, "practice")
    press(page, "Begin")
    expect(page.get_by_role("heading", name="Question 1 of 10")).to_be_focused()
    holds_no_key(page, shown(page))
    expect(page.get_by_role("button", name="Next question")).to_be_hidden()
    for key in learner.KEYS_THAT_HURT_A_NOTEBOOK:
        page.keyboard.press(key)
    first = answer(page, "Check")
    expect(page.locator(".poems .outcome")).to_contain_text("Yes.")
    sound(page)
    press(page, "Next question")
    expect(page.get_by_role("heading", name="Question 2 of 10")).to_be_focused()
    second = shown(page)
    assert first != second
    again(room, page)
    expect(page.get_by_role("heading", name="Question 2 of 10")).to_be_visible()
    assert shown(page) == second
    press(page, "Stop here")
    expect(page.get_by_text("1 of 1 right at the first attempt. 9 left blank.")).to_be_visible()


def test_a_test_gives_its_feedback_at_the_end(room: Room, lab: Lab) -> None:
    page = only(room, lab, "practice")
    page.get_by_role("radio", name="after each question").press("ArrowDown")
    expect(page.get_by_role("radio", name="at the end, as in a test")).to_be_checked()
    page.get_by_text("All lessons, unless you choose").press("Enter")
    press(page, "All or none")
    page.get_by_role("checkbox", name="02 Plasma cells").press("Space")
    press(page, "Begin")
    first = answer(page, "Keep my answer")
    holds_no_key(page, first)
    expect(page.get_by_role("button", name="Next", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Question 2 of 10")).to_be_focused()
    assert shown(page).startswith("q02")
    press(page, "Finish, and see the feedback")
    expect(page.get_by_text("9 questions are still blank")).to_be_visible()
    press(page, "End it all the same")
    expect(page.get_by_role("heading", name="Right: 1")).to_be_visible()
    page.locator(".answered .right summary").press("Enter")
    expect(page.locator(".answered .right .outcome")).to_contain_text("Yes.")
    expect(page.get_by_role("button", name="Try again")).to_be_hidden()
    press(page, "Show me why")
    expect(page.locator(".answered .why")).to_contain_text("Answer:")
    sound(page)
    press(page, "Begin another")
    expect(page.get_by_role("button", name="Begin", exact=True)).to_be_visible()


def test_an_examination_left_in_the_middle_loses_nothing(room: Room, lab: Lab) -> None:
    page = only(room, lab, "examination")
    page.get_by_label("Number of the paper").press_sequentially("2905")
    page.keyboard.press("Enter")
    for at in range(3):
        expect(page.get_by_role("heading", name=f"Question {at + 1} of 40")).to_be_focused()
        answer(page, "Keep my answer", confidence=2)
        page.keyboard.press("Enter")  # the focus is on "Next"
    sound(page)
    again(room, page)
    expect(page.get_by_role("heading", name="Question 4 of 40")).to_be_visible()
    expect(page.get_by_text("Paper 2905. 3 of 40 answered.")).to_be_visible()
    learner.answer_by_keyboard(page, shown(page), confidence=0)
    expect(page.locator(".poems .saved")).to_contain_text("Saved")  # neither kept nor left
    again(room, page)
    expect(page.get_by_text("Paper 2905. 4 of 40 answered.")).to_be_visible()
    press(page, "Back")
    expect(page.get_by_role("heading", name="Question 4 of 40")).to_be_focused()
    expect(page.locator(".confidence input").first).to_be_checked()
    press(page, "Back")
    expect(page.get_by_role("heading", name="Question 3 of 40")).to_be_focused()
    expect(page.locator(".confidence input").nth(2)).to_be_checked()
    expect(page.locator(".poems .outcome")).to_have_text(
        "Your answer is kept. You can still change it."
    )
    page.get_by_text("All questions").press("Enter")
    page.get_by_role("button", name="Question 40, blank").press("Enter")
    expect(page.get_by_role("heading", name="Question 40 of 40")).to_be_focused()
    press(page, "Finish, and see the feedback")
    press(page, "End it all the same")
    expect(page.get_by_text("4 of 40 questions right")).to_be_visible()
    page.get_by_label("Name (optional").press_sequentially("Ann Other")
    with page.expect_download() as saved:
        page.keyboard.press("Enter")
    text = Path(saved.value.path()).read_text(encoding="utf-8")
    assert "Ann Other" in text
    assert "Unsigned." in text
    sound(page)
    again(room, page)
    expect(page.get_by_text("4 of 40 questions right")).to_be_visible()
    assert "Ann Other" not in page.locator(".poems").inner_html()
    assert b"Ann Other" not in (lab.progress / "progress.sqlite3").read_bytes()


def test_what_was_chosen_or_typed_stays_though_the_page_is_closed(room: Room, lab: Lab) -> None:
    page = only(room, lab, "examination")
    another = page.get_by_role("button", name="Take another")
    if another.count():  # one was ended in this log
        another.press("Enter")
    page.get_by_label("Number of the paper").press_sequentially("2905")
    page.keyboard.press("Enter")
    seen = set()
    for at in range(40):
        item = question(shown(page))
        if item.type in ("single", "numeric") and item.type not in seen:
            seen.add(item.type)
            field = page.locator(".options input").nth(1)
            if item.type == "single":
                field.press("Space")
            else:
                field = page.locator('form.question input[type="text"]')
                field.press_sequentially("12")
            expect(page.locator(".poems .saved")).to_contain_text("Saved")
            press(page, "Next")  # told once before it is left
            expect(page.locator(".poems .outcome")).to_have_text("Say how sure you are first.")
            room.reload(page)
            room.run_all(page)
            page.get_by_text("All questions").press("Enter")  # it goes on with the first blank
            page.get_by_role("button", name=f"Question {at + 1}, blank").press("Enter")
            expect(page.locator(".poems details[open]")).to_have_count(0)  # shown anew
            if item.type == "single":
                expect(field).to_be_checked()
            else:
                expect(field).to_have_value("12")
            missing = page.locator(".poems .outcome")
            expect(missing).to_have_text("Say how sure you are first.")
        press(page, "Next")
        expect(page.get_by_role("heading", name=f"Question {at + 2} of 40")).to_be_visible()
        if len(seen) == 2:
            break
    press(page, "Finish, and see the feedback")
    expect(page.get_by_text("2 of them have an answer begun")).to_be_visible()


def test_the_page_with_the_result_is_sound(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "result.html"
    result = Result("3 March 2026", 17, (("01", 2, 3), ("02", 26, 37)))
    file.write_text(certificate(result, "Ann Other", [("01", "What is POEMS?")]), encoding="utf-8")
    context = browser.new_context(offline=True)
    shown = context.new_page()
    shown.goto(file.as_uri())
    report = Axe().run(shown)
    assert report.violations_count == 0, report.generate_report()
    context.close()


def test_adaptive_practice_goes_on_with_the_same_question(room: Room, lab: Lab) -> None:
    page = only(room, lab, "adaptive")
    press(page, "Begin")
    for at in range(2):
        expect(page.get_by_role("heading", name=f"Question {at + 1}", exact=True)).to_be_focused()
        answer(page, "Check")
        press(page, "Next question")
    expect(page.get_by_text("So far: after 2 questions")).to_be_visible()
    expect(page.get_by_role("heading", name="Question 3", exact=True)).to_be_focused()
    third = shown(page)
    holds_no_key(page, third)
    again(room, page)
    expect(page.get_by_role("heading", name="Question 3", exact=True)).to_be_visible()
    assert shown(page) == third
    press(page, "Stop here")
    expect(page.locator(".poems .reading")).to_contain_text("95\u00a0% interval")
    expect(page.get_by_text("no grade")).to_be_visible()
    sound(page)


def test_review_asks_what_is_due(room: Room, lab: Lab) -> None:
    item = question("q01-virus-in-the-node")
    payload = {"response": 0, "confidence": 2, "correct": False, "score": 0.0, "lesson": "01"}
    moment = stamp(datetime.now(UTC) - timedelta(days=4))
    Log(lab.progress).merge(
        [Event(new_id(), "earlier", moment, "answered", item.id, item.version, payload, 1)]
    )
    page = only(room, lab, "review")
    expect(page.get_by_text("due now")).to_be_visible()
    page.get_by_label("Your examination").fill("2031-05-04")
    press(page, "Set the date")
    expect(page.get_by_role("status").get_by_text("end before 4 May 2031")).to_be_visible()
    press(page, "Begin")
    assert shown(page) == item.id
    holds_no_key(page, item.id)
    answer(page, "Check", confidence=2)
    sound(page)
    again(room, page)
    expect(page.get_by_text("Nothing is due now.")).to_be_visible()
    event = Log(lab.progress).events("answered", item.id)[-1]
    assert (event.payload["rating"], event.payload["mode"]) == (4, "review")


def test_progress_reads_the_log(room: Room, lab: Lab) -> None:
    page = only(room, lab, "my_progress")
    expect(page.get_by_text("How well you know what you know")).to_be_visible()
    before = len(Log(lab.progress).events())
    press(page, "Look again")
    expect(page.get_by_text("As of ")).to_be_visible()
    page.locator(".poems summary").first.press("Enter")
    expect(page.locator(".poems table").first).to_contain_text("Objective")
    sound(page)
    assert len(Log(lab.progress).events()) == before


def test_the_notebook_for_practice_runs_and_is_sound(room: Room) -> None:
    page = room.open("practice.ipynb")
    room.run_all(page)
    for name in NAMES:
        expect(box(page, name)).to_have_count(1)
    expect(page.locator(".poems .trouble:not(:empty)")).to_have_count(0)
    result = Axe().run(page, context={"include": [[".poems"]]})
    assert result.violations_count == 0, result.generate_report()
    assert room.strangers == []


@pytest.fixture
def exported(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    first, *_ = export("practice", tmp_path)
    context = browser.new_context(offline=True, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(first.as_uri())
    yield page
    context.close()


def test_an_exported_page_says_what_needs_python(exported: Page) -> None:
    for name in NAMES:
        expect(exported.locator("[data-poems]").get_by_text(name, exact=True)).to_be_visible()
    expect(exported.get_by_text("so it needs Python")).to_have_count(len(NAMES))
    assert exported.evaluate("document.documentElement.scrollWidth") <= 390
    report = Axe().run(exported)
    assert report.violations_count == 0, report.generate_report()
