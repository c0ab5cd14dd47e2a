"""Localised or disseminated: what published rules say on bone lesions and marrow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from poems_course.evidence import fact

Advice = Literal["radiotherapy", "systemic treatment", "open", "not covered"]


@dataclass(frozen=True)
class Extent:
    """What is known of one patient's disease.

    *lesions* are those that imaging shows; *searched* says that CT went over the whole skeleton,
    so that more are unlikely. *marrow* is a clone in a marrow biopsy; None where none was taken.
    """

    lesions: int
    searched: bool
    marrow: bool | None


@dataclass(frozen=True)
class ExtentRule:
    """A published rule: up to how many lesions count as localised, and what no lesion means."""

    name: str
    fact: str
    without_lesion: Advice

    @property
    def most(self) -> int:
        """The largest number of bone lesions that is still irradiated first."""
        return int(fact(self.fact).quantity("lesions"))


RULES = (
    ExtentRule("French rule of 2014", "tx-rule-french", "systemic treatment"),
    ExtentRule("Milan review of 2019", "tx-rule-milan", "not covered"),
    ExtentRule("Mayo practice of 2013", "tx-rule-mayo", "not covered"),
)


def advice(extent: Extent, rule: ExtentRule) -> Advice:
    """What a rule says; "open" where a test that was not done could still turn it.

    More lesions can be found and never fewer, so too many settle it; so does a clone in the marrow.
    """
    if extent.marrow or extent.lesions > rule.most:
        return "systemic treatment"
    if not extent.searched or extent.marrow is None:
        return "open"
    return "radiotherapy" if extent.lesions else rule.without_lesion


def still_needed(extent: Extent) -> tuple[str, ...]:
    """The tests that are missing and that could turn at least one rule."""
    if all(advice(extent, rule) != "open" for rule in RULES):
        return ()
    missing = []
    if not extent.searched:
        missing.append("CT of the whole skeleton")
    if extent.marrow is None:
        missing.append("a marrow biopsy")
    return tuple(missing)
