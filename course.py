#!/usr/bin/env python3
"""Starts the course: sets up .venv beside this file the first time, then runs the course in it.

    python course.py lab            open the lessons
    python course.py --help         everything else

Nothing outside this folder is changed. Only the standard library is used here.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
BIN, EXE = ("Scripts", ".exe") if os.name == "nt" else ("bin", "")
PYTHON, UV = VENV / BIN / f"python{EXE}", VENV / BIN / f"uv{EXE}"
STAMP = VENV / "set-up-for"
REPORT = HERE / ".venv-setup.log"
INSTALLER = HERE / "requirements-setup.txt"
LEARNER, TESTER = HERE / "requirements.txt", HERE / "requirements-test.txt"
NO_NETWORK = "there is no network, or it does not reach Python's package index"
FAULTS = {
    "no space left": "the disk is full: the course needs about 700 MB",
    "do not match the hashes": "a package is not the one that the course names",
    "hash mismatch": "a package is not the one that the course names",
    "certificate": "the network's certificate is not trusted: pip's `cert` setting can name it",
    "connection": NO_NETWORK,
    "name resolution": NO_NETWORK,
    "dns error": NO_NETWORK,
    "timed out": NO_NETWORK,
    "no matching distribution": NO_NETWORK,
}
# What would mix another Python in, put packages elsewhere or choose others than the locked ones.
# A proxy, a certificate and an own package index are settings that a hospital needs: they stay.
UNWANTED = {"PYTHONPATH", "PYTHONHOME", "__PYVENV_LAUNCHER__", "PIP_USER", "PIP_TARGET"} | {
    f"PIP_{word}" for word in ("PREFIX", "ROOT", "CONSTRAINT", "REQUIREMENT", "NO_BINARY")
}


class SetUpError(Exception):
    """Why the course cannot be set up, in one line."""


def environment() -> dict[str, str]:
    """The user's environment for the course's own Python."""
    return {name: value for name, value in os.environ.items() if name not in UNWANTED}


def digest(lock: Path) -> str:
    """What .venv must have been set up for: this folder and these versions."""
    parts = (HERE / "pyproject.toml", INSTALLER, lock)
    content = b"".join(part.read_bytes() for part in parts)
    return hashlib.sha256(str(HERE).encode() + content).hexdigest()


def ready(lock: Path) -> bool:
    """Whether .venv holds what *lock* names."""
    try:
        return PYTHON.exists() and digest(lock) in STAMP.read_text(encoding="utf-8").split()
    except OSError:
        return False


def run(*command: object) -> bool:
    """Whether a command succeeded; what it said is kept in the report."""
    words = [str(word) for word in command]
    with REPORT.open("a", encoding="utf-8") as report:
        print("\n$", *words, file=report, flush=True)
        done = subprocess.run(words, stdout=report, stderr=report, env=environment(), check=False)
    return done.returncode == 0


def create() -> list[object]:
    """Makes an empty .venv; the command of a pip that installs into it."""
    if not find_spec("venv") or not (find_spec("pip") or find_spec("ensurepip")):
        raise SetUpError("this Python lacks pip or venv; on Debian: apt install python3-venv")
    import venv

    outer = find_spec("pip") is not None  # saves five seconds, and Debian may lack ensurepip
    if not PYTHON.exists():
        venv.create(VENV, with_pip=not outer, symlinks=os.name != "nt")
    python = [sys.executable, "-m", "pip", "--python", PYTHON] if outer else [PYTHON, "-m", "pip"]
    return [*python, "--disable-pip-version-check"]


def has_own_index(pip: list[object]) -> bool:
    """Whether pip was told to fetch from elsewhere (a hospital's mirror), which uv cannot know."""
    command = [str(word) for word in (*pip, "config", "list")]
    settings = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    return any(word in settings for word in (".index-url", ".no-index"))


def install(lock: Path) -> None:
    """Installs what *lock* names, by uv in a third of pip's time or else by pip; and the course."""
    pip = create()
    exact = ("--no-deps", "--require-hashes", "-r")
    by_uv = (UV, "pip", "install", "--python", PYTHON, "--compile-bytecode")
    done = run(*pip, "install", "--retries=2", *exact, INSTALLER) and (
        (not has_own_index(pip) and run(*by_uv, *exact, lock))
        or run(*pip, "install", "--retries=2", *exact, lock)
    )
    course = ("--no-deps", "--no-build-isolation", "--no-index", "--editable", HERE)
    if not (done and run(*pip, "install", *course)):
        raise SetUpError(f"{fault()} (details: {REPORT.name})")


def fault() -> str:
    """The report in a few words."""
    text = REPORT.read_text(encoding="utf-8", errors="replace").lower()
    found = (meaning for sign, meaning in FAULTS.items() if sign in text)
    return next(found, "a package could not be installed")


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Lets one launch at a time set up; the lock is gone even after an end by force."""
    import sqlite3

    lock = sqlite3.connect(HERE / ".venv.lock", timeout=900, isolation_level=None)
    with contextlib.closing(lock):
        lock.execute("BEGIN EXCLUSIVE")
        yield


def set_up(lock: Path) -> None:
    """Makes .venv hold what *lock* names. The stamp comes last: without it, all is done anew."""
    with alone():
        if ready(lock):
            return
        print("Setting up (once, about a minute) ...", file=sys.stderr, flush=True)
        if VENV.exists() and not (lock == TESTER and ready(LEARNER)):
            shutil.rmtree(VENV)
        STAMP.unlink(missing_ok=True)
        REPORT.unlink(missing_ok=True)
        install(lock)
        held = {digest(LEARNER), digest(lock)}  # the tests' lock names the learner's packages too
        STAMP.write_text("\n".join(held), encoding="utf-8")
        REPORT.unlink()


def start(arguments: list[str]) -> int:
    """Runs the course in .venv; Ctrl-C goes to it alone."""
    command = [str(PYTHON), "-P", "-m", "poems_course", *arguments]
    if os.name == "posix":
        os.execve(command[0], command, environment())
    with subprocess.Popen(command, env=environment()) as course:
        while True:
            with contextlib.suppress(KeyboardInterrupt):
                return course.wait()


def main() -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 (an older Python gets as far as this)
        print("course.py: needs Python 3.11 or newer; this is", sys.version.split()[0])
        return 2
    sys.dont_write_bytecode = True
    sys.path.insert(0, str(HERE))
    from poems_course.arguments import parse

    verb = parse(sys.argv[1:]).verb  # a wrong call ends here, before anything is set up
    lock = TESTER if verb == "test" else LEARNER
    try:
        if not ready(lock):
            set_up(lock)
    except KeyboardInterrupt:
        print("\ncourse.py: stopped; the next start sets up anew", file=sys.stderr)
        return 130
    except (SetUpError, OSError, subprocess.SubprocessError) as error:
        print(f"course.py: cannot set up: {error}", file=sys.stderr)
        return 1
    return start(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
