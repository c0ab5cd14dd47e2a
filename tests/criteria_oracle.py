"""The oracle of test_criteria_properties: the four rules by brute force.

It shares no code with the evaluator. It reads the form itself, says which truths each criterion
may still have, fills in the unknown ones in every possible way, and asks the plain rule each time.
"""

from __future__ import annotations

from itertools import product

RULES = ("dispenzieri", "suichi_2019", "mayo_2003", "japan_ministry")
FLAGS = [
    "polyneuropathy",
    "monoclonal_plasma_cells",
    "castleman",
    "sclerotic_bone_lesions",
    "hepatomegaly",
    "splenomegaly",
    "lymphadenopathy",
    "oedema",
    "pleural_effusion",
    "ascites",
    "pericardial_effusion",
    "papilloedema",
    "thrombocytosis",
    "polycythaemia",
]
ENDOCRINE = [
    "hypogonadism",
    "hyperprolactinaemia",
    "adrenal_insufficiency",
    "hypopituitarism",
    "parathyroid_disease",
]
ENDOCRINE_VAGUE = [
    "diabetes",
    "hypothyroidism",
    "subclinical_hypothyroidism",
    "gynaecomastia",
    "unspecified",
]
SKIN = [
    "hyperpigmentation",
    "hypertrichosis",
    "haemangioma",
    "glomeruloid_haemangioma",
    "plethora",
    "acrocyanosis",
    "flushing",
    "white_nails",
]
SKIN_VAGUE = ["skin_thickening", "clubbing", "telangiectasia", "unspecified"]

# The plain reading of each rule, with every finding known: c holds the present criteria.

MINOR_2012 = {
    "organomegaly",
    "overload",
    "endocrine",
    "skin",
    "papilloedema",
    "blood",
}
MINOR_2003 = MINOR_2012 - {"blood"} | {"bone", "castleman"}
MINOR_JAPAN = MINOR_2012 | {"bone", "castleman"}
CRITERIA = {
    "dispenzieri": {"neuropathy", "clone", "castleman", "bone", "vegf"} | MINOR_2012,
    "suichi_2019": {"neuropathy", "clone", "vegf", "overload", "skin", "organomegaly", "bone"},
    "mayo_2003": {"neuropathy", "clone"} | MINOR_2003,
    "japan_ministry": {"neuropathy", "clone", "vegf"} | MINOR_JAPAN,
}


def plain(rule: str, c: set[str]) -> str:
    mandatory = "neuropathy" in c and "clone" in c
    if rule == "dispenzieri":
        met = mandatory and bool(c & {"castleman", "bone", "vegf"}) and bool(c & MINOR_2012)
    elif rule == "suichi_2019":
        signs = c & {"overload", "skin", "organomegaly", "bone"}
        met = mandatory and "vegf" in c and len(signs) > 1
    elif rule == "mayo_2003":
        met = mandatory and bool(c & MINOR_2003)
    else:
        return plain_ministry(c, len(c & MINOR_JAPAN))
    return "met" if met else "not_met"


def plain_ministry(c: set[str], minor: int) -> str:
    if {"neuropathy", "clone", "vegf"} <= c and minor >= 1:
        return "definite"
    if {"neuropathy", "vegf"} <= c and minor >= 1:
        return "probable"
    if "neuropathy" in c and minor >= 2:
        return "possible"
    return "none"


# What the form says of each criterion: the set of truths still possible.

BOTH = {True, False}


def possible(value: bool | None) -> set[bool]:
    return BOTH if value is None else {value}


def either(*options: set[bool]) -> set[bool]:
    return {any(choice) for choice in product(*options)}


def from_list(found: list[str] | None, counts: list[str]) -> set[bool]:
    if found is None:
        return BOTH
    if any(word in counts for word in found):
        return {True}
    return BOTH if found else {False}


def vegf_options(form: dict, rule: str) -> set[bool]:
    vegf = form.get("vegf") or {}
    if vegf.get("elevated") is not None:
        return {vegf["elevated"]}
    if vegf.get("value") is None or vegf.get("matrix") is None:
        return BOTH
    scale = 1000 if vegf.get("unit") in ("ng/mL", "ug/L") else 1
    level, ceiling = vegf["value"] * scale, vegf.get("upper_limit")
    if rule == "japan_ministry":
        return {level >= 1000} if vegf["matrix"] == "serum" else BOTH
    if vegf["matrix"] == "plasma":
        return {level >= 200}
    return BOTH if ceiling is None else {level > ceiling * scale}


def blood_options(form: dict, rule: str) -> set[bool]:
    platelets, haemoglobin = form.get("platelets_10e9_per_l"), form.get("haemoglobin_g_per_dl")
    many, thick = possible(form.get("thrombocytosis")), possible(form.get("polycythaemia"))
    if many == BOTH and platelets is not None:
        many = {platelets >= 450}
    if thick == BOTH and haemoglobin is not None:
        ceilings = {"M": [16.5], "F": [16.0], None: [16.0, 16.5]}[form.get("sex")]
        thick = {haemoglobin > ceiling for ceiling in ceilings}
    return many if rule == "japan_ministry" else either(many, thick)


def options(form: dict, rule: str) -> dict[str, set[bool]]:
    def flag(name: str) -> set[bool]:
        return possible(form.get(name))

    fluid = [flag(name) for name in ("oedema", "pleural_effusion", "ascites")]
    if rule in ("mayo_2003", "japan_ministry"):
        fluid.append(flag("pericardial_effusion"))
    organs = [flag(name) for name in ("hepatomegaly", "splenomegaly", "lymphadenopathy")]
    everything = {
        "neuropathy": flag("polyneuropathy"),
        "clone": flag("monoclonal_plasma_cells"),
        "castleman": flag("castleman"),
        "bone": flag("sclerotic_bone_lesions"),
        "vegf": vegf_options(form, rule),
        "organomegaly": either(*organs),
        "overload": either(*fluid),
        "endocrine": from_list(form.get("endocrinopathies"), ENDOCRINE),
        "skin": from_list(form.get("skin_changes"), SKIN),
        "papilloedema": flag("papilloedema"),
        "blood": blood_options(form, rule),
    }
    return {name: everything[name] for name in sorted(CRITERIA[rule])}


def outcomes(rule: str, choices: dict[str, set[bool]]) -> set[str]:
    names = list(choices)
    return {
        plain(rule, {name for name, on in zip(names, choice, strict=True) if on})
        for choice in product(*choices.values())
    }


def answer(rule: str, choices: dict[str, set[bool]]) -> str:
    found = outcomes(rule, choices)
    return found.pop() if len(found) == 1 else "undetermined"


NAMES = {
    "neuropathy": "polyneuropathy",
    "clone": "monoclonal_plasma_cells",
    "bone": "sclerotic_bone_lesions",
    "overload": "extravascular_overload",
    "endocrine": "endocrinopathy",
    "skin": "skin_changes",
    "blood": "thrombocytosis_or_polycythaemia",
}
