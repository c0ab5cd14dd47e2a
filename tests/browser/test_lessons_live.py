"""The lessons in a real JupyterLab, taken as a learner does: with a kernel and a keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from poems_course.figures import exploration
from tests.browser import learner
from tests.browser.lessons import LESSONS, Lesson
from tests.browser.room import Room


@pytest.fixture(scope="module", params=LESSONS, ids=lambda lesson: lesson.number)
def lesson(request: pytest.FixtureRequest) -> Lesson:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def page(room: Room, lesson: Lesson) -> Iterator[Page]:
    """The lesson, open and run from top to bottom; thirteen left open would slow each other."""
    page = room.open(lesson.file)
    room.run_all(page)
    yield page
    room.stop_kernels(page)
    page.close()


def test_every_cell_runs_without_error_or_warning(page: Page, lesson: Lesson) -> None:
    errors = page.locator(
        '.jp-OutputArea-output[data-mime-type="application/vnd.jupyter.error"], '
        '.jp-OutputArea-output[data-mime-type="application/vnd.jupyter.stderr"]'
    )
    assert errors.all_inner_texts() == []
    expect(page.locator(".poems .trouble:not(:empty)")).to_have_count(0)


def test_no_widget_is_missing(page: Page, lesson: Lesson) -> None:
    for id in lesson.explorers:
        learner.explorer(page, id)
    for item in lesson.questions:
        expect(learner.form(page, item.id)).to_have_count(1)


def test_every_control_of_every_explorer_moves_by_keyboard(page: Page, lesson: Lesson) -> None:
    for id in lesson.explorers:
        shown, root = exploration(id), learner.explorer(page, id)
        at = shown.start
        for control in range(len(shown.controls)):
            at = learner.move_by_keyboard(root, shown, control, at)
            chart = shown.chart_at(at)
            expect(root.locator(".reading")).to_have_text(chart.reading)
            assert escape(root.locator(".chart svg desc").text_content() or "") in chart.svg
        root.get_by_role("button", name="Start again").press("Enter")
        expect(root.locator(".reading")).to_have_text(shown.chart_at(shown.start).reading)


def test_no_key_inside_a_widget_reaches_the_notebook(page: Page, lesson: Lesson) -> None:
    cells = page.locator(".jp-Notebook .jp-Cell")
    before = cells.count()
    kinds = (
        'input[type="range"]',
        'input[type="radio"]',
        'input[type="checkbox"]',
        "button",
        "summary",
    )
    for kind in kinds:
        found = page.locator(f".poems {kind}:visible:not(:disabled)")
        if found.count():
            found.first.focus()
            for key in learner.KEYS_THAT_HURT_A_NOTEBOOK:
                page.keyboard.press(key)
    assert cells.count() == before


def test_every_question_is_answered_by_keyboard_and_kept(
    room: Room, page: Page, lesson: Lesson
) -> None:
    for item in lesson.questions:
        place = learner.answer_by_keyboard(page, item.id)
        learner.check_by_keyboard(page, place)
        expect(place.locator(".outcome")).to_contain_text("Yes.")
        expect(place.locator(".saved")).to_contain_text("Saved")
    expect(page.locator(".poems .summary:not(:empty)").last).to_contain_text("answered")
    room.reload(page)
    room.run_all(page)
    for item in lesson.questions:
        place = learner.form(page, item.id)
        expect(place.locator(".outcome")).to_contain_text("Yes.")
        expect(place.locator(".confidence input").nth(1)).to_be_checked()


def test_axe_finds_nothing_in_what_is_ours(page: Page, lesson: Lesson) -> None:
    result = Axe().run(page, context={"include": [[".poems"]]})
    assert result.violations_count == 0, result.generate_report()


def test_a_reopened_lesson_shows_pictures_until_it_is_run(
    room: Room, page: Page, lesson: Lesson
) -> None:
    """Runs last: it saves the lesson and stops its kernel."""
    room.save(page)
    room.stop_kernels(page)
    room.reload(page)
    drawn = len(lesson.explorers) + sum(item.figure is not None for item in lesson.questions)
    expect(page.locator(".jp-OutputArea figure img")).to_have_count(drawn)
    expect(page.get_by_text("model not found")).to_have_count(0)
    room.run_all(page)
    for id in lesson.explorers:
        learner.explorer(page, id)


def test_nothing_was_asked_of_another_machine(room: Room, page: Page) -> None:
    assert room.strangers == []
