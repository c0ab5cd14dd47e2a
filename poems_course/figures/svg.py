"""The few SVG elements that drawings are made of, as text.

Colours are classes (``s0`` to ``s3``, ``ink``, ``muted``) that the page's style sheet fills in, so
that a drawing follows the theme; ``k`` strokes, ``f`` fills, ``b`` is a pale area, ``g`` grid.
"""

from __future__ import annotations

from html import escape

WIDTH = 440  # units of every drawing; text of 12 units is then readable on a phone
DASHES = ("", "6 3", "2 3", "9 3 2 3")


def at(value: float) -> str:
    """A coordinate to a tenth of a unit."""
    return f"{value:.1f}".removesuffix(".0")


def path(kind: str, data: str) -> str:
    """A path of class *kind*."""
    return f'<path class="{kind}" d="{data}"/>'


def box(kind: str, x: float, y: float, width: float, height: float) -> str:
    """A rectangle of class *kind*; what would be negative is drawn as nothing."""
    return (
        f'<rect class="{kind}" x="{at(x)}" y="{at(y)}" '
        f'width="{at(max(width, 0))}" height="{at(max(height, 0))}"/>'
    )


def text(x: float, y: float, words: str, kind: str = "ink", anchor: str = "start") -> str:
    """Text on a line through (x, y), of class *kind*; *anchor* is start, middle or end."""
    place = f'x="{at(x)}" y="{at(y)}" text-anchor="{anchor}"'
    return f'<text class="{kind}" {place}>{escape(words)}</text>'


def upright(x: float, y: float, words: str) -> str:
    """Text that runs upwards, centred at (x, y)."""
    place = f"translate({at(x)} {at(y)}) rotate(-90)"
    return f'<text class="ink" transform="{place}" text-anchor="middle">{escape(words)}</text>'


def dash(series: int) -> str:
    """The attribute that tells a series' line from others without colour."""
    return f' stroke-dasharray="{DASHES[series]}"' if DASHES[series] else ""


def point(x: float, y: float, series: int) -> str:
    """A point whose shape tells its series without colour."""
    if series == 0:
        return f'<circle class="f s0" cx="{at(x)}" cy="{at(y)}" r="4.5"/>'
    shapes = ("", "m-4-4h8v8h-8z", "m0-5.5 5 9h-10z", "m0-5.5 5.5 5.5-5.5 5.5-5.5-5.5z")
    return path(f"f s{series}", f"M{at(x)} {at(y)}{shapes[series]}")


def figure_svg(title: str, description: str, height: float, content: str) -> str:
    """A whole drawing of the course's width around *content*, with its title and description."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {WIDTH} {at(height)}">'
        f"<title>{escape(title)}</title><desc>{escape(description)}</desc>{content}</svg>"
    )
