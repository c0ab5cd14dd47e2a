"""Explorer and quiz as their page sees them: the messages, what is kept, what is never told."""

import base64
import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from poems_course.figures.chart import Chart, Table
from poems_course.figures.exploration import Choice, Exploration, Slider
from poems_course.folder import lesson_minutes, part
from poems_course.progress.errors import ProgressError
from poems_course.progress.log import Log
from poems_course.questions import read_bank
from poems_course.questions.bank import question
from poems_course.questions.figure import chart_of
from poems_course.questions.presentation import order
from poems_course.questions.records import NumberFeedback, Option, Question
from poems_course.widgets.explorer import Explorer, pack
from poems_course.widgets.kit import EXPORTING
from poems_course.widgets.quiz import Quiz, lessons_behind

GOOD = read_bank(Path(__file__).parent / "fixtures" / "questions" / "good")


def model(dose: str, month: float) -> Chart:
    if dose == "broken":
        raise ZeroDivisionError("no dose")
    words = f"At month {month:g}, {dose} dose."
    return Chart(f"<svg><title>{words}</title></svg>", words, Table("t", ("month",), ((month,),)))


EXPLORATION = Exploration(
    "course", "A course", "Predict.",
    (Choice("dose", "Dose", ("low", "high")), Slider("month", "Month", (0, 6, 12), 1)), model,
)  # fmt: skip


def item(id: str, **fields: Any) -> Question:
    base = {
        "version": 1, "lesson": "01", "objective": "01-1", "level": "apply", "type": "single",
        "place": "end", "stem": "A man.\n\nWhich?", "hint": "Think.", "why": "Because.",
        "facts": (), "references": (), "difficulty": 0.5,
    }  # fmt: skip
    return Question(id=id, **{**base, **fields})


OPTIONS = tuple(
    Option(f"option {name}", f"feedback {name}", name == "c") for name in ("a", "b", "c", "d")
)
SINGLE = item("q-single", options=OPTIONS)
TWO = tuple(Option(f"o {n}", f"feedback {n}", n in "ab") for n in ("a", "b", "c", "d"))
MULTIPLE = item("q-multiple", type="multiple", options=TWO)
NUMBER = item(
    "q-number", type="numeric", answer=13.6, tolerance=0.2, unit="",
    feedback=NumberFeedback("just so", "too few", "too many"),
)  # fmt: skip


@pytest.fixture
def log(tmp_path: Path) -> Callable[[], Log]:
    return lambda: Log(tmp_path)


def quiz(log: Callable[[], Log], *questions: Question) -> Quiz:
    return Quiz("test", "Check yourself", questions or (SINGLE, MULTIPLE, NUMBER), log)


def shown_at(question: Question, author: int) -> int:
    return order(question).index(author)


def check(shown: Quiz, question: Question, response: Any, confidence: Any = 1) -> dict[str, Any]:
    return shown.handle(
        {"do": "check", "question": question.id, "response": response, "confidence": confidence}
    )


class TestExplorer:
    def test_every_state_is_packed_in_the_order_the_page_reads(self) -> None:
        states = json.loads(gzip.decompress(pack(EXPLORATION)))
        assert [state[1] for state in states] == [
            EXPLORATION.chart_at(at).reading for at in EXPLORATION.states()
        ]

    def test_it_opens_where_the_learner_left_it(self, log: Callable[[], Log]) -> None:
        Explorer(EXPLORATION, log).handle({"do": "moved", "at": [1, 2]})
        again = Explorer(EXPLORATION, log)
        assert again.view["at"] == [1, 2]
        assert again.view["chart"][1] == "At month 12, high dose."

    @pytest.mark.parametrize("left", [[7, 0], [0], ["x", 0], [], None, 5])
    def test_a_place_that_no_longer_exists_is_the_start(
        self, log: Callable[[], Log], left: Any
    ) -> None:
        log().append("explored", "course", 1, {"at": left})
        assert Explorer(EXPLORATION, log).view["at"] == [0, 1]

    def test_a_second_view_begins_where_the_learner_is(self, log: Callable[[], Log]) -> None:
        explorer = Explorer(EXPLORATION, log)
        explorer.handle({"do": "moved", "at": [1, 2]})
        assert explorer.view["at"] == [1, 2]
        assert explorer.view["chart"][1] == "At month 12, high dose."

    @pytest.mark.parametrize("at", [[-1, 0], [0], [0, 99], None])
    def test_a_chart_that_is_not_there_is_refused(
        self, log: Callable[[], Log], at: list[int] | None
    ) -> None:
        reply = Explorer(EXPLORATION, log).handle({"do": "chart", "at": at})
        assert reply == {"error": f"course: there is no chart at {at}"}

    def test_what_a_model_raises_is_told_in_words(self, log: Callable[[], Log]) -> None:
        faulty = Exploration("f", "F", "P", (Choice("dose", "Dose", ("broken",)),), model)
        explorer = Explorer(EXPLORATION, log)
        explorer.exploration = faulty
        reply = explorer.handle({"do": "chart", "at": [0]})
        assert "fault in the course" in reply["error"]

    def test_its_text_form_is_its_sentence(self, log: Callable[[], Log]) -> None:
        assert repr(Explorer(EXPLORATION, log)) == "A course. At month 6, low dose."

    def test_a_reading_can_be_asked_for_by_name(self, log: Callable[[], Log]) -> None:
        assert Explorer(EXPLORATION, log).reading(dose="high") == "At month 6, high dose."


class TestQuiz:
    def test_the_key_is_not_in_what_the_page_gets(self, log: Callable[[], Log]) -> None:
        shown = quiz(log)
        text = json.dumps(shown.view) + shown.static()
        assert "feedback" not in text
        assert "correct" not in text
        assert "13.6" not in text

    def test_without_a_script_matches_and_figures_are_there_but_no_reading(
        self, log: Callable[[], Log]
    ) -> None:
        drawn = GOOD["q01-false-alarms"]
        text = quiz(log, GOOD["q01-ranks"], GOOD["q01-lambda-band"], drawn).static()
        for words in ("Raised VEGF", "not counted", "You now find a small lambda band", "<table>"):
            assert words in text
        assert drawn.figure
        (image,) = re.findall(r'<img alt="([^"]+)" src="[^,]+,([^"]+)"', text)
        assert image[0].endswith("The table below the drawing holds the same data.")
        reading = chart_of(drawn.figure).reading
        assert reading not in text + base64.b64decode(image[1]).decode()

    def test_a_checked_answer_is_saved_before_it_says_so(self, log: Callable[[], Log]) -> None:
        reply = check(quiz(log), SINGLE, shown_at(SINGLE, 2))
        assert reply["outcome"]["correct"] is True
        assert reply["saved"]
        (event,) = log().events("answered")
        assert event.payload["confidence"] == 1
        assert event.payload["attempt"] == 1

    def test_a_wrong_answer_gets_its_own_feedback_and_not_the_key(
        self, log: Callable[[], Log]
    ) -> None:
        reply = check(quiz(log), SINGLE, shown_at(SINGLE, 0))
        assert [r["text"] for r in reply["outcome"]["feedback"]] == ["feedback a"]
        assert "option c" not in json.dumps(reply)

    def test_what_was_missed_stays_back_until_asked(self, log: Callable[[], Log]) -> None:
        shown = quiz(log)
        reply = check(shown, MULTIPLE, [shown_at(MULTIPLE, 0)])
        assert "feedback b" not in json.dumps(reply)
        why = shown.handle({"do": "why", "question": MULTIPLE.id})
        assert {r["text"] for r in why["options"]} >= {"feedback b", "feedback c"}
        assert why["answer_text"] == "o a; o b"

    def test_confidence_is_asked_with_the_answer(self, log: Callable[[], Log]) -> None:
        reply = check(quiz(log), SINGLE, 0, confidence=None)
        assert reply["outcome"]["graded"] is False
        assert "how sure" in reply["outcome"]["summary"]
        assert log().events("answered") == []

    def test_no_number_is_no_attempt(self, log: Callable[[], Log]) -> None:
        shown = quiz(log)
        assert check(shown, NUMBER, "many")["outcome"]["graded"] is False
        assert check(shown, NUMBER, "13,6")["attempt"] == 1

    def test_answers_come_back_with_their_feedback(self, log: Callable[[], Log]) -> None:
        first = quiz(log)
        check(first, SINGLE, shown_at(SINGLE, 0), confidence=2)
        check(first, SINGLE, shown_at(SINGLE, 2), confidence=0)
        kept = quiz(log).view["saved"]
        assert set(kept) == {SINGLE.id}
        assert kept[SINGLE.id]["attempt"] == 2
        assert kept[SINGLE.id]["confidence"] == 0
        assert kept[SINGLE.id]["outcome"]["correct"] is True

    def test_a_second_view_begins_with_the_answers_given(self, log: Callable[[], Log]) -> None:
        shown = quiz(log)
        check(shown, SINGLE, shown_at(SINGLE, 0), confidence=2)
        assert shown.view["saved"] == quiz(log).view["saved"]
        assert shown.view["saved"][SINGLE.id]["confidence"] == 2

    def test_an_answer_to_an_older_version_is_not_shown_for_the_new(
        self, log: Callable[[], Log]
    ) -> None:
        check(quiz(log), SINGLE, 0)
        newer = item("q-single", version=2, options=OPTIONS)
        assert quiz(log, newer).view["saved"] == {}

    def test_an_answer_that_cannot_be_saved_is_told_and_tried_again(self, tmp_path: Path) -> None:
        broken = [True]

        def log() -> Log:
            if broken[0]:
                raise ProgressError("the disk is full")
            return Log(tmp_path)

        shown = quiz(log)
        assert shown.view["notice"] == "the disk is full"
        reply = check(shown, SINGLE, 0)
        assert reply["outcome"]["graded"] is True
        assert reply["unsaved"] == "the disk is full"
        broken[0] = False
        assert shown.handle({"do": "save"})["saved"]
        assert len(Log(tmp_path).events("answered")) == 1

    def test_hint_and_explanation_are_noted(self, log: Callable[[], Log]) -> None:
        shown = quiz(log)
        assert shown.handle({"do": "hint", "question": SINGLE.id})["hint"] == "Think."
        shown.handle({"do": "why", "question": SINGLE.id})
        assert [event.kind for event in log().events(item_id=SINGLE.id)] == ["hinted", "explained"]

    def test_a_message_that_makes_no_sense_is_answered_in_words(
        self, log: Callable[[], Log]
    ) -> None:
        assert "error" in quiz(log).handle({"do": "check", "question": "nobody"})
        assert "error" in quiz(log).handle({"do": "dance"})


class TestHtml:
    def test_a_learners_notebook_holds_no_script_and_no_key(self, log: Callable[[], Log]) -> None:
        html = quiz(log).html()
        assert "<script" not in html
        assert "feedback" not in html

    def test_text_in_an_exported_script_cannot_end_it(
        self, log: Callable[[], Log], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv(EXPORTING, "1")
        sly = item("q-sly", stem="</script><b>Which?", options=OPTIONS)
        html = quiz(log, sly).html()
        assert html.count("</script>") == 1
        assert html.endswith("</script>")


def test_a_pretest_knows_the_lesson_behind_each_question() -> None:
    first, last = question("q01-history"), question("q09-dataset")
    behind = lessons_behind((first, last))
    assert behind["q09-dataset"] == {
        "number": "09",
        "title": "Diagnosis: one patient, four rules",
        "file": "09_diagnosis.ipynb",
        "minutes": lesson_minutes(part("notebooks/09_diagnosis.ipynb")),
    }
    widget = Quiz("00:pretest", "Pre-test", (first, last), Log, behind)
    assert list(widget.view["path"]) == [first.id, last.id]
