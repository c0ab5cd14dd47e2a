"""The launcher: sets up once, repairs what was interrupted, and never half believes itself."""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
from pathlib import Path
from types import SimpleNamespace

import pytest

import course

HOME = Path(course.__file__).parent
FILES = ("course.py", "pyproject.toml", "requirements.txt", "requirements-test.txt")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with the launcher and a stand-in for the package: it says how it was called."""
    for name in (*FILES, "requirements-setup.txt"):
        shutil.copy(HOME / name, tmp_path)
    package = tmp_path / "poems_course"
    package.mkdir()
    for name in ("__init__.py", "arguments.py", "content.py"):
        shutil.copy(HOME / "poems_course" / name, package)
    call = "import sys; print(*sys.argv[1:], sys.flags.safe_path); sys.exit(7)"
    (package / "__main__.py").write_text(call, encoding="utf-8")
    return tmp_path


# Replaces the installing by a note of it, and leaves all the rest of the launcher as it is.
STAND_IN = """
import sys
sys.path.insert(0, {place!r})
import course, venv
def install(lock):
    with open(course.HERE / "installed", "a") as notes:
        notes.write(lock.name + "\\n")
    if {fault!r}:
        raise {fault}
    if not course.PYTHON.exists():
        venv.create(course.VENV, with_pip=False)
    (next(course.VENV.rglob("site-packages")) / "here.pth").write_text(str(course.HERE))
    course.REPORT.touch()
course.install = install
sys.exit(course.main())
"""


def start(place: Path, *arguments: str, fault: str = "") -> subprocess.Popen[str]:
    command = [sys.executable, "-c", STAND_IN.format(place=str(place), fault=fault), *arguments]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, text=True, cwd=place.parent, **pipes)  # type: ignore[call-overload,no-any-return]


def run(place: Path, *arguments: str, fault: str = "") -> SimpleNamespace:
    process = start(place, *arguments, fault=fault)
    out, err = process.communicate()
    return SimpleNamespace(code=process.returncode, out=out.strip(), err=err.strip())


def installed(place: Path) -> list[str]:
    notes = place / "installed"
    return notes.read_text(encoding="utf-8").split() if notes.exists() else []


SETTING_UP = "Setting up (once, about a minute) ..."


def test_the_first_start_sets_up_and_the_second_does_not(place: Path) -> None:
    first, second = (run(place, "diagnose", "form.json") for _ in range(2))
    assert (first.code, first.out, first.err) == (7, "diagnose form.json True", SETTING_UP)
    assert (second.code, second.out, second.err) == (7, "diagnose form.json True", "")
    assert installed(place) == ["requirements.txt"]


def test_the_tests_add_to_the_learners_packages_and_hold_them(place: Path) -> None:
    run(place, "check")
    (place / ".venv" / "kept").touch()
    assert run(place, "test", "-k", "x").out == "test -k x True"
    assert (place / ".venv" / "kept").exists()
    assert run(place, "check").err == ""
    assert installed(place) == ["requirements.txt", "requirements-test.txt"]


@pytest.mark.parametrize("fault", ["KeyboardInterrupt", "SystemExit(9)", "OSError(28, 'No space')"])
def test_an_interrupted_set_up_is_done_anew(place: Path, fault: str) -> None:
    assert run(place, "check", fault=fault).code in (1, 9, 130)
    (place / ".venv").mkdir(exist_ok=True)
    (place / ".venv" / "half").touch()
    again = run(place, "check")
    assert (again.code, again.err) == (7, SETTING_UP)
    assert not (place / ".venv" / "half").exists()


def test_an_interrupted_addition_is_done_anew(place: Path) -> None:
    run(place, "check")
    run(place, "test", fault="KeyboardInterrupt")
    assert run(place, "check").err == SETTING_UP


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-setup.txt", "pyproject.toml"])
def test_a_changed_lock_is_set_up_anew(place: Path, file: str) -> None:
    run(place, "check")
    (place / file).write_text((place / file).read_text(encoding="utf-8") + "\n# x\n")
    assert run(place, "check").err == SETTING_UP


def test_a_moved_folder_is_set_up_anew(
    place: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    run(place, "check")
    moved = tmp_path_factory.mktemp("moved") / "a folder with spaces"
    shutil.copytree(place, moved, symlinks=True)
    again = run(moved, "check")
    assert (again.code, again.err) == (7, SETTING_UP)


def test_a_vanished_python_is_set_up_anew(place: Path) -> None:
    run(place, "check")
    (place / course.PYTHON.relative_to(HOME)).unlink()
    assert run(place, "check").err == SETTING_UP


def test_launches_at_once_set_up_once(place: Path) -> None:
    processes = [start(place, "check") for _ in range(4)]
    ends = [(*process.communicate(), process.returncode) for process in processes]
    assert [(out.strip(), code) for out, _, code in ends] == [("check True", 7)] * 4
    assert installed(place) == ["requirements.txt"]


@pytest.mark.parametrize(("arguments", "code"), [(["lap"], 2), (["--help"], 0), ([], 0)])
def test_nothing_is_set_up_for_a_wrong_call(place: Path, arguments: list[str], code: int) -> None:
    assert run(place, *arguments).code == code
    assert not (place / ".venv").exists()


def test_a_full_disk_is_one_line(place: Path) -> None:
    end = run(place, "check", fault="OSError(28, 'No space left on device')")
    assert end.code == 1
    assert end.err.splitlines()[1:] == [
        "course.py: cannot set up: [Errno 28] No space left on device"
    ]


@pytest.mark.parametrize(
    ("said", "meaning"),
    [
        ("error: ... No space left on device (os error 28)", "the disk is full"),
        ("NewConnectionError: Temporary failure in name resolution", "there is no network"),
        ("error: dns error", "there is no network"),
        ("ERROR: No matching distribution found for uv==0.13.9", "there is no network"),
        ("SSL: CERTIFICATE_VERIFY_FAILED", "certificate is not trusted"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES", "not the one that the course names"),
        ("Segmentation fault", "a package could not be installed"),
    ],
)
def test_what_failed_is_told(
    said: str, meaning: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(course, "REPORT", tmp_path / "report")
    course.REPORT.write_text(said, encoding="utf-8")
    assert meaning in course.fault()


def test_an_older_python_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 1))
    assert course.main() == 2
    assert "needs Python 3.11 or newer" in capsys.readouterr().out


def test_a_python_without_pip_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(course, "find_spec", lambda name: name == "venv" or None)
    with pytest.raises(course.SetUpError, match="apt install python3-venv"):
        course.create()


def test_without_pip_of_its_own_the_venv_gets_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    made = []
    monkeypatch.setattr(course, "find_spec", lambda name: name != "pip" or None)
    monkeypatch.setattr(course, "PYTHON", tmp_path / "python")
    monkeypatch.setattr(venv, "create", lambda *_, with_pip, **__: made.append(with_pip))
    assert course.create()[0] == tmp_path / "python"
    assert made == [True]


def test_settings_for_the_network_stay_and_others_go(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "PYTHONPATH",
        "PIP_TARGET",
        "PIP_USER",
        "PIP_CERT",
        "HTTPS_PROXY",
        "PIP_INDEX_URL",
    ):
        monkeypatch.setenv(name, "x")
    kept = course.environment()
    assert {"PIP_CERT", "HTTPS_PROXY", "PIP_INDEX_URL"} <= set(kept)
    assert not {"PYTHONPATH", "PIP_TARGET", "PIP_USER"} & set(kept)
