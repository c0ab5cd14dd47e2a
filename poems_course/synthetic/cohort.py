"""The cohort: patients with POEMS syndrome, its look-alikes and healthy people.

Diagnosis first, then findings from published frequencies, then values given the findings; what
follows from other columns is computed last, and what was not done is blanked.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from difflib import get_close_matches
from functools import cache

import numpy as np

from poems_course.content import PoemsError
from poems_course.synthetic import computed, panel, people, shape
from poems_course.synthetic.dataset import MISSING, Column, Dataset, Words
from poems_course.synthetic.dictionary import fields
from poems_course.synthetic.draws import Array, correlation, evened, normals, stream
from poems_course.synthetic.parameters import (
    chains,
    dependence,
    findings,
    groups,
    laboratory,
    pairs,
)
from poems_course.synthetic.write import CSV_ROWS

_BLOCK = 1 << 16
_OTHERS = ("age", "delay", "first_label", "gonads", "sex_steroid", "light_chain", "heavy_chain")
_FOLLOWS = {
    "light_chain": "clone",
    "heavy_chain": "clone",
    "free_light_chain_ratio": "light_chains",
    "hypogonadism": "hormones",
    "hyperprolactinaemia": "hormones",
    "adrenal_insufficiency": "hormones",
    "hypothyroidism": "hormones",
    "subclinical_hypothyroidism": "hormones",
}


def build(seed: int, patients: int | None = None, columns: Sequence[str] | None = None) -> Dataset:
    """The cohort that ships, or a larger one of so many *patients* in the same proportions.

    With *columns* only these are made, and what they rest on. Raises PoemsError where one is
    unknown. Up to 10 000 rows the numbers are the same on every machine, and frequencies do not
    wander: each diagnosis has its share of every finding to within a patient. Larger cohorts are
    drawn freely and in single precision.
    """
    wanted = _asked(columns)
    needed = _needed(wanted)
    group = people.diagnoses(stream(seed, "cohort", "diagnosis"), patients)
    if len(group) <= CSV_ROWS:
        parts = [_block(seed, 0, group, needed, exact=True)]
    else:
        cut = [group[start : start + _BLOCK] for start in range(0, len(group), _BLOCK)]
        with ThreadPoolExecutor(2) as pool:
            jobs = enumerate(cut)
            parts = list(pool.map(lambda job: _block(seed, job[0], job[1], needed), jobs))
    whole: dict[str, Column] = {"patient": np.arange(1, len(group) + 1, dtype=np.int32)}
    for name in wanted[1:]:
        whole[name] = _joined([part.pop(name) for part in parts])
    return Dataset("cohort", whole)


def _asked(columns: Sequence[str] | None) -> tuple[str, ...]:
    known = fields("cohort")
    for name in columns or ():
        if name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            raise PoemsError(f"the cohort has no column {name!r}{hint}")
    always = ("patient", "diagnosis", "synthetic")
    return tuple(name for name in known if columns is None or name in (*columns, *always))


def _needed(wanted: Sequence[str]) -> frozenset[str]:
    """The columns *wanted* and all that they rest on."""
    found, waiting = set(), list(wanted)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += computed.RESTS_ON.get(name, ())
    return frozenset(found)


def _joined(columns: list[Column]) -> Column:
    first = columns[0]
    if isinstance(first, Words):
        codes = [column.codes for column in columns if isinstance(column, Words)]
        return Words(np.concatenate(codes), first.labels)
    return first if len(columns) == 1 else np.concatenate(columns)  # type: ignore[arg-type]


@cache
def latent(needed: frozenset[str] | None = None) -> tuple[tuple[str, ...], Array, float]:
    """The latent variables, their correlation, and the largest change that repair made."""
    own = [name for name, finding in findings().items() if not finding.within]
    names = (*_OTHERS, *own, *laboratory())
    if needed is not None:
        names = tuple(name for name in names if name in _variables(needed))
    known = {pair: rho for pair, rho in _pairs().items() if set(pair) <= set(names)}
    matrix, change = correlation(names, known)
    return names, matrix, change


def _pairs() -> dict[tuple[str, str], float]:
    return pairs(dependence().values())


def _variables(needed: frozenset[str]) -> set[str]:
    within = {findings()[name].within for name in needed if name in findings()}
    hidden = {"gonads", "sex_steroid"} if needed & set(panel.GONADAL) else set()
    renamed = {"age_years": "age", "delay_months": "delay"}
    return {renamed.get(name, name) for name in needed} | within | hidden


def _block(
    seed: int, number: int, group: Array, needed: frozenset[str], exact: bool = False
) -> dict[str, Column]:
    dtype = np.float64 if exact else np.float32
    rng = stream(seed, "cohort", "block", number)
    sex_normal = rng.standard_normal((1, len(group)), dtype=dtype)
    if exact:
        sex_normal = evened(sex_normal, group, rng)
    sex = people.sexes(sex_normal[0], group)
    stratum = people.stratum(group, sex)
    names, matrix, _ = latent(needed)
    drawn = normals(rng, len(group), matrix, dtype)
    if exact:
        drawn = evened(drawn, stratum, rng)
    found = _patients(dict(zip(names, drawn, strict=True)), group, sex, stratum, needed)
    _blank(found, people.not_done(rng, len(group)))
    return found


def _patients(
    drawn: dict[str, Array], group: Array, sex: Array, stratum: Array, needed: frozenset[str]
) -> dict[str, Column]:
    found: dict[str, Column] = {
        "diagnosis": Words(group, tuple(each.label for each in groups().values())),
        "sex": Words(sex, people.SEXES),
        "synthetic": Words(np.zeros(len(group), dtype=np.int8), ("yes",)),
    }
    if "first_label" in needed:
        found["first_label"] = people.first_labels(drawn["first_label"], group)
    if "age_years" in needed:
        found["age_years"] = people.ages(drawn["age"], group)
    if "delay_months" in needed:
        found["delay_months"] = people.delays(drawn["delay"], group)
    for name, finding in findings().items():
        if name in needed:
            at = _thresholds(name, _kind(drawn))[stratum]
            found[name] = shape.present(drawn[finding.within or name], at)
    found |= _chains(drawn, found, group, needed)
    found |= _values(drawn, found, stratum, sex, needed)
    return found | _computed(found, sex, needed)


def _kind(drawn: dict[str, Array]) -> type:
    kind: type = next(iter(drawn.values())).dtype.type
    return kind


@cache
def _thresholds(name: str, dtype: type) -> Array:
    finding = findings()[name]
    shares = [finding.share_of(group, sex) for group in groups() for sex in people.SEXES]
    return np.array([shape.threshold(share) for share in shares], dtype=dtype)


def _chains(
    drawn: dict[str, Array], found: dict[str, Column], group: Array, needed: frozenset[str]
) -> dict[str, Column]:
    """Light and heavy chain of those with a clone; nobody else has one."""
    named: dict[str, Column] = {}
    for name in needed & {"light_chain", "heavy_chain"}:
        clone = found["monoclonal_plasma_cells"]
        labels, steps = _steps(name)
        codes = np.zeros(len(group), dtype=np.int8)
        for step in steps.T:
            codes += drawn[name] > step[group]
        codes[clone == 0] = len(labels)
        named[name] = Words(codes, (*labels, "none"))
    return named


@cache
def _steps(name: str) -> tuple[tuple[str, ...], Array]:
    entry = chains()[name]
    rows = []
    for group in groups():
        shares = np.cumsum(entry.shares_of(group))[:-1]
        rows.append([shape.threshold(float(min(1.0, max(0.0, 1 - share)))) for share in shares])
    return entry.words, np.array(rows, dtype=np.float32)


def _values(
    drawn: dict[str, Array],
    found: dict[str, Column],
    stratum: Array,
    sex: Array,
    needed: frozenset[str],
) -> dict[str, Column]:
    values = {n: panel.plain(n, drawn[n], stratum) for n in panel.PLAIN if n in needed}
    values |= {n: panel.split(n, drawn[n], stratum) for n in panel.SPLIT if n in needed}
    if needed & set(panel.GONADAL):
        values |= panel.gonads(drawn, stratum, sex, np.asarray(found["age_years"]))
    if "free_t4_ng_per_dl" in needed:
        tsh = panel.finished("tsh_miu_per_l", values["tsh_miu_per_l"])
        normal = drawn["free_t4_ng_per_dl"]
        values["free_t4_ng_per_dl"] = panel.thyroxine(normal, stratum, tsh)
    values |= panel.proteins(drawn, found, stratum, needed)
    return {name: panel.finished(name, value) for name, value in values.items()}


def _computed(found: dict[str, Column], sex: Array, needed: frozenset[str]) -> dict[str, Column]:
    """What follows from other columns, from the values as printed."""
    value = {name: column for name, column in found.items() if not isinstance(column, Words)}
    follows: dict[str, Column] = dict(computed.derived(value, sex, needed))
    return follows


def _blank(found: dict[str, Column], not_done: dict[str, Array]) -> None:
    for name, test in tests_of_columns().items():
        if name not in found:
            continue
        column, gap = found[name], not_done[test]
        if isinstance(column, Words):
            column.codes[gap] = MISSING
        elif column.dtype == np.int8:
            column[gap] = MISSING
        else:
            column[gap] = np.nan


@cache
def tests_of_columns() -> dict[str, str]:
    """The test that each column comes from, where it may be missing."""
    own = {name: finding.test for name, finding in findings().items() if finding.test}
    own |= {name: entry.test for name, entry in laboratory().items() if entry.test}
    return own | _FOLLOWS
