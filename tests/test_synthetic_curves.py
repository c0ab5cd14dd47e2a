"""Electrophoresis, nerve conduction and traces: checks pass, and every planted fault is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from poems_course.synthetic import (
    SEED,
    electrophoresis,
    electrophoresis_curves,
    nerve_conduction,
    quantities,
    waveforms,
)
from poems_course.synthetic.checks import Tables, checks, grade
from poems_course.synthetic.dataset import Dataset, Words
from poems_course.synthetic.write import write

OWN: dict[str, ModuleType] = {
    "electrophoresis": electrophoresis,
    "electrophoresis_curves": electrophoresis_curves,
    "nerve_conduction": nerve_conduction,
    "waveforms": waveforms,
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("data")
    write(made, [module.build(SEED) for module in OWN.values()], SEED)
    return made


def failed(tables: Tables, *ids: str) -> set[str]:
    chosen = [each for each in checks() if each.id in ids or (not ids and each.dataset in OWN)]
    return {each.check.id for each in grade(tables, chosen) if not each.outcome.passed}


def test_every_check_of_these_tables_passes(folder: Path) -> None:
    assert failed(Tables(folder)) == set()


@pytest.mark.parametrize("name", OWN)
def test_the_same_seed_gives_the_same_bytes_and_another_does_not(
    name: str, folder: Path, tmp_path: Path
) -> None:
    again = write(tmp_path / "again", [OWN[name].build(SEED)], SEED)[0].read_bytes()
    other = write(tmp_path / "other", [OWN[name].build(SEED + 1)], SEED + 1)[0].read_bytes()
    assert (folder / f"{name}.csv").read_bytes() == again != other


@pytest.mark.parametrize("name", OWN)
def test_a_negative_seed_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="non-negative"):
        OWN[name].build(-1)


@pytest.mark.parametrize("name", OWN)
def test_every_row_says_that_it_is_synthetic(name: str, folder: Path) -> None:
    lines = (folder / f"{name}.csv").read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 10_001
    assert all(line.endswith(",yes") for line in lines[1:])


# What ships, with one thing broken in it.


def _set(column: str, rows: slice, value: float) -> Callable[[Dataset], Dataset]:
    def broken(table: Dataset) -> Dataset:
        values = table.columns[column]
        assert not isinstance(values, Words)
        values = values.copy()
        values[rows] = value
        return replace(table, columns=table.columns | {column: values})

    return broken


def _times(column: str, factor: float) -> Callable[[Dataset], Dataset]:
    def broken(table: Dataset) -> Dataset:
        return replace(table, columns=table.columns | {column: table.numbers(column) * factor})

    return broken


def _rolled(column: str, places: int) -> Callable[[Dataset], Dataset]:
    def broken(table: Dataset) -> Dataset:
        values = np.roll(table.numbers(column), places)
        return replace(table, columns=table.columns | {column: values})

    return broken


def _sorted_by_diagnosis(table: Dataset) -> Dataset:
    diagnosis = table.text("diagnosis")
    codes = Words(np.sort(diagnosis.codes), diagnosis.labels)
    return replace(table, columns=table.columns | {"diagnosis": codes})


# fmt: off
FAULTS = {
    "ratio turned over": ("electrophoresis", _times("ratio", 2), "gel-ratio-computed"),
    "two heavy lanes": ("electrophoresis", _set("lane_m", slice(None), 1), "gel-lanes"),
    "band lost": ("electrophoresis", _set("immunofixation", slice(None), 0), "gel-spike-has-band"),
    "another's curve": ("electrophoresis_curves", _rolled("density", 200), "gel-curve-agrees"),
    "spikes everywhere": ("electrophoresis", _set("spike", slice(None), 1), "gel-shipped-hidden"),
    "index of another": ("nerve_conduction", _rolled("terminal_latency_index", 9),
                         "nerve-index-computed"),
    "velocity in km/h": ("nerve_conduction", _times("velocity", 3.6), "nerve-velocity-computed"),
    "block everywhere": ("nerve_conduction", _set("block", slice(None), 1),
                         "nerve-signs-computed"),
    "absent yet measured": ("nerve_conduction", _set("absent", slice(0, 90), 1),
                            "nerve-absent-empty"),
    "index too low": ("nerve_conduction", _set("terminal_latency_index", slice(None), 0.3),
                      "nerve-shipped-index"),
    "trace halved": ("waveforms", _times("potential", 0.5), "nerve-trace-peak"),
    "trace too early": ("waveforms", _rolled("potential", -20), "nerve-trace-onset"),
    "trace upside down": ("waveforms", _times("potential", -1), "nerve-trace-duration"),
    "gel in order": ("electrophoresis", _sorted_by_diagnosis, "leak-electrophoresis"),
    "nerves in order": ("nerve_conduction", _sorted_by_diagnosis, "leak-nerve_conduction"),
}
# fmt: on


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_told(fault: str, folder: Path) -> None:
    name, broken, told = FAULTS[fault]
    tables = Tables(folder)
    tables._shipped[name] = broken(tables.shipped(name))
    assert told in failed(tables, told)


# The generators, with one number of their models wrong.


@pytest.mark.parametrize(
    ("model", "name", "case", "value", "told"),
    [
        ("electrophoresis", "large", "POEMS", 0.7, "gel-electrophoresis"),
        ("electrophoresis", "lambda", "POEMS", 0.4, "gel-lambda"),
        ("electrophoresis", "clone_effect_spread", "POEMS", 1.5, "gel-ratio"),
        ("electrophoresis", "kappa", "healthy", 16.0, "gel-healthy-ratio"),
        ("nerve_conduction", "index_poems", "median", 0.33, "nerve-tli-shanghai-poems"),
        ("nerve_conduction", "index_cidp", "median", 0.42, "nerve-tli-shanghai-cidp"),
        ("nerve_conduction", "velocity_poems", "ulnar", 50.0, "nerve-ulnar-velocity"),
        ("nerve_conduction", "velocity_poems", "tibial", 55.0, "nerve-motor-slow"),
        ("nerve_conduction", "block", "CIDP", 0.01, "nerve-block-cidp"),
    ],
)
def test_a_generator_broken_on_purpose_fails(
    model: str,
    name: str,
    case: str,
    value: float,
    told: str,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known = quantities.quantities(model)
    wrong = quantities.cases(model, name) | {case: value}
    monkeypatch.setitem(known, name, replace(known[name], value=wrong))
    assert failed(Tables(folder), told) == {told}


# The curves.


def test_the_area_of_a_curve_is_total_protein() -> None:
    who = electrophoresis.people(SEED)
    parts = ("albumin", "alpha1", "alpha2", "beta1", "beta2", "gamma", "size")
    total = sum(who[name] for name in parts)
    assert electrophoresis.curves(who).mean(axis=1) == pytest.approx(total, abs=0.02)


def test_no_curve_without_an_m_protein_is_sharp_among_thousands() -> None:
    who = electrophoresis.people(SEED, 8_000)
    sharp = electrophoresis.sharpness(electrophoresis.curves(who))
    limit = quantities.number("electrophoresis", "sharp")
    assert sharp[who["size"] == 0].max() < limit
    assert (sharp[who["size"] >= 0.5] > limit).all()


def test_poems_has_kappa_exceptions_and_they_ship() -> None:
    table = electrophoresis.build(SEED)
    kappa = table.numbers("lane_kappa")[table.text("diagnosis") == "POEMS"]
    assert 1 <= kappa.sum() <= 12


def test_the_same_units_spread_over_time_add_up_to_less() -> None:
    rng = np.random.default_rng(1)
    arrivals, sizes = np.sort(rng.random(30)), np.ones(30)
    at = np.arange(0, 60, 0.1)
    short, long = (waveforms.response(arrivals, sizes, 4.5, lasts, at) for lasts in (6, 12))
    assert long.max() < short.max()
    assert waveforms.negative_for(short, 0.1) == pytest.approx(6, abs=0.3)
    assert waveforms.negative_for(long, 0.1) == pytest.approx(12, abs=2)


def test_a_trace_begins_at_its_latency() -> None:
    at = np.arange(0, 20, 0.25) - 4.0
    trace = waveforms.response(np.linspace(0, 1, 30), np.ones(30), 4.5, 6, at)
    assert (trace[at <= 0] == 0).all()
    assert trace[at > 0.5][0] > 0


@pytest.mark.parametrize("faulty", ["number", "cases"])
def test_a_quantity_is_one_number_or_has_cases(faulty: str) -> None:
    with pytest.raises(TypeError):
        getattr(quantities, faulty)(
            "electrophoresis", "place" if faulty == "number" else "spike_width"
        )


def test_a_quantity_without_fact_and_assumption_is_refused() -> None:
    with pytest.raises(ValueError, match="facts or an assumption"):
        quantities.Quantity("x", 1.0, "g")


def test_every_fact_behind_a_model_exists() -> None:
    from poems_course.evidence import fact

    for model in ("followup", "survival", "electrophoresis", "nerve_conduction", "waveforms"):
        for each in quantities.quantities(model).values():
            assert all(fact(name) for name in each.facts)
