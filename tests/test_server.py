"""A notebook without a kernel shows its static pictures; the file keeps what it holds."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from traitlets.config import Configurable

from poems_course.server import PAGE, WIDGET, LessonContents

WITH_PAGE = {WIDGET: {"model_id": "7"}, PAGE: "<p>a picture</p>", "text/plain": "Explorer"}
BARE = {WIDGET: {"model_id": "8"}, "text/plain": "Widget"}


class Server(Configurable):  # type: ignore[misc]
    """Stands for the server app: it only knows who has a kernel."""

    session_manager: Any = None


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    outputs = [
        {"output_type": "display_data", "metadata": {}, "data": data} for data in (WITH_PAGE, BARE)
    ]
    cell = {"cell_type": "code", "id": "a", "metadata": {}, "execution_count": 1, "source": []}
    text = {"cells": [{**cell, "outputs": outputs}], "metadata": {}, "nbformat": 4}
    file = tmp_path / "notebooks" / "lesson.ipynb"
    file.parent.mkdir()
    file.write_text(json.dumps({**text, "nbformat_minor": 5}), encoding="utf-8")
    (file.parent / "notes.md").write_text("notes", encoding="utf-8")
    return tmp_path


def get(folder: Path, path: str, running: list[str], **options: Any) -> Any:
    async def list_sessions() -> list[dict[str, str]]:
        return [{"path": path} for path in running]

    server = Server()
    server.session_manager = SimpleNamespace(list_sessions=list_sessions)
    contents = LessonContents(parent=server, root_dir=str(folder))
    return asyncio.run(contents.get(path, **options))


def kinds(model: Any) -> list[set[str]]:
    return [set(output["data"]) for output in model["content"]["cells"][0]["outputs"]]


def test_without_a_kernel_the_page_is_shown_and_the_file_untouched(folder: Path) -> None:
    file = folder / "notebooks" / "lesson.ipynb"
    before = file.read_bytes()
    model = get(folder, "notebooks/lesson.ipynb", running=["notebooks/other.ipynb"])
    assert kinds(model) == [{PAGE, "text/plain"}, {WIDGET, "text/plain"}]
    assert file.read_bytes() == before


def test_with_a_kernel_the_widget_stays(folder: Path) -> None:
    model = get(folder, "/notebooks/lesson.ipynb", running=["notebooks/lesson.ipynb"])
    assert kinds(model) == [set(WITH_PAGE), set(BARE)]


def test_other_answers_are_as_ever(folder: Path) -> None:
    assert get(folder, "notebooks/notes.md", running=[])["content"] == "notes"
    assert get(folder, "notebooks", running=[])["type"] == "directory"
    assert get(folder, "notebooks/lesson.ipynb", running=[], content=False)["content"] is None
