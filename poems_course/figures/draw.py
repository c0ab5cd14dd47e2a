"""Drawing charts as SVG text.

One renderer serves the live widget, the exported page and the static picture. Colours are classes
(``s0`` to ``s3``, ``ink``, ``muted``) that the page's style sheet fills in, so that a chart
follows the theme. Text is sized for a width of 440 units, readable on a phone.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH = 440
_CHAR = 6.3  # width of an average character at 12 units, measured on common sans-serif faces
_DASHES = ("", "6 3", "2 3", "9 3 2 3")


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


def _at(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


class Plot:
    """A chart under construction: add marks, then take ``svg(description)``."""

    def __init__(self, title: str, x: Axis, y: Axis, height: int = 280) -> None:
        self.title, self.x, self.y, self.height = title, x, y, height
        longest = max((len(text) for _, text in y.marks()), default=0)
        self.left = min(170.0, 30 + longest * _CHAR) if y.names else 22 + longest * _CHAR + 8
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

    def line(self, xs: Sequence[float], ys: Sequence[float], series: int = 0, label: str = "") -> None:
        """A line through points, told from others by colour and dash."""
        path = " ".join(f"{_at(self.px(x))},{_at(self.py(y))}" for x, y in zip(xs, ys, strict=True))
        dash = f' stroke-dasharray="{_DASHES[series]}"' if _DASHES[series] else ""
        self._marks.append(f'<polyline class="k s{series}"{dash} points="{path}"/>')
        self._name(series, "line", label)

    def dots(self, xs: Sequence[float], ys: Sequence[float], series: int = 0, label: str = "") -> None:
        """Points, told from others by colour and shape."""
        for x, y in zip(xs, ys, strict=True):
            self._marks.append(_shape(self.px(x), self.py(y), series))
        self._name(series, "dot", label)

    def bars(
        self, places: Sequence[float], heights: Sequence[float], series: int = 0, label: str = "",
        width: float = 0.7,
    ) -> None:  # fmt: skip
        """Bars from zero at places on the x axis, or lying, where the y axis has names."""
        for place, height in zip(places, heights, strict=True):
            if self.y.names:
                x, y = self.px(self.x.low), self.py(place - width / 2)
                w, h = self.px(height) - x, self.py(place + width / 2) - y
            else:
                x, y = self.px(place - width / 2), self.py(height)
                w, h = self.px(place + width / 2) - x, self.py(self.y.low) - y
            self._marks.append(
                f'<rect class="f s{series}" x="{_at(x)}" y="{_at(y)}" '
                f'width="{_at(max(w, 0))}" height="{_at(max(h, 0))}"/>'
            )
        self._name(series, "bar", label)

    def interval(self, low: float, high: float, at: float, series: int = 0) -> None:
        """A horizontal interval from *low* to *high* at height *at*, with end ticks."""
        x0, x1, y = self.px(low), self.px(high), self.py(at)
        self._marks.append(
            f'<path class="k s{series}" d="M{_at(x0)} {_at(y)}H{_at(x1)}'
            f'M{_at(x0)} {_at(y - 4)}v8M{_at(x1)} {_at(y - 4)}v8"/>'
        )

    def band(self, low: float, high: float, series: int = 0, label: str = "") -> None:
        """A shaded range of x values over the whole height."""
        x0, x1 = self.px(low), self.px(high)
        self._marks.append(
            f'<rect class="b s{series}" x="{_at(x0)}" y="{_at(self.top)}" '
            f'width="{_at(x1 - x0)}" height="{_at(self.bottom - self.top)}"/>'
        )
        self._name(series, "bar", label)

    def rule(self, label: str, x: float | None = None, y: float | None = None) -> None:
        """A labelled reference line at an x value or at a y value."""
        if x is not None:
            at = self.px(x)
            self._marks.append(f'<path class="r" d="M{_at(at)} {_at(self.top)}V{_at(self.bottom)}"/>')
            right = at + len(label) * _CHAR + 8 < self.right
            self.text(at + (4 if right else -4), self.top + 11, label, "start" if right else "end")
        if y is not None:
            at = self.py(y)
            self._marks.append(f'<path class="r" d="M{_at(self.left)} {_at(at)}H{_at(self.right)}"/>')
            self.text(self.right - 2, at - 4, label, "end")

    def text(self, at_x: float, at_y: float, words: str, anchor: str = "start", kind: str = "") -> None:
        """Words at a place given in units of the drawing (see px, py)."""
        self._marks.append(
            f'<text class="{kind or "ink"}" x="{_at(at_x)}" y="{_at(at_y)}" '
            f'text-anchor="{anchor}">{escape(words)}</text>'
        )

    def svg(self, description: str) -> str:
        """The drawing, named by the plot's title and described by one sentence."""
        legend, legend_height = self._draw_legend()
        return figure_svg(
            self.title,
            description,
            self.height + legend_height,
            f'{legend}<g transform="translate(0 {legend_height})">'
            f"{self._frame()}{''.join(self._marks)}</g>",
        )

    def _name(self, series: int, mark: str, label: str) -> None:
        if label:
            self._legend.append((series, mark, label))

    def _frame(self) -> str:
        parts = []
        for tick, text in self.x.marks():
            at = _at(self.px(tick))
            if not self.x.names:
                parts.append(f'<path class="g" d="M{at} {_at(self.top)}V{_at(self.bottom)}"/>')
            parts.append(f'<text class="muted" x="{at}" y="{_at(self.bottom + 15)}" text-anchor="middle">{escape(text)}</text>')  # fmt: skip
        for tick, text in self.y.marks():
            at = self.py(tick)
            if not self.y.names:
                parts.append(f'<path class="g" d="M{_at(self.left)} {_at(at)}H{_at(self.right)}"/>')
            parts.append(f'<text class="muted" x="{_at(self.left - 6)}" y="{_at(at + 4)}" text-anchor="end">{escape(text)}</text>')  # fmt: skip
        middle, height = (self.left + self.right) / 2, (self.top + self.bottom) / 2
        parts.append(f'<path class="a" d="M{_at(self.left)} {_at(self.top)}V{_at(self.bottom)}H{_at(self.right)}"/>')  # fmt: skip
        parts.append(f'<text class="ink" x="{_at(middle)}" y="{self.height - 8}" text-anchor="middle">{escape(self.x.label)}</text>')  # fmt: skip
        if self.y.label:
            parts.append(f'<text class="ink" transform="translate(13 {_at(height)}) rotate(-90)" text-anchor="middle">{escape(self.y.label)}</text>')  # fmt: skip
        return "".join(parts)

    def _draw_legend(self) -> tuple[str, float]:
        parts, x, y = [], 12.0, 14.0
        for series, mark, label in self._legend:
            need = 34 + len(label) * _CHAR
            if x + need > WIDTH and x > 12:
                x, y = 12.0, y + 18
            parts.append(_swatch(series, mark, x, y))
            parts.append(f'<text class="ink" x="{_at(x + 22)}" y="{_at(y + 4)}">{escape(label)}</text>')
            x += need
        return "".join(parts), (y + 4 if parts else 0.0)


def figure_svg(title: str, description: str, height: float, content: str) -> str:
    """A whole drawing of the course's width around *content*, with its title and description."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {WIDTH} {_at(height)}">'
        f"<title>{escape(title)}</title><desc>{escape(description)}</desc>{content}</svg>"
    )


def _shape(x: float, y: float, series: int) -> str:
    if series == 0:
        return f'<circle class="f s0" cx="{_at(x)}" cy="{_at(y)}" r="4.5"/>'
    paths = ("", "m-4-4h8v8h-8z", "m0-5.5 5 9h-10z", "m0-5.5 5.5 5.5-5.5 5.5-5.5-5.5z")
    return f'<path class="f s{series}" d="M{_at(x)} {_at(y)}{paths[series]}"/>'


def _swatch(series: int, mark: str, x: float, y: float) -> str:
    if mark == "line":
        dash = f' stroke-dasharray="{_DASHES[series]}"' if _DASHES[series] else ""
        return f'<path class="k s{series}"{dash} d="M{_at(x)} {_at(y)}h18"/>'
    if mark == "dot":
        return _shape(x + 9, y, series)
    return f'<rect class="f s{series}" x="{_at(x + 3)}" y="{_at(y - 6)}" width="12" height="12"/>'
