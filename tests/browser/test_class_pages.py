"""A teacher's pages, opened without a network: accessible, light and dark, narrow, on paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from poems_course import cli
from tests.classes import class_of

PAGES = ("report-20.html", "report-60.html", "report-300.html", "cut_score.html")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports on classes of three sizes, and a cut score."""
    out = tmp_path_factory.mktemp("pages")
    for learners in (20, 60, 300):
        source = class_of(out / f"class-{learners}", learners)
        target = out / f"out-{learners}"
        assert cli.main(["class", "report", str(source), "--out", str(target)]) == 0
        (target / "report.html").replace(out / f"report-{learners}.html")
    sheet = out / "sheet.csv"
    rows = [f"q01-item-{at},{90 - at},{80 - at},{85 - 2 * at}" for at in range(20)]
    sheet.write_text("\n".join(["item,judge-1,judge-2,judge-3", *rows]), encoding="utf-8")
    assert cli.main(["class", "angoff", str(sheet), "--out", str(out)]) == 0
    return out


@pytest.fixture(params=[("light", 1100), ("dark", 390)], ids=["light", "dark-phone"])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    scheme, width = request.param
    context = browser.new_context(
        offline=True, viewport={"width": width, "height": 900}, color_scheme=scheme
    )
    page = context.new_page()
    trouble: list[str] = []
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on(
        "request", lambda r: None if r.url.startswith(("file:", "data:")) else trouble.append(r.url)
    )
    yield page
    assert trouble == []
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_and_fits(page: Page, folder: Path, name: str) -> None:
    page.goto((folder / name).as_uri())
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_drawing_follows_the_theme(page: Page, folder: Path) -> None:
    page.goto((folder / "report-60.html").as_uri())
    ink, paper = page.evaluate(
        "[getComputedStyle(document.querySelector('figure text.ink')).fill,"
        " getComputedStyle(document.body).backgroundColor]"
    )
    light = [sum(map(int, c[4:-1].split(","))) > 380 for c in (ink, paper)]
    dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    assert light == ([True, False] if dark else [False, True])


@pytest.mark.parametrize("name", PAGES)
def test_on_paper_nothing_is_cut_off(browser: Browser, folder: Path, name: str) -> None:
    """A4 with the browser's usual margins is 718 CSS pixels wide."""
    page = browser.new_page(viewport={"width": 718, "height": 1000})
    page.goto((folder / name).as_uri())
    page.emulate_media(media="print")
    wide = page.evaluate(
        "[...document.querySelectorAll('table, figure')]"
        ".filter(e => e.getBoundingClientRect().right > innerWidth + 1)"
        ".map(e => (e.caption ?? e).textContent.slice(0, 60))"
    )
    page.close()
    assert wide == []
