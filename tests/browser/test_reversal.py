"""Taking an import back, in Chromium: from the report to the balances and to the same sheet once more."""

import re

from playwright.sync_api import Page, expect
from sqlmodel import select

from komet_import import demo, services, types
from komet_import.access import users
from komet_import.access.users import CurrentUser
from komet_import.ledger import balances, database, statement
from komet_import.ledger.models import User
from komet_import.types import OPEN_CREDITS, Side
from komet_import.types.schema import money
from tests.browser.conftest import Server
from tests.browser.driving import Review, sign_in, upload
from tests.browser.sheets import active_customers, good_rows, workbook


def somebody(username: str) -> CurrentUser:
    with database.reading() as session:
        user_id = session.exec(select(User.id).where(User.username == username)).one()
        found = users.current(session, user_id or 0)
    assert found is not None
    return found


def owed(code: str) -> int:
    found = statement.statement(code)
    assert found is not None
    return found.balance.amount


def test_an_import_is_taken_back_and_the_same_sheet_comes_again(demo_server: Server, page: Page) -> None:
    rita, sheet = somebody("rita"), workbook(good_rows(3, tag="REV"))
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
    expect(main.get_by_text("Posts -$6.75 in 3 opposite adjustments; nothing is deleted.")).to_be_visible()

    confirm.click()
    expect(main.get_by_text("Say in a few words why this import is reversed.")).to_be_visible()
    assert owed(code) == before + 1_250
    page.get_by_role("textbox", name="Reason").fill("Wrong *month* <b>& year</b>")
    confirm.click()
    expect(
        main.get_by_text(re.compile(r"^Reversed .* by Carl Nguyen: Wrong \*month\* <b>& year</b>"))
    ).to_be_visible()
    expect(main.get_by_text("-$6.75 was posted in 3 opposite adjustments.")).to_be_visible()
    expect(page.get_by_role("heading", name="3 credits imported and reversed · $6.75")).to_be_visible()
    expect(main.get_by_text("Reverse this import")).to_have_count(0)
    assert owed(code) == before

    page.get_by_role("link", name="History").click()
    line = page.get_by_role("table").get_by_role("row").filter(has_text="taken-back.xlsx")
    expect(line).to_contain_text(re.compile(r"taken-back\.xlsx\s*reversed\s*3 credits imported · \$6\.75"))
    line.get_by_role("link").click()
    expect(page).to_have_url(f"{demo_server.url}/report?batch={batch_id}")

    page.get_by_role("link", name="Balances").click()
    table = page.get_by_role("table")
    page.get_by_role("textbox", name="Search").fill(code.lower())
    page.keyboard.press("Enter")
    expect(table.get_by_role("row")).to_have_count(2)
    table.get_by_role("link", name=code, exact=True).click()
    expect(page).to_have_url(f"{demo_server.url}/balances?customer={code}")
    lines = table.get_by_role("row").filter(has_text="REV-1")
    expect(lines).to_have_text(
        [re.compile(r"REV-1\s*reversal.*-\$1\.25$"), re.compile(r"REV-1\s*reversed.*\$1\.25$")]
    )
    lines.first.get_by_role("link", name="taken-back.xlsx").click()
    expect(page).to_have_url(f"{demo_server.url}/report?batch={batch_id}")
    expect(main.get_by_text("by Carl Nguyen: Wrong")).to_be_visible()

    page.get_by_role("link", name="Data import").click()
    upload(page, "taken-back.xlsx", sheet)
    expect(Review(page).opened().button).to_have_text(re.compile(r"Import 3 credits"))


def test_the_list_of_balances_is_as_it_was_left(demo_server: Server, page: Page) -> None:
    code = balances.balances(types=[OPEN_CREDITS]).lines[0].code
    page.goto(f"{demo_server.url}/balances")
    sign_in(page, "rita", demo.PASSWORD)
    search = page.get_by_role("textbox", name="Search")
    search.fill(code)
    search.press("Enter")
    rows = page.get_by_role("table").get_by_role("row")
    expect(rows).to_have_count(2)
    rows.last.get_by_text("$").click()
    page.get_by_role("button", name="All balances").click()
    expect(search).to_have_value(code)
    expect(rows).to_have_count(2)
    rows.last.get_by_text("$").click()
    expect(page.get_by_role("button", name="All balances")).to_be_visible()
    page.go_back()
    expect(search).to_have_value(code)


def test_an_admin_sees_both_sides_of_a_balance_and_the_net(demo_server: Server, page: Page) -> None:
    line = next(line for line in balances.balances().lines if len(line.of) == 2)
    sides = [line.on(side, types.with_money()) for side in (Side.WE_OWE, Side.THEY_OWE)]
    page.goto(f"{demo_server.url}/balances")
    sign_in(page, "ada", demo.PASSWORD)
    search = page.get_by_role("textbox", name="Search")
    search.fill(line.code)
    search.press("Enter")
    table = page.get_by_role("table")
    expect(table.get_by_role("row")).to_have_count(2)
    expect(table.get_by_role("columnheader")).to_have_text(
        ["Code", "Customer", "Open items", "You owe", "They owe", "Net"]
    )
    expect(table.get_by_role("cell")).to_have_text(
        [line.name, str(line.standing), *(money(amount) for amount in (*sides, line.amount))]
    )
    table.get_by_role("link", name=line.code).click()
    told = page.get_by_role("main").get_by_text(f"net {money(line.amount)}")
    expect(told).to_contain_text(f"you owe {money(sides[0])} in")
    expect(told).to_contain_text(f"they owe {money(sides[1])} in")
    expect(table.get_by_role("columnheader", name="Customer PO")).to_be_visible()
    expect(table.get_by_role("row").filter(has_text=re.compile("Invoice.*INV-")).first).to_be_visible()


def test_balances_do_not_exist_for_whoever_may_not_import_credits(demo_server: Server, page: Page) -> None:
    code = active_customers()[0][0]
    page.goto(f"{demo_server.url}/balances?customer={code}")
    sign_in(page, "lou", demo.PASSWORD)
    expect(page.get_by_text("This page does not exist, or you may not see it.")).to_be_visible()
    expect(page.get_by_role("table")).to_have_count(0)
