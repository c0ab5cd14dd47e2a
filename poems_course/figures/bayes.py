"""From a prior and a test result to a posterior, as a thousand people and as a probability.

Every accuracy and every prior comes from a fact, except three priors that are labelled scenarios:
no published share of POEMS among patients with CIDP and a lambda M-protein was found.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from poems_course.clinic.bayes import interval_lr, likelihood_ratios, posterior
from poems_course.evidence import fact
from poems_course.figures.chart import Table
from poems_course.figures.draw import number


@dataclass(frozen=True)
class Prior:
    """Who stands before the test: *fact* holds the share of POEMS, or *share* is a scenario."""

    fact: str = ""
    per: float = 100
    share: float = 0.0

    @property
    def probability(self) -> float:
        """The share of POEMS before the test, 0 to 1."""
        return fact(self.fact).quantity() / self.per if self.fact else self.share


@dataclass(frozen=True)
class Counts:
    """Patients behind an accuracy: *poems* with POEMS and *others* without, who were tested."""

    poems: int
    others: int


@dataclass(frozen=True)
class Test:
    """A test with the fact that holds its accuracy.

    *keys* name sensitivity and specificity in the fact's value; where the second is a share of
    positives among the others, ``spared`` is False. *counts* is None where the printed
    percentages fit no whole number of patients, so that no interval can be given.
    """

    fact: str
    against: str
    counts: Counts | None
    keys: tuple[str, str] = ("sensitivity", "specificity")
    spared: bool = True

    @property
    def sensitivity(self) -> float:
        """Share of positive results among patients with POEMS, 0 to 1."""
        return fact(self.fact).quantity(self.keys[0]) / 100

    @property
    def specificity(self) -> float:
        """Share of negative results among the others, 0 to 1."""
        value = fact(self.fact).quantity(self.keys[1]) / 100
        return value if self.spared else 1 - value

    def ratio(self, positive: bool) -> float:
        """The likelihood ratio of a positive or a negative result."""
        ratios = likelihood_ratios(self.sensitivity, self.specificity)
        return ratios.positive if positive else ratios.negative

    def ratio_interval(self, positive: bool) -> tuple[float, float] | None:
        """The 95 % interval of that ratio, from counts worked back from the percentages.

        Where no patient with POEMS had the result, the ratio is 0 and only its upper end means
        something: the exact limit for 0 of n, over the share of the others with that result.
        """
        if self.counts is None:
            return None
        found = round(self.sensitivity * self.counts.poems)
        alarms = round((1 - self.specificity) * self.counts.others)
        if not positive:
            found, alarms = self.counts.poems - found, self.counts.others - alarms
        if found == 0:
            most = 1 - 0.025 ** (1 / self.counts.poems)
            return 0.0, most * self.counts.others / alarms
        interval = interval_lr(found, self.counts.poems, alarms, self.counts.others)
        return interval.low, interval.high


PRIORS = {
    "anyone in Japan": Prior("pop-japan", per=100_000),
    "POEMS or CIDP, world figures": Prior("ratio-world"),
    "samples sent to a London laboratory": Prior("clinic-uclh"),
    "POEMS or CIDP, Japanese figures": Prior("ratio-japan"),
    "scenario: CIDP with a lambda band, 5 %": Prior(share=0.05),
    "scenario: CIDP with a lambda band, 15 %": Prior(share=0.15),
    "scenario: CIDP with a lambda band, 30 %": Prior(share=0.30),
}
TESTS = {
    "serum VEGF above the laboratory's limit": Test(
        "serum-vegf-uclh", "other neuropathies", Counts(27, 168)
    ),
    "plasma VEGF from 200 pg/mL": Test("plasma-vegf-200", "other disorders", None),
    "median terminal latency index from 0.38": Test("tli-median-038", "CIDP", Counts(138, 69)),
    "thrombocytosis": Test("f-plt-naddaf", "CIDP", Counts(136, 67), ("poems", "cidp"), False),
    "severe leg pain": Test("leg-pain", "CIDP", Counts(51, 46), ("poems", "cidp"), False),
}
RESULTS = ("positive", "negative")


@dataclass(frozen=True)
class Update:
    """One prior moved by one result."""

    prior_name: str
    test_name: str
    positive: bool

    @property
    def prior(self) -> float:
        return PRIORS[self.prior_name].probability

    @property
    def test(self) -> Test:
        return TESTS[self.test_name]

    @property
    def after(self) -> float:
        """The probability of POEMS after the result."""
        return posterior(self.prior, self.test.ratio(self.positive))

    @property
    def interval(self) -> tuple[float, float] | None:
        """The posterior at both ends of the ratio's interval; the prior is taken as certain."""
        ends = self.test.ratio_interval(self.positive)
        if ends is None:
            return None
        return posterior(self.prior, ends[0]), posterior(self.prior, ends[1])

    @property
    def spread(self) -> str:
        """That interval in words, or why there is none."""
        if self.interval is None:
            return "no interval, for want of counts"
        return " to ".join(map(chance, self.interval))

    @property
    def people(self) -> int:
        """How many people to picture: enough for at least one of them to have POEMS."""
        return 1000 if self.prior >= 0.001 else 10_000_000

    @property
    def groups(self) -> tuple[int, int, int, int]:
        """With POEMS and this result, with POEMS and the other result, the same without POEMS."""
        ill = round(self.prior * self.people)
        well = self.people - ill
        hit, alarm = self.test.sensitivity, 1 - self.test.specificity
        if not self.positive:
            hit, alarm = 1 - hit, 1 - alarm
        found, false = round(ill * hit), round(well * alarm)
        return found, ill - found, false, well - false


def chance(probability: float) -> str:
    """A probability as a learner says it: "64 %", "3.4 %", or "1 in 30 000"."""
    if probability == 0:
        return "0 %"
    if probability < 0.01:
        one_in = 1 / probability
        return f"1 in {number(round(one_in, 1 - math.floor(math.log10(one_in))))}"
    percent = 100 * probability
    if percent > 99.5:
        return "more than 99 %"
    return f"{percent:.0f} %" if percent >= 10 else f"{percent:.2g} %"


def ratio_text(ratio: float) -> str:
    """A likelihood ratio with as many digits as it deserves."""
    if ratio >= 10:
        return f"{ratio:.0f}"
    return f"{ratio:.1f}" if ratio >= 1 else f"{ratio:.2f}"


def reading(update: Update) -> str:
    """The update in one sentence, in whole people and as a probability."""
    hit, miss, alarm, _ = update.groups
    result = "positive" if update.positive else "negative"
    spread = update.spread
    if update.interval is not None:
        spread += ", if only the test is uncertain"
    return (
        f"Of {number(update.people)} such people {number(hit + miss)} have POEMS; "
        f"{number(hit + alarm)} test {result}, {number(hit)} of them with POEMS, so this result "
        f"(likelihood ratio {ratio_text(update.test.ratio(update.positive))}) moves the "
        f"probability from {chance(update.prior)} to {chance(update.after)} ({spread})."
    )


def table(update: Update) -> Table:
    """The same as natural frequencies and ratios."""
    hit, miss, alarm, spared = update.groups
    this, other = RESULTS if update.positive else RESULTS[::-1]
    ends = update.test.ratio_interval(update.positive)
    ratio = ratio_text(update.test.ratio(update.positive))
    if ends:
        ratio += f" ({ratio_text(ends[0])} to {ratio_text(ends[1])})"
    source = PRIORS[update.prior_name].fact or "classroom scenario, no source"
    return Table(
        f"{update.prior_name}; {update.test_name}",
        ("quantity", "with POEMS", "without POEMS"),
        (
            (f"of {number(update.people)} people", number(hit + miss), number(alarm + spared)),
            (f"test {this}", number(hit), number(alarm)),
            (f"test {other}", number(miss), number(spared)),
            (f"likelihood ratio, {this} (95 % interval)", ratio, f"against {update.test.against}"),
            ("probability before and after", chance(update.prior), chance(update.after)),
            ("facts", source, update.test.fact),
        ),
    )
