"""The criteria engine over the cohort: it must behave as published.

Sensitivity and false positives are counted among verdicts that are settled; what was not done
leaves some undetermined, as in a clinic.
"""

from __future__ import annotations

from collections.abc import Sequence

from poems_course.clinic.criteria import judge
from poems_course.clinic.rules import rules
from poems_course.evidence import wilson
from poems_course.synthetic.checks.registry import Outcome, check
from poems_course.synthetic.checks.tables import Tables
from poems_course.synthetic.forms import forms

Verdicts = dict[str, list[str]]


def verdicts(tables: Tables) -> Verdicts:
    """For each diagnosis and rule ("POEMS dispenzieri"), the verdicts on its shipped patients."""
    if "verdicts" not in tables.worked_out:
        table = tables.shipped("cohort")
        found: Verdicts = {}
        for diagnosis, form in zip(table.text("diagnosis").texts(), forms(table), strict=True):
            for name, rule in rules().items():
                found.setdefault(f"{diagnosis} {name}", []).append(judge(form, rule).outcome)
        tables.worked_out["verdicts"] = found
    done: Verdicts = tables.worked_out["verdicts"]
    return done


def _counted(
    found: Verdicts, rule: str, groups: Sequence[str], met: Sequence[str]
) -> tuple[int, int, int]:
    """How many meet the rule, how many are settled, and how many there are."""
    every = [verdict for group in groups for verdict in found[f"{group} {rule}"]]
    settled = [verdict for verdict in every if verdict != "undetermined"]
    return sum(verdict in met for verdict in settled), len(settled), len(every)


def _said(k: int, n: int, of: int) -> str:
    low, high = wilson(k, n)
    share = f"{100 * k / n:.0f} %, {100 * low:.0f} to {100 * high:.0f}"
    return f"{k} of {n} settled ({share}), {of - n} undetermined"


_MEETS = ("met",)
_LOOK_ALIKES = (
    "CIDP", "AL amyloidosis", "MGUS neuropathy", "anti-MAG neuropathy", "myeloma",
    "Castleman disease", "diabetic neuropathy", "GBS",
)  # fmt: skip


@check(
    "criteria-current-sensitivity",
    "out_of_sample",
    "cohort",
    "the current rule in POEMS",
    "between 64 % (coded cases in one hospital) and 100 %",
    "crit-ash2019-fail",
)
def _sensitivity(tables: Tables) -> Outcome:
    k, n, of = _counted(verdicts(tables), "dispenzieri", ["POEMS"], _MEETS)
    return Outcome(_said(k, n, of), 0.64 <= k / n <= 1)


@check(
    "criteria-chiba-false-positives",
    "out_of_sample",
    "cohort",
    "the Chiba rule in CIDP, myeloma and AL amyloidosis",
    "at most 6 %: the interval of 0 of 60",
    "criteria-chiba",
)
def _chiba(tables: Tables) -> Outcome:
    groups = ["CIDP", "myeloma", "AL amyloidosis"]
    k, n, of = _counted(verdicts(tables), "suichi_2019", groups, _MEETS)
    return Outcome(_said(k, n, of), k / n <= wilson(0, 60)[1])


@check(
    "criteria-current-false-positives",
    "out_of_sample",
    "cohort",
    "the current rule in the same three",
    "at most 6 %",
    "criteria-chiba",
)
def _current(tables: Tables) -> Outcome:
    groups = ["CIDP", "myeloma", "AL amyloidosis"]
    k, n, of = _counted(verdicts(tables), "dispenzieri", groups, _MEETS)
    return Outcome(_said(k, n, of), k / n <= wilson(0, 60)[1])


@check(
    "criteria-chiba-sensitivity",
    "out_of_sample",
    "cohort",
    "the Chiba rule finds fewer outside the data that it was made from",
    "below its 100 %, above 70 %",
    "criteria-chiba",
)
def _chiba_sensitivity(tables: Tables) -> Outcome:
    k, n, of = _counted(verdicts(tables), "suichi_2019", ["POEMS"], _MEETS)
    return Outcome(_said(k, n, of), 0.7 < k / n < 1)


@check(
    "criteria-2003-looser",
    "out_of_sample",
    "cohort",
    "the rule of 2003 takes in more look-alikes than the current one",
    "more",
    "crit-disp2003",
)
def _looser(tables: Tables) -> Outcome:
    old, _, _ = _counted(verdicts(tables), "mayo_2003", _LOOK_ALIKES, _MEETS)
    now, _, _ = _counted(verdicts(tables), "dispenzieri", _LOOK_ALIKES, _MEETS)
    return Outcome(f"{old} against {now} patients", old > now)


@check(
    "criteria-look-alikes",
    "out_of_sample",
    "cohort",
    "how often each look-alike falls into the current rule",
    "each below 10 %",
    "crit-disp-rule",
)
def _each(tables: Tables) -> Outcome:
    found, said, most = verdicts(tables), [], 0.0
    for group in _LOOK_ALIKES:
        k, n, _ = _counted(found, "dispenzieri", [group], _MEETS)
        said.append(f"{group} {k} of {n}")
        most = max(most, k / n)
    return Outcome("; ".join(said), most < 0.1)


@check("criteria-healthy", "identity", "cohort", "no healthy person meets a rule", "none")
def _healthy(tables: Tables) -> Outcome:
    met = [
        name
        for name in rules()
        for verdict in verdicts(tables)[f"healthy {name}"]
        if verdict in ("met", "definite", "probable", "possible")
    ]
    return Outcome(f"{len(met)} verdicts", not met)
