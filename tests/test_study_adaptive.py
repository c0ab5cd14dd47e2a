"""Adaptive practice: the estimate held to two other programs, the quotas, the stop, the saving."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from math import ceil, exp, pi, sqrt

import catpie
import numpy as np
import pytest
from catsim import irt
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.adaptive import BANK, simulate, table
from poems_course.study import adaptive
from poems_course.study.ability import (
    GRID,
    SLOPE,
    SPREAD,
    chance,
    difficulty,
    estimate,
    information,
    share_of_bank,
)
from poems_course.study.adaptive import next_question, stops, within_quotas
from poems_course.study.draws import blueprint
from tests.study_logs import item

ANSWERS = st.lists(st.tuples(st.floats(-3, 3), st.booleans()), max_size=30)
SEEDS = st.integers(0, 10**6)


def normal(x: float, sd: float) -> float:
    return exp(-((x / sd) ** 2) / 2) / (sd * sqrt(2 * pi))


class TestEstimate:
    @settings(max_examples=60, deadline=None)
    @given(ANSWERS)
    def test_catpie_agrees(self, answers: list[tuple[float, bool]]) -> None:
        """To four digits: it counts the two ends of the grid by half, as trapezoids have it."""
        items = [(SLOPE, b, 0.0, 1.0) for b, _ in answers]
        said = [int(right) for _, right in answers]
        grid = {"lower": GRID[0], "upper": GRID[-1], "nqp": len(GRID)}
        mean = catpie.eapEst(items, said, **grid)
        ours = estimate(answers)
        assert ours.mean == pytest.approx(mean, abs=1e-4)
        assert ours.error == pytest.approx(catpie.eapSem(mean, items, said, **grid), abs=1e-4)

    @settings(deadline=None)
    @given(st.floats(-4, 4), st.floats(-3, 3))
    def test_catsim_and_catpie_agree_on_chance_and_information(
        self, theta: float, b: float
    ) -> None:
        assert chance(theta, b) == pytest.approx(irt.icc(theta, SLOPE, b))
        assert information(theta, b) == pytest.approx(irt.inf(theta, SLOPE, b))
        assert information(theta, b) == pytest.approx(catpie.ii(theta, (SLOPE, b, 0, 1)).Ii)

    def test_the_most_telling_item_is_catsims_and_catpies_too(self) -> None:
        """Without quotas and exposure control, the first of our best is theirs."""
        hard = [difficulty(one.difficulty) for one in BANK]
        bank = np.array([[SLOPE, b, 0.0, 1.0] for b in hard])
        for theta in (-2.0, -0.5, 0.0, 1.5):
            ours = [information(theta, b) for b in hard]
            assert max(ours) == pytest.approx(irt.inf_hpc(theta, bank).max())
            theirs = catpie.nextItem([(SLOPE, b, 0, 1) for b in hard], theta=theta, criterion="MFI")
            assert max(ours) == pytest.approx(ours[theirs.item])

    @settings(deadline=None)
    @given(ANSWERS, st.floats(-3, 3))
    def test_a_right_answer_never_lowers_and_a_wrong_one_never_raises_it(
        self, answers: list[tuple[float, bool]], b: float
    ) -> None:
        here = estimate(answers)
        assert estimate([*answers, (b, True)]).mean >= here.mean - 1e-9
        assert estimate([*answers, (b, False)]).mean <= here.mean + 1e-9

    @settings(deadline=None)
    @given(ANSWERS)
    def test_the_interval_holds_the_mean(self, answers: list[tuple[float, bool]]) -> None:
        here = estimate(answers)
        assert here.low <= here.mean <= here.high
        assert 2.9 * here.error < here.high - here.low < 4.6 * here.error + 0.2

    @pytest.mark.parametrize("share", [0.1, 0.4, 0.65, 0.9])
    def test_an_authors_share_is_what_the_model_expects_of_all_learners(self, share: float) -> None:
        """Averaged over learners and over how far the guess strays, by plain quadrature."""
        b, step = difficulty(share), 0.05
        grid = [at * step for at in range(-120, 121)]
        right = sum(
            normal(theta, 1) * normal(off, SPREAD) / (1 + exp(-(theta - b - off)))
            for theta in grid
            for off in grid[::4]
        )
        assert right * step * step * 4 == pytest.approx(share, abs=0.01)

    def test_the_share_of_the_bank_lies_between_its_chances(self) -> None:
        assert share_of_bank(0, [-1, 1]) == pytest.approx(0.5)


class TestNextQuestion:
    @settings(max_examples=25, deadline=None)
    @given(SEEDS, st.lists(st.booleans(), min_size=20, max_size=20))
    def test_quotas_hold_at_every_step(self, seed: int, rights: list[bool]) -> None:
        given_: list[adaptive.Given] = []
        for right in rights:
            found = next_question(BANK, given_, {}, seed)
            assert found is not None
            given_.append((found, right))
            for name, part in (("lessons", "lesson"), ("levels", "level")):
                known = {getattr(one, part) for one in BANK}
                shares = {k: n for k, n in blueprint()[name].items() if k in known}
                count = Counter(getattr(one, part) for one, _ in given_)
                for key, share in shares.items():
                    assert count[key] <= ceil(len(given_) * share / sum(shares.values()))
        assert len({one.id for one, _ in given_}) == len(given_)

    @settings(deadline=None)
    @given(SEEDS)
    def test_the_same_answers_lead_to_the_same_question(self, seed: int) -> None:
        given_ = [(BANK[0], True), (BANK[40], False)]
        assert next_question(BANK, given_, {}, seed) == next_question(BANK[::-1], given_, {}, seed)

    def test_not_every_learner_meets_the_same_questions(self) -> None:
        firsts = {next_question(BANK, [], {}, seed) for seed in range(60)}
        assert len(firsts) == adaptive.OF_THE_BEST

    def test_what_was_seen_waits_until_the_rest_is_used(self) -> None:
        bank = [item(f"q01-{n}") for n in range(12)]
        seen = {one.id: 3 for one in bank[:6]}
        assert {next_question(bank, [], seen, seed) for seed in range(60)} <= set(bank[6:])

    def test_quotas_give_way_before_practice_ends(self) -> None:
        bank = [item(f"q01-{n}", level="recall") for n in range(3)]
        assert within_quotas(bank[1:], bank[:1]) == bank[1:]
        assert next_question(bank[:1], [(bank[0], True)], {}, 1) is None


class TestStop:
    def test_it_stops_on_error_but_not_before_eight(self) -> None:
        easy = replace(item("q01-a"), difficulty=0.5)
        assert stops([(easy, n % 2 == 0) for n in range(7)], error=9) == ""
        assert "tell little" in stops([(easy, n % 2 == 0) for n in range(8)], error=9)
        assert stops([(easy, n % 2 == 0) for n in range(15)], error=0.01) == ""

    def test_it_stops_on_length(self) -> None:
        assert "30 questions" in stops([(item("q01-a"), True)] * 30, error=0.01)


def test_it_saves_questions_at_the_same_standard_error() -> None:
    """By simulation with a fixed seed; `python -m benchmarks.adaptive` prints the table."""
    runs = {order: simulate(order, error=0.5, learners=100) for order in ("adaptive", "random")}
    ours, theirs = runs["adaptive"], runs["random"]
    print(table({0.5: runs}))
    assert ours.questions < theirs.questions
    assert ours.off <= theirs.off + 0.05  # no less exact for it
    assert ours.covered > 0.9  # the interval holds the true place
    assert ours.most_shown < 0.75  # no question meets nearly every learner
