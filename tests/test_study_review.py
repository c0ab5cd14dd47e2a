"""Attempts and reviews: replayed from the raw answers, the same whatever the order of the files."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from importlib.metadata import version

import pytest
from fsrs import Card, Rating, Scheduler
from hypothesis import given, settings
from hypothesis import strategies as st

from poems_course.progress.event import Event
from poems_course.study import review
from poems_course.study.attempts import attempts, times_seen, unreadable
from poems_course.study.review import cards, due, examination_date, rating
from tests.study_logs import START, answered, event, item

ITEM = item("q01-a")
DAY = timedelta(days=1)


class TestAttempts:
    def test_only_the_first_answer_of_a_sitting_counts(self) -> None:
        log = [answered("q01-a", False), answered("q01-a", True, hours=0.1)]
        assert [one.correct for one in attempts(log)] == [False]

    def test_the_next_day_counts_again(self) -> None:
        log = [answered("q01-a", False), answered("q01-a", True, hours=14)]
        assert [one.correct for one in attempts(log)] == [False, True]

    def test_who_has_just_seen_the_answer_is_in_the_same_sitting(self) -> None:
        log = [answered("q01-a", False, hours=hours) for hours in (0, 7, 14)]
        assert len(attempts(log)) == 1

    def test_another_version_is_another_question(self) -> None:
        log = [answered("q01-a", False), answered("q01-a", True, hours=0.1, version=2)]
        assert [one.version for one in attempts(log)] == [1, 2]
        assert times_seen(attempts(log)) == {"q01-a": 2}

    def test_a_hint_counts_until_the_sitting_is_over(self) -> None:
        log = [event("hinted", "q01-a", {}), answered("q01-a", True, hours=1)]
        assert attempts(log)[0].hinted
        log.append(answered("q01-a", True, hours=40))
        assert [one.hinted for one in attempts(log)] == [True, False]

    @pytest.mark.parametrize(
        "spoilt", [{"correct": "yes"}, {"score": 7}, {"score": None}, {"confidence": 3}]
    )
    def test_what_is_no_answer_is_left_out_and_counted(self, spoilt: dict[str, object]) -> None:
        good = answered("q01-a", True)
        bad = replace(good, payload={**good.payload, **spoilt})
        assert attempts([bad]) == ()
        assert unreadable([bad, answered("q01-b", True)]) == 1


ANSWERS = st.lists(
    st.tuples(st.sampled_from("abc"), st.booleans(), st.integers(0, 2), st.integers(0, 3000)),
    max_size=20,
)


def log_of(answers: list[tuple[str, bool, int, int]]) -> list[Event]:
    return [answered(f"q01-{name}", right, sure, hours) for name, right, sure, hours in answers]


ITEMS = [item(f"q01-{name}") for name in "abc"]


class TestReplay:
    @settings(deadline=None)
    @given(ANSWERS, st.randoms())
    def test_it_depends_neither_on_the_order_nor_on_copies(
        self, answers: list[tuple[str, bool, int, int]], mixer: random.Random
    ) -> None:
        log = log_of(answers)
        shuffled = [*log, *log[: len(log) // 2]]
        mixer.shuffle(shuffled)
        assert cards(shuffled, ITEMS, None) == cards(log, ITEMS, None)
        assert attempts(shuffled) == attempts(log)

    @settings(deadline=None)
    @given(ANSWERS)
    def test_it_leaves_the_global_random_numbers_alone(
        self, answers: list[tuple[str, bool, int, int]]
    ) -> None:
        state = random.getstate()
        first = cards(log_of(answers), ITEMS, None)
        assert random.getstate() == state
        assert {card.item for card in first} == {f"q01-{name}" for name, *_ in answers}

    def test_it_is_what_fsrs_says(self) -> None:
        """Wrong, then right and fairly sure a day later, then right and certain a week later."""
        log = [answered("q01-a", False), answered("q01-a", True, 1, 24.0)]
        log.append(answered("q01-a", True, 2, 8 * 24.0))
        card = Card(card_id=1, due=START)
        scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
        for rated, days in ((Rating.Again, 0), (Rating.Good, 1), (Rating.Easy, 8)):
            card, _ = scheduler.review_card(card, rated, START + days * DAY)
        (found,) = cards(log, [ITEM], None)
        assert found.stability == card.stability
        wanted = (card.due - START).days - 8
        assert abs((found.due - START).days - 8 - wanted) <= round(wanted / 10)

    def test_a_wrong_answer_comes_back_the_next_day(self) -> None:
        (card,) = cards([answered("q01-a", False, 2)], [ITEM], None)
        assert card.due == START + DAY

    def test_a_stored_rating_wins_over_the_mapping(self) -> None:
        plain = cards([answered("q01-a", True, 1)], [ITEM], None)
        hard = cards([answered("q01-a", True, 1, rating=2)], [ITEM], None)
        assert hard[0].stability < plain[0].stability

    def test_an_item_whose_meaning_changed_is_due_at_once(self) -> None:
        newer = item("q01-a", version=2)
        (card,) = cards([answered("q01-a", True, 2)], [newer], None)
        assert card.last is None
        assert due([card], START) == (card,)

    def test_fuzz_spreads_what_was_learnt_together(self) -> None:
        many = [item(f"q01-{number}") for number in range(60)]
        log = [answered(one.id, True, 2) for one in many]
        days = {(card.due - START).days for card in cards(log, many, None)}
        assert len(days) > 1
        assert max(days) - min(days) <= 2

    def test_the_stamp_names_the_version_and_the_weights(self) -> None:
        said = review.provenance()
        assert said["fsrs"] == version("fsrs")
        assert said == {**review.provenance(), "weights": said["weights"]}
        assert len(said["weights"]) == 12


class TestRating:
    @pytest.mark.parametrize(
        ("correct", "confidence", "hinted", "said"),
        [
            (False, 2, False, 1), (False, 0, False, 1), (True, 0, False, 2), (True, 1, False, 3),
            (True, 2, False, 4), (True, 2, True, 2),
        ],
    )  # fmt: skip
    def test_the_mapping(self, correct: bool, confidence: int, hinted: bool, said: int) -> None:
        assert rating(correct, confidence, hinted) == said


class TestDue:
    def test_an_evening_comes_back_in_the_morning(self) -> None:
        found = cards([answered("q01-a", False)], [ITEM], None)
        assert due(found, START + timedelta(hours=11)) == ()
        assert due(found, START + timedelta(hours=12)) == found

    def test_the_most_likely_forgotten_comes_first(self) -> None:
        log = [answered("q01-a", True, 2), answered("q01-b", True, 0)]
        ready = due(cards(log, ITEMS, None), START + 30 * DAY)
        assert [card.item for card in ready] == ["q01-b", "q01-a"]

    @settings(deadline=None)
    @given(ANSWERS, st.integers(1, 400))
    def test_nothing_is_due_after_the_examination(
        self, answers: list[tuple[str, bool, int, int]], days: int
    ) -> None:
        day = (START + days * DAY).date()
        for card in cards(log_of(answers), ITEMS, day):
            assert card.last
            assert card.due > card.last
            if card.last.date() < day - DAY:
                assert card.due.date() < day

    def test_the_last_days_share_the_load(self) -> None:
        many = [item(f"q01-{number}") for number in range(70)]
        log = [answered(one.id, True, 2) for one in many]
        found = cards(log, many, (START + 8 * DAY).date())
        days = [card.due.date() for card in found]
        assert len(set(days)) == 7
        assert max(map(days.count, days)) < 25

    @pytest.mark.parametrize("said", ["soon", None, 7, ""])
    def test_a_date_that_is_none_is_no_date(self, said: object) -> None:
        assert examination_date([event("examination-date", "review", {"date": said})]) is None

    def test_the_last_date_set_holds(self) -> None:
        log = [
            event("examination-date", "review", {"date": d}) for d in ("2027-01-01", "2027-02-01")
        ]
        assert examination_date(log) == date(2027, 2, 1)
