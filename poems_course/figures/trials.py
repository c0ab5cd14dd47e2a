"""The published treatment studies of POEMS, outcome by outcome, with what they left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from poems_course.evidence import fact, wilson
from poems_course.figures.draw import number

OUTCOMES: dict[str, str] = {
    "blood: any response": "with a haematological response",
    "blood: complete": "with a complete haematological response",
    "VEGF: any response": "whose VEGF fell or responded",
    "VEGF: complete": "with a complete or normal VEGF",
    "nerves or clinical": "who improved in nerves or clinically",
    "no progression": "free of progression",
    "alive": "alive",
}
Design = Literal["looked back", "planned ahead", "quoted"]
DESIGNS: tuple[Design, ...] = ("looked back", "planned ahead", "quoted")
Kind = Literal["printed", "counted", "at least this wide", ""]


@dataclass(frozen=True)
class Result:
    """One outcome of one study.

    The *part* of a *fact* is a percentage, or a count where *of* says of how many; *low* and
    *high* are the parts of a printed interval. *when* is the time of a survival, or the word
    that was printed; *over* says that the source printed "over" so much.
    """

    fact: str
    part: str = ""
    of: int | None = None
    when: str = ""
    low: str = ""
    high: str = ""
    quoted: bool = False
    over: bool = False

    @property
    def percent(self) -> float:
        value = fact(self.fact).quantity(self.part)
        return value if self.of is None else 100 * value / self.of

    @property
    def shown(self) -> str:
        """The percentage with at most one decimal."""
        return f"{'>' if self.over else ''}{number(round(self.percent, 1))} %"


@dataclass(frozen=True)
class Study:
    """A group of patients under one treatment; *n* is None where it was not printed."""

    treatment: str
    place: str
    n: int | None
    design: Design
    results: Mapping[str, Result] = field(default_factory=dict)
    unit: str = ""

    @property
    def name(self) -> str:
        size = "n ?" if self.n is None else str(self.n)
        return f"{self.treatment}, {self.place} ({size})"

    def interval(self, outcome: str) -> tuple[float, float, Kind]:
        """The 95 % interval in percent and its kind; the narrowest that *n* allows where not all
        patients were counted or followed to the end; (percent, percent, "") without n.
        """
        result = self.results[outcome]
        if result.low:
            known = fact(result.fact)
            return known.quantity(result.low), known.quantity(result.high), "printed"
        people = result.of or self.n
        if people is None:
            return result.percent, result.percent, ""
        low, high = wilson(round(result.percent * people / 100), people)
        return 100 * low, 100 * high, "counted" if result.of else "at least this wide"


BLOOD, BLOOD_CR, VEGF, VEGF_CR, NERVES, NO_PROGRESSION, ALIVE = OUTCOMES

STUDIES = (
    Study("Radiotherapy", "Mayo", 38, "looked back", {
        BLOOD: Result("tx-rt-response", "blood"),
        VEGF: Result("tx-rt-response", "vegf"),
        NERVES: Result("tx-rt-response", "clinical"),
        NO_PROGRESSION: Result("tx-rt-survival", "event_free", when="4 y, no event"),
        ALIVE: Result("tx-rt-survival", "alive", when="4 y"),
    }),
    Study("Radiotherapy", "Seoul", 4, "looked back", {
        BLOOD: Result("tx-rt-seoul", "blood_radiation"),
        NERVES: Result("tx-rt-seoul", "clinical_radiation"),
    }),
    Study("Radiation + drugs", "Seoul", 9, "looked back", {
        BLOOD: Result("tx-rt-seoul", "blood_both"),
        NERVES: Result("tx-rt-seoul", "clinical_both"),
    }),
    Study("Prednisone", "Mayo", None, "looked back", {
        BLOOD: Result("tx-mayo-2003", "prednisone"),
    }),
    Study("Melphalan-pred", "Mayo", None, "looked back", {
        BLOOD: Result("tx-mayo-2003", "melphalan_prednisone"),
    }),
    Study("Melphalan-dex", "trial", 31, "planned ahead", {
        BLOOD: Result("tx-mdex", "blood_any"),
        BLOOD_CR: Result("tx-mdex", "blood_complete"),
        VEGF_CR: Result("tx-mdex-vegf-quoted", quoted=True),
        NERVES: Result("tx-mdex", "nerve"),
    }),
    Study("Melphalan-dex", "Beijing", 79, "looked back", {
        BLOOD_CR: Result("T023", "blood_melphalan"),
        VEGF_CR: Result("T023", "vegf_melphalan"),
        NERVES: Result("tx-347-nerve", "melphalan"),
    }),
    Study("Transplant", "Beijing A", 165, "looked back", {
        BLOOD_CR: Result("T023", "blood_transplant"),
        VEGF_CR: Result("T023", "vegf_transplant"),
        NERVES: Result("tx-347-nerve", "transplant"),
        NO_PROGRESSION: Result("T024", "progression_free_transplant", when="3 y"),
    }),
    Study("Transplant", "Beijing B", 138, "looked back", {
        BLOOD_CR: Result("tx-pumch-response", "blood", when="a remission"),
        VEGF_CR: Result("tx-pumch-response", "vegf", when="a remission"),
        NO_PROGRESSION: Result("tx-pumch-survival", "progression_free", when="5 y",
                               low="progression_free_low", high="progression_free_high"),
        ALIVE: Result("tx-pumch-survival", "alive", when="5 y",
                      low="alive_low", high="alive_high"),
    }),
    Study("Transplant", "Europe", 127, "looked back", {
        BLOOD: Result("tx-ebmt-blood"),
        BLOOD_CR: Result("T030", "complete"),
        NO_PROGRESSION: Result("T031", "progression_free", when="3 y"),
        ALIVE: Result("T031", "alive", when="3 y"),
    }),
    Study("Transplant", "Mayo", 59, "looked back", {
        NO_PROGRESSION: Result("surv-asct-mayo", "progression_free_5y", when="5 y"),
        ALIVE: Result("surv-asct-mayo", "overall_5y", when="5 y"),
    }),
    Study("Transplant", "Mayo nerves", 60, "looked back", {
        NERVES: Result("tx-karam-nerve", of=60),
    }),
    Study("Lenalidomide", "Beijing", 103, "looked back", {
        VEGF_CR: Result("T023", "vegf_lenalidomide"),
        NERVES: Result("tx-347-nerve", "lenalidomide"),
        NO_PROGRESSION: Result("T024", "progression_free_lenalidomide", when="3 y"),
    }),
    Study("Lenalidomide", "trial", 41, "planned ahead", {
        BLOOD_CR: Result("tx-len-new", "blood_complete", quoted=True),
        VEGF_CR: Result("tx-len-new", "vegf_complete", quoted=True),
        NERVES: Result("tx-len-new", "nerve", quoted=True, over=True),
        NO_PROGRESSION: Result("tx-len-new", "progression_free", when="3 y", quoted=True),
        ALIVE: Result("tx-len-new", "alive", when="3 y", quoted=True),
    }),
    Study("Lenalidomide", "relapse", 12, "looked back", {
        BLOOD: Result("tx-len-relapsed", "blood_any"),
        BLOOD_CR: Result("tx-len-relapsed", "blood_complete"),
        VEGF: Result("vr-len-rel", "responded"),
        VEGF_CR: Result("vr-len-rel", "normal"),
        NERVES: Result("tx-len-relapsed", "nerve"),
        NO_PROGRESSION: Result("tx-len-relapsed", "alive", when="2 y"),
        ALIVE: Result("tx-len-relapsed", "alive", when="2 y"),
    }),
    Study("Thalidomide", "Chiba", 9, "planned ahead", {
        VEGF: Result("vr-thal-series", "fell", of=9),
        VEGF_CR: Result("vr-thal-series", "normal", of=9),
        NERVES: Result("tx-thal-clinical", "improved", of=9),
    }),
    Study("Bortezomib", "15 centres", None, "looked back", {
        BLOOD: Result("tx-bortezomib", "remission", quoted=True),
    }),
    Study("Dara/elotuzumab", "Chiba", 13, "looked back", {
        BLOOD: Result("tx-dara-chiba", "blood", of=13),
        VEGF: Result("tx-dara-chiba", "vegf", of=13),
        NERVES: Result("tx-dara-chiba", "nerve", of=13),
    }, unit=" courses"),
    Study("Daratumumab", "Mayo", 16, "looked back", {}, unit=" courses"),
    Study("Bevacizumab", "Chiba", 6, "looked back", {
        VEGF: Result("M016", "treated", of=6),
        NERVES: Result("M016", "improved", of=6),
    }),
)  # fmt: skip


def design(study: Study, outcome: str) -> Design:
    """How a result was obtained: "quoted" where only another paper's word for it was read."""
    return "quoted" if study.results[outcome].quoted else study.design


def randomised(outcome: str) -> str:
    """What the one randomised trial says on an outcome."""
    trial = fact("tx-jpost")
    if outcome in (VEGF, VEGF_CR):
        fall = round(100 * fact("vr-jpost-thal").quantity("fall"))
        middle, low, high = (
            round(100 * trial.quantity(part)) for part in ("difference", "low", "high")
        )
        return (
            f"VEGF fell by {fall} % and with placebo not at all; "
            f"difference {middle} points ({low} to {high})"
        )
    if outcome == NERVES:
        points = number(fact("tx-jpost-news").quantity("motor"))
        return f"motor score {points} points better than with placebo (news report)"
    return "no figure seen"
