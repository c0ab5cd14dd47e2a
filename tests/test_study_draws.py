"""Mixed practice and the papers of the examination: their quotas hold whatever the seed."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from poems_course.content import PoemsError
from poems_course.questions import questions
from poems_course.questions.blueprint import LEVELS
from poems_course.questions.records import Figure, Question
from poems_course.study.draws import anywhere, apportioned, blueprint, interleaved, mixed, paper
from tests.study_logs import item

BANK = anywhere(questions())
SEEDS = st.integers(0, 10**6)
LESSONS = st.lists(st.sampled_from(["01", "02", "03"]), max_size=30)


def items(lessons: list[str]) -> list[Question]:
    return [item(f"q{lesson}-{number}") for number, lesson in enumerate(lessons)]


def test_what_needs_a_cell_of_its_lesson_or_is_private_is_not_asked_elsewhere() -> None:
    bank = [item("q01-a"), item("q01-b", tags=("dataset",)), item("q01-c", pool="private")]
    drawn = item("q01-d", tags=("dataset",), figure=Figure("career"))
    assert anywhere([*bank, drawn]) == (bank[0], drawn)
    assert not [one.id for one in BANK if "cell above" in one.stem or "run it" in one.stem]


class TestMixed:
    @settings(deadline=None)
    @given(
        LESSONS, st.lists(st.integers(0, 3), min_size=30, max_size=30), st.integers(1, 12), SEEDS
    )
    def test_what_was_seen_least_comes_first(
        self, lessons: list[str], times: list[int], count: int, seed: int
    ) -> None:
        bank = items(lessons)
        seen = {one.id: number for one, number in zip(bank, times, strict=False)}
        drawn = mixed(bank, seen, count, seed)
        assert len(drawn) == min(count, len(bank)) == len(set(drawn))
        left = [seen[one.id] for one in bank if one not in drawn]
        assert not left or max(seen[one.id] for one in drawn) <= min(left)

    @settings(deadline=None)
    @given(LESSONS)
    def test_lessons_alternate_as_far_as_they_can(self, lessons: list[str]) -> None:
        placed = [one.lesson for one in interleaved(items(lessons))]
        assert sorted(placed) == sorted(lessons)
        most = max(Counter(placed).values(), default=0)
        pairs = sum(a == b for a, b in zip(placed, placed[1:], strict=False))
        assert pairs == max(0, 2 * most - len(placed) - 1)

    def test_the_same_seed_draws_the_same_from_a_bank_in_any_order(self) -> None:
        assert mixed(BANK, {}, 10, 5) == mixed(BANK[::-1], {}, 10, 5)
        assert mixed(BANK, {}, 10, 5) != mixed(BANK, {}, 10, 6)

    def test_every_lesson_is_there_before_one_is_there_twice(self) -> None:
        lessons = {one.lesson for one in BANK}
        assert {one.lesson for one in mixed(BANK, {}, len(lessons), 1)} == lessons


class TestPaper:
    @settings(max_examples=60, deadline=None)
    @given(SEEDS)
    def test_every_paper_holds_the_blueprint(self, seed: int) -> None:
        drawn = paper(BANK, seed)
        assert len(set(drawn)) == len(drawn) == blueprint()["paper"]["items"] == 40
        known = {one.lesson for one in BANK}
        shares = {key: n for key, n in blueprint()["lessons"].items() if key in known}
        assert Counter(one.lesson for one in drawn) == apportioned(shares, 40)
        assert Counter(one.level for one in drawn) == blueprint()["levels"]
        assert drawn == paper(BANK[::-1], seed)

    def test_papers_differ_and_reach_the_whole_bank(self) -> None:
        drawn = [paper(BANK, seed) for seed in range(120)]
        assert len({one.id for each in drawn for one in each}) > 0.9 * len(BANK)

    @settings(deadline=None)
    @given(SEEDS)
    def test_lessons_exchange_levels_where_one_has_too_few(self, seed: int) -> None:
        """Of 12, 12 and 16 places, only one sharing-out gives each level its number."""
        bank = [item(f"q01-{n}", level="recall" if n < 2 else "reason") for n in range(12)]
        bank += [item(f"q02-{n}", level=LEVELS[n % 3]) for n in range(90)]
        bank += [item(f"q03-{n}", level=("recall", "apply")[n % 2]) for n in range(90)]
        assert Counter(one.level for one in paper(bank, seed)) == blueprint()["levels"]

    def test_a_lesson_with_too_few_questions_is_named(self) -> None:
        bank = [one for one in BANK if one.lesson != "03"] + [item("q03-a")]
        with pytest.raises(PoemsError, match="lesson 03 has too few questions"):
            paper(bank, 1)

    def test_the_blueprint_shares_out_its_own_size(self) -> None:
        assert sum(blueprint()["lessons"].values()) == blueprint()["paper"]["items"]
        assert sum(blueprint()["levels"].values()) == blueprint()["paper"]["items"]
        assert set(blueprint()["levels"]) == set(LEVELS)


@settings(deadline=None)
@given(
    st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 9), min_size=1), st.integers(0, 99)
)
def test_shares_are_kept_to_within_one(shares: dict[str, int], size: int) -> None:
    places = apportioned(shares, size)
    assert sum(places.values()) == size
    for key, place in places.items():
        assert abs(place - size * shares[key] / sum(shares.values())) < 1
