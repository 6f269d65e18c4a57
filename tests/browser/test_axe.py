"""Every page can be read by whoever does not see it: axe finds nothing serious, in light and in dark."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from komet_import.web import router
from tests.browser.axe import DIALOG, serious
from tests.browser.conftest import Server
from tests.browser.driving import MAIN, WHO, Review, button, settled, signed_in, upload
from tests.browser.sheets import active_customers, good_rows, workbook

POPOVER = "[data-testid=stPopoverBody]:visible"
"""What a button has opened below itself."""


@pytest.fixture
def reader(chromium: Browser, demo_server: Server) -> Iterator[Page]:
    """A tab in which nothing moves: what fades in is no color yet."""
    context = chromium.new_context(base_url=demo_server.url, locale="en-US", reduced_motion="reduce")
    yield context.new_page()
    context.close()


def test_axe_finds_nothing_serious_on_any_page(demo_server: Server, reader: Page) -> None:
    found: dict[str, list[str]] = {}
    reader.goto("/")
    expect(reader.get_by_role("button", name="Salesperson")).to_be_visible()
    found["sign-in"] = serious(reader)
    reader.goto("/nowhere")
    found["nowhere"] = serious(reader)
    signed_in(reader.context, "ada", url=demo_server.url)
    for screen in router.SCREENS:
        if screen.listed or screen is router.ACCOUNT:
            reader.goto("/" + screen.path)
            expect(reader.locator(MAIN).locator("h1")).to_have_text(screen.title)
            settled(reader)
            found[screen.title] = serious(reader)
        if screen.path == "users":
            button(reader, "Change").first.click()
            found["a user's dialog"] = serious(reader, within=dialog(reader))
    reader.goto(f"/balances?customer={active_customers()[0][0]}")
    expect(button(reader, "All balances")).to_be_visible()
    settled(reader)
    found["statement"] = serious(reader)
    reader.locator(WHO).click()
    expect(reader.get_by_role("button", name="Sign out", exact=True)).to_be_visible()
    found["menu"] = serious(reader)
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
    for part in ("review-totals", "review-details"):
        reader.locator(f".st-key-{part} button").click()
        expect(reader.locator(POPOVER)).to_be_visible()
        found[part] = serious(reader)
        reader.keyboard.press("Escape")
    for name in ("Bulk edit", "Keyboard shortcuts", "Delete draft…"):
        button(reader, name).click()
        found[name] = serious(reader, within=dialog(reader))
        reader.keyboard.press("Escape")
        expect(reader.locator(DIALOG)).to_have_count(0)
    review.button.click()
    expect(reader.get_by_role("region", name="Rows not imported")).to_be_visible()
    button(reader, "Drop rows…").click()
    expect(reader.locator(POPOVER)).to_be_visible()
    reader.get_by_text("Reverse this import").click()
    found["report"] = serious(reader)
    assert {page: several for page, several in found.items() if several} == {}


def dialog(page: Page) -> str:
    """The dialog that a click has asked for, once it is there."""
    expect(page.locator(DIALOG)).to_be_visible()
    settled(page)
    return DIALOG
