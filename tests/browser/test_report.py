"""The report adds up, and every page can be read by whoever does not see it: axe, in light and in dark."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import Server
from tests.browser.driving import Review, expect_figure, signed_in, upload
from tests.browser.sheets import good_rows, workbook

Scheme = Literal["light", "dark"]
OTHERS = {
    "rita": ("History", "Balances", "Messages", "Account"),
    "ada": ("Users", "Locations", "Outgoing email"),
}
"""The other pages, each as somebody who may see it."""


def test_read_is_imported_and_rejected_and_left_out(
    demo_server: Server, page: Page, context: BrowserContext
) -> None:
    rows = good_rows(12, tag="RECEIPT")
    rows[1][3], rows[4][0], rows[7][2], rows[9][3] = "0.125", "NOBODY", "soon", -2.5
    signed_in(context, "rita", url=demo_server.url)
    page.goto(demo_server.url)
    upload(page, "receipt.xlsx", workbook(rows))
    review = Review(page).past_the_panel()
    for row in (2, 9):  # one that was ready, one that was not
        review.cell(row, "Comments").click()
        page.keyboard.press("Control+-")
        review.settled()
    expect(review.button).to_have_accessible_name(re.compile("^Import 8 credits"))
    review.button.click()
    expect(page.get_by_role("heading", name="8 credits imported")).to_be_visible()

    posted = sum(Decimal(str(rows[n][3])) for n in (1, 2, 3, 5, 6, 8, 10, 11))
    for label, count, amount in (
        ("Read", 12, posted + Decimal("5.25") + Decimal("1.25") + Decimal("8.25")),
        ("Imported", 8, posted),
        ("Rejected", 2, Decimal("5.25")),
        ("Left out", 2, Decimal("1.25") + Decimal("8.25")),
    ):
        expect_figure(page, label, count, f"${amount:,.3f}".removesuffix("0"))
    expect(page.get_by_text("1 negative amount, -$2.50.")).to_be_visible()
    expect(page.get_by_text("Read = imported + rejected + left out")).to_be_visible()
    heads = page.get_by_role("region", name="Rows not imported").get_by_role("rowheader")
    expect(heads).to_have_text(["6", "11"])
    page.get_by_text("Rows left out (2)").click()
    expect(heads).to_have_text(["6", "11", "2", "9"])


# -- what a screen reader would stumble over -----------------------------------------------------------


@pytest.fixture
def reader(demo_server: Server, chromium: Browser, scheme: Scheme) -> Iterator[Page]:
    """A tab in this colour scheme."""
    context = chromium.new_context(
        base_url=demo_server.url, locale="en-US", color_scheme=scheme, reduced_motion="reduce"
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_on_any_page(demo_server: Server, reader: Page, scheme: Scheme) -> None:
    found: dict[str, list[str]] = {}
    reader.goto("/")
    expect(reader.get_by_role("cell", name="Salesperson")).to_be_visible()
    found["sign-in"] = serious(reader)
    signed_in(reader.context, "rita", url=demo_server.url)
    reader.goto("/")
    expect(reader.get_by_role("link", name=re.compile("^Download"))).to_be_visible()
    found["data import"] = serious(reader)
    rows = good_rows(5, tag=f"AXE-{scheme}")
    rows[1][0], rows[2][3] = "NOBODY", -2
    upload(reader, f"axe-{scheme}.xlsx", workbook(rows))
    review = Review(reader).opened()
    review.type(5, "Comments", "changed")
    found["review"] = serious(reader)
    review.button.click()
    expect(reader.get_by_role("region", name="Rows not imported")).to_be_visible()
    found["report"] = serious(reader)
    for username, names in OTHERS.items():
        signed_in(reader.context, username, url=demo_server.url)
        for name in names:
            reader.goto(f"/{name.lower()}")
            expect(reader.get_by_role("heading", name=name, exact=True)).to_be_visible()
            expect(reader.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
            found[name] = serious(reader)
    assert {page: several for page, several in found.items() if several} == {}


def serious(page: Page) -> list[str]:
    """What axe calls serious or critical: the rule and the element, without what is Streamlit's own.

    That is the list of pages in the sidebar, which has paragraphs between its items, and the chosen tab and
    segment, whose words have the theme's one accent: no green is legible both there on a dark page and
    under the white words of a button.
    """
    own = [[f"[data-testid={name}]"] for name in ("stSidebarNav", "stTab", "stButtonGroup")]
    violations = Axe().run(page, {"exclude": own}).response["violations"]
    return [
        f"{violation['id']}: {node['html'][:300]}"
        for violation in violations
        if violation["impact"] in {"serious", "critical"}
        for node in violation["nodes"]
    ]
