"""The grid's harness and its words for tests: typing, pasting, looking, over a plain sheet in memory."""

import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

HARNESS = Path(__file__).with_name("grid_app.py")
ROOT = HARNESS.parents[2]


@dataclass(frozen=True, kw_only=True)
class Harness:
    """The harness served by Streamlit on a free port of 127.0.0.1."""

    url: str
    process: subprocess.Popen[bytes]

    @contextmanager
    def asleep(self) -> Iterator[None]:
        """The server answers nothing for as long as the block lasts; what is sent waits."""
        self.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)


@contextmanager
def served(log: Path) -> Iterator[Harness]:
    """The harness, for as long as the block lasts; what its server says goes into `log`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with log.open("wb") as out:
        server = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", str(HARNESS), f"--server.port={port}"],
            cwd=ROOT,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=5):
                    break
            except OSError:
                assert server.poll() is None and time.monotonic() < deadline, log.read_text()
                time.sleep(0.1)
        yield Harness(url=f"http://127.0.0.1:{port}", process=server)
    finally:
        server.terminate()
        server.wait(15)


class Grid:
    """The grid on a page, in the words of the person before it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.table = page.locator("[role=grid]")

    def cell(self, row: int, column: str) -> Locator:
        return self.page.locator(f'[role="gridcell"][data-row="{row}"][data-column="{column}"]')

    def text(self, row: int, column: str) -> str | None:
        return self.cell(row, column).text_content()

    def head(self, row: int) -> Locator:
        return self.page.locator(f'[role="rowheader"][data-row-head="{row}"]')

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def settled(self) -> None:
        expect(self.table).to_have_attribute("data-pending", "0", timeout=15_000)
        expect(self.table).to_have_attribute("aria-busy", "false")

    def focused(self) -> tuple[int, str]:
        """Row number and column of the cell that has the focus."""
        row, column = self.page.evaluate(
            """() => {
                let at = document.activeElement;
                while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
                return [Number(at.dataset.row), at.dataset.column];
            }"""
        )
        return row, column

    def selected(self) -> int:
        return self.page.locator('[role="gridcell"][aria-selected="true"]').count()

    def copied(self) -> str:
        return str(self.page.evaluate("navigator.clipboard.readText()"))

    def put_on_clipboard(self, text: str) -> None:
        self.page.evaluate("text => navigator.clipboard.writeText(text)", text)

    def paste(self, text: str) -> None:
        self.put_on_clipboard(text)
        self.press("Control+v")

    def rows(self) -> dict[int, tuple[str, list[str]]]:
        """What is shown: state and values by row number."""
        shown = self.table.evaluate(
            """table => [...table.tBodies[0].rows].map(line => [
                Number(line.querySelector('[role=rowheader]').dataset.rowHead), line.dataset.state,
                [...line.querySelectorAll('[role=gridcell]')].map(cell => cell.textContent)])"""
        )
        return {row: (state, values) for row, state, values in shown}


OpenGrid = Callable[..., Grid]
