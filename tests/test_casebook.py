"""The six work-ups of the clinic, and what the rule and the suspicion make of each step."""

from __future__ import annotations

import itertools
import json
import re
from pathlib import Path

import pytest

from poems_course.clinic.casebook import MOVES, STEPS, Case, cases, form_of
from poems_course.clinic.criteria import evaluate
from poems_course.clinic.patient import read_patient
from poems_course.content import ContentError, read_entries
from poems_course.evidence.numerals import values_in
from poems_course.figures.bayes import TESTS
from poems_course.figures.case_sheet import verdict
from poems_course.figures.suspicion import (
    JAPAN,
    STARTS,
    applies,
    linked,
    notes,
    results,
    start_note,
    suspicion,
)
from poems_course.figures.two_moves import bill
from poems_course.questions.bank import question

ROOT = Path(__file__).parent.parent
DATA = ROOT / "data"


def outcomes(id: str) -> list[str]:
    """What the current rule says at each step of a work-up."""
    case = cases()[id]
    return [verdict(case, case.done(step)).outcome for step in range(STEPS + 1)]


def percent(id: str, step: int, start: str = JAPAN) -> float:
    """The suspicion after so many steps, in percent."""
    case = cases()[id]
    return 100 * suspicion(case, case.done(step), start).chance


class TestCasebook:
    def test_there_are_six_and_each_has_a_form_that_is_invented(self) -> None:
        assert list(cases()) == ["vera", "tomas", "yusuf", "beatriz", "walter", "noor"]
        for id in cases():
            assert read_patient(DATA / "patients" / f"{id}.json").synthetic is True

    def test_one_has_no_poems_and_one_stays_open(self) -> None:
        ends = {id: case.outcome for id, case in cases().items()}
        assert [id for id, end in ends.items() if end == "not POEMS"] == ["walter"]
        assert [id for id, end in ends.items() if end == "open"] == ["noor"]

    def test_the_end_agrees_with_the_current_rule(self) -> None:
        said = {"POEMS": "met", "not POEMS": "not_met", "open": "undetermined"}
        for id, case in cases().items():
            assert outcomes(id)[-1] == said[case.outcome], id

    def test_numbers_in_the_words_stand_in_the_form(self) -> None:
        limits = {150.0, 200.0, 600.0, 291.0, 20.0, 16.5, 12.0, 1e9, 10.0, 2.0}
        for id, case in cases().items():
            form = json.loads((DATA / "patients" / f"{id}.json").read_text(encoding="utf-8"))
            known = values_in(json.dumps(form, ensure_ascii=False)) | limits
            for move in (case.letter, *case.steps, *case.extras):
                assert values_in(move.says) <= known, (id, move.move)

    def test_what_is_not_revealed_is_unknown_not_absent(self) -> None:
        tomas = cases()["tomas"]
        form = form_of(tomas, tomas.done(1))
        assert form.oedema is False
        assert form.splenomegaly is None
        assert form.vegf.value is None

    def test_a_later_form_takes_the_place_of_an_earlier_result(self) -> None:
        walter = cases()["walter"]
        assert form_of(walter, walter.done(5)).vegf.value == 820
        assert form_of(walter, walter.done(6)).vegf.value == 380
        assert form_of(walter, walter.done(6)).platelets_10e9_per_l == 310

    @pytest.mark.parametrize(
        ("change", "problem"),
        [
            ('move = "palm reading"', "there is no move 'palm reading'"),
            ('reveals = ["aura"]', "'aura' is not a field of the form"),
            ('says = "Found. Twice"', "one sentence"),
        ],
    )
    def test_a_faulty_move_is_refused_by_name(
        self, tmp_path: Path, change: str, problem: str
    ) -> None:
        lines = {"move": 'move = "count"', "says": 'says = "normal"', "reveals": "reveals = []"}
        lines[change.split(" ")[0]] = change
        path = tmp_path / "one.toml"
        letter = f"letter = {{ {', '.join(lines.values())} }}\n"
        path.write_text(
            '[x]\nname = "X"\nlabel = "a"\nrival = "b"\noutcome = "open"\nconclusion = "c"\n'
            f"{letter}steps = []\nextras = []\n",
            encoding="utf-8",
        )
        with pytest.raises(ContentError, match=re.escape(problem)):
            read_entries(path, Case)

    def test_a_work_up_that_leaves_out_a_move_is_refused(self) -> None:
        tomas = cases()["tomas"]
        with pytest.raises(ValueError, match="each move once"):
            Case(
                "x", "X", "a", "b", "open", "c", tomas.letter, tomas.steps, tomas.extras[1:]
            )  # fmt: skip

    def test_every_test_has_a_published_ratio(self) -> None:
        for case in cases().values():
            for move in (case.letter, *case.steps, *case.extras):
                assert {*move.tests} <= {*TESTS}, (case.id, move.move)


class TestVerdicts:
    def test_by_hand(self) -> None:
        open_, met = "undetermined", "met"
        assert outcomes("vera") == [open_] * 4 + [met] * 3
        assert outcomes("tomas") == [open_] * 6 + [met]
        assert outcomes("yusuf") == [open_] * 5 + [met] * 2
        assert outcomes("beatriz") == [open_] * 5 + [met] * 2
        assert outcomes("walter") == [open_] * 2 + [met] * 4 + ["not_met"]
        assert outcomes("noor") == [open_] * 7

    def test_four_rules_part_on_tomas(self) -> None:
        said = evaluate(read_patient(DATA / "patients" / "tomas.json"))
        assert {name: each.outcome for name, each in said.items()} == {
            "dispenzieri": "met",
            "suichi_2019": "not_met",
            "mayo_2003": "not_met",
            "japan_ministry": "definite",
        }

    def test_the_rule_of_2003_would_have_named_noor(self) -> None:
        noor = evaluate(read_patient(DATA / "patients" / "noor.json"))
        assert noor["mayo_2003"].outcome == "met"
        assert set(noor["dispenzieri"].would_settle) == {"sclerotic_bone_lesions"}

    def test_two_moves_settle_yusuf_rightly_and_walter_wrongly(self) -> None:
        settled: dict[str, set[tuple[str, ...]]] = {}
        for case in cases().values():
            for names in itertools.combinations(MOVES, 2):
                moves = (case.letter, *(case.find(name) for name in names))
                if verdict(case, moves).outcome != "undetermined":
                    settled.setdefault(case.id, set()).add(names)
        assert set(settled) == {"yusuf", "walter"}
        assert settled["yusuf"] == {
            ("fixation", "vegf"), ("fixation", "ct"), ("vegf", "tissue"), ("ct", "tissue")
        }  # fmt: skip
        assert all("count" in names for names in settled["walter"])

    def test_the_cheapest_way_costs_yusuf_a_needle(self) -> None:
        assert bill(("fixation", "vegf")).bill == "1 cheap, 1 middling"
        assert bill(("fixation", "vegf")).harms == "a needle"
        assert "a wound" in bill(("vegf", "tissue")).harms


class TestSuspicion:
    def test_tomas_by_hand(self) -> None:
        odds = 15.7 / 84.3
        for step, ratio in ((1, 0.76 / 0.07), (2, 0.537 / 0.015), (3, 0.70 / 0.23)):
            odds *= ratio
            assert percent("tomas", step) == pytest.approx(100 * odds / (1 + odds), abs=0.01)
        assert percent("tomas", 4) == percent("tomas", 3)

    def test_a_painless_leg_leaves_one_in_twenty(self) -> None:
        odds = 15.7 / 84.3 * 0.24 / 0.93
        item = question("q12-no-pain")
        assert item.answer == pytest.approx(100 * odds / (1 + odds), abs=0.05)

    def test_a_repeated_test_replaces_its_first_result(self) -> None:
        walter = cases()["walter"]
        before, after = results(walter.done(5)), results(walter.done(6))
        assert before["thrombocytosis"]
        assert not after["thrombocytosis"]
        assert percent("walter", 2) > 90
        assert percent("walter", 6) == 0
        ends = suspicion(walter, walter.done(6), JAPAN).ends
        assert ends is not None
        assert 0 < ends[1] < 0.01

    def test_no_ratio_is_used_against_another_rival(self) -> None:
        for id in ("vera", "yusuf", "beatriz", "noor"):
            case = cases()[id]
            everything = (case.letter, *case.steps, *case.extras)
            assert not applies("thrombocytosis", case, everything)
            assert not applies("severe leg pain", case, everything)
        vera = cases()["vera"]
        serum = "serum VEGF above the laboratory's limit"
        assert not applies(serum, vera, vera.done(1)), "no neuropathy is known yet"
        assert applies(serum, vera, vera.done(2))

    def test_a_positive_step_raises_and_a_negative_one_lowers(self) -> None:
        for case in cases().values():
            for step in range(STEPS + 1):
                new = case.done(step)[-1].tests
                if len(set(new.values())) != 1:
                    continue
                used = [test for test in new if applies(test, case, case.done(step))]
                moved = percent(case.id, step) - (percent(case.id, step - 1) if step else 15.7)
                if not used:
                    assert moved == pytest.approx(0, abs=0.1)
                else:
                    assert moved > 0 if all(new.values()) else moved < 0

    def test_the_band_holds_the_middle_and_widens_with_doubt(self) -> None:
        for case, step, start in itertools.product(cases().values(), range(STEPS + 1), STARTS):
            found = suspicion(case, case.done(step), start)
            if found.ends is not None:
                assert found.ends[0] <= found.chance <= found.ends[1]

    def test_platelets_and_serum_vegf_are_called_dependent(self) -> None:
        tomas, beatriz = cases()["tomas"], cases()["beatriz"]
        assert linked(tomas, tomas.done(5))
        assert any("not independent" in line for line in notes(tomas, tomas.done(5)))
        assert not linked(beatriz, beatriz.done(6))

    def test_what_has_no_ratio_says_so(self) -> None:
        noor, vera = cases()["noor"], cases()["vera"]
        assert notes(noor, noor.done(1)) == (
            "No likelihood ratio was read for what this step found.",
        )
        assert "no figure was found" in start_note(vera, JAPAN)
        assert "scenario" in start_note(vera, "scenario: 5 %")
        line = notes(noor, (noor.letter, noor.find("nerves")))[0]
        assert line.endswith("its ratio holds against CIDP, not against MGUS neuropathy.")
