"""What the review grid shows and offers: marks, editors, columns, order, and what a screen reader is told."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import grid_drafts
from tests.browser.conftest import Server
from tests.browser.driving import answered, settled, signed_in
from tests.browser.grid_drafts import NAMES, ODD_TEXTS
from tests.browser.grid_driving import OpenGrid

# -- marks ---------------------------------------------------------------------------------------------


def test_errors_and_warnings_are_marked_and_described(open_grid: OpenGrid) -> None:
    grid = open_grid("mixed")
    error, warning = grid.cell(9, "Customer Code"), grid.cell(26, "Credit Date")
    expect(error).to_have_attribute("aria-invalid", "true")
    expect(error).to_have_attribute("data-severity", "error")
    expect(error).to_have_accessible_description(
        "Customer Code “FL-219” is not a customer; use the code of an existing customer."
    )
    expect(warning).to_have_attribute("data-severity", "warning")
    expect(warning).not_to_have_attribute("aria-invalid", "true")
    expect(warning).to_have_accessible_description(
        re.compile(r"Credit Date 2020-01-05 is \d+ years ago; correct it, or confirm it\.")
    )
    expect(grid.head(9)).to_have_accessible_name("Row 9, needs attention")
    expect(grid.head(26)).to_have_accessible_name("Row 26, to be confirmed, hidden in Excel")


def test_the_suggestion_is_a_button_and_a_key(open_grid: OpenGrid) -> None:
    grid = open_grid("mixed")
    grid.cell(9, "Customer Code").click()
    grid.page.get_by_role("button", name="Use FL219", exact=True).click()
    grid.settled()
    assert grid.text(9, "Customer Code") == "FL219"
    assert grid.focused() == (9, "Customer Code")
    grid.cell(7, "Credit Balance").click()
    grid.press("Alt+Enter")
    grid.settled()
    assert grid.text(7, "Credit Balance") == "3.50"


def test_the_message_shows_beside_a_hovered_cell(open_grid: OpenGrid) -> None:
    grid = open_grid("mixed")
    grid.cell(7, "Credit Balance").hover()
    callout = grid.page.locator(".callout")
    expect(callout).to_be_visible()
    expect(callout).to_contain_text("must be a positive number, not -3.5.")
    callout.locator("button", has_text="Use 3.50").click()
    grid.settled()
    assert grid.text(7, "Credit Balance") == "3.50"


def test_the_pager_and_f8_keep_their_place_whatever_is_said(open_grid: OpenGrid) -> None:
    grid = open_grid("mixed")
    grid.page.set_viewport_size({"width": 420, "height": 640})
    settled(grid.page)
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
    grid.type("nobody is called so")
    grid.press("Enter", "ArrowUp")
    grid.settled()
    expect(about).to_contain_text("is not a customer")
    assert about.evaluate("node => node.offsetHeight") > 50, "the message takes more than one line"
    assert abs(place() - before) <= 1
    grid.cell(5, "Comments").click()
    grid.paste("one\ttwo\tthree")
    expect(grid.page.get_by_text("1 column did not fit")).to_be_visible()
    assert abs(place() - before) <= 1


def test_a_row_is_left_out_and_taken_back_in(open_grid: OpenGrid) -> None:
    grid = open_grid("mixed")
    grid.cell(7, "Comments").click()
    grid.press("Control+-")
    expect(grid.head(7)).to_have_accessible_name("Row 7, excluded")
    expect(grid.page.get_by_role("button", name="13 problems")).to_be_visible()
    grid.page.get_by_role("button", name="Include it").click()
    expect(grid.head(7)).to_have_accessible_name("Row 7, needs attention")
    grid.head(5).locator(".state").click()
    expect(grid.head(5)).to_have_accessible_name("Row 5, excluded")
    grid.cell(5, "Comments").click(button="right")
    grid.page.get_by_role("menuitem", name="Include row").click()
    expect(grid.head(5)).to_have_accessible_name("Row 5, ready")


def test_the_menu_opens_on_a_cell_that_has_to_be_scrolled_into_view(open_grid: OpenGrid) -> None:
    grid = open_grid("mixed")
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
    grid = open_grid("mixed")
    options = grid.page.get_by_role("option")
    grid.cell(9, "Customer Code").click()
    grid.type("peony house f")
    expect(options).to_have_text([re.compile("FL241.*Peony House Florist"), re.compile("FL301")])
    grid.press("ArrowDown", "Enter")
    grid.settled()
    assert grid.text(9, "Customer Code") == "FL241"
    grid.type("p")
    expect(options.nth(1)).to_be_visible()
    grid.type("eony house e")  # what is offered is still for the beginning of it, with somebody else in front
    grid.press("ArrowDown", "Enter")
    expect(grid.cell(10, "Customer Code")).to_have_text("FL271")
    grid.settled()
    assert grid.focused() == (11, "Customer Code")
    grid.type("FL")
    expect(options).to_have_count(12)
    grid.press("Enter")
    grid.settled()
    assert grid.text(11, "Customer Code") == "FL"
    grid.cell(12, "Customer Code").click()
    grid.type("peony house m")
    options.filter(has_text="FL301").click()
    grid.settled()
    assert grid.text(12, "Customer Code") == "FL301"


def test_a_day_is_picked(open_grid: OpenGrid) -> None:
    grid = open_grid("mixed")
    grid.cell(4, "Credit Date").click()
    grid.press("Alt+ArrowDown", "ArrowDown", "ArrowRight", "PageDown", "Enter")
    grid.settled()
    assert grid.text(4, "Credit Date") == "2026-04-10"
    grid.cell(5, "Credit Date").dblclick()
    grid.page.get_by_role("button", name="Choose a day").click()
    grid.page.get_by_role("button", name="2026-03-17").click()
    grid.settled()
    assert grid.text(5, "Credit Date") == "2026-03-17"


def test_a_choice_is_offered(demo_server: Server, page: Page) -> None:
    signed_in(page.context, "ada", url=demo_server.url)
    page.goto(f"{demo_server.url}/review?batch={grid_drafts.opened_customers()}")
    cell = page.locator("[role=gridcell][data-column='Customer Type']")
    cell.click()
    page.keyboard.type("r")
    expect(page.get_by_role("option")).to_have_text(["Retailer"])
    page.get_by_role("option", name="Retailer").click()
    answered(page)
    expect(cell).to_have_text("Retailer")


# -- text is text --------------------------------------------------------------------------------------


def test_odd_texts_show_as_the_text_that_they_are(open_grid: OpenGrid) -> None:
    grid = open_grid("mixed")
    assert [texts[5] for _, texts in grid.rows().values()][-len(ODD_TEXTS) :] == list(ODD_TEXTS)
    grid.cell(40, "Comments").click()
    grid.press("F2")
    grid.type("!")
    grid.press("Enter")
    grid.settled()
    assert grid.text(40, "Comments") == ODD_TEXTS[4] + "!"
    assert grid.page.title() != "broken"


def test_long_text_is_shown_whole_to_whoever_points_at_it(open_grid: OpenGrid) -> None:
    grid = open_grid("mixed")
    grid.cell(42, "Comments").hover()
    expect(grid.page.locator(".callout")).to_have_text(ODD_TEXTS[6])


# -- order ---------------------------------------------------------------------------------------------


def test_rows_are_sorted_from_the_menu_and_the_header(open_grid: OpenGrid) -> None:
    grid = open_grid("mixed")
    grid.cell(5, "Credit #").click()
    grid.press("Shift+F10")
    grid.page.get_by_role("menuitem", name="Sort by Credit #, descending").click()
    grid.settled()
    assert list(grid.rows()) == [*range(43, 3, -1)]
    assert grid.focused() == (5, "Credit #")
    header = grid.page.locator('[data-head="1"]')
    expect(header).to_have_attribute("aria-sort", "descending")
    header.hover()
    header.locator(".sort").click()
    grid.settled()
    assert list(grid.rows()) == [*range(4, 44)]


# -- assistive technology ------------------------------------------------------------------------------


def test_the_grid_is_one_tab_stop_that_can_be_left(open_grid: OpenGrid) -> None:
    grid = open_grid("mixed")
    expect(grid.page.locator('[role="gridcell"][tabindex="0"]')).to_have_count(1)
    grid.cell(8, "Credit #").click()
    expect(grid.page.locator('[role="gridcell"][tabindex="0"]')).to_have_count(1)
    grid.press("Escape", "Tab")
    expect(grid.page.get_by_role("button", name="14 problems")).to_be_focused()


# -- what stays for this browser ------------------------------------------------------------------------


def test_a_column_is_dragged_wider_and_stays_so(open_grid: OpenGrid) -> None:
    grid = open_grid("mixed", own=True)

    def width() -> float:
        box = grid.cell(4, NAMES[4]).bounding_box()
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
    expect(grid.page.get_by_role("gridcell").first).to_be_visible()
    assert width() == pytest.approx(before + 50, abs=2)
