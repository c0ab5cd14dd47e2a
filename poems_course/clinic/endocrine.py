"""Reading a hormone panel: from values and reference ranges to one reading for each axis.

The pattern names the level: a gland that fails leaves its driving hormone high (primary), a
pituitary or hypothalamus that fails leaves it low or within range (central).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from poems_course.clinic.findings import any_of, limit
from poems_course.clinic.hormone_panel import Panel, Place, corrected_calcium
from poems_course.clinic.words import WordList, word_list


@dataclass(frozen=True)
class Reading:
    """What one axis shows: in *words*, and as a word of the form (*found*).

    *found* is "" where the axis was tested and holds nothing for the form, None where it was not
    tested well enough to say.
    """

    axis: str
    words: str
    found: str | None

    @property
    def counts(self) -> bool | None:
        """Whether this alone fills the endocrine criterion; None where nobody can say."""
        return None if self.found is None else self.found in _words().counts

    @property
    def not_alone(self) -> bool:
        """A real disorder that is too common to fill the criterion by itself."""
        return self.found in _words().not_alone


def _words() -> WordList:
    return word_list("endocrinopathies")


def _untested(axis: str) -> Reading:
    return Reading(axis, "not measured", None)


def gonads(panel: Panel) -> Reading:
    """Testes by testosterone, ovaries by oestradiol, after the menopause by FSH alone."""
    woman = panel.sex == "F"
    if woman and panel.after_menopause:
        return _after_menopause(panel.place("fsh_iu_per_l"))
    steroid = panel.place("oestradiol_pg_per_ml" if woman else "testosterone_ng_per_dl")
    drive = panel.place("fsh_iu_per_l" if woman else "lh_iu_per_l")
    if steroid is None:
        return _untested("gonads")
    gland = "ovaries" if woman else "testes"
    if steroid == "low" and drive is None:
        return Reading("gonads", "failure, level unknown: measure LH and FSH", "hypogonadism")
    if steroid == "low" and drive == "high":
        return Reading("gonads", f"primary failure: the {gland} do not answer", "hypogonadism")
    if steroid == "low":
        return Reading("gonads", "central failure: the drive is too weak", "hypogonadism")
    if drive == "high":
        return Reading("gonads", f"enough hormone, but the {gland} are driven hard", "")
    return Reading("gonads", "normal", "")


def _after_menopause(drive: Place | None) -> Reading:
    if drive is None:
        return _untested("gonads")
    if drive == "low":
        words = "central failure: FSH too low for her age"
        return Reading("gonads", words, "hypogonadism")
    return Reading("gonads", "as expected after the menopause", "")


def prolactin(panel: Panel) -> Reading:
    """Prolactin by itself."""
    place = panel.place("prolactin_ng_per_ml")
    if place is None:
        return _untested("prolactin")
    if place == "high":
        return Reading("prolactin", "raised", "hyperprolactinaemia")
    return Reading("prolactin", "normal", "")


def thyroid(panel: Panel) -> Reading:
    """Thyroid by TSH and free T4."""
    tsh, thyroxine = panel.place("tsh_miu_per_l"), panel.place("free_t4_ng_per_dl")
    if tsh is None or thyroxine is None:
        return _untested("thyroid")
    if tsh == "high" and thyroxine == "low":
        return Reading("thyroid", "overt hypothyroidism, primary", "hypothyroidism")
    if tsh == "high" and thyroxine == "normal":
        return Reading("thyroid", "subclinical hypothyroidism", "subclinical_hypothyroidism")
    if thyroxine == "low":
        return Reading("thyroid", "low T4, TSH not raised: central, or ill", "hypothyroidism")
    if (tsh, thyroxine) == ("low", "high"):
        return Reading("thyroid", "overactive, or too much T4 in tablets", "unspecified")
    odd = (tsh, thyroxine) != ("normal", "normal")
    return Reading("thyroid", "one value just outside its range: repeat" if odd else "normal", "")


def adrenals(panel: Panel) -> Reading:
    """Adrenals by morning cortisol and ACTH; only a stimulation test settles the matter."""
    cortisol, acth = panel.place("cortisol_ug_per_dl"), panel.place("acth_pg_per_ml")
    if cortisol is None:
        return _untested("adrenals")
    if cortisol == "low" and acth == "high":
        return Reading("adrenals", "primary failure: stimulate, and act", "adrenal_insufficiency")
    if cortisol == "low":
        words = "low cortisol, ACTH not raised: stimulate"
        return Reading("adrenals", words, "adrenal_insufficiency")
    if acth == "high":
        return Reading("adrenals", "enough cortisol, but driven hard: stimulate", "")
    return Reading("adrenals", "normal", "")


def glucose(panel: Panel) -> Reading:
    """Fasting glucose against its range and the limit of diabetes."""
    value = panel.glucose_mg_per_dl
    if value is None:
        return _untested("glucose")
    if value >= limit("limit-glucose", "diabetes"):
        return Reading("glucose", "in the range of diabetes", "diabetes")
    if panel.place("glucose_mg_per_dl") == "high":
        return Reading("glucose", "raised, short of diabetes", "")
    return Reading("glucose", "normal", "")


def calcium(panel: Panel) -> Reading:
    """Parathyroids by calcium, corrected for albumin, and PTH.

    A PTH within its range beside an odd calcium does not fit, but one such panel proves little.
    """
    corrected = corrected_calcium(panel)
    if corrected is None:
        return _untested("calcium")
    place, pth = panel.range_of("calcium_mg_per_dl").place(corrected), panel.place("pth_pg_per_ml")
    if place == "normal":
        if panel.place("calcium_mg_per_dl") != "normal":
            return Reading("calcium", f"normal once albumin is allowed for ({corrected:g})", "")
        return Reading("calcium", "calcium normal, PTH raised" if pth == "high" else "normal", "")
    if pth is None:
        return Reading("calcium", f"{place}, level unknown: measure PTH", None)
    if (place, pth) == ("low", "high"):
        return Reading("calcium", "low, and the parathyroids answer: vitamin D? kidneys?", "")
    if (place, pth) == ("high", "low"):
        return Reading("calcium", "high, and not from the parathyroids: bone? myeloma?", "")
    if pth == "normal":
        return Reading("calcium", f"{place}, and PTH does not move: repeat both", None)
    failing = "low, with low PTH: the parathyroids fail"
    words = failing if place == "low" else "high, with high PTH: overactive parathyroids"
    return Reading("calcium", words, "parathyroid_disease")


AXES: tuple[Callable[[Panel], Reading], ...] = (
    gonads,
    prolactin,
    thyroid,
    adrenals,
    glucose,
    calcium,
)
"""The axes in the order in which POEMS syndrome asks for them."""


def read(panel: Panel) -> tuple[Reading, ...]:
    """The reading of every axis."""
    return tuple(axis(panel) for axis in AXES)


def fills_criterion(readings: tuple[Reading, ...]) -> bool | None:
    """Whether a panel fills the endocrine criterion; None while an axis that could is open.

    Diabetes and thyroid disease alone never do (fact crit-caveat-dm), so they are not waited for.
    """
    return any_of(*(each.counts for each in readings if each.axis not in ("thyroid", "glucose")))
