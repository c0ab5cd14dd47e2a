"""A plugin for nbval: its kernels are spoken to by sockets in a folder. Of TCP ports, two kernels
that start in the same moment may be given the same.
"""

from __future__ import annotations

import os
import tempfile

import nbval.kernel
from jupyter_client.manager import KernelManager
from traitlets import default


class SocketKernelManager(KernelManager):
    """A manager whose kernels each have a folder of sockets."""

    @default("transport")
    def _by_sockets(self) -> str:
        return "ipc"

    @default("connection_file")
    def _in_a_folder_of_its_own(self) -> str:
        return f"{tempfile.mkdtemp()}/kernel.json"


if os.name == "posix":
    nbval.kernel.KernelManager = SocketKernelManager
