"""A hormone panel: its values, their units, and the range that each is read against."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from poems_course.clinic.findings import limit
from poems_course.evidence import fact

Place = Literal["low", "normal", "high"]
UNITS = {
    "testosterone_ng_per_dl": "ng/dL",
    "oestradiol_pg_per_ml": "pg/mL",
    "lh_iu_per_l": "U/L",
    "fsh_iu_per_l": "U/L",
    "prolactin_ng_per_ml": "ng/mL",
    "tsh_miu_per_l": "mU/L",
    "free_t4_ng_per_dl": "ng/dL",
    "acth_pg_per_ml": "pg/mL",
    "cortisol_ug_per_dl": "µg/dL",
    "glucose_mg_per_dl": "mg/dL",
    "calcium_mg_per_dl": "mg/dL",
    "albumin_g_per_dl": "g/dL",
    "pth_pg_per_ml": "pg/mL",
}
_NORMS = {name: f"norm-{name.split('_')[0]}" for name in UNITS} | {
    "free_t4_ng_per_dl": "norm-free-t4"
}
_BY_SEX = ("testosterone_ng_per_dl", "oestradiol_pg_per_ml", "lh_iu_per_l", "fsh_iu_per_l")


@dataclass(frozen=True)
class Range:
    """A reference range; None is an open end."""

    low: float | None
    high: float | None

    def place(self, value: float) -> Place:
        """Where *value* lies; the ends belong to the range."""
        if self.low is not None and value < self.low:
            return "low"
        return "high" if self.high is not None and value > self.high else "normal"


@dataclass(frozen=True)
class Panel:
    """One morning's fasting blood, in the units that the names end in; None was not measured."""

    sex: Literal["F", "M"]
    after_menopause: bool = False
    testosterone_ng_per_dl: float | None = None
    oestradiol_pg_per_ml: float | None = None
    lh_iu_per_l: float | None = None
    fsh_iu_per_l: float | None = None
    prolactin_ng_per_ml: float | None = None
    tsh_miu_per_l: float | None = None
    free_t4_ng_per_dl: float | None = None
    acth_pg_per_ml: float | None = None
    cortisol_ug_per_dl: float | None = None
    glucose_mg_per_dl: float | None = None
    calcium_mg_per_dl: float | None = None
    albumin_g_per_dl: float | None = None
    pth_pg_per_ml: float | None = None

    def value(self, name: str) -> float | None:
        """The value called *name* (one of UNITS)."""
        found: float | None = getattr(self, name)
        return found

    def range_of(self, name: str) -> Range:
        """The reference range of a value, for this person's sex and time of life."""
        ends = fact(_NORMS[name]).value
        assert isinstance(ends, dict)
        stem = ""
        if name in _BY_SEX:
            stem = "men_" if self.sex == "M" else "women_"
            after = self.after_menopause and name != "testosterone_ng_per_dl"
            stem = "after_" if self.sex == "F" and after else stem
        return Range(ends.get(f"{stem}from"), ends.get(f"{stem}to"))

    def place(self, name: str) -> Place | None:
        """Where a value lies in its range; None where it was not measured."""
        value = self.value(name)
        return None if value is None else self.range_of(name).place(value)


def corrected_calcium(panel: Panel) -> float | None:
    """Total calcium in mg/dL as it would be at a normal albumin (fact calcium-albumin)."""
    total, albumin = panel.calcium_mg_per_dl, panel.albumin_g_per_dl
    if total is None or albumin is None:
        return None
    step, normal = limit("calcium-albumin", "per_albumin"), limit("calcium-albumin", "albumin")
    return round(total + step * (normal - albumin), 2)
