"""A feedback loop at rest: where the driving hormone and its product settle when one level fails.

A model for the classroom: one number for each level, everything 1 in health, no patient's values.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from poems_course.clinic.hormone_panel import Place

GAIN = 2.0  # how sharply the driver answers: half the product felt, four times the drive
WEAK, DEAF, TABLETS = 0.1, 0.3, 3.0
LOW_BELOW, HIGH_ABOVE = 0.8, 1.25

LESIONS = (
    "nothing",
    "hypothalamus",
    "pituitary",
    "gland",
    "tissue (does not feel the hormone)",
    "hormone from outside, too much",
)
NOTHING, HYPOTHALAMUS, PITUITARY, GLAND, TISSUE, OUTSIDE = LESIONS


@dataclass(frozen=True)
class Loop:
    """A driver, a gland that answers it, tissue that feels the product, product from outside."""

    drive: float = 1.0
    response: float = 1.0
    feeling: float = 1.0
    outside: float = 0.0


def settle(loop: Loop) -> tuple[float, float]:
    """The driver and the product (with what comes from outside), relative to health.

    The driver is ``drive / (feeling * product) ** GAIN``, the product ``response * driver +
    outside``; their one common solution is found by halving.
    """
    low, high = 1e-6, 1e6
    for _ in range(80):
        product = (low * high) ** 0.5
        driver = loop.drive / (loop.feeling * product) ** GAIN
        if loop.response * driver + loop.outside > product:
            low = product
        else:
            high = product
    return driver, product


def place(relative: float) -> Place:
    """Where a value relative to health lies."""
    if relative < LOW_BELOW:
        return "low"
    return "high" if relative > HIGH_ABOVE else "normal"


def _broken(lesion: str) -> Loop:
    """An axis of hypothalamus, pituitary, gland and tissue with one lesion."""
    changes = {
        HYPOTHALAMUS: {"drive": WEAK},
        PITUITARY: {"drive": WEAK},
        GLAND: {"response": WEAK},
        TISSUE: {"feeling": DEAF},
        OUTSIDE: {"outside": TABLETS},
    }
    return replace(Loop(), **changes.get(lesion, {}))


def three_storeys(lesion: str) -> tuple[Place, Place]:
    """Driver and product of gonads and thyroid: LH and testosterone, TSH and T4."""
    driver, product = settle(_broken(lesion))
    return place(driver), place(product)


def adrenal(lesion: str) -> tuple[Place, Place]:
    """ACTH and cortisol; the steroid from outside is felt, but not measured as cortisol."""
    loop = _broken(lesion)
    driver, product = settle(loop)
    return place(driver), place(product - loop.outside)


def prolactin(lesion: str) -> tuple[Place, Place]:
    """Prolactin and testosterone: the hypothalamus brakes prolactin, prolactin brakes GnRH."""
    made = {HYPOTHALAMUS: 1 / WEAK, PITUITARY: WEAK}.get(lesion, 1.0)
    below = lesion if lesion in (GLAND, TISSUE, OUTSIDE) else NOTHING
    _, testosterone = settle(replace(_broken(below), drive=min(made, 1 / made)))
    return place(made), place(testosterone)


def _without_pituitary(lesion: str) -> tuple[float, float]:
    changes = {GLAND: {"drive": WEAK}, TISSUE: {"response": WEAK}, OUTSIDE: {"outside": TABLETS}}
    return settle(replace(Loop(), **changes.get(lesion, {})))


def calcium(lesion: str) -> tuple[Place, Place]:
    """PTH and calcium: the parathyroids drive, bone and kidney answer."""
    hormone, level = _without_pituitary(lesion)
    return place(hormone), place(level)


def glucose(lesion: str) -> tuple[Place, Place]:
    """The body's own insulin, and glucose: the same loop; its product is the glucose removed."""
    insulin, removed = _without_pituitary(lesion)
    return place(insulin), place(1 / removed)
