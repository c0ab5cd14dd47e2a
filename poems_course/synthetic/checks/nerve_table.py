"""Checks of nerve conduction as it ships: what is computed follows from what is printed."""

from __future__ import annotations

import numpy as np

from poems_course.synthetic.checks.registry import Outcome, check
from poems_course.synthetic.checks.tables import Tables
from poems_course.synthetic.dataset import Dataset
from poems_course.synthetic.draws import Array
from poems_course.synthetic.quantities import number


def _pairs(table: Dataset) -> tuple[Array, Array]:
    """Rows of distal and of proximal stimulation of the same motor nerves."""
    motor = table.text("study") == "motor"
    ends = [motor & (table.text("stimulation") == end) for end in ("distal", "proximal")]
    keys = [table.numbers("patient") * 10 + table.text("nerve").codes for _ in ends]
    one, other = (
        np.flatnonzero(end)[np.argsort(key[end])] for end, key in zip(ends, keys, strict=True)
    )
    return one, other


@check(
    "nerve-index-computed",
    "identity",
    "nerve_conduction",
    "terminal latency index = distal distance / (velocity x distal latency)",
    "no exception",
)
def _computed(tables: Tables) -> Outcome:
    table = tables.shipped("nerve_conduction")
    near, far = _pairs(table)
    again = table.numbers("distance")[near] / (
        table.numbers("velocity")[far] * table.numbers("latency")[near]
    )
    printed = table.numbers("terminal_latency_index")[near]
    wrong = ~((np.abs(again - printed) <= 0.0051) | (np.isnan(again) & np.isnan(printed)))
    return Outcome(f"{int(wrong.sum())} exceptions of {len(near)}", not wrong.any())


@check(
    "nerve-velocity-computed",
    "identity",
    "nerve_conduction",
    "velocity = distance of the segment / difference of its two latencies",
    "no exception",
)
def _velocity(tables: Tables) -> Outcome:
    table = tables.shipped("nerve_conduction")
    near, far = _pairs(table)
    time = table.numbers("latency")[far] - table.numbers("latency")[near]
    apart = np.abs(table.numbers("distance")[far] / time - table.numbers("velocity")[far])
    wrong = int((apart > 0.06).sum())
    return Outcome(f"{wrong} exceptions of {len(near)}", wrong == 0)


@check(
    "nerve-signs-computed",
    "identity",
    "nerve_conduction",
    "block and dispersion follow from the two amplitudes and the two durations",
    "no exception",
)
def _signs(tables: Tables) -> Outcome:
    table = tables.shipped("nerve_conduction")
    near, far = _pairs(table)
    wrong = 0
    for sign, what, limit, below in (
        ("block", "cmap", number("nerve_conduction", "block_from"), True),
        ("dispersion", "duration", number("nerve_conduction", "dispersion_from"), False),
    ):
        share = table.numbers(what)[far] / table.numbers(what)[near]
        told = table.numbers(sign)[far]
        known = ~np.isnan(share)
        expected = share < limit if below else share > limit
        wrong += int((expected[known] != (told[known] == 1)).sum())
        wrong += int((known == np.isnan(told)).sum())
    return Outcome(f"{wrong} exceptions", wrong == 0)


@check(
    "nerve-absent-empty",
    "identity",
    "nerve_conduction",
    "an absent response has no latency, amplitude, duration or velocity",
    "no exception",
)
def _absent(tables: Tables) -> Outcome:
    table = tables.shipped("nerve_conduction")
    gone = table.numbers("absent") == 1
    filled = ~np.isnan(table.numbers("latency"))
    for name in ("cmap", "snap"):
        filled |= ~np.isnan(table.numbers(name))
    return Outcome(f"{int((gone & filled).sum())} exceptions", bool((gone != filled).all()))


@check(
    "nerve-shipped-index",
    "calibration",
    "nerve_conduction",
    "index of the median nerve, POEMS less CIDP, medians of the table that ships",
    "0.05 to 0.14 (0.42 less 0.33)",
    "n-dml-tli",
)
def _shipped(tables: Tables) -> Outcome:
    table = tables.shipped("nerve_conduction")
    index = table.numbers("terminal_latency_index")
    median = table.text("nerve") == "median"
    one, other = (
        np.nanmedian(index[median & (table.text("diagnosis") == each)])
        for each in ("POEMS", "CIDP")
    )
    return Outcome(f"{one - other:.2f}", 0.05 <= one - other <= 0.14)
