"""A plugin for nbval: its kernels are spoken to by sockets in a folder. Of TCP ports, two kernels
that start in the same moment may be given the same.
"""

from __future__ import annotations

import os
from itertools import count
from tempfile import TemporaryDirectory

import nbval.kernel
from jupyter_client.manager import KernelManager
from traitlets import default

FOLDER = TemporaryDirectory()  # gone when the process ends
NUMBERS = count()


class SocketKernelManager(KernelManager):
    """A manager whose kernels each have sockets of their own."""

    @default("transport")
    def _by_sockets(self) -> str:
        return "ipc"

    @default("connection_file")
    def _with_a_name_of_its_own(self) -> str:
        return f"{FOLDER.name}/{next(NUMBERS)}.json"


if os.name == "posix":
    nbval.kernel.KernelManager = SocketKernelManager
