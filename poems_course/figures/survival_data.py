"""The invented patients of data/survival.csv by era and finding, and what was published beside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from poems_course.clinic.survival import Step, Watched, kaplan_meier
from poems_course.evidence import fact
from poems_course.figures import datasets

ALL = "all years"
ERAS = (ALL, "1974-1999", "2000-2009", "2010-2019")


@dataclass(frozen=True)
class Factor:
    """A finding at diagnosis: its column, how it is said, and its published hazard ratio."""

    column: str
    words: str
    short: str
    fact: str

    @property
    def ratio(self) -> tuple[float, float, float]:
        """The published hazard ratio with the ends of its 95 % interval."""
        known = fact(self.fact)
        return known.quantity("ratio"), known.quantity("low"), known.quantity("high")


FACTORS = (
    Factor("age_above_50", "an age above 50", "age above 50", "hr-wang-age"),
    Factor("pulmonary_hypertension", "pulmonary hypertension", "pulmonary hypertension",
           "hr-wang-pressure"),
    Factor("pleural_effusion", "a pleural effusion", "pleural effusion", "hr-wang-effusion"),
    Factor("egfr_below_30", "an eGFR below 30", "eGFR below 30", "hr-wang-kidney"),
)  # fmt: skip


@dataclass(frozen=True)
class Published:
    """A share of real patients alive after so many years."""

    years: int
    percent: float
    where: str


def published(era: str) -> tuple[Published, ...]:
    """What was printed for the series that an era stands for; for all years, all of them."""
    mayo, handbook, london = fact("surv-mayo-rp"), fact("O007"), fact("surv-uclh")
    assert isinstance(handbook.value, tuple)
    by_era = {
        "1974-1999": (Published(5, mayo.quantity("overall_5y"), "Mayo Clinic 1974-2014"),),
        "2000-2009": tuple(
            Published(years, percent, "a handbook, probably Beijing")
            for years, percent in zip((3, 5, 10), handbook.value, strict=True)
        ),
        "2010-2019": tuple(
            Published(years, london.quantity(f"overall_{years}y"), "London") for years in (5, 10)
        ),
    }
    if era == ALL:
        return tuple(each for series in by_era.values() for each in series)
    return by_era[era]


@dataclass(frozen=True)
class Groups:
    """Those with every chosen finding, those known to have none, and how many are neither.

    *curve* and *other_curve* are their estimates. With nothing chosen everybody is in *people*.
    """

    people: tuple[Watched, ...]
    others: tuple[Watched, ...]
    left_out: int
    unknown: int

    @property
    def curve(self) -> tuple[Step, ...]:
        return _curve(self.people)

    @property
    def other_curve(self) -> tuple[Step, ...]:
        return _curve(self.others)


@cache
def _curve(people: tuple[Watched, ...]) -> tuple[Step, ...]:
    return kaplan_meier(people)


@cache
def groups(era: str, chosen: tuple[Factor, ...]) -> Groups:
    """The patients of an era by the chosen findings. Raises PoemsError without the file."""
    of_era = [row for row in datasets.rows("survival") if era in (ALL, row["era"])]
    marked = [(row, [row[factor.column] for factor in chosen]) for row in of_era]
    have = tuple(_watched(row) for row, marks in marked if set(marks) <= {"1"})
    none = tuple(_watched(row) for row, marks in marked if marks and set(marks) == {"0"})
    unknown = sum("" in marks for _, marks in marked)
    return Groups(have, none, len(of_era) - len(have) - len(none), unknown)


def _watched(row: Mapping[str, str]) -> Watched:
    return Watched(float(row["months"]), row["died"] == "1")
