"""A running JupyterLab and a browser that looks at it."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page

# JupyterLab says so itself when started with --expose-app-in-browser.
_KERNEL = "window.jupyterapp.shell.currentWidget?.context?.sessionContext?.session?.kernel"
LONG = 60_000  # milliseconds; a bound for a slow machine, not a wait


class Room:
    """JupyterLab at *url*, seen through one browser context; notes every request."""

    def __init__(self, url: str, context: BrowserContext) -> None:
        self.url, self.context = url, context
        self.strangers: list[str] = []
        context.on("request", lambda request: self._note(request.url))

    def _note(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname != "127.0.0.1":
            self.strangers.append(url)

    def open(self, file: str) -> Page:
        """A lesson in a fresh workspace, its kernel idle."""
        page = self.context.new_page()
        page.goto(f"{self.url}/lab/tree/notebooks/{file}?reset")
        self._settle(page)
        return page

    def reload(self, page: Page) -> None:
        """What the browser's reload button does; nothing is asked of the learner."""
        page.reload()
        self._settle(page)

    def run_all(self, page: Page) -> None:
        """Run > Run All Cells, until the kernel rests."""
        page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')")
        page.wait_for_function(f"{_KERNEL}?.status === 'idle'", timeout=LONG)

    def run_cells(self, page: Page, count: int) -> None:
        """Shift+Enter on the first cells, until the kernel rests."""
        for _ in range(count):
            page.evaluate("window.jupyterapp.commands.execute('notebook:run-cell-and-select-next')")
        page.wait_for_function(f"{_KERNEL}?.status === 'idle'", timeout=LONG)

    def save(self, page: Page) -> None:
        """File > Save Notebook."""
        page.evaluate("window.jupyterapp.commands.execute('docmanager:save')")

    def stop_kernels(self, page: Page) -> None:
        """Kernel > Shut Down All Kernels."""
        page.evaluate("window.jupyterapp.serviceManager.sessions.shutdownAll()")

    def _settle(self, page: Page) -> None:
        page.wait_for_selector(".jp-Notebook", timeout=LONG)
        page.wait_for_function(f"{_KERNEL}?.status === 'idle'", timeout=LONG)
