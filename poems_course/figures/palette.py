"""The colours of the course, for light and dark pages.

Contrast is held by a test: text at least 4.5 to 1 on its paper, marks and borders at least 3 to 1.
No meaning rests on colour alone: series also differ by dash and by the shape of their points.
"""

from __future__ import annotations

LIGHT = {
    "paper": "#ffffff",
    "panel": "#f4f6f8",
    "ink": "#1b2733",
    "muted": "#4d5b69",
    "line": "#75828f",
    "grid": "#dde3e8",
    "accent": "#0b5c8f",
    "on-accent": "#ffffff",
    "good": "#1a6b3c",
    "bad": "#a3271f",
    "s0": "#0b5c8f",
    "s1": "#b4540a",
    "s2": "#6b3fa0",
    "s3": "#1a6b3c",
}

DARK = {
    "paper": "#111820",
    "panel": "#1b2530",
    "ink": "#e8edf2",
    "muted": "#aebac6",
    "line": "#8593a1",
    "grid": "#2d3945",
    "accent": "#6fb8e8",
    "on-accent": "#0c1319",
    "good": "#74cf98",
    "bad": "#ff9c92",
    "s0": "#6fb8e8",
    "s1": "#f0a565",
    "s2": "#bf9df0",
    "s3": "#74cf98",
}


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two ``#rrggbb`` colours, 1 to 21, as WCAG 2.2 defines it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def declarations(palette: dict[str, str]) -> str:
    """The palette as CSS custom properties: ``--poems-ink:#1b2733;...``."""
    return "".join(f"--poems-{name}:{colour};" for name, colour in palette.items())


def variables() -> str:
    """CSS that sets the palette: light, dark where the page or JupyterLab's theme is dark."""
    light, dark = declarations(LIGHT), declarations(DARK)
    return (
        f".poems{{{light}}}"
        f"@media (prefers-color-scheme:dark){{.poems{{{dark}}}}}"
        f'[data-jp-theme-light="true"] .poems{{{light}}}'
        f'[data-jp-theme-light="false"] .poems{{{dark}}}'
    )
