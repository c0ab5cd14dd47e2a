"""Practice as a learner meets it: one mode in a notebook of its own, worked by keyboard."""

from __future__ import annotations

import nbformat
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from poems_course.questions import question
from tests.browser import learner
from tests.browser.room import Room
from tests.conftest import Lab


def only(room: Room, lab: Lab, call: str) -> Page:
    """A notebook with one mode in it, open and run."""
    cells = [nbformat.v4.new_code_cell(f"from poems_course import {call}\n{call}()")]
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(notebook, lab.root / "notebooks" / f"only_{call}.ipynb")
    page = room.open(f"only_{call}.ipynb")
    room.run_all(page)
    return page


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
