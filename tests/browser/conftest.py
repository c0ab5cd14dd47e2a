"""A room for each test module: the running JupyterLab, looked at by a browser of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.room import LONG, Room
from tests.conftest import Lab

expect.set_options(timeout=30_000)  # several browsers may share two cores


@pytest.fixture(scope="module")
def room(lab: Lab, browser: Browser) -> Iterator[Room]:
    context = browser.new_context(viewport={"width": 1200, "height": 1000})
    context.set_default_timeout(LONG)
    yield Room(lab.url, context)
    context.close()
