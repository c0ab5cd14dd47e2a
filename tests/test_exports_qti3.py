"""The QTI 3 package hangs together: manifest, test, items and drawings. Scoring: tests/browser."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree import ElementTree

import pytest

from poems_course.questions.exports.qti3 import write
from poems_course.questions.exports.shown import labels
from tests.canvas_rules import all_of
from tests.exported import BANKS, lost, unzipped, words_in_xml

GOOD = unzipped(write(BANKS["good"]))


def faults(files: Mapping[str, bytes]) -> list[str]:
    """What the manifest, the test and the items do not agree on."""
    roots = {name: ElementTree.fromstring(data) for name, data in files.items()}
    manifest, test = roots["imsmanifest.xml"], roots["test.xml"]
    told = []
    named = {each.get("href") for each in all_of(manifest, "file")}
    if named != set(files) - {"imsmanifest.xml"}:
        told.append("the manifest names other files than there are")
    resources = {each.get("identifier"): each.get("href") for each in all_of(manifest, "resource")}
    for each in all_of(manifest, "dependency"):
        if each.get("identifierref") not in resources:
            told.append(f"there is no resource {each.get('identifierref')}")
    for each in all_of(test, "qti-assessment-item-ref"):
        if resources.get(each.get("identifier")) != each.get("href"):
            told.append(f"the test asks for {each.get('identifier')} elsewhere")
    for name, root in roots.items():
        if name.startswith("items/") and name.endswith(".xml"):
            told += [f"{name}: {fault}" for fault in _item(root, files)]
    return told


def _item(root: ElementTree.Element, files: Mapping[str, bytes]) -> list[str]:
    told = []
    outcomes = {each.get("identifier") for each in all_of(root, "qti-outcome-declaration")}
    for name in ("qti-set-outcome-value", "qti-feedback-block"):
        for each in all_of(root, name):
            asked = each.get("outcome-identifier") or each.get("identifier")
            if asked not in outcomes:
                told.append(f"there is no outcome {asked}")
    choices = {each.get("identifier") for each in root.iter()}
    correct = all_of(root, "qti-correct-response")[0]
    (declared,) = all_of(root, "qti-response-declaration")
    if declared.get("base-type") != "float":
        for value in correct.itertext():
            told += [f"there is no choice {part}" for part in value.split() if part not in choices]
    for each in all_of(root, "img"):
        if f"items/{each.get('src')}" not in files:
            told.append(f"there is no image {each.get('src')}")
    return told


@pytest.mark.parametrize("bank", BANKS)
def test_every_package_hangs_together_and_loses_nothing(bank: str) -> None:
    files = unzipped(write(BANKS[bank]))
    assert faults(files) == []
    for item in BANKS[bank]:
        root = ElementTree.fromstring(files[f"items/{item.id}.xml"])
        links = " ".join(each.get("href") or "" for each in all_of(root, "a"))
        alts = " ".join(each.get("alt") or "" for each in all_of(root, "img"))
        said = " ".join(" ".join(root.itertext()).split())
        assert lost(f"{said} {links} {alts}", [item], "label") == []
    manifest = words_in_xml(files["imsmanifest.xml"])
    assert all(label in manifest for item in BANKS[bank] for label in labels(item))
    test = ElementTree.fromstring(files["test.xml"])
    sections = [each.get("identifier") for each in all_of(test, "qti-assessment-section")]
    assert sections == list(dict.fromkeys(f"lesson-{item.lesson}" for item in BANKS[bank]))


# Planted faults: each must be told.
@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("test.xml", b"items/q01-fukase", b"items/other", "the test asks for q01-fukase"),
        ("items/q01-fukase.xml", b'identifier="TOLD"', b'identifier="X"', "no outcome TOLD"),
        ("items/q01-fukase.xml", b"<qti-value>A", b"<qti-value>B", "there is no choice B"),
        ("items/q01-false-alarms.xml", b"images/", b"", "there is no image q01-false-alarms.svg"),
    ],
)
def test_a_planted_fault_is_told(file: str, old: bytes, new: bytes, told: str) -> None:
    assert old in GOOD[file]
    planted = {**GOOD, file: GOOD[file].replace(old, new, 1)}
    assert any(told in fault for fault in faults(planted))


def test_a_missing_item_is_told() -> None:
    without = {name: data for name, data in GOOD.items() if "q01-fukase" not in name}
    assert "the manifest names other files than there are" in faults(without)
