"""A real JupyterLab with one notebook, in a real browser, for the length of a measurement."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).resolve().parent
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
IDLE = (
    "window.jupyterapp?.shell.currentWidget?.context?.sessionContext"
    "?.session?.kernel?.status === 'idle'"
)


def environment(folder: Path) -> dict[str, str]:
    """The user's environment with the repository importable and everything kept in *folder*."""
    own = {
        "PYTHONPATH": str(HERE.parent),
        "POEMS_PROGRESS": str(folder / "progress"),
        "JUPYTER_CONFIG_DIR": str(folder / "config"),
        "JUPYTERLAB_SETTINGS_DIR": str(folder / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(folder / "workspaces"),
        "IPYTHONDIR": str(folder / "ipython"),
    }
    # Without compiled modules every import is three times slower than a learner's second start.
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, **own}


@contextmanager
def notebook_page(cells: Sequence[str]) -> Iterator[Page]:
    """A page that shows a notebook of these code cells, run from top to bottom."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        _write(folder / "bench.ipynb", cells)
        with server(folder) as url:
            browser = playwright.chromium.launch(
                executable_path=browser_path(), args=["--no-sandbox"]
            )
            page = browser.new_page(viewport={"width": 1200, "height": 1000})
            page.set_default_timeout(120_000)  # a busy machine is slow to start
            page.goto(f"{url}/lab/tree/bench.ipynb?reset")
            page.wait_for_function(IDLE)
            page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')")
            page.wait_for_function(ALL_RUN)
            yield page
            browser.close()


ALL_RUN = """() => {
  const prompts = [...document.querySelectorAll(".jp-CodeCell .jp-InputPrompt")];
  return prompts.length && prompts.every((prompt) => /[0-9]/.test(prompt.textContent));
}"""


def browser_path() -> str:
    """The Chromium of this machine."""
    for name in _BROWSERS:
        if path := shutil.which(name):
            return path
    raise SystemExit(f"The paint benchmark needs one of {', '.join(_BROWSERS)} on the path.")


def _write(path: Path, cells: Sequence[str]) -> None:
    code: list[dict[str, object]] = [
        {"cell_type": "code", "id": f"cell-{i}", "source": cell, "metadata": {},
         "outputs": [], "execution_count": None}
        for i, cell in enumerate(cells)
    ]  # fmt: skip
    kernel = {"name": "python3", "display_name": "Python 3"}
    notebook = {
        "nbformat": 4, "nbformat_minor": 5, "metadata": {"kernelspec": kernel}, "cells": code,
    }  # fmt: skip
    path.write_text(json.dumps(notebook), encoding="utf-8")


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """A JupyterLab that shows *folder*; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--expose-app-in-browser",
        "--allow-root", f"--port={port}", "--ServerApp.port_retries=0", "--IdentityProvider.token=",
        f"--ServerApp.root_dir={folder}",
    ]  # fmt: skip
    _no_news(folder)
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(command, env=environment(folder), stdout=log, stderr=log)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(url, server, folder / "server.log")
        yield url
    finally:
        server.terminate()
        server.wait()


def _no_news(folder: Path) -> None:
    """A first start asks in a dialogue whether to fetch news; that would cover the notebook."""
    settings = folder / "settings" / "@jupyterlab" / "apputils-extension"
    settings.mkdir(parents=True)
    quiet = {"fetchNews": "false", "checkForUpdates": False}
    (settings / "notification.jupyterlab-settings").write_text(json.dumps(quiet))


def _wait(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end and server.poll() is None:
        try:
            urllib.request.urlopen(f"{url}/api").close()
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    raise SystemExit(f"JupyterLab did not start:\n{log.read_text()[-2000:]}")
