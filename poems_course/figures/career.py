"""How many patients with POEMS a doctor meets in a working life, shown as a hundred careers.

No registry-grade incidence was found. Rates and most catchments come from facts; the population
of France, the haematologist's catchment and the pattern of referral are classroom assumptions,
and the table says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import exp, factorial
from typing import Any

from poems_course.evidence import fact
from poems_course.figures.chart import Cell, Chart, Table
from poems_course.figures.draw import number
from poems_course.figures.exploration import Choice, Exploration, Slider, Toggle
from poems_course.figures.svg import figure_svg

# People for one doctor: a fact, with the key of its value where it has several; else assumed.
CATCHMENTS: dict[str, tuple[str, str] | float] = {
    "general practitioner": ("career-gp-england", ""),
    "neurologist": ("career-neurologist-uk", "people_per_neurologist"),
    "haematologist": 100_000,
}
FRANCE_MILLION = 68  # assumption, a round number
CROWD = {"half as many": 0.5, "as listed": 1.0, "twice as many": 2.0}
COLLEAGUES = 10

RATES = {
    "low": "On the Japanese prevalence",
    "middle": "On the French estimate",
    "high": "At the Chinese upper limit",
}
GROUPS = ("no patient", "one", "two", "three to nine", "ten or more")
_ENDS = (1, 2, 3, 10)  # each group lies below its end; the last is open


@cache
def new_per_million(rate: str) -> float:
    """New patients per million people a year: "low", "middle" or "high" among published hints.

    Low is a prevalence divided by a median survival, which holds only where both are steady.
    """
    if rate == "high":
        return _value("epi-cn-incidence")
    if rate == "middle":
        return _value("epi-fr-incidence") / FRANCE_MILLION
    alive_per_million = 10 * _value("epi-jp-prev-2015")
    return alive_per_million / (_value("surv-mayo2003") / 12)


def catchment(role: str) -> float:
    """People for one doctor of this role."""
    known = CATCHMENTS[role]
    return _value(*known) if isinstance(known, tuple) else known


def _value(id: str, key: str = "") -> float:
    return fact(id).quantity(key)


@dataclass(frozen=True)
class Career:
    """One doctor's working life; *referral* sends all patients to one colleague in COLLEAGUES."""

    role: str
    years: float
    crowd: str
    rate: str
    referral: bool

    @property
    def people(self) -> float:
        """People in the catchment, to the nearest hundred."""
        return round(catchment(self.role) * CROWD[self.crowd], -2)

    @property
    def patients(self) -> float:
        """Patients to expect in all these years, before anyone refers."""
        return new_per_million(self.rate) / 1e6 * self.people * self.years

    @property
    def concentrated(self) -> bool:
        return self.referral and self.role != "general practitioner"

    @property
    def counts(self) -> tuple[int, ...]:
        """How many of a hundred such careers fall into each of GROUPS."""
        if not self.concentrated:
            return share_out(chances(self.patients), 100)
        chosen = 100 // COLLEAGUES
        few = share_out(chances(self.patients * COLLEAGUES), chosen)
        return (few[0] + 100 - chosen, *few[1:])


def chances(patients: float) -> tuple[float, ...]:
    """Poisson chance of each of GROUPS where *patients* are to be expected."""
    below = [sum(exp(-patients) * patients**k / factorial(k) for k in range(end)) for end in _ENDS]
    edges = [0.0, *below, 1.0]
    return tuple(max(high - low, 0.0) for low, high in pairwise(edges))


def share_out(shares: tuple[float, ...], of: int) -> tuple[int, ...]:
    """Whole numbers that add up to *of*, in proportion to *shares* (largest remainder)."""
    whole = [int(share * of) for share in shares]
    by_remainder = sorted(range(len(shares)), key=lambda i: whole[i] - shares[i] * of)
    for i in by_remainder[: of - sum(whole)]:
        whole[i] += 1
    return tuple(whole)


def career(**settings: Any) -> Chart:
    """A hundred careers (see Career for the settings), sorted by the patients that each meets."""
    life = Career(**settings)
    reading = _reading(life)
    return Chart(_draw(life.counts, reading), reading, _table(life))


def _rate(name: str) -> str:
    return number(round(new_per_million(name), 2))


def _round(patients: float) -> str:
    return number(round(patients, 2 if patients < 1 else 1))


def _reading(life: Career) -> str:
    start = (
        f"{RATES[life.rate]}, a {life.role} with {number(life.people)} people and "
        f"{life.years:g} years of work can expect {_round(life.patients)} "
        f"{'patient' if _round(life.patients) == '1' else 'patients'}"
    )
    if life.concentrated:
        return (
            f"{start}; if all are sent to one colleague in {COLLEAGUES}, that colleague can "
            f"expect {_round(life.patients * COLLEAGUES)} and the other {COLLEAGUES - 1} keep none."
        )
    groups = [
        f"{count} {'meets' if count == 1 else 'meet'} {group}"
        for count, group in zip(life.counts, GROUPS, strict=True)
        if count
    ]
    listed = f"{', '.join(groups[:-1])} and {groups[-1]}" if groups[1:] else groups[0]
    tail = " (referral takes no one from a general practitioner)" if life.referral else ""
    return f"{start}: of 100 such careers, {listed}{tail}."


def _table(life: Career) -> Table:
    rows: list[tuple[Cell, ...]] = [
        ("New patients per million a year", _rate(life.rate), _origin(life.rate)),
        ("People in the catchment", number(life.people), _whose(life)),
        ("Years at work", number(life.years), "your choice"),
        ("Patients to expect", _round(life.patients), "the three multiplied"),
    ]  # fmt: skip
    if life.concentrated:
        rows.append(
            ("Patients for the referral doctor", _round(life.patients * COLLEAGUES),
             f"assumption: 1 colleague in {COLLEAGUES} receives all, {COLLEAGUES - 1} hand on")
        )  # fmt: skip
    why = "Poisson chance, for those who keep them" if life.concentrated else "Poisson chance"
    rows += [
        (f"Careers with {group}, of 100", count, why)
        for group, count in zip(GROUPS, life.counts, strict=True)
    ]
    columns = ("Quantity", "Number", "Where it comes from")
    return Table(f"A hundred careers: {life.role}", columns, tuple(rows))


def _whose(life: Career) -> str:
    known = CATCHMENTS[life.role]
    base = f"{number(catchment(life.role))} for one {life.role}"
    origin = f"survey: {base}" if isinstance(known, tuple) else f"assumption: {base}"
    return origin if CROWD[life.crowd] == 1 else f"{origin}, times {CROWD[life.crowd]:g}"


def _origin(rate: str) -> str:
    if rate == "high":
        return "Chinese expert statement: below this"
    if rate == "middle":
        new = number(_value("epi-fr-incidence"))
        return f"French estimate, about {new} a year; assumption: {FRANCE_MILLION} million people"
    alive, months = _value("epi-jp-prev-2015"), _value("surv-mayo2003")
    return (
        f"rough: Japanese survey, {number(alive)} per 100 000 alive with it, "
        f"divided by a median survival of {number(months)} months (Mayo)"
    )


_CIRCLE = "m-6 0a6 6 0 1 1 12 0a6 6 0 1 1-12 0"
_SHAPES = (
    ("a", _CIRCLE),
    ("f s0", _CIRCLE),
    ("f s1", "m-5.5-5.5h11v11h-11z"),
    ("f s2", "m0-7 7 12.5h-14z"),
    ("f s3", "m0-8 8 8-8 8-8-8z"),
)
_SPOTS = [f"M{20 + 21 * (i % 20)} {44 + 21 * (i // 20)}" for i in range(100)]


def _draw(counts: tuple[int, ...], reading: str) -> str:
    parts = ['<text class="strong" x="10" y="18">100 careers: each mark is one working life</text>']
    at = 0
    for (kind, shape), count in zip(_SHAPES, counts, strict=True):
        if count:
            places = "".join(f"{spot}{shape}" for spot in _SPOTS[at : at + count])
            parts.append(f'<path class="{kind}" d="{places}"/>')
        at += count
    parts += [_legend(i, count) for i, count in enumerate(counts)]
    return figure_svg("A hundred careers and the patients they bring", reading, 222, "".join(parts))


def _legend(i: int, count: int) -> str:
    x, y = 20 + 140 * (i % 3), 174 + 26 * (i // 3)
    kind, shape = _SHAPES[i]
    return (
        f'<path class="{kind}" d="M{x} {y}{shape}"/>'
        f'<text class="ink" x="{x + 14}" y="{y + 4}">{GROUPS[i]}: {count}</text>'
    )


CAREER = Exploration(
    id="career",
    title="A hundred careers",
    prompt=(
        "Predict first: of a hundred neurologists, how many will never meet a patient with "
        "POEMS in a whole working life? Then change the doctor, the years and the rate."
    ),
    controls=(
        Choice("role", "You are a", tuple(CATCHMENTS), start=1),
        Slider("years", "Years at work", (5, 10, 15, 20, 25, 30, 35, 40), start=6, unit="years"),
        Choice("crowd", "People in your catchment", tuple(CROWD), start=1),
        Choice("rate", "Rate of new patients", tuple(RATES), start=1),
        Toggle("referral", "Send every patient to one colleague in ten"),
    ),
    model=career,
)
