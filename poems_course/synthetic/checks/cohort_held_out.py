"""Out-of-sample checks of the cohort: published numbers that the model was not given.

They were named in model/held_out.toml before the cohort was fitted.
"""

from __future__ import annotations

from poems_course.evidence import wilson
from poems_course.synthetic.checks.cohort_calibration import SKIN
from poems_course.synthetic.checks.measure import (
    Ask,
    any_of,
    at_least,
    interval_of,
    share_within,
    shown,
    word,
)
from poems_course.synthetic.checks.registry import Check, Outcome, register
from poems_course.synthetic.checks.tables import Tables
from poems_course.synthetic.parameters import constant

COUNTING = ("hypogonadism", "hyperprolactinaemia", "adrenal_insufficiency")
THYROID = ("hypothyroidism", "subclinical_hypothyroidism")
HIGH_PLATELETS = any_of("thrombocytosis")
_SHARES: tuple[tuple[str, str, Ask, tuple[float, float], str, str], ...] = (
    (
        "platelets-poems",
        "thrombocytosis in POEMS, Mayo",
        HIGH_PLATELETS,
        wilson(73, 136),
        "POEMS",
        "f-plt-naddaf",
    ),
    (
        "platelets-cidp",
        "thrombocytosis in CIDP, Mayo",
        HIGH_PLATELETS,
        wilson(1, 67),
        "CIDP",
        "f-plt-naddaf",
    ),
    (
        "platelets-pumch",
        "thrombocytosis in POEMS, a second series",
        HIGH_PLATELETS,
        interval_of("f-plt-shi"),
        "POEMS",
        "f-plt-shi",
    ),
    (
        "platelets-pku",
        "thrombocytosis in POEMS, a third series",
        HIGH_PLATELETS,
        interval_of("f-plt-pku"),
        "POEMS",
        "f-plt-pku",
    ),
    (
        "plasma-200",
        "plasma VEGF from 200 pg/mL in POEMS",
        at_least("vegf_plasma_pg_ml", 200),
        interval_of("plasma-vegf-200", "sensitivity", 29),
        "POEMS",
        "plasma-vegf-200",
    ),
    (
        "serum-limit",
        "serum VEGF above the classroom's limit in POEMS",
        at_least("vegf_serum_pg_ml", constant("vegf_serum_limit")),
        interval_of("serum-vegf-uclh", "sensitivity", 27),
        "POEMS",
        "serum-vegf-uclh",
    ),
    (
        "glands",
        "an endocrinopathy that counts in POEMS",
        any_of(*COUNTING),
        wilson(26, 32),
        "POEMS",
        "f-endo-p32",
    ),
    (
        "any-gland",
        "any endocrinopathy in POEMS",
        any_of(*COUNTING, *THYROID, "diabetes"),
        wilson(54, 64),
        "POEMS",
        "f-endo-gandhi",
    ),
    (
        "glucose",
        "fasting glucose from 100 mg/dL on in POEMS",
        at_least("glucose_mg_per_dl", 100),
        wilson(24, 50),
        "POEMS",
        "e-glu-gandhi",
    ),
    (
        "tsh",
        "TSH above its range in POEMS",
        any_of(*THYROID),
        interval_of("e-tsh-gandhi"),
        "POEMS",
        "e-tsh-gandhi",
    ),
    (
        "skin",
        "any skin change in POEMS",
        any_of(*(name for name, *_ in SKIN)),
        wilson(96, 107),
        "POEMS",
        "s-any-miest",
    ),
    (
        "liver-spleen",
        "liver or spleen enlarged in POEMS",
        any_of("hepatomegaly", "splenomegaly"),
        wilson(65, 90),
        "POEMS",
        "f-hsm-pet",
    ),
    (
        "castleman",
        "Castleman disease in POEMS, a second series",
        any_of("castleman"),
        interval_of("f-cd-p36"),
        "POEMS",
        "f-cd-p36",
    ),
    (
        "papilloedema",
        "papilloedema in POEMS, a second series",
        any_of("papilloedema"),
        interval_of("f-pap-p36", n=36),
        "POEMS",
        "f-pap-p36",
    ),
    (
        "first-label",
        "first label CIDP, a second series",
        word("first_label", "CIDP"),
        interval_of("misdx-nasu-cidp"),
        "POEMS",
        "misdx-nasu-cidp",
    ),
    (
        "wheelchair",
        "wheelchair or bed, a second series",
        any_of("wheelchair_or_bed"),
        interval_of("disab-karam", "wheelchair_before"),
        "POEMS",
        "disab-karam",
    ),
    (
        "men",
        "share of men, a second series (1.4 to 1)",
        word("sex", "M"),
        wilson(58, 99),
        "POEMS",
        "sex-pumch-2011",
    ),
)
_JOINT = ("glands", "any-gland", "skin", "liver-spleen")


def _share_check(
    id: str, what: str, ask: Ask, interval: tuple[float, float], group: str, source: str
) -> None:
    def function(tables: Tables) -> Outcome:
        return share_within(tables, ask, *interval, group=group, joint=id in _JOINT)

    register(Check(f"oos-{id}", "out_of_sample", "cohort", what, shown(interval), function, source))


for _row in _SHARES:
    _share_check(*_row)
