"""How long the whole course takes to validate, and each lesson to run in a real JupyterLab.

python -m benchmarks.lessons
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from xml.etree import ElementTree

from playwright.sync_api import Browser, sync_playwright

from benchmarks.jupyterlab import ALL_RUN, IDLE, browser_path, environment, server
from benchmarks.report import Line, table

HOME = Path(__file__).resolve().parent.parent
LESSONS = sorted((HOME / "notebooks").glob("[0-9][0-9]_*.ipynb"))
WHOLE, ONE = 90.0, 5.0  # promised seconds: the whole validation, one lesson in JupyterLab


def measure() -> list[Line]:
    """The validation on two cores, lesson by lesson, and the lessons in JupyterLab."""
    with tempfile.TemporaryDirectory() as name:
        return [*_validation(Path(name)), *_in_jupyterlab(Path(name))]


def _validation(folder: Path) -> Iterator[Line]:
    start = time.perf_counter()
    _run(["-m", "poems_course", "check"], folder)
    checked = time.perf_counter() - start
    reports = [folder / f"{half}.xml" for half in ("even", "odd")]
    with ThreadPoolExecutor() as both:
        list(both.map(lambda at: _nbval(LESSONS[at::2], reports[at], folder), (0, 1)))
    whole = time.perf_counter() - start
    yield Line("sources, questions, form of the lessons (poems check)", "s", checked)
    for report in reports:
        for lesson, seconds in sorted(_seconds(report).items()):
            yield Line(f"validated by nbval: {lesson}", "s", seconds)
    yield Line(f"the whole course validated, {len(LESSONS)} lessons", "s", whole, WHOLE)


def _nbval(lessons: list[Path], report: Path, folder: Path) -> None:
    configuration = report.with_suffix(".ini")
    configuration.write_text("[pytest]\n", encoding="utf-8")
    options = ["-p", "no:cacheprovider", "-c", configuration, f"--rootdir={HOME}"]
    options += [
        "-o",
        "junit_family=xunit1",
        "--nbval-lax",
        "--nbval-current-env",
        f"--junitxml={report}",
    ]
    _run(["-m", "pytest", "-q", *map(str, options), *map(str, lessons)], folder)


def _run(words: list[str], folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, *words],
        cwd=HOME,
        env=environment(folder),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(words)} failed:\n{done.stdout}{done.stderr}")


def _seconds(report: Path) -> dict[str, float]:
    spent: dict[str, float] = {}
    for case in ElementTree.parse(report).getroot().iter("testcase"):
        lesson = Path(case.get("file", "")).stem
        spent[lesson] = spent.get(lesson, 0.0) + float(case.get("time", 0))
    return spent


def _in_jupyterlab(folder: Path) -> Iterator[Line]:
    for part in ("notebooks", "data"):
        shutil.copytree(HOME / part, folder / part)
    with sync_playwright() as playwright, server(folder) as url:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=["--no-sandbox"])
        for lesson in LESSONS:
            yield Line(
                f"run from top to bottom: {lesson.stem}", "s", _shown(browser, url, lesson), ONE
            )
        browser.close()


def _shown(browser: Browser, url: str, lesson: Path) -> float:
    """Seconds from Run All Cells until every cell has run and its output stands on the page."""
    page = browser.new_page(viewport={"width": 1200, "height": 1000})
    page.set_default_timeout(120_000)
    page.goto(f"{url}/lab/tree/notebooks/{lesson.name}?reset")
    page.wait_for_function(IDLE)
    start = time.perf_counter()
    page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')")
    page.wait_for_function(f"({ALL_RUN})() && {IDLE}")
    taken = time.perf_counter() - start
    page.close()
    return taken


if __name__ == "__main__":
    print(table(measure()))
