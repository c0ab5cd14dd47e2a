"""A learner at the keyboard: what the browser tests do in a lesson, live or exported."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from poems_course.figures import exploration
from poems_course.figures.exploration import Exploration, Positions
from poems_course.questions import question
from poems_course.questions.presentation import matches, order
from poems_course.questions.records import Question

KEYS_THAT_HURT_A_NOTEBOOK = ("x", "d", "d", "b", "a", "m", "ArrowUp", "ArrowDown", "Escape")


def explorer(page: Page, id: str) -> Locator:
    """The explorer with that title, once its states are unpacked."""
    title = exploration(id).title
    found = page.locator(f'.poems[aria-label="Explorer: {title}"]')
    expect(found).to_have_attribute("data-ready", "states")
    return found


def open_exported(page: Page, file: Path) -> None:
    """Opens an exported page, and waits until its widgets have come to life."""
    page.goto(file.as_uri())
    expect(page.locator("[data-poems]")).to_have_count(0)


def form(page: Page, id: str) -> Locator:
    """The form of a question."""
    return page.locator(f'[data-question="{id}"]')


def move_by_keyboard(root: Locator, shown: Exploration, control: int, at: Positions) -> Positions:
    """One step forward (or back, at the end) of one control by the keys its kind obeys."""
    steps = len(shown.controls[control].values)
    forward = at[control] + 1 < steps
    target = at[control] + (1 if forward else -1)
    holder = root.locator(".controls > *").nth(control)
    kind = shown.controls[control].kind
    if kind == "toggle":
        holder.locator("input").press("Space")
    elif kind == "slider":
        holder.locator("input").press("ArrowRight" if forward else "ArrowLeft")
    else:
        holder.locator("input").nth(at[control]).press("ArrowDown" if forward else "ArrowUp")
    return (*at[:control], target, *at[control + 1 :])


def right_response(item: Question) -> Any:
    """The right answer to an item, in the positions that the page shows."""
    shown = order(item)
    if item.type == "numeric":
        return f"{item.answer:g}"
    if item.type == "ordering":
        return [shown.index(author) for author in range(len(item.options))]
    if item.type == "matching":
        return list(matches(item))
    keys = [shown.index(author) for author in item.keys]
    return keys[0] if item.type in ("single", "concordance") else sorted(keys)


def answer_by_keyboard(page: Page, id: str, confidence: int = 1) -> Locator:
    """Answers a question rightly with keys alone, and gives back its form, not yet checked."""
    return respond(page, question(id), right_response(question(id)), confidence)


def respond(page: Page, item: Question, response: Any, confidence: int = 1) -> Locator:
    """Gives a response, in the positions shown, with keys alone; its form, not yet checked."""
    place = form(page, item.id)
    {
        "single": _choose,
        "multiple": _tick,
        "numeric": _type,
        "ordering": _sort,
        "matching": _match,
        "concordance": _choose,
    }[item.type](page, place, response)
    sure = place.locator(".confidence input")
    sure.first.press("Space")
    for _ in range(confidence):
        page.keyboard.press("ArrowRight")
    expect(sure.nth(confidence)).to_be_checked()
    return place


def check_by_keyboard(page: Page, place: Locator) -> None:
    """From the confidence that was chosen, Tab leads to Check; Enter presses it."""
    page.keyboard.press("Tab")
    expect(place.get_by_role("button", name="Check", exact=True)).to_be_focused()
    page.keyboard.press("Enter")


def _choose(page: Page, place: Locator, at: int) -> None:
    radios = place.locator(".options input")
    radios.first.press("Space")
    for _ in range(at):
        page.keyboard.press("ArrowDown")
    expect(radios.nth(at)).to_be_checked()
    expect(place.locator(".outcome")).to_have_count(0)  # an arrow key grades nothing


def _tick(page: Page, place: Locator, keys: list[int]) -> None:
    boxes = place.locator(".options input")
    boxes.first.focus()
    for at in range(boxes.count()):
        if at in keys:
            page.keyboard.press("Space")
        page.keyboard.press("Tab")


def _type(page: Page, place: Locator, text: str) -> None:
    place.locator('input[type="text"]').focus()
    page.keyboard.type(text)


def _sort(page: Page, place: Locator, wanted: list[int]) -> None:
    size = len(wanted)
    now = list(range(size))
    for target in range(size):
        at = now.index(wanted[target])
        if at > target:
            place.locator(".order li").nth(at).locator("button").first.focus()
        for _ in range(at - target):
            page.keyboard.press("Enter")  # the focus moves up with the step
        now.insert(target, now.pop(at))


def _match(page: Page, place: Locator, wanted: list[int]) -> None:
    selects = place.locator("select")
    selects.first.focus()
    for row, at in enumerate(wanted):
        for _ in range(at + 1):
            page.keyboard.press("ArrowDown")
        expect(selects.nth(row)).to_have_value(str(at))
        page.keyboard.press("Tab")
    expect(place.locator(".outcome")).to_have_count(0)
