"""Calibration of the cohort: numbers that the model was given."""

from __future__ import annotations

from poems_course.synthetic.checks.measure import (
    Ask,
    all_of,
    any_of,
    interval_of,
    share_within,
    shown,
    word,
)
from poems_course.synthetic.checks.registry import Check, Outcome, check, register
from poems_course.synthetic.checks.tables import Tables

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
