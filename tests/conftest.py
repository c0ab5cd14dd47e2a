"""What many tests need: the tests' own log, a Chromium, and a real JupyterLab on copies."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HOME = Path(__file__).resolve().parent.parent
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
CHROMIUM_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
CHROMIUM_QUIET = [
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@cache
def chromium_path() -> str | None:
    """The Chromium that POEMS_CHROMIUM names, or one found in the usual places."""
    if named := os.environ.get("POEMS_CHROMIUM"):
        return named
    found = (shutil.which(name) for name in CHROMIUM_NAMES)
    placed = (place for place in CHROMIUM_PLACES if Path(place).exists())
    return next((path for path in (*found, *placed) if path), None)


def pytest_report_header() -> str:
    return f"chromium: {chromium_path() or 'none found: the browser tests are skipped'}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests last: what fails quickly is known first. Without a Chromium, skipped."""
    items.sort(key=lambda item: "browser" in item.path.parts)
    if chromium_path() is None:
        for item in items:
            if "browser" in item.path.parts:
                item.add_marker(pytest.mark.skip(reason="no Chromium (POEMS_CHROMIUM names one)"))


@pytest.fixture(autouse=True)
def own_progress(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the progress of whoever runs it."""
    monkeypatch.setenv("POEMS_PROGRESS", str(tmp_path / "progress"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium without a window; the test is skipped where there is none."""
    path = chromium_path()
    if path is None:
        pytest.skip("no Chromium (POEMS_CHROMIUM names one)")
    from playwright.sync_api import sync_playwright

    root = hasattr(os, "geteuid") and os.geteuid() == 0
    arguments = [*CHROMIUM_QUIET, *(["--no-sandbox"] if root else [])]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=arguments)
        yield started
        started.close()


@dataclass(frozen=True)
class Lab:
    """A running ``poems lab``: its address, the folder that it shows, its progress folder."""

    url: str
    root: Path
    progress: Path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_open(server: subprocess.Popen[str], seconds: float) -> None:
    """Reads what the server says until it says where it listens, or fails with all it said."""
    assert server.stderr is not None
    alarm = threading.Timer(seconds, server.kill)
    alarm.start()
    said = []
    for line in server.stderr:
        said.append(line)
        if "http://127.0.0.1" in line:
            break
    else:
        pytest.fail(f"JupyterLab did not start:\n{''.join(said)}")
    alarm.cancel()


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """``poems lab`` on copies of the lessons, with an own log and without a token."""
    root = tmp_path_factory.mktemp("course")
    for name in ("notebooks", "data"):
        shutil.copytree(HOME / name, root / name)
    progress, port = root / "progress", free_port()
    options = [
        f"--ServerApp.root_dir={root}",
        "--IdentityProvider.token=",
        "--LabApp.expose_app_in_browser=True",
        "--Application.log_level=INFO",
    ]
    command = [sys.executable, "-m", "poems_course", "lab", "--no-browser", "--port", str(port)]
    with subprocess.Popen(
        [*command, "--", *options],
        env={**os.environ, "POEMS_PROGRESS": str(progress)},
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        wait_until_open(server, 120)
        assert server.stderr is not None
        drain = threading.Thread(target=server.stderr.read, daemon=True)
        drain.start()
        yield Lab(f"http://127.0.0.1:{port}", root, progress)
        server.send_signal(signal.SIGINT if os.name == "posix" else signal.SIGTERM)
        server.wait(60)
