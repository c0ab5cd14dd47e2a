"""Follow-up and survival: what is built passes its checks, and every planted fault is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from poems_course.synthetic import SEED, followup, quantities, survival, timecourse, treated
from poems_course.synthetic.checks import Tables, checks, draw, grade
from poems_course.synthetic.checks import survival as survival_checks
from poems_course.synthetic.checks.targets import targets
from poems_course.synthetic.dataset import Dataset, Words
from poems_course.synthetic.write import write

OWN = ("followup", "survival")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("data")
    write(made, [followup.build(SEED), survival.build(SEED)], SEED)
    return made


@pytest.fixture
def afresh() -> Iterator[None]:
    """Draws that a check keeps are drawn anew, before and after."""
    kept = (draw._people, draw._found, survival._scales, survival_checks._ratios)
    for cached in kept:
        cached.cache_clear()
    yield
    for cached in kept:
        cached.cache_clear()


def failed(tables: Tables, *ids: str) -> set[str]:
    chosen = [each for each in checks() if each.id in ids or (not ids and each.dataset in OWN)]
    return {each.check.id for each in grade(tables, chosen) if not each.outcome.passed}


def test_every_check_of_follow_up_and_survival_passes(folder: Path) -> None:
    assert failed(Tables(folder)) == set()


def test_every_declared_target_is_measured_by_one_check() -> None:
    assert set(targets()) <= {each.id for each in checks()}
    for each in checks():
        if each.id in targets():
            assert each.grade == targets()[each.id].grade
            assert each.source == targets()[each.id].fact


def test_the_same_seed_gives_the_same_bytes_and_another_does_not(
    folder: Path, tmp_path: Path
) -> None:
    for name in OWN:
        build = {"followup": followup.build, "survival": survival.build}[name]
        again = write(tmp_path / "again", [build(SEED)], SEED)[0].read_bytes()
        other = write(tmp_path / "other", [build(SEED + 1)], SEED + 1)[0].read_bytes()
        assert (folder / f"{name}.csv").read_bytes() == again != other


@pytest.mark.parametrize("build", [followup.build, survival.build])
def test_a_negative_seed_is_refused(build: Callable[[int], Dataset]) -> None:
    with pytest.raises(ValueError, match="non-negative"):
        build(-1)


# What ships, with one thing broken in it.


def _swap(column: str, rows: slice, value: float) -> Callable[[Dataset], Dataset]:
    def broken(table: Dataset) -> Dataset:
        values = table.columns[column]
        assert not isinstance(values, Words)
        values = values.copy()
        values[rows] = value
        return replace(table, columns=table.columns | {column: values})

    return broken


# fmt: off
FAULTS = {
    "a month twice": ("followup", _swap("month", slice(5, 6), 4), "followup-rows"),
    "relapse forgotten": ("followup", _swap("clinical_relapse", slice(60, None, 61), 0),
                          "followup-relapse-stays"),
    "serum in all": ("followup", _swap("serum_vegf", slice(None), 3000), "followup-one-matrix"),
    "alarm not computed": ("followup", _swap("vegf_alarm", slice(None), 0),
                           "followup-alarm-computed"),
    "VEGF ten times too low": ("followup", _swap("serum_vegf", slice(0, None, 61), 354),
                               "followup-shipped-median"),
    "eGFR and its flag apart": ("survival", _swap("egfr", slice(0, 40), 20), "survival-computed"),
    "seen after the end": ("survival", _swap("months", slice(0, 400, 20), 540), "survival-time"),
    "everybody dies at once": ("survival", _swap("months", slice(None), 1),
                               "survival-shipped-london"),
}
# fmt: on


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_told(fault: str, folder: Path) -> None:
    name, broken, told = FAULTS[fault]
    tables = Tables(folder)
    tables._shipped[name] = broken(tables.shipped(name))
    assert told in failed(tables, told)


# The generator, with one number of its model wrong.


@pytest.mark.usefixtures("afresh")
@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("clone_half_life", 3.0, "followup-plateau"),
        ("assay_error", 0.4, "followup-specificity"),
        ("nis_half_time", 90.0, "followup-nis-12"),
        ("lead", {"mean": 20.0, "spread": 1.0}, "followup-sensitivity"),
        ("lead", {"mean": -10.0, "spread": 1.0}, "followup-relapse-order"),
        ("m_half_life", {"IgA": 0.01, "IgG": 0.01}, "followup-lag"),
        ("plateau", {"serum": 400, "plasma": 150}, "followup-plasma-after"),
        ("relapse_ever", {"complete": 1.0, "partial": 1.0, "none": 1.0}, "followup-progressed"),
    ],
)
def test_a_generator_broken_on_purpose_fails(
    name: str,
    value: float | dict[str, float],
    told: str,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    model = quantities.quantities("followup")
    monkeypatch.setitem(model, name, replace(model[name], value=value))
    assert failed(Tables(folder), told) == {told}


@pytest.mark.usefixtures("afresh")
@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("shape", 0.4, "survival-mayo-10y"),
        (
            "hazard_ratio",
            dict.fromkeys(survival.FACTORS, 1.0),
            "survival-concordance",
        ),
        ("fluid_goes_together", -0.5, "survival-hypertension-effusion"),
    ],
)
def test_a_broken_survival_model_fails(
    name: str,
    value: float | dict[str, float],
    told: str,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    model = quantities.quantities("survival")
    monkeypatch.setitem(model, name, replace(model[name], value=value))
    assert failed(Tables(folder), told) == {told}


# The curves, against what they solve.


@pytest.mark.parametrize(("clone", "protein"), [(0.75, 0.69), (0.75, 0.194), (0.7, 0.7), (30, 0.1)])
def test_the_m_protein_solves_its_equation(clone: float, protein: float) -> None:
    months = np.linspace(0, 12, 24_001)
    k, out = np.log(2) / clone, np.log(2) / protein
    step, m, solved = months[1], 1.0, []
    for month in months:
        solved.append(m)
        middle = m + step / 2 * out * (np.exp(-k * month) - m)
        m += step * out * (np.exp(-k * (month + step / 2)) - middle)
    column = np.array([[clone]])
    left = timecourse.halved(months[None, :], column)
    found = timecourse.cleared(left, months[None, :], column, np.array([[protein]]))
    assert np.abs(found[0] - solved).max() < 2e-3


def test_without_a_clone_the_m_protein_halves_in_its_half_life() -> None:
    months = np.array([[0.0, 0.7]])
    gone = np.array([[1e-4]])
    left = timecourse.halved(months, gone)
    found = timecourse.cleared(left, months, gone, np.array([[0.7]]))
    assert found[0, 1] == pytest.approx(0.5, abs=1e-3)


def test_regrowth_passes_one_at_its_start_and_doubles_after_it() -> None:
    months, start = np.array([[10.0, 13.0, 16.0]]), np.array([[10.0]])
    assert timecourse.doubled(months, start, np.array([[3.0]]))[0] == pytest.approx([1, 2, 4])
    never = timecourse.doubled(months, np.array([[np.inf]]), np.array([[3.0]]))
    assert never.max() < 1e-9


def test_nothing_is_lost_before_relapse_and_half_after_the_half_time() -> None:
    months = np.array([[0.0, 12.0, 21.0]])
    assert timecourse.loss(months, np.array([[12.0]]), 9.0)[0] == pytest.approx([0, 0, 0.5])


def test_vegf_passes_the_alarm_in_the_month_of_its_rise() -> None:
    who = treated.people(SEED, 400)
    soon = who.some((who.rises < 50) & (who.vegf > 3 * who.vegf_plateau) & (who.rises > 12))
    alarm = np.maximum(soon.vegf_limit, 1.5 * soon.vegf_plateau)
    for row in range(len(soon)):
        one, at = soon.some(slice(row, row + 1)), soon.rises[row]
        value = followup.vegf_course(one, np.array([[0.0, at, at + 60.0]]))[0, 1]
        assert value == pytest.approx(alarm[row], rel=0.01)


def test_an_alarm_needs_the_limit_the_rise_and_a_sample() -> None:
    def rang(*values: float) -> bool:
        vegf = np.full((1, 25), 400.0)
        vegf[0, [6, 12, 18, 24]] = values
        return bool(followup.alarms(vegf, np.array([1000.0])).any())

    assert rang(400, 400, 400, 1200)
    assert not rang(400, 400, 400, 900)  # below the limit
    assert not rang(1100, 1200, 1300, 1400)  # no rise by half
    assert not rang(400, 400, 400, np.nan)
    assert rang(np.nan, 400, np.nan, 1200)


def test_small_tables_are_double_precision_and_free_of_chance_in_their_shares() -> None:
    who = treated.people(SEED, 120)
    assert who.vegf.dtype == np.float64
    assert np.bincount(who.therapy).tolist() == [42, 24, 30, 24]
    transplanted = who.response[who.therapy == 0]
    assert abs(np.mean(transplanted == 0) - 0.662) < 1 / 42


def test_chunks_do_not_change_a_patient(monkeypatch: pytest.MonkeyPatch) -> None:
    who = treated.people(SEED, 300)
    monkeypatch.setattr(followup, "_CHUNK", 150)
    parts = list(followup.series(who, SEED, 60))
    assert [len(part["vegf"]) for part in parts] == [150, 150]
    alone = followup.measured(who.some(slice(0, 150)), SEED, 60)
    assert np.array_equal(alone["vegf"], parts[0]["vegf"])


# The statistics of survival, against numbers worked out by hand.


def test_kaplan_meier_by_hand() -> None:
    months, died = np.array([1.0, 2, 2, 3, 4]), np.array([1.0, 1, 0, 1, 0])
    assert survival_checks.kaplan_meier(months, died, 2) == pytest.approx(4 / 5 * 3 / 4)
    assert survival_checks.kaplan_meier(months, died, 3) == pytest.approx(4 / 5 * 3 / 4 / 2)


def test_cox_recovers_a_known_ratio_and_concordance_its_ends() -> None:
    rng = np.random.default_rng(1)
    factor = rng.integers(0, 2, 20_000)
    months = rng.exponential(1 / 3.0**factor)
    ratio = np.exp(survival_checks.cox(months, np.ones_like(months), factor[:, None]))
    assert ratio[0] == pytest.approx(3.0, rel=0.05)
    times, all_died = np.array([1.0, 2, 3]), np.ones(3)
    assert survival_checks.concordance(times, all_died, -times) == 1
    assert survival_checks.concordance(times, all_died, times) == 0
    assert survival_checks.concordance(times, all_died, np.zeros(3)) == 0.5
