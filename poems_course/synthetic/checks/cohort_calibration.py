"""Calibration of the cohort: numbers that the model was given."""

from __future__ import annotations

import numpy as np

from poems_course.synthetic.checks.measure import (
    Ask,
    all_of,
    any_of,
    at_least,
    interval_of,
    median_within,
    share_within,
    shown,
    word,
)
from poems_course.synthetic.checks.registry import Check, Outcome, check, register
from poems_course.synthetic.checks.tables import Tables
from poems_course.synthetic.dataset import Dataset
from poems_course.synthetic.draws import Array

ORGANS = ("hepatomegaly", "splenomegaly", "lymphadenopathy")
OVERLOAD = ("oedema", "pleural_effusion", "ascites")
SKIN = (
    ("hyperpigmentation", "s-hyp-miest", ""),
    ("haemangioma", "s-hem-miest", ""),
    ("hypertrichosis", "s-hair-miest", ""),
    ("acrocyanosis", "s-vasc-miest", "acrocyanosis"),
    ("flushing", "s-vasc-miest", "flushing"),
    ("plethora", "s-vasc-miest", "rubor"),
    ("white_nails", "s-nail-miest", "white_nails"),
    ("skin_thickening", "s-nail-miest", "sclerodermoid"),
    ("clubbing", "f-club-miest", ""),
)
_SHARES: dict[str, tuple[tuple[str, Ask, str, str, str], ...]] = {
    "major": (
        ("polyneuropathy", any_of("polyneuropathy"), "f-neurop-cn1946", "", ""),
        ("clone", any_of("monoclonal_plasma_cells"), "c-ife-pre", "", ""),
        ("Castleman disease", any_of("castleman"), "f-cd-pku", "", ""),
        ("bone lesions", any_of("sclerotic_bone_lesions"), "f-bone-pre", "", ""),
    ),
    "organomegaly": (("organomegaly", any_of(*ORGANS), "f-org-cn1946", "", ""),),
    "fluid": (
        ("overload", any_of(*OVERLOAD), "f-evo-cn1946", "", ""),
        ("pleural effusion", any_of("pleural_effusion"), "f-ple-282", "", ""),
    ),
    "papilloedema": (("papilloedema", any_of("papilloedema"), "f-pap-trial", "", ""),),
    "glands": (
        ("prolactin", any_of("hyperprolactinaemia"), "e-prl-yang", "", ""),
        ("adrenals", any_of("adrenal_insufficiency"), "e-adr-yang", "", ""),
        ("diabetes", any_of("diabetes"), "e-dm-gandhi", "", ""),
        ("gonads of men", any_of("hypogonadism"), "e-gonad-yang", "men", "M"),
        ("gonads of women", any_of("hypogonadism"), "e-gonad-yang", "women", "F"),
        ("thyroid, overt", any_of("hypothyroidism"), "e-thy-yang", "overt", ""),
        (
            "thyroid, subclinical",
            any_of("subclinical_hypothyroidism"),
            "e-thy-yang",
            "subclinical",
            "",
        ),
    ),
    "complications": (
        ("wheelchair or bed", any_of("wheelchair_or_bed"), "disab-uclh", "", ""),
        ("pulmonary hypertension", any_of("pulmonary_hypertension"), "h-ph-li11", "", ""),
        ("thrombosis", any_of("thrombosis"), "h-thr-uclh", "", ""),
    ),
    "first-label": (("CIDP", word("first_label", "CIDP"), "misdx-uclh-cidp", "", ""),),
}
_SIZES = {"men": 226, "women": 125}  # tested, as e-gonad-yang states


def _share_check(id: str) -> None:
    rows = [
        (name, ask, interval_of(source, part, _SIZES.get(part)), sex)
        for name, ask, source, part, sex in _SHARES[id]
    ]

    def function(tables: Tables) -> Outcome:
        return all_of(
            [
                (name, share_within(tables, ask, *interval, sex=sex, joint=name in _JOINT))
                for name, ask, interval, sex in rows
            ]
        )

    what = f"shares in POEMS inside the interval of their source: {id}"
    expected = "; ".join(f"{name} {shown(interval)}" for name, _, interval, _ in rows)
    source = _SHARES[id][0][2]
    register(Check(f"cal-{id}", "calibration", "cohort", what, expected, function, source))


_JOINT = ("organomegaly", "overload")
for _id in _SHARES:
    _share_check(_id)


@check(
    "cal-skin",
    "calibration",
    "cohort",
    "each skin change, inside its interval",
    "all nine",
    "s-any-miest",
)
def _skin(tables: Tables) -> Outcome:
    return all_of(
        [
            (name, share_within(tables, any_of(name), *interval_of(source, part, 107)))
            for name, source, part in SKIN
        ]
    )


@check(
    "cal-clone-tests",
    "calibration",
    "cohort",
    "electrophoresis and immunofixation positive",
    "both inside",
    "c-spep-p32",
)
def _clone_tests(tables: Tables) -> Outcome:
    parts = (
        ("electrophoresis", "spike_on_electrophoresis", 24),
        ("immunofixation", "immunofixation_serum", 25),
    )
    return all_of(
        [
            (part, share_within(tables, any_of(name), *interval_of("c-spep-p32", part, n)))
            for part, name, n in parts
        ]
    )


@check(
    "cal-chains",
    "calibration",
    "cohort",
    "lambda and IgA among the clones of POEMS",
    "both inside",
    "c-lambda-shi",
)
def _chains(tables: Tables) -> Outcome:
    light = share_within(
        tables, word("light_chain", "lambda", "none"), *interval_of("c-lambda-shi", "lambda")
    )
    heavy = share_within(
        tables, word("heavy_chain", "IgA", "none"), *interval_of("c-heavy-shi", "iga", 38)
    )
    return all_of([("lambda", light), ("IgA", heavy)])


@check(
    "cal-pain-atrophy",
    "calibration",
    "cohort",
    "severe leg pain and atrophy in POEMS and in CIDP",
    "all four inside",
    "leg-pain",
)
def _pain(tables: Tables) -> Outcome:
    parts = [
        (name, source, part, group, n)
        for name, source in (("severe_leg_pain", "leg-pain"), ("muscle_atrophy", "muscle-atrophy"))
        for part, group, n in (("poems", "POEMS", 51), ("cidp", "CIDP", 46))
    ]
    return all_of(
        [
            (
                f"{name} {group}",
                share_within(tables, any_of(name), *interval_of(source, part, n), group),
            )
            for name, source, part, group, n in parts
        ]
    )


@check(
    "cal-platelets",
    "calibration",
    "cohort",
    "median platelets, POEMS and CIDP",
    "467 and 275 in their bands",
    "b-plt",
)
def _platelets(tables: Tables) -> Outcome:
    column = "platelets_10e9_per_l"
    return all_of(
        [
            ("POEMS", median_within(tables, column, "POEMS", 467, 136)),
            ("CIDP", median_within(tables, column, "CIDP", 275, 67)),
        ]
    )


@check(
    "cal-serum-vegf",
    "calibration",
    "cohort",
    "median serum VEGF in POEMS",
    "2835 in the band of 12",
    "vb-chiba",
)
def _serum(tables: Tables) -> Outcome:
    return median_within(tables, "vegf_serum_pg_ml", "POEMS", 2835, 12)


@check(
    "cal-plasma-vegf",
    "calibration",
    "cohort",
    "median plasma VEGF in POEMS",
    "452 in the band of 60",
    "v-plasma-level",
)
def _plasma(tables: Tables) -> Outcome:
    return median_within(tables, "vegf_plasma_pg_ml", "POEMS", 452, 60)


@check(
    "cal-vegf-others",
    "calibration",
    "cohort",
    "VEGF below its limit in the look-alikes",
    "plasma 95, serum 90 %",
    "plasma-vegf-cutoff",
)
def _others(tables: Tables) -> Outcome:
    def below(column: str, limit: float) -> Ask:
        asked = at_least(column, limit)
        return lambda cohort: 1 - asked(cohort)

    plasma = share_within(tables, below("vegf_plasma_pg_ml", 200), 0.87, 0.98, "")
    serum = share_within(tables, below("vegf_serum_pg_ml", 600), 0.85, 0.94, "")
    return all_of([("plasma", plasma), ("serum", serum)])


@check(
    "cal-age-sex",
    "calibration",
    "cohort",
    "median age and share of men in POEMS",
    "51 in the band of 99; 63 % of 99",
    "age-mayo-2003",
)
def _age(tables: Tables) -> Outcome:
    men = share_within(tables, word("sex", "M"), *interval_of("sex-mayo-2003"))
    return all_of([("age", median_within(tables, "age_years", "POEMS", 51, 99)), ("men", men)])


@check(
    "cal-delay",
    "calibration",
    "cohort",
    "mean months to the diagnosis of POEMS",
    "15 in the band of 100",
    "delay-uclh",
)
def _delay(tables: Tables) -> Outcome:
    return median_within(tables, "delay_months", "POEMS", 15, 100, mean=True)


@check(
    "cal-marrow",
    "calibration",
    "cohort",
    "median plasma cells in the marrow of POEMS",
    "5.5 % in the band of 24",
    "c-bm-kor",
)
def _marrow(tables: Tables) -> Outcome:
    return median_within(tables, "marrow_plasma_cells_percent", "POEMS", 5.5, 24)


@check(
    "cal-light-chain-ratio",
    "calibration",
    "cohort",
    "abnormal free light-chain ratio in POEMS",
    "about 20 %, and about 5 % in health",
    "c-flc",
)
def _ratio(tables: Tables) -> Outcome:
    poems = share_within(tables, abnormal_ratio, 0.14, 0.2)
    health = share_within(tables, abnormal_ratio, 0.0, 0.07, "healthy")
    return all_of([("POEMS", poems), ("healthy", health)])


def abnormal_ratio(cohort: Dataset) -> Array:
    """Whether the free light-chain ratio lies outside its reference range."""
    from poems_course.synthetic.dictionary import field

    low, high = field("cohort", "free_light_chain_ratio").range_for()
    ratio = cohort.numbers("free_light_chain_ratio")
    assert low is not None
    assert high is not None
    return np.where(np.isnan(ratio), np.nan, (ratio < low) | (ratio > high))


@check("cal-kidney", "calibration", "cohort", "eGFR below 60 in POEMS", "22.4 % of 299", "h-ren-ye")
def _kidney(tables: Tables) -> Outcome:
    asked = at_least("egfr_ml_per_min", 60)
    return share_within(tables, lambda cohort: 1 - asked(cohort), *interval_of("h-ren-ye"))


@check(
    "cal-m-protein",
    "calibration",
    "cohort",
    "median M-protein of POEMS where a spike shows",
    "11 g/L, inside 8 to 14",
    "c-size",
)
def _m_protein(tables: Tables) -> Outcome:
    table = tables.large("cohort")
    value = table.numbers("m_protein_g_per_l")[table.text("diagnosis") == "POEMS"]
    median = float(np.median(value[value > 0]))
    return Outcome(f"{median:.1f} g/L", 8 <= median <= 14)
