"""The explorers, the patient and the questions of the lesson on the skin."""

from __future__ import annotations

import math
import re
from typing import Any
from xml.etree import ElementTree

import pytest

from poems_course.clinic.words import word_list
from poems_course.evidence import cohorts, fact, wilson
from poems_course.figures import datasets, exploration
from poems_course.figures.chart import Chart
from poems_course.figures.finger_profile import ANGLES, Profile
from poems_course.figures.palette import contrast
from poems_course.figures.skin_frequency import FINDINGS, GONE
from poems_course.figures.skin_signs import SIGNS
from poems_course.figures.skin_tones import TONES, mix
from poems_course.questions.bank import question

SKIN = (
    *("hyperpigmentation", "haemangioma", "hypertrichosis", "acrocyanosis", "flushing"),
    *("plethora", "white_nails", "skin_thickening", "clubbing"),
)


def chart(name: str, **settings: Any) -> Chart:
    shown = exploration(name)
    return shown.chart_at(shown.positions(**settings))


class TestTones:
    def test_a_mixture_lies_between_its_colours(self) -> None:
        assert mix("#000000", "#ffffff", 0.5) == "#808080"
        assert mix("#102030", "#ffffff", 0) == "#102030"

    def test_they_run_from_light_to_dark(self) -> None:
        against_white = [contrast(one.skin, "#ffffff") for one in TONES]
        assert against_white == sorted(against_white)

    @pytest.mark.parametrize("skin", TONES, ids=lambda one: one.name)
    def test_darkening_darkens_every_tone(self, skin: Any) -> None:
        assert contrast(skin.darkened().skin, "#ffffff") > contrast(skin.skin, "#ffffff")

    def test_red_spots_stand_out_most_on_light_skin(self) -> None:
        seen = [contrast(one.spot, one.skin) for one in TONES]
        assert seen == sorted(seen, reverse=True)

    def test_white_nails_stand_out_most_on_dark_skin(self) -> None:
        seen = [contrast("#f3efe4", one.skin) for one in TONES]
        assert seen == sorted(seen)


class TestAtlas:
    def test_what_counts_is_what_the_rules_count(self) -> None:
        listed = word_list("skin_changes").counts
        assert {sign.word for sign in SIGNS.values() if sign.counts == "yes"} <= set(listed)
        assert SIGNS["clubbing"].counts == SIGNS["thickened skin"].counts == "no"

    @pytest.mark.parametrize("name", SIGNS)
    def test_the_sentence_says_what_is_seen_and_on_which_tone(self, name: str) -> None:
        sign = SIGNS[name]
        light = chart("skin-atlas", sign=name, skin="very light").reading
        dark = chart("skin-atlas", sign=name, skin="very dark brown", beside=True).reading
        assert sign.see in light
        assert "on very light skin " + sign.on_light in light
        assert "on very dark brown skin " + sign.on_dark in dark
        assert sign.beside in dark
        assert sign.beside not in light

    @pytest.mark.parametrize("name", SIGNS)
    def test_the_comparison_is_another_drawing(self, name: str) -> None:
        for skin in TONES:
            assert SIGNS[name].draw(skin, True) != SIGNS[name].draw(skin, False)

    def test_every_look_on_dark_skin_names_its_source_or_its_lack(self) -> None:
        for name, sign in SIGNS.items():
            rows = dict(chart("skin-atlas", sign=name).table.rows)
            assert rows["Where the look on dark skin is from"] == sign.source
            assert sign.source

    def test_the_lesson_frequency_is_the_cohort_of_107(self) -> None:
        low, high = wilson(50, 107)  # 47 % of 107
        assert SIGNS["darker skin"].frequency == (
            f"47 % of 107 ({100 * low:.0f} to {100 * high:.0f} %), Mayo Clinic records"
        )

    def test_colours_of_skin_do_not_follow_the_theme(self) -> None:
        drawn = ElementTree.fromstring(chart("skin-atlas").svg)
        shapes = [e for e in drawn.iter() if e.tag.endswith(("path", "ellipse"))]
        assert shapes
        assert all("class" not in shape.attrib for shape in shapes)

    def test_equal_names_of_gradients_mean_equal_gradients(self) -> None:
        seen: dict[str, str] = {}
        for at in exploration("skin-atlas").states():
            svg = exploration("skin-atlas").chart_at(at).svg
            for name, inside in re.findall(
                r'<linearGradient id="([^"]+)"(.*?)</linearGradient>', svg
            ):
                assert seen.setdefault(name, inside) == inside


class TestNailAngle:
    def test_the_tilt_is_half_of_what_is_missing_to_180_degrees(self) -> None:
        assert Profile(160).tilt == pytest.approx(math.tan(math.radians(10)))
        assert Profile(200).tilt == pytest.approx(-math.tan(math.radians(10)))

    @pytest.mark.parametrize("angle", ANGLES)
    def test_the_drawn_lines_enclose_the_angle(self, angle: int) -> None:
        shape = Profile(angle)
        (x, y), (bx, by), (ax, ay) = shape.fold, shape.skin_line(40), shape.nail_line(40)
        back, ahead = math.atan2(y - by, bx - x), math.atan2(y - ay, ax - x)
        assert math.degrees(back - ahead) % 360 == pytest.approx(angle)

    def test_180_is_the_border_and_not_yet_clubbing(self) -> None:
        assert [angle for angle in ANGLES if Profile(angle).clubbed] == [185, 190, 195, 200, 205]
        assert "straight line" in chart("nail-angle", angle=180).reading

    def test_the_window_closes_where_the_notch_is_gone(self) -> None:
        gaps = [Profile(angle).window for angle in ANGLES]
        assert gaps == sorted(gaps, reverse=True)
        assert [gap > 0 for gap in gaps] == [angle < 180 for angle in ANGLES]
        assert "is gone" in chart("nail-angle", angle=185, window=True).reading


class TestFrequencies:
    def test_signs_of_the_mayo_series_agree_with_their_facts(self) -> None:
        vessels, nails = fact("s-vasc-miest"), fact("s-nail-miest")
        printed = {
            "darker skin": fact("s-hyp-miest").quantity(),
            "haemangioma": fact("s-hem-miest").quantity(),
            "hypertrichosis": fact("s-hair-miest").quantity(),
            "acrocyanosis": vessels.quantity("acrocyanosis"),
            "Raynaud phenomenon": vessels.quantity("raynaud"),
            "flushing": vessels.quantity("flushing"),
            "white nails": nails.quantity("white_nails"),
            "skin thickening": nails.quantity("sclerodermoid"),
            "clubbing": nails.quantity("clubbing"),
        }
        assert {sign.name: sign.mayo.percent for sign in FINDINGS} == printed

    def test_what_is_gone_is_what_the_trial_printed(self) -> None:
        printed = fact("s-gao").numbers
        for _, k, n in GONE:
            assert {k, n, round(100 * k / n, 1)} <= printed

    def test_a_figure_without_a_number_of_patients_gets_no_interval(self) -> None:
        plain = chart("skin-signs", view="clubbing")
        more = chart("skin-signs", view="clubbing", uncounted=True)
        assert "22 %" not in plain.reading
        assert "22 % (a Chinese series)" in more.reading
        assert more.table.rows[-1][4] == "none possible"
        assert more.svg.count('class="k s') == plain.svg.count('class="k s')

    def test_thickening_in_two_hospitals_is_more_than_chance(self) -> None:
        assert "do not meet" in chart("skin-signs", view="skin thickening").reading
        low, high = sorted(cohorts("skin-thickening"), key=lambda row: row.percent)
        assert low.high < high.low


def shares(diagnosis: str) -> dict[str, float]:
    """Percentage of an invented group with each skin sign."""
    people = [row for row in datasets.rows("cohort") if row["diagnosis"] == diagnosis]
    return {sign: 100 * sum(row[sign] == "1" for row in people) / len(people) for sign in SKIN}


class TestQuestions:
    def test_the_dataset_question_is_answered_by_the_dataset(self) -> None:
        poems, cidp = shares("POEMS"), shares("CIDP")
        gaps = {sign: poems[sign] - cidp[sign] for sign in SKIN}
        widest, second = sorted(SKIN, key=gaps.__getitem__, reverse=True)[:2]
        item = question("q07-widest-gap")
        assert (widest, second) == ("hyperpigmentation", "haemangioma")
        assert item.answer is not None
        assert item.tolerance is not None
        assert abs(gaps[widest] - item.answer) <= item.tolerance
        assert abs(gaps[second] - item.answer) > item.tolerance
        assert cidp["skin_thickening"] == 0  # the warning below the table

    def test_what_counts_is_marked_as_the_rules_count(self) -> None:
        counts = word_list("skin_changes").counts
        for option in question("q07-what-counts").options:
            word = option.text.replace(" ", "_").replace("thickened_skin", "skin_thickening")
            assert option.correct == (word in counts), option.text

    def test_the_interval_behind_six_per_cent(self) -> None:
        (row,) = cohorts("clubbing")
        assert (round(row.low), round(row.high)) == (3, 12)
