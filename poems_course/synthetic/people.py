"""Who the patients are: diagnosis, sex, age, delay, first label, and what was not done."""

from __future__ import annotations

import math

import numpy as np

from poems_course.synthetic import shape
from poems_course.synthetic.dataset import Words
from poems_course.synthetic.draws import Array
from poems_course.synthetic.parameters import Group, constant, groups, tests

SEXES = ("M", "F")


def diagnoses(rng: np.random.Generator, patients: int | None) -> Array:
    """The code of each patient's diagnosis, in an order that tells nothing.

    Without *patients* as many as ship; else in the same proportions.
    """
    sizes = np.array([group.patients for group in groups().values()])
    if patients is not None:
        ends = np.round(np.cumsum(sizes) * (patients / sizes.sum())).astype(np.int64)
        sizes = np.diff(ends, prepend=0)
    codes: Array = rng.permutation(np.repeat(np.arange(len(sizes), dtype=np.int8), sizes))
    return codes


def sexes(normal: Array, group: Array) -> Array:
    """0 for men, 1 for women."""
    women = np.array([shape.threshold(1 - each.men) for each in groups().values()])
    return shape.present(normal, women.astype(normal.dtype)[group])


def stratum(group: Array, sex: Array) -> Array:
    """One code for diagnosis and sex together: tables of parameters have one entry for each."""
    return group.astype(np.intp) * 2 + sex


def ages(normal: Array, group: Array) -> Array:
    """Age at diagnosis in whole years."""
    value = shape.gaussian(
        normal, _by_group("age", group, normal), _by_group("age_sd", group, normal)
    )
    return shape.printed(value, 0, constant("lowest_age"), constant("highest_age"))


def delays(normal: Array, group: Array) -> Array:
    """Months from first symptom to diagnosis; 0 in healthy people."""
    median, spread = _by_group("delay", group, normal), _by_group("delay_spread", group, normal)
    value = shape.lognormal(normal, median, spread)
    return shape.printed(value, 1, 0.0, constant("longest_delay"))


def first_labels(normal: Array, group: Array) -> Words:
    """What the illness was first called."""
    labels = tuple(dict.fromkeys(name for each in groups().values() for name in each.first_label))
    steps = np.array([_steps(each, labels) for each in groups().values()], dtype=normal.dtype)
    codes = np.zeros(len(normal), dtype=np.int8)
    for step in steps.T[:-1]:
        codes += normal > step[group]
    return Words(codes, labels)


def _steps(group: Group, labels: tuple[str, ...]) -> list[float]:
    shares = np.cumsum([group.first_label.get(label, 0.0) for label in labels])
    return [shape.threshold(max(0.0, 1 - share) if share < 1 - 1e-12 else 0.0) for share in shares]


def _by_group(name: str, group: Array, like: Array) -> Array:
    values: Array = np.array([getattr(each, name) for each in groups().values()], like.dtype)[group]
    return values


def not_done(rng: np.random.Generator, n: int) -> dict[str, Array]:
    """For each test, where it was not done: by chance alone, never by diagnosis."""
    drawn = rng.integers(0, 2**16, (len(tests()), n), dtype=np.uint16)
    return {
        name: row < math.floor(test.not_done * 2**16)
        for (name, test), row in zip(tests().items(), drawn, strict=True)
    }
