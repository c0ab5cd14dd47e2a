"""How many questions adaptive practice saves against the same questions in random order.

python -m benchmarks.adaptive [LEARNERS]

Learners are drawn from a standard normal; the true difficulty of each item strays from the author's
guess as ability.py assumes, anew for each learner. Both orders draw from the public bank under the
same quotas and stop at the same standard error. What is not simulated: that learners guess, tire,
or know one topic and not another.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from math import exp
from random import Random
from statistics import mean, quantiles

from poems_course.questions import questions
from poems_course.study.ability import SPREAD, difficulty, estimate
from poems_course.study.adaptive import FEWEST, Given, answers, next_question, within_quotas
from poems_course.study.draws import anywhere

BANK = anywhere(questions())
LONGEST = 90  # questions; so that the standard error alone ends a run


@dataclass(frozen=True)
class Run:
    """Means over all learners: *off* is the root mean square error in logits, *covered* the share
    whose true place the interval holds, *most_shown* how often the most frequent item was shown."""

    questions: float
    tenth: float
    ninetieth: float
    off: float
    covered: float
    most_shown: float


def simulate(order: str, error: float, learners: int, seed: int = 2905) -> Run:
    """Each learner's sitting in one *order*: adaptive or random."""
    lengths, misses, covered, shown = [], [], [], Counter[str]()
    for number in range(learners):
        draw = Random(f"{seed}/{number}")
        theta = draw.gauss(0, 1)
        given = _sitting(order, error, theta, draw, number)
        here = estimate(answers(given))
        lengths.append(len(given))
        misses.append((here.mean - theta) ** 2)
        covered.append(here.low <= theta <= here.high)
        shown.update(item.id for item, _ in given)
    tenths = quantiles(lengths, n=10)
    off = mean(misses) ** 0.5
    most = max(shown.values()) / learners
    return Run(mean(lengths), tenths[0], tenths[-1], off, mean(covered), most)


def _sitting(order: str, error: float, theta: float, draw: Random, seed: int) -> list[Given]:
    given: list[Given] = []
    while len(given) < LONGEST:
        if len(given) >= FEWEST and estimate(answers(given)).error <= error:
            break
        if order == "adaptive":
            item = next_question(BANK, given, {}, seed)
        else:
            asked = [one for one, _ in given]
            pool = [one for one in BANK if one not in asked]
            item = draw.choice(within_quotas(pool, asked)) if pool else None
        if item is None:
            break
        true = difficulty(item.difficulty) + draw.gauss(0, SPREAD)
        given.append((item, draw.random() < 1 / (1 + exp(-(theta - true)))))
    return given


def table(runs: Mapping[float, Mapping[str, Run]]) -> str:
    """The runs as a markdown table: by standard error, then order."""
    lines = [
        "| standard error | order | questions (10th to 90th percentile) | saved | RMSE | coverage |"
        " most shown |",
        "|---|---|---|---|---|---|---|",
    ]
    for error, orders in runs.items():
        for name, run in orders.items():
            saved = 1 - run.questions / orders["random"].questions
            lines.append(
                f"| {error:g} | {name} | {run.questions:.1f} ({run.tenth:.0f} to"
                f" {run.ninetieth:.0f}) | {saved:.0%} | {run.off:.2f} | {run.covered:.1%} |"
                f" {run.most_shown:.0%} |"
            )
    return "\n".join(lines)


if __name__ == "__main__":
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    orders = ("adaptive", "random")
    print(table({e: {o: simulate(o, e, many) for o in orders} for e in (0.6, 0.5, 0.4)}))
