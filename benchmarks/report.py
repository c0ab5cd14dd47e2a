"""One measured line, and the table of all lines."""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Line:
    """What was measured in *unit*, beside what is promised (at most) and beside a peer's figure."""

    what: str
    unit: str
    measured: float
    promise: float | None = None
    peer: str = ""
    peer_measured: float | None = None
    promised_ratio: float | None = None

    @property
    def ratio(self) -> float | None:
        """Ours as a share of the peer's."""
        return self.measured / self.peer_measured if self.peer_measured else None

    @property
    def kept(self) -> bool | None:
        """Whether every promise of this line is kept; None where nothing is promised."""
        promised = [
            measured <= most
            for measured, most in (
                (self.measured, self.promise),
                (self.ratio, self.promised_ratio),
            )
            if measured is not None and most is not None
        ]
        return all(promised) if promised else None

    def data(self) -> dict[str, Any]:
        """The line for a JSON file."""
        return {**asdict(self), "ratio": self.ratio, "kept": self.kept}


def quantile(values: Sequence[float], share: float) -> float:
    """The value that *share* of all values do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def table(lines: Sequence[Line]) -> str:
    """All lines as a markdown table."""
    head = ("what", "promise", "measured", "peer", "ratio", "")
    rows = [head, *map(_cells, lines)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(head))]
    text = [
        "| " + " | ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)) + " |"
        for row in rows
    ]
    text.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(text)


def _cells(line: Line) -> tuple[str, ...]:
    promises = []
    if line.promise is not None:
        promises.append(_amount(line.promise, line.unit))
    if line.promised_ratio is not None:
        promises.append(f"ratio {line.promised_ratio:g}")
    peer = ""
    if line.peer_measured is not None:
        peer = f"{line.peer} {_amount(line.peer_measured, line.unit)}"
    return (
        line.what,
        ", ".join(promises),
        _amount(line.measured, line.unit),
        peer,
        f"{line.ratio:.2f}" if line.ratio is not None else "",
        {True: "kept", False: "MISSED", None: ""}[line.kept],
    )


def _amount(value: float, unit: str) -> str:
    return f"{value:.2f} {unit}" if unit == "s" else f"{value:.0f} {unit}"


def run(name: str, about: str | None, measure: Callable[[], list[Line]]) -> None:
    """One benchmark as a program: measures, prints the table, writes it as data where asked to."""
    parser = argparse.ArgumentParser(prog=f"python -m benchmarks.{name}", description=about)
    parser.add_argument("--json", metavar="FILE", type=Path)
    to = parser.parse_args().json
    lines = measure()
    print(table(lines))
    if to:
        data = [line.data() for line in lines]
        to.write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")
