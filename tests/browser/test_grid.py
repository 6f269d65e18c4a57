"""The review grid in Chromium, by real keys and a real clipboard, over a plain sheet in memory."""

import os
import random
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
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from tests.browser.grid_model import NAMES, ODD_TEXTS, Model, sheet_of

HARNESS = Path(__file__).with_name("grid_app.py")
ROOT = HARNESS.parents[2]
STEPS = int(os.environ.get("KOMET_TEST_GRID_STEPS", "150"))
"""How long the randomised test goes on; more for a longer soak."""


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


@pytest.fixture(scope="module")
def harness(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Harness]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path_factory.mktemp("grid") / "server.log"
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
        self.table = page.get_by_role("grid")

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


@pytest.fixture
def open_grid(harness: Harness, context: BrowserContext, page: Page) -> OpenGrid:
    """Open the harness: `open_grid(rows=40, page=20, kind="odd")`."""
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=harness.url)

    def open_it(**query: object) -> Grid:
        page.goto(f"{harness.url}/?" + "&".join(f"{name}={value}" for name, value in query.items()))
        expect(page.get_by_role("gridcell").first).to_be_visible(timeout=20_000)
        return Grid(page)

    return open_it


# -- typing and moving ---------------------------------------------------------------------------------


def test_a_typed_value_is_judged_again(open_grid: OpenGrid) -> None:
    grid = open_grid()
    bad = grid.cell(7, "Credit Balance")
    expect(bad).to_have_attribute("aria-invalid", "true")
    bad.click()
    grid.type("120.5")
    grid.press("Enter")
    expect(bad).not_to_have_attribute("aria-invalid", "true")
    expect(bad).to_have_text("120.5")
    assert grid.focused() == (8, "Credit Balance")
    expect(grid.page.get_by_role("status").filter(has_text="Fixed. 12 problems left.")).to_have_count(1)


def test_escape_leaves_the_cell_as_it_was(open_grid: OpenGrid) -> None:
    grid = open_grid()
    grid.cell(5, "Comments").click()
    grid.type("thrown away")
    grid.press("Escape")
    assert grid.text(5, "Comments") == ""
    assert grid.focused() == (5, "Comments")
    expect(grid.table).to_have_attribute("data-revision", "0")


def test_f2_edits_what_is_there_and_its_arrows_stay_in_the_cell(open_grid: OpenGrid) -> None:
    grid = open_grid()
    grid.cell(5, "Credit #").click()
    grid.press("F2", "ArrowLeft")
    grid.type("x")
    grid.press("Enter")
    grid.settled()
    assert grid.text(5, "Credit #") == "CR-100x1"


def test_typed_over_a_cell_an_arrow_ends_the_typing(open_grid: OpenGrid) -> None:
    grid = open_grid()
    grid.cell(5, "Credit #").click()
    grid.type("A1")
    grid.press("ArrowRight")
    grid.settled()
    assert grid.text(5, "Credit #") == "A1"
    assert grid.focused() == (5, "Credit Date")


@pytest.mark.parametrize(
    ("keys", "row", "column"),
    [
        (["ArrowDown", "ArrowRight"], 9, "Credit Balance"),
        (["ArrowUp", "ArrowLeft"], 7, "Credit #"),
        (["Home"], 8, "Customer Code"),
        (["End"], 8, "Driver"),
        (["Control+Home"], 4, "Customer Code"),
        (["Control+End"], 43, "Driver"),
        (["Tab", "Tab", "Shift+Tab"], 8, "Credit Balance"),
        (["Tab", "Tab", "Enter"], 9, "Credit Date"),
        (["Enter", "Enter", "Shift+Enter"], 9, "Credit Date"),
        (["Control+ArrowDown"], 9, "Credit Date"),
        (["Control+ArrowRight"], 8, "Type"),
    ],
)
def test_the_keys_move_as_in_excel(open_grid: OpenGrid, keys: list[str], row: int, column: str) -> None:
    grid = open_grid()
    grid.cell(8, "Credit Date").click()
    grid.press(*keys)
    assert grid.focused() == (row, column)


def test_page_down_moves_by_what_is_visible(open_grid: OpenGrid) -> None:
    grid = open_grid()
    grid.cell(4, "Credit #").click()
    grid.press("PageDown")
    row, column = grid.focused()
    assert column == "Credit #"
    assert 14 <= row <= 24
    grid.press("PageUp")
    assert grid.focused() == (4, "Credit #")


def test_letters_are_the_sheets_and_not_streamlits(open_grid: OpenGrid) -> None:
    """On the page, c and r are keys of Streamlit's own (clear the cache, run again)."""
    grid = open_grid()
    grid.cell(5, "Comments").click()
    grid.type("credit")
    grid.press("Enter")
    grid.settled()
    assert grid.text(5, "Comments") == "credit"
    expect(grid.page.get_by_role("dialog").filter(visible=True)).to_have_count(0)


def test_fast_typing_loses_and_misplaces_nothing_across_pages(open_grid: OpenGrid) -> None:
    grid = open_grid(rows=40, page=10, kind="clean")
    grid.cell(10, "Comments").click()
    for n in range(10, 30):
        grid.type(f"v{n}")
        grid.press("Enter")
    grid.settled()
    assert grid.focused() == (30, "Comments")
    for page, rows in ((3, range(24, 30)), (2, range(14, 24)), (1, range(10, 14))):
        expect(grid.page.get_by_text(f"page {page} of 4")).to_be_visible()
        shown = grid.rows()
        assert [shown[row][1][5] for row in rows] == [f"v{row}" for row in rows]
        if page > 1:
            grid.press("Alt+PageUp")
            grid.settled()


def test_an_update_moves_neither_focus_nor_selection_nor_scroll(open_grid: OpenGrid) -> None:
    grid = open_grid(rows=200)
    grid.cell(90, "Credit #").click()
    grid.type("changed")
    grid.press("Enter", "ArrowRight", "Shift+ArrowDown", "Shift+ArrowRight")
    scroll = "table => table.closest('.scroll').scrollTop"
    before = grid.table.evaluate(scroll)
    grid.settled()
    assert grid.focused() == (92, "Credit Balance")
    assert grid.selected() == 4
    assert grid.table.evaluate(scroll) == before > 0


def test_an_open_field_survives_an_update(open_grid: OpenGrid) -> None:
    grid = open_grid()
    grid.cell(5, "Credit #").click()
    grid.type("first")
    grid.press("Enter")
    grid.type("sec")
    grid.settled()  # the answer to the first edit arrives while the second is being typed
    grid.type("ond")
    grid.press("Enter")
    grid.settled()
    assert [grid.text(row, "Credit #") for row in (5, 6)] == ["first", "second"]


# -- blocks and the clipboard --------------------------------------------------------------------------


def test_a_block_is_copied_as_excel_writes_it(open_grid: OpenGrid) -> None:
    grid = open_grid(kind="odd")
    grid.cell(7, "Type").click()
    grid.press("Shift+ArrowDown", "Shift+ArrowRight", "Control+c")
    assert grid.selected() == 4
    assert grid.copied().replace("\r\n", "\n") == (f'Retailer\t{ODD_TEXTS[3]}\nWholesaler\t"{ODD_TEXTS[4]}"')


def test_a_block_with_quoted_cells_is_pasted(open_grid: OpenGrid) -> None:
    grid = open_grid()
    grid.cell(5, "Type").click()
    grid.paste('Retailer\t"two\nlines"\r\nWholesaler\t"he said ""no"""\r\n')
    grid.settled()
    assert [grid.text(5, "Type"), grid.text(5, "Comments")] == ["Retailer", "two\nlines"]
    assert [grid.text(6, "Type"), grid.text(6, "Comments")] == ["Wholesaler", 'he said "no"']
    assert grid.selected() == 4


def test_what_does_not_fit_is_said(open_grid: OpenGrid) -> None:
    grid = open_grid(rows=10)
    grid.cell(12, "Comments").click()
    grid.paste("\n".join(f"a{n}\tb{n}\tc{n}" for n in range(5)))
    grid.settled()
    assert [grid.text(row, "Comments") for row in (12, 13)] == ["a0", "a1"]
    assert grid.text(12, "Driver") == "driver 0"
    expect(grid.page.get_by_text("3 rows did not fit: the sheet ends at row 13.")).to_be_visible()
    expect(grid.page.get_by_text("1 column did not fit: Driver is the last column.")).to_be_visible()
    expect(grid.page.get_by_text("2 cells of columns that cannot be changed")).to_be_visible()


def test_a_paste_goes_on_over_the_next_pages(open_grid: OpenGrid) -> None:
    grid = open_grid(rows=25, page=10)
    grid.cell(12, "Comments").click()
    grid.paste("\n".join(f"p{n}" for n in range(20)))
    grid.settled()
    assert [grid.text(row, "Comments") for row in (12, 13)] == ["p0", "p1"]
    expect(grid.page.get_by_text("3 rows did not fit.")).to_be_visible()
    grid.page.get_by_role("button", name="Next page").click()
    grid.settled()
    assert [values[5] for _, values in grid.rows().values()] == [f"p{n}" for n in range(2, 12)]


def test_one_value_fills_a_selection(open_grid: OpenGrid) -> None:
    grid = open_grid()
    grid.cell(5, "Comments").click()
    grid.press("Shift+ArrowDown", "Shift+ArrowDown")
    grid.paste("same")
    grid.settled()
    assert [grid.text(row, "Comments") for row in (5, 6, 7, 8)] == ["same", "same", "same", ""]


def test_cut_moves_and_one_undo_brings_back(open_grid: OpenGrid) -> None:
    grid = open_grid()
    grid.cell(5, "Credit #").click()
    grid.press("Shift+ArrowDown", "Control+x")
    grid.settled()
    assert [grid.text(row, "Credit #") for row in (5, 6)] == ["", ""]
    grid.press("Control+z")
    grid.settled()
    assert [grid.text(row, "Credit #") for row in (5, 6)] == ["CR-1001", "CR-1002"]
    grid.press("Control+y")
    grid.settled()
    assert [grid.text(row, "Credit #") for row in (5, 6)] == ["", ""]
    grid.cell(20, "Credit #").click()
    grid.press("Control+v")
    grid.settled()
    assert [grid.text(row, "Credit #") for row in (20, 21)] == ["CR-1001", "CR-1002"]


def test_fill_down_and_delete(open_grid: OpenGrid) -> None:
    grid = open_grid()
    grid.cell(5, "Credit #").click()
    grid.press("Shift+ArrowDown", "Shift+ArrowDown", "Control+d")
    grid.settled()
    assert [grid.text(row, "Credit #") for row in (5, 6, 7)] == ["CR-1001"] * 3
    grid.press("Delete")
    grid.settled()
    assert [grid.text(row, "Credit #") for row in (5, 6, 7, 8)] == ["", "", "", "CR-1004"]


def test_the_mouse_drags_a_block(open_grid: OpenGrid) -> None:
    grid = open_grid()
    mouse = grid.page.mouse
    start, end = grid.cell(5, "Credit #").bounding_box(), grid.cell(8, "Credit Balance").bounding_box()
    assert start
    assert end
    mouse.move(start["x"] + 5, start["y"] + 5)
    mouse.down()
    mouse.move(start["x"] + 40, start["y"] + 40)
    mouse.move(end["x"] + 9, end["y"] + 9)
    mouse.up()
    assert grid.selected() == 12
    grid.press("Control+a")
    assert grid.selected() == 40 * 7


# -- marks ---------------------------------------------------------------------------------------------


def test_errors_and_warnings_are_marked_and_described(open_grid: OpenGrid) -> None:
    grid = open_grid()
    error, warning = grid.cell(9, "Customer Code"), grid.cell(26, "Credit Balance")
    expect(error).to_have_attribute("aria-invalid", "true")
    expect(error).to_have_attribute("data-severity", "error")
    expect(error).to_have_accessible_description("Customer Code “FL21” is not a customer.")
    expect(warning).to_have_attribute("data-severity", "warning")
    expect(warning).not_to_have_attribute("aria-invalid", "true")
    expect(warning).to_have_accessible_description("Credit Balance is unusually high.")
    expect(grid.head(9)).to_have_accessible_name("Row 9, needs attention, hidden in Excel")


def test_the_suggestion_is_a_button_and_a_key(open_grid: OpenGrid) -> None:
    grid = open_grid()
    grid.cell(9, "Customer Code").click()
    grid.page.get_by_role("button", name="Use FL219").click()
    grid.settled()
    assert grid.text(9, "Customer Code") == "FL219"
    assert grid.focused() == (9, "Customer Code")
    grid.cell(7, "Credit Balance").click()
    grid.press("Alt+Enter")
    grid.settled()
    assert grid.text(7, "Credit Balance") == "3.50"


def test_the_message_shows_beside_a_hovered_cell(open_grid: OpenGrid) -> None:
    grid = open_grid()
    grid.cell(7, "Credit Balance").hover()
    callout = grid.page.locator(".callout")
    expect(callout).to_be_visible()
    expect(callout).to_contain_text("must be a positive number; the sheet has -3.50.")
    callout.locator("button", has_text="Use 3.50").click()
    grid.settled()
    assert grid.text(7, "Credit Balance") == "3.50"


def test_f8_goes_through_the_problems_of_all_pages(open_grid: OpenGrid) -> None:
    grid = open_grid(rows=40, page=5)
    plain = Model(rows=sheet_of(kind="mixed", count=40), page_size=5)
    problems = [
        (row, name)
        for row in plain.rows
        for name in NAMES
        for issue in plain.issues(row).get(name, [])
        if issue["severity"] == "error"
    ]
    grid.cell(4, "Customer Code").click()
    for problem in [*problems, problems[0]]:
        grid.press("F8")
        grid.settled()
        assert grid.focused() == problem
    grid.press("Shift+F8")
    grid.settled()
    assert grid.focused() == problems[-1]


def test_values_typed_ahead_of_f8_land_where_it_goes(open_grid: OpenGrid) -> None:
    grid = open_grid(rows=40, page=5)
    grid.cell(4, "Customer Code").click()
    for value in ("71", "FL305", "2026-05-05", "141"):
        grid.press("F8")
        grid.type(value)
        grid.press("Enter")
    grid.settled()
    grid.press("Control+Home")
    grid.settled()
    assert grid.text(7, "Credit Balance") == "71"
    grid.press("Alt+PageDown")
    grid.settled()
    assert grid.text(9, "Customer Code") == "FL305"
    assert grid.text(10, "Credit Date") == "2026-05-05"
    grid.press("Alt+PageDown")
    grid.settled()
    assert grid.text(14, "Credit Balance") == "141"


def test_a_row_is_left_out_and_taken_back_in(open_grid: OpenGrid) -> None:
    grid = open_grid()
    grid.cell(7, "Comments").click()
    grid.press("Control+-")
    expect(grid.head(7)).to_have_accessible_name("Row 7, left out")
    expect(grid.page.get_by_role("button", name="12 problems")).to_be_visible()
    grid.page.get_by_role("button", name="Take it back in").click()
    expect(grid.head(7)).to_have_accessible_name("Row 7, needs attention")
    grid.head(5).locator(".state").click()
    expect(grid.head(5)).to_have_accessible_name("Row 5, left out")
    grid.cell(5, "Comments").click(button="right")
    grid.page.get_by_role("menuitem", name="Take row back in").click()
    expect(grid.head(5)).to_have_accessible_name("Row 5, ready")


# -- editors -------------------------------------------------------------------------------------------


def test_a_customer_is_found_by_name_and_taken_only_when_chosen(open_grid: OpenGrid) -> None:
    grid = open_grid()
    grid.cell(9, "Customer Code").click()
    grid.type("peach")
    option = grid.page.get_by_role("option", name="GA100")
    expect(option).to_contain_text("Peach Petals")
    grid.press("ArrowDown", "Enter")
    grid.settled()
    assert grid.text(9, "Customer Code") == "GA100"
    grid.type("p")
    expect(grid.page.get_by_role("option").nth(1)).to_be_visible()
    grid.type(
        "each"
    )  # what is offered is still for the beginning of it, with somebody else in the first place
    grid.press("ArrowDown", "Enter")
    expect(grid.cell(10, "Customer Code")).to_have_text("GA100")
    grid.settled()
    assert grid.focused() == (11, "Customer Code")
    grid.type("FL")
    expect(grid.page.get_by_role("option")).to_have_count(3)
    grid.press("Enter")
    grid.settled()
    assert grid.text(11, "Customer Code") == "FL"


def test_a_day_is_picked(open_grid: OpenGrid) -> None:
    grid = open_grid()
    grid.cell(4, "Credit Date").click()
    grid.press("Alt+ArrowDown", "ArrowDown", "ArrowRight", "PageDown", "Enter")
    grid.settled()
    assert grid.text(4, "Credit Date") == "2026-02-09"
    grid.cell(5, "Credit Date").dblclick()
    grid.page.get_by_role("button", name="Choose a day").click()
    grid.page.get_by_role("button", name="2026-02-17").click()
    grid.settled()
    assert grid.text(5, "Credit Date") == "2026-02-17"


def test_a_choice_is_offered(open_grid: OpenGrid) -> None:
    grid = open_grid()
    grid.cell(5, "Type").click()
    grid.type("r")
    expect(grid.page.get_by_role("option")).to_have_text(["Retailer"])
    grid.page.get_by_role("option", name="Retailer").click()
    grid.settled()
    assert grid.text(5, "Type") == "Retailer"


# -- text is text --------------------------------------------------------------------------------------


def test_odd_texts_show_as_the_text_that_they_are(open_grid: OpenGrid) -> None:
    grid = open_grid(kind="odd", rows=8)
    assert [values[5] for _, values in grid.rows().values()] == list(ODD_TEXTS)
    grid.cell(8, "Comments").click()
    grid.press("F2")
    grid.type("!")
    grid.press("Enter")
    grid.settled()
    assert grid.text(8, "Comments") == ODD_TEXTS[4] + "!"
    assert grid.page.title() != "broken"


def test_long_text_is_shown_whole_to_whoever_points_at_it(open_grid: OpenGrid) -> None:
    grid = open_grid(kind="odd", rows=8)
    grid.cell(10, "Comments").hover()
    expect(grid.page.locator(".callout")).to_have_text(ODD_TEXTS[6])


# -- columns and order ---------------------------------------------------------------------------------


def test_a_column_is_dragged_wider_and_stays_so(open_grid: OpenGrid) -> None:
    grid = open_grid()

    def width() -> float:
        box = grid.cell(4, "Type").bounding_box()
        assert box
        return box["width"]

    before = width()
    grip = grid.page.locator('[data-head="4"] .grip').bounding_box()
    assert grip
    mouse = grid.page.mouse
    mouse.move(grip["x"] + 4, grip["y"] + 10)
    mouse.down()
    mouse.move(grip["x"] + 54, grip["y"] + 10, steps=3)
    mouse.up()
    assert width() == pytest.approx(before + 50, abs=2)
    grid.page.reload()
    expect(grid.page.get_by_role("gridcell").first).to_be_visible(timeout=20_000)
    assert width() == pytest.approx(before + 50, abs=2)


def test_rows_are_sorted_from_the_menu_and_the_header(open_grid: OpenGrid) -> None:
    grid = open_grid(rows=5, kind="clean")
    grid.cell(5, "Credit #").click()
    grid.press("Shift+F10")
    grid.page.get_by_role("menuitem", name="Sort by Credit #, descending").click()
    grid.settled()
    assert list(grid.rows()) == [8, 7, 6, 5, 4]
    assert grid.focused() == (5, "Credit #")
    header = grid.page.locator('[data-head="1"]')
    expect(header).to_have_attribute("aria-sort", "descending")
    header.hover()
    header.locator(".sort").click()
    grid.settled()
    assert list(grid.rows()) == [4, 5, 6, 7, 8]


def test_the_page_can_send_the_focus_to_a_cell(open_grid: OpenGrid) -> None:
    grid = open_grid(rows=40, page=5, panel=1)
    grid.page.get_by_role("button", name="Go to row 12").click()
    expect(grid.cell(12, "Credit Balance")).to_be_focused()


# -- assistive technology ------------------------------------------------------------------------------


def test_the_grid_is_one_tab_stop_that_can_be_left(open_grid: OpenGrid) -> None:
    grid = open_grid()
    expect(grid.page.locator('[role="gridcell"][tabindex="0"]')).to_have_count(1)
    grid.cell(8, "Credit #").click()
    expect(grid.page.locator('[role="gridcell"][tabindex="0"]')).to_have_count(1)
    grid.press("Escape", "Tab")
    expect(grid.page.get_by_role("button", name="13 problems")).to_be_focused()


def test_rows_and_columns_are_counted_for_a_screen_reader(open_grid: OpenGrid) -> None:
    grid = open_grid(rows=40, page=10)
    grid.cell(4, "Credit #").click()
    grid.press("Alt+PageDown")
    grid.settled()
    expect(grid.table).to_have_attribute("aria-rowcount", "41")
    expect(grid.table).to_have_attribute("aria-colcount", "8")
    expect(grid.cell(14, "Credit #").locator("..")).to_have_attribute("aria-rowindex", "12")
    expect(grid.cell(14, "Credit #")).to_have_attribute("aria-colindex", "3")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(open_grid: OpenGrid, scheme: Literal["light", "dark"]) -> None:
    grid = open_grid(rows=40, page=15)
    grid.page.emulate_media(color_scheme=scheme)

    def serious() -> list[str]:
        found = Axe().run(grid.page).response["violations"]
        return [
            f"{v['id']}: {v['nodes'][0]['html']}" for v in found if v["impact"] in {"serious", "critical"}
        ]

    grid.cell(5, "Comments").click()
    grid.press("Control+-")
    grid.settled()
    grid.cell(9, "Customer Code").click()
    assert serious() == []
    grid.type("fl")
    expect(grid.page.get_by_role("option")).to_have_count(3)
    grid.press("ArrowDown")
    assert serious() == []
    grid.press("Escape", "Escape", "Shift+F10")
    expect(grid.page.get_by_role("menu")).to_be_visible()
    assert serious() == []


# -- nothing is lost -----------------------------------------------------------------------------------


def test_an_edit_that_the_server_has_not_seen_is_shown_as_such(open_grid: OpenGrid, harness: Harness) -> None:
    grid = open_grid()
    grid.cell(5, "Comments").click()
    with harness.asleep():
        grid.type("waiting")
        grid.press("Enter")
        expect(grid.cell(5, "Comments")).to_have_attribute("data-pending", "true")
        expect(grid.table).to_have_attribute("data-pending", "1")
        expect(grid.page.get_by_text("Saving…")).to_be_visible()
    grid.settled()
    expect(grid.cell(5, "Comments")).not_to_have_attribute("data-pending", "true")
    assert grid.text(5, "Comments") == "waiting"


def test_an_edit_on_its_way_at_a_reload_is_entered_once(open_grid: OpenGrid, harness: Harness) -> None:
    grid = open_grid(sheet="reloaded")
    grid.page.on("dialog", lambda dialog: dialog.accept())
    grid.cell(5, "Comments").click()
    with harness.asleep():
        grid.type("kept")
        grid.press("Enter")
        expect(grid.table).to_have_attribute("data-pending", "1")
        grid.page.evaluate("setTimeout(() => location.reload())")
    expect(grid.page.get_by_role("gridcell").first).to_be_visible(timeout=20_000)
    expect(grid.cell(5, "Comments")).to_have_text("kept")
    grid.settled()
    expect(grid.table).to_have_attribute("data-revision", "1")


def test_leaving_with_an_unsaved_edit_is_asked_about(open_grid: OpenGrid) -> None:
    grid = open_grid()
    asked: list[str] = []
    grid.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    grid.cell(5, "Comments").click()
    grid.type("half a wo")
    grid.page.reload()
    assert asked == ["beforeunload"]


def answering(page: Page, *, status: int, told: dict[str, object], times: int) -> list[list[int]]:
    """The next messages with actions are answered so; returns the numbers of the actions of each message."""
    sent: list[list[int]] = []

    def answer(route: Route) -> None:
        actions = route.request.post_data_json["actions"]
        if not actions or len(sent) == times:
            route.continue_()
            return
        sent.append([action["seq"] for action in actions])
        route.fulfill(status=status, json={**told, "seq": actions[0]["seq"]})

    page.route("**/rows", answer)
    return sent


def test_what_the_server_refuses_is_given_back_with_its_sentence_and_not_sent_again(
    open_grid: OpenGrid,
) -> None:
    grid = open_grid()
    before = grid.text(5, "Comments")
    sent = answering(grid.page, status=400, told={"message": "A cell holds less."}, times=1)
    grid.cell(5, "Comments").click()
    grid.type("far too long")
    grid.press("Enter")
    told = grid.page.get_by_text("Not saved: Comments in row 5 as “far too long”. A cell holds less.")
    expect(told).to_be_visible()
    grid.settled()
    assert grid.text(5, "Comments") == before
    grid.cell(6, "Comments").click()
    grid.type("next")
    grid.press("Enter")
    grid.settled()
    assert grid.text(6, "Comments") == "next"
    assert sent == [[1]]


def test_an_undo_of_what_is_refused_takes_nothing_else_back(open_grid: OpenGrid) -> None:
    grid = open_grid()
    grid.cell(5, "Comments").click()
    grid.type("stays")
    grid.press("Enter")
    grid.settled()
    held: list[Route] = []
    grid.page.route("**/rows", lambda route: route.continue_() if held else held.append(route))
    grid.cell(6, "Comments").click()
    grid.type("refused")
    grid.press("Enter", "Control+z")
    expect(grid.table).to_have_attribute("data-pending", "2")
    held[0].fulfill(status=400, json={"seq": 2, "message": "No."})
    expect(grid.page.get_by_text("Not saved: Comments in row 6 as “refused”. No.")).to_be_visible()
    grid.settled()
    assert grid.text(5, "Comments") == "stays"


def test_what_the_server_fails_at_stays_in_view_until_it_is_tried_again(open_grid: OpenGrid) -> None:
    grid = open_grid()
    sent = answering(grid.page, status=500, told={"message": "It is noted as error 12ab34cd."}, times=3)
    grid.cell(5, "Comments").click()
    grid.type("mine")
    grid.press("Enter")
    expect(grid.page.get_by_role("alert").get_by_text("error 12ab34cd")).to_be_visible()
    expect(grid.page.get_by_text("1 not saved")).to_be_visible()
    expect(grid.cell(5, "Comments")).to_have_text("mine")
    expect(grid.cell(5, "Comments")).to_have_attribute("data-pending", "true")
    grid.page.wait_for_timeout(3000)
    assert sent == [[1]] * 3, "it is not tried for ever"
    grid.page.get_by_role("button", name="Try again").click()
    grid.settled()
    assert grid.text(5, "Comments") == "mine"
    expect(grid.page.get_by_text("error 12ab34cd")).to_have_count(0)


def test_what_the_server_fails_at_can_be_given_up(open_grid: OpenGrid) -> None:
    grid = open_grid()
    before = grid.text(5, "Comments")
    answering(grid.page, status=500, told={"message": "It is noted as error 12ab34cd."}, times=3)
    grid.cell(5, "Comments").click()
    grid.type("mine")
    grid.press("Enter")
    grid.page.get_by_role("button", name="Drop unsaved changes").click()
    grid.settled()
    assert grid.text(5, "Comments") == before


def test_a_paste_that_no_message_can_hold_is_told_without_being_sent(open_grid: OpenGrid) -> None:
    grid = open_grid(page=20)
    sent = answering(grid.page, status=413, told={"message": "never asked"}, times=1)
    grid.page.evaluate("text => navigator.clipboard.writeText(text)", ("ü" * 1000 + "\n") * 4500)
    grid.cell(5, "Comments").click()
    grid.press("Control+v")
    expect(grid.page.get_by_text("more than 8 MB at once; paste fewer rows")).to_be_visible(timeout=30_000)
    assert sent == []
    grid.settled()


def test_half_a_character_is_sent_as_one_that_is_not_known(open_grid: OpenGrid) -> None:
    grid = open_grid()
    grid.cell(5, "Comments").click()
    grid.press("F2")
    grid.page.evaluate("document.execCommand('insertText', false, 'cut \\ud83c')")
    grid.press("Enter")
    grid.settled()
    assert grid.text(5, "Comments") == "cut \ufffd"


def test_a_sheet_that_is_read_only_can_be_read_and_copied(open_grid: OpenGrid) -> None:
    grid = open_grid(readonly=1)
    grid.cell(5, "Credit #").click()
    grid.type("x")
    grid.press("Delete", "Control+-", "Control+c")
    assert grid.copied() == "CR-1001"
    expect(grid.table).to_have_attribute("data-revision", "0")
    assert grid.text(5, "Credit #") == "CR-1001"


# -- at random -----------------------------------------------------------------------------------------


TYPED = ("12.5", "-3", "FL219", "FL21", "2026-02-03", "rosas", "a (long) truck", 'said "no"', "=1+1", "0")
PASTED = (
    "",
    "12.5",
    "-3",
    "FL219",
    "2026-02-03",
    "late\ttruck",
    "two\nlines",
    'a "quote"',
    "ñandú 🌷",
    " x ",
)


class Person:
    """Does at random what a person may do, on the grid and on a plain model beside it."""

    def __init__(self, grid: Grid, seed: int) -> None:
        self.grid = grid
        self.random = random.Random(seed)
        self.model = Model(rows=sheet_of(kind="mixed", count=45), page_size=12)
        self.i = 0
        self.j = 0
        self.story: list[str] = []

    @property
    def window(self) -> list[int]:
        return self.model.shown()

    @property
    def pages(self) -> int:
        return self.model.pages

    def go(self, i: int, j: int) -> None:
        self.grid.settled()  # a pointer goes to what it sees
        self.i, self.j = i, j
        self.grid.cell(self.window[i], NAMES[j]).click()

    def value(self) -> str:
        return self.random.choice(PASTED)

    def set(self, cells: dict[tuple[int, int], str]) -> None:
        """Change cells of the window, as far as they can be changed and it makes a difference."""
        now = self.window
        changed = [
            [now[i], NAMES[j], "", value]
            for (i, j), value in cells.items()
            if NAMES[j] != "Driver" and self.model.rows[now[i]][NAMES[j]] != value
        ]
        if changed:
            self.model.act({"kind": "set", "cells": changed})

    def down(self) -> None:
        if self.i < len(self.window) - 1:
            self.i += 1
        elif self.model.page < self.pages:
            self.model.act({"kind": "page", "page": self.model.page + 1})
            self.i = 0

    # what may be done

    def type_down(self) -> None:
        self.go(self.random.randrange(len(self.window)), self.random.randrange(6))
        for _ in range(self.random.randint(1, 4)):
            value = self.random.choice(TYPED)
            self.story.append(f"type {value!r} at {self.window[self.i]} {NAMES[self.j]}")
            self.grid.type(value)
            self.grid.press("Enter")
            self.set({(self.i, self.j): value})
            self.down()

    def paste(self) -> None:
        self.go(self.random.randrange(len(self.window)), self.random.randrange(7))
        block = [[self.value() for _ in range(self.random.randint(1, 3))]]
        block += [[self.value() for _ in block[0]] for _ in range(self.random.randint(0, 4))]
        if block == [[""]]:
            return
        self.story.append(f"paste {block} at {self.window[self.i]} {NAMES[self.j]}")
        quoted = [
            ['"' + text.replace('"', '""') + '"' if set(text) & set('\t\n"') else text for text in row]
            for row in block
        ]
        self.grid.paste("\r\n".join("\t".join(row) for row in quoted) + "\r\n")
        if self.i + len(block) > len(self.window) and self.model.page < self.pages:
            row, column = self.window[self.i], NAMES[self.j]
            self.model.act({"kind": "paste", "row": row, "column": column, "block": block})
        else:
            self.set(
                {
                    (self.i + a, self.j + b): text
                    for a, row in enumerate(block)
                    for b, text in enumerate(row)
                    if self.i + a < len(self.window) and self.j + b < len(NAMES)
                }
            )

    def block(self) -> None:
        self.go(self.random.randrange(len(self.window)), self.random.randrange(7))
        tall = min(self.random.randrange(3), len(self.window) - 1 - self.i)
        wide = min(self.random.randrange(3), len(NAMES) - 1 - self.j)
        self.grid.press(*["Shift+ArrowDown"] * tall, *["Shift+ArrowRight"] * wide)
        places = [(self.i + a, self.j + b) for a in range(tall + 1) for b in range(wide + 1)]
        act = self.random.choice(["Delete", "Control+x", "Control+d", "Control+-", "Control+="])
        self.story.append(f"{act} on {tall + 1}×{wide + 1} at {self.window[self.i]} {NAMES[self.j]}")
        self.grid.press(act)
        now = self.window
        if act == "Control+d":
            source = self.i - 1 if tall == 0 else self.i
            if source >= 0:
                top = {j: self.model.rows[now[source]][NAMES[j]] for _, j in places}
                self.set({(i, j): top[j] for i, j in places if i != source})
        elif act in {"Delete", "Control+x"}:
            self.set(dict.fromkeys(places, ""))
        else:
            out = act == "Control+-"
            rows = sorted({now[i] for i, _ in places if (now[i] in self.model.left_out) != out})
            if rows:
                self.model.act({"kind": "exclude" if out else "restore", "rows": rows})
        self.i, self.j = self.i + tall, self.j + wide

    def undo(self) -> None:
        for _ in range(self.random.randint(1, 3)):
            self.story.append("undo")
            self.grid.press("Control+z")
            self.model.act({"kind": "undo"})

    def redo(self) -> None:
        self.story.append("redo")
        self.grid.press("Control+y")
        self.model.act({"kind": "redo"})

    def turn(self) -> None:
        by = self.random.choice([1, -1])
        self.story.append(f"turn {by}")
        self.grid.press("Alt+PageDown" if by > 0 else "Alt+PageUp")
        if 1 <= self.model.page + by <= self.pages:
            self.model.act({"kind": "page", "page": self.model.page + by})
            self.i = 0

    def next_problem(self) -> None:
        self.grid.settled()
        direction = self.random.choice([1, -1])
        self.story.append(f"next problem {direction}")
        self.grid.press("F8" if direction > 0 else "Shift+F8")
        place = [self.window[self.i], NAMES[self.j]]
        self.model.goto = None
        self.model.act({"kind": "next-problem", "from": place, "direction": direction})
        if self.model.goto:
            self.i = self.window.index(self.model.goto["row"])
            self.j = NAMES.index(self.model.goto["column"])

    def compare(self) -> None:
        self.grid.settled()
        expected = {row["row"]: (row["state"], row["values"]) for row in self.model.window()["rows"]}
        assert self.grid.rows() == expected, "; ".join(self.story[-6:])
        assert self.grid.focused() == (self.window[self.i], NAMES[self.j]), "; ".join(self.story[-6:])


@pytest.mark.timeout(120 + 2 * STEPS)
def test_whatever_is_done_the_grid_shows_what_a_plain_model_holds(open_grid: OpenGrid) -> None:
    grid = open_grid(rows=45, page=12)
    person = Person(grid, seed=20261123)
    person.go(0, 0)
    acts = [person.type_down, person.paste, person.block, person.undo, person.redo, person.turn]
    acts += [person.type_down, person.next_problem]
    for step in range(STEPS):
        person.random.choice(acts)()
        if step % 3 == 0:
            person.compare()
    person.compare()
    for page in range(1, person.pages + 1):
        while person.model.page != page:
            by = 1 if person.model.page < page else -1
            grid.press("Alt+PageDown" if by > 0 else "Alt+PageUp")
            person.model.act({"kind": "page", "page": person.model.page + by})
            person.i = 0
        person.compare()
