"""How long a fresh Python takes: to import the course, and until the first explorer is ready.

python -m benchmarks.startup
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.jupyterlab import environment
from benchmarks.report import Line, quantile, table
from poems_course.figures import CATALOGUE

REPEATS = 5
HEAVY = ("numpy", "pandas", "plotly")
# What a notebook asks of a widget before it can show it.
_SHOWN = "._repr_mimebundle_(include=None, exclude=None)"
FIGURE = "go.Scatter(x=list(range(500)), y=list(range(500)))"
# What the page asks next, so that no later move has to wait for the kernel.
STATES = (
    "from poems_course import explore\nassert explore({!r}).handle(dict(do='states'))['packed']"
)
PEERS = {
    "interact": f"""
import plotly.graph_objects as go
from ipywidgets import interactive
interactive(lambda at: go.Figure({FIGURE}), at=(0, 10)){_SHOWN}
""",
    "FigureWidget": f"""
import plotly.graph_objects as go
go.FigureWidget(go.Figure({FIGURE})){_SHOWN}
""",
}


def measure() -> list[Line]:
    """Import and first explorer, with the two peers, each in processes of its own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ours = "from poems_course import explore\nexplore({!r})" + _SHOWN
        jobs = {id: ours.format(id) for id in CATALOGUE}
        jobs |= {f"{id} states": STATES.format(id) for id in CATALOGUE}
        jobs["bench"] = f"from benchmarks import curves\ncurves.drawn_beforehand(){_SHOWN}"
        taken = _in_turn(
            {"bare": "pass", "import": "import poems_course", "floor": "import anywidget",
             **PEERS, **jobs}, folder
        )  # fmt: skip
        loaded = heavy_after("import poems_course", folder)
        heavy = {id: heavy_after(code, folder) for id, code in jobs.items()}
    if loaded:
        raise SystemExit(f"import poems_course loads {', '.join(loaded)}: it must not")
    return _lines(taken, [id for id, words in heavy.items() if words])


@dataclass(frozen=True)
class Taken:
    """Seconds on the clock and, steadier on a busy machine, of the processor (0 on Windows)."""

    clock: float
    processor: float


def _lines(taken: dict[str, Taken], heavy: list[str]) -> list[Line]:
    def line(what: str, job: str, promise: float | None, peer: str = "") -> Line:
        processor = taken[job].processor - taken["bare"].processor
        words = f"{what}{', loads pandas or plotly' if job in heavy else ''} [{processor:.2f} s]"
        beside = clock(peer) if peer else None
        return Line(words, "s", clock(job), promise, peer, beside)

    def clock(job: str) -> float:
        return taken[job].clock - taken["bare"].clock

    return [
        line("import poems_course, above bare Python", "import", 0.15),
        line("import anywidget, for comparison", "floor", None),
        line("first explorer: 3 x 500 points", "bench", 0.8, "FigureWidget"),
        *(line(f"first explorer: {id}", id, 0.8, "interact") for id in CATALOGUE),
        *(line(f"{id}, with all its states", f"{id} states", None) for id in CATALOGUE),
    ]


def _in_turn(codes: dict[str, str], folder: Path) -> dict[str, Taken]:
    """Medians of each program; they take turns, so that a busy machine slows all of them."""
    for code in codes.values():
        _taken(code, folder)  # compiles what was never imported
    runs = [{name: _taken(code, folder) for name, code in codes.items()} for _ in range(REPEATS)]
    return {
        name: Taken(
            quantile([run[name].clock for run in runs], 0.5),
            quantile([run[name].processor for run in runs], 0.5),
        )
        for name in codes
    }


def _taken(code: str, folder: Path) -> Taken:
    before = os.times()
    start = time.perf_counter()
    run(f"{code}\nimport os\nos._exit(0)", folder)  # ready is the end: no tidying up
    clock, after = time.perf_counter() - start, os.times()
    spent = [getattr(after, part) - getattr(before, part) for part in _PARTS]
    return Taken(clock, sum(spent))


_PARTS = ("children_user", "children_system")


def run(code: str, folder: Path) -> str:
    """What a program prints in a fresh interpreter. Raises CalledProcessError where it fails."""
    command = [sys.executable, "-c", code]
    done = subprocess.run(
        command, env=environment(folder), cwd=folder, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout


def heavy_after(code: str, folder: Path) -> list[str]:
    """Which of the heavy packages a program has loaded."""
    ask = f"{code}\nimport sys\nprint(*[n for n in {HEAVY} if n in sys.modules])"
    return run(ask, folder).split()


if __name__ == "__main__":
    print(table(measure()))
