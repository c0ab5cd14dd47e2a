"""``poems lab``, really started: what it serves, what it keeps to itself, how it ends."""

from __future__ import annotations

import http.cookiejar
import json
import os
import signal
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from poems_course import lab as verb
from tests.conftest import Lab, started
from tests.test_server import BARE, PAGE, WIDGET, WITH_PAGE


class Visitor:
    """A browser as far as the server's data go."""

    def __init__(self, url: str) -> None:
        self.url, self.cookies = url, http.cookiejar.CookieJar()
        keeper = urllib.request.HTTPCookieProcessor(self.cookies)
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), keeper)
        self.opener.open(f"{url}/lab").close()

    def ask(self, path: str, data: Any = None) -> Any:
        token = next(cookie.value for cookie in self.cookies if cookie.name == "_xsrf")
        body = None if data is None else json.dumps(data).encode()
        request = urllib.request.Request(self.url + path, body, {"X-XSRFToken": token or ""})
        with self.opener.open(request) as answer:
            return json.loads(answer.read())


@pytest.fixture(scope="module")
def visitor(lab: Lab) -> Visitor:
    return Visitor(lab.url)


def saved(lab: Lab, name: str) -> Path:
    """A notebook as JupyterLab saves it, with two views of widgets."""
    outputs = [
        {"output_type": "display_data", "metadata": {}, "data": data} for data in (WITH_PAGE, BARE)
    ]
    cell = {"cell_type": "code", "id": "a", "metadata": {}, "execution_count": 1, "source": []}
    book = {"cells": [{**cell, "outputs": outputs}], "metadata": {}, "nbformat": 4}
    file = lab.root / "notebooks" / name
    file.write_text(json.dumps({**book, "nbformat_minor": 5}), encoding="utf-8")
    return file


def test_a_widget_is_served_only_where_a_kernel_runs(lab: Lab, visitor: Visitor) -> None:
    file = saved(lab, "saved.ipynb")
    where = f"/api/contents/notebooks/{file.name}?content=1"

    def kinds() -> set[str]:
        cell = visitor.ask(where)["content"]["cells"][0]
        return set(cell["outputs"][0]["data"])

    assert kinds() == {PAGE, "text/plain"}
    session = {"path": f"notebooks/{file.name}", "type": "notebook", "name": ""}
    visitor.ask("/api/sessions", {**session, "kernel": {"name": "python3"}})
    assert kinds() == {PAGE, "text/plain", WIDGET}
    file.unlink()


def test_news_and_updates_are_off_and_markdown_is_shown(visitor: Visitor) -> None:
    def setting(name: str) -> Any:
        return visitor.ask(f"/lab/api/settings/{name}")["schema"]["properties"]

    notes = setting("@jupyterlab/apputils-extension:notification")
    assert (notes["fetchNews"]["default"], notes["checkForUpdates"]["default"]) == ("false", False)
    viewers = setting("@jupyterlab/docmanager-extension:plugin")["defaultViewers"]["default"]
    assert viewers["markdown"] == "Markdown Preview"


def test_the_kernel_is_the_courses_own(visitor: Visitor) -> None:
    assert visitor.ask("/api/kernelspecs")["default"] == "python3"


def test_settings_lie_in_the_courses_own_folder(lab: Lab, visitor: Visitor) -> None:
    assert visitor.ask("/lab/api/workspaces")
    assert (lab.progress / "jupyter" / "config").is_dir()


def test_root_is_allowed_only_to_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    assert "--allow-root" not in verb.arguments(None, browser=True)
    monkeypatch.setattr(os, "geteuid", lambda: 0, raising=False)
    assert "--allow-root" in verb.arguments(None, browser=True)


@pytest.mark.skipif(os.name != "posix", reason="Windows sends Ctrl-C to a whole console")
def test_one_ctrl_c_ends_it_without_a_question(tmp_path: Path) -> None:
    with started(tmp_path) as (server, _, log):
        server.send_signal(signal.SIGINT)
        server.wait(60)
        said = log.read_text(encoding="utf-8")
    assert server.returncode == 0
    assert "Traceback" not in said
    assert "y/[n]" not in said
