"""Typing, moving and the clipboard in the review grid: real keys in Chromium, on the Review page."""

from playwright.sync_api import expect

from tests.browser.grid_drafts import ODD_TEXTS
from tests.browser.grid_driving import OpenGrid

# -- typing and moving ---------------------------------------------------------------------------------


def test_a_typed_value_is_judged_again(open_grid: OpenGrid) -> None:
    grid = open_grid("mixed")
    bad = grid.cell(7, "Credit Balance")
    expect(bad).to_have_attribute("aria-invalid", "true")
    bad.click()
    grid.type("120.5")
    grid.press("Enter")
    expect(bad).not_to_have_attribute("aria-invalid", "true")
    expect(bad).to_have_text("120.50")
    assert grid.focused() == (8, "Credit Balance")
    expect(grid.page.get_by_role("status").filter(has_text="Fixed. 13 problems left.")).to_have_count(1)


def test_escape_leaves_the_cell_as_it_was(open_grid: OpenGrid) -> None:
    grid = open_grid("mixed")
    before = grid.revision
    grid.cell(5, "Comments").click()
    grid.type("thrown away")
    grid.press("Escape")
    assert grid.text(5, "Comments") == ""
    assert grid.focused() == (5, "Comments")
    grid.settled()
    assert grid.revision == before


def test_f2_edits_what_is_there_and_its_arrows_stay_in_the_cell(open_grid: OpenGrid) -> None:
    grid = open_grid("mixed")
    grid.cell(5, "Credit #").click()
    grid.press("F2", "ArrowLeft")
    grid.type("x")
    grid.press("Enter")
    grid.settled()
    assert grid.text(5, "Credit #") == "C-100x1"


def test_typed_over_a_cell_an_arrow_ends_the_typing(open_grid: OpenGrid) -> None:
    grid = open_grid("mixed")
    grid.cell(5, "Credit #").click()
    grid.type("A1")
    grid.press("ArrowRight")
    grid.settled()
    assert grid.text(5, "Credit #") == "A1"
    assert grid.focused() == (5, "Credit Date")


def test_the_keys_move_as_in_excel(open_grid: OpenGrid) -> None:
    grid = open_grid("mixed")
    for keys, row, column in (
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
        (["Control+ArrowRight"], 8, "Location Code"),
    ):
        grid.cell(8, "Credit Date").click()
        grid.press(*keys)
        assert grid.focused() == (row, column), keys


def test_page_down_moves_by_what_is_visible(open_grid: OpenGrid) -> None:
    grid = open_grid("mixed")
    grid.cell(4, "Credit #").click()
    grid.press("PageDown")
    row, column = grid.focused()
    assert column == "Credit #"
    assert 14 <= row <= 24
    grid.press("PageUp")
    assert grid.focused() == (4, "Credit #")


def test_letters_are_the_sheets_and_not_streamlits(open_grid: OpenGrid) -> None:
    """On the page, c and r are keys of Streamlit's own (clear the cache, run again)."""
    grid = open_grid("mixed")
    grid.cell(5, "Comments").click()
    grid.type("credit")
    grid.press("Enter")
    grid.settled()
    assert grid.text(5, "Comments") == "credit"
    expect(grid.page.get_by_role("dialog").filter(visible=True)).to_have_count(0)


def test_an_open_field_survives_an_update(open_grid: OpenGrid) -> None:
    grid = open_grid("mixed")
    grid.cell(5, "Credit #").click()
    grid.type("first")
    grid.press("Enter")
    grid.type("sec")
    grid.settled()  # the answer to the first edit arrives while the second is being typed
    grid.type("ond")
    grid.press("Enter")
    grid.settled()
    assert grid.texts(range(5, 7), "Credit #") == ["first", "second"]


# -- blocks and the clipboard --------------------------------------------------------------------------


def test_a_block_is_copied_as_excel_writes_it(open_grid: OpenGrid) -> None:
    grid = open_grid("mixed")
    first, second = grid.texts(range(39, 41), "Location Code")
    grid.cell(39, "Location Code").click()
    grid.press("Shift+ArrowDown", "Shift+ArrowRight", "Control+c")
    assert grid.selected() == 4
    assert grid.copied().replace("\r\n", "\n") == f'{first}\t{ODD_TEXTS[3]}\n{second}\t"{ODD_TEXTS[4]}"'


def test_a_block_with_quoted_cells_is_pasted(open_grid: OpenGrid) -> None:
    grid = open_grid("mixed")
    grid.cell(5, "Location Code").click()
    grid.paste('MIA\t"two\nlines"\r\nBOG\t"he said ""no"""\r\n')
    grid.settled()
    assert grid.texts(range(5, 7), "Location Code") == ["MIA", "BOG"]
    assert grid.texts(range(5, 7), "Comments") == ["two\nlines", 'he said "no"']
    assert grid.selected() == 4


def test_what_does_not_fit_is_said(open_grid: OpenGrid) -> None:
    grid = open_grid("mixed")
    grid.cell(42, "Comments").click()
    grid.paste("\n".join(f"a{n}\tb{n}\tc{n}" for n in range(5)))
    grid.settled()
    assert grid.texts(range(42, 44), "Comments") == ["a0", "a1"]
    assert grid.text(42, "Driver") == "driver 2"
    expect(grid.page.get_by_text("3 rows did not fit: the sheet ends at row 43.")).to_be_visible()
    expect(grid.page.get_by_text("1 column did not fit: Driver is the last column.")).to_be_visible()
    expect(grid.page.get_by_text("2 cells of columns that cannot be changed")).to_be_visible()


def test_one_value_fills_a_selection(open_grid: OpenGrid) -> None:
    grid = open_grid("mixed")
    grid.cell(5, "Comments").click()
    grid.press("Shift+ArrowDown", "Shift+ArrowDown")
    grid.paste("same")
    grid.settled()
    assert grid.texts(range(5, 9), "Comments") == ["same", "same", "same", ""]


def test_cut_moves_and_one_undo_brings_back(open_grid: OpenGrid) -> None:
    grid = open_grid("mixed")
    grid.cell(5, "Credit #").click()
    grid.press("Shift+ArrowDown", "Control+x")
    grid.settled()
    assert grid.texts(range(5, 7), "Credit #") == ["", ""]
    grid.press("Control+z")
    grid.settled()
    assert grid.texts(range(5, 7), "Credit #") == ["C-1001", "C-1002"]
    grid.press("Control+y")
    grid.settled()
    assert grid.texts(range(5, 7), "Credit #") == ["", ""]
    grid.cell(20, "Credit #").click()
    grid.press("Control+v")
    grid.settled()
    assert grid.texts(range(20, 22), "Credit #") == ["C-1001", "C-1002"]


def test_the_buttons_below_the_rows_undo_and_redo_what_was_just_typed_in_order(open_grid: OpenGrid) -> None:
    grid = open_grid("mixed")
    back, again = (grid.page.get_by_role("button", name=name, exact=True) for name in ("Undo", "Redo"))
    grid.cell(5, "Comments").click()
    grid.press("a", "Enter")
    expect(again).to_be_disabled()
    grid.press("b")  # it is typed still when the button is pressed
    back.click()
    grid.settled()
    assert grid.texts(range(5, 7), "Comments") == ["a", ""]
    again.click()
    grid.settled()
    assert grid.texts(range(5, 7), "Comments") == ["a", "b"]
    back.click()
    back.click()
    grid.settled()
    assert grid.texts(range(5, 7), "Comments") == ["", ""]
    expect(again).to_be_enabled()


def test_fill_down_and_delete(open_grid: OpenGrid) -> None:
    grid = open_grid("mixed")
    grid.cell(5, "Credit #").click()
    grid.press("Shift+ArrowDown", "Shift+ArrowDown", "Control+d")
    grid.settled()
    assert grid.texts(range(5, 8), "Credit #") == ["C-1001"] * 3
    grid.press("Delete")
    grid.settled()
    assert grid.texts(range(5, 9), "Credit #") == ["", "", "", "C-1004"]


def test_the_mouse_drags_a_block(open_grid: OpenGrid) -> None:
    grid = open_grid("mixed")
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
