"""JupyterLab for the course: opened on the list of lessons, asking nothing of the network.

Its settings and layouts lie in the course's own folder, so that neither a learner's other
JupyterLab nor the course finds anything changed by the other.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Sequence
from pathlib import Path

from poems_course.content import PoemsError
from poems_course.folder import HOME, part

START = "/lab/tree/notebooks/README.md"


def run(port: int | None, browser: bool, rest: Sequence[str] = ()) -> int:
    """Runs JupyterLab until Ctrl-C; *rest* goes to it and wins over ours.

    Raises PoemsError where the port is taken.
    """
    part("notebooks/README.md")
    if port and _taken(port):
        raise PoemsError(f"port {port} is in use; name another with --port, or leave it out")
    _keep_to_ourselves()
    from jupyterlab.labapp import LabApp

    given = {option.partition("=")[0] for option in rest}
    ours = [option for option in arguments(port, browser) if option.partition("=")[0] not in given]
    LabApp.launch_instance([*ours, *rest])
    return 0


def arguments(port: int | None, browser: bool) -> list[str]:
    """What JupyterLab is told on its command line."""
    options = [
        f"--ServerApp.root_dir={HOME}",
        f"--LabApp.default_url={START}",
        f"--LabApp.app_settings_dir={Path(__file__).with_name('jupyter')}",
        "--ServerApp.contents_manager_class=poems_course.server.LessonContents",
        "--ServerApp.answer_yes=True",  # Ctrl-C ends it, without a question
        "--Application.log_level=WARN",
        "--LabApp.extension_manager=readonly",  # the other one asks the package index
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]
    if port:
        options += [f"--ServerApp.port={port}", "--ServerApp.port_retries=0"]
    if not browser:
        options.append("--no-browser")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.append("--allow-root")
    return options


def _taken(port: int) -> bool:
    with socket.socket() as probe:
        if sys.platform != "win32":  # there it would let two listen
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


def _keep_to_ourselves() -> None:
    from poems_course.progress.log import default_folder

    for name in ("config", "data"):
        folder = default_folder() / "jupyter" / name
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise PoemsError(f"{folder}: cannot be written: {error.strerror}") from None
        os.environ[f"JUPYTER_{name.upper()}_DIR"] = str(folder)
