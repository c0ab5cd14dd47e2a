"""All benchmarks, as one table: python -m benchmarks [--json FILE]"""

from __future__ import annotations

import argparse
import json
import os
import platform
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks import lessons, memory, paint, startup
from benchmarks.report import Line, table

PACKAGES = ("jupyterlab", "ipywidgets", "anywidget", "plotly", "pandas", "numpy")


def main() -> None:
    """Measure everything, print the table, and write it as data where asked to."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--json", metavar="FILE", type=Path, help="write the lines as JSON, too")
    to = parser.parse_args().json
    machine = _machine()
    lines = [*startup.measure(), *memory.measure(), *paint.measure(), *lessons.measure()]
    print(f"{machine['date']}, {machine['system']}, Python {machine['python']}, ", end="")
    print(f"{machine['cores']} cores, busy before the run: {machine['busy']}\n\n{table(lines)}")
    if to:
        to.write_text(json.dumps(_data(machine, lines), indent=2) + "\n", encoding="utf-8")


def _machine() -> dict[str, Any]:
    """What the figures depend on, with nothing that names a machine."""
    cores = os.cpu_count() or 1
    return {
        "date": date.today().isoformat(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "cores": cores,
        "busy": f"{os.getloadavg()[0] / cores:.0%}" if hasattr(os, "getloadavg") else "unknown",
        "packages": {name: version(name) for name in PACKAGES},
    }


def _data(machine: dict[str, Any], lines: list[Line]) -> dict[str, Any]:
    return {"machine": machine, "lines": [line.data() for line in lines]}


if __name__ == "__main__":
    main()
