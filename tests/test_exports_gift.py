"""GIFT read by a grammar that is not ours: questions, choices, credit, feedback and tags."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from poems_course.questions import Question
from poems_course.questions.exports.gift import write
from poems_course.questions.exports.shown import choices, labels, percent
from tests.conftest import JS, node_path
from tests.exported import BANKS, flat, lost, words

KINDS = {"numeric": "Numerical", "ordering": "Matching", "matching": "Matching"}
_SIGNS = {"92": "\\", "58": ":", "35": "#", "61": "=", "123": "{", "125": "}", "126": "~"}


def read(content: bytes) -> Any:
    """What the grammar makes of it: a list of questions, or an error."""
    node = node_path()
    assert node is not None
    done = subprocess.run([node, JS / "read_gift.js"], input=content, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def decoded(text: str) -> str:
    """The grammar leaves its own signs in the right half of a match."""
    return re.sub(r"&&0?(\d+);", lambda found: _SIGNS[found[1]], text)


@pytest.mark.parametrize("bank", BANKS)
def test_the_grammar_reads_every_question(bank: str, js_readers: Path) -> None:
    found = read(write(BANKS[bank]))
    assert isinstance(found, list), found
    asked = [each for each in found if each["type"] != "Category"]
    lessons = list(dict.fromkeys(item.lesson for item in BANKS[bank]))
    assert [each["title"] for each in found if each["type"] == "Category"] == [
        f"$course$/top/POEMS/Lesson {lesson}" for lesson in lessons
    ]
    assert [each["id"] for each in asked] == [item.id for item in BANKS[bank]]
    for each, item in zip(asked, BANKS[bank], strict=True):
        assert each["type"] == KINDS.get(item.type, "MC"), item.id
        assert tuple(each["tags"]) == labels(item)
        assert not each["hasEmbeddedAnswers"]
        assert lost(_said(each), [item], "label", "answer") == []
        _compare(each, item)


def _said(each: Any) -> str:
    parts = [each["stem"]["text"], each["globalFeedback"]["text"]]
    for choice in each.get("choices", []):
        parts += [choice["text"].get("text", ""), choice["feedback"]["text"]]
    for pair in each.get("matchPairs", []):
        parts += [pair["subquestion"]["text"], decoded(pair["subanswer"])]
    return flat(" ".join(words(part) for part in parts))


def _compare(each: Any, item: Question) -> None:
    if item.type == "numeric":
        right = each["choices"][0]
        assert (right["isCorrect"], right["weight"]) == (True, None)
        assert right["text"]["number"] == item.answer
        assert right["text"]["range"] == item.tolerance
        assert all(choice["weight"] == 0 for choice in each["choices"][1:-1])
        assert not each["choices"][-1]["isCorrect"]
    elif item.type == "ordering":
        places = {words(p["subquestion"]["text"]): p["subanswer"] for p in each["matchPairs"]}
        assert places == {
            flat(option.text): str(at) for at, option in enumerate(item.options, start=1)
        }
    elif item.type == "matching":
        pairs = [(words(p["subquestion"]["text"]), flat(decoded(p["subanswer"])))
                 for p in each["matchPairs"]]  # fmt: skip
        assert pairs == [(flat(o.prompt or ""), flat(o.text)) for o in item.options]
    else:
        for choice, mine in zip(each["choices"], choices(item), strict=True):
            assert words(choice["text"]["text"]) == flat(mine.text)
            whole = item.type != "multiple" and mine.credit == 1
            assert choice["isCorrect"] == whole
            assert choice["weight"] == (
                None if whole or mine.credit == 0 else float(percent(mine.credit))
            )


# Planted faults: the grammar must refuse them, or this test shows nothing.
@pytest.mark.parametrize(
    ("old", "new"), [("}\n", "\n"), ("\\{total\\}", "{total}"), ("%0%0:12", "%nought%0:12")]
)
def test_a_planted_fault_is_refused(old: str, new: str, js_readers: Path) -> None:
    text = write(BANKS["private"]).decode()
    assert old in text
    assert "error" in read(text.replace(old, new).encode())
