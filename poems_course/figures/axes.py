"""The hormone axes that lesson 05 takes apart: storeys, hormones, what each lesion says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from poems_course.clinic import feedback
from poems_course.clinic.feedback import (
    GLAND,
    HYPOTHALAMUS,
    LESIONS,
    NOTHING,
    OUTSIDE,
    PITUITARY,
    TISSUE,
)
from poems_course.clinic.hormone_panel import Place


@dataclass(frozen=True)
class Axis:
    """One axis from top to bottom.

    *arrows* name what runs from each storey to the next, "" where nothing does; *back* is the
    storey that hears the feedback from the tissue, and *heard* what it hears. *first* and *second*
    are the two hormones of the panel, *says* the meaning of each lesion.
    """

    name: str
    storeys: tuple[str, str, str, str]
    arrows: tuple[str, str, str]
    back: tuple[int, ...]
    heard: str
    first: str
    second: str
    settle: Callable[[str], tuple[Place, Place]]
    says: dict[str, str] = field(default_factory=dict)

    @property
    def outside_loop(self) -> int:
        """How many storeys, from the top, play no part."""
        return sum(not arrow for arrow in self.arrows)


def _central(first: str, rests: str) -> dict[str, str]:
    return {
        HYPOTHALAMUS: f"central failure: nothing tells the pituitary to make {first}, so {rests}",
        PITUITARY: f"central failure: no {first}, so {rests}",
    }


_ALIKE = "blood alone does not tell hypothalamus from pituitary here"
_NO_PITUITARY = "this loop does not pass through hypothalamus or pituitary"

GONADS = Axis(
    "gonads of a man",
    ("hypothalamus", "pituitary", "testes", "tissues"),
    ("GnRH", "LH", "testosterone"),
    (0, 1),
    "testosterone felt",
    "LH",
    "testosterone",
    feedback.three_storeys,
    {
        NOTHING: "testosterone keeps LH in check, and LH keeps testosterone up",
        **{k: f"{v}; {_ALIKE}" for k, v in _central("LH", "the testes rest").items()},
        GLAND: "primary failure: the testes do not answer, and LH rises to push them",
        TISSUE: "resistance: testosterone is made but not felt, so more of both is made",
        OUTSIDE: "enough testosterone is felt, so LH falls and the man's own testes rest",
    },
)
PROLACTIN = Axis(
    "prolactin",
    ("hypothalamus", "pituitary", "testes", "tissues"),
    ("dopamine (brake)", "LH", "testosterone"),
    (0,),
    "prolactin",
    "prolactin",
    "testosterone",
    feedback.prolactin,
    {
        NOTHING: "dopamine from the hypothalamus holds prolactin down",
        HYPOTHALAMUS: "the brake is gone: prolactin rises, quiets GnRH, and the testes rest",
        PITUITARY: "the pituitary makes neither prolactin nor LH",
        GLAND: "the testes fail by themselves, and prolactin has no part in it",
        TISSUE: "testosterone is not felt, and prolactin has no part in it",
        OUTSIDE: "testosterone comes from a needle, and prolactin has no part in it",
    },
)
THYROID = Axis(
    "thyroid",
    ("hypothalamus", "pituitary", "thyroid", "tissues"),
    ("TRH", "TSH", "free T4"),
    (0, 1),
    "T4 felt",
    "TSH",
    "free T4",
    feedback.three_storeys,
    {
        NOTHING: "T4 keeps TSH in check, and TSH keeps T4 up",
        **_central("TSH", "the thyroid rests; a TSH that is not raised does not clear it"),
        GLAND: "primary failure: the thyroid does not answer, and TSH rises to push it",
        TISSUE: "resistance: T4 is made but not felt, so more of both is made",
        OUTSIDE: "too many T4 tablets: enough is felt, so TSH falls",
    },
)
ADRENALS = Axis(
    "adrenals",
    ("hypothalamus", "pituitary", "adrenals", "tissues"),
    ("CRH", "ACTH", "cortisol"),
    (0, 1),
    "cortisol felt",
    "ACTH",
    "cortisol",
    feedback.adrenal,
    {
        NOTHING: "cortisol keeps ACTH in check, and ACTH keeps cortisol up",
        **_central("ACTH", "the adrenals rest"),
        GLAND: "primary failure: the adrenals do not answer, and ACTH rises to push them",
        TISSUE: "resistance: cortisol is made but not felt, so more of both is made",
        OUTSIDE: (
            "steroid tablets are felt but not measured: ACTH falls and the adrenals sleep, "
            "so never stop such tablets at a stroke"
        ),
    },
)
CALCIUM = Axis(
    "calcium",
    ("hypothalamus", "pituitary", "parathyroids", "bone, kidney, gut"),
    ("", "", "PTH"),
    (2,),
    "calcium felt",
    "PTH",
    "calcium",
    feedback.calcium,
    {
        NOTHING: "calcium keeps PTH in check, and PTH keeps calcium up",
        HYPOTHALAMUS: _NO_PITUITARY,
        PITUITARY: _NO_PITUITARY,
        GLAND: "the parathyroids fail: too little PTH, so calcium falls",
        TISSUE: "bone and kidney do not answer, or lack vitamin D, so PTH rises to push them",
        OUTSIDE: "calcium comes from outside, so the parathyroids rest",
    },
)
GLUCOSE = Axis(
    "glucose",
    ("hypothalamus", "pituitary", "pancreas", "muscle, fat, liver"),
    ("", "", "insulin"),
    (2,),
    "glucose felt",
    "own insulin",
    "glucose",
    feedback.glucose,
    {
        NOTHING: "glucose calls for insulin, and insulin takes glucose away",
        HYPOTHALAMUS: _NO_PITUITARY,
        PITUITARY: _NO_PITUITARY,
        GLAND: "the pancreas fails: too little insulin, so glucose rises",
        TISSUE: "muscle, fat and liver do not answer, so glucose and insulin both rise",
        OUTSIDE: "too much injected insulin: glucose falls, and the pancreas rests",
    },
)
AXES = {each.name: each for each in (GONADS, PROLACTIN, THYROID, ADRENALS, CALCIUM, GLUCOSE)}
assert all(set(each.says) == set(LESIONS) for each in AXES.values())
