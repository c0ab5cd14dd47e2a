"""The structure of a Canvas package: what must hang together, and what its rules would score.

No Canvas can be had from a package registry, so nothing here says that Canvas takes the package.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

Given = Mapping[str, object]  # for each response its ident, its idents, or its number


def local(each: Element) -> str:
    return each.tag.rpartition("}")[2]


def all_of(root: Element, name: str) -> list[Element]:
    return [each for each in root.iter() if local(each) == name]


def items_in(files: Mapping[str, bytes]) -> list[Element]:
    quizzes = [name for name in files if re.fullmatch(r"poems_\d\d/poems_\d\d\.xml", name)]
    return [
        item for name in quizzes for item in all_of(ElementTree.fromstring(files[name]), "item")
    ]


def faults(files: Mapping[str, bytes]) -> list[str]:
    """Everything that does not hang together."""
    for data in files.values():
        ElementTree.fromstring(data)  # drawings included
    items = items_in(files)
    told = [*_manifest(files)]
    idents = [item.get("ident") or "" for item in items]
    told += [f"{ident}: used twice" for ident in {i for i in idents if idents.count(i) > 1}]
    for item in items:
        told += [f"{item.get('ident')}: {fault}" for fault in _item(item, files)]
    return told


def _manifest(files: Mapping[str, bytes]) -> Iterator[str]:
    root = ElementTree.fromstring(files["imsmanifest.xml"])
    named = [each.get("href") for each in all_of(root, "file")]
    if sorted(map(str, named)) != sorted(set(files) - {"imsmanifest.xml"}):
        yield "the manifest names other files than there are"
    resources = {each.get("identifier") for each in all_of(root, "resource")}
    for each in all_of(root, "dependency"):
        if each.get("identifierref") not in resources:
            yield f"there is no resource {each.get('identifierref')}"


def _item(item: Element, files: Mapping[str, bytes]) -> Iterator[str]:
    comments = [each.get("ident") for each in all_of(item, "itemfeedback")]
    for each in all_of(item, "displayfeedback"):
        if each.get("linkrefid") not in comments:
            yield f"there is no comment {each.get('linkrefid')}"
    if len(set(comments)) < len(comments):
        yield "a comment is given twice"
    for each in all_of(item, "itemfeedback"):
        if not "".join(each.itertext()).strip():
            yield "an empty comment"
    answers = {each.get("ident") for each in all_of(item, "response_label")}
    if local_type(item) != "numerical_question":
        for each in all_of(item, "varequal"):
            if each.text not in answers:
                yield f"there is no answer {each.text}"
    best = sum(float(each.text or 0) for each in all_of(item, "setvar"))
    if abs(best - 100) > 0.1:
        yield f"the points add up to {best:g}"
    for image in re.findall(r'src="([^"]+)"', "".join(item.itertext())):
        if image.replace("%24IMS-CC-FILEBASE%24/", "") not in files:
            yield f"there is no image {image}"


def local_type(item: Element) -> str:
    return all_of(item, "fieldentry")[0].text or ""


def score(item: Element, given: Given) -> float:
    """What the item's own rules make of an answer, from 0 to 100."""
    total = 0.0
    for rule in all_of(item, "respcondition"):
        condition = next(each for each in rule if local(each) == "conditionvar")
        if not all(_holds(each, given) for each in condition):
            continue
        for each in all_of(rule, "setvar"):
            value = float(each.text or 0)
            total = value if each.get("action") == "Set" else total + value
        if rule.get("continue") == "No":
            break
    return total


def _holds(test: Element, given: Given) -> bool:
    name, value = local(test), given.get(test.get("respident") or "")
    if name == "other":
        return True
    if name == "not":
        return not all(_holds(each, given) for each in test)
    if name in ("and", "or"):
        return (all if name == "and" else any)(_holds(each, given) for each in test)
    if name in ("vargte", "varlte"):
        assert isinstance(value, float)
        limit = float(test.text or 0)
        return value >= limit if name == "vargte" else value <= limit
    assert name == "varequal", name
    if isinstance(value, float):
        return value == float(test.text or 0)
    return test.text in value if isinstance(value, list) else test.text == value
