"""Reading content: every fault names file, entry and field in one line."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest

from poems_course.content import ContentError, read_entries


@dataclass(frozen=True)
class Part:
    text: str
    right: bool = False


@dataclass(frozen=True)
class Item:
    id: str
    level: Literal["recall", "apply"]
    size: float
    parts: tuple[Part, ...] = ()
    named: dict[str, float] | None = None
    value: float | str | None = None

    def __post_init__(self) -> None:
        if self.size < 0:
            raise ValueError("size must not be negative")


def read(tmp_path: Path, text: str) -> dict[str, Item]:
    path = tmp_path / "items.toml"
    path.write_text(text, encoding="utf-8")
    return read_entries(path, Item)


def test_entries_come_typed_in_the_order_of_the_file(tmp_path: Path) -> None:
    items = read(
        tmp_path,
        '[b]\nlevel = "recall"\nsize = 3\nparts = [{text = "x", right = true}]\n'
        '[a]\nlevel = "apply"\nsize = 0.5\nnamed = {low = 1}\nvalue = "many"\n',
    )
    assert list(items) == ["b", "a"]
    assert items["b"] == Item("b", "recall", 3.0, (Part("x", True),))
    assert items["a"].named == {"low": 1.0}
    assert items["a"].value == "many"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('[a]\nlevel = "recall"\n', "items.toml: a: size: is missing"),
        (
            '[a]\nlevel = "recall"\nsize = 1\ncolour = 2\n',
            "items.toml: a: colour: is not a field of this kind of entry",
        ),
        (
            '[a]\nlevel = "guess"\nsize = 1\n',
            "items.toml: a: level: must be one of recall, apply, not 'guess'",
        ),
        (
            '[a]\nlevel = "recall"\nsize = true\n',
            "items.toml: a: size: must be a number, not True",
        ),
        (
            '[a]\nlevel = "recall"\nsize = 1\nparts = [{text = " "}]\n',
            "items.toml: a: parts[0].text: must not be empty",
        ),
        (
            '[a]\nlevel = "recall"\nsize = 1\nvalue = []\n',
            "items.toml: a: value: must be a number, not [] or must be text, not []",
        ),
        ('[a]\nlevel = "recall"\nsize = -1\n', "items.toml: a: size must not be negative"),
        ("a = 1\n", "items.toml: a: must be a table"),
        ('[a]\nid = "b"\n', "items.toml: a: id: is the table's name; leave it out"),
    ],
)
def test_a_fault_names_file_entry_and_field(tmp_path: Path, text: str, line: str) -> None:
    with pytest.raises(ContentError) as caught:
        read(tmp_path, text)
    assert str(caught.value) == line


def test_broken_toml_names_file_and_place(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"^items\.toml: is not valid TOML: .*line 1"):
        read(tmp_path, "[a\n")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"^gone\.toml: there is no such file$"):
        read_entries(tmp_path / "gone.toml", Item)
