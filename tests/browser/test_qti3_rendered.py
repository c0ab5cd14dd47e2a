"""QTI 3 in a Chromium, by a renderer that is not ours: shown, answered and scored, with no network.

Every question of every bank is scored right, wrong and half right as the course scores it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from poems_course.questions import Question, grade, order
from poems_course.questions.exports.qti3 import write
from poems_course.questions.exports.shown import choices
from poems_course.questions.presentation import matches
from poems_course.questions.scoring import Outcome
from tests.exported import BANKS, flat, lost, unzipped

SITE = "http://poems.test/"
# Puts an item on the page; ready when it has told its variables.
_SHOW = """async (url) => {
  const ready = new Promise((done) =>
    document.addEventListener('qti-assessment-item-connected', done, { once: true }));
  const place = `<item-container item-url="${url}"></item-container>`;
  document.body.innerHTML = `<qti-item>${place}</qti-item>`;
  await ready;
  window.item = document.querySelector('item-container').shadowRoot.querySelector(
    'qti-assessment-item');
}"""
# Answers it in several ways: for each, its variables, and what can then be read.
_ANSWER = """async (values) => {
  const found = [{ text: item.innerText }];
  for (const value of values) {
    item.variables = [{ identifier: 'RESPONSE', type: 'response', value }];
    item.processResponse();
    await new Promise((done) => setTimeout(done));
    const told = Object.fromEntries(item.variables.map((each) => [each.identifier, each.value]));
    found.push({ ...told, text: item.innerText });
  }
  return found;
}"""
Show = Callable[[str, str], Page]


@pytest.fixture(scope="module")
def show(browser: Browser, js_readers: Path) -> Iterator[Show]:
    """Shows an item of a bank on a page that is served from the package alone."""
    packages = {bank: unzipped(write(items)) for bank, items in BANKS.items()}
    packages["planted"] = {name: _wrong_key(data) for name, data in packages["good"].items()}
    page = browser.new_page()
    asked: list[str] = []

    def serve(route: Route) -> None:
        bank, _, name = route.request.url.removeprefix(SITE).partition("/")
        if not bank:
            route.fulfill(body="<!doctype html><meta charset='utf-8'>", content_type="text/html")
        elif route.request.url.startswith(SITE) and name in packages[bank]:
            kind = "image/svg+xml" if name.endswith(".svg") else "application/xml"
            route.fulfill(body=packages[bank][name], content_type=kind)
        else:
            asked.append(route.request.url)
            route.abort()

    page.route("**/*", serve)
    page.goto(SITE)
    page.add_script_tag(path=js_readers / "@citolab/qti-components/cdn/index.global.js")

    def shown(bank: str, id: str) -> Page:
        page.evaluate(_SHOW, f"{SITE}{bank}/items/{id}.xml")
        return page

    yield shown
    page.close()
    assert asked == []


def _wrong_key(data: bytes) -> bytes:
    return data.replace(b"<qti-value>A3</qti-value>", b"<qti-value>A1</qti-value>")


def answers(item: Question) -> Iterator[tuple[object, Any]]:
    """Responses to the course, the same to QTI; the right one first."""
    count = len(item.options)
    if item.type == "numeric":
        assert item.answer is not None
        assert item.tolerance is not None
        step = item.tolerance + abs(item.answer) / 10 + 0.001
        for value in (item.answer, item.answer - step, item.answer + step):
            yield f"{value:.9g}", f"{value:.9g}"
    elif item.type == "multiple":
        keys = [at for at in range(count) if order(item)[at] in item.keys]
        for chosen in (keys, keys[:1], [at for at in range(count) if at not in keys]):
            yield chosen, [f"A{at + 1}" for at in chosen]
    elif item.type == "ordering":
        right = sorted(range(count), key=lambda at: order(item)[at])
        for way in (right, right[::-1]):
            yield way, [f"A{at + 1}" for at in way]
    elif item.type == "matching":
        right = list(matches(item))
        for way in (right, [right[0]] * len(right)):
            yield way, [f"P{row} M{at + 1}" for row, at in enumerate(way, start=1)]
    else:
        best = next(at for at in range(count) if order(item)[at] in item.keys)
        for at in sorted(range(count), key=lambda at: at != best):
            yield at, f"A{at + 1}"


@pytest.mark.parametrize("bank", BANKS)
def test_every_question_is_shown_and_scored_as_the_course_does(bank: str, show: Show) -> None:
    for item in BANKS[bank]:
        _shown_and_scored(show, bank, item)


def _shown_and_scored(show: Show, bank: str, item: Question) -> None:
    mine, theirs = zip(*answers(item), strict=True)
    before, *after = show(bank, item.id).evaluate(_ANSWER, list(theirs))
    for at, (response, found) in enumerate(zip(mine, after, strict=True)):
        outcome = grade(item, response)
        assert isinstance(outcome, Outcome), item.id
        score, text = float(found["SCORE"]), flat(found["text"])
        if item.type == "ordering":  # no part marks, as the export says
            assert score == (1 if outcome.correct else 0), (item.id, response)
        else:  # the renderer rounds to three places
            assert score == pytest.approx(outcome.score, abs=1e-3), (item.id, response)
        assert (score == 1) == outcome.correct == (at == 0), (item.id, response)
        assert (f"Hint: {flat(item.hint)}" in text) == (score < 1), item.id
        for remark in outcome.feedback:
            if remark.tone != "note":
                assert flat(remark.text) in text, (item.id, response)
    _read(item, flat(before["text"]), [flat(found["text"]) for found in after])


def _read(item: Question, before: str, after: list[str]) -> None:
    """Before the answer only the question; after it, the rest."""
    for told in (item.hint, item.why.split("\n\n")[0], *(o.feedback for o in item.options)):
        assert flat(told) not in before, item.id
    assert lost(before, [item], "link", "drawing", "label", *_LATER, *_inside(item)) == []
    everything = " ".join(after)
    assert lost(everything, [item], "link", "drawing", "label", *_inside(item)) == []


_LATER = ("feedback", "hint", "why", "source", "answer")


def _inside(item: Question) -> tuple[str, ...]:
    """What lies inside an element's own shadow, which innerText does not read."""
    return ("option",) if item.type in ("ordering", "matching") else ()


def test_a_choice_is_made_with_the_keyboard_and_its_feedback_shown(show: Show) -> None:
    page = show("private", "x20-odd-note")
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")
    radios = [each for each in tree["nodes"] if each.get("role", {}).get("value") == "radio"]
    assert [each["name"]["value"] for each in radios] == [
        choice.text for choice in choices(BANKS["private"][0])
    ]
    page.locator("qti-simple-choice", has_text="=immunofixation of serum").focus()
    page.keyboard.press("Space")
    page.evaluate("item.processResponse()")
    expect(page.get_by_text("It shows a faint band & names it: <lambda>.")).to_be_visible()
    expect(page.get_by_text("It shows ~ what is known")).to_be_hidden()
    expect(page.get_by_text("Hint: ")).to_be_hidden()


def test_a_number_is_typed_and_too_low_is_said(show: Show) -> None:
    page = show("private", "x20-months")
    expect(page.locator("qti-item-body")).to_contain_text("months")
    page.get_by_role("textbox").fill("9")
    page.keyboard.press("Tab")
    page.evaluate("item.processResponse()")
    expect(
        page.get_by_text("That would be a diagnosis at a first or second visit.")
    ).to_be_visible()
    expect(page.get_by_text("Single patients wait that long")).to_be_hidden()
    expect(page.get_by_text("Hint: Longer than a year.")).to_be_visible()


def test_a_drawing_is_drawn_from_the_package(show: Show) -> None:
    page = show("good", "q01-false-alarms")
    image = page.get_by_role("img")
    expect(image).to_be_visible()
    page.wait_for_function("item.querySelector('img').complete")
    assert page.evaluate("item.querySelector('img').naturalWidth") > 0
    expect(page.get_by_role("table")).to_be_visible()


# A planted fault: a wrong key in the package must be seen.
def test_a_wrong_key_is_seen(show: Show) -> None:
    (item,) = [item for item in BANKS["good"] if item.id == "q01-fukase"]
    _shown_and_scored(show, "good", item)
    with pytest.raises(AssertionError, match="q01-fukase"):
        _shown_and_scored(show, "planted", item)
