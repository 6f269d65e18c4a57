"""The report adds up."""

import re
from decimal import Decimal

from playwright.sync_api import BrowserContext, Page, expect

from komet_import import services
from komet_import.types import OPEN_CREDITS
from tests.browser.conftest import Server
from tests.browser.driving import Review, expect_figure, person, signed_in, upload
from tests.browser.sheets import good_rows, workbook


def test_read_is_imported_and_rejected_and_left_out(
    demo_server: Server, page: Page, context: BrowserContext
) -> None:
    rows = good_rows(12, tag="ADDS")
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
        ("Excluded", 2, Decimal("1.25") + Decimal("8.25")),
    ):
        expect_figure(page, label, count, f"${amount:,.3f}".removesuffix("0"))
    expect(page.get_by_text("1 negative amount, −$2.50.")).to_be_visible()
    expect(page.get_by_text("Adds up")).to_be_visible()
    heads = page.get_by_role("region", name="Rows not imported").get_by_role("rowheader")
    expect(heads).to_have_text(["6", "11"])
    page.get_by_text("Excluded rows (2)").click()
    expect(heads).to_have_text(["6", "11", "2", "9"])


LOOKS = """link => {
  const text = link.querySelector("p");
  return [getComputedStyle(link).backgroundColor, getComputedStyle(text).fontWeight];
}"""


def test_the_ways_to_other_reports_are_links_and_look_like_no_chosen_entry_of_a_menu(
    demo_server: Server, page: Page, context: BrowserContext
) -> None:
    rita = person("rita")
    first, second = (
        services.open_file(rita, OPEN_CREDITS, f"{tag}.xlsx", workbook(good_rows(3, tag=tag)))
        for tag in ("ONE", "TWO")
    )
    for batch_id in (first, second):
        services.post(rita, batch_id)
    signed_in(context, "rita", url=demo_server.url)
    page.goto(f"{demo_server.url}/report?batch={second}")
    before = page.get_by_role("link", name="Previous import")
    expect(before).to_be_visible()
    assert before.evaluate(LOOKS) == ["rgba(0, 0, 0, 0)", "400"]
    before.click()
    expect(page.get_by_text("ONE.xlsx").first).to_be_visible()
