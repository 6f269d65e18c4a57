"""What the review grid shows and offers: marks, editors, columns, order, and what a screen reader is told."""

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.grid_driving import OpenGrid
from tests.browser.grid_model import NAMES, ODD_TEXTS, Model, sheet_of

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


def test_the_pager_and_f8_keep_their_place_whatever_is_said(open_grid: OpenGrid) -> None:
    grid = open_grid(rows=40, height=2000)
    grid.page.set_viewport_size({"width": 420, "height": 640})
    about = grid.page.get_by_role("group", name="About the focused cell")
    next_problem = grid.page.get_by_role("button", name="next")

    def place() -> float:
        box = next_problem.bounding_box()
        assert box is not None and box["y"] + box["height"] <= 640, "F8 is in view"
        return box["y"]

    grid.cell(5, "Comments").click()
    expect(about).to_contain_text("Free text, at most")
    before = place()
    grid.cell(6, "Customer Code").click()
    grid.type("nobody has a name as long as this one is")
    grid.press("Enter", "ArrowUp")
    grid.settled()
    expect(about).to_contain_text("is not a customer")
    assert about.evaluate("node => node.offsetHeight") > 50, "the message takes more than one line"
    assert abs(place() - before) <= 1
    grid.cell(5, "Comments").click()
    grid.paste("one\ttwo\tthree")
    expect(grid.page.get_by_text("1 column did not fit")).to_be_visible()
    assert abs(place() - before) <= 1


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
    expect(grid.head(7)).to_have_accessible_name("Row 7, excluded")
    expect(grid.page.get_by_role("button", name="12 problems")).to_be_visible()
    grid.page.get_by_role("button", name="Include it").click()
    expect(grid.head(7)).to_have_accessible_name("Row 7, needs attention")
    grid.head(5).locator(".state").click()
    expect(grid.head(5)).to_have_accessible_name("Row 5, excluded")
    grid.cell(5, "Comments").click(button="right")
    grid.page.get_by_role("menuitem", name="Include row").click()
    expect(grid.head(5)).to_have_accessible_name("Row 5, ready")


def test_the_menu_opens_on_a_cell_that_has_to_be_scrolled_into_view(open_grid: OpenGrid) -> None:
    grid = open_grid()
    grid.page.set_viewport_size({"width": 420, "height": 640})
    edge = grid.page.get_by_role("grid").evaluate(
        "grid => grid.closest('.frame').getBoundingClientRect().right"
    )
    box = grid.cell(5, "Customer Code").bounding_box()
    assert box is not None
    grid.page.mouse.click(edge - 4, box["y"] + 9, button="right")  # on a cell of which a strip is seen
    expect(grid.page.get_by_role("menuitem", name="Exclude row")).to_be_visible()


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
