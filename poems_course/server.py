"""The course's view of its files, for JupyterLab.

A saved notebook whose kernel is gone holds two forms of each widget: one that only a kernel can
draw, and a page with a correct static picture. JupyterLab prefers the first and then shows
"Error displaying widget: model not found". So the first is left out until a kernel runs.
"""

from __future__ import annotations

from typing import Any

from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager

WIDGET, PAGE = "application/vnd.jupyter.widget-view+json", "text/html"


def without_dead_widgets(notebook: dict[str, Any]) -> dict[str, Any]:
    """The notebook, changed in place: outputs that have a page lose their widget."""
    for cell in notebook.get("cells", []):
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if PAGE in data:
                data.pop(WIDGET, None)
    return notebook


class LessonContents(AsyncLargeFileManager):
    """Files as they are on disk, but notebooks without a kernel show their static pictures."""

    async def get(self, path: str, content: bool = True, *others: Any, **named: Any) -> Any:
        """The model of a file or folder; see the base class. The file itself is not touched."""
        model = await super().get(path, content, *others, **named)  # type: ignore[no-untyped-call]
        if content and model["type"] == "notebook" and not await self._has_kernel(path):
            without_dead_widgets(model["content"])
        return model

    async def _has_kernel(self, path: str) -> bool:
        sessions = getattr(self.parent, "session_manager", None)
        running = await sessions.list_sessions() if sessions else []
        return any(session["path"].strip("/") == path.strip("/") for session in running)
