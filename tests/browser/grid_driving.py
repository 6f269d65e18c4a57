"""The review grid in the words of the person before it, on the Review page of a running server.

A page takes a second to open. So the tests of a file share a tab on which the draft stays open, and what a
test did there is swept away after it; one that leaves more behind than edits asks for a page of its own.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Error, Locator, Page, Route

from tests.browser import grid_drafts
from tests.browser.driving import answered
from tests.browser.windows import SIZE

ROWS = "**/review/rows"
"""What the grid asks for its rows and sends its edits to."""


class Grid:
    """The grid on a page, in the words of the person before it."""

    def __init__(self, page: Page, batch: str) -> None:
        self.page = page
        self.batch = batch
        self.table = page.locator("[role=grid]")

    def cell(self, row: int, column: str) -> Locator:
        return self.page.locator(f'[role="gridcell"][data-row="{row}"][data-column="{column}"]')

    def text(self, row: int, column: str) -> str | None:
        return self.cell(row, column).text_content()

    def texts(self, rows: range, column: str) -> list[str | None]:
        return [self.text(row, column) for row in rows]

    @property
    def revision(self) -> str | None:
        """Of the draft, as it is shown."""
        return self.table.get_attribute("data-revision")

    def head(self, row: int) -> Locator:
        return self.page.locator(f'[role="rowheader"][data-row-head="{row}"]')

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def settled(self) -> None:
        answered(self.page)

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
        """What is shown: state and texts by row number."""
        shown = self.table.evaluate(
            """table => [...table.tBodies[0].rows].map(line => [
                Number(line.querySelector('[role=rowheader]').dataset.rowHead), line.dataset.state,
                [...line.querySelectorAll('[role=gridcell]')].map(cell => cell.textContent)])"""
        )
        return {row: (state, texts) for row, state, texts in shown}

    def until(self, happened: Callable[[], bool]) -> None:
        """Wait for what a route has to do with a request."""
        end = time.monotonic() + 30
        while not happened():
            assert time.monotonic() < end, "it did not happen"
            self.page.wait_for_timeout(20)

    @contextmanager
    def unanswered(self) -> Iterator[list[Route]]:
        """What is sent waits on its way, for as long as the block lasts."""
        waiting: list[Route] = []
        self.page.route(ROWS, lambda route: waiting.append(route))
        yield waiting
        for route in waiting:
            route.continue_()
        self.page.unroute(ROWS)

    def sweep(self) -> None:
        """Put the draft back, and close, dismiss and leave what is open, said and looked at.

        Raises AssertionError or Playwright's Error where that cannot be done.
        """
        self.page.unroute_all()
        self.page.set_viewport_size(SIZE)
        self.page.mouse.move(0, 0)
        self.press("Escape", "Escape", "Escape")
        self.page.locator(".dismiss").evaluate_all("all => all.forEach(button => button.click())")
        revision = grid_drafts.put_back(self.batch)
        # As who comes back to the tab.
        self.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        self.page.locator(f"[role=grid][data-revision='{revision}']").wait_for(state="attached")
        self.page.locator("[role=gridcell]").first.click()
        self.press("Control+Home")
        self.settled()


OpenGrid = Callable[..., Grid]


class Shared:
    """A tab on which the tests of a file have a draft of each kind, one after the other."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url
        self.drafts: dict[str, str] = {}
        self.kind = ""
        self.as_it_came: dict[int, tuple[str, list[str]]] = {}

    def opened(self, kind: str, *, own: bool = False) -> Grid:
        """A draft of this kind as it came, on a page on which nothing was done; `own` is for a test that
        changes more than rows: no other one will be given that draft and that page."""
        if own:
            self.kind = ""
            return self.show(grid_drafts.opened(kind))
        if kind not in self.drafts:
            self.drafts[kind] = grid_drafts.opened(kind)
        batch = self.drafts[kind]
        if kind == self.kind and self.is_swept(Grid(self.page, batch)):
            return Grid(self.page, batch)
        grid_drafts.put_back(batch)
        grid = self.show(batch)
        self.kind, self.as_it_came = kind, grid.rows()
        return grid

    def show(self, batch: str) -> Grid:
        self.page.unroute_all()
        self.page.set_viewport_size(SIZE)
        self.page.goto(f"{self.url}/review?batch={batch}")
        self.page.locator("[role=gridcell]").first.wait_for()
        return Grid(self.page, batch)

    def is_swept(self, grid: Grid) -> bool:
        try:
            grid.sweep()
        except (AssertionError, Error):  # left behind by a test that failed
            return False
        return grid.rows() == self.as_it_came
