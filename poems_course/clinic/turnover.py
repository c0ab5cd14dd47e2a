"""How high a protein stands in the serum when plasma cells make it and the body removes it.

A plain steady state: as much enters in a day as leaves. Half-lives and the volume of plasma come
from facts; MARROW_CELLS, WEIGHT_KG, ANTIBODY_KDA and the same split between vessels and tissues for
every protein are classroom assumptions. In life IgG leaves faster, the more there is of it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from poems_course.evidence import fact

MARROW_CELLS = 1e12  # assumption: nucleated cells of an adult's marrow, a round number
WEIGHT_KG = 70  # assumption
ANTIBODY_KDA = 150  # assumption for IgG and IgA alike
AVOGADRO = 6.022e23
SECONDS_A_DAY = 86_400


@dataclass(frozen=True)
class Product:
    """What one clone makes: the mass that leaves the cell as one unit, and how long it stays."""

    name: str
    kilodaltons: float
    half_life_days: float


def antibody(heavy_chain: str) -> Product:
    """Whole antibodies, "IgG" or "IgA"; the half-life of IgA is that of IgA1."""
    id = {"IgG": "hl-igg", "IgA": "hl-iga1"}[heavy_chain]
    return Product(heavy_chain, ANTIBODY_KDA, fact(id).quantity())


def free_chains(light_chain: str, kidneys_work: bool = True) -> Product:
    """Light chains alone, "kappa" or "lambda", two of them as one unit.

    The half-life is the middle of the published range; without kidneys it is that of both chains.
    """
    pair = fact("pc-kappa-lambda").quantity("pair")
    if kidneys_work:
        days = _middle(f"hl-flc-{light_chain}") / 24
    else:
        days = _middle("hl-flc-renal-failure")
    return Product(f"free {light_chain}", pair, days)


def _middle(id: str) -> float:
    """The middle of a fact's range, in the unit of the fact."""
    low, high = _ends(id)
    return (low + high) / 2


def _ends(id: str) -> tuple[float, float]:
    value = fact(id).value
    if not isinstance(value, tuple) or len(value) != 2:
        raise TypeError(f"the fact {id} holds no range")
    return value


def grams_a_day(marrow_percent: float, units_a_second: float, product: Product) -> float:
    """What a clone of that share of the marrow makes, each cell *units_a_second* of *product*."""
    cells = MARROW_CELLS * marrow_percent / 100
    grams_each = product.kilodaltons * 1000 / AVOGADRO
    return cells * units_a_second * SECONDS_A_DAY * grams_each


def serum_level(grams: float, half_life_days: float) -> float:
    """The level in g/L at which a protein settles of which *grams* are made a day.

    What the body holds is production times half-life over ln 2. The part of it inside the vessels
    is that of IgA1 (fact iga1-turnover), dissolved in the plasma of WEIGHT_KG.
    """
    body = grams * half_life_days / math.log(2)
    inside = fact("iga1-turnover").quantity("inside") / 100
    litres = fact("plasma-volume").quantity() * WEIGHT_KG / 1000
    return body * inside / litres


def level_of(marrow_percent: float, units_a_second: float, product: Product) -> float:
    """The level in g/L of a clone's product; see grams_a_day and serum_level."""
    made = grams_a_day(marrow_percent, units_a_second, product)
    return serum_level(made, product.half_life_days)
