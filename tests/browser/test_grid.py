"""Typing, moving and the clipboard in the review grid: real keys in Chromium, a plain sheet in memory."""

import pytest
from playwright.sync_api import expect

from tests.browser.grid_driving import OpenGrid
from tests.browser.grid_model import ODD_TEXTS

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
