"""How a suspicion of POEMS syndrome moves through a work-up, by published ratios and no others.

A ratio is used where the patient is one of those it was measured in: against CIDP only where CIDP
is the rival, against other neuropathies only where there is a neuropathy. Multiplying takes tests
as independent; ``linked`` tells where they plainly are not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from poems_course.clinic.bayes import combine
from poems_course.clinic.casebook import Case, Move, form_of
from poems_course.figures.bayes import PRIORS, TESTS, Prior, chance, ratio_text

JAPAN = "POEMS or CIDP, Japanese figures"
STARTS = {
    "scenario: 1 %": Prior(share=0.01),
    "scenario: 5 %": Prior(share=0.05),
    JAPAN: PRIORS[JAPAN],
}
"""Where a suspicion may start: one published share, and two scenarios that nobody counted."""
_LINKED = {"thrombocytosis", "serum VEGF above the laboratory's limit"}


@dataclass(frozen=True)
class Suspicion:
    """A probability of POEMS, 0 to 1, with its ends where every ratio has an interval."""

    chance: float
    ends: tuple[float, float] | None

    @property
    def words(self) -> str:
        """ "67 % (41 % to 86 %)", or why there is no interval."""
        if self.ends is None:
            return f"{chance(self.chance)} (no interval, for want of counts)"
        low, high = map(chance, self.ends)
        return chance(self.chance) if low == high else f"{chance(self.chance)} ({low} to {high})"


def results(moves: Iterable[Move]) -> dict[str, bool]:
    """The latest result of each test that has a published ratio."""
    found: dict[str, bool] = {}
    for move in moves:
        found |= move.tests
    return found


def applies(test: str, case: Case, moves: Iterable[Move]) -> bool:
    """Whether the ratio of *test* was measured in people like this patient."""
    against = TESTS[test].against
    if against == "CIDP":
        return case.rival == "CIDP"
    return form_of(case, moves).polyneuropathy is True


def suspicion(case: Case, moves: tuple[Move, ...], start: str) -> Suspicion:
    """The probability after *moves* from one of STARTS.

    The ends take every ratio at the same end of its interval, and the prior as certain. All
    ratios hardly err alike, so the band is rather too wide than too narrow.
    """
    used = {test: found for test, found in results(moves).items() if applies(test, case, moves)}
    prior = STARTS[start].probability
    middle = combine(prior, *(TESTS[test].ratio(found) for test, found in used.items()))
    intervals = [TESTS[test].ratio_interval(found) for test, found in used.items()]
    known = [ends for ends in intervals if ends is not None]
    if len(known) < len(intervals):
        return Suspicion(middle, None)
    low = combine(prior, *(ends[0] for ends in known))
    return Suspicion(middle, (low, combine(prior, *(ends[1] for ends in known))))


def notes(case: Case, moves: tuple[Move, ...]) -> tuple[str, ...]:
    """What the last of *moves* did to the probability and why, one line for each test."""
    last = moves[-1]
    if not last.tests:
        return ("No likelihood ratio was read for what this step found.",)
    lines = [_note(test, found, case, moves) for test, found in last.tests.items()]
    if linked(case, moves) and _LINKED & {*last.tests}:
        lines.append("Platelets carry VEGF: these two are not independent, so this is too sure.")
    return tuple(lines)


def linked(case: Case, moves: tuple[Move, ...]) -> bool:
    """Whether high platelets and a raised serum VEGF were both counted: one feeds the other."""
    found = results(moves)
    return all(found.get(test) and applies(test, case, moves) for test in _LINKED)


def _note(test: str, found: bool, case: Case, moves: tuple[Move, ...]) -> str:
    known = TESTS[test]
    said = f"{test[0].upper()}{test[1:]}: {'yes' if found else 'no'}"
    if not applies(test, case, moves):
        return f"{said}; its ratio holds against {known.against}, not against {case.rival}."
    return f"{said}; ratio {_ratio(test, found)} against {known.against}."


def _ratio(test: str, found: bool) -> str:
    ratio, ends = TESTS[test].ratio(found), TESTS[test].ratio_interval(found)
    if ends is None:
        return ratio_text(ratio)
    if ratio == 0:
        return f"0 (at most {ratio_text(ends[1])})"
    return f"{ratio_text(ratio)} ({ratio_text(ends[0])} to {ratio_text(ends[1])})"


def start_note(case: Case, start: str) -> str:
    """What the prior is worth for this patient."""
    if start != JAPAN:
        return "The prior is a scenario: nobody has counted."
    if case.rival == "CIDP":
        return "The prior is a sum from two Japanese surveys, of POEMS and of CIDP."
    return f"This prior counts POEMS and CIDP; for {case.rival} no figure was found."
