"""A sitting: some questions asked together, begun, answered and ended, rebuilt from the log.

Its events carry its name in their payload: ``began`` (what was drawn), ``responded`` (an answer
kept for later, not yet graded), ``drafted`` (the beginning of one), ``answered`` (graded) and
``ended``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from poems_course.progress.event import Event
from poems_course.questions.records import Question
from poems_course.study.attempts import Key, in_order

BEGAN, RESPONDED, ANSWERED, ENDED = "began", "responded", "answered", "ended"
DRAFTED = "drafted"


@dataclass(frozen=True)
class Response:
    """What was chosen (as positions shown, or text), how sure, and when (ISO 8601)."""

    version: int
    response: Any
    confidence: int
    utc: str


@dataclass(frozen=True)
class Draft:
    """The beginning of a response: what is missing is None."""

    response: Any
    confidence: int | None
    utc: str


@dataclass
class Sitting:
    """*drawn* are the questions in order; an adaptive sitting draws as it goes, so it has none.

    *deferred*: feedback comes at the end only; what then stands on the page of a question is in
    *responses* or, while it is no whole answer, in *drafts*. *utc* is when it began.
    """

    name: str
    mode: str
    seed: int
    deferred: bool
    drawn: tuple[Key, ...]
    utc: str
    responses: dict[str, Response] = field(default_factory=dict)
    drafts: dict[str, Draft] = field(default_factory=dict)
    graded: dict[str, bool] = field(default_factory=dict)
    ended: bool = False

    def began(self) -> dict[str, Any]:
        """The payload of its first event."""
        return {
            "sitting": self.name,
            "seed": self.seed,
            "deferred": self.deferred,
            "items": [list(key) for key in self.drawn],
        }

    def take(self, event: Event) -> None:
        """Adds an event of this sitting; the last response to an item stands, the first grade."""
        said = event.payload
        if event.kind == ENDED:
            self.ended = True
        elif event.kind in (RESPONDED, ANSWERED):
            key, confidence = (event.item_id, event.item_version), said.get("confidence")
            self.respond(key, said.get("response"), confidence, event.utc)
        elif event.kind == DRAFTED:
            self.draft(event.item_id, said.get("response"), said.get("confidence"), event.utc)
        if event.kind == ANSWERED:
            self.graded.setdefault(event.item_id, said.get("correct") is True)

    def respond(self, key: Key, response: Any, confidence: Any, utc: str) -> None:
        """Notes a response that is, or is about to be, in the log."""
        item, version = key
        if item not in self.graded and confidence in (0, 1, 2):
            self.responses[item] = Response(version, response, confidence, utc)
            self.drafts.pop(item, None)

    def draft(self, item: str, response: Any, confidence: Any, utc: str) -> None:
        """Notes the beginning of a response; it takes the place of the response before it."""
        if item not in self.graded:
            sure = confidence if confidence in (0, 1, 2) else None
            self.drafts[item] = Draft(response, sure, utc)
            self.responses.pop(item, None)

    def given(self, bank: Iterable[Question]) -> tuple[tuple[Question, bool], ...]:
        """The questions graded, in the order answered, with whether each was right; without those
        that have changed since."""
        known = {(item.id, item.version): item for item in bank}
        keys = {item: (item, self.responses[item].version) for item in self.graded}
        return tuple(
            (known[keys[item]], right) for item, right in self.graded.items() if keys[item] in known
        )

    def present(self, bank: Iterable[Question]) -> tuple[Question, ...]:
        """The questions drawn that the bank still has in the same version."""
        known = {(item.id, item.version): item for item in bank}
        return tuple(known[key] for key in self.drawn if key in known)


def sittings(events: Iterable[Event], mode: str) -> list[Sitting]:
    """The sittings of a mode, oldest first. A misshapen beginning begins nothing."""
    found: dict[str, Sitting] = {}
    for event in in_order(events):
        name = event.payload.get("sitting")
        if event.kind == BEGAN and event.item_id == mode and name not in found:
            if begun := _begun(event):
                found[begun.name] = begun
        elif name in found:
            found[name].take(event)
    return list(found.values())


def unfinished(events: Iterable[Event], mode: str) -> Sitting | None:
    """The newest sitting of a mode, if it was begun and not ended."""
    newest = sittings(events, mode)[-1:]
    return newest[0] if newest and not newest[0].ended else None


def open_sittings(events: Sequence[Event]) -> tuple[str, ...]:
    """The modes whose newest sitting is not ended."""
    modes = sorted({event.item_id for event in events if event.kind == BEGAN})
    return tuple(mode for mode in modes if unfinished(events, mode))


def _begun(event: Event) -> Sitting | None:
    said = event.payload
    try:
        drawn = tuple((str(item), int(version)) for item, version in said["items"])
        return Sitting(
            name=str(said["sitting"]),
            mode=event.item_id,
            seed=int(said["seed"]),
            deferred=said["deferred"] is True,
            drawn=drawn,
            utc=event.utc,
        )
    except (KeyError, TypeError, ValueError):
        return None
