"""``poems class report``: what a teacher reads in the page and in the files."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import numpy as np
import pytest

from poems_course import cli
from poems_course.classroom import logs
from poems_course.classroom.answers import Answers, Choice, Item
from poems_course.classroom.choices import by_item
from poems_course.classroom.classical import item_figures, reliability, rest_scores
from poems_course.classroom.distractors import choice_tables, suppressed
from poems_course.classroom.log_file import LogReader
from poems_course.classroom.read import read
from poems_course.classroom.report import class_report, conclusions, remarks, rounded
from poems_course.classroom.scales import Scale, rasch, two_parameters
from poems_course.content import PoemsError
from poems_course.progress import Log
from poems_course.progress.transfer import export
from poems_course.questions.bank import question
from tests.classes import SEEN, answer, class_of, write_log
from tests.simulated_classes import ONES, draw, wrapped


def made(tmp_path: Path, source: Path, *more: str) -> Path:
    out = tmp_path / "out"
    assert cli.main(["class", "report", str(source), "--out", str(out), *more]) == 0
    return out


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def simulated(learners: int) -> Answers:
    return wrapped(draw(np.random.default_rng(learners), learners, ONES))


def table(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "class.csv"
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def test_a_table_from_an_excel_that_parts_by_semicolons_says_the_same(tmp_path: Path) -> None:
    lines = ["learner,q05-albumin,other", *(f"l{at},{at % 2},{at % 3 // 2}" for at in range(9))]
    found = []
    for separator in ",;":
        path = table(tmp_path, *(line.replace(",", separator) for line in lines))
        out = made(tmp_path, path)
        found.append([(out / name).read_bytes() for name in ("items.csv", "class.csv")])
    assert found[0] == found[1]


def test_without_a_name_the_report_goes_to_a_folder_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class_of(tmp_path / "class", 6)
    monkeypatch.chdir(tmp_path)
    for _ in range(2):  # where it stands among the answers, it is not read as some of them
        assert cli.main(["class", "report", "class"]) == 0
    assert (tmp_path / "class-report" / "report.html").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["class", "class-report"]


def test_files_and_page_are_written_and_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = made(tmp_path, class_of(tmp_path / "class", 40))
    names = {path.name for path in out.iterdir()}
    assert names == {"report.html", "class.csv", "items.csv", "choices.csv", "rasch.csv"}
    said = capsys.readouterr().out
    assert all(str(out / name) in said for name in names)


def test_an_item_row_is_what_a_hand_computes(tmp_path: Path) -> None:
    """Six learners, four items; numpy's own correlation is the judge."""
    marks = [[1, 1, 1, 1], [1, 1, 1, 0], [1, 0, 1, 0], [1, 1, 0, 0], [1, 0, 0, 1], [0, 0, 0, 0]]
    lines = [f"l{n}," + ",".join(map(str, row)) for n, row in enumerate(marks)]
    out = made(tmp_path, table(tmp_path, "learner,a,b,c,d", *lines))
    first = rows(out / "items.csv")[1]
    right = np.array(marks)
    expected = np.corrcoef(right[:, 1], right[:, [0, 2, 3]].sum(axis=1))[0, 1]
    assert (first["item"], first["answered"], first["missing"]) == ("b", "6", "0")
    assert float(first["difficulty"]) == pytest.approx(0.5)
    assert float(first["item_rest_r"]) == pytest.approx(expected, abs=1e-6)
    assert float(first["item_rest_r_low"]) < expected < float(first["item_rest_r_high"])


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


def test_what_was_chosen_has_the_words_of_the_bank(tmp_path: Path) -> None:
    out = made(tmp_path, class_of(tmp_path / "class", 80))
    item = question(SEEN[0])
    found = [row for row in rows(out / "choices.csv") if row["item"] == item.id]
    assert {row["choice"] for row in found} == {option.text for option in item.options}
    keys = {row["choice"] for row in found if row["right"] == "yes"}
    assert keys == {item.options[item.keys[0]].text}
    whole = [row for row in found if row["group"] == "all" and row["learners"]]
    assert sum(int(row["learners"]) for row in whole) <= 80
    assert {row["group"] for row in found} == {"lower third", "middle third", "upper third", "all"}
    page = (out / "report.html").read_text(encoding="utf-8")
    assert item.options[0].text.split("&")[0] in page


def test_a_wrong_choice_of_those_who_know_more_is_marked() -> None:
    """Planted: in the last item the better half takes the first wrong option."""
    random = np.random.default_rng(8)
    right = draw(random, 200, ONES)
    better = right.sum(axis=1) > 12
    right[:, -1] = ~better
    chosen = np.zeros(right.shape, np.uint32)
    chosen[:, -1] = np.where(better, 2, np.where(random.random(200) < 0.9, 1, 4))
    options = (Choice("key", True), Choice("rival", False), Choice("filler", False))
    choices = (*((),) * 23, options)
    answers = Answers(wrapped(right).items, choices, right, chosen)
    rest = rest_scores(answers)
    shown = choice_tables(answers, rest)[-1]
    assert shown is not None
    said = remarks(item_figures(answers, rest)[-1], shown)
    assert said[0] == "hardly tells those who know more"
    assert "those who know more choose \N{LEFT SINGLE QUOTATION MARK}rival" in said[1]
    assert shown.rows[1].r == pytest.approx(
        float(np.corrcoef(chosen[:, -1] == 2, rest[:, -1])[0, 1]), abs=1e-9
    )


def test_a_seldom_choice_is_judged_by_the_wrong_answers() -> None:
    """Of 1000, 950 right: 40 and 10 of the wrong answers are 4 % and 1 %, yet both may draw."""
    right = np.zeros((1000, 2), np.int8)
    right[:950] = 1
    chosen = np.zeros((1000, 2), np.uint32)
    chosen[:, 0] = [1] * 950 + [2] * 40 + [4] * 10
    options = tuple(Choice(text, text == "a") for text in "abcd")
    answers = Answers((Item("x", 1), Item("y", 1)), (options, ()), right, chosen)
    shown = choice_tables(answers, rest_scores(answers))[0]
    assert shown is not None
    assert [row.draws for row in shown.rows] == ["key", "draws", "draws", "seldom"]


# Cells under five.
def test_small_numbers_are_hidden_and_cannot_be_subtracted() -> None:
    counts = np.array([[10, 12, 14], [3, 6, 7], [0, 8, 9]])
    shown = suppressed(counts, counts.sum(axis=1))
    assert shown[1][0] is None
    for line in (*shown, *zip(*shown, strict=True)):
        gaps = [count for count in line if count is None]
        assert len(gaps) != 1, line
    assert not any(count in (1, 2, 3, 4) for row in shown for count in row)


@pytest.mark.parametrize("seed", range(30))
def test_no_gap_of_any_table_can_be_filled(seed: int) -> None:
    random = np.random.default_rng(seed)
    counts = random.poisson(random.choice([2, 6, 20]), (random.integers(2, 6), 3))
    shown = suppressed(counts, counts.sum(axis=1))
    for line in (*shown, *zip(*shown, strict=True)):
        assert sum(count is None for count in line) != 1
    assert not any(count in (1, 2, 3, 4) for row in shown for count in row)


def test_no_file_or_page_shows_a_number_under_five(tmp_path: Path) -> None:
    out = made(tmp_path, class_of(tmp_path / "class", 20))
    counts = [row["learners"] for row in rows(out / "choices.csv")]
    assert "" in counts
    assert not any(count in ("1", "2", "3", "4") for count in counts)
    page = (out / "report.html").read_text(encoding="utf-8")
    chosen = page[page.index("What was chosen") :]
    assert not re.search(r'<td class="number">[1-4]</td>', chosen)


def test_nobody_is_named(tmp_path: Path) -> None:
    out = made(tmp_path, class_of(tmp_path / "class", 35))
    for path in out.iterdir():
        assert "learner-1" not in path.read_text(encoding="utf-8")


# What a class of this size allows to say.
def test_a_class_of_twenty_reads_as_uncertain() -> None:
    report = class_report(simulated(20))
    said = " ".join(conclusions(report))
    assert "20 learners are few" in said
    assert "no verdict on a question, still less on a learner" in said
    assert "anywhere from \N{MINUS SIGN}0.16 to 0.66" in said
    assert report.rasch == "Not fitted: 20 learners; it is fitted from 30 on."
    assert "250" in str(report.two_parameters)


@pytest.mark.parametrize(
    ("learners", "one", "two"), [(29, 0, 0), (30, 1, 0), (249, 1, 0), (250, 1, 1)]
)
def test_models_start_with_their_number_of_learners(learners: int, one: bool, two: bool) -> None:
    answers = simulated(learners)
    assert isinstance(rasch(answers), Scale) == bool(one)
    assert isinstance(two_parameters(answers), Scale) == bool(two)


def test_missing_answers_are_left_out_and_declared(tmp_path: Path) -> None:
    lines = ["l1,1,1,0", "l2,0,1,", "l3,1,,1", "l4,1,1,1", "l5,0,0,0", "l6,1,0,1"]
    answers = read([table(tmp_path, "learner,a,b,c", *lines)], {})
    figures = item_figures(answers, rest_scores(answers))
    assert figures[1] is not None
    assert (figures[1].answered, figures[1].right) == (5, 3)
    said = " ".join(conclusions(class_report(answers)))
    assert "2 answers (11 %) are missing. They are left out, not counted as wrong" in said


def test_reliability_belongs_to_those_who_answered_everything(tmp_path: Path) -> None:
    lines = [f"l{n},{n % 2},{n % 3 % 2},{'' if n < 8 else 1}" for n in range(12)]
    answers = read([table(tmp_path, "learner,a,b,c", *lines)], {})
    assert reliability(answers) is None
    assert "There is no reliability" in " ".join(conclusions(class_report(answers)))


def test_versions_of_an_item_are_apart_in_the_files(tmp_path: Path) -> None:
    lines = [f"l{n},{n % 2},{(n + 1) % 2}" for n in range(10)]
    out = made(tmp_path, table(tmp_path, "learner,q01-a,q01-a@2", *lines))
    assert [(row["item"], row["version"]) for row in rows(out / "items.csv")] == [
        ("q01-a", "1"),
        ("q01-a", "2"),
    ]


def test_a_key_row_turns_choices_into_marks(tmp_path: Path) -> None:
    lines = [f"l{n},{'ABBC'[n % 4]},{'AB'[n % 2]}" for n in range(40)]
    answers = read([table(tmp_path, "learner,x,y", "key,B,A", *lines)], {})
    assert answers.right[:, 0].sum() == 20
    assert answers.choices[0] == (Choice("A", False), Choice("B", True), Choice("C", False))


def test_items_that_all_answer_right_are_left_out_of_the_scale_by_name() -> None:
    right = draw(np.random.default_rng(2), 60, ONES)
    right[:, 3] = 1
    scale = rasch(wrapped(right))
    assert isinstance(scale, Scale)
    assert scale.left_out == (Item("i03", 1),)
    assert len(scale.difficulty) == 23


def test_a_cell_is_no_formula_for_a_spreadsheet(tmp_path: Path) -> None:
    lines = [f"l{n},{('=1+1', 'B')[n % 2]},{n % 2}" for n in range(12)]
    out = made(tmp_path, table(tmp_path, "learner,x,y", "key,B,1", *lines))
    assert "'=1+1" in (out / "choices.csv").read_text(encoding="utf-8")


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


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.126, "0.13"), (-0.126, "\N{MINUS SIGN}0.13"), (-0.004, "0.00"), (0.0, "0.00")],
)
def test_a_number_has_a_true_minus_and_no_minus_before_nought(value: float, text: str) -> None:
    assert rounded(value) == text
