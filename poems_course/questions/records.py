"""What a question is: the schema of the item bank, refusing items that cannot be graded."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from poems_course.questions.kinds import problem

Level = Literal["recall", "apply", "reason"]
Type = Literal["single", "multiple", "numeric", "ordering", "matching", "concordance"]
Pool = Literal["public", "private"]


@dataclass(frozen=True)
class Option:
    """One option with the feedback that a learner reads after choosing it.

    In a matching it is what belongs to its *prompt*, and its feedback is read at that prompt;
    without a prompt it matches nothing, and its feedback is read by who chose it.
    """

    text: str
    feedback: str
    correct: bool = False
    prompt: str | None = None


@dataclass(frozen=True)
class NumberFeedback:
    """What a learner reads whose number is right, too low or too high."""

    right: str
    low: str
    high: str


@dataclass(frozen=True)
class Figure:
    """The chart of an explorer at some settings, which a question shows without its reading.

    *settings* are the controls' values by name; what is not named keeps its start.
    """

    explorer: str
    settings: dict[str, str | bool | float] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Question:
    """One item of the bank; options stand in the author's order, for an ordering the right one.

    *place* is where it is asked: on the way through its lesson, at its end, in the pre-test of
    lesson 00, or in practice only. *difficulty* is the share of learners expected to answer right
    at first sight. *unit* is "" for a pure number. *invented* lists the numbers of an invented
    vignette, which no fact backs. A concordance asks what *finding* does to the suspicion of what
    one was *thinking* of; its *why* is the reasoning that it is scored against.

    Raises ValueError where the item cannot be graded.
    """

    id: str
    version: int
    lesson: str
    objective: str
    level: Level
    type: Type
    place: str
    stem: str
    hint: str
    why: str
    facts: tuple[str, ...]
    references: tuple[str, ...]
    difficulty: float
    options: tuple[Option, ...] = ()
    answer: float | None = None
    tolerance: float | None = None
    unit: Literal[""] | str | None = None
    feedback: NumberFeedback | None = None
    thinking: str | None = None
    finding: str | None = None
    figure: Figure | None = None
    tags: tuple[str, ...] = ()
    invented: tuple[float, ...] = ()
    pool: Pool = "public"

    def __post_init__(self) -> None:
        if wrong := problem(self):
            raise ValueError(wrong)

    @property
    def keys(self) -> tuple[int, ...]:
        """Author positions of the options that are right (single, multiple, concordance)."""
        return tuple(i for i, option in enumerate(self.options) if option.correct)

    @property
    def asked(self) -> str:
        """The stem as a learner reads it, with what a concordance adds to its vignette."""
        if self.type != "concordance":
            return self.stem.strip()
        change = f"You were thinking of {self.thinking}. You now find {self.finding}."
        return f"{self.stem.strip()}\n\n{change} How does this change your suspicion?"

    @property
    def prompts(self) -> tuple[Option, ...]:
        """The options of a matching that have a prompt, in the order in which they are asked."""
        return tuple(option for option in self.options if option.prompt)
