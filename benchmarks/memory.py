"""Memory of a kernel that has run a lesson, before and after its first cell with pandas.

python -m benchmarks.memory
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import nbformat
import psutil
from jupyter_client.manager import start_new_kernel

from benchmarks.jupyterlab import HERE, environment
from benchmarks.report import Line, quantile, table

LESSONS = HERE.parent / "notebooks"
REPEATS = 3
# Only the tests' environment holds these; pandas loads them wherever it finds them, pyarrow 40 MB.
AS_A_LEARNER = "import sys\nsys.modules['pyarrow'] = sys.modules['numexpr'] = None"
# What the page asks of each explorer as soon as it shows it.
AS_A_PAGE = """
import sys
if shown := sys.modules.get("ipywidgets.widgets.widget"):
    for widget in list(shown._instances.values()):
        if hasattr(widget, "exploration"):
            assert widget.handle({"do": "states"})["packed"]
"""
PEER = ["import plotly.graph_objects as go\ngo.FigureWidget(go.Figure(go.Scatter(y=[1, 2, 3])))"]


def measure() -> list[Line]:
    """Each lesson beside a kernel with one FigureWidget, and a bare kernel for comparison."""
    bare, peer = _median([[]])[0], _median([PEER])[0]
    lines = [Line("kernel, nothing run", "MB", bare, peer="FigureWidget", peer_measured=peer)]
    for path in sorted(LESSONS.glob("*.ipynb")):
        before, after = _median(parts(path))
        lines += [
            Line(f"kernel, {path.stem} before pandas", "MB", before, 110, "FigureWidget", peer),
            Line(f"kernel, {path.stem} to the end", "MB", after, 150, "FigureWidget", peer),
        ]
    return lines


def parts(path: Path) -> list[list[str]]:
    """A lesson's code cells before the first that names pandas, and from there on."""
    cells = nbformat.read(path, as_version=4).cells  # type: ignore[no-untyped-call]
    code = [cell.source for cell in cells if cell.cell_type == "code"]
    at = next((i for i, source in enumerate(code) if "pandas" in source), len(code))
    return [code[:at], code[at:]]


def _median(parts: Sequence[Sequence[str]]) -> list[float]:
    runs = [resident(parts) for _ in range(REPEATS)]
    return [quantile([run[i] for run in runs], 0.5) for i in range(len(parts))]


def resident(parts: Sequence[Sequence[str]]) -> list[float]:
    """Resident memory (RSS, MB of 10^6 bytes) of a fresh kernel after each part of the cells."""
    with tempfile.TemporaryDirectory() as name:
        manager, client = start_new_kernel(
            env=environment(Path(name)), cwd=str(LESSONS), stderr=subprocess.DEVNULL
        )
        try:
            kernel = psutil.Process(manager.provisioner.pid)  # type: ignore[union-attr]
            _run(client, AS_A_LEARNER)
            sizes = []
            for cells in parts:
                for cell in [*cells, AS_A_PAGE]:
                    _run(client, cell)
                sizes.append(kernel.memory_info().rss / 1e6)
            return sizes
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)


def _run(client, cell: str) -> None:  # type: ignore[no-untyped-def]
    reply = client.execute_interactive(cell, output_hook=lambda message: None, timeout=120)
    if reply["content"]["status"] != "ok":
        raise SystemExit(f"A cell failed with {reply['content']['ename']}:\n{cell}")


if __name__ == "__main__":
    print(table(measure()))
