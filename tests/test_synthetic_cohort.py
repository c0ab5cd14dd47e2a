"""The cohort and its checks: what ships passes, and every planted fault is told."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from poems_course.content import PoemsError
from poems_course.synthetic import BUILDERS, SEED, cohort, course_data, panel, parameters
from poems_course.synthetic.checks import Tables, checks, grade
from poems_course.synthetic.checks.files import luhn
from poems_course.synthetic.dataset import Dataset, Words, words
from poems_course.synthetic.forms import forms
from poems_course.synthetic.schema import schema
from poems_course.synthetic.write import write

DATA = Path(__file__).parent.parent / "data"
OWN = ("all", "cohort", "vegf_assays", "endocrine_panel", "published_cohorts")


@pytest.fixture(scope="module")
def tables() -> Tables:
    return Tables(DATA)


def test_every_check_of_these_tables_passes(tables: Tables) -> None:
    graded = grade(tables, [each for each in checks() if each.dataset in OWN])
    assert [(g.check.id, g.outcome.got) for g in graded if not g.outcome.passed] == []


def test_there_are_enough_checks_and_a_third_grade_out_of_sample() -> None:
    grades = [each.grade for each in checks()]
    assert len(grades) >= 80
    assert grades.count("out_of_sample") * 3 >= len(grades)


def test_the_same_seed_gives_the_same_bytes_and_another_does_not(tmp_path: Path) -> None:
    paths = [
        write(tmp_path / name, [cohort.build(seed)], seed)[0]
        for name, seed in (("a", SEED), ("b", SEED), ("c", 1))
    ]
    one, again, other = (path.read_bytes() for path in paths)
    assert one == again == (DATA / "cohort.csv").read_bytes()
    assert one != other


@pytest.mark.parametrize("name", BUILDERS)
def test_files_fit_the_schema_made_from_the_dictionary(name: str) -> None:
    pandas = pytest.importorskip("pandas")
    errors = pytest.importorskip("pandera.errors")
    frame = pandas.read_csv(DATA / f"{name}.csv", keep_default_na=False, na_values=[""])
    schema(name).validate(frame)
    wrong = frame.rename(columns={frame.columns[0]: "somebody"})
    with pytest.raises((errors.SchemaError, errors.SchemaErrors), match="somebody"):
        schema(name).validate(wrong)


def test_a_value_beyond_its_limit_does_not_fit_the_schema() -> None:
    pandas = pytest.importorskip("pandas")
    errors = pytest.importorskip("pandera.errors")
    frame = pandas.read_csv(DATA / "cohort.csv", keep_default_na=False, na_values=[""])
    frame.loc[0, "haemoglobin_g_per_dl"] = 900.0
    with pytest.raises((errors.SchemaError, errors.SchemaErrors), match="haemoglobin"):
        schema("cohort").validate(frame)


# Faults in the tables: each must fail the check that is there for it.
def _column(name: str, change: Callable[[np.ndarray[Any, Any]], np.ndarray[Any, Any]]) -> Any:
    def spoil(table: Dataset) -> Dataset:
        return Dataset(table.name, table.columns | {name: change(table.numbers(name))})

    return spoil


def _sorted(table: Dataset) -> Dataset:
    order = np.argsort(table.text("diagnosis").codes, kind="stable")
    moved = {
        name: Words(column.codes[order], column.labels)
        if isinstance(column, Words)
        else column[order]
        for name, column in table.columns.items()
    }
    return Dataset(table.name, moved)


def _gap_by_diagnosis(table: Dataset) -> Dataset:
    columns = dict(table.columns)
    for name in ("vegf_serum_pg_ml", "prolactin_ng_per_ml", "il6_pg_per_ml"):
        value = table.numbers(name)
        value[~(table.text("diagnosis") == "POEMS")] = np.nan
        columns[name] = value
    return Dataset(table.name, columns)


def _unmarked(table: Dataset) -> Dataset:
    marks = words(["no", *["yes"] * (table.rows - 1)], ("yes", "no"))
    return Dataset(table.name, table.columns | {"synthetic": marks})


def _first(value: float) -> Callable[[np.ndarray[Any, Any]], np.ndarray[Any, Any]]:
    return lambda column: np.concatenate([[value], column[1:]])


SPOILT = {
    "a ratio": ("id-computed", _column("free_light_chain_ratio", _first(0.5))),
    "a flag": ("id-computed", _column("thrombocytosis", lambda c: 1 - c)),
    "a limit": ("id-files", _column("haemoglobin_g_per_dl", _first(99.0))),
    "decimals": ("id-files", _column("haemoglobin_g_per_dl", _first(14.1234))),
    "a number twice": ("id-files", _column("patient", _first(2.0))),
    "a mark": ("id-files", _unmarked),
    "order": ("leak-order", _sorted),
    "gaps": ("leak-gap-count", _gap_by_diagnosis),
    "gaps apart": ("id-gaps", _gap_by_diagnosis),
    "a spike alone": ("id-clone", _column("spike_on_electrophoresis", lambda c: c * 0 + 1)),
    "men": ("id-gynaecomastia", _column("gynaecomastia", lambda c: c * 0 + 1)),
    "healthy ill": ("criteria-healthy", _column("polyneuropathy", lambda c: c * 0 + 1)),
    "haematocrit": ("id-haematocrit", _column("haematocrit_percent", lambda c: c * 0 + 60)),
    "castleman": ("cal-major", _column("castleman", lambda c: c * 0 + 1)),
    "platelets": ("cal-platelets", _column("platelets_10e9_per_l", lambda c: c * 0.8)),
    "delay": ("cal-delay", _column("delay_months", lambda c: c * 1.7)),
}


@pytest.mark.parametrize("fault", SPOILT)
def test_a_spoilt_table_fails_its_check(fault: str, tables: Tables) -> None:
    id, spoil = SPOILT[fault]
    spoilt = Tables(DATA)
    spoilt._large = tables._large
    spoilt._shipped = tables._shipped | {"cohort": spoil(tables.shipped("cohort"))}
    if id == "criteria-healthy":
        healthy = spoilt._shipped["cohort"]
        ones = np.ones(healthy.rows)
        signs = ("oedema", "hepatomegaly", "hyperpigmentation")
        spoilt._shipped["cohort"] = Dataset("cohort", healthy.columns | dict.fromkeys(signs, ones))
    (graded,) = grade(spoilt, [each for each in checks() if each.id == id])
    assert not graded.outcome.passed, graded.outcome.got


# Faults in the generator.
@pytest.fixture
def clean() -> Iterator[None]:
    yield
    for cached in (panel.table, cohort.latent, cohort._thresholds, cohort._steps):
        cached.cache_clear()


def _finding(name: str, share: float) -> Callable[[pytest.MonkeyPatch], None]:
    def plant(patch: pytest.MonkeyPatch) -> None:
        entry = parameters.findings()[name]
        spoilt = dataclasses.replace(entry, share=entry.share | {"poems": share})
        patch.setitem(parameters.findings(), name, spoilt)

    return plant


def _laboratory(name: str, **changed: Any) -> Callable[[pytest.MonkeyPatch], None]:
    def plant(patch: pytest.MonkeyPatch) -> None:
        entry = dataclasses.replace(parameters.laboratory()[name], **changed)
        patch.setitem(parameters.laboratory(), name, entry)

    return plant


def _independent(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(cohort, "_pairs", dict)


def _no_gaps(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(cohort, "_blank", lambda found, not_done: None)


BROKEN = {
    "castleman": ("cal-major", _finding("castleman", 0.6)),
    "papilloedema": ("oos-papilloedema", _finding("papilloedema", 0.2)),
    "organs": ("cal-organomegaly", _finding("hepatomegaly", 0.2)),
    "platelets": (
        "oos-platelets-poems",
        _laboratory("platelets_10e9_per_l", median={"poems": 330.0, "cidp": 275.0}),
    ),
    "plasma": (
        "oos-plasma-200",
        _laboratory("vegf_plasma_pg_ml", median={"default": 75.0}, spread={"default": 0.6}),
    ),
    "prolactin": (
        "cal-glands",
        _laboratory("prolactin_ng_per_ml", beyond={"default": 0.04}),
    ),
    "independence": ("id-dependence", _independent),
    "no gaps": ("id-gap-shares", _no_gaps),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_generator_broken_on_purpose_fails(
    fault: str, tables: Tables, monkeypatch: pytest.MonkeyPatch, clean: None
) -> None:
    id, plant = BROKEN[fault]
    with monkeypatch.context() as patch:
        plant(patch)
        for cached in (panel.table, cohort.latent, cohort._thresholds, cohort._steps):
            cached.cache_clear()
        spoilt = Tables(DATA)
        spoilt._shipped = dict(tables._shipped)
        spoilt._large = {("cohort", 40_000): cohort.build(SEED + 1, 12_000)}
        (graded,) = grade(spoilt, [each for each in checks() if each.id == id])
    assert not graded.outcome.passed, graded.outcome.got


def test_a_kept_fact_in_the_model_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from poems_course.synthetic.checks import files

    for path in files.FOLDER.glob("*.toml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "findings.toml").write_text('[x]\nfacts = {poems = "f-plt-shi"}\n', "utf-8")
    monkeypatch.setattr(files, "FOLDER", tmp_path)
    (graded,) = grade(Tables(DATA), [each for each in checks() if each.id == "id-held-out"])
    assert not graded.outcome.passed
    assert "f-plt-shi" in graded.outcome.got


def test_loinc_check_digits() -> None:
    assert luhn("36916-5")
    assert luhn("48378-4")
    assert not luhn("33944-8")  # seen in public code, and wrong
    assert not luhn("LAB174")


def test_forms_keep_unknown_unknown(tables: Tables) -> None:
    table = tables.shipped("cohort")
    for form, papilloedema in zip(forms(table), table.numbers("papilloedema"), strict=True):
        assert (form.papilloedema is None) == bool(np.isnan(papilloedema))
    assert all(form.synthetic for form in forms(table))


def test_large_cohorts_of_chosen_columns() -> None:
    some = cohort.build(1, 20_000, ["egfr_ml_per_min", "thrombocytosis"])
    assert list(some.columns) == [
        "patient", "diagnosis", "thrombocytosis", "egfr_ml_per_min", "synthetic"
    ]  # fmt: skip
    assert some.rows == 20_000
    with pytest.raises(PoemsError, match="did you mean age_years"):
        cohort.build(1, 20_000, ["age_year"])


@pytest.mark.parametrize(("seed", "patients"), [(-1, 100), (1, 5), (1, 10**9)])
def test_a_seed_or_size_that_cannot_be_used_is_refused(seed: int, patients: int) -> None:
    with pytest.raises(PoemsError):
        course_data.large_cohort(seed, patients)


def test_parquet_above_ten_thousand_rows(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    path, _ = write(tmp_path, [cohort.build(1, 10_020, ["papilloedema", "sex"])], 1)
    table = parquet.read_table(path)
    assert path.suffix == ".parquet"
    assert table.num_rows == 10_020
    gaps = table.column("papilloedema").null_count
    assert 0.17 < gaps / table.num_rows < 0.23
