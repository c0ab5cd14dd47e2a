"""pyproject.toml, the lock files and environment.yml name the same packages and versions."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import yaml

HOME = Path(__file__).resolve().parent.parent
PINNED = re.compile(r"^([A-Za-z0-9._-]+) ?==?([^ ;\\]+)")

Versions = dict[str, str]


def versions(lines: list[str]) -> Versions:
    """Name to version, names in one spelling; a line without an exact version gives ''."""
    found = {}
    for line in lines:
        pinned = PINNED.match(line)
        name, version = pinned.groups() if pinned else (line, "")
        found[re.sub(r"[-_.]+", "-", name).lower()] = version
    return found


def project(text: str) -> Versions:
    return versions(tomllib.loads(text)["project"]["dependencies"])


def groups(text: str, *names: str) -> Versions:
    table = tomllib.loads(text)["dependency-groups"]
    return versions([line for name in names for line in table[name]])


def locked(text: str) -> Versions:
    return versions([line for line in text.splitlines() if re.match(r"[A-Za-z0-9]", line)])


def conda(text: str) -> Versions:
    """What conda installs itself, and what it has pip install."""
    entries = yaml.safe_load(text)["dependencies"]
    wanted = [entry for entry in entries if isinstance(entry, str)]
    wanted = [entry for entry in wanted if not re.match(r"(python|pip)\b", entry)]
    by_pip = [line for entry in entries if isinstance(entry, dict) for line in entry["pip"]]
    return versions(wanted + [line for line in by_pip if not line.startswith("-")])


def differences(wanted: Versions, given: Versions) -> list[str]:
    """What *given* lacks or has in another version."""
    return [
        f"{name} {version}, not {given.get(name, 'there')}"
        for name, version in wanted.items()
        if given.get(name) != version or not version
    ]


def text(name: str) -> str:
    return (HOME / name).read_text(encoding="utf-8")


PROJECT, LEARNER, TESTER = text("pyproject.toml"), "requirements.txt", "requirements-test.txt"


def test_the_lock_holds_what_the_project_names() -> None:
    assert differences(project(PROJECT), locked(text(LEARNER))) == []
    assert differences(groups(PROJECT, "setup"), locked(text("requirements-setup.txt"))) == []
    assert differences(groups(PROJECT, "test", "author"), locked(text(TESTER))) == []


def test_the_tests_run_on_the_learners_versions() -> None:
    assert differences(locked(text(LEARNER)), locked(text(TESTER))) == []


def test_conda_users_get_the_same() -> None:
    assert differences(project(PROJECT), conda(text("environment.yml"))) == []
    assert differences(conda(text("environment.yml")), project(PROJECT)) == []


@pytest.mark.parametrize("name", [LEARNER, TESTER, "requirements-setup.txt"])
def test_every_locked_package_has_a_hash_and_no_address(name: str) -> None:
    entries = re.split(r"^(?=[A-Za-z0-9])", text(name), flags=re.MULTILINE)[1:]
    assert entries
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert "://" not in text(name)
    assert not re.search(r"^\s*--(extra-)?index|^\s*--find-links|^-i ", text(name), re.MULTILINE)


# Planted faults: each must be told.
def test_a_wrong_version_is_told() -> None:
    wrong = text("environment.yml").replace("plotly =7.1.0", "plotly =7.0.0")
    assert differences(project(PROJECT), conda(wrong)) == ["plotly 7.1.0, not 7.0.0"]


def test_a_missing_package_is_told() -> None:
    wrong = text("environment.yml").replace("  - anywidget =0.11.0\n", "")
    assert differences(project(PROJECT), conda(wrong)) == ["anywidget 0.11.0, not there"]


def test_a_range_instead_of_a_version_is_told() -> None:
    wrong = PROJECT.replace("pandas ==3.1.1", "pandas >=3")
    assert differences(project(wrong), locked(text(LEARNER))) != []


def test_a_stale_lock_is_told() -> None:
    wrong = text(LEARNER).replace("jupyterlab==4.6.6", "jupyterlab==4.6.5")
    assert differences(project(PROJECT), locked(wrong)) == ["jupyterlab 4.6.6, not 4.6.5"]
