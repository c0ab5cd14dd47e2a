"""How long a class report takes: python -m benchmarks.classroom [--json FILE]

10 000 invented learners x 320 questions with five choices each. Every figure comes from a process
of its own, from the start of its work to the files on disk. The peer, mirt, is measured where it is
installed: its two fits on the same answers, with its own defaults.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import textwrap
from importlib.util import find_spec
from pathlib import Path
from statistics import median

from benchmarks.report import Line, run

LEARNERS, ITEMS, ROUNDS = 10_000, 320, 3
PROMISE = 10.0

_MAKE = """
import json, sys
from pathlib import Path
import numpy as np
folder, learners, items = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
random = np.random.default_rng(2905)
ability = random.standard_normal((learners, 1))
difficulty, slope = random.normal(-0.7, 1, items), random.uniform(0.6, 1.4, items)
right = random.random((learners, items)) < 1 / (1 + np.exp(-slope * (ability - difficulty)))
chosen = np.where(right, 0, random.integers(1, 5, right.shape))
np.save(folder / "right.npy", right.astype(np.int8))
ids = [f"q{1 + at // 25:02d}-item-{at:03d}" for at in range(items)]
with (folder / "class.csv").open("w") as file:
    print("learner", *ids, sep=",", file=file)
    print("key", *"A" * items, sep=",", file=file)
    for at, row in enumerate(chosen):
        print(f"l{at}", *("ABCDE"[one] for one in row), sep=",", file=file)
(folder / "logs").mkdir()
for at, row in enumerate(chosen.tolist()):
    entries = []
    for n, one in enumerate(row):
        said = {"response": one, "confidence": 1, "correct": one == 0, "score": float(one == 0),
                "lesson": ids[n][1:3], "attempt": 1}
        if n >= items // 2:  # in the second half ten questions each are a sitting
            sitting = {"sitting": f"{at:08x}{n // 10:08x}"}
            if n % 10 == 0:
                entries.append(("began", "practice", {**sitting, "seed": n, "deferred": False}))
            said |= {**sitting, "mode": "practice"}
        entries.append(("answered", ids[n], said))
    with (folder / "logs" / f"l{at}.jsonl").open("w") as file:
        for n, (kind, item, payload) in enumerate(entries):
            entry = {"id": f"01990000-{n:04x}-7000-8000-{at:012x}", "session": f"{at:016x}",
                     "utc": "2026-01-31T14:03:07.120Z", "kind": kind, "item_id": item,
                     "item_version": 1, "payload": payload, "seq": n}
            file.write(json.dumps(entry) + "\\n")
"""

_VERB = "cli.main(['class', 'report', str(folder / {source!r}), '--out', str(out), '--json'])"
_ANSWERS = """
import numpy as np
from poems_course.classroom import scales
from poems_course.classroom.answers import Answers, Item
right = np.load(folder / "right.npy")
items = tuple(Item(f"i{at}", 1) for at in range(right.shape[1]))
answers = Answers(items, ((),) * len(items), right, np.zeros(right.shape, np.uint32))
"""
_PEER = "import numpy as np, mirt\nright = np.load(folder / 'right.npy').astype(int)"
_WORK = {
    "table": ("from poems_course import cli", _VERB.format(source="class.csv")),
    "logs": ("from poems_course import cli", _VERB.format(source="logs")),
    "rasch": (_ANSWERS, "assert not isinstance(scales.rasch(answers), str)"),
    "two": (_ANSWERS, "assert not isinstance(scales.two_parameters(answers), str)"),
    "mirt 1PL": (_PEER, "mirt.fit_mirt(right, model='1PL')"),
    "mirt 2PL": (_PEER, "mirt.fit_mirt(right, model='2PL')"),
}
_TIMED = """
import contextlib, io, json, resource, sys, time
from pathlib import Path
folder, out = Path(sys.argv[1]), Path(sys.argv[2])
{before}
start = time.perf_counter()
with contextlib.redirect_stdout(io.StringIO()):
    {work}
took = {{"wall": time.perf_counter() - start}}
rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
took["rss"] = rss / (1e6 if sys.platform == "darwin" else 1e3)
print(json.dumps(took))
"""


def timed(name: str, folder: Path) -> dict[str, float]:
    """Seconds on the clock, and the most memory of the process in MB: medians of rounds."""
    before, work = (textwrap.dedent(part) for part in _WORK[name])
    command = [sys.executable, "-c", _TIMED.format(before=before, work=work), str(folder)]
    runs: list[dict[str, float]] = []
    for _ in range(ROUNDS):
        out = str(folder / "out")
        done = subprocess.run([*command, out], check=True, capture_output=True)
        runs.append(json.loads(done.stdout))
    return {what: median(run[what] for run in runs) for what in runs[0]}


def measure() -> list[Line]:
    """All lines; those of the peer only where it is installed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make = [sys.executable, "-c", _MAKE, name, str(LEARNERS), str(ITEMS)]
        subprocess.run(make, check=True)
        took = {work: timed(work, folder) for work in ("table", "logs", "rasch", "two")}
        if find_spec("mirt"):
            took |= {work: timed(work, folder) for work in ("mirt 1PL", "mirt 2PL")}
    peers = {work: took[work]["wall"] for work in took if work.startswith("mirt")}
    return [
        Line("10 000 learners x 320 questions, a table", "s", took["table"]["wall"], PROMISE),
        Line("   memory", "MB", took["table"]["rss"]),
        Line("the same from 10 000 exported logs", "s", took["logs"]["wall"], PROMISE),
        Line("   memory", "MB", took["logs"]["rss"]),
        Line(
            "   of this, the Rasch model", "s", took["rasch"]["wall"], None,
            "mirt 1PL", peers.get("mirt 1PL"),
        ),
        Line(
            "   of this, two parameters", "s", took["two"]["wall"], None,
            "mirt 2PL", peers.get("mirt 2PL"),
        ),
    ]  # fmt: skip


if __name__ == "__main__":
    run("classroom", __doc__, measure)
