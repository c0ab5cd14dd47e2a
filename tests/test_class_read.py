"""What ``poems class report`` reads: logs and tables of all forms, the attempt that counts."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from poems_course.classroom import logs
from poems_course.classroom.answers import Choice, Item
from poems_course.classroom.choices import by_item
from poems_course.classroom.log_file import LogReader
from poems_course.classroom.read import read
from poems_course.classroom.report import class_report, conclusions
from poems_course.content import PoemsError
from poems_course.progress import Log
from poems_course.progress.transfer import export
from poems_course.questions.bank import question
from tests.classes import SEEN, answer, class_of, table, write_log


def test_only_the_first_attempt_counts_unless_asked(tmp_path: Path) -> None:
    folder = class_of(tmp_path / "class", 5)
    entries = [answer(9, SEEN[0], True), answer(2, SEEN[0], False), answer(3, SEEN[1], True)]
    write_log(folder / "again.jsonl", entries, "again")  # the ids, not the lines, tell the order
    first, last = read([folder], {}), read([folder], {}, last=True)
    learner = sorted(p.stem for p in folder.iterdir()).index("again")
    column = first.items.index(Item(SEEN[0], 1))
    assert first.right[learner, column] == 0
    assert last.right[learner, column] == 1
    assert first.later == 1
    assert "1 further attempts are left out" in " ".join(conclusions(class_report(first)))
    assert "They came after feedback" in " ".join(conclusions(class_report(last)))


def test_jsonl_csv_wide_and_long_say_the_same(tmp_path: Path) -> None:
    folder = class_of(tmp_path / "logs", 12)
    answers = read([folder], {})
    wide = ["learner," + ",".join(item.id for item in answers.items)]
    long = ["learner,item,version,correct"]
    for n, row in enumerate(answers.right):
        wide.append(f"l{n:02d}," + ",".join(map(str, row)))
        long += [f"l{n:02d},{i.id},1,{mark}" for i, mark in zip(answers.items, row, strict=True)]
    for lines in (wide, long):
        again = read([table(tmp_path, *lines)], {})
        assert again.items == answers.items
        assert (again.right == answers.right).all()


def test_an_exported_csv_log_is_read_as_a_log(tmp_path: Path) -> None:
    folder = class_of(tmp_path / "logs", 5)
    source = folder / "learner-1.jsonl"
    entries = [json.loads(line) for line in source.read_text().splitlines()]
    with (folder / "learner-1.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, entries[0])
        writer.writeheader()
        writer.writerows(e | {"payload": json.dumps(e["payload"])} for e in entries)
    whole = read([folder / "learner-1.jsonl", *sorted(folder.glob("learner-[2-5].jsonl"))], {})
    source.unlink()
    assert (read([folder], {}).right == whole.right).all()


def test_a_key_row_turns_choices_into_marks(tmp_path: Path) -> None:
    lines = [f"l{n},{'ABBC'[n % 4]},{'AB'[n % 2]}" for n in range(40)]
    answers = read([table(tmp_path, "learner,x,y", "key,B,A", *lines)], {})
    assert answers.right[:, 0].sum() == 20
    assert answers.choices[0] == (Choice("A", False), Choice("B", True), Choice("C", False))


# Where an answer was given.
def sat(number: int, mode: str, *answers: dict[str, object]) -> list[dict[str, object]]:
    """A sitting: its beginning, then answers that carry its name."""
    began = {**answer(number, mode, True), "kind": "began", "payload": {"sitting": mode}}
    return [began, *({**a, "payload": {**a["payload"], "sitting": mode}} for a in answers)]  # type: ignore[dict-item]


def test_lesson_and_examination_are_kept_apart_when_asked(tmp_path: Path) -> None:
    folder = class_of(tmp_path / "class", 5)
    for path in sorted(folder.iterdir()):
        entries = [answer(1, SEEN[0], False), *sat(20, "examination", answer(21, SEEN[0], True))]
        write_log(path, entries, path.stem)
    assert read([folder], {}).right[:, 0].tolist() == [0] * 5  # the first attempt of all
    examined = read([folder], {}, mode="examination")
    assert examined.right[:, 0].tolist() == [1] * 5
    assert examined.later == 0
    assert any(
        note.startswith("answers were given in different places: examination (5), lesson (5)")
        for note in read([folder], {}).notes
    )
    with pytest.raises(PoemsError, match="no answer given in 'review'; there are examination, les"):
        read([folder], {}, mode="review")
    source = table(tmp_path, "learner,a", *(f"l{n},1" for n in range(5)))
    with pytest.raises(PoemsError, match=r"class.csv: a table does not say where"):
        read([source], {}, mode="lesson")


# The quick ways of reading many logs, held to the slow one.
def test_an_export_is_read_quickly_and_as_the_slow_way_reads_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = Log(tmp_path / "log")
    payload = {"response": "1.5 µg", "confidence": 1, "correct": True, "score": 1.0}
    log.append("answered", SEEN[0], 1, {**payload, "response": 0})
    log.append("hinted", SEEN[1], 1, {"lesson": "01"})
    log.append("began", "examination", 1, {"sitting": "x", "items": [[SEEN[1], 1]]})
    log.append("answered", SEEN[1], 1, {**payload, "sitting": "x", "correct": False})
    log.append("answered", SEEN[0], 1, payload)
    exported = tmp_path / "learner.jsonl"
    export(log, exported)
    bank = by_item({id: question(id) for id in SEEN})
    reader = LogReader(bank, None, False)
    assert reader._quickly(exported) is not None
    quick = reader.read(exported)
    monkeypatch.setattr(LogReader, "_quickly", lambda self, path: None)
    assert LogReader(bank, None, False).read(exported) == quick
    assert quick.modes == {"lesson": 2, "examination": 1}
    assert quick.later == 1


def test_many_files_are_read_on_all_cores_to_the_same_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = class_of(tmp_path / "class", 12)
    alone = read([folder], {})
    monkeypatch.setattr(logs, "MANY", 5)
    monkeypatch.setattr(logs, "_AT_ONCE", 5)
    together = read([folder], {})
    assert together.items == alone.items
    assert (together.right == alone.right).all()
    (folder / "torn.jsonl").write_text('{"id": "01')
    with pytest.raises(PoemsError, match=r"torn.jsonl: line 1: is not JSON"):
        read([folder], {})
