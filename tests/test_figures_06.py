"""The explorers and the questions of the lesson "Monoclonal gammopathy and bone"."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from poems_course.content import PoemsError
from poems_course.evidence import fact
from poems_course.figures import bone_lesions, datasets, exploration
from poems_course.figures import serum as sera
from poems_course.figures.bone_imaging import PUBLISHED
from poems_course.figures.bone_lesions import MODALITIES, Lesion, cohort, count, seen
from poems_course.figures.light_chains import FREE, PAIRS, mixed
from poems_course.figures.serum import METHODS, PATIENTS, POINTS, measured, serum
from poems_course.figures.spike_gate import LEFTS, RIGHTS, SERA
from poems_course.questions.bank import question

DROP, SKIM = METHODS
DATA = Path(__file__).resolve().parent.parent / "data"


def reading(explorer: str, **settings: object) -> str:
    shown = exploration(explorer)
    return shown.chart_at(shown.positions(**settings)).reading


def table(explorer: str, **settings: object) -> dict[str, tuple[object, ...]]:
    shown = exploration(explorer)
    rows = shown.chart_at(shown.positions(**settings)).table.rows
    return {str(row[0]): row[1:] for row in rows}


class TestGate:
    flat = (2.0,) * POINTS  # g/dL everywhere: 20 g/L over the whole track
    block = (1.0,) * 140 + (5.0,) * 20 + (1.0,) * 40  # a spike of 4 g/dL from 70 to 80 %

    def test_all_protein_of_the_track_is_its_mean(self) -> None:
        assert measured(self.flat, 0 + 50, 100, DROP) == pytest.approx(10)

    def test_by_hand(self) -> None:
        # 20 of 200 points at 5 g/dL: 0.5 g/dL, or 5 g/L; above a floor of 1 g/dL, 4 g/L.
        assert measured(self.block, 70, 80, DROP) == pytest.approx(5)
        assert measured(self.block, 68, 82, DROP) == pytest.approx(5.4)
        assert measured(self.block, 68, 82, SKIM) == pytest.approx(4)

    @pytest.mark.parametrize("method", METHODS)
    def test_a_gate_without_width_measures_nothing(self, method: str) -> None:
        assert measured(self.block, 80, 80, method) == measured(self.block, 80, 70, method) == 0

    def test_what_lies_below_the_line_is_not_taken_off(self) -> None:
        valley = (5.0,) * 140 + (1.0,) * 20 + (5.0,) * 40
        assert measured(valley, 68, 82, SKIM) == 0

    @pytest.mark.parametrize("sample", SERA)
    def test_a_wider_gate_never_drops_less(self, sample: str) -> None:
        curve = serum(sample).curve
        for left in LEFTS:
            found = [measured(curve, left, right, DROP) for right in RIGHTS if right > left]
            assert found == sorted(found)

    @pytest.mark.parametrize("sample", [s for s in SERA if s != "Grace"])
    def test_each_spike_can_be_measured_to_within_a_gram(self, sample: str) -> None:
        true = serum(sample).m_protein
        assert true is not None
        errors = [
            abs(measured(serum(sample).curve, left, right, SKIM) - true)
            for left in LEFTS
            for right in RIGHTS
        ]
        assert min(errors) <= 1

    def test_the_sentence_tells_too_much_from_too_little(self) -> None:
        assert "10.2 g/L too much" in reading("spike-gate")
        narrow = reading("spike-gate", left=78, right=82, method=SKIM)
        assert "too little" in narrow
        assert "no gate is open" in reading("spike-gate", left=80, right=70)
        assert "ordinary protein" in reading("spike-gate", sample="Grace")


class TestGel:
    def test_the_sera_are_rows_of_the_data(self) -> None:
        with (DATA / "electrophoresis.csv").open(encoding="utf-8", newline="") as file:
            rows = {int(row["patient"]): row for row in csv.DictReader(file)}
        for name, patient in PATIENTS.items():
            shown, row = serum(name), rows[patient]
            assert (shown.m_protein is not None) == (row["spike"] == "1")
            assert bool(shown.lanes) == (row["immunofixation"] == "1")
            assert sum(shown.curve) / POINTS == pytest.approx(sum(shown.fractions) / 10, abs=0.05)

    def test_a_band_names_one_heavy_and_one_light_chain(self) -> None:
        for name in PATIENTS:
            lanes = serum(name).lanes
            assert not lanes or (lanes[0] in "GAM" and lanes[1] in ("kappa", "lambda"))

    def test_the_three_outcomes_are_all_there(self) -> None:
        assert "names it IgG lambda" in reading("gel", sample="serum 192", immunofixation=True)
        assert "shows no spike, but immunofixation shows a band of IgA lambda" in reading(
            "gel", immunofixation=True
        )
        assert "no band either" in reading("gel", sample="serum 11", immunofixation=True)

    def test_unstained_lanes_tell_nothing(self) -> None:
        before = exploration("gel").chart_at(exploration("gel").positions())
        assert "IgA" not in before.reading
        assert table("gel")["immunofixation, IgA"] == ("not stained yet",)
        assert table("gel", immunofixation=True)["immunofixation, IgA"] == ("band at 70 %",)

    def test_a_missing_curve_is_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(datasets, "rows", lambda name: ())
        sera._curves.cache_clear()
        serum.cache_clear()
        try:
            with pytest.raises(PoemsError, match="lack patient 5"):
                serum("Grace")
        finally:
            sera._curves.cache_clear()
            serum.cache_clear()


class TestLightChains:
    def test_without_a_clone_the_healthy_person_is_normal(self) -> None:
        healthy = mixed(0, 0, 1, 1)
        assert healthy.free_kappa == pytest.approx((3.3 * 19.4) ** 0.5)
        assert healthy.free_ratio == pytest.approx(0.653, abs=0.001)
        assert FREE.verdict("ratio", healthy.free_ratio) == "normal"
        assert PAIRS.verdict("ratio", healthy.pair_ratio) == "normal"

    def test_work_and_kidneys_alone_leave_the_free_ratio(self) -> None:
        ratios = {round(mixed(0, 0, w, k).free_ratio, 9) for w in (1, 2, 3) for k in (1, 2, 3)}
        assert len(ratios) == 1

    def test_busy_neighbours_hide_the_clone(self) -> None:
        quiet, busy = mixed(1, 20, 1, 1), mixed(1, 20, 3, 1)
        assert FREE.verdict("ratio", quiet.free_ratio) == "low"
        assert FREE.verdict("ratio", busy.free_ratio) == "normal"
        assert FREE.verdict("kappa", busy.free_kappa) == "high"
        assert FREE.verdict("lambda", busy.free_lambda) == "high"

    def test_kidneys_touch_free_chains_only(self) -> None:
        one, two = mixed(2, 10, 1, 1), mixed(2, 10, 1, 3)
        assert two.pair_ratio == one.pair_ratio
        assert two.free_kappa == pytest.approx(3 * one.free_kappa)

    def test_pairs_tip_where_free_chains_do_not(self) -> None:
        said = reading("light-chains")
        assert "ratio of 0.36, normal" in said
        assert "0.63, low" in said

    def test_limits_are_the_facts(self) -> None:
        assert FREE.interval("ratio") == (0.26, 1.65)
        assert PAIRS.interval("ratio") == (0.8, 2.04)


class TestBone:
    def test_the_cohort_agrees_with_what_was_published(self) -> None:
        def patients(**kind: str) -> int:
            ((name, value),) = kind.items()
            return len({les.patient for les in cohort() if getattr(les, name) == value})

        assert count(cohort(), "CT, chest to pelvis").patients == round(0.974 * 38)
        assert count(cohort(), "X-ray survey").patients == round(0.868 * 38)
        assert patients(site="pelvis") == round(fact("i-site").quantity() / 100 * 38)
        assert patients(kind="sclerotic") == 35
        assert patients(kind="mixed") == 32
        small = sum(les.size_mm < 10 for les in cohort()) / len(cohort())
        assert small == pytest.approx(0.71, abs=0.01)

    @pytest.mark.parametrize(
        ("modality", "shows"),
        [
            ("X-ray survey", (False, True, False, False)),
            ("CT, chest to pelvis", (True, True, True, False)),
            ("CT, whole skeleton", (True, True, True, True)),
            ("FDG-PET without its CT", (False, False, True, False)),
            ("PET/CT, both read", (True, True, True, True)),
        ],
    )
    def test_what_each_shows(self, modality: str, shows: tuple[bool, ...]) -> None:
        lesions = (
            Lesion(0, "sclerotic", "pelvis", 5),
            Lesion(0, "sclerotic", "pelvis", 15),
            Lesion(0, "lytic", "spine", 8),
            Lesion(0, "mixed", "skull", 5),
        )
        assert tuple(seen(lesion, modality) for lesion in lesions) == shows

    def test_a_count_by_hand(self) -> None:
        one = Lesion(0, "sclerotic", "pelvis", 15)
        lesions = (one, replace(one, size_mm=5), replace(one, patient=1))
        assert count(lesions, "X-ray survey") == bone_lesions.Count(3, 2, 2, 1)

    def test_patients_are_missed_less_often_than_lesions(self) -> None:
        found = count(cohort(), "X-ray survey")
        assert found.shown / found.lesions < 0.5 < 0.85 < found.patients / bone_lesions.PATIENTS

    def test_pet_misses_most_sclerotic_lesions_and_finds_most_lytic_ones(self) -> None:
        shown = table("bone-imaging", modality=MODALITIES[3])
        sclerotic, lytic = shown["sclerotic"], shown["lytic"]
        assert int(str(sclerotic[1])) < int(str(sclerotic[0])) / 4
        assert int(str(lytic[1])) > int(str(lytic[0])) / 2

    def test_published_shares_are_whole_patients(self) -> None:
        for row in PUBLISHED:
            assert row.percent == pytest.approx(
                100 * round(row.percent * row.n / 100) / row.n, abs=0.5
            )
            low, high = row.interval
            assert low < row.percent < high


class TestQuestions:
    def test_the_dataset_question_is_answered_by_the_dataset(self) -> None:
        with (DATA / "electrophoresis.csv").open(encoding="utf-8", newline="") as file:
            poems = [row for row in csv.DictReader(file) if row["diagnosis"] == "POEMS"]
        normal = [row for row in poems if 0.26 <= float(row["ratio"]) <= 1.65]

        def missed(test: str) -> int:
            return sum(row[test] == "0" for row in normal)

        assert len(poems) == 100
        assert (missed("spike"), missed("immunofixation")) == (72, 26)
        assert question("q06-still-missed").answer == missed("immunofixation")
        assert len(normal) - missed("immunofixation") == 59

    def test_skimming_is_a_subtraction(self) -> None:
        assert question("q06-skim").answer == pytest.approx(14 - 5.5)

    def test_the_bone_question_counts_the_invented_cohort(self) -> None:
        found = count(cohort(), "X-ray survey")
        why = question("q06-patients-not-lesions").why.replace("\n", " ")
        assert f"{found.patients} of 38 patients, but only {found.shown} of {found.lesions}" in why

    def test_grace_is_patient_5_of_the_data(self) -> None:
        with (DATA / "electrophoresis.csv").open(encoding="utf-8", newline="") as file:
            row = next(row for row in csv.DictReader(file) if row["patient"] == "5")
        assert (row["free_kappa"], row["free_lambda"], row["ratio"]) == ("42.1", "35.7", "1.18")
        assert serum("Grace").type == "IgA lambda"
