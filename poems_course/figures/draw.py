"""Charts with axes, drawn as SVG text.

One renderer serves the live widget, the exported page and the static picture.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from poems_course.figures.svg import (
    WIDTH,
    at,
    box,
    dash,
    figure_svg,
    path,
    point,
    text,
    upright,
)

_CHAR = 6.3  # width of an average character at 12 units, measured on common sans-serif faces


@dataclass(frozen=True)
class Axis:
    """An axis from *low* to *high*; *names* makes it categorical, at positions 0, 1, 2 ..."""

    label: str
    low: float = 0.0
    high: float = 1.0
    ticks: tuple[float, ...] = ()
    log: bool = False
    names: tuple[str, ...] = ()

    @classmethod
    def of(cls, label: str, names: Sequence[str]) -> Axis:
        """A categorical axis with one place for each name."""
        return cls(label, -0.5, len(names) - 0.5, names=tuple(names))

    def share(self, value: float) -> float:
        """Where a value lies between *low* (0) and *high* (1); a log axis needs value > 0."""
        if self.log:
            return math.log(value / self.low) / math.log(self.high / self.low)
        return (value - self.low) / (self.high - self.low)

    def marks(self) -> list[tuple[float, str]]:
        """Tick positions with their texts."""
        if self.names:
            return [(float(i), name) for i, name in enumerate(self.names)]
        return [(tick, number(tick)) for tick in self.ticks or _round_ticks(self.low, self.high)]


def number(value: float) -> str:
    """A number as text: groups of three from 10 000 on, no needless decimals."""
    grouped = f"{value:,.10g}" if abs(value) >= 10_000 else f"{value:.10g}"
    return grouped.replace(",", "\u00a0")


def _round_ticks(low: float, high: float) -> list[float]:
    step = 10 ** math.floor(math.log10((high - low) / 4))
    step *= next(m for m in (1, 2, 5, 10) if (high - low) / (step * m) <= 6)
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return [round(i * step, 10) for i in range(first, last + 1)]


class Plot:
    """A chart under construction: add marks, then take ``svg(description)``."""

    def __init__(self, title: str, x: Axis, y: Axis, height: int = 280) -> None:
        self.title, self.x, self.y, self.height = title, x, y, height
        longest = max((len(text) for _, text in y.marks()), default=0)
        self.left = min(170.0, 30 + longest * _CHAR) if y.names else 30 + longest * _CHAR
        self.right, self.bottom = WIDTH - 12.0, height - 42.0
        self.top = 14.0
        self._marks: list[str] = []
        self._legend: list[tuple[int, str, str]] = []

    def px(self, value: float) -> float:
        """Horizontal place of an x value, in units of the drawing."""
        return self.left + self.x.share(value) * (self.right - self.left)

    def py(self, value: float) -> float:
        """Vertical place of a y value, in units of the drawing; names run from top to bottom."""
        share = self.y.share(value)
        return self.top + (share if self.y.names else 1 - share) * (self.bottom - self.top)

    def line(
        self, xs: Sequence[float], ys: Sequence[float], series: int = 0, label: str = ""
    ) -> None:
        """A line through points, told from others by colour and dash."""
        places = " ".join(f"{at(self.px(x))},{at(self.py(y))}" for x, y in zip(xs, ys, strict=True))
        self._marks.append(f'<polyline class="k s{series}"{dash(series)} points="{places}"/>')
        self._name(series, "line", label)

    def dots(
        self, xs: Sequence[float], ys: Sequence[float], series: int = 0, label: str = ""
    ) -> None:
        """Points, told from others by colour and shape."""
        self._marks += [point(self.px(x), self.py(y), series) for x, y in zip(xs, ys, strict=True)]
        self._name(series, "dot", label)

    def bars(
        self,
        places: Sequence[float],
        heights: Sequence[float],
        series: int = 0,
        label: str = "",
        width: float = 0.7,
    ) -> None:
        """Bars from zero at places on the x axis, or lying, where the y axis has names."""
        for place, height in zip(places, heights, strict=True):
            if self.y.names:
                x, y = self.px(self.x.low), self.py(place - width / 2)
                size = self.px(height) - x, self.py(place + width / 2) - y
            else:
                x, y = self.px(place - width / 2), self.py(height)
                size = self.px(place + width / 2) - x, self.py(self.y.low) - y
            self._marks.append(box(f"f s{series}", x, y, *size))
        self._name(series, "bar", label)

    def interval(self, low: float, high: float, place: float, series: int = 0) -> None:
        """A horizontal interval from *low* to *high* at height *place*, with end ticks."""
        x0, x1, y = at(self.px(low)), at(self.px(high)), self.py(place)
        ends = "".join(f"M{x} {at(y - 4)}v8" for x in (x0, x1))
        self._marks.append(path(f"k s{series}", f"M{x0} {at(y)}H{x1}{ends}"))

    def band(self, low: float, high: float, series: int = 0, label: str = "") -> None:
        """A shaded range of x values over the whole height."""
        x, width = self.px(low), self.px(high) - self.px(low)
        self._marks.append(box(f"b s{series}", x, self.top, width, self.bottom - self.top))
        self._name(series, "bar", label)

    def rule(self, label: str, x: float | None = None, y: float | None = None) -> None:
        """A labelled reference line at an x value or at a y value."""
        if x is not None:
            place = self.px(x)
            self._marks.append(path("r", f"M{at(place)} {at(self.top)}V{at(self.bottom)}"))
            fits = place + len(label) * _CHAR + 8 < self.right
            side, anchor = (4, "start") if fits else (-4, "end")
            self.text(place + side, self.top + 11, label, anchor=anchor)
        if y is not None:
            place = self.py(y)
            self._marks.append(path("r", f"M{at(self.left)} {at(place)}H{at(self.right)}"))
            self.text(self.right - 2, place - 4, label, anchor="end")

    def text(
        self, x: float, y: float, words: str, kind: str = "ink", anchor: str = "start"
    ) -> None:
        """Words at a place given in units of the drawing (see px, py)."""
        self._marks.append(text(x, y, words, kind, anchor))

    def svg(self, description: str) -> str:
        """The drawing, named by the plot's title and described by one sentence."""
        legend, depth = self._draw_legend()
        frame = self._x_axis() + self._y_axis() + path("a", self._corner())
        chart = f'<g transform="translate(0 {at(depth)})">{frame}{"".join(self._marks)}</g>'
        return figure_svg(self.title, description, self.height + depth, legend + chart)

    def _name(self, series: int, mark: str, label: str) -> None:
        if label:
            self._legend.append((series, mark, label))

    def _corner(self) -> str:
        return f"M{at(self.left)} {at(self.top)}V{at(self.bottom)}H{at(self.right)}"

    def _x_axis(self) -> str:
        parts = [text((self.left + self.right) / 2, self.height - 8, self.x.label, anchor="middle")]
        for tick, words in self.x.marks():
            x = self.px(tick)
            if not self.x.names:
                parts.append(path("g", f"M{at(x)} {at(self.top)}V{at(self.bottom)}"))
            parts.append(text(x, self.bottom + 15, words, "muted", "middle"))
        return "".join(parts)

    def _y_axis(self) -> str:
        parts = [upright(13, (self.top + self.bottom) / 2, self.y.label)] if self.y.label else []
        for tick, words in self.y.marks():
            y = self.py(tick)
            if not self.y.names:
                parts.append(path("g", f"M{at(self.left)} {at(y)}H{at(self.right)}"))
            parts.append(text(self.left - 6, y + 4, words, "muted", "end"))
        return "".join(parts)

    def _draw_legend(self) -> tuple[str, float]:
        parts, x, y = [], 12.0, 14.0
        for series, mark, label in self._legend:
            need = 34 + len(label) * _CHAR
            if x + need > WIDTH and x > 12:
                x, y = 12.0, y + 18
            parts += [_swatch(series, mark, x, y), text(x + 22, y + 4, label)]
            x += need
        return "".join(parts), (y + 4 if parts else 0.0)


def _swatch(series: int, mark: str, x: float, y: float) -> str:
    if mark == "line":
        return f'<path class="k s{series}"{dash(series)} d="M{at(x)} {at(y)}h18"/>'
    if mark == "dot":
        return point(x + 9, y, series)
    return box(f"f s{series}", x + 3, y - 6, 12, 12)
