"""Canvas packages hang together, score as the course does, and are built as text2qti builds them.

Structure only: nothing here was imported into Canvas.
"""

from __future__ import annotations

import io
import re
from xml.etree.ElementTree import Element

import pytest
from text2qti.config import Config
from text2qti.qti import QTI
from text2qti.quiz import Quiz

from poems_course.questions import Question, grade, order
from poems_course.questions.exports.canvas import CANVAS, write
from poems_course.questions.presentation import matches
from poems_course.questions.scoring import Outcome
from tests.canvas_rules import all_of, faults, items_in, local, local_type, score
from tests.exported import BANKS, lost, unzipped, words_in_xml

GOOD = unzipped(write(BANKS["good"]))


@pytest.mark.parametrize("bank", BANKS)
def test_every_package_hangs_together_and_loses_nothing_in_silence(bank: str) -> None:
    files = unzipped(write(BANKS[bank]))
    assert faults(files) == []
    assert [item.get("ident") for item in items_in(files)] == [item.id for item in BANKS[bank]]
    said = " ".join(words_in_xml(data) for name, data in files.items() if "poems_" in name)
    assert lost(said, BANKS[bank], "label") == []
    assert b"structure checked, not imported" in files["imsmanifest.xml"]
    assert CANVAS.checked == "structure checked, not imported"


def answers(item: Question) -> list[tuple[object, dict[str, object]]]:
    """Right and wrong responses to the course, and the same to Canvas."""
    ident = f"{item.id}_A"
    count = len(item.prompts) or len(item.options)
    if item.type == "numeric":
        assert item.answer is not None
        assert item.tolerance is not None
        values = (item.answer, item.answer + item.tolerance, item.answer + item.tolerance + 1)
        return [(f"{value:.9g}", {"response1": float(f"{value:.9g}")}) for value in values]
    if item.type == "multiple":
        keys = [at for at in range(count) if order(item)[at] in item.keys]
        return [
            (chosen, {"response1": [f"{ident}{at + 1}" for at in chosen]})
            for chosen in (keys, [at for at in range(count) if at not in keys])
        ]
    if item.type in ("single", "concordance"):
        return [(at, {"response1": f"{ident}{at + 1}"}) for at in range(count)]
    if item.type == "ordering":
        right = sorted(range(count), key=lambda at: order(item)[at])
        return [
            (way, {f"response_{ident}{at + 1}": f"{item.id}_M{way.index(at) + 1}" for at in way})
            for way in (right, right[::-1])
        ]
    return [
        (way, {f"response_{ident}{at + 1}": f"{item.id}_M{to + 1}" for at, to in enumerate(way)})
        for way in ([*matches(item)], [0] * count)
    ]


@pytest.mark.parametrize("bank", BANKS)
def test_the_rules_score_as_the_course_does(bank: str) -> None:
    files = unzipped(write(BANKS[bank]))
    for item, written in zip(BANKS[bank], items_in(files), strict=True):
        for mine, theirs in answers(item):
            outcome = grade(item, mine)
            assert isinstance(outcome, Outcome), item.id
            points = score(written, theirs)
            assert (points > 99.9) == outcome.correct, (item.id, mine)
            if item.type == "matching":
                assert points / 100 == pytest.approx(outcome.score, abs=0.01)


# Another writer, whose packages are in use with Canvas, as a measure of the structure: three
# questions as ours are shown.
_PEER = """Quiz title: T

Title: one
Points: 1
1. Stem?
... general
- wrong
*a) A
... right
b) B
... other
c) C
... other

Title: two
Points: 1
2. Another stem?
... general
- wrong
[*] A
... right
[ ] B
... other
[ ] C
... other
[*] D
... right
[*] E
... right

Title: three
Points: 1
3. A third stem?
... general
+ right
- wrong
= 15 +- 3
"""


def skeleton(each: Element) -> object:
    """Elements and attributes, without the texts and the names that each writer gives."""
    kept = {
        name: re.sub(r".*_(?!incorrect)(?=fb$)", "", value) if value not in _SHARED else value
        for name, value in each.attrib.items()
        if name not in ("ident", "title")
    }
    return (local(each), kept, [skeleton(child) for child in each])


_SHARED = ("general_fb", "correct_fb", "general_incorrect_fb")


def test_choices_and_numbers_are_built_as_text2qti_builds_them() -> None:
    package = io.BytesIO()
    QTI(Quiz(_PEER, config=Config())).write(package)
    files = unzipped(package.getvalue())
    (quiz,) = [data for name, data in files.items() if name.endswith(".xml") and b"<item" in data]
    peers = items_in({"poems_00/poems_00.xml": quiz})
    mine = {item.get("ident"): item for item in items_in(GOOD)}
    for peer, id in zip(peers, ("q01-fukase", "q01-major", "q01-delay"), strict=True):
        assert local_type(mine[id]) == local_type(peer)
        assert skeleton(mine[id]) == skeleton(peer)


# Planted faults: each must be told.
@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (b'linkrefid="q01-fukase_A1_fb"', b'linkrefid="none"', "there is no comment none"),
        (b">100</setvar>", b">50</setvar>", "the points add up to 50"),
        (b"q01-false-alarms.svg", b"other.svg", "there is no image"),
        (b'<item ident="q01-major"', b'<item ident="q01-fukase"', "q01-fukase: used twice"),
        (b'respident="response1">q01-fukase_A1<', b'respident="response1">B<', "no answer B"),
    ],
)
def test_a_planted_fault_is_told(old: bytes, new: bytes, told: str) -> None:
    planted = dict(GOOD)
    name = "poems_01/poems_01.xml"
    assert old in planted[name]
    planted[name] = planted[name].replace(old, new)
    assert any(told in fault for fault in faults(planted))


def test_a_missing_file_is_told() -> None:
    without = {name: data for name, data in GOOD.items() if not name.endswith(".svg")}
    assert "the manifest names other files than there are" in faults(without)
    assert len(all_of(items_in(GOOD)[0], "presentation")) == 1
