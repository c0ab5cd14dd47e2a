"""Figures: each returns a chart with its one-sentence reading and its table."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from poems_course.content import PoemsError
from poems_course.figures.exploration import Exploration

# Named by place, so that a lesson loads only what it shows.
CATALOGUE: dict[str, str] = {
    "axis-lesion": "poems_course.figures.axis_lesion:AXIS_LESION",
    "bayes": "poems_course.figures.bayes_update:BAYES",
    "bevacizumab": "poems_course.figures.bevacizumab:CLOCKS",
    "bone-imaging": "poems_course.figures.bone_imaging:BONE_IMAGING",
    "career": "poems_course.figures.career:CAREER",
    "clinic-bench": "poems_course.figures.clinic_bench:CLINIC_BENCH",
    "cohort-findings": "poems_course.figures.cohort_findings:COHORT_FINDINGS",
    "conduction-laboratory": "poems_course.figures.conduction_laboratory:LABORATORY",
    "delay": "poems_course.figures.delay:DELAY",
    "find-relapse": "poems_course.figures.find_relapse:FIND_RELAPSE",
    "fluid-map": "poems_course.figures.fluid_map:FLUID_MAP",
    "four-rules": "poems_course.figures.four_rules:FOUR_RULES",
    "gel": "poems_course.figures.gel:GEL",
    "lesson-plan": "poems_course.figures.lesson_plan:LESSON_PLAN",
    "light-chains": "poems_course.figures.light_chains:LIGHT_CHAINS",
    "local-or-spread": "poems_course.figures.local_or_spread:LOCAL_OR_SPREAD",
    "looks": "poems_course.figures.looks:LOOKS",
    "nail-angle": "poems_course.figures.finger_profile:NAIL_ANGLE",
    "next-test": "poems_course.figures.next_test:NEXT_TEST",
    "repertoire": "poems_course.figures.repertoire_growth:REPERTOIRE",
    "serum-level": "poems_course.figures.serum_level:SERUM_LEVEL",
    "skin-atlas": "poems_course.figures.skin_atlas:SKIN_ATLAS",
    "skin-signs": "poems_course.figures.skin_frequency:SKIN_FREQUENCY",
    "platelet-release": "poems_course.figures.platelet_release:PLATELETS",
    "spike-gate": "poems_course.figures.spike_gate:SPIKE_GATE",
    "spreading": "poems_course.figures.spreading:SPREADING",
    "starling": "poems_course.figures.starling:STARLING",
    "study-reading": "poems_course.figures.study_reading:STUDY_READING",
    "suspects": "poems_course.figures.suspects:SUSPECTS_EXPLORER",
    "survival": "poems_course.figures.survival_curve:SURVIVAL",
    "ten-panels": "poems_course.figures.ten_panels:TEN_PANELS",
    "therapy-course": "poems_course.figures.therapy_course:COURSE",
    "tour": "poems_course.figures.tour:TOUR",
    "trials": "poems_course.figures.trial_rows:TRIALS",
    "two-moves": "poems_course.figures.two_moves:TWO_MOVES",
    "vegf-cutoff": "poems_course.figures.vegf_cutoff:CUTOFF",
    "workup": "poems_course.figures.workup:WORKUP",
}


def exploration(id: str) -> Exploration:
    """The exploration of that name. Raises PoemsError where there is none."""
    if id not in CATALOGUE:
        raise PoemsError(f"there is no explorer '{id}'; there are {', '.join(sorted(CATALOGUE))}")
    module, name = CATALOGUE[id].split(":")
    return cast(Exploration, getattr(import_module(module), name))
