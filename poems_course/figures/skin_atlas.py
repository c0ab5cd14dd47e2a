"""The skin atlas: a sign on a skin tone, alone as in the clinic or beside an old photograph."""

from __future__ import annotations

from poems_course.figures.chart import Chart, Table
from poems_course.figures.exploration import Choice, Exploration, Toggle
from poems_course.figures.finger_profile import CARD
from poems_course.figures.skin_paint import moved
from poems_course.figures.skin_signs import CLUBBED, HEALTHY, SIGNS, Sign
from poems_course.figures.skin_tones import TONES, Tone, tone
from poems_course.figures.svg import WIDTH, at, figure_svg, text

_TOP, _TALL, _EDGE, _GAP = 8.0, 262.0, 12.0, 8.0
MICROSCOPE = "glomeruloid haemangioma, microscope"


def skin_atlas(sign: str, skin: str, beside: bool) -> Chart:
    """A *sign* on a *skin* tone; *beside* adds the same skin before the illness."""
    shown, colour = SIGNS[sign], tone(skin)
    said = _reading(shown, colour, beside)
    title = f"{sign[0].upper()}{sign[1:]}, {skin} skin"
    drawing = _two(sign, shown, colour) if beside else _one(sign, shown, colour)
    svg = figure_svg(title, said, _TOP + _TALL + 26, drawing)
    return Chart(svg, said, _table(sign, shown, colour))


def _reading(shown: Sign, skin: Tone, beside: bool) -> str:
    said = f"To be seen: {shown.see}; on {skin.name} skin {shown.look(skin)}"
    return f"{said}; {shown.beside}." if beside else f"{said}."


def _one(sign: str, shown: Sign, skin: Tone) -> str:
    wide = WIDTH - 2 * _EDGE
    drawn = _placed(sign, shown, skin, True, WIDTH / 2, 1.8 if sign == "clubbing" else 1.0)
    return _card(_EDGE, wide) + drawn + _caption(WIDTH / 2, _names(sign)[0])


def _two(sign: str, shown: Sign, skin: Tone) -> str:
    wide = (WIDTH - 2 * _EDGE - _GAP) / 2
    parts = []
    for i, (ill, name) in enumerate(zip((True, False), _names(sign), strict=True)):
        left = _EDGE + i * (wide + _GAP)
        middle = left + wide / 2
        parts.append(_card(left, wide) + _placed(sign, shown, skin, ill, middle, 1.0))
        parts.append(_caption(middle, name))
    return "".join(parts)


def _names(sign: str) -> tuple[str, str]:
    if sign == MICROSCOPE:
        return "glomeruloid", "cherry"
    return "today", "an old photograph"


def _card(left: float, wide: float) -> str:
    """A neutral background that does not follow the theme, so that skin looks the same on both."""
    return (
        f'<rect x="{at(left)}" y="{at(_TOP)}" width="{at(wide)}" height="{at(_TALL)}" rx="8" '
        f'fill="{CARD}"/>'
    )


def _placed(sign: str, shown: Sign, skin: Tone, ill: bool, middle: float, scale: float) -> str:
    """The drawing around *middle*; a box of 200 by 250, *scale* times as large."""
    left, top = middle - 100 * scale, _TOP + 8 + 120 * (1 - scale)
    drawn = moved(shown.draw(skin, ill), left, top, scale)
    if sign != "clubbing":
        return drawn
    degrees = f"{CLUBBED if ill else HEALTHY}\u00b0"
    # On the card, whose colour is the same on light and dark pages, so is the ink.
    words = text(left + 118 * scale, top + 62 * scale, degrees, "", "middle")
    return drawn + words.replace('class=""', 'style="fill:#0b3c63"')


def _caption(middle: float, name: str) -> str:
    return text(middle, _TOP + _TALL + 18, name, "strong", "middle")


def _table(sign: str, shown: Sign, skin: Tone) -> Table:
    rows = (
        ("What to see", shown.see),
        (f"On {skin.name} skin", shown.look(skin)),
        ("Where the look on dark skin is from", shown.source),
        ("How often", shown.frequency),
        ("Counts for the skin criterion", shown.counts),
        ("Cause", shown.cause),
    )
    return Table(f"{sign[0].upper()}{sign[1:]} (drawn by us, not photographed)", ("", ""), rows)


SKIN_ATLAS = Exploration(
    id="skin-atlas",
    title="Skin atlas",
    prompt=(
        "Predict first: on which skin tone will each sign be hardest to see? Look at today's "
        "picture alone and say what is wrong. Only then hold the old photograph beside it."
    ),
    controls=(
        Choice("sign", "Sign", tuple(SIGNS)),
        Choice("skin", "Skin", tuple(one.name for one in TONES), 3),
        Toggle("beside", "Hold a comparison beside it"),
    ),
    model=skin_atlas,
)
