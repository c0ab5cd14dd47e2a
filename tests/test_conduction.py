"""A nerve slowed, blocked and thinned: the study, and the laboratory that shows it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from poems_course.clinic.conduction import MotorStudy, Response, terminal_latency_index
from poems_course.evidence import fact
from poems_course.figures import exploration
from poems_course.figures.nerve_fibres import FIBRES, Nerve, compound, record

ROOT = Path(__file__).parents[1]
TWINS = MotorStudy(80, 225, Response(5.8, 2.1, 5.0), Response(12.6, 2.0, 5.2), lower_limit=4.0)


def study(
    forearm: float = 1, hand: float = 1, uneven: bool = False, **changes: float
) -> MotorStudy:
    return record(replace(Nerve(forearm, hand, uneven), **changes)).study  # type: ignore[arg-type]


class TestStudy:
    def test_samuel_worked_by_hand(self) -> None:
        # 225 mm in 6.8 ms; 80 mm at that speed would take 2.42 ms, and took 5.8
        assert pytest.approx(33.1, abs=0.05) == TWINS.velocity
        assert pytest.approx(0.417, abs=0.001) == TWINS.terminal_latency_index
        assert pytest.approx(4.76, abs=0.01) == TWINS.fall
        assert not TWINS.block
        assert not TWINS.dispersion

    @pytest.mark.parametrize(("further", "block"), [(1.05, True), (1.06, False)])
    def test_block_begins_at_half(self, further: float, block: bool) -> None:
        assert replace(TWINS, proximal=Response(12.6, further, 5.2)).block is block

    def test_a_tiny_response_is_not_called_blocked(self) -> None:
        """Fails for a rule that forgets the proviso: 20 % of the lower limit, here 0.8 mV."""
        tiny = replace(TWINS, distal=Response(5.8, 0.7, 5.0), proximal=Response(12.6, 0.1, 5.0))
        assert tiny.fall > 80
        assert not tiny.block
        assert replace(tiny, distal=Response(5.8, 0.8, 5.0)).block

    @pytest.mark.parametrize(("lasts", "dispersed"), [(6.5, False), (6.6, True)])
    def test_dispersion_begins_beyond_thirty_per_cent(self, lasts: float, dispersed: bool) -> None:
        assert replace(TWINS, proximal=Response(12.6, 2.0, lasts)).dispersion is dispersed

    @pytest.mark.parametrize("given", [(80, 0, 5), (80, 30, 0), (80, -1, 5)])
    def test_no_index_without_speed_or_time(self, given: tuple[float, float, float]) -> None:
        with pytest.raises(ValueError, match="above 0"):
            terminal_latency_index(*given)


class TestLaboratory:
    def test_the_healthy_nerve_has_the_published_height_and_speed(self) -> None:
        healthy, norm = study(), fact("norm-arm-nerves")
        assert healthy.distal.amplitude == norm.quantity("median_amplitude")
        assert healthy.velocity == pytest.approx(norm.quantity("median_velocity"), rel=0.02)
        assert not healthy.block
        assert not healthy.dispersion

    def test_lost_axons_make_it_small_and_hardly_slow(self) -> None:
        healthy, thinned = study(), study(lost=0.6)
        assert thinned.distal.amplitude == pytest.approx(0.4 * healthy.distal.amplitude, abs=0.1)
        assert thinned.fall == pytest.approx(healthy.fall, abs=2)
        assert thinned.velocity > 0.97 * healthy.velocity

    def test_block_spares_the_answer_from_the_wrist(self) -> None:
        healthy, blocked = study(), study(blocked=0.6)
        assert blocked.distal == healthy.distal
        assert blocked.block
        assert not blocked.dispersion

    def test_even_slowing_makes_it_late_not_small(self) -> None:
        slowed = study(0.6, 0.6)
        assert slowed.velocity == pytest.approx(0.6 * study().velocity, rel=0.02)
        assert slowed.distal.amplitude == study().distal.amplitude
        assert abs(slowed.fall) < 5

    def test_uneven_slowing_can_pass_for_block_without_a_blocked_fibre(self) -> None:
        """The riddle of the lesson: phases cancel. Fails for a model that adds areas."""
        nerve = Nerve(forearm=0.4, uneven=True)
        assert nerve.passing == nerve.conducting
        assert record(nerve).study.block
        assert record(nerve).study.dispersion

    def test_even_slowing_lifts_the_index_and_a_late_end_lowers_it(self) -> None:
        healthy = study().terminal_latency_index
        assert study(0.6, 0.6).terminal_latency_index > healthy + 0.03
        assert study(0.8, 0.4).terminal_latency_index < healthy - 0.1

    def test_even_slowing_gives_what_chiba_printed(self) -> None:
        """A check on the model, not a fit: index and latency of POEMS, from one lever."""
        chiba, slowed = fact("n-dml-tli"), study(0.6, 0.6)
        assert slowed.terminal_latency_index == pytest.approx(chiba.quantity("poems_tli"), abs=0.01)
        assert slowed.distal.latency == pytest.approx(chiba.quantity("poems_latency_ms"), abs=0.1)

    @pytest.mark.parametrize(
        ("share", "left"), [(0.0, FIBRES), (0.3, 14), (0.6, 8), (0.9, 2), (1.0, 1)]
    )
    def test_a_share_of_the_fibres_dies_and_one_is_left(self, share: float, left: int) -> None:
        assert len(Nerve(lost=share).conducting) == left

    def test_units_that_arrive_together_add_up(self) -> None:
        alone, together, apart = (max(compound(at)) for at in ((5.0,), (5.0, 5.0), (5.0, 10.0)))
        assert together == pytest.approx(2 * alone)
        assert apart < 1.1 * alone

    def test_the_sentences_that_the_lesson_prints(self) -> None:
        shown = exploration("conduction-laboratory")
        riddle = shown.positions(forearm=40.0, pattern="some fibres more")
        said = shown.chart_at(riddle).reading
        assert "71 % smaller, 273 % longer" in said
        assert said.endswith("by the European limits conduction block and temporal dispersion.")
        start = shown.chart_at(shown.start).reading
        assert "(as high, 13 % longer): velocity 58 m/s" in start
        assert start.endswith("neither block nor dispersion.")

    def test_blocked_and_lost_fibres_are_drawn_as_such(self) -> None:
        shown = exploration("conduction-laboratory")

        def drawn(kind: str, **settings: float) -> int:
            svg = shown.chart_at(shown.positions(**settings)).svg
            return sum(
                d.count("M") for d in re.findall(rf'<path class="{kind}" d="([^"]*v3.4)"', svg)
            )

        assert drawn("k s1", blocked=60.0) == 12
        assert drawn("k s1") == 0
