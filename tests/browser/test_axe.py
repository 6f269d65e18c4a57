"""What one works with can be used by whoever does not see it: axe finds nothing serious. So does it on every
page and in all that opens on them (`test_nothing_cut`)."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import serious
from tests.browser.conftest import Server
from tests.browser.driving import Review, button, settled, signed_in, upload
from tests.browser.sheets import active_customers, good_rows, workbook


@pytest.fixture
def reader(chromium: Browser, demo_server: Server) -> Iterator[Page]:
    """A tab in which nothing moves: what fades in is no color yet."""
    context = chromium.new_context(base_url=demo_server.url, locale="en-US", reduced_motion="reduce")
    yield context.new_page()
    context.close()


def test_axe_finds_nothing_serious_before_one_is_signed_in_nor_while_one_works(
    demo_server: Server, reader: Page
) -> None:
    found: dict[str, list[str]] = {}
    reader.goto("/")
    expect(reader.get_by_role("button", name="Salesperson")).to_be_visible()
    found["sign-in"] = serious(reader)
    reader.goto("/nowhere")
    found["nowhere"] = serious(reader)
    signed_in(reader.context, "ada", url=demo_server.url)
    reader.goto(f"/balances?customer={active_customers()[0][0]}")
    expect(button(reader, "All balances")).to_be_visible()
    settled(reader)
    found["statement"] = serious(reader)
    reader.goto("/")
    rows = good_rows(5, tag="AXE")
    rows[1][0], rows[2][3] = "NOBODY", -2
    upload(reader, "axe.xlsx", workbook(rows))
    review = Review(reader).opened()
    review.type(5, "Comments", "changed")
    reader.keyboard.press("Control+-")
    review.settled()
    review.cell(3, "Customer Code").click()
    found["review"] = serious(reader)
    reader.keyboard.type("fl")
    expect(reader.get_by_role("option").first).to_be_visible()
    reader.keyboard.press("ArrowDown")
    found["review, a customer offered"] = serious(reader, within=".st-key-review-grid")
    for key in ("Escape", "Escape", "Shift+F10"):
        reader.keyboard.press(key)
    expect(reader.get_by_role("menu")).to_be_visible()
    found["review, the menu of a cell"] = serious(reader, within=".st-key-review-grid")
    reader.keyboard.press("Escape")
    assert {page: several for page, several in found.items() if several} == {}
