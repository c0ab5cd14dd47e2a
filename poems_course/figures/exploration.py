"""What an explorer explores: named controls and a plain function from them to a chart.

Pure data, without a widget: a clinician can call the model, a test can walk through every state.
All controls are discrete, so that every chart can be drawn beforehand.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from poems_course.content import PoemsError
from poems_course.figures.chart import Chart
from poems_course.figures.draw import number


@dataclass(frozen=True)
class Choice:
    """One of a few named options, shown as radio buttons."""

    name: str
    label: str
    options: tuple[str, ...]
    start: int = 0
    kind = "choice"

    @property
    def values(self) -> tuple[str, ...]:
        return self.options

    @property
    def texts(self) -> tuple[str, ...]:
        return self.options


@dataclass(frozen=True)
class Slider:
    """A number from an ordered list, shown as a slider; *start* is a position in *values*."""

    name: str
    label: str
    values: tuple[float, ...]
    start: int = 0
    unit: str = ""
    kind = "slider"

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(f"{number(value)} {self.unit}".strip() for value in self.values)


@dataclass(frozen=True)
class Toggle:
    """Yes or no, shown as a check box."""

    name: str
    label: str
    on: bool = False
    kind = "toggle"
    values = (False, True)
    texts = ("no", "yes")

    @property
    def start(self) -> int:
        return int(self.on)


Control = Choice | Slider | Toggle
Positions = tuple[int, ...]


@dataclass(frozen=True)
class Exploration:
    """A question to a model: *prompt* asks for a prediction before the learner moves anything."""

    id: str
    title: str
    prompt: str
    controls: tuple[Control, ...]
    model: Callable[..., Chart]

    @property
    def start(self) -> Positions:
        return tuple(control.start for control in self.controls)

    @property
    def size(self) -> int:
        """Number of states that the controls span."""
        return math.prod(len(control.values) for control in self.controls)

    def states(self) -> Iterator[Positions]:
        """Every combination of control positions, last control fastest."""
        return itertools.product(*(range(len(control.values)) for control in self.controls))

    def chart_at(self, positions: Positions) -> Chart:
        """The chart at the given control positions (indices into each control's values)."""
        pairs = zip(self.controls, positions, strict=True)
        return self.model(**{control.name: control.values[at] for control, at in pairs})

    def positions(self, **settings: Any) -> Positions:
        """Control positions for settings by name; what is not named keeps its start.

        Raises PoemsError where a name or a value is not one of the controls'.
        """
        unknown = set(settings) - {control.name for control in self.controls}
        if unknown:
            names = ", ".join(control.name for control in self.controls)
            raise PoemsError(f"{self.id}: no control '{min(unknown)}'; there are {names}")
        return tuple(self._position(control, settings) for control in self.controls)

    def _position(self, control: Control, settings: dict[str, Any]) -> int:
        if control.name not in settings:
            return control.start
        value = settings[control.name]
        if value not in control.values:
            options = ", ".join(map(str, control.values))
            raise PoemsError(f"{self.id}: {control.name} = {value!r} is none of {options}")
        return control.values.index(value)
