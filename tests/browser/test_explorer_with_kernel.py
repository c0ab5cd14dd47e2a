"""Explorers whose states Python must be asked for, and what a learner sees when Python fails."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, expect

from tests.browser.room import Room
from tests.conftest import Lab

MODULE = """
from poems_course.figures.chart import Chart, Table
from poems_course.figures.exploration import Exploration, Slider
from poems_course.widgets.desk import learner_log
from poems_course.widgets.explorer import MOST_STATES, Explorer

def model(dose):
    if dose == 3:
        raise ZeroDivisionError("no such dose")
    table = Table("t", ("dose",), ((dose,),))
    return Chart(f"<svg><desc>{dose}</desc></svg>", f"The dose is {dose}.", table)

doses = tuple(range(MOST_STATES + 1))
controls = (Slider("dose", "Dose", doses),)
wide = Exploration("wide", "Too wide to draw beforehand", "Predict.", controls, model)
"""


@pytest.fixture
def page(room: Room, lab: Lab) -> Page:
    folder = lab.root / "notebooks"
    (folder / "wide.py").write_text(MODULE, encoding="utf-8")
    cells = ["from wide import *", "Explorer(wide, learner_log)"]
    (folder / "wide.ipynb").write_text(notebook(cells), encoding="utf-8")
    page = room.open("wide.ipynb")
    room.run_cells(page, 2)
    return page


def notebook(cells: list[str]) -> str:
    code = [
        {"cell_type": "code", "id": f"c{i}", "metadata": {}, "execution_count": None,
         "outputs": [], "source": source}
        for i, source in enumerate(cells)
    ]  # fmt: skip
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return json.dumps(
        {"cells": code, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    )


def test_python_is_asked_and_its_faults_and_silence_are_told(room: Room, page: Page) -> None:
    slider = page.locator('.poems input[type="range"]')
    reading, trouble = page.locator(".poems .reading"), page.locator(".poems .trouble")
    expect(reading).to_have_text("The dose is 0.")
    slider.press("ArrowRight")
    expect(reading).to_have_text("The dose is 1.")
    slider.press("End")
    expect(reading).to_have_text("The dose is 1500.")

    slider.press("Home")
    for _ in range(3):
        slider.press("ArrowRight")
    expect(trouble).to_contain_text("ZeroDivisionError: no such dose")
    slider.press("ArrowRight")
    expect(reading).to_have_text("The dose is 4.")
    expect(trouble).to_be_empty()

    room.stop_kernels(page)
    slider.press("ArrowRight")
    expect(trouble).to_contain_text("Still waiting for Python")
