"""Running the lessons and storing what a reader may see before running them.

A stored lesson holds static pictures and the printed text of its check cells: no widget state, no
script, no view of a widget whose kernel is gone.
"""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path
from typing import Any

from poems_course.content import PoemsError

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = ROOT / "notebooks"
CELL_SECONDS = 60

_SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL)
LIVE_ONLY = ("application/vnd.jupyter.widget-view+json", "application/vnd.plotly.v1+json")


def lesson_paths(names: tuple[str, ...] = (), folder: Path = NOTEBOOKS) -> list[Path]:
    """The notebooks of *folder*, all or those whose file name starts with one of *names*.

    Raises PoemsError where the folder holds no notebook or a name fits none.
    """
    paths = sorted(folder.glob("*.ipynb"))
    if not paths:
        raise PoemsError(f"{folder}: there is no notebook in this folder")
    for name in names:
        if not any(path.name.startswith(name) for path in paths):
            known = ", ".join(path.stem for path in paths)
            raise PoemsError(f"there is no lesson '{name}'; there are {known}")
    return [path for path in paths if not names or path.name.startswith(names)]


def run(path: Path) -> Any:
    """The notebook after running every cell in a fresh kernel, with an empty progress log.

    Raises PoemsError that names the cell where one fails.
    """
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError

    notebook = nbformat.read(path, as_version=4)
    with tempfile.TemporaryDirectory() as progress:
        environment = {**os.environ, "POEMS_PROGRESS": progress}
        client = NotebookClient(
            notebook,
            timeout=CELL_SECONDS,
            extra_arguments=["--log-level=ERROR"],
            resources={"metadata": {"path": str(path.parent)}},
        )
        try:
            client.execute(env=environment)
        except (CellExecutionError, CellTimeoutError) as error:
            last = str(error).strip().splitlines()[-1]
            raise PoemsError(f"{path.name}: {_failing_cell(notebook)}: {last}") from None
    return notebook


def _failing_cell(notebook: Any) -> str:
    for number, cell in enumerate(notebook.cells):
        if any(out.output_type == "error" for out in cell.get("outputs", [])):
            return f"cell {number} ({cell.id})"
    return "a cell that ran too long"


def store_outputs(paths: list[Path]) -> list[str]:
    """Runs lessons and writes them back with what may be stored; one line for each.

    Writes aside, then renames: a lesson is either as before or whole.
    """
    import nbformat

    lines = []
    for path in paths:
        notebook = tidy(run(path))
        aside = path.with_suffix(".part")
        aside.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")
        aside.replace(path)
        lines.append(f"{path.name}: {len(notebook.cells)} cells, outputs stored")
    return lines


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
    if "text/html" in output.data:
        output.data["text/html"] = _SCRIPT.sub("", output.data["text/html"])
