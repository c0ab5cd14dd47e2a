"""Figures: colours that can be told apart, drawings that say what they show, explorers that fit."""

import itertools
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator

import pytest

from poems_course.content import PoemsError
from poems_course.figures import CATALOGUE, exploration
from poems_course.figures.chart import Chart, Table
from poems_course.figures.draw import Axis, Plot, number
from poems_course.figures.exploration import Choice, Exploration, Slider, Toggle
from poems_course.figures.palette import DARK, LIGHT, contrast
from poems_course.widgets.explorer import MOST_STATES, pack

MOST_BYTES = 300_000
SVG = "{http://www.w3.org/2000/svg}"
SERIES = ("s0", "s1", "s2", "s3")


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("paper", ["paper", "panel"])
class TestContrast:
    @pytest.mark.parametrize("text", ["ink", "muted", "accent"])
    def test_text_stands_out(self, palette: dict[str, str], paper: str, text: str) -> None:
        assert contrast(palette[text], palette[paper]) >= 4.5

    @pytest.mark.parametrize("mark", [*SERIES, "line", "good", "bad"])
    def test_marks_and_borders_stand_out(
        self, palette: dict[str, str], paper: str, mark: str
    ) -> None:
        assert contrast(palette[mark], palette[paper]) >= 3


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_button_text_stands_out(palette: dict[str, str]) -> None:
    assert contrast(palette["on-accent"], palette["accent"]) >= 4.5


def test_contrast_of_black_and_white_is_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_drawing_has_title_and_description_and_is_valid_xml() -> None:
    plot = Plot("VEGF & <time>", Axis("Months", 0, 12), Axis("pg/mL", 10, 10_000, log=True))
    plot.line([0, 12], [1000, 100], 1, "plasma")
    plot.rule("limit", y=200)
    root = ElementTree.fromstring(plot.svg("It falls."))
    space = "{http://www.w3.org/2000/svg}"
    assert root.find(f"{space}title").text == "VEGF & <time>"  # type: ignore[union-attr]
    assert root.find(f"{space}desc").text == "It falls."  # type: ignore[union-attr]


def test_a_log_axis_puts_decades_at_equal_steps() -> None:
    axis = Axis("x", 10, 1000, log=True)
    assert axis.share(100) == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("value", "text"), [(0.5, "0.5"), (1500, "1500"), (25_000, "25\u00a0000"), (3.0, "3")]
)
def test_numbers_read_well(value: float, text: str) -> None:
    assert number(value) == text


def _model(side: str, size: float, bold: bool) -> Chart:
    words = f"{side} {size:g} {bold}."
    return Chart("<svg></svg>", words, Table("t", ("a",), ((words,),)))


EXAMPLE = Exploration(
    "example",
    "Example",
    "Predict first.",
    (
        Choice("side", "Side", ("left", "right")),
        Slider("size", "Size", (1, 2, 5), 1),
        Toggle("bold", "Bold"),
    ),
    _model,
)


class TestExploration:
    def test_states_run_with_the_last_control_fastest(self) -> None:
        states = list(EXAMPLE.states())
        assert len(states) == EXAMPLE.size == 12
        assert states[:3] == [(0, 0, 0), (0, 0, 1), (0, 1, 0)]

    def test_settings_by_name_leave_the_rest_at_start(self) -> None:
        assert EXAMPLE.chart_at(EXAMPLE.positions(size=5)).reading == "left 5 False."

    @pytest.mark.parametrize(
        ("settings", "line"),
        [
            ({"colour": 1}, "example: no control 'colour'; there are side, size, bold"),
            ({"size": 3}, "example: size = 3 is none of 1, 2, 5"),
        ],
    )
    def test_a_wrong_setting_is_one_clear_line(self, settings: dict[str, int], line: str) -> None:
        with pytest.raises(PoemsError) as caught:
            EXAMPLE.positions(**settings)
        assert str(caught.value) == line

    def test_an_unknown_explorer_is_named(self) -> None:
        with pytest.raises(PoemsError, match="there is no explorer 'nowhere'"):
            exploration("nowhere")


Box = tuple[float, float, float, float, str]


def boxes(node: ElementTree.Element, down: float = 0.0) -> Iterator[Box]:
    """Where each level text stands (left, top, right, bottom), in common sans-serif faces."""
    if moved := re.fullmatch(r"translate\(0 ([0-9.]+)\)", node.get("transform", "")):
        down += float(moved[1])
    if node.tag == f"{SVG}text" and "transform" not in node.attrib:
        words, kind = node.text or "", node.get("class", "")
        width = len(words) * {"small": 5.4, "strong": 6.9}.get(kind, 6.3)
        x, y = float(node.get("x", 0)), float(node.get("y", 0)) + down
        shift = {"middle": width / 2, "end": width}.get(node.get("text-anchor", ""), 0.0)
        yield x - shift, y - 9, x - shift + width, y + 2, words
    for child in node:
        yield from boxes(child, down)


def misplaced(svg: str) -> list[str]:
    """The words of a drawing that leave it, and the pairs that cover each other."""
    root = ElementTree.fromstring(svg)
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    found = [box for box in boxes(root) if box[4].strip()]
    outside = [b[4] for b in found if b[0] < -1 or b[1] < -1 or b[2] > width + 1 or b[3] > height]
    covered = [
        f"{a[4]} / {b[4]}"
        for a, b in itertools.combinations(found, 2)
        if min(a[2], b[2]) - max(a[0], b[0]) > 2 and min(a[3], b[3]) - max(a[1], b[1]) > 2
    ]
    return outside + covered


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        ('<text x="10" y="20">one</text><text x="10" y="60">two</text>', []),
        ('<text x="10" y="20">one</text><text x="14" y="24">two</text>', ["one / two"]),
        ('<text x="430" y="20">far out</text>', ["far out"]),
    ],
)
def test_words_that_leave_or_cover_are_told(texts: str, told: list[str]) -> None:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 440 100">{texts}</svg>'
    assert misplaced(svg) == told


@pytest.mark.parametrize("id", sorted(CATALOGUE))
class TestEveryExplorer:
    def test_it_is_filed_under_its_own_name(self, id: str) -> None:
        assert exploration(id).id == id

    def test_it_can_be_drawn_beforehand_within_its_budget(self, id: str) -> None:
        assert exploration(id).size <= MOST_STATES
        assert len(pack(exploration(id))) <= MOST_BYTES

    def test_every_state_is_drawn_read_and_tabled(self, id: str) -> None:
        shown = exploration(id)
        for at in shown.states():
            chart = shown.chart_at(at)
            ElementTree.fromstring(chart.svg)
            assert re.fullmatch(r"[^\n]{20,}[.?!]", chart.reading), (at, chart.reading)
            assert chart.table.rows, at
            assert {len(row) for row in chart.table.rows} == {len(chart.table.columns)}, at

    def test_every_drawing_is_described_by_its_reading(self, id: str) -> None:
        shown = exploration(id)
        for at in shown.states():
            chart = shown.chart_at(at)
            root = ElementTree.fromstring(chart.svg)
            assert root.findtext(f"{SVG}title")
            assert root.findtext(f"{SVG}desc") == chart.reading, at

    def test_no_words_leave_the_drawing_or_cover_each_other(self, id: str) -> None:
        shown = exploration(id)
        for at in shown.states():
            assert misplaced(shown.chart_at(at).svg) == [], at

    def test_every_control_changes_what_is_shown(self, id: str) -> None:
        shown = exploration(id)
        for i, control in enumerate(shown.controls):
            starts = itertools.islice((at for at in shown.states() if at[i] == 0), 200)
            assert any(
                shown.chart_at(at) != shown.chart_at((*at[:i], step, *at[i + 1 :]))
                for at in starts
                for step in range(1, len(control.values))
            ), control.name
