"""The pre-test's path, live and exported: shown, announced, kept, its links followed by keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from poems_course.folder import part
from poems_course.lessons import export
from poems_course.questions import questions
from poems_course.questions.records import Question
from poems_course.widgets.quiz import lessons_behind
from tests.browser import learner
from tests.browser.room import LONG, Room

PHONE = {"width": 390, "height": 844}
ASKED = questions("00", "pretest")
LESSONS = list(lessons_behind(ASKED).values())
LESSON = next(part("notebooks").glob("00_*.ipynb")).name
GUESSING, SURE = 0, 2
ACTIVE = "window.jupyterapp.shell.currentWidget?.context?.path"


def wrong_response(item: Question) -> Any:
    """A response that an item's key does not hold, in the positions that the page shows."""
    right = learner.right_response(item)
    if item.type == "numeric":
        return f"{100 + 2 * (item.answer or 0):g}"
    if item.type in ("ordering", "matching"):
        return right[1:] + right[:1]
    if item.type == "multiple":
        return [next(at for at in range(len(item.options)) if at not in right)]
    return (right + 1) % len(item.options)


def answer_all(page: Page, right: bool, confidence: int) -> None:
    for item in ASKED:
        again = learner.form(page, item.id).get_by_role("button", name="Try again")
        if again.is_visible():  # answered before in this JupyterLab, by another test
            again.press("Enter")
        response = learner.right_response(item) if right else wrong_response(item)
        place = learner.respond(page, item, response, confidence)
        learner.check_by_keyboard(page, place)
        expect(place.locator(".outcome")).not_to_be_empty()


def pretest(page: Page) -> Locator:
    return page.locator('.poems[aria-label="Pre-test"]')


def links(page: Page, heading: str) -> list[str]:
    group = pretest(page).locator(f'.path p:has-text("{heading}") + ul a')
    return group.all_inner_texts()


NAMES = [f"Lesson {lesson['number']}, {lesson['title']}" for lesson in LESSONS]
CASES = {
    "right and sure": (True, SURE, [], NAMES, "nothing to read"),
    "wrong": (False, SURE, NAMES, [], f"{len(NAMES)} lessons to read"),
    "right by guessing": (True, GUESSING, NAMES, [], f"{len(NAMES)} lessons to read"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("pages")
    export("00", out)
    for lesson in LESSONS:  # a stand-in for each page that the path leads to
        (out / lesson["file"]).with_suffix(".html").write_text(lesson["title"], encoding="utf-8")
    return out


@pytest.fixture
def page(browser: Browser, folder: Path) -> Iterator[Page]:
    context = browser.new_context(offline=True, viewport=PHONE)
    context.set_default_timeout(20_000)
    page = context.new_page()
    learner.open_exported(page, (folder / LESSON).with_suffix(".html"))
    yield page
    context.close()


@pytest.mark.parametrize("case", CASES)
def test_an_exported_page_shows_the_path_tells_and_keeps_it(page: Page, case: str) -> None:
    right, confidence, read, known, told = CASES[case]
    summary = pretest(page).locator(".summary")
    expect(summary).to_be_empty()
    assert summary.get_attribute("role") == "status"
    assert summary.evaluate("(e) => getComputedStyle(e).display") != "none"  # else unannounced
    answer_all(page, right, confidence)
    expect(summary).to_contain_text(told)
    for _ in range(2):
        assert links(page, "Read these") == read
        assert links(page, "You knew these") == known
        page.reload()
        expect(summary).to_contain_text(told)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    result = Axe().run(page, context={"include": [['.poems[aria-label="Pre-test"]']]})
    assert result.violations_count == 0, result.generate_report()


def test_a_link_of_an_exported_page_opens_the_lessons_page_by_keyboard(page: Page) -> None:
    answer_all(page, right=False, confidence=SURE)
    pretest(page).locator(".path a").last.press("Enter")
    page.wait_for_url(f"**/{Path(LESSONS[-1]['file']).stem}.html")
    expect(page.locator("body")).to_have_text(LESSONS[-1]["title"])


def test_in_jupyterlab_the_path_stays_and_enter_opens_the_lesson_beside_this_one(
    room: Room,
) -> None:
    page = room.open(LESSON)
    room.run_all(page)
    answer_all(page, right=False, confidence=SURE)
    expect(pretest(page).locator(".summary")).to_contain_text(CASES["wrong"][4])
    room.reload(page)
    room.run_all(page)
    assert links(page, "Read these") == NAMES
    page.evaluate("window.sameRoom = true")
    link = pretest(page).locator(".path a").first
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_function(f"{ACTIVE} === 'notebooks/{LESSONS[0]['file']}'", timeout=LONG)
    assert page.evaluate("window.sameRoom") is True  # the same JupyterLab, not loaded anew
    tabs = page.locator(".lm-DockPanel-tabBar .lm-TabBar-tabLabel").all_inner_texts()
    assert {LESSON, LESSONS[0]["file"]} <= set(tabs)
    page.close()
