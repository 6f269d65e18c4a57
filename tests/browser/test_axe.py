"""Every page can be read by whoever does not see it: axe finds nothing serious, in light and in dark."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from komet_import.web import router
from tests.browser.conftest import Server
from tests.browser.driving import MAIN, WHO, Review, settled, signed_in, upload
from tests.browser.sheets import good_rows, workbook

GROUNDS = {"light": "rgb(255, 255, 255)", "dark": "rgb(19, 22, 20)"}
"""The ground of a page by its theme."""


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
    review.button.click()
    expect(reader.get_by_role("region", name="Rows not imported")).to_be_visible()
    found["report"] = serious(reader)
    assert {page: several for page, several in found.items() if several} == {}


def serious(page: Page, *, within: str | None = None) -> list[str]:
    """What axe calls serious or critical, in both themes: the theme, the rule and the element."""
    found = []
    for scheme, ground in GROUNDS.items():
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.wait_for_function(
            "ground => [document.body, document.querySelector('[data-testid=stApp]')]"
            ".some(part => part && getComputedStyle(part).backgroundColor === ground)",
            arg=ground,
        )
        found += [
            f"{scheme}: {violation['id']}: {node['html'][:300]}"
            for violation in Axe().run(page, context=within).response["violations"]
            if violation["impact"] in {"serious", "critical"}
            for node in violation["nodes"]
        ]
    return found
