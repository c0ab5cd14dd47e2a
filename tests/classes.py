"""Small classes to report on: logs as ``poems progress export`` writes them, of real questions."""

from __future__ import annotations

import csv
import hashlib
import json
import random
from pathlib import Path
from typing import Any

from poems_course import cli
from poems_course.questions.bank import question, questions
from poems_course.questions.presentation import order

SEEN = tuple(item.id for item in questions("01") if item.type == "single")[:8]


def answer(number: int, id: str, right: bool, version: int = 1, wrong: int = 0) -> dict[str, Any]:
    """Entry *number* of a log: an answer to a single choice, the key or wrong option *wrong*."""
    response = 0
    if id in SEEN:
        shown = order(question(id))
        keys = [at for at, author in enumerate(shown) if author in question(id).keys]
        others = [at for at in range(len(shown)) if at not in keys]
        response = keys[0] if right else others[wrong % len(others)]
    payload = {"response": response, "confidence": 1, "correct": right, "score": float(right)}
    return {
        "id": f"01990000-{number:04x}-7000-8000-",
        "utc": "2026-01-31T14:03:07.120Z",
        "kind": "answered",
        "item_id": id,
        "item_version": version,
        "payload": {**payload, "attempt": 1, "lesson": "01"},
        "seq": number,
    }


def write_log(path: Path, entries: list[dict[str, Any]], learner: str) -> None:
    """The export of one learner, complete with ids and a session."""
    code = hashlib.sha256(learner.encode()).hexdigest()
    whole = [{**e, "id": e["id"] + code[:12], "session": code[:16]} for e in entries]
    path.write_text("".join(json.dumps(entry) + "\n" for entry in whole), encoding="utf-8")


def class_of(folder: Path, learners: int, seed: int = 1) -> Path:
    """A folder with the logs of so many learners, who answered SEEN, some right."""
    draw = random.Random(seed)
    folder.mkdir()
    for learner in range(learners):
        skill = draw.gauss(0, 1)
        entries = [
            answer(n, id, draw.gauss(skill, 1) > 0, wrong=draw.randrange(2))
            for n, id in enumerate(SEEN, 1)
        ]
        write_log(folder / f"learner-{learner + 1}.jsonl", entries, f"{seed}/{learner}")
    return folder


def made(tmp_path: Path, source: Path, *more: str) -> Path:
    out = tmp_path / "out"
    assert cli.main(["class", "report", str(source), "--out", str(out), *more]) == 0
    return out


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def table(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "class.csv"
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path
