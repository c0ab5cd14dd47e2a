"""What a rule for an item is, and the sentence that most rules look at."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

from poems_course.questions.records import Question

Problems = Iterator[tuple[str, str]]
FindingLevel = Literal["error", "warning"]


class Rule(NamedTuple):
    """A named rule: *problems* yields the field and what is wrong with it."""

    name: str
    level: FindingLevel
    problems: Callable[[Question], Problems]


def lead_in(item: Question) -> str:
    """The last sentence of the stem."""
    return re.split(r"(?<=[.!?:])\s+", item.asked)[-1]
