"""The examination in a real JupyterLab, left half-way and taken up again, and its result."""

from __future__ import annotations

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from poems_course.questions import question
from poems_course.study.certificate import Result
from poems_course.study.certificate import page as certificate
from tests.browser import learner
from tests.browser.practising import again, answer, only, press, shown, sound
from tests.browser.room import Room
from tests.conftest import Lab


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
