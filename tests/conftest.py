"""What many tests need: the tests' own log, a Chromium, and a real JupyterLab on copies."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# What these helpers assert is told as fully as in a test.
pytest.register_assert_rewrite("tests.browser.practising", "tests.classes", "tests.exported")

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


JS = HOME / "tests" / "js"
JS_MISSING = "no npm packages: npm ci --prefix tests/js"


def has_js_readers() -> bool:
    """Whether there is a Node and what tests/js/package.json names."""
    return bool(node_path()) and (JS / "node_modules" / "gift-pegjs").exists()


def node_path() -> str | None:
    return shutil.which("node") or shutil.which("nodejs")


def pytest_report_header() -> list[str]:
    return [
        f"chromium: {chromium_path() or 'none found: the browser tests are skipped'}",
        f"readers of exports: {node_path() if has_js_readers() else JS_MISSING}",
    ]


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
def js_readers() -> Path:
    """The folder of npm packages that read our exports. Skipped without them, but not in CI."""
    if not has_js_readers():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(JS_MISSING)
    return JS / "node_modules"


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


@contextmanager
def by_sockets() -> Iterator[tuple[dict[str, str], list[str]]]:
    """An environment and options with which a server speaks to its kernels by sockets in a folder.

    Of TCP ports, two kernels that start in the same moment may be given the same.
    """
    if os.name != "posix":
        yield {}, []
        return
    with TemporaryDirectory(dir="/tmp") as folder:  # a socket's whole path has room for 103 letters
        yield {"JUPYTER_RUNTIME_DIR": folder}, ["--KernelManager.transport=ipc"]


@contextmanager
def started(folder: Path, *rest: str) -> Iterator[tuple[subprocess.Popen[str], int, Path]]:
    """``poems lab`` on a free port, once it answers: the process, the port, what it says."""
    port, said = free_port(), folder / "lab.log"
    command = [sys.executable, "-m", "poems_course", "lab", "--no-browser", "--port", str(port)]
    with (
        by_sockets() as (runtime, transport),
        said.open("w", encoding="utf-8") as log,
        subprocess.Popen(
            [*command, "--", *transport, *rest],
            env={**os.environ, **runtime, "POEMS_PROGRESS": str(folder / "progress")},
            stdin=subprocess.DEVNULL,
            stderr=log,
            text=True,
        ) as server,
    ):
        try:
            wait_until_open(server, port, said)
            yield server, port, said
            if server.poll() is None:
                server.send_signal(signal.SIGINT if os.name == "posix" else signal.SIGTERM)
                server.wait(60)
        finally:
            server.kill()


def wait_until_open(server: subprocess.Popen[str], port: int, said: Path) -> None:
    """Returns as soon as the server answers; fails with all it said where it ends or hangs."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except OSError:
            with suppress(subprocess.TimeoutExpired):
                server.wait(0.1)
    pytest.fail(f"JupyterLab did not start:\n{said.read_text(encoding='utf-8')}")


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """``poems lab`` on copies of the lessons, with an own log and without a token."""
    root = tmp_path_factory.mktemp("course")
    for name in ("notebooks", "data"):
        shutil.copytree(HOME / name, root / name)
    options = [
        f"--ServerApp.root_dir={root}",
        "--IdentityProvider.token=",
        "--LabApp.expose_app_in_browser=True",
    ]
    with started(root, *options) as (_, port, _):
        yield Lab(f"http://127.0.0.1:{port}", root, root / "progress")
