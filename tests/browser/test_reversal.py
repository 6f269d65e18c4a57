"""Taking an import back, in Chromium: from the report to the balances and to the same sheet once more."""

import re

from playwright.sync_api import Page, expect

from komet_import import demo, services, types
from komet_import.ledger import balances, statement
from komet_import.types import OPEN_CREDITS, Side
from komet_import.types.money import money
from komet_import.web.balances.words import figure_on
from komet_import.web.shared.opening_table import HEAD, ROW
from tests.browser.conftest import Server
from tests.browser.driving import Review, person, settled, sign_in, signed_in, upload
from tests.browser.sheets import active_customers, good_rows, workbook


def owed(code: str) -> int:
    found = statement.statement(code)
    assert found is not None
    return found.balance.amount


def test_an_import_is_taken_back_and_the_same_sheet_comes_again(demo_server: Server, page: Page) -> None:
    rita, sheet = person("rita"), workbook(good_rows(3, tag="REV"))
    code = active_customers()[0][0]
    before = owed(code)
    batch_id = services.open_file(rita, OPEN_CREDITS, "taken-back.xlsx", sheet)
    services.post(rita, batch_id)
    assert owed(code) == before + 1_250

    page.goto(f"{demo_server.url}/report?batch={batch_id}")
    sign_in(page, "carl", demo.PASSWORD)
    main = page.get_by_role("main")
    confirm = page.get_by_role("button", name="Reverse 3 credits")
    expect(confirm).to_be_hidden()
    main.get_by_text("Reverse this import").click()
    told = "Adds 3 offsetting entries (−$6.75). Nothing is deleted; you can import the file again."
    expect(main.get_by_text(told)).to_be_visible()

    confirm.click()
    expect(main.get_by_text("Enter a reason.")).to_be_visible()
    assert owed(code) == before + 1_250
    page.get_by_role("textbox", name="Reason").fill("Wrong *month* <b>& year</b>")
    confirm.click()
    expect(
        main.get_by_text(re.compile(r"^Reversed .* by Carl Nguyen: Wrong \*month\* <b>& year</b>"))
    ).to_be_visible()
    expect(main.get_by_text("−$6.75 was posted in 3 offsetting entries.")).to_be_visible()
    expect(page.get_by_role("heading", name="3 credits imported and reversed · $6.75")).to_be_visible()
    expect(main.get_by_text("Reverse this import")).to_have_count(0)
    assert owed(code) == before

    page.get_by_role("link", name="History").click()
    page.get_by_label("Search", exact=True).fill("taken-back")
    page.keyboard.press("Enter")
    table = page.get_by_test_id("stDataFrame")
    expect(table.locator("[role=gridcell]").filter(has_text="Reversed")).to_have_count(1)
    expect(page.get_by_text("1–1 of 1 import")).to_be_visible()
    choose_row(page, 0)
    expect(page).to_have_url(f"{demo_server.url}/report?batch={batch_id}")

    page.goto(f"{demo_server.url}/balances?customer={code}")
    # The table is a canvas; what stands in its cells is beside it for screen readers.
    cells = page.get_by_test_id("stDataFrame").locator("[role=gridcell]")
    expect(cells.filter(has_text=re.compile("^reversal$"))).to_have_count(1)
    expect(cells.filter(has_text=re.compile("^reversed$"))).to_have_count(1)
    expect(cells.filter(has_text="taken-back.xlsx").first).to_be_attached()

    page.get_by_role("link", name="Data import").click()
    upload(page, "taken-back.xlsx", sheet)
    expect(Review(page).opened().button).to_have_text(re.compile(r"Import 3 credits"))


def test_who_is_about_to_reverse_what_a_colleague_reverses_in_part_is_told_and_stays_in_the_form(
    demo_server: Server, page: Page
) -> None:
    batch_id = services.open_file(
        person("rita"), OPEN_CREDITS, "in-part.xlsx", workbook(good_rows(3, tag="PART"))
    )
    services.post(person("rita"), batch_id)
    signed_in(page.context, "ada", url=demo_server.url)
    page.goto(f"{demo_server.url}/report?batch={batch_id}")
    page.get_by_role("main").get_by_text("Reverse this import").click()
    page.get_by_role("textbox", name="Reason").fill("Wrong month")
    settled(page)
    services.reverse(person("carl"), batch_id, reason="Two of them", rows=[2, 3])
    page.get_by_role("button", name="Reverse 3 credits").click()
    expect(page.get_by_text("so nothing was done. Look at it now, and click again.")).to_be_visible()
    assert len(services.reversals(person("ada"), batch_id)) == 1
    expect(page.get_by_role("textbox", name="Reason")).to_have_value("Wrong month")
    page.get_by_role("button", name="Reverse 1 credit").click()
    expect(page.get_by_role("heading", name="3 credits imported and reversed · $6.75")).to_be_visible()


def test_chosen_rows_are_taken_back_and_the_sums_follow(demo_server: Server, page: Page) -> None:
    rita, code = person("rita"), active_customers()[0][0]
    before = owed(code)
    batch_id = services.open_file(rita, OPEN_CREDITS, "some-rows.xlsx", workbook(good_rows(3, tag="SOME")))
    services.post(rita, batch_id)
    page.goto(f"{demo_server.url}/report?batch={batch_id}")
    sign_in(page, "carl", demo.PASSWORD)
    main = page.get_by_role("main")
    main.get_by_text("Imported rows (3)").click()
    expect(main.get_by_text("Select rows to reverse only these.")).to_be_visible()
    choose_row(page, 0)
    expect(main.get_by_text("1 row selected").locator("xpath=..")).to_contain_text("$1.25")
    choose_row(page, 2)
    expect(main.get_by_text("2 rows selected").locator("xpath=..")).to_contain_text("$4.50")
    told = "Adds 2 offsetting entries (−$4.50). Nothing is deleted; you can import them again."
    expect(main.get_by_text(told)).to_be_visible()
    page.get_by_role("textbox", name="Reason").fill("Wrong customer")
    page.get_by_role("button", name="Reverse 2 credits").click()
    expect(
        main.get_by_text(re.compile("^2 credits reversed .* by Carl Nguyen: Wrong customer"))
    ).to_be_visible()
    expect(main.get_by_text("−$4.50 was posted in 2 offsetting entries (rows 2 and 4).")).to_be_visible()
    expect(page.get_by_role("heading", name="3 credits imported · $6.75, 2 reversed")).to_be_visible()
    assert owed(code) == before


def choose_row(page: Page, place: int) -> None:
    """Mark a row of the table that is in view: its box is drawn on a canvas."""
    table = page.get_by_test_id("stDataFrame").last
    table.scroll_into_view_if_needed()
    table.click(position={"x": 16, "y": 38 + 32 * place + 16})


def press_name(page: Page, name: str) -> None:
    """Press a name in the first row of the table that is in view: all names stand left in their column."""
    table = page.get_by_test_id("stDataFrame")
    expect(table.locator("[role=gridcell]").filter(has_text=name)).to_be_attached()
    table.click(position={"x": 150, "y": 38 + 16})


def test_the_list_of_balances_is_as_it_was_left(demo_server: Server, page: Page) -> None:
    line = balances.balances(types=[OPEN_CREDITS]).lines[0]
    page.goto(f"{demo_server.url}/balances")
    sign_in(page, "rita", demo.PASSWORD)
    search = page.get_by_role("textbox", name="Search")
    search.fill(line.code)
    search.press("Enter")
    expect(page.get_by_text("1–1 of 1 customer")).to_be_visible()
    press_name(page, line.name)
    expect(page.get_by_role("heading", name=line.name)).to_be_visible()
    expect(page).to_have_url(f"{demo_server.url}/balances?customer={line.code}")
    page.get_by_role("button", name="All balances").click()
    expect(search).to_have_value(line.code)
    expect(page.get_by_text("1–1 of 1 customer")).to_be_visible()


def test_an_admin_sees_both_sides_of_a_balance_and_the_net(demo_server: Server, page: Page) -> None:
    kinds = types.with_money()
    line = next(line for line in balances.balances().lines if all(line.on(side, kinds) for side in Side))
    sides = [line.on(side, kinds) for side in Side]
    page.goto(f"{demo_server.url}/balances")
    sign_in(page, "ada", demo.PASSWORD)
    table = page.get_by_test_id("stDataFrame")
    table.wait_for()
    settled(page)
    box = table.bounding_box()
    assert box and (800 - box["y"] - HEAD) // ROW >= 11, "rows are in view below the figures of both sides"
    search = page.get_by_role("textbox", name="Search")
    search.fill(line.code)
    search.press("Enter")
    cells = page.get_by_test_id("stDataFrame").locator("[role=gridcell]")
    expect(page.get_by_text("1–1 of 1 customer")).to_be_visible()
    for amount in (*sides, line.amount):
        said = f"{amount / 1000:.2f}".rstrip("0").rstrip(".")
        expect(cells.filter(has_text=re.compile(f"^{re.escape(said)}$")).first).to_be_attached()
    page.goto(f"{demo_server.url}/balances?customer={line.code}")
    expect(page.get_by_role("main").get_by_text(f"net {money(line.amount)}")).to_be_visible()
    figures = page.get_by_test_id("stMetric")
    for side, amount in zip(Side, sides, strict=True):
        expect(figures.filter(has_text=figure_on(side, kinds))).to_contain_text(money(amount))


def test_balances_do_not_exist_for_whoever_may_not_import_credits(demo_server: Server, page: Page) -> None:
    code = active_customers()[0][0]
    page.goto(f"{demo_server.url}/balances?customer={code}")
    sign_in(page, "lou", demo.PASSWORD)
    expect(page.get_by_text("You don't have access to this page.")).to_be_visible()
    expect(page.get_by_role("table")).to_have_count(0)
