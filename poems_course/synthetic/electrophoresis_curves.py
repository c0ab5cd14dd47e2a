"""The whole electrophoresis curve of some patients of the electrophoresis table."""

from __future__ import annotations

import numpy as np

from poems_course.synthetic.dataset import Dataset, Words
from poems_course.synthetic.draws import Array
from poems_course.synthetic.electrophoresis import GROUPS, curves, people, sharpness
from poems_course.synthetic.quantities import number


def build(seed: int, patients: int | None = None) -> Dataset:
    """A row for each point, of *patients* curves. Raises ValueError where *seed* is negative."""
    who = people(seed)
    found = curves(who)
    chosen = _chosen(who, found)[: patients or int(number("electrophoresis", "drawn"))]
    chosen = np.sort(chosen)
    n, points = len(chosen), found.shape[1]
    return Dataset(
        "electrophoresis_curves",
        {
            "patient": np.repeat(chosen + 1, points).astype(np.int32),
            "point": np.tile(np.arange(1, points + 1, dtype=np.int16), n),
            "density": np.round(found[chosen].ravel(), 3),
            "synthetic": Words(np.zeros(n * points, dtype=np.int8), ("yes",)),
        },
    )


def _chosen(who: dict[str, Array], found: Array) -> Array:
    """Every POEMS patient with a spike first, as they are few; then in the order of the table."""
    spike = sharpness(found) >= number("electrophoresis", "sharp")
    rare = spike & (who["group"] == GROUPS.index("POEMS"))
    order: Array = np.argsort(~rare, kind="stable")
    return order
