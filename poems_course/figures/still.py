"""A drawing that stands alone, as an image or a file: its style, its colours and its paper inside.

On a page of the course the same drawing takes all three from the page, light or dark.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from poems_course.figures import palette

_PAPER = '<rect class="paper" width="100%" height="100%"/>'


@cache
def drawing_style() -> str:
    """The style sheet of every drawing; its colours are variables that a palette fills in."""
    return (Path(__file__).parent / "drawing.css").read_text(encoding="utf-8")


def still(svg: str) -> str:
    """The SVG drawing *svg*, whole in itself, in the light colours."""
    start, rest = svg.split(">", 1)
    colours = f"svg{{{palette.declarations(palette.LIGHT)}}}"
    return f"{start}><style>{colours}{drawing_style()}</style>{_PAPER}{rest}"
