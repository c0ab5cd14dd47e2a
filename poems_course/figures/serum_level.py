"""From a clone to a level: three tubs with the same tap and different drains."""

from __future__ import annotations

import math

from poems_course.clinic.turnover import (
    Product,
    antibody,
    free_chains,
    grams_a_day,
    level_of,
)
from poems_course.evidence import fact
from poems_course.figures.chart import Chart, Table
from poems_course.figures.draw import number
from poems_course.figures.exploration import Choice, Exploration, Slider, Toggle
from poems_course.figures.svg import WIDTH, at, box, figure_svg, path, text

CHAINS = "lambda chains only"
MAKES = ("IgG", "IgA", CHAINS)
SHARES = (0.1, 0.3, 1.0, 3.0, 5.0, 10.0, 30.0)
RATES = (500.0, 1000.0, 2000.0, 4000.0)
SEEN_FROM = 4.0
"""g/L from which a curve shows a spike: assumption, as in the synthetic data of the course."""

_LOW, _HIGH = 0.0001, 300.0  # g/L, the ends of the tubs' scale
_TOP, _BOTTOM, _LEFT, _TUB, _STEP = 74.0, 268.0, 62.0, 104.0, 124.0
_TICKS = {0.001: "1 mg/L", 0.01: "10", 0.1: "100", 1.0: "1 g/L", 10.0: "10", 100.0: "100 g/L"}


def products(kidneys_fail: bool) -> tuple[Product, ...]:
    """The three things that the clone may make, in the order of MAKES."""
    return antibody("IgG"), antibody("IgA"), free_chains("lambda", not kidneys_fail)


def serum_chart(share: float, makes: str, rate: float, kidneys_fail: bool, compare: bool) -> Chart:
    """The level that a clone's product reaches.

    *share* is percent of the marrow, *rate* antibodies (or pairs of light chains) that one cell
    lets go in a second. *compare* fills the two other tubs as well.
    """
    three = products(kidneys_fail)
    chosen = MAKES.index(makes)
    reading = _reading(share, rate, three, chosen, kidneys_fail, compare)
    shown = [compare or i == chosen for i in range(3)]
    drawing = _drawing(share, rate, three, shown)
    title = f"A clone of {number(share)} % of the marrow, making {makes}"
    return Chart(
        figure_svg(title, reading, 366, drawing), reading, _table(share, rate, three, kidneys_fail)
    )


def level(grams_per_litre: float) -> str:
    """A level with its unit, two figures long: mg/L below a tenth of a gram."""
    if grams_per_litre < 0.1:
        return f"{two_figures(1000 * grams_per_litre)} mg/L"
    return f"{two_figures(grams_per_litre)} g/L"


def two_figures(value: float) -> str:
    """A number to two figures, as text."""
    digits = 1 - math.floor(math.log10(value))
    return number(round(value, digits))


def stay(product: Product) -> str:
    """A half-life in words: hours below two days."""
    if product.half_life_days < 2:
        return f"{number(round(24 * product.half_life_days, 1))} hours"
    return f"{number(round(product.half_life_days, 1))} days"


def _reading(
    share: float, rate: float, three: tuple[Product, ...], chosen: int, kidneys_fail: bool,
    compare: bool,
) -> str:  # fmt: skip
    product = three[chosen]
    made = two_figures(grams_a_day(share, rate, product))
    said = (
        f"A clone of {number(share)} % of the marrow makes {made} g of {product.name} a day, half "
        f"of it is gone after {stay(product)}, and the serum settles at "
        f"{level(level_of(share, rate, product))}"
    )
    if kidneys_fail:
        said += (
            "; with kidneys at work it would be "
            f"{level(level_of(share, rate, free_chains('lambda')))}"
            if chosen == 2
            else "; failing kidneys change little, as antibodies hardly pass their filter"
        )
    if compare:
        others = [
            f"as {_short(i)} {level(level_of(share, rate, three[i]))}"
            for i in range(3)
            if i != chosen
        ]
        said += f"; {' and '.join(others)}"
    return f"{said}."


def _short(i: int) -> str:
    return ("IgG", "IgA", "light chains alone")[i]


def _table(share: float, rate: float, three: tuple[Product, ...], kidneys_fail: bool) -> Table:
    rows = tuple(
        (
            MAKES[i],
            two_figures(grams_a_day(share, rate, product)),
            stay(product),
            level(level_of(share, rate, product)),
            _origin(i, kidneys_fail),
        )
        for i, product in enumerate(three)
    )
    caption = (
        f"A clone of {number(share)} % of the marrow, each cell letting go {number(rate)} a second "
        "(assumptions: the rate, 1 000 000 000 000 marrow cells, 70 kg)"
    )
    columns = (
        "The clone makes",
        "Made, g a day",
        "Half is gone after",
        "Level",
        "Source of the half-life",
    )
    return Table(caption, columns, rows)


def _origin(i: int, kidneys_fail: bool) -> str:
    if i == 0:
        return "handbook"
    if i == 1:
        return "Morell 1973, IgA1"
    return "handbook, middle of 2 to 3 days" if kidneys_fail else "handbook, middle of 3 to 6 hours"


def _y(grams_per_litre: float) -> float:
    part = math.log(grams_per_litre / _LOW) / math.log(_HIGH / _LOW)
    return _BOTTOM - part * (_BOTTOM - _TOP)


def _drawing(share: float, rate: float, three: tuple[Product, ...], shown: list[bool]) -> str:
    billions = f"{number(round(10 * share, 1))} billion cells"
    parts = [
        text(WIDTH / 2, 16, f"{number(share)} % of the marrow: {billions}", "strong", "middle")
    ]
    for value, words in _TICKS.items():
        parts.append(path("g", f"M{at(_LEFT)} {at(_y(value))}H{at(WIDTH - 6)}"))
        parts.append(text(_LEFT - 6, _y(value) + 4, words, "muted", "end"))
    parts.append(_limits())
    for i, product in enumerate(three):
        parts.append(_tub(i, product, share, rate, shown[i]))
    return "".join(parts)


def _tub(i: int, product: Product, share: float, rate: float, full: bool) -> str:
    x = _LEFT + 6 + i * _STEP
    middle = x + _TUB / 2
    made = f"{two_figures(grams_a_day(share, rate, product))} g a day"
    parts = [
        text(middle, 38, MAKES[i], "ink", "middle"),
        text(middle, 54, made, "muted", "middle"),
        path("a", f"M{at(middle)} 58v12m-4-5l4 5l4-5"),
        path("a", f"M{at(x)} {at(_TOP)}V{at(_BOTTOM)}H{at(x + _TUB)}V{at(_TOP)}"),
        path("a", f"M{at(middle)} {at(_BOTTOM)}v10m-4-5l4 5l4-5"),
        text(middle, _BOTTOM + 24, f"half gone: {stay(product)}", "small", "middle"),
    ]
    if full:
        reached = level_of(share, rate, product)
        surface = _y(reached)
        words = surface + 16 if surface < _BOTTOM - 18 else surface - 6
        parts += [
            box(f"b s{i}", x, surface, _TUB, _BOTTOM - surface),
            path(f"k s{i}", f"M{at(x)} {at(surface)}h{at(_TUB)}"),
            box("paper", middle - 32, words - 12, 64, 16),
            text(middle, words, level(reached), "strong", "middle"),
        ]
    else:
        parts.append(text(middle, (_TOP + _BOTTOM) / 2, "?", "strong", "middle"))
    return "".join(parts)


def _limits() -> str:
    """Lines to hold a level against, lettered at the edge of their tubs and named below."""
    most = fact("D036").quantity("m_protein")
    free = fact("norm-flc").quantity("lambda_to") / 1000
    ends = _LEFT + 6, _LEFT + 6 + _STEP + _TUB, _LEFT + 6 + 2 * _STEP
    parts = []
    for letter, value, x0, x1 in (
        ("A", most, ends[0], ends[1]),
        ("B", SEEN_FROM, ends[0], ends[1]),
        ("C", free, ends[2], ends[2] + _TUB),
    ):
        parts.append(path("r", f"M{at(x0)} {at(_y(value))}H{at(x1)}"))
        parts.append(text(x1 + 4, _y(value) + 4, letter, "strong"))
    names = (
        f"A: MGUS stays below {number(most)} g/L",
        f"B: a curve shows a spike from about {number(SEEN_FROM)} g/L (assumed)",
        f"C: upper limit of free lambda, {number(1000 * free)} mg/L",
    )
    parts += [text(_LEFT + 6, 318 + 18 * i, name, "ink") for i, name in enumerate(names)]
    return "".join(parts)


SERUM_LEVEL = Exploration(
    id="serum-level",
    title="From a clone to a level in the serum",
    prompt=(
        "Predict first: the same clone, but it makes IgA instead of IgG. Will the serum hold as "
        "much of it, half, or about a quarter? And if it makes light chains only?"
    ),
    controls=(
        Slider("share", "The clone in the marrow", SHARES, SHARES.index(5.0), "%"),
        Choice("makes", "The clone makes", MAKES),
        Slider("rate", "Each cell lets go", RATES, RATES.index(2000.0), "a second"),
        Toggle("kidneys_fail", "The kidneys have failed"),
        Toggle("compare", "Fill the other tubs too"),
    ),
    model=serum_chart,
)
