"""What sheets and people write stands on every page as they wrote it; no part of a page is made of it."""

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from komet_import.ledger import database, locations
from komet_import.ledger.models import Customer
from tests.browser.conftest import Server, StartServer
from tests.browser.driving import Review, shown, signed_in, upload
from tests.browser.sheets import good_rows, workbook

ADDRESS = "www.evil.example"
MAIL = "pay@evil.example"
LINK = "[pay](https://evil.example/x)"
MADE_UP = "a -> b -- :material/delete: ~= **c**"
NAME = f"{ADDRESS} {MAIL} {LINK.replace('/', '')}.xlsx"


def expect_nothing_made(main: Locator) -> None:
    """Nothing leads to where a text says, no arrow, dash or icon was made of one."""
    expect(main.locator("a[href*='evil' i]")).to_have_count(0)
    expect(main.get_by_text("a → b")).to_have_count(0)
    expect(main.get_by_text("b —")).to_have_count(0)


@pytest.fixture
def office(server: StartServer, demo_database: str) -> Server:
    with database.transaction() as session:
        session.add(Customer(code="WWW", code_key="WWW", name=f"{ADDRESS} {MAIL} {MADE_UP}"))
        locations.add(session, code="EVIL", name=f"{ADDRESS} -> {MAIL}", by=1)
    return server(demo_database)


def test_no_text_of_a_sheet_becomes_a_part_of_a_page(
    office: Server, page: Page, context: BrowserContext
) -> None:
    signed_in(context, "rita", url=office.url)
    page.goto(office.url)
    main = page.get_by_role("main")
    rows = good_rows(4, tag="TXT")
    rows[0][0], rows[0][5] = ADDRESS, LINK
    rows[1][3], rows[1][5] = MAIL, f"see https://evil.example/{ADDRESS}"
    rows[2][1], rows[2][4] = MADE_UP[:20], MAIL
    rows[3][5] = MADE_UP
    upload(page, NAME, workbook(rows))
    review = Review(page).past_the_panel()
    problems = page.get_by_role("tabpanel", name="Problems")
    expect(problems.get_by_text(shown(f"“{ADDRESS}”")).first).to_be_visible()
    expect(problems.get_by_text(shown(f"“{MAIL}”")).first).to_be_visible()
    expect(main.get_by_text(shown(NAME)).first).to_be_visible()
    expect_nothing_made(main)
    review.type(5, "Comments", f"{MADE_UP} {ADDRESS}")
    review.type(2, "Comments", "once more, at https://evil.example/y")
    page.get_by_role("tab", name="Edits").click()
    expect(page.get_by_text(shown(f"“{MADE_UP}” → “{MADE_UP[:20]}")).first).to_be_visible()
    expect_nothing_made(main)
    review.button.click()
    expect(page.get_by_role("heading", name="1 credit imported")).to_be_visible()
    expect(main.get_by_text(shown(NAME)).first).to_be_visible()
    expect_nothing_made(main)
    for path in ("/history", "/messages", "/balances?customer=WWW", "/"):
        page.goto(office.url + path)
        expect(main.get_by_role("heading").first).to_be_visible()
        expect_nothing_made(main)


def test_nor_does_what_an_admin_wrote(office: Server, page: Page, context: BrowserContext) -> None:
    signed_in(context, "ada", url=office.url)
    main = page.get_by_role("main")
    for path in ("/locations", "/users", "/balances?customer=WWW"):
        page.goto(office.url + path)
        expect(main.get_by_role("heading").first).to_be_visible()
        expect_nothing_made(main)
