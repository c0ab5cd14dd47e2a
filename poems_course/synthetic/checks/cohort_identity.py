"""Identity checks of the cohort: computed columns, and rules that no body breaks."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from poems_course.evidence import fact
from poems_course.synthetic import cohort, computed
from poems_course.synthetic.checks.measure import none_wrong
from poems_course.synthetic.checks.registry import Check, Outcome, check, register
from poems_course.synthetic.checks.tables import Tables
from poems_course.synthetic.dataset import Dataset
from poems_course.synthetic.draws import Array, spearman
from poems_course.synthetic.parameters import dependence, pairs, tests

COMPUTED = (
    "free_light_chain_ratio",
    "egfr_ml_per_min",
    "thrombocytosis",
    "polycythaemia",
    "hypogonadism",
    "hyperprolactinaemia",
    "adrenal_insufficiency",
    "hypothyroidism",
    "subclinical_hypothyroidism",
    "diabetes",
)


def _again(tables: Tables) -> dict[str, Array]:
    if "derived" not in tables.worked_out:
        table = tables.shipped("cohort")
        value = {
            name: table.numbers(name)
            for name in table.columns
            if name not in _WORDS and name not in COMPUTED
        }
        with np.errstate(invalid="ignore"):
            woman = (table.text("sex") == "F").astype(np.int8)
            tables.worked_out["derived"] = computed.derived(value, woman)
    found: dict[str, Array] = tables.worked_out["derived"]
    return found


_WORDS = ("diagnosis", "first_label", "sex", "light_chain", "heavy_chain", "synthetic")


def _follows(tables: Tables, names: tuple[str, ...]) -> Outcome:
    wrong, known = [], 0
    for name in names:
        shipped, again = tables.shipped("cohort").numbers(name), _again(tables)[name]
        there = ~np.isnan(shipped)
        known += int(there.sum())
        if (shipped[there] != again[there].astype(np.float64)).any():
            wrong.append(name)
    return Outcome(f"wrong: {', '.join(wrong)}" if wrong else f"{known} values", not wrong)


@check(
    "id-computed",
    "identity",
    "cohort",
    "ratio, eGFR and the findings that are read from a value follow from the rest of their row",
    "no exception",
)
def _computed(tables: Tables) -> Outcome:
    return _follows(tables, COMPUTED)


_Rule = Callable[[Dataset], Array]
_RULES: tuple[tuple[str, str, _Rule], ...] = (
    (
        "clone",
        "no spike without immunofixation, M-protein only in a spike, chains only with a clone",
        lambda t: (
            (t.numbers("spike_on_electrophoresis") > t.numbers("immunofixation_serum"))
            | (t.numbers("immunofixation_serum") > t.numbers("monoclonal_plasma_cells"))
            | ((t.numbers("m_protein_g_per_l") > 0) != (t.numbers("spike_on_electrophoresis") == 1))
            | ((t.text("light_chain") == "none") != (t.numbers("monoclonal_plasma_cells") == 0))
            | ((t.text("heavy_chain") == "none") != (t.numbers("monoclonal_plasma_cells") == 0))
        ),
    ),
    (
        "clone-size",
        "M-protein up to 30 g/L in POEMS, less in MGUS; marrow below 10 % in MGUS, not in myeloma",
        lambda t: (
            ((t.text("diagnosis") == "POEMS") & (t.numbers("m_protein_g_per_l") > 30))
            | (
                (t.text("diagnosis") == "MGUS neuropathy")
                & (
                    (t.numbers("m_protein_g_per_l") >= 30)
                    | (t.numbers("marrow_plasma_cells_percent") >= 10)
                )
            )
            | ((t.text("diagnosis") == "myeloma") & (t.numbers("marrow_plasma_cells_percent") < 10))
        ),
    ),
    (
        "immunoglobulin-holds-m-protein",
        "the immunoglobulin of the clone's class is at least its M-protein",
        lambda t: np.any(
            [
                (t.text("heavy_chain") == label)
                & (t.numbers(column) + 0.5 < 100 * t.numbers("m_protein_g_per_l"))
                for label, column in (
                    ("IgA", "iga_mg_per_dl"),
                    ("IgG", "igg_mg_per_dl"),
                    ("IgM", "igm_mg_per_dl"),
                )
            ],
            axis=0,
        ),
    ),
    (
        "haematocrit",
        "haematocrit 2.4 to 3.6 times haemoglobin",
        lambda t: (
            np.abs(t.numbers("haematocrit_percent") / t.numbers("haemoglobin_g_per_dl") - 3) > 0.6
        ),
    ),
    (
        "definitions",
        "Castleman histology in Castleman disease, IgM in anti-MAG, no neuropathy in health",
        lambda t: (
            ((t.text("diagnosis") == "Castleman disease") & (t.numbers("castleman") == 0))
            | (
                (t.text("diagnosis") == "anti-MAG neuropathy")
                & (t.text("heavy_chain").codes >= 0)
                & ~(t.text("heavy_chain") == "IgM")
            )
            | ((t.text("diagnosis") == "healthy") & (t.numbers("polyneuropathy") == 1))
        ),
    ),
    (
        "gynaecomastia",
        "breast growth in men only",
        lambda t: (t.text("sex") == "F") & (t.numbers("gynaecomastia") == 1),
    ),
    (
        "delay",
        "no delay in health, some in illness",
        lambda t: (t.text("diagnosis") == "healthy") != (t.numbers("delay_months") == 0),
    ),
)


def _rule_check(id: str, what: str, rule: _Rule) -> None:
    def function(tables: Tables) -> Outcome:
        table = tables.shipped("cohort")
        with np.errstate(invalid="ignore"):
            return none_wrong(rule(table), table.rows)

    register(Check(f"id-{id}", "identity", "cohort", what, "no exception", function))


for _rule in _RULES:
    _rule_check(*_rule)


@check("id-gaps", "identity", "cohort", "what one test gives is missing together", "no exception")
def _gaps(tables: Tables) -> Outcome:
    table, wrong = tables.shipped("cohort"), 0
    by_test: dict[str, list[Array]] = {}
    for name, test in cohort.tests_of_columns().items():
        column = table[name]
        gap = np.isnan(table.numbers(name)) if name not in _WORDS else column.codes < 0  # type: ignore[union-attr]
        by_test.setdefault(test, []).append(gap)
    for gaps in by_test.values():
        wrong += sum(int((gap != gaps[0]).sum()) for gap in gaps)
    return none_wrong(wrong, table.rows * len(by_test), "gaps")


@check(
    "id-gap-shares",
    "identity",
    "cohort",
    "as many gaps as the model says, in a large draw",
    "within 1 point",
)
def _gap_shares(tables: Tables) -> Outcome:
    table = tables.large("cohort")
    worst = 0.0
    for name, test in cohort.tests_of_columns().items():
        if name not in _WORDS:
            gap = float(np.isnan(table.numbers(name)).mean())
            worst = max(worst, abs(gap - tests()[test].not_done))
    return Outcome(f"at most {100 * worst:.2f} points off", worst < 0.01)


@check(
    "id-matrix",
    "identity",
    "cohort",
    "the correlation matrix is positive definite as written",
    "largest change by repair 0",
)
def _matrix(tables: Tables) -> Outcome:
    change = cohort.latent()[2]
    return Outcome(f"{change:.3g}", change == 0)


_SEEN = {"vegf-matrices", "vegf-platelets", "blood", "inflammation", "sugar", "protein-calcium"}


@check(
    "id-dependence",
    "identity",
    "cohort",
    "Spearman correlations come out as put in, within POEMS",
    "within 0.04",
)
def _dependence(tables: Tables) -> Outcome:
    table = tables.large("cohort")
    own, said, worst = table.text("diagnosis") == "POEMS", [], 0.0
    for (one, other), wanted in pairs(dependence()[name] for name in sorted(_SEEN)).items():
        # Haemoglobin differs by sex, which adds to its dependence; so look at men alone.
        rows = own & (table.text("sex") == "M")
        got = spearman(table.numbers(one)[rows], table.numbers(other)[rows])
        worst = max(worst, abs(got - wanted))
        said.append(f"{one} and {other} {got:.2f} for {wanted}")
    return Outcome("; ".join(said), worst < 0.04)


@check(
    "id-ckd-epi",
    "identity",
    "cohort",
    "the eGFR equation gives its worked value",
    "75 to 76 at 0.9 mg/dL in a woman of 55",
    "egfr-ckd-epi-2021",
)
def _ckd(tables: Tables) -> Outcome:
    assert fact("egfr-ckd-epi-2021")
    value = float(computed.egfr(np.array([0.9]), np.array([55.0]), np.array([True]))[0])
    return Outcome(f"{value:.1f}", 75 <= value <= 76)
