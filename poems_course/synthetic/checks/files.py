"""Identity checks that every dataset must pass: its dictionary, its file, its facts."""

from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path

import numpy as np

from poems_course.content import read_entries
from poems_course.evidence import facts
from poems_course.synthetic import BUILDERS, course_data
from poems_course.synthetic.checks.measure import none_wrong
from poems_course.synthetic.checks.registry import Outcome, check
from poems_course.synthetic.checks.tables import Tables
from poems_course.synthetic.dataset import Words
from poems_course.synthetic.dictionary import cards, fields, resource
from poems_course.synthetic.parameters import FOLDER, HeldOut, findings
from poems_course.synthetic.write import PACKAGE, write

UNITS = {
    "", "1", "%", "a", "mo", "wk", "d", "h", "min", "s", "ms", "m/s", "mm", "cm", "mV", "uV", "Hz",
    "pg/mL", "ng/mL", "ng/dL", "ug/dL", "mg/dL", "g/dL", "g/L", "mg/L", "10*9/L", "{ratio}",
    "{score}", "[IU]/L", "m[IU]/L", "mL/min/{1.73_m2}", "Cel", "{fraction}", "{share}",
}  # fmt: skip
"""UCUM units that were parsed once with a UCUM reader; others must be looked up first."""


def _within_limits(tables: Tables, name: str) -> Outcome:
    table, wrong, faults = tables.shipped(name), 0, []
    for id, field in fields(name).items():
        column = table[id]
        if isinstance(column, Words):
            gap = column.codes < 0
            bad = 0 if not field.words else int((np.array(column.codes) >= len(field.words)).sum())
        else:
            values = table.numbers(id)
            gap = np.isnan(values)
            low = -np.inf if field.minimum is None else field.minimum
            high = np.inf if field.maximum is None else field.maximum
            bad = int((~gap & ((values < low) | (values > high))).sum())
            if field.type == "number":
                bad += int(
                    (np.abs(np.round(values[~gap], field.decimals) - values[~gap]) > 1e-9).sum()
                )
        bad += 0 if field.missing else int(gap.sum())
        wrong += bad
        faults += [id] if bad else []
    said = f"{wrong} of {table.rows * len(table.columns)} values" + (
        f" ({', '.join(faults)})" if faults else ""
    )
    return Outcome(said, wrong == 0)


def _unique(tables: Tables, name: str) -> Outcome:
    keys = [id for id, field in fields(name).items() if field.key]
    table = tables.shipped(name)
    texts = [
        column.texts() if isinstance(column := table[id], Words) else column.tolist() for id in keys
    ]
    rows = list(zip(*texts, strict=True))
    return none_wrong(len(rows) - len(set(rows)), len(rows), f"keys ({', '.join(keys)})")


def _invented(tables: Tables, name: str) -> Outcome:
    said = "yes" if cards()[name].synthetic else "no"
    column = tables.shipped(name).text("synthetic")
    return none_wrong(~(column == said), len(column))


@check(
    "id-files",
    "identity",
    "all",
    "values within hard limits and as printed, gaps only where allowed, keys unique, rows marked",
    "no exception in any table",
)
def _files(tables: Tables) -> Outcome:
    parts = {"limits": _within_limits, "keys": _unique, "marks": _invented}
    outcomes = {
        f"{name} {what}": ask(tables, name) for name in BUILDERS for what, ask in parts.items()
    }
    failed = {what: outcome.got for what, outcome in outcomes.items() if not outcome.passed}
    said = "; ".join(f"{what}: {got}" for what, got in failed.items())
    return Outcome(said or f"{len(BUILDERS)} tables in order", not failed)


@check("id-units", "identity", "all", "every unit is one that was parsed as UCUM", "no exception")
def _units(tables: Tables) -> Outcome:
    found = {field.unit for name in BUILDERS for field in fields(name).values()}
    strange = sorted(found - UNITS)
    return Outcome(", ".join(strange) or f"{len(found)} units", not strange)


@check("id-codes", "identity", "all", "every LOINC code has the right check digit", "no exception")
def _codes(tables: Tables) -> Outcome:
    codes = {field.code for name in BUILDERS for field in fields(name).values() if field.code}
    wrong = sorted(code for code in codes if not luhn(code))
    return Outcome(", ".join(wrong) or f"{len(codes)} codes", not wrong)


def luhn(code: str) -> bool:
    """Whether a LOINC code ends with its own check digit (modulus 10)."""
    if not re.fullmatch(r"\d{1,6}-\d", code):
        return False
    digits = [int(digit) for digit in code.replace("-", "")]
    doubled = [2 * digit if i % 2 else digit for i, digit in enumerate(reversed(digits))]
    return sum(digit - 9 if digit > 9 else digit for digit in doubled) % 10 == 0


@check(
    "id-sources",
    "identity",
    "all",
    "every fact that a dictionary or model names exists",
    "no exception",
)
def _sources(tables: Tables) -> Outcome:
    named = {field.fact for name in BUILDERS for field in fields(name).values() if field.fact}
    unknown = sorted((named | _named_in_models()) - set(facts()))
    return Outcome(", ".join(unknown) or f"{len(named)} facts", not unknown)


def _named_in_models() -> set[str]:
    named: set[str] = set()
    for path in FOLDER.glob("*.toml"):
        if not path.name.startswith("held_out"):
            text = re.sub(r'^(assumption|part) = ".*"$', "", path.read_text("utf-8"), flags=re.M)
            for found in re.findall(r"^facts? = (.*)$", text, flags=re.M):
                named |= set(re.findall(r'"([^"]+)"', found))
    return named


@check(
    "id-held-out",
    "identity",
    "cohort",
    "no model file names a fact that is kept for grading",
    "none",
)
def _held_out(tables: Tables) -> Outcome:
    kept = set(read_entries(FOLDER / "held_out.toml", HeldOut))
    used = sorted(kept & _named_in_models())
    return Outcome(", ".join(used) or f"none of {len(kept)}", not used)


@check(
    "id-shares-in-facts",
    "identity",
    "cohort",
    "a share with a fact stands in that fact",
    "no exception",
)
def _shares(tables: Tables) -> Outcome:
    wrong = []
    for finding in findings().values():
        for group, source in finding.facts.items():
            printed = facts()[source].numbers
            if not any(abs(100 * finding.share[group] - number) < 0.06 for number in printed):
                wrong.append(f"{finding.id} {group}")
    return Outcome(", ".join(wrong) or "all stand there", not wrong)


@check(
    "id-same-seed",
    "identity",
    "all",
    "the same seed gives the same bytes, and those that ship",
    "all equal",
)
def _same(tables: Tables) -> Outcome:
    different = []
    with tempfile.TemporaryDirectory() as folder:
        for path in write(Path(folder), course_data.tables(tables.seed), tables.seed):
            own = tables.folder / path.name
            if not own.exists() or own.read_bytes() != path.read_bytes():
                different.append(path.name)
    return Outcome(
        f"different: {', '.join(different)}" if different else "all equal", not different
    )


@check(
    "id-package",
    "identity",
    "all",
    "datapackage.json says what the dictionary says",
    "no exception",
)
def _package(tables: Tables) -> Outcome:
    package = json.loads((tables.folder / PACKAGE).read_text("utf-8"))
    wrong = [
        part["name"]
        for part in package["resources"]
        if part != json.loads(json.dumps(resource(part["name"], part["path"], part["rows"])))
    ]
    missing = sorted(set(BUILDERS) - {part["name"] for part in package["resources"]})
    return Outcome(
        ", ".join(wrong + missing) or f"{len(package['resources'])} tables", not wrong + missing
    )
