"""How fast synthetic patients are made and written: python -m benchmarks.data [--json FILE]

Each figure comes from a process of its own. The floor is a plain numpy copula with the same draws:
correlated normals, thresholds, exponentials, rounding, and nothing that a patient needs besides.
The peer, carebundle, is measured where it is installed: its draws of values, without its bundles.
"""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from importlib.util import find_spec
from statistics import median

from benchmarks.report import Line, run

ROUNDS = 3
PATIENTS = 1_000_000
FOLLOWED = 100_000

_CHOSEN = """
from poems_course.synthetic import cohort
from poems_course.synthetic.dictionary import fields
kinds = fields("cohort")
values = [name for name in kinds if kinds[name].type == "number"
          and name not in ("testosterone_ng_per_dl", "oestradiol_pg_per_ml",
                           "lh_iu_per_l", "fsh_iu_per_l")][:20]
flags = [name for name in kinds if kinds[name].type == "boolean" and name != "hypogonadism"][:16]
columns = [*values, *flags, "sex"]
cohort.build(1, 20_000, columns)
"""

_WORK = {
    "cohort": (_CHOSEN, f"assert len(cohort.build(2905, {PATIENTS}, columns).columns) == 40"),
    "whole": ("from poems_course.synthetic import cohort", f"cohort.build(2905, {PATIENTS})"),
    "floor": (
        """
import numpy as np
from concurrent.futures import ThreadPoolExecutor
from poems_course.synthetic.draws import stream
VALUES, FLAGS, BLOCK = 21, 16, 1 << 16
k = VALUES + FLAGS
factor = np.linalg.cholesky(np.full((k, k), 0.2) + 0.8 * np.eye(k)).astype(np.float32)
def block(job):
    number, n = job
    z = factor @ stream(1, number).standard_normal((k, n), dtype=np.float32)
    values = np.round(np.exp(z[:VALUES] * np.float32(0.3) + np.float32(3)), 1)
    return values, (z[VALUES:] > np.float32(0.5)).astype(np.int8)
def floor(n):
    sizes = [min(BLOCK, n - start) for start in range(0, n, BLOCK)]
    with ThreadPoolExecutor(2) as pool:
        parts = list(pool.map(block, enumerate(sizes)))
    return [np.concatenate([part[kind][row] for part in parts])
            for kind, rows in ((0, VALUES), (1, FLAGS)) for row in range(rows)]
floor(20_000)
""",
        f"assert len(floor({PATIENTS})) == 37",
    ),
    "parquet": (
        _CHOSEN
        + f"""
import tempfile
from pathlib import Path
from poems_course.synthetic.write import write
made = cohort.build(2905, {PATIENTS}, columns)
folder = tempfile.TemporaryDirectory()
""",
        "write(Path(folder.name), [made], 2905)",
    ),
    "followup": (
        """
from poems_course.synthetic import followup, treated
""",
        f"""
who = treated.people(2905, {FOLLOWED})
for _ in followup.series(who, 2905, 60):
    pass
""",
    ),
    "course": (
        "from poems_course.synthetic import course_data",
        "assert len(course_data.tables()) >= 8",
    ),
    "peer": (
        "from carebundle import generate_draw",
        "for i in range(2000):\n    generate_draw(profile='type2_diabetes', seed=2905, index=i)",
    ),
}
_TIMED = """
import json, resource, time
{before}
wall, cpu = time.perf_counter(), time.process_time()
{work}
took = {{"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}}
rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
took["rss"] = rss / (1e6 if __import__("sys").platform == "darwin" else 1e3)
print(json.dumps(took))
"""


def timed(name: str) -> dict[str, float]:
    """Seconds on the clock and of the processor, and the most memory in MB: medians of rounds."""
    before, work = (textwrap.dedent(part) for part in _WORK[name])
    script = _TIMED.format(before=before, work=work)
    runs: list[dict[str, float]] = []
    for _ in range(ROUNDS):
        done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True)
        runs.append(json.loads(done.stdout))
    return {what: median(run[what] for run in runs) for what in runs[0]}


def measure() -> list[Line]:
    """All lines; those of the peer and of Parquet only where their packages are installed."""
    cohort, floor, whole = timed("cohort"), timed("floor"), timed("whole")
    follow, course = timed("followup"), timed("course")
    lines = [
        Line(
            "1 000 000 patients x 40 columns", "s", cohort["wall"], 2.0,
            "numpy copula", floor["wall"], 2.0,
        ),
        Line("   of the processor's time", "s", cohort["cpu"], None, "numpy copula", floor["cpu"]),
        Line("   memory", "MB", cohort["rss"], 700, "numpy copula", floor["rss"]),
        Line("1 000 000 patients, all columns", "s", whole["wall"]),
        Line("   memory", "MB", whole["rss"]),
        Line("100 000 patients x 60 months", "s", follow["wall"], 1.0),
        Line("   of the processor's time", "s", follow["cpu"]),
        Line("all datasets of the course", "s", course["wall"], 5.0),
    ]  # fmt: skip
    if find_spec("pyarrow"):
        parquet = timed("parquet")
        lines.append(Line("Parquet, 1 000 000 rows x 40", "s", parquet["wall"], 2.0))
    if find_spec("carebundle"):
        peer, ours = 2000 / timed("peer")["wall"], PATIENTS / cohort["wall"]
        lines.append(Line("patients a second", "/s", ours, None, "carebundle", peer))
    return lines


if __name__ == "__main__":
    run("data", __doc__, measure)
