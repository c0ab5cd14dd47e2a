"""Time to simulate the follow-up of 100 000 patients over 60 months.

python -m benchmarks.followup
"""

from __future__ import annotations

import time

from benchmarks.report import Line, table
from poems_course.synthetic import SEED, followup, treated

PATIENTS, MONTHS, REPEATS = 100_000, 60, 5
PROMISE = 1.0


def measure() -> list[Line]:
    """Patients drawn, and VEGF, M-protein, two nerve scores measured every month: best of five."""
    best = min(_seconds() for _ in range(REPEATS))
    return [Line("follow-up, 100 000 patients x 60 months", "s", best, PROMISE)]


def _seconds() -> float:
    start = time.perf_counter()
    who = treated.people(SEED, PATIENTS)
    for _ in followup.series(who, SEED, MONTHS):
        pass
    return time.perf_counter() - start


if __name__ == "__main__":
    print(table(measure()))
