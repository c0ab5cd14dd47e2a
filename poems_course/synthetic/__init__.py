"""Invented data to learn with: no row in it is a patient.

Structure first: the diagnosis, then its findings from published frequencies, then laboratory
values given the findings. Each calibrated number stands in model/ with the fact behind it or with
the assumption that replaces one. This module imports no numpy: lessons read data/, they do not
build it.
"""

BUILDERS = {
    "cohort": "poems_course.synthetic.cohort",
    "vegf_assays": "poems_course.synthetic.vegf",
    "endocrine_panel": "poems_course.synthetic.endocrine",
    "electrophoresis": "poems_course.synthetic.electrophoresis",
    "electrophoresis_curves": "poems_course.synthetic.electrophoresis_curves",
    "nerve_conduction": "poems_course.synthetic.nerve_conduction",
    "waveforms": "poems_course.synthetic.waveforms",
    "followup": "poems_course.synthetic.followup",
    "survival": "poems_course.synthetic.survival",
    "published_cohorts": "poems_course.synthetic.published",
}
"""The module that builds each dataset: each has ``build(seed, patients=None) -> Dataset``."""

SEED = 2905
"""The seed of the datasets that come with the course (Orphanet's number of the syndrome)."""
