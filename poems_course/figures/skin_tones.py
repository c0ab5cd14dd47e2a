"""Skin tones of the atlas: colours of skin, nail and vessel, and what an illness does to them.

Colours are fixed: skin does not follow the page's theme. The five tones are our own choice for
drawing, not a scale from the literature, and so are the changes: no measured colours were found.
"""

from __future__ import annotations

from dataclasses import dataclass

_SHADOW, _GLOSS, _BLOOD, _BLUE_NAIL = "#1c0f0a", "#fff4e8", "#e08684", "#68699c"


@dataclass(frozen=True)
class Tone:
    """One skin tone: *skin* as ``#rrggbb``, *melanin* from 0 (little) to 1 (much)."""

    name: str
    skin: str
    melanin: float

    @property
    def dark(self) -> bool:
        """Whether redness and blueness are hard to see on this skin."""
        return self.melanin > 0.6

    @property
    def shade(self) -> str:
        return mix(self.skin, _SHADOW, 0.3)

    @property
    def light(self) -> str:
        return mix(self.skin, _GLOSS, 0.26 - 0.1 * self.melanin)

    @property
    def line(self) -> str:
        """The colour of outlines and creases."""
        return mix(self.skin, _SHADOW, 0.62 - 0.1 * self.melanin)

    @property
    def nail(self) -> str:
        """A nail in health: blood seen through the plate."""
        return mix(mix(self.skin, _BLOOD, 0.62), "#ffffff", 0.3 - 0.22 * self.melanin)

    @property
    def blue_nail(self) -> str:
        """The same nail over slow, blue blood."""
        return mix(self.nail, _BLUE_NAIL, 0.62)

    @property
    def spot(self) -> str:
        """A haemangioma: red vessels seen through little or much pigment."""
        return mix("#c4141c", "#4d0f1a", self.melanin)

    def darkened(self) -> Tone:
        """The same skin with more pigment."""
        pigment = mix("#6f4322", "#1a0e08", self.melanin)
        return self._with(mix(self.skin, pigment, 0.5 - 0.08 * self.melanin))

    def cyanosed(self) -> Tone:
        """The same skin with slow, blue blood in it: bluish where light, ashen where dark."""
        blue = mix("#6577ad", "#77757d", self.melanin)
        return self._with(mix(self.skin, blue, 0.52 - 0.22 * self.melanin))

    def _with(self, skin: str) -> Tone:
        return Tone(self.name, skin, self.melanin)


TONES = (
    Tone("very light", "#f4dccb", 0.0),
    Tone("light", "#e5bd9b", 0.2),
    Tone("medium brown", "#bd8a60", 0.5),
    Tone("dark brown", "#855338", 0.8),
    Tone("very dark brown", "#543729", 1.0),
)


def tone(name: str) -> Tone:
    """The tone of that name."""
    return next(one for one in TONES if one.name == name)


def mix(one: str, other: str, share: float) -> str:
    """A colour between two ``#rrggbb`` colours; *share* 0 gives the first, 1 the second."""
    parts = (
        round((1 - share) * int(one[i : i + 2], 16) + share * int(other[i : i + 2], 16))
        for i in (1, 3, 5)
    )
    return "#" + "".join(f"{part:02x}" for part in parts)
