"""The whole electrophoresis curve of some patients of the electrophoresis table."""

from __future__ import annotations

import numpy as np

from poems_course.synthetic.dataset import Dataset, Words
from poems_course.synthetic.electrophoresis import curves, people
from poems_course.synthetic.quantities import number


def build(seed: int, patients: int | None = None) -> Dataset:
    """A row for each point, of the first *patients*. Raises ValueError where *seed* is negative."""
    n = patients or int(number("electrophoresis", "drawn"))
    found = curves({name: values[:n] for name, values in people(seed).items()})
    n, points = found.shape
    return Dataset(
        "electrophoresis_curves",
        {
            "patient": np.repeat(np.arange(1, n + 1, dtype=np.int32), points),
            "point": np.tile(np.arange(1, points + 1, dtype=np.int16), n),
            "density": np.round(found.ravel(), 3),
            "synthetic": Words(np.zeros(n * points, dtype=np.int8), ("yes",)),
        },
    )
