"""Small drawings of a sclerotic, a mixed and a lytic lesion as each machine shows them. Our own."""

from __future__ import annotations

from poems_course.figures.bone_lesions import KINDS, MODALITIES
from poems_course.figures.svg import at, text

HEIGHT = 118.0  # of the three pictures with their captions
_WIDE, _TALL, _GAP = 132.0, 84.0, 10.0
# What an imaging series printed of each kind (Shi 2015), in few words.
_WORDS = {
    "X-ray survey": ("dense patch, if large", "dense and dark, if large", "hole, if large"),
    "CT, chest to pelvis": ("dense plaque", "soap bubble", "punched-out hole"),
    "CT, whole skeleton": ("dense plaque", "soap bubble", "punched-out hole"),
    "FDG-PET without its CT": ("mostly no uptake", "slight uptake", "high uptake"),
    "PET/CT, both read": ("plaque, mostly cold", "bubble, slightly hot", "hole, hot"),
}
_BLOB = "M-13 2q-3-12 8-14q9-6 15 1q9 3 6 12q1 10-9 10q-8 6-14 0q-7-2-6-9z"
_BUBBLES = ((-6, -5, 5.5), (5, -6, 4.5), (7, 4, 5), (-3, 6, 5), (-9, 3, 2.5))
_GLOW = {"sclerotic": (), "mixed": ((13, 0.25), (7, 0.3)), "lytic": ((22, 0.3), (14, 0.5), (8, 1))}


def pictures(modality: str) -> str:
    """The three kinds side by side, each named, as *modality* shows a lesion of some size."""
    parts = []
    for i, kind in enumerate(KINDS):
        left = 12 + i * (_WIDE + _GAP)
        parts.append(text(left + _WIDE / 2, 12, kind, "strong", "middle"))
        parts.append(f'<g transform="translate({at(left)} 18)">{_picture(kind, modality)}</g>')
        words = _WORDS[modality][i]
        parts.append(text(left + _WIDE / 2, 18 + _TALL + 13, words, "small", "middle"))
    return "".join(parts)


def _picture(kind: str, modality: str) -> str:
    film = f'<rect fill="#0d1217" width="{at(_WIDE)}" height="{at(_TALL)}" rx="3"/>'
    if modality == MODALITIES[0]:
        return film + _bone("#6c737a", "#8e959b", 0.75) + _lesion(kind, 0.45) + _shadows()
    if modality == MODALITIES[3]:
        return film + _bone("#1d252d", "#2a343d", 1) + _glow(kind)
    picture = film + _bone("#6c737a", "#d9dde0", 1) + _lesion(kind, 1)
    return picture + _glow(kind) if modality == MODALITIES[4] else picture


def _bone(marrow: str, edge: str, opacity: float) -> str:
    """A slice of a hip bone: a slab of marrow with its dense edge."""
    shape = "M16 62Q8 34 34 20Q64 6 98 18Q124 28 116 50Q108 70 76 66Q40 80 16 62z"
    return (
        f'<path fill="{marrow}" stroke="{edge}" stroke-width="3" opacity="{opacity}" d="{shape}"/>'
    )


def _lesion(kind: str, opacity: float) -> str:
    inside = {
        "sclerotic": f'<path fill="#f7f9fa" d="{_BLOB}"/>',
        "mixed": f'<path fill="#f0f3f5" d="{_BLOB}"/>' + _holes(),
        "lytic": '<circle r="13" fill="#171d23"/>',
    }[kind]
    return f'<g transform="translate(66 42)" opacity="{opacity}">{inside}</g>'


def _holes() -> str:
    return "".join(f'<circle cx="{x}" cy="{y}" r="{r}" fill="#2b333a"/>' for x, y, r in _BUBBLES)


def _shadows() -> str:
    """What lies before and behind the bone, and falls on the same film."""
    return (
        '<ellipse cx="48" cy="46" rx="30" ry="13" fill="#0d1217" opacity=".35"/>'
        '<ellipse cx="92" cy="34" rx="24" ry="15" fill="#aab1b7" opacity=".3"/>'
    )


def _glow(kind: str) -> str:
    return "".join(
        f'<circle cx="66" cy="42" r="{radius}" fill="#ff9d2e" opacity="{opacity}"/>'
        for radius, opacity in _GLOW[kind]
    )
