"""Filled, shaded shapes for pictures of skin: smooth outlines, gradients, soft strokes."""

from __future__ import annotations

from collections.abc import Sequence

from poems_course.figures.svg import at

Point = tuple[float, float]


def curve(points: Sequence[Point], closed: bool = False) -> str:
    """Path data of a smooth line through *points* (Catmull-Rom as cubic Bezier pieces)."""
    whole = list(points)
    ring = [whole[-1], *whole, whole[0], whole[1]] if closed else [whole[0], *whole, whole[-1]]
    parts = [f"M{_pair(whole[0])}"]
    for p0, p1, p2, p3 in zip(ring, ring[1:], ring[2:], ring[3:], strict=False):
        first = (p1[0] + (p2[0] - p0[0]) / 6, p1[1] + (p2[1] - p0[1]) / 6)
        second = (p2[0] - (p3[0] - p1[0]) / 6, p2[1] - (p3[1] - p1[1]) / 6)
        parts.append(f"C{_pair(first)} {_pair(second)} {_pair(p2)}")
    return "".join(parts) + ("Z" if closed else "")


def _pair(point: Point) -> str:
    return f"{at(point[0])} {at(point[1])}"


def fill(data: str, colour: str, opacity: float = 1.0, line: str = "", width: float = 1.2) -> str:
    """A filled path, outlined where *line* names a colour."""
    faint = "" if opacity == 1 else f' opacity="{opacity:g}"'
    edge = f' stroke="{line}" stroke-width="{width:g}" stroke-linejoin="round"' if line else ""
    return f'<path d="{data}" fill="{colour}"{edge}{faint}/>'


def stroke(data: str, colour: str, width: float = 1.0, opacity: float = 1.0) -> str:
    """A round-ended line without a fill."""
    faint = "" if opacity == 1 else f' opacity="{opacity:g}"'
    return (
        f'<path d="{data}" fill="none" stroke="{colour}" stroke-width="{width:g}" '
        f'stroke-linecap="round"{faint}/>'
    )


def oval(x: float, y: float, rx: float, ry: float, colour: str, opacity: float = 1.0) -> str:
    """A filled ellipse."""
    faint = "" if opacity == 1 else f' opacity="{opacity:g}"'
    place = f'cx="{at(x)}" cy="{at(y)}" rx="{at(rx)}" ry="{at(ry)}"'
    return f'<ellipse {place} fill="{colour}"{faint}/>'


def across(*stops: tuple[float, str], upright: bool = False) -> tuple[str, str]:
    """A gradient from left to right (or top to bottom): its definition, and the fill to use.

    Its name is made of its colours, so that equal names on a page mean equal gradients.
    """
    name = "g" + "".join(colour[1:] + f"{100 * place:.0f}" for place, colour in stops)
    name += "v" if upright else ""
    ends = 'x1="0" y1="0" x2="0" y2="1"' if upright else 'x1="0" y1="0" x2="1" y2="0"'
    inner = "".join(f'<stop offset="{place:g}" stop-color="{c}"/>' for place, c in stops)
    return f'<linearGradient id="{name}" {ends}>{inner}</linearGradient>', f"url(#{name})"


def moved(content: str, x: float, y: float, scale: float = 1.0) -> str:
    """The *content* shifted and scaled."""
    return f'<g transform="translate({at(x)} {at(y)}) scale({scale:g})">{content}</g>'
