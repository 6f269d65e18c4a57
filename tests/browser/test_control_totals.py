"""Control totals in Chromium: typed on Review, kept, told at the button, on the report and in Messages."""

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Server
from tests.browser.driving import MAIN, Review, heading, link, signed_in, upload
from tests.browser.sheets import good_rows, workbook


def test_what_was_expected_is_compared_at_the_button_and_told_afterwards(
    demo_server: Server, page: Page, context: BrowserContext
) -> None:
    signed_in(context, "rita", url=demo_server.url)
    page.goto(demo_server.url)
    rows = good_rows(4, tag="CONTROL")  # $1.25, $2.25, $3.25 and $4.25
    rows[3][0] = "NOBODY"
    upload(page, "control.xlsx", workbook(rows))
    review = Review(page).past_the_panel()
    main, expected_rows = page.locator(MAIN), page.get_by_label("Expected rows")
    review.open_totals()
    expected_rows.fill("5")
    expected_rows.press("Enter")
    expect(page.get_by_text("1 row fewer than expected.")).to_be_visible()
    expect(review.button).to_have_accessible_name("1 row fewer than expected")

    sum_ = page.get_by_label("Expected amount")
    sum_.fill("eleven")
    sum_.press("Enter")
    expect(page.get_by_text("“eleven” is not an amount; type one such as 8,722.50.")).to_be_visible()
    expect(sum_).to_have_value("eleven")
    sum_.fill("11")
    sum_.press("Enter")
    expect(sum_).to_have_value("11.00")
    expect(page.get_by_text("is not an amount")).to_have_count(0)

    link(page, "History").click()
    expect(heading(page, "History")).to_be_visible()
    page.go_back()
    review.opened().open_totals()
    expect(expected_rows).to_have_value("5")
    expect(sum_).to_have_value("11.00")
    review.type(5, "Credit Balance", "4.75")
    expect(review.button).to_have_accessible_name("1 row fewer and $0.50 more than expected")
    review.button.click()
    dialog = page.get_by_role("dialog")
    do_it = dialog.get_by_role("button", name="Import 3 credits")
    do_it.click()
    expect(dialog).to_contain_text("Enter a reason, or correct the control totals.")
    reason = dialog.get_by_label("Reason to import it anyway")
    reason.fill("One follows")
    reason.press("Enter")
    do_it.click()
    expect(heading(page, "3 credits imported")).to_be_visible()
    said = "Expected: 5 rows and $11.00. Read: 1 row fewer and $0.50 more."
    expect(main.get_by_text(f"{said} Rita Álvarez: One follows")).to_be_visible()
    page.goto(f"{demo_server.url}/messages")
    expect(main.get_by_text("You expected 5 rows and $11.00; 4 rows and $11.50 were read.")).to_be_visible()


def test_what_is_typed_is_kept_where_escape_closes_the_field_or_the_dialog(
    demo_server: Server, page: Page, context: BrowserContext
) -> None:
    signed_in(context, "rita", url=demo_server.url)
    page.goto(demo_server.url)
    upload(page, "escape.xlsx", workbook(good_rows(4, tag="ESCAPE")))  # $11.00
    review = Review(page).past_the_panel()
    amount = page.get_by_label("Expected amount")
    review.open_totals()
    amount.fill("12")
    amount.press("Escape")
    expect(amount).to_have_count(0)
    expect(review.button).to_have_accessible_name("$1.00 less than expected")
    review.open_totals()
    expect(amount).to_have_value("12.00")
    amount.press("Escape")
    review.button.click()
    dialog = page.get_by_role("dialog")
    reason = dialog.get_by_label("Reason to import it anyway")
    reason.fill("One follows")
    reason.press("Escape")
    expect(dialog).to_have_count(0)
    review.button.click()
    expect(reason).to_have_value("One follows")
    dialog.get_by_role("button", name="Import 4 credits").click()
    expect(heading(page, "4 credits imported")).to_be_visible()
