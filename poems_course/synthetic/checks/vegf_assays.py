"""The VEGF assays: published points, matrices kept apart, confounders."""

from __future__ import annotations

import numpy as np

from poems_course.synthetic.checks.registry import Outcome, check
from poems_course.synthetic.checks.tables import Tables
from poems_course.synthetic.draws import Array
from poems_course.synthetic.parameters import constant

_ALIKE = ("CIDP", "other look-alike")


def _column(tables: Tables, matrix: str, groups: tuple[str, ...]) -> Array:
    table = tables.shipped("vegf_assays")
    own = (table.text("matrix") == matrix) & np.any(
        [table.text("group") == group for group in groups], axis=0
    )
    found: Array = table.numbers(f"vegf_{matrix}_pg_ml")[own]
    return found


@check(
    "id-vegf-matrices",
    "identity",
    "vegf_assays",
    "each sample has one matrix, and its value stands in that column alone",
    "no exception",
)
def _apart(tables: Tables) -> Outcome:
    table = tables.shipped("vegf_assays")
    plasma, serum = table.numbers("vegf_plasma_pg_ml"), table.numbers("vegf_serum_pg_ml")
    is_plasma = table.text("matrix") == "plasma"
    own = np.where(is_plasma, plasma, serum)
    other = np.where(is_plasma, serum, plasma)
    wrong = int((~np.isnan(other) | (own != table.numbers("vegf_pg_ml"))).sum())
    return Outcome(f"{wrong} of {table.rows} rows", wrong == 0)


@check(
    "cal-assays-plasma",
    "calibration",
    "vegf_assays",
    "plasma at 200 pg/mL: sensitivity and specificity",
    "68 and 95 %, within 1",
    "plasma-vegf-cutoff",
)
def _plasma(tables: Tables) -> Outcome:
    found = float((_column(tables, "plasma", ("POEMS",)) >= 200).mean())
    cleared = float((_column(tables, "plasma", _ALIKE) < 200).mean())
    said = f"{100 * found:.0f} and {100 * cleared:.1f} %"
    return Outcome(said, abs(found - 0.68) < 0.0101 and abs(cleared - 0.95) < 0.0101)


@check(
    "cal-assays-serum",
    "calibration",
    "vegf_assays",
    "serum at the classroom's limit: sensitivity and specificity",
    "100 and 91 %, within 1",
    "serum-vegf-uclh-2014",
)
def _serum(tables: Tables) -> Outcome:
    limit = constant("vegf_serum_limit")
    found = float((_column(tables, "serum", ("POEMS",)) >= limit).mean())
    cleared = float((_column(tables, "serum", _ALIKE) < limit).mean())
    said = f"{100 * found:.0f} and {100 * cleared:.1f} %"
    return Outcome(said, found > 0.99 and abs(cleared - 0.91) < 0.0101)


@check(
    "cal-assays-confounders",
    "calibration",
    "vegf_assays",
    "confounders raise serum VEGF and leave plasma alone",
    "serum at least doubled, plasma within half",
    "v-conf",
)
def _confounders(tables: Tables) -> Outcome:
    table = tables.shipped("vegf_assays")
    alike = (table.text("group") == "CIDP") | (table.text("group") == "other look-alike")
    raised = ~(table.text("confounder") == "none")
    ratios = {}
    for matrix in ("serum", "plasma"):
        own = alike & (table.text("matrix") == matrix)
        value = table.numbers("vegf_pg_ml")
        ratios[matrix] = float(np.median(value[own & raised]) / np.median(value[own & ~raised]))
    said = f"serum {ratios['serum']:.1f}, plasma {ratios['plasma']:.1f} times"
    return Outcome(said, ratios["serum"] > 2 and 0.6 < ratios["plasma"] < 1.6)


@check(
    "oos-assays-false-alarms",
    "out_of_sample",
    "vegf_assays",
    "most false alarms in serum have a confounder that was published as one",
    "more than half",
    "v-conf",
)
def _alarms(tables: Tables) -> Outcome:
    table = tables.shipped("vegf_assays")
    alike = (table.text("group") == "CIDP") | (table.text("group") == "other look-alike")
    alarm = alike & (table.numbers("vegf_serum_pg_ml") >= constant("vegf_serum_limit"))
    raised = alarm & ~(table.text("confounder") == "none")
    share = float(raised.sum() / alarm.sum())
    return Outcome(f"{int(raised.sum())} of {int(alarm.sum())}", share > 0.5)


@check(
    "leak-assays-order",
    "identity",
    "vegf_assays",
    "neighbours in the file do not share a group more than by chance",
    "within 0.05 of chance",
)
def _order(tables: Tables) -> Outcome:
    codes = tables.shipped("vegf_assays").text("group").codes
    same = float((codes[1:] == codes[:-1]).mean())
    return Outcome(f"{same:.3f}, by chance 0.250", abs(same - 0.25) < 0.05)
