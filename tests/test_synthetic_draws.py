"""Streams, correlated normals, marginals, and writing all or nothing."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from poems_course.content import PoemsError
from poems_course.synthetic import SEED, published, shape, vegf
from poems_course.synthetic.dataset import Dataset, words
from poems_course.synthetic.draws import (
    correlation,
    evened,
    normals,
    pearson,
    repair,
    spearman,
    stream,
)
from poems_course.synthetic.read import read_dataset
from poems_course.synthetic.write import write


def test_streams_are_named_and_do_not_shift_one_another() -> None:
    one = stream(5, "cohort", "block", 0).random(4)
    assert (stream(5, "cohort", "block", 0).random(4) == one).all()
    for other in (stream(5, "cohort", "block", 1), stream(6, "cohort", "block", 0), stream(5, "x")):
        assert not (other.random(4) == one).any()


@pytest.mark.parametrize("rho", [-0.8, -0.3, 0.0, 0.5, 0.9])
def test_spearman_put_in_comes_out_whatever_the_marginal(rho: float) -> None:
    matrix, change = correlation(["a", "b", "c"], {("a", "b"): rho})
    drawn = normals(stream(1, "test"), 60_000, matrix)
    assert change == 0
    assert abs(spearman(np.exp(drawn[0]), drawn[1] ** 3) - rho) < 0.015
    assert abs(spearman(drawn[0], drawn[2])) < 0.015
    assert abs(np.corrcoef(drawn[0], drawn[1])[0, 1] - pearson(rho)) < 0.015


def test_an_impossible_matrix_is_repaired_and_the_change_told() -> None:
    pairs = {("a", "b"): 0.9, ("b", "c"): 0.9, ("a", "c"): -0.9}
    matrix, change = correlation(["a", "b", "c"], pairs)
    assert np.linalg.eigvalsh(matrix)[0] > 0
    assert (np.diag(matrix) == 1).all()
    assert change > 0.2
    assert repair(np.eye(3))[1] == 0


@pytest.mark.parametrize("pair", [("a", "a"), ("a", "nobody")])
def test_a_pair_that_cannot_be_is_refused(pair: tuple[str, str]) -> None:
    with pytest.raises((ValueError, KeyError)):
        correlation(["a", "b"], {pair: 0.5})


def test_evening_keeps_ranks_and_hits_every_share_of_a_small_group() -> None:
    drawn = stream(2, "test").standard_normal((3, 200))
    group = np.repeat([0, 1], [120, 80])
    even = evened(drawn, group, stream(2, "even"))
    for code, size in ((0, 120), (1, 80)):
        own = group == code
        for row, before in zip(even[:, own], drawn[:, own], strict=True):
            assert (np.argsort(row) == np.argsort(before)).all()
            found = shape.present(row, shape.threshold(0.3)).sum()
            assert abs(found - 0.3 * size) <= 1


def test_a_finding_and_its_value_are_one_draw() -> None:
    normal = stream(3, "test").standard_normal(50_000)
    at = shape.threshold(0.2)
    high = shape.hinged(normal, 20.0, at, 0.4, 0.3)
    low = shape.hinged(normal, 20.0, at, -0.4, -0.3)
    assert ((high > 20) == (normal > at)).all()
    assert ((low < 20) == (normal > at)).all()
    assert abs((high > 20).mean() - 0.2) < 0.01


def test_thresholds_of_never_and_always() -> None:
    normal = stream(4, "test").standard_normal(10_000)
    assert shape.present(normal, shape.threshold(0)).sum() == 0
    assert shape.present(normal, shape.threshold(1)).sum() == 10_000
    with pytest.raises(ValueError, match="share"):
        shape.threshold(1.2)


def test_columns_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match="length"):
        Dataset("x", {"a": np.zeros(2), "b": words(["one"])})


@pytest.mark.parametrize("broken", ["replace", "fsync"])
def test_where_writing_fails_the_folder_stays_as_it_was(
    broken: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, [vegf.build(1), published.build(1)], 1)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    honest, calls = getattr(os, broken), 0

    def fails(*arguments: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise OSError(errno.ENOSPC, "No space left on device")
        return honest(*arguments)

    monkeypatch.setattr(os, broken, fails)
    with pytest.raises(PoemsError, match="cannot be written: No space left"):
        write(tmp_path, [vegf.build(2), published.build(2)], 2)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("vegf_pg_ml", "vegf", "unknown column 'vegf'"),
        (",confounder", "", "the column 'confounder' is missing"),
        ("P001,plasma", "P001,blood", "matrix: does not fit its dictionary"),
        ("P001,", "P001,,", "too few or too many values"),
    ],
)
def test_a_table_that_does_not_fit_is_one_line(
    old: str, new: str, said: str, tmp_path: Path
) -> None:
    write(tmp_path, [vegf.build(SEED)], SEED)
    path = tmp_path / "vegf_assays.csv"
    path.write_text(path.read_text("utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PoemsError) as caught:
        read_dataset(tmp_path, "vegf_assays")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(PoemsError, match=r"cohort\.csv: there is no such file"):
        read_dataset(tmp_path, "cohort")
