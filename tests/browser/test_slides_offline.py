"""Slides of a lesson with the network cut off: turned by keys, their figures moved by keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from poems_course.figures import exploration
from poems_course.lessons import write_slides
from tests.browser import learner
from tests.browser.lessons import LESSONS

LESSON = next(lesson for lesson in LESSONS if lesson.number == "01")


@pytest.fixture(scope="module")
def slides(tmp_path_factory: pytest.TempPathFactory) -> Path:
    (page,) = write_slides("01", tmp_path_factory.mktemp("slides"))
    return page


@pytest.fixture
def page(browser: Browser, slides: Path) -> Iterator[Page]:
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 800})
    context.set_default_timeout(20_000)
    page = context.new_page()
    trouble: list[str] = []
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("requestfailed", lambda request: trouble.append(f"asked for {request.url}"))
    page.goto(slides.as_uri())
    yield page
    assert trouble == []
    context.close()


def test_keys_turn_the_slides_and_the_address_keeps_the_place(page: Page) -> None:
    count = page.locator("section").count()
    assert count == 4 + len(LESSON.explorers)  # title, objectives, figures, belief, what to keep
    expect(page.get_by_role("heading", name="01 What is POEMS?")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("heading", name="Objectives")).to_be_visible()
    expect(page.get_by_role("heading", name="01 What is POEMS?")).to_be_hidden()
    page.keyboard.press("End")
    expect(page.get_by_role("heading", name="Take-home points")).to_be_visible()
    expect(page.locator("#place")).to_have_text(f"Slide {count} of {count}")
    page.reload()
    expect(page.get_by_role("heading", name="Take-home points")).to_be_visible()
    page.keyboard.press("PageUp")
    expect(page.locator("#place")).to_have_text(f"Slide {count - 1} of {count}")


def test_a_key_pressed_in_a_figure_moves_it_and_turns_nothing(page: Page) -> None:
    while not page.locator(".poems:visible").count():
        page.keyboard.press("ArrowRight")
    place = page.locator("#place").inner_text()
    first = LESSON.explorers[0]
    shown, root = exploration(first), learner.explorer(page, first)
    at = learner.move_by_keyboard(root, shown, 0, shown.start)
    expect(root.locator(".reading")).to_have_text(shown.chart_at(at).reading)
    root.locator('input[type="range"]').first.press("ArrowRight")
    assert page.locator("#place").inner_text() == place


def test_no_key_and_no_citation_is_on_the_slides(page: Page) -> None:
    text = page.locator("main").text_content() or ""
    assert "<!--" not in text
    assert "](#" not in text
    assert learner.form(page, "q01-left-out").count() == 0


def test_axe_finds_nothing(page: Page) -> None:
    result = Axe().run(page)
    assert result.violations_count == 0, result.generate_report()


def test_on_a_projector_a_figure_stands_whole_beside_its_controls(page: Page) -> None:
    while not page.locator(".poems:visible").count():
        page.keyboard.press("ArrowRight")
    drawing = page.locator(".poems:visible .chart svg").bounding_box()
    control = page.locator(".poems:visible input").first.bounding_box()
    assert drawing
    assert control
    assert 0 <= drawing["y"] < drawing["y"] + drawing["height"] <= 800
    assert control["x"] < drawing["x"]
