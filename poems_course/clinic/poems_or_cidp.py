"""Which way the signs of a conduction study lean, POEMS or CIDP: a reading aid, not a diagnosis.

Each sign is one that differed between the two in the studies named by the facts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from poems_course.evidence import fact

Leaning = Literal["POEMS", "CIDP", "neither"]


@dataclass(frozen=True)
class NerveFindings:
    """What four signs are read from; None is what could not be measured."""

    median_index: float | None
    uneven: bool | None
    tibial_absent: bool | None
    arms_sensory_absent: bool | None
    sural_absent: bool | None


@dataclass(frozen=True)
class Sign:
    """One sign, what was found, and which way it leans."""

    name: str
    found: str
    leans: Leaning


def signs(findings: NerveFindings) -> tuple[Sign, ...]:
    """The four signs of a study, in the order in which it is read."""
    return (
        _uneven(findings.uneven),
        _index(findings.median_index),
        _tibial(findings.tibial_absent),
        _sural(findings.arms_sensory_absent, findings.sural_absent),
    )


def _uneven(found: bool | None) -> Sign:
    """Block or dispersion in an arm (fact n-wang-signs)."""
    if found is None:
        return Sign("block or dispersion", "not measured", "neither")
    return Sign("block or dispersion", "yes" if found else "no", "CIDP" if found else "POEMS")


def _index(index: float | None) -> Sign:
    """The median nerve's terminal latency index (fact tli-median-038)."""
    if index is None:
        return Sign("terminal latency index", "not measured", "neither")
    high = index >= fact("tli-median-038").quantity("cut_off")
    return Sign("terminal latency index", f"{index:.2f}", "POEMS" if high else "CIDP")


def _tibial(absent: bool | None) -> Sign:
    """Whether the tibial nerve answers (fact n-wang-signs)."""
    if absent is None:
        return Sign("tibial response", "not measured", "neither")
    return Sign("tibial response", "none" if absent else "present", "POEMS" if absent else "CIDP")


def _sural(arms_absent: bool | None, absent: bool | None) -> Sign:
    """Sural sparing, the leg kept and the arms lost, is not a feature of POEMS (n-mau-list)."""
    if absent is None or arms_absent is None:
        return Sign("sural nerve", "not measured", "neither")
    if absent:
        return Sign("sural nerve", "none", "POEMS")
    if arms_absent:
        return Sign("sural nerve", "spared, arms lost", "CIDP")
    return Sign("sural nerve", "present", "neither")
