"""Writing datasets: all of them or none.

Everything is written to a folder aside, within the target's own, and moved into place at the end.
CSV up to 10 000 rows, Parquet above, and datapackage.json from the dictionary.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from poems_course.content import PoemsError
from poems_course.synthetic.dataset import Column, Dataset, Words
from poems_course.synthetic.dictionary import cards, fields, resource

CSV_ROWS = 10_000
PACKAGE = "datapackage.json"


def write(folder: Path, datasets: Sequence[Dataset], seed: int) -> list[Path]:
    """Writes the *datasets* and datapackage.json into *folder*; the paths, in order.

    Raises PoemsError, with nothing changed in the folder, where it cannot be done.
    """
    aside = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=".writing-", dir=folder))
        files = [_write_one(aside, dataset) for dataset in datasets]
        package = aside / PACKAGE
        _save(package, json.dumps(_package(datasets, files, seed), indent=1, ensure_ascii=False))
        return _move_in(folder, [*files, package])
    except OSError as error:
        raise PoemsError(f"{folder}: cannot be written: {error.strerror or error}") from None
    finally:
        if aside:
            shutil.rmtree(aside, ignore_errors=True)


def _write_one(aside: Path, dataset: Dataset) -> Path:
    known = list(fields(dataset.name))
    if list(dataset.columns) != [name for name in known if name in dataset.columns]:
        raise ValueError(f"{dataset.name}: the columns are not those of its dictionary")
    if dataset.rows > CSV_ROWS:
        return _parquet(aside / f"{dataset.name}.parquet", dataset)
    path = aside / f"{dataset.name}.csv"
    columns = [_texts(dataset.name, name, column) for name, column in dataset.columns.items()]
    lines = [",".join(dataset.columns), *map(",".join, zip(*columns, strict=True))]
    _save(path, "\n".join(lines))
    return path


def _save(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())


def _texts(dataset: str, name: str, column: Column) -> list[str]:
    if isinstance(column, Words):
        quoted = Words(column.codes, tuple(map(_quoted, column.labels)))
        return quoted.texts()
    if column.dtype.kind in "iu":
        return ["" if value < 0 else str(value) for value in column.tolist()]
    decimals = fields(dataset)[name].decimals
    return ["" if value != value else f"{value:.{decimals}f}" for value in column.tolist()]


def _quoted(text: str) -> str:
    if any(mark in text for mark in ',"\n'):
        return '"' + text.replace('"', '""') + '"'
    return text


def _parquet(path: Path, dataset: Dataset) -> Path:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise PoemsError(
            f"{dataset.name}: more than {CSV_ROWS} rows are written as Parquet, which needs the"
            " package pyarrow"
        ) from None
    kinds = [fields(dataset.name)[name].type for name in dataset.columns]
    with ThreadPoolExecutor(2) as pool:
        arrays = pool.map(partial(_arrow, pa), dataset.columns.values(), kinds)
        table = pa.table(dict(zip(dataset.columns, arrays, strict=True)))
    table = table.replace_schema_metadata({"title": cards()[dataset.name].title})
    # A dictionary of a million measured values would only be built to be given up, and the bytes
    # of a float pack better side by side: together a third faster.
    words = [name for name, column in dataset.columns.items() if isinstance(column, Words)]
    measured = [field.name for field in table.schema if pa.types.is_floating(field.type)]
    pq.write_table(
        table, path, compression="snappy", use_dictionary=words, use_byte_stream_split=measured
    )
    return path


def _arrow(pa: Any, column: Column, kind: str) -> Any:
    if isinstance(column, Words):
        codes = pa.array(column.codes.astype(np.int16), mask=column.codes < 0)
        return pa.DictionaryArray.from_arrays(codes, pa.array(column.labels))
    if kind == "boolean":
        return pa.array(column > 0, mask=column < 0)
    if column.dtype == np.int8:
        return pa.array(column, mask=column < 0)
    gaps = np.isnan(column) if column.dtype.kind == "f" else None
    return pa.array(column, mask=gaps) if gaps is not None and gaps.any() else pa.array(column)


def _package(datasets: Iterable[Dataset], files: Iterable[Path], seed: int) -> dict[str, Any]:
    parts = zip(datasets, files, strict=True)
    return {
        "name": "poems-course-data",
        "title": "Synthetic data of the course on POEMS syndrome",
        "description": "Made by a generator. No patient's data were used, so there is nobody to"
        " re-identify and no privacy test to make. published_cohorts alone is not synthetic.",
        "synthetic": True,
        "seed": seed,
        "licenses": [{"name": "CC-BY-4.0"}],
        "resources": [resource(one.name, file.name, one.rows, one.columns) for one, file in parts],
    }


def _move_in(folder: Path, files: Sequence[Path]) -> list[Path]:
    """Moves the files in; where one cannot be moved, those already replaced are put back."""
    kept = Path(tempfile.mkdtemp(prefix=".replaced-", dir=folder))
    moved: list[Path] = []
    try:
        for file in files:
            for old in _of_the_same_name(folder, file):
                os.replace(old, kept / old.name)
            os.replace(file, folder / file.name)
            moved.append(folder / file.name)
    except OSError:
        for path in moved:
            path.unlink()
        for old in kept.iterdir():
            with contextlib.suppress(OSError):
                os.replace(old, folder / old.name)
        raise
    finally:
        shutil.rmtree(kept, ignore_errors=True)
    return moved


def _of_the_same_name(folder: Path, file: Path) -> list[Path]:
    """The files that *file* replaces: also one that an earlier build wrote in the other form."""
    kinds = (".json",) if file.suffix == ".json" else (".csv", ".parquet")
    return [old for kind in kinds if (old := folder / f"{file.stem}{kind}").exists()]
