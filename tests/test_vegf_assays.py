"""The invented VEGF samples: their file, their calibration, and the cut-off moved over them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from poems_course.content import PoemsError
from poems_course.evidence import fact, wilson
from poems_course.figures import vegf_cutoff as cutoff
from poems_course.figures.vegf_assays import strip_plot
from poems_course.figures.vegf_samples import CLASSROOM_SERUM_LIMIT, CONFOUNDERS, GROUPS, rows
from poems_course.questions.bank import question
from poems_course.synthetic import SEED, vegf
from poems_course.synthetic.parameters import constant
from poems_course.synthetic.write import write

DATA = Path(__file__).parent.parent / "data"
CHOICES = [
    {"matrix": matrix, "cutoff": at, "controls": controls}
    for matrix in ("plasma", "serum")
    for at in cutoff.CUTOFFS
    for controls in cutoff.CONTROLS
]


def test_the_file_is_what_the_generator_gives(tmp_path: Path) -> None:
    write(tmp_path, [vegf.build(SEED)], SEED)
    assert (DATA / "vegf_assays.csv").read_bytes() == (tmp_path / "vegf_assays.csv").read_bytes()


def test_the_classroom_limit_is_that_of_the_generator() -> None:
    assert constant("vegf_serum_limit") == CLASSROOM_SERUM_LIMIT


def test_samples_hit_the_published_points() -> None:
    plasma = fact("plasma-vegf-200").value
    serum = fact("serum-vegf-uclh").value
    assert isinstance(plasma, dict)
    assert isinstance(serum, dict)
    limit = fact("plasma-vegf-cutoff").value
    assert isinstance(limit, float)
    alike = cutoff.CONTROLS["all look-alikes"]
    for matrix, at, published in (
        ("plasma", limit, plasma),
        ("serum", CLASSROOM_SERUM_LIMIT, serum),
    ):
        found, alarms = cutoff.split(matrix, ("POEMS",), at), cutoff.split(matrix, alike, at)
        assert abs(100 * found.positive / found.total - published["sensitivity"]) < 1
        assert abs(100 * alarms.negative / alarms.total - published["specificity"]) < 1


def test_samples_say_that_they_are_invented_and_do_not_betray_the_group() -> None:
    samples = rows()
    lines = (DATA / "vegf_assays.csv").read_text(encoding="utf-8").splitlines()
    assert all(line.endswith(",yes") for line in lines[1:])
    assert len({row.sample for row in samples}) == len(samples) == 800
    first = [row.group for row in samples if row.matrix == "serum"][:40]
    assert set(first) == set(GROUPS)
    one, other = vegf.build(1), vegf.build(2)
    assert one["vegf_pg_ml"].tolist() != other["vegf_pg_ml"].tolist()  # type: ignore[union-attr]


def test_confounders_raise_serum_and_leave_plasma_alone() -> None:
    def median(matrix: str, confounded: bool) -> float:
        values = sorted(
            row.vegf_pg_ml
            for row in rows()
            if row.matrix == matrix
            and row.group in cutoff.CONTROLS["all look-alikes"]
            and (row.confounder in CONFOUNDERS) is confounded
        )
        return values[len(values) // 2]

    assert median("serum", True) > 2 * median("serum", False)
    assert 0.6 < median("plasma", True) / median("plasma", False) < 1.6


@pytest.mark.parametrize("matrix", ["plasma", "serum"])
@pytest.mark.parametrize("controls", cutoff.CONTROLS)
def test_a_higher_cutoff_finds_fewer_and_clears_more(matrix: str, controls: str) -> None:
    groups = cutoff.CONTROLS[controls]
    found = [cutoff.split(matrix, ("POEMS",), at).positive for at in cutoff.CUTOFFS]
    cleared = [cutoff.split(matrix, groups, at).negative for at in cutoff.CUTOFFS]
    assert found == sorted(found, reverse=True)
    assert found[0] > found[-1]
    assert cleared == sorted(cleared)
    assert cleared[0] <= cleared[-1]


def test_serum_and_plasma_are_never_pooled() -> None:
    for chosen in CHOICES:
        people = cutoff.samples(str(chosen["matrix"]), cutoff.CONTROLS[str(chosen["controls"])])
        assert {row.matrix for row in people} == {chosen["matrix"]}


def test_reading_and_table_of_the_cutoff_agree() -> None:
    for chosen in CHOICES:
        chart = cutoff.CUTOFF.model(**chosen)
        (_, n, k, missed, _, _, interval), (_, m, alarms, cleared, *_) = chart.table.rows
        assert k + missed == n
        assert alarms + cleared == m
        assert f"{k} of {n} people with POEMS" in chart.reading
        assert f"{cleared} of {m}" in chart.reading
        low, high = wilson(int(k), int(n))
        assert interval == f"{100 * low:.0f} to {100 * high:.0f} %"
        assert str(interval) in chart.reading


def test_the_question_on_the_samples_has_their_answer() -> None:
    missed = cutoff.split("serum", ("POEMS",), 1000).negative
    assert question("q09-dataset").answer == missed
    assert cutoff.split("serum", ("POEMS",), 600).negative == 0
    at_600, at_1000 = (
        cutoff.split("serum", cutoff.CONTROLS["all look-alikes"], at).positive for at in (600, 1000)
    )
    assert at_1000 * 3 == at_600  # "the false alarms fall to a third"


def test_the_dataset_chart_counts_as_the_explorer_does_and_refuses_a_mixture() -> None:
    pandas = pytest.importorskip("pandas")
    assays = pandas.read_csv(DATA / "vegf_assays.csv")
    serum = assays[assays["matrix"] == "serum"]
    _, reading, table = strip_plot(serum, 1000)
    assert table.rows[0][2] == cutoff.split("serum", ("POEMS",), 1000).positive
    assert re.search(r"94 of 100 POEMS.*\.$", reading)
    with pytest.raises(PoemsError, match="plasma and serum"):
        strip_plot(assays, 1000)
    with pytest.raises(PoemsError, match="found none"):
        strip_plot(assays[:0], 1000)
    with pytest.raises(PoemsError, match="above 0"):
        strip_plot(serum, 0)
