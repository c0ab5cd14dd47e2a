"""Running the lessons and storing what a reader may see before running them.

A stored lesson holds static pictures and the printed text of its check cells: no widget state, no
script, no view of a widget whose kernel is gone.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

from poems_course.content import PoemsError
from poems_course.document import write_whole
from poems_course.lessons.onward import CELL, GLOSSARY, glossary_page, onward

CELL_SECONDS = 60

LIVE_ONLY = ("application/vnd.jupyter.widget-view+json", "application/vnd.plotly.v1+json")


def lesson_paths(folder: Path, lesson: str | None = None) -> list[Path]:
    """The notebooks of *folder* in the order taught, or the one named by number or file name.

    Lessons begin with their number; notebooks beside them, like the one for practice, come last.
    Raises PoemsError where the folder holds no notebook or *lesson* names none.
    """
    paths = sorted(folder.glob("*.ipynb"))
    if not paths:
        raise PoemsError(f"{folder}: there is no notebook in this folder")
    found = [path for path in paths if lesson in (None, path.stem, path.stem.split("_")[0])]
    if not found:
        raise PoemsError(f"there is no lesson {lesson!r}; there are {_names(paths)}")
    return found


def _names(paths: list[Path]) -> str:
    return ", ".join(path.stem for path in paths)


def run(path: Path, **settings: str) -> Any:
    """The notebook after running every cell in a fresh kernel, with an empty progress log.

    *settings* are added to the kernel's environment. Raises PoemsError that names the cell
    where one fails.
    """
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError

    notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "POEMS_PROGRESS": f"{folder}/progress", **settings}
        client = NotebookClient(
            notebook,
            config=_connection(folder),
            timeout=CELL_SECONDS,
            coalesce_streams=True,  # a kernel may send one line of print in two pieces
            extra_arguments=["--log-level=ERROR"],
            resources={"metadata": {"path": str(path.parent)}},
        )
        try:
            client.execute(env=environment)
        except (CellExecutionError, CellTimeoutError) as error:
            last = str(error).strip().splitlines()[-1]
            raise PoemsError(f"{path.name}: {_failing_cell(notebook)}: {last}") from None
    return notebook


def _connection(folder: str) -> Any:
    """How a kernel is spoken to: by sockets in *folder*, where the system has such. Of TCP ports,
    two kernels that start in the same moment may be given the same.
    """
    from traitlets.config import Config

    if os.name != "posix":
        return Config()
    return Config(KernelManager={"transport": "ipc", "connection_file": f"{folder}/kernel.json"})


def _failing_cell(notebook: Any) -> str:
    for number, cell in enumerate(notebook.cells):
        if any(out.output_type == "error" for out in cell.get("outputs", [])):
            return f"cell {number} ({cell.id})"
    return "a cell that ran too long"


def refresh(folder: Path, lesson: str | None = None) -> list[Path]:
    """Runs the lessons of *folder*, or one, and writes them back with what may be stored, each
    with links to its neighbours at its end, and the glossary beside them.

    Gives their paths. A lesson is either as before or whole. Raises PoemsError.
    """
    import nbformat

    paths = lesson_paths(folder, lesson)
    lessons = [path for path in lesson_paths(folder) if path.name[:2].isdigit()]
    for path in paths:
        notebook = tidy(run(path))
        if path in lessons:
            _show_the_way(notebook, onward(path, lessons))
        text = nbformat.writes(notebook)  # type: ignore[no-untyped-call]
        write_whole(path, f"{text}\n")
    write_whole(folder / GLOSSARY, glossary_page())
    return paths


def _show_the_way(notebook: Any, text: str) -> None:
    from nbformat import v4

    if notebook.cells[-1].id != CELL:
        notebook.cells.append(v4.new_markdown_cell(id=CELL))  # type: ignore[no-untyped-call]
    notebook.cells[-1].source = text


def tidy(notebook: Any) -> Any:
    """The notebook as it may be committed: see the module's first lines."""
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    count = 0
    for cell in notebook.cells:
        cell.metadata = {key: cell.metadata[key] for key in ("tags",) if key in cell.metadata}
        if cell.cell_type != "code":
            continue
        count += 1
        cell.execution_count = count
        for output in cell.outputs:
            _tidy_output(output, count)
    return notebook


def _tidy_output(output: Any, count: int) -> None:
    if "execution_count" in output:
        output.execution_count = count
    if "data" not in output:
        return
    output.metadata = {}
    for kind in LIVE_ONLY:
        output.data.pop(kind, None)
