"""Planning the work-up: what each test can find, what it costs and harms, what it leaves open.

Yields are shares of patients already known to have POEMS syndrome. Cost class and harm are this
course's own judgement, said so in the lesson; no study of work-ups was found.
"""

from __future__ import annotations

from dataclasses import dataclass

from poems_course.evidence import fact, wilson
from poems_course.figures.chart import Chart, Table
from poems_course.figures.exploration import Exploration, Toggle
from poems_course.figures.svg import WIDTH, at, box, figure_svg, path, text

MAJOR = ("high VEGF", "sclerotic bone", "Castleman")
MINOR = ("organs", "fluid", "hormones", "skin", "optic discs", "blood counts")
CLONE = "clone"
FINDINGS = (CLONE, *MAJOR, *MINOR)
COSTS = ("cheap", "middling", "dear")
_NAME, _BAR, _END, _ROW, _TOP = 12.0, 124.0, 300.0, 27.0, 30.0
_TICKS = (0.0, 0.5, 1.0)


@dataclass(frozen=True)
class Yield:
    """A test finds *finding* in *k* of *n* patients with POEMS syndrome, by the fact *source*.

    Without a count (*n* 0) the test looks, and no figure that was read says how often it finds.
    """

    finding: str
    k: int = 0
    n: int = 0
    source: str = ""


@dataclass(frozen=True)
class Step:
    """One step of a work-up; *cost* is 1 to 3 (see COSTS), *harm* in words or ""."""

    name: str
    label: str
    cost: int
    harm: str
    yields: tuple[Yield, ...]


def _share(finding: str, source: str, part: str = "") -> Yield:
    """The yield that a fact prints as a percentage of its n."""
    printed = fact(source)
    n = printed.n or 0
    return Yield(finding, round(printed.quantity(part) * n / 100), n, source)


TESTS = (
    Step("look", "Look and feel, from scalp to socks", 1, "",
         (_share("skin", "s-any-miest"), Yield("fluid"), Yield("organs"))),
    Step("count", "Blood count", 1, "a needle",
         (_share("blood counts", "f-plt-naddaf", "poems"),)),
    Step("fixation", "Immunofixation of serum", 1, "a needle",
         (Yield(CLONE, 18, 25, "c-spep-p32"),)),
    Step("vegf", "VEGF in serum", 2, "a needle",
         (Yield("high VEGF", 27, 27, "serum-vegf-uclh"),)),
    Step("hormones", "Hormones", 2, "a needle", (_share("hormones", "f-endo-gandhi"),)),
    Step("discs", "Optic discs", 1, "blurred sight for hours",
         (Yield("optic discs", 25, 38, "f-pap-trial"),)),
    Step("ct", "CT of the skeleton", 2, "radiation", (_share("sclerotic bone", "i-ct-ss", "ct"),)),
    Step("pet", "PET/CT", 3, "radiation",
         (Yield("organs", 65, 90, "f-hsm-pet"), Yield("fluid", 46, 90, "f-eff-pet"))),
    Step("node", "Biopsy of a swollen node", 3, "a wound", (Yield("Castleman"),)),
)  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """The tests chosen, and what they look for."""

    tests: tuple[Step, ...]

    @property
    def sought(self) -> dict[str, tuple[Step, Yield]]:
        """Each finding that is looked for, with the test whose yield rests on most patients."""
        best: dict[str, tuple[Step, Yield]] = {}
        for test in self.tests:
            for found in test.yields:
                known = best.get(found.finding)
                if known is None or found.n > known[1].n:
                    best[found.finding] = (test, found)
        return best

    @property
    def gaps(self) -> tuple[str, ...]:
        """What the current rule needs and this plan cannot find: nothing, if it can confirm."""
        sought = self.sought
        missing = [CLONE] if CLONE not in sought else []
        missing += ["a major finding"] * (not set(MAJOR) & set(sought))
        missing += ["a minor finding"] * (not set(MINOR) & set(sought))
        return tuple(missing)

    @property
    def bill(self) -> str:
        """How many tests of each cost class: "3 cheap, 1 middling"."""
        counts = [(sum(test.cost == i for test in self.tests), name) for i, name in _CLASSES]
        return ", ".join(f"{count} {name}" for count, name in counts if count) or "nothing"

    @property
    def harms(self) -> str:
        """What the tests do to the patient; blood for several tests is drawn once."""
        named = dict.fromkeys(test.harm for test in self.tests if test.harm)
        return _listed(tuple(named)) if named else "no harm"


_CLASSES = tuple(enumerate(COSTS, 1))


def _listed(names: tuple[str, ...]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def workup(**chosen: bool) -> Chart:
    """What a work-up of the chosen tests looks for, finds, costs and leaves open."""
    plan = Plan(tuple(test for test in TESTS if chosen[test.name]))
    said = _reading(plan)
    height = _TOP + _ROW * len(FINDINGS) + 44
    return Chart(figure_svg("A work-up", said, height, _drawing(plan)), said, _table(plan))


def _reading(plan: Plan) -> str:
    if plan.gaps:
        verdict = f"cannot confirm POEMS, for it does not look for {_listed(plan.gaps)}"
    else:
        verdict = "can confirm POEMS, if it finds what it looks for"
    return (
        f"This work-up looks for {len(plan.sought)} of {len(FINDINGS)} findings "
        f"(spent: {plan.bill}, with {plan.harms}); under the current rule it {verdict}."
    )


def _found(found: Yield) -> tuple[str, str]:
    if not found.n:
        return "no figure", ""
    low, high = wilson(found.k, found.n)
    return f"{100 * found.k / found.n:.0f} %", f"{100 * low:.0f} to {100 * high:.0f} %"


def _table(plan: Plan) -> Table:
    rows = []
    for test in plan.tests:
        for found in test.yields:
            share, spread = _found(found)
            count = f"{found.k} of {found.n}" if found.n else ""
            cost = COSTS[test.cost - 1]
            rows.append(
                (test.label, found.finding, count, share, spread, cost, test.harm or "none")
            )
    none = ("no test chosen", "", "", "", "", "", "")
    columns = ("test", "looks for", "found in", "share", "95 % interval", "cost class", "harm")
    return Table("The tests of this work-up", columns, tuple(rows) or (none,))


def _drawing(plan: Plan) -> str:
    bottom = _TOP + _ROW * len(FINDINGS)
    parts = [
        text(_NAME, 18, "finding", "muted"),
        text(_BAR, 18, "found in patients with POEMS", "muted"),
    ]
    parts.append(path("a", f"M{at(_BAR)} {at(bottom)}H{at(_END)}"))
    for tick in _TICKS:
        parts.append(text(_x(tick), bottom + 16, f"{100 * tick:.0f} %", "muted", "middle"))
    for row, finding in enumerate(FINDINGS):
        parts += _row(plan, finding, _TOP + _ROW * (row + 0.5))
    parts.append(text(_NAME, bottom + 38, f"Cost: {plan.bill}", "strong"))
    return "".join(parts)


def _x(share: float) -> float:
    return _BAR + share * (_END - _BAR)


def _row(plan: Plan, finding: str, y: float) -> list[str]:
    parts = [text(_NAME, y + 4, finding)]
    if finding not in plan.sought:
        return [*parts, text(_BAR + 4, y + 4, "not looked for: stays unknown", "muted")]
    test, found = plan.sought[finding]
    if not found.n:
        return [*parts, text(_BAR + 4, y + 4, "looked for; no figure read", "ink")]
    share, spread = _found(found)
    low, high = wilson(found.k, found.n)
    # The grid stands behind bars alone: elsewhere it would run through words.
    grid = "".join(f"M{at(_x(tick))} {at(y - _ROW / 2)}v{at(_ROW)}" for tick in _TICKS)
    ends = "".join(f"M{at(_x(end))} {at(y - 4)}v8" for end in (low, high))
    line = f"M{at(_x(low))} {at(y)}H{at(_x(high))}{ends}"
    bar = box("b s0", _BAR, y - 9, _x(found.k / found.n) - _BAR, 18)
    parts += [path("g", grid), bar, path("k s0", line)]
    return [*parts, text(WIDTH - 8, y + 4, f"{share} ({spread})", "ink", "end")]


WORKUP = Exploration(
    id="workup",
    title="Plan the work-up",
    prompt=(
        "Predict first: what is the cheapest and gentlest set of tests that can confirm POEMS "
        "under the current rule?"
    ),
    controls=tuple(Toggle(test.name, test.label, test.name in ("look", "count")) for test in TESTS),
    model=workup,
)
