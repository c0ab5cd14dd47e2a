"""Practice in a real JupyterLab: each mode by keyboard alone, left half-way and taken up again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from poems_course.lessons import export
from poems_course.progress import Log
from poems_course.progress.event import Event, new_id, stamp
from poems_course.questions import question
from tests.browser import learner
from tests.browser.practising import again, answer, holds_no_key, only, press, shown, sound
from tests.browser.room import Room
from tests.conftest import Lab

NAMES = ("Mixed practice", "Review", "Adaptive practice", "Final examination", "Your progress")


def box(page: Page, name: str) -> Locator:
    return page.locator(f'.poems[aria-label="{name}"]')


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
