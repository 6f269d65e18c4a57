"""The review grid over several pages: typed ahead, pasted, gone through by F8, told to a screen reader."""

from playwright.sync_api import expect

from tests.browser.grid_driving import OpenGrid

PROBLEMS = (
    *((7, "Credit Balance"), (9, "Customer Code"), (10, "Credit Date"), (14, "Credit Balance")),
    *((20, "Customer Code"), (21, "Credit Balance"), (23, "Credit Date"), (26, "Credit Date")),
    *((28, "Credit Balance"), (31, "Customer Code"), (35, "Credit Balance"), (36, "Credit Date")),
    *((42, "Customer Code"), (42, "Credit Balance"), (209, "Credit Balance")),
)
"""Of the draft of two pages, in their order."""


def test_fast_typing_loses_and_misplaces_nothing_across_pages(open_grid: OpenGrid) -> None:
    grid = open_grid("pages")
    grid.cell(198, "Comments").click()

    def type_in(rows: range) -> None:
        for row in rows:
            grid.type(f"v{row}")
            grid.press("Enter")

    type_in(range(198, 210))
    grid.press("Alt+PageUp", "End", "Home")
    grid.press(*["ArrowRight"] * 5, "ArrowDown")
    type_in(range(5, 7))
    grid.settled()
    assert grid.focused() == (7, "Comments")
    for page, rows in ((1, [5, 6, *range(198, 204)]), (2, range(204, 210))):
        expect(grid.page.get_by_text(f"page {page} of 2")).to_be_visible()
        shown = grid.rows()
        assert [shown[row][1][5] for row in rows] == [f"v{row}" for row in rows]
        grid.press("Alt+PageDown")
        grid.settled()


def test_an_update_moves_neither_focus_nor_selection_nor_scroll(open_grid: OpenGrid) -> None:
    grid = open_grid("pages")
    grid.cell(90, "Credit #").click()
    grid.type("changed")
    grid.press("Enter", "ArrowRight", "Shift+ArrowDown", "Shift+ArrowRight")
    scroll = "table => table.closest('.scroll').scrollTop"
    before = grid.table.evaluate(scroll)
    grid.settled()
    assert grid.focused() == (92, "Credit Balance")
    assert grid.selected() == 4
    assert grid.table.evaluate(scroll) == before > 0


def test_a_paste_goes_on_over_the_next_page(open_grid: OpenGrid) -> None:
    grid = open_grid("pages")
    grid.cell(202, "Comments").click()
    grid.paste("\n".join(f"p{n}" for n in range(17)))
    grid.settled()
    assert grid.texts(range(202, 204), "Comments") == ["p0", "p1"]
    expect(grid.page.get_by_text("3 rows did not fit and were not pasted.")).to_be_visible()
    grid.page.get_by_role("button", name="Next page").click()
    grid.settled()
    assert [texts[5] for _, texts in grid.rows().values()] == [f"p{n}" for n in range(2, 14)]


def test_f8_goes_through_the_problems_of_all_pages(open_grid: OpenGrid) -> None:
    grid = open_grid("pages")
    grid.cell(4, "Customer Code").click()
    for problem in (*PROBLEMS, PROBLEMS[0]):
        grid.press("F8")
        grid.settled()
        assert grid.focused() == problem
    grid.press("Shift+F8")
    grid.settled()
    assert grid.focused() == PROBLEMS[-1]


def test_values_typed_ahead_of_f8_land_where_it_goes(open_grid: OpenGrid) -> None:
    grid = open_grid("pages")
    grid.cell(42, "Customer Code").click()
    for value in ("71", "141", "3", "FL305", "2026-05-05"):
        grid.press("F8")
        grid.type(value)
        grid.press("Enter")
    grid.settled()
    assert grid.text(42, "Credit Balance") == "71.00"
    assert grid.text(7, "Credit Balance") == "3.00"
    assert grid.text(9, "Customer Code") == "FL305"
    assert grid.text(10, "Credit Date") == "2026-05-05"
    grid.press("Alt+PageDown")
    grid.settled()
    assert grid.text(209, "Credit Balance") == "141.00"


def test_rows_and_columns_are_counted_for_a_screen_reader(open_grid: OpenGrid) -> None:
    grid = open_grid("pages")
    grid.cell(4, "Credit #").click()
    grid.press("Alt+PageDown")
    grid.settled()
    expect(grid.table).to_have_attribute("aria-rowcount", "213")
    expect(grid.table).to_have_attribute("aria-colcount", "8")
    expect(grid.cell(204, "Credit #").locator("..")).to_have_attribute("aria-rowindex", "202")
    expect(grid.cell(204, "Credit #")).to_have_attribute("aria-colindex", "3")
