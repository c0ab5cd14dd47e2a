"""Likelihood ratios and predictive values against numbers worked out elsewhere."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poems_course.clinic.bayes import (
    combine,
    interval_lr,
    likelihood_ratios,
    npv,
    posterior,
    ppv,
)

# P(POEMS | positive) as tabulated with the evidence, for sensitivity and specificity of
# serum VEGF (UCLH), plasma VEGF 200 and median TLI 0.38.
PRIORS = [0.01, 0.05, 0.10, 0.138, 0.30, 0.50]
TABLE = {
    (1.00, 0.91): [0.101, 0.369, 0.552, 0.641, 0.826, 0.917],
    (0.68, 0.95): [0.121, 0.417, 0.602, 0.686, 0.854, 0.932],
    (0.70, 0.77): [0.030, 0.138, 0.253, 0.329, 0.566, 0.753],
}
INSIDE = st.floats(0.01, 0.99)


@pytest.mark.parametrize("test", TABLE)
def test_ppv_table(test):
    for prior, wanted in zip(PRIORS, TABLE[test], strict=True):
        # the table's ratios were rounded to three figures before use
        assert ppv(*test, prior) == pytest.approx(wanted, abs=0.002)


@pytest.mark.parametrize(
    ("test", "positive", "negative"),
    [((1.00, 0.91), 11.1, 0.0), ((0.68, 0.95), 13.6, 0.34), ((0.70, 0.77), 3.04, 0.39)],
)
def test_ratios(test, positive, negative):
    ratios = likelihood_ratios(*test)
    assert ratios.positive == pytest.approx(positive, rel=0.005)
    assert ratios.negative == pytest.approx(negative, abs=0.005)


@given(INSIDE, INSIDE, INSIDE)
def test_predictive_values_are_the_share_among_the_tested(sensitivity, specificity, prior):
    people = 1_000_000
    ill, well = people * prior, people * (1 - prior)
    true, false = ill * sensitivity, well * (1 - specificity)
    missed, cleared = ill - true, well - false
    assert ppv(sensitivity, specificity, prior) == pytest.approx(true / (true + false))
    assert npv(sensitivity, specificity, prior) == pytest.approx(cleared / (cleared + missed))


@given(INSIDE, st.lists(st.floats(0.05, 20), max_size=4))
def test_combining_multiplies_the_odds(prior, ratios):
    after = combine(prior, *ratios)
    assert after / (1 - after) == pytest.approx(prior / (1 - prior) * math.prod(ratios))


def test_the_edges():
    assert likelihood_ratios(0.8, 1.0).positive == math.inf
    assert likelihood_ratios(0.0, 1.0) == (1.0, 1.0)
    assert posterior(0.3, math.inf) == 1.0
    assert posterior(0.3, 0) == 0.0
    assert posterior(0.3, 1) == pytest.approx(0.3)
    assert (posterior(0, math.inf), posterior(1, 0)) == (0.0, 1.0)
    assert combine(0.2) == 0.2


@pytest.mark.parametrize(
    "call",
    [
        lambda: likelihood_ratios(1.2, 0.5),
        lambda: likelihood_ratios(0.5, -0.1),
        lambda: posterior(float("nan"), 2),
        lambda: posterior(0.5, -1),
        lambda: posterior(0.5, float("nan")),
        lambda: interval_lr(5, 4, 1, 10),
        lambda: interval_lr(0, 0, 1, 10),
    ],
)
def test_impossible_values(call):
    with pytest.raises(ValueError, match=r"must lie|cannot be"):
        call()


def test_interval_by_hand():
    # 20 of 40 ill and 10 of 80 well: ratio 4; log spread 1.96 * sqrt(1/20-1/40+1/10-1/80)
    ratio, low, high = interval_lr(20, 40, 10, 80)
    assert ratio == pytest.approx(4)
    spread = 1.96 * math.sqrt(0.1125)
    assert math.log(high) - math.log(4) == pytest.approx(spread)
    assert math.log(4) - math.log(low) == pytest.approx(spread)


def test_an_empty_cell_gets_half_a_case():
    ratio, low, high = interval_lr(0, 27, 153, 168)
    assert ratio == pytest.approx((0.5 / 28) / (153.5 / 169))
    assert 0 < low < ratio < high < 1
