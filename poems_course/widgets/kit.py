"""What every widget of the course shares: one module for three places, and handlers that speak.

A widget's module is the text of its JavaScript files, joined. It runs live against the kernel, and
in an exported page against data that the page carries. Where no script runs (before the kernel
starts, on a code host) the static form of the same output is shown.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from poems_course.content import PoemsError
from poems_course.figures import palette
from poems_course.figures.still import drawing_style, still

EXPORTING = "POEMS_EXPORTING"  # set in the kernel that runs a lesson for an exported page
_FOLDER = Path(__file__).parent


@cache
def read(name: str) -> str:
    """The text of one of the kit's own files."""
    return (_FOLDER / name).read_text(encoding="utf-8")


@cache
def style() -> str:
    """The style sheet of the kit, with the palette."""
    drawing = drawing_style().replace("svg ", ".poems svg ")
    return f"{palette.variables()}\n{read('kit.css')}\n{drawing}"


def live_module(files: tuple[str, ...], mount: str) -> str:
    """The module that anywidget loads."""
    parts = [read(name).replace("export function", "function") for name in files]
    return "\n".join(
        [*parts, f"export default {{ render: (context) => mountLive({mount}, context) }};"]
    )


def page_script(files: tuple[str, ...], mount: str, answer: str, data: dict[str, Any]) -> str:
    """The script element that brings one widget of an exported page to life."""
    parts = [read(name).replace("export function", "function") for name in (*files, "page.js")]
    call = f"mountPage({mount}, {_literal(data)}, {answer}, {_literal(style())});"
    return '<script type="module">' + "\n".join([*parts, call]) + "</script>"


def _literal(data: Any) -> str:
    # "</" would end the script element from inside a string.
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")


def picture(svg: str, description: str) -> str:
    """A drawing as an image element that survives where inline SVG is stripped."""
    data = base64.b64encode(still(svg).encode()).decode()
    words = json.dumps(description, ensure_ascii=False)[1:-1].replace('\\"', "&quot;")
    return f'<img alt="{words}" src="data:image/svg+xml;base64,{data}">'


class KitWidget(anywidget.AnyWidget):
    """A widget of the course: shows ``view``, answers the messages of its page side.

    Subclasses name their files and handlers. A handler gets the message and returns a reply (bytes
    under ``packed`` travel as they are); what it raises is told in the widget, in words.
    """

    files: tuple[str, ...] = ()
    mount = ""
    answer = ""
    view = traitlets.Dict().tag(sync=True)

    def __init__(self, view: dict[str, Any]) -> None:
        super().__init__(view=view)
        self.on_msg(self._receive)

    def handlers(self) -> dict[str, Callable[[dict[str, Any]], dict[str, Any]]]:
        """Handlers by the word in a message's ``do``."""
        raise NotImplementedError

    def static(self) -> str:
        """The widget as plain HTML: no script, no style, nothing that a sanitiser would strip."""
        raise NotImplementedError

    def page_data(self) -> dict[str, Any]:
        """What an exported page must carry to do without Python."""
        return {"view": self.view}

    def _receive(self, _widget: Any, message: dict[str, Any], _buffers: Any) -> None:
        reply = self.handle(message)
        packed = reply.pop("packed", None)
        buffers = [] if packed is None else [packed]
        self.send({"number": message.get("number"), **reply}, buffers)

    def handle(self, message: dict[str, Any]) -> dict[str, Any]:
        """The reply to one message; ``error`` in it is one line for the learner."""
        try:
            return self.handlers()[message["do"]](message)
        except PoemsError as error:
            return {"error": str(error)}
        except Exception as error:  # JupyterLab hides what a handler raises
            return {"error": f"A fault in the course ({type(error).__name__}: {error}). Report it."}

    def html(self) -> str:
        """The static form; while a page is exported, also the script that takes its place.

        Never both in a learner's notebook: the script of a quiz holds the key.
        """
        place = f'<div data-poems="{self.view["id"]}">{self.static()}</div>'
        kind = type(self)
        if not os.environ.get(EXPORTING) or not kind.answer:  # without one, only Python answers
            return place
        return place + page_script(kind.files, kind.mount, kind.answer, self.page_data())

    def __repr__(self) -> str:
        raise NotImplementedError

    def _repr_mimebundle_(self, **options: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        bundle = super()._repr_mimebundle_(**options)
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle or {}, {})
        return {**data, "text/plain": repr(self), "text/html": self.html()}, metadata
