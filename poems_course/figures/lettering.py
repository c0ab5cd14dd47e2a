"""Words placed in a drawing that is composed by hand, without a Plot."""

from __future__ import annotations

from html import escape


def text(x: float, y: float, words: str, kind: str = "ink", anchor: str = "start") -> str:
    """An SVG text at (x, y) in units of the drawing; *kind* is its class, *anchor* its align."""
    place = f'x="{round(x, 1):g}" y="{round(y, 1):g}" text-anchor="{anchor}"'
    return f'<text class="{kind}" {place}>{escape(words)}</text>'
