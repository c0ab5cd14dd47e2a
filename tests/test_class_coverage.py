"""A report's 95 % intervals cover the known truth of simulated classes about 19 times in 20."""

from __future__ import annotations

from math import sqrt

import pytest

from poems_course.classroom.classical import item_figures, rest_scores
from tests.simulated_classes import coverage, draw, truth, wrapped

ITEMWISE = {"difficulty", "discrimination", "logits", "slope"}


@pytest.mark.parametrize("sloped", [False, True], ids=["rasch", "two-parameters"])
@pytest.mark.parametrize(("learners", "classes"), [(20, 150), (60, 120), (400, 40)])
def test_intervals_cover_the_truth(learners: int, classes: int, sloped: bool) -> None:
    found = coverage(learners, classes, sloped)
    assert {"difficulty", "discrimination", "KR-20", "standard error"} <= found.keys()
    assert ("logits" in found) == (learners >= (250 if sloped else 30))
    for kind, (hits, total) in found.items():
        # Items of one class are not independent draws: the class counts, not the item.
        slack = 3 * sqrt(0.95 * 0.05 / classes)
        slack = slack / 2 if kind in ITEMWISE else slack
        assert 0.95 - slack <= hits / total <= min(1.0, 0.95 + slack), (kind, hits, total)


def test_the_simulation_tells_a_bad_interval() -> None:
    """Planted: intervals of half the width cover far too seldom."""
    import numpy as np

    random, hits, total = np.random.default_rng(3), 0, 0
    for _ in range(40):
        answers = wrapped(draw(random, 60, np.ones(24)))
        for f, true in zip(
            item_figures(answers, rest_scores(answers)), truth(False).rest, strict=True
        ):
            assert f is not None
            assert f.rest is not None
            assert f.rest_interval is not None
            low, high = f.rest_interval
            total += 1
            hits += (f.rest + low) / 2 <= true <= (f.rest + high) / 2
    assert hits / total < 0.8
