"""The lessons exported to HTML, opened with the network cut off and no Python behind them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from poems_course.figures import exploration
from poems_course.lessons import export
from tests.browser import learner
from tests.browser.lessons import LESSONS, Lesson

PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All lessons, exported once."""
    out = tmp_path_factory.mktemp("pages")
    export(None, out)
    return out


@pytest.fixture(params=LESSONS, ids=lambda lesson: lesson.number)
def lesson(request: pytest.FixtureRequest) -> Lesson:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def page(browser: Browser, folder: Path, lesson: Lesson) -> Iterator[Page]:
    context = browser.new_context(offline=True, viewport=PHONE)
    context.set_default_timeout(20_000)
    page = context.new_page()
    trouble: list[str] = []
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("requestfailed", lambda request: trouble.append(f"asked for {request.url}"))
    learner.open_exported(page, (folder / lesson.file).with_suffix(".html"))
    yield page
    assert trouble == []
    context.close()


def test_explorers_move(page: Page, lesson: Lesson) -> None:
    for id in lesson.explorers:
        shown, root = exploration(id), learner.explorer(page, id)
        at = shown.start
        for control in range(len(shown.controls)):
            at = learner.move_by_keyboard(root, shown, control, at)
            expect(root.locator(".reading")).to_have_text(shown.chart_at(at).reading)


def test_quizzes_answer_and_keep(page: Page, lesson: Lesson) -> None:
    for item in lesson.questions:
        place = learner.answer_by_keyboard(page, item.id, confidence=2)
        learner.check_by_keyboard(page, place)
        expect(place.locator(".outcome")).to_contain_text("Yes.")
        expect(place.locator(".saved")).to_contain_text("Saved in this browser")
        place.get_by_role("button", name="Show me why").press("Enter")
        expect(place.locator(".why")).to_contain_text("Answer:")
    page.reload()
    for item in lesson.questions:
        expect(learner.form(page, item.id).locator(".outcome")).to_contain_text("Yes.")


def test_an_answer_that_the_browser_refuses_can_be_saved_again(page: Page, lesson: Lesson) -> None:
    page.evaluate(
        "() => { const really = IDBDatabase.prototype.transaction;"
        " IDBDatabase.prototype.transaction = function (...rest) {"
        " if (!window.room) throw new Error('full'); return really.apply(this, rest); }; }"
    )
    id = lesson.questions[0].id
    place = learner.answer_by_keyboard(page, id)
    learner.check_by_keyboard(page, place)
    expect(place.locator(".trouble")).to_contain_text("this browser keeps nothing")
    page.evaluate("window.room = true")
    place.get_by_role("button", name="Try to save again").press("Enter")
    expect(place.locator(".saved")).to_contain_text("Saved in this browser")
    expect(place.locator(".trouble")).to_be_empty()
    page.reload()
    expect(learner.form(page, id).locator(".outcome")).to_contain_text("Yes.")


def test_two_windows_on_one_lesson_keep_what_either_was_told(page: Page, lesson: Lesson) -> None:
    first, second = lesson.questions[-2:]
    other = page.context.new_page()
    other.goto(page.url)
    expect(other.locator("[data-poems]")).to_have_count(0)
    for window, id in ((page, first.id), (other, second.id)):
        place = learner.answer_by_keyboard(window, id)
        learner.check_by_keyboard(window, place)
        expect(place.locator(".saved")).to_contain_text("Saved in this browser")
    other.close()
    page.reload()
    for item in (first, second):
        expect(learner.form(page, item.id).locator(".outcome")).to_contain_text("Yes.")


def test_explorers_at_a_place_that_no_longer_exists_begin_anew(page: Page, lesson: Lesson) -> None:
    id = lesson.explorers[0]
    page.evaluate(
        "(id) => new Promise((done) => { indexedDB.open('poems-course').onsuccess = (opened) => {"
        " const change = opened.target.result.transaction('kept', 'readwrite');"
        " change.objectStore('kept').put({ at: [99] }, `explorer:${id}`);"
        " change.oncomplete = done; }; })",
        id,
    )
    page.reload()
    shown, root = exploration(id), learner.explorer(page, id)
    expect(root.locator(".reading")).to_have_text(shown.chart_at(shown.start).reading)
    expect(root.locator(".trouble")).to_be_empty()


def test_no_element_holds_a_key_before_check(page: Page, lesson: Lesson) -> None:
    expect(page.get_by_text("This page holds its own answer key").first).to_be_visible()
    seen = page.locator("main").evaluate(
        "(main) => { const copy = main.cloneNode(true);"
        " copy.querySelectorAll('script').forEach((script) => script.remove());"
        " return copy.outerHTML; }"
    )
    for item in lesson.questions:
        assert item.why.strip().split("\n")[0] not in seen
        for option in item.options:
            assert option.feedback not in seen
    assert "correct=" not in seen


def test_nothing_is_wider_than_a_phone(page: Page, lesson: Lesson) -> None:
    for id in lesson.explorers:
        learner.explorer(page, id)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_axe_finds_nothing_on_the_whole_page(page: Page, lesson: Lesson) -> None:
    for id in lesson.explorers:
        learner.explorer(page, id)
    result = Axe().run(page)
    assert result.violations_count == 0, result.generate_report()


def test_each_explorer_is_at_most_300_kb(folder: Path, lesson: Lesson) -> None:
    text = (folder / lesson.file).with_suffix(".html").read_text(encoding="utf-8")
    for part in text.split('data-poems="explorer:')[1:]:
        name, rest = part.split('"', 1)
        assert len(rest.split("</script>")[0]) <= 300_000, name
