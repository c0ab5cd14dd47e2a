"""The harms reported of each therapy: published rates only, and what nobody printed."""

from __future__ import annotations

from dataclasses import dataclass

from poems_course.evidence import fact
from poems_course.figures.draw import number


@dataclass(frozen=True)
class Harm:
    """A published rate, told from the month by which it happens; *facts* are what it rests on.

    Where *facts* is empty the words say that nothing was found.
    """

    month: int
    words: str
    facts: tuple[str, ...] = ()


def harms(therapy: str) -> tuple[Harm, ...]:
    """The harms of a therapy, in the order of their months."""
    return {
        "transplant": _transplant,
        "melphalan": _melphalan,
        "lenalidomide": _lenalidomide,
        "thalidomide": _thalidomide,
    }[therapy]()


def _part(name: str, part: str) -> str:
    return number(fact(name).quantity(part))


def _transplant() -> tuple[Harm, ...]:
    least, most = (number(value) for value in _both("tx-es-range"))
    return (
        Harm(1, f"engraftment syndrome: {least} to {most} %, by series and definition",
             ("tx-es-range",)),
        Harm(1, f"early complications: {_part('tx-pumch-harm', 'complications')} % of 138, Beijing",
             ("tx-pumch-harm",)),
        Harm(12, f"dead within a year, not of relapse: {_part('tx-ebmt-harm', 'died')} % of 127",
             ("tx-ebmt-harm",)),
        Harm(60, f"dead of another cancer: {_part('tx-es-karam', 'other_cancer')} of 60 "
             "(median 61 months)", ("tx-es-karam",)),
    )  # fmt: skip


def _both(name: str) -> tuple[float, float]:
    value = fact(name).value
    assert isinstance(value, tuple)
    return value[0], value[1]


def _melphalan() -> tuple[Harm, ...]:
    return (
        Harm(12, f"severe (grade 3) events: {_part('tx-mdex-harm', '')} % (6 of 31)",
             ("tx-mdex-harm",)),
        Harm(60, "second cancers: no published figure was found"),
    )  # fmt: skip


def _lenalidomide() -> tuple[Harm, ...]:
    return (
        Harm(0, "never in a pregnancy: severe birth defects are predicted", ("tx-imid-unborn",)),
        Harm(6, "serious events: none in 5 men in Japan", ("tx-len-refractory-harm",)),
        Harm(12, "severe (grade 3 or 4) events: none in 12 in Beijing", ("tx-len-relapsed",)),
        Harm(12, "clots in POEMS under it: no published figure was found"),
        Harm(60, "second cancers: no published figure was found"),
    )


def _thalidomide() -> tuple[Harm, ...]:
    slow, placebo = (_part("tx-jpost-news", part) for part in ("slow_heart", "slow_heart_placebo"))
    clots, without = (
        _part("tx-imid-clots", part) for part in ("with_thalidomide", "dexamethasone")
    )
    return (
        Harm(0, "never in a pregnancy: it causes severe birth defects", ("tx-imid-unborn",)),
        Harm(3, f"clots, in myeloma: {clots} % with dexamethasone, {without} % on that alone",
             ("tx-imid-clots",)),
        Harm(6, f"mild slow heartbeat: {slow} % of 13, with placebo {placebo} %",
             ("tx-jpost-news", "tx-jpost")),
        Harm(12, "serious events, its own neuropathy included: none of 9 (8 to 23 months)",
             ("tx-thal-clinical",)),
        Harm(60, "after years: no published figure was found"),
    )  # fmt: skip
