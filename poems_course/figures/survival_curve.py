"""Survival by era and finding: Kaplan and Meier's curve with its band, and the published ratios."""

from __future__ import annotations

import re
from collections.abc import Sequence

from poems_course.clinic.survival import (
    Median,
    Step,
    Watched,
    at_risk,
    deaths,
    median,
    rate_ratio,
    step_at,
)
from poems_course.figures.chart import Chart, Table
from poems_course.figures.draw import number
from poems_course.figures.exploration import Choice, Exploration, Slider, Toggle
from poems_course.figures.survival_data import (
    ERAS,
    FACTORS,
    Factor,
    Groups,
    groups,
    published,
)
from poems_course.figures.survival_drawing import HEIGHT, drawn
from poems_course.figures.svg import figure_svg

YEARS = (1, 3, 5, 10, 15)
_MONTHS = 12
_FEW = 5  # deaths in a group; below that an interval of their logarithm says nothing


def survival(era: str, age: bool, pressure: bool, effusion: bool, kidney: bool, year: int) -> Chart:
    """The invented patients of an era with all chosen findings, and those with none of them."""
    ticked = (age, pressure, effusion, kidney)
    chosen = tuple(factor for factor, on in zip(FACTORS, ticked, strict=True) if on)
    who = groups(era, chosen)
    reading = _reading(era, chosen, who, year)
    title = f"Survival, {era}, {_named(chosen)}"
    return Chart(
        figure_svg(title, reading, HEIGHT, drawn(era, chosen, who, year)),
        reading,
        _table(title, era, chosen, who),
    )


def _named(chosen: Sequence[Factor]) -> str:
    return " and ".join(factor.words for factor in chosen) or "everybody"


def _reading(era: str, chosen: tuple[Factor, ...], who: Groups, year: int) -> str:
    when = "of all years" if era == ERAS[0] else f"of {era}"
    if not who.people:
        told = f"Nobody among the invented patients {when} had {_named(chosen)}"
    else:
        with_ = f" with {_named(chosen)}" if chosen else ""
        told = (
            f"{len(who.people)} invented patient{'s' * (len(who.people) != 1)} {when}{with_}: "
            f"{said(who.people, who.curve, year)}, median survival {_median(median(who.curve))}"
        )
    if chosen:
        none = "without it" if len(chosen) == 1 else "with none of these"
        told += f"; {len(who.others)} {none}: {said(who.others, who.other_curve, year)}"
        told += f"; {_rates(who)}" if who.people else ""
    return f"{told}."


def _rates(who: Groups) -> str:
    """How the two death rates compare; a handful of deaths in either makes no ratio."""
    ratio = rate_ratio(who.people, who.others)
    if ratio is None or min(deaths(who.people), deaths(who.others)) < _FEW:
        return "too few deaths to compare the rates"
    ends = f"interval {_short(ratio.low)} to {_short(ratio.high)}"
    return f"the death rate is {_short(ratio.value)} times as high, {ends}"


def said(people: Sequence[Watched], curve: Sequence[Step], year: int) -> str:
    """The share alive after so many years, as the sentence and the table say it."""
    step, left = step_at(curve, _MONTHS * year), at_risk(people, _MONTHS * year)
    years = f"{year} year{'s' * (year != 1)}"
    if not left and (step is None or step.alive > 0):
        return f"nobody was watched for {years}"
    if step is None:
        return f"100 % alive at {years}, no death by then"
    bounds = ""
    if step.low is not None and step.high is not None:
        bounds = f" (interval {100 * step.low:.0f} to {100 * step.high:.0f})"
    return f"{100 * step.alive:.0f} % alive at {years}{bounds}"


def _median(found: Median) -> str:
    if found.months is None:
        return "not reached"
    if found.months > _MONTHS * YEARS[-1]:
        return f"beyond the {YEARS[-1]} years drawn"
    high = "not reached" if found.high is None else _years(found.high)
    low = "not reached" if found.low is None else _years(found.low)
    return f"{_years(found.months)} years ({low} to {high})"


def _years(months: float) -> str:
    return number(round(months / _MONTHS, 1))


def _short(value: float) -> str:
    return number(round(value, 1)) if value < 10 else number(round(value))


def _table(title: str, era: str, chosen: tuple[Factor, ...], who: Groups) -> Table:
    rows = [_row(f"with {_named(chosen)}" if chosen else "everybody", who.people, who.curve)]
    if chosen:
        rows.append(_row("with none of these", who.others, who.other_curve))
        left = f"{who.left_out}, for {who.unknown} of them a finding is unknown"
        rows.append(("left out", left, "", "", *[""] * len(YEARS)))
    rows += [
        (f"published, {each.where}", "", "", "",
         *(f"{number(each.percent)} %" if each.years == year else "" for year in YEARS))
        for each in published(era)
    ]  # fmt: skip
    columns = ("Group", "Patients", "Died", "Median, years", *(_after(year) for year in YEARS))
    return Table(f"{title} (invented, but for the published rows)", columns, tuple(rows))


def _after(year: int) -> str:
    return f"Alive at {year} y"


def _row(name: str, people: Sequence[Watched], curve: Sequence[Step]) -> tuple[str, ...]:
    shares = (_cell(said(people, curve, year)) for year in YEARS)
    half = _median(median(curve)) if people else ""
    return (name, str(len(people)), str(deaths(people)), half, *shares)


def _cell(words: str) -> str:
    return re.sub(r" alive at [0-9]+ years?", "", words).replace("interval ", "")


SURVIVAL = Exploration(
    id="survival",
    title="Survival by era and finding",
    prompt=(
        "Predict first: of 100 patients diagnosed after 2010, how many live five years later, and "
        "how many of those who had a pleural effusion? Then choose."
    ),
    controls=(
        Choice("era", "Diagnosed in", ERAS),
        Toggle("age", "Age above 50"),
        Toggle("pressure", "Pulmonary hypertension"),
        Toggle("effusion", "Pleural effusion"),
        Toggle("kidney", "eGFR below 30"),
        Slider("year", "Read at", YEARS, 2, "years"),
    ),
    model=survival,
)
