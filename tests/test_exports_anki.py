"""An Anki deck read by Anki itself: again, and after a correction, which keeps the reviews."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

from poems_course.questions import Question
from poems_course.questions.exports import anki as deck
from tests.exported import BANKS, flat, lost, words


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    opened = Collection(str(tmp_path / "collection.anki2"))
    yield opened
    opened.close()


def imported(collection: Collection, content: bytes, folder: Path) -> dict[str, int]:
    """How many notes were new, updated and so on; what came to nothing is left out."""
    package = folder / "deck.apkg"
    package.write_bytes(content)
    request = ImportAnkiPackageRequest(
        package_path=str(package), options=ImportAnkiPackageOptions()
    )
    log: Any = collection.import_anki_package(request).log
    kinds = ("new", "updated", "duplicate", "conflicting", "first_field_match")
    kinds += ("missing_notetype", "missing_deck", "empty_first_field")
    return {kind: len(getattr(log, kind)) for kind in kinds if len(getattr(log, kind))}


def sides(collection: Collection, id: str) -> tuple[str, str]:
    (note,) = collection.find_notes(f"Item:{id}")
    (card,) = collection.get_note(note).cards()
    return words(card.question()), words(card.answer())


@pytest.mark.parametrize("bank", BANKS)
def test_a_bank_is_imported_once_and_whole(
    bank: str, collection: Collection, tmp_path: Path
) -> None:
    items = BANKS[bank]
    content = deck.write(items)
    assert imported(collection, content, tmp_path) == {"new": len(items)}
    assert imported(collection, content, tmp_path) == {"duplicate": len(items)}
    assert collection.note_count() == collection.card_count() == len(items)
    for item in items:
        front, back = sides(collection, item.id)
        assert lost(back, [item], "label") == []
        if item.type == "single":
            assert flat(item.why) not in front
            assert not any(flat(option.feedback) in front for option in item.options)
    drawings = {f"{item.id}.svg" for item in items if item.figure}
    assert {path.name for path in Path(collection.media.dir()).iterdir()} == drawings
    assert not collection.media.check().missing
    names = {each.name for each in collection.decks.all_names_and_ids()} - {"Default", "POEMS"}
    assert names == {f"POEMS::Lesson {item.lesson}" for item in items}


def reviewed(collection: Collection, id: str) -> Any:
    (card,) = collection.find_cards(f"Item:{id}")
    collection.decks.select(collection.get_card(card).did)
    studied = collection.sched.getCard()
    assert studied is not None
    collection.sched.answerCard(studied, 3)
    return studied.id


def test_a_correction_replaces_the_card_and_keeps_its_reviews(
    collection: Collection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = BANKS["private"][1]
    moment = 1_800_000_000
    monkeypatch.setattr(deck.time, "time", lambda: moment)
    imported(collection, deck.write([item]), tmp_path)
    card = reviewed(collection, item.id)
    before = collection.get_card(card)
    assert (before.reps, collection.card_stats_data(card).reviews) == (1, 1)

    right = replace(item, version=2, why="The mean was 15 months; one patient waited 77.")
    monkeypatch.setattr(deck.time, "time", lambda: moment + 60)
    assert imported(collection, deck.write([right]), tmp_path) == {"updated": 1}
    assert collection.note_count() == 1
    _, back = sides(collection, item.id)
    assert "one patient waited 77" in back
    assert "version 2" in back
    assert "it ran from 1 to 77" not in back
    after = collection.get_card(card)
    assert (after.reps, after.due, after.queue) == (1, before.due, before.queue)
    assert collection.card_stats_data(card).reviews == 1

    monkeypatch.setattr(deck.time, "time", lambda: moment)  # an older export changes nothing
    imported(collection, deck.write([item]), tmp_path)
    assert "version 2" in sides(collection, item.id)[1]


def test_the_fields_are_those_of_the_decks_that_are_out() -> None:
    """Another list would be another note type to Anki, and no card would ever be corrected."""
    assert deck.FIELDS == (
        "Item", "Version", "Question", "Choices", "Answer", "Feedback", "Hint", "Sources",
    )  # fmt: skip
    assert (deck.KIND.id, deck.KIND.name) == (1_264_135_770_726, "POEMS question")
    assert deck.ANKI.name == "anki"


# The fault that the guid prevents: known by anything else, the wrong text would stay beside it.
def test_another_guid_would_leave_the_wrong_card_in_the_deck(
    collection: Collection, tmp_path: Path
) -> None:
    item: Question = BANKS["private"][1]
    imported(collection, deck.write([item]), tmp_path)
    imported(collection, deck.write([replace(item, id="x20-months-corrected")]), tmp_path)
    assert collection.note_count() == 2
