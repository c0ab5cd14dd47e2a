"""The robot finds a cue in a bank and none in a sound one; chance is exact; bank rules fire."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from dataclasses import replace

import pytest

from poems_course.questions import questions
from poems_course.questions.blueprint import coverage
from poems_course.questions.chance import Play, by_chance, chi_square_p, run_p, uniform_p
from poems_course.questions.lint import FULL, lint_bank
from poems_course.questions.robot import STRATEGIES, Score, play
from tests import planted_banks as planted


def scores(items: list) -> dict[str, Score]:
    return {score.strategy: score for score in play(items)}


def rules(items: list) -> dict[str, str]:
    """The rules that find something in a bank, with their level."""
    return {found.rule: found.level for found in lint_bank(items)}


def test_every_strategy_has_its_planted_bank() -> None:
    assert set(planted.STRATEGIES) == {strategy.name for strategy in STRATEGIES}


@pytest.mark.parametrize("strategy", planted.STRATEGIES)
def test_a_cue_in_every_second_item_is_found_by_its_strategy(strategy: str) -> None:
    score = scores(planted.bank(change=planted.STRATEGIES[strategy]))[strategy]
    assert score.beats_chance
    assert score.chance.p_value < 0.001
    assert score.items == FULL


def test_no_strategy_beats_a_sound_bank() -> None:
    assert [s.strategy for s in play(planted.bank()) if s.beats_chance] == []


def test_sound_banks_are_accused_as_rarely_as_the_interval_says() -> None:
    banks = [planted.bank(size=60, seed=seed) for seed in range(80)]
    accused = Counter(s.strategy for bank in banks for s in play(bank) if s.beats_chance)
    for strategy in ("longest", "shortest", "stem-words", "convergent"):
        assert accused[strategy] <= 7, accused  # 2.5 % of 80 are 2; 8 or more, once in 1000


def test_a_robot_that_always_falls_for_distractors_beats_nobody() -> None:
    items = planted.bank(change=planted.of_others(lambda text: f"{text} {text} {text}"))
    assert not scores(items)["longest"].beats_chance


def test_ties_share_the_point() -> None:
    item = planted.bank(1)[0]
    texts = ("aaaa", "bbbb", "cc", "d")
    options = tuple(
        replace(option, text=text, correct=text == "aaaa")
        for option, text in zip(item.options, texts, strict=True)
    )
    found = scores([replace(item, options=options)])
    assert found["longest"].earned == 0.5
    assert found["shortest"].earned == 0
    assert found["no-absolutes"].earned == 0.25
    assert found["no-absolutes"].chose == 0


@pytest.mark.parametrize(
    "plays",
    [
        [Play(4, 1, 1, 0), Play(3, 1, 2, 1), Play(5, 1, 1, 1)],
        [Play(5, 2, 1, 1), Play(4, 3, 2, 1)],
        [Play(3, 1, 1, 0)] * 4,
    ],
)
def test_chance_is_what_counting_all_cases_gives(plays: list[Play]) -> None:
    shares = []
    for one in plays:
        keys = itertools.combinations(range(one.size), one.keys)
        shares.append([sum(at < one.tied for at in key) / one.tied for key in keys])
    totals = [sum(case) for case in itertools.product(*shares)]
    earned = sum(float(one.earned) for one in plays)
    chance = by_chance(plays, earned)
    assert chance.mean == pytest.approx(sum(totals) / len(totals))
    above = sum(total >= earned - 1e-9 for total in totals)
    assert chance.p_value == pytest.approx(above / len(totals))


def test_the_interval_holds_95_of_100_draws() -> None:
    plays = [Play(4, 1, 1, 0)] * 200
    chance = by_chance(plays, 50)
    draw = random.Random(1)
    draws = [sum(draw.random() < 0.25 for _ in plays) for _ in range(2000)]
    inside = sum(chance.low <= total <= chance.high for total in draws) / len(draws)
    assert 0.945 <= inside <= 0.975
    assert (chance.low, chance.high) == (38, 62)  # scipy.stats.binom.ppf([.025, .975], 200, .25)


@pytest.mark.parametrize(
    ("statistic", "freedom"), [(3.841, 1), (5.991, 2), (7.815, 3), (9.488, 4), (11.070, 5)]
)
def test_chi_square_as_in_the_printed_tables(statistic: float, freedom: int) -> None:
    assert chi_square_p(statistic, freedom) == pytest.approx(0.05, abs=2e-5)
    assert chi_square_p(0, freedom) == 1


def test_keys_and_runs_that_chance_would_not_make() -> None:
    assert uniform_p([(at % 4, 4) for at in range(100)]) == pytest.approx(1)
    assert uniform_p([(0, 4)] * 40 + [(at % 4, 4) for at in range(60)]) < 1e-6
    assert run_p(1, [4] * 10) == 1
    assert run_p(9, [4] * 320) == pytest.approx(312 / 4**8)


def test_a_sound_bank_breaks_no_rule_but_the_blueprint() -> None:
    assert set(rules(planted.bank())) == {"blueprint"}


def test_keys_in_one_place_are_found_in_numbers_and_in_a_row() -> None:
    found = list(lint_bank(planted.bank(change=planted.same_place)))
    assert "not spread evenly" in next(f.problem for f in found if f.rule == "key-position")
    whole = [planted.same_place(item, random.Random(1)) for item in planted.bank(FULL)[:20]]
    told = [f for f in lint_bank(whole) if f.rule == "key-position"]
    assert [(f.item, f.problem.split(",")[0]) for f in told if f.item] == [
        (whole[0].id, "20 keys in a row stand in place 1")
    ]


def test_long_keys_break_two_rules() -> None:
    found = rules(planted.bank(change=planted.STRATEGIES["longest"]))
    assert {"longest-rate": "error", "robot": "error"}.items() <= found.items()


def test_an_item_written_twice_is_found() -> None:
    items = planted.bank()
    again = replace(items[5], id="q06-again", stem=items[5].stem.replace("Which", "So, which"))
    (told,) = [f for f in lint_bank([*items, again]) if f.rule == "near-duplicate"]
    assert (told.file, told.item, told.level) == ("06.toml", "q06-again", "error")
    assert f"nearly the same as {items[5].id}" in told.problem


def test_two_items_on_one_key_and_story_are_found() -> None:
    items = planted.bank()
    first, second = items[5], items[17]
    assert first.lesson == second.lesson
    key = first.options[first.keys[0]].text
    options = tuple(replace(o, text=key) if o.correct else o for o in second.options)
    story = " ".join(first.stem.split()[:22])
    items[17] = replace(second, options=options, stem=f"{story}. Which {key.split()[0]} is next?")
    (told,) = [f for f in lint_bank(items) if f.rule == "hinged"]
    assert (told.item, told.level) == (items[17].id, "warning")


def test_a_stem_that_tells_another_items_key_is_found() -> None:
    items = planted.bank()
    key = items[5].options[items[5].keys[0]].text
    items[17] = replace(items[17], stem=f"She was found to have {key}. {items[17].stem}")
    (told,) = [f for f in lint_bank(items) if f.rule == "hinged"]
    assert (told.item, told.problem) == (items[17].id, f"its stem tells the key of {items[5].id}")


def test_the_lessons_with_a_cue_are_named() -> None:
    items = planted.bank(change=planted.STRATEGIES["longest"])
    items = [
        item if item.lesson in ("02", "04", "06") else plain
        for item, plain in zip(items, planted.bank(), strict=True)
    ]
    told = next(f for f in lint_bank(items) if f.rule == "robot")
    named = told.problem.split("most in lesson ")[1].split(" (")[0]
    assert set(named.split(", ")) == {"02", "04", "06"}


def test_before_the_bank_is_full_its_faults_are_warnings() -> None:
    items = planted.bank(FULL - 1, change=planted.STRATEGIES["longest"])
    assert set(rules(items).values()) == {"warning"}
    items = planted.bank(FULL, change=planted.STRATEGIES["longest"])
    assert rules(items)["robot"] == "error"


def test_the_blueprint_names_what_is_missing() -> None:
    items = [item for item in planted.bank() if item.lesson != "07"]
    (told,) = [f for f in lint_bank(items) if f.file == "07.toml"]
    assert told.problem.startswith("short of the blueprint: items 0 of 26")
    cells = {(lesson, what): have for lesson, what, have, _ in coverage(items)}
    assert cells["01", "items"] == 27
    assert cells["", "matching"] == 0


def test_the_robot_on_the_real_bank() -> None:
    """Held to chance once the bank is full; before that, lint warns."""
    bank = questions()
    beaten = [score.strategy for score in play(bank) if score.beats_chance]
    assert len(bank) < FULL or beaten == []
