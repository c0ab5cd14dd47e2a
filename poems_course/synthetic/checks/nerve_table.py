"""Checks of nerve conduction as it ships: what is computed follows from what is printed."""

from __future__ import annotations

import numpy as np

from poems_course.synthetic import waveforms
from poems_course.synthetic.checks.registry import Outcome, check
from poems_course.synthetic.checks.tables import Tables
from poems_course.synthetic.dataset import Dataset
from poems_course.synthetic.draws import Array
from poems_course.synthetic.quantities import number

_BASELINE = 0.05  # mV: five standard deviations of the noise


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


def _traces(tables: Tables) -> tuple[Array, dict[str, Array]]:
    """Each trace, and what the table prints of the same stimulation."""
    traces, table = tables.shipped("waveforms"), tables.shipped("nerve_conduction")
    points = len(waveforms.times())
    found = traces.numbers("potential").reshape(-1, points)
    places = {}
    keys = (table.text(name).texts() for name in ("study", "nerve", "stimulation"))
    for row, (patient, study, *place) in enumerate(
        zip(table.numbers("patient").astype(int).tolist(), *keys, strict=True)
    ):
        places[patient, study, *place] = row
    own = zip(
        traces.numbers("patient").astype(int)[::points].tolist(),
        traces.text("nerve").texts()[::points],
        traces.text("stimulation").texts()[::points],
        strict=True,
    )
    rows = np.array([places[patient, "motor", *place] for patient, *place in own])
    return found, {name: table.numbers(name)[rows] for name in ("latency", "cmap", "duration")}


@check(
    "nerve-trace-peak",
    "identity",
    "waveforms",
    "the peak of each trace is the amplitude of the table, within 0.1 mV",
    "no exception",
)
def _trace_peak(tables: Tables) -> Outcome:
    found, printed = _traces(tables)
    wrong = int((np.abs(found.max(axis=1) - printed["cmap"]) > 0.1).sum())
    return Outcome(f"{wrong} exceptions of {len(found)}", wrong == 0)


@check(
    "nerve-trace-onset",
    "identity",
    "waveforms",
    "no trace leaves the baseline before the latency of the table, each within 1.5 ms after it",
    "no exception",
)
def _trace_onset(tables: Tables) -> Outcome:
    found, printed = _traces(tables)
    onset = waveforms.times()[(np.abs(found) > _BASELINE).argmax(axis=1)]
    late = onset - printed["latency"]
    large = printed["cmap"] >= 1
    wrong = int((late < -0.3).sum() + (late[large] > 1.5).sum())
    return Outcome(f"{wrong} exceptions of {len(found)}", wrong == 0)


@check(
    "nerve-trace-duration",
    "identity",
    "waveforms",
    "the negative part of each trace from 1 mV lasts as the table says, within half or 3 ms",
    "no exception",
)
def _trace_duration(tables: Tables) -> Outcome:
    found, printed = _traces(tables)
    step = float(waveforms.times()[1])
    wrong = 0
    for trace, latency, lasts, peak in zip(
        found, printed["latency"], printed["duration"], printed["cmap"], strict=True
    ):
        up = np.flatnonzero(trace > _BASELINE + waveforms.FLAT * peak) * step
        if peak >= 1:
            wrong += int(abs(up[-1] - latency - lasts) > max(3, lasts / 2))
    return Outcome(f"{wrong} exceptions of {int((printed['cmap'] >= 1).sum())}", wrong == 0)
