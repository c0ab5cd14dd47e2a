"""The words of the form's two lists, and which of them fill a criterion."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from poems_course.content import read_entries


@dataclass(frozen=True)
class WordList:
    """The words that one list of the form may hold.

    ``counts`` fill the criterion; ``not_alone``, alone or together, leave it unknown.
    """

    id: str
    counts: tuple[str, ...]
    not_alone: tuple[str, ...]
    facts: tuple[str, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """Every word that the form accepts in this list."""
        return self.counts + self.not_alone


@cache
def word_list(name: str) -> WordList:
    """The word list of the form's field *name*: endocrinopathies or skin_changes."""
    return read_entries(Path(__file__).with_name("words.toml"), WordList)[name]
