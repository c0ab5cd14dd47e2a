"""Lint, types and content, each as a test, so that one closing line tells all."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from poems_course import checks

HOME = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize(
    "tool", ["ruff check", "ruff format --check", "mypy"], ids=lambda tool: tool.replace(" ", "-")
)
def test_tool_finds_nothing(tool: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *tool.split()],
        cwd=HOME,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_the_content_check_finds_nothing() -> None:
    report = checks.run()
    assert report.findings == [], report.text
