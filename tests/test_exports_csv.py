"""CSV: all of a bank in one table, drawings in it too, and nothing a spreadsheet would compute."""

from __future__ import annotations

import base64
import re
from dataclasses import replace

import pytest

from poems_course.questions import Question
from poems_course.questions.exports import sheet
from poems_course.questions.exports.spreadsheet import COLUMNS, write
from poems_course.questions.exports.verb import FORMATS
from tests.exported import BANKS, EVERY, by_id, flat, lost, rows_of


@pytest.mark.parametrize("bank", BANKS)
def test_the_table_holds_all_but_the_words_of_the_drawing(bank: str) -> None:
    rows = rows_of(write(BANKS[bank]))
    assert tuple(rows[0]) == COLUMNS
    cells = flat(" ".join(value for row in rows for value in row.values()))
    allowed = ("drawing", "label", *(["option"] if bank == "private" else []))
    assert lost(cells, BANKS[bank], *allowed) == []
    for item in BANKS[bank]:
        own = [row for row in rows if row["item"] == item.id]
        assert len(own) == (3 if item.type == "numeric" else len(item.options))
        assert {row["tags"] for row in own} == {"; ".join(item.tags)}
        if item.type == "single":
            assert [row["text"] for row in own if row["credit"] == "1"] in (
                [item.options[item.keys[0]].text],
                [f"'{item.options[item.keys[0]].text}"],
            )
        if item.type == "ordering":
            assert sorted(int(row["right_place"]) for row in own) == [
                *range(1, len(item.options) + 1)
            ]


@pytest.mark.parametrize("item", [item for item in EVERY if item.figure], ids=lambda item: item.id)
def test_where_no_file_can_lie_beside_it_the_drawing_stands_in_the_text(item: Question) -> None:
    image = sheet.picture(item)
    assert image is not None
    gift = FORMATS["gift"].write([item]).decode().replace("\\", "")
    cells = {row["drawing"] for row in rows_of(FORMATS["csv"].write([item]))}
    for text in (gift, *cells):
        (code,) = re.findall(r"data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)", text)
        assert base64.b64decode(code).decode() == image.svg
    assert all(len(cell) < 32_768 for cell in cells)  # what a cell of Excel holds


def test_the_table_is_read_by_excel_as_utf8_and_never_as_a_formula() -> None:
    content = write(BANKS["private"])
    assert content.startswith(b"\xef\xbb\xbf")
    cells = [row["text"] for row in rows_of(content) if row["item"] == "x20-odd-note"]
    assert sorted(cells) == [
        "'+ganglioside antibodies #2",
        "'-1 to +1: a nerve biopsy",
        "'=immunofixation of serum",
        "'@genetic panel -> all genes",
    ]
    item = replace(by_id("q01-likelihood"), answer=-2.5, unit=" =1+1")
    row = rows_of(write([item]))[0]
    assert (row["answer"], row["unit"]) == ("-2.5", "' =1+1")
