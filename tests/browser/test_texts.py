"""What sheets and people write stands on every page as they wrote it; no part of a page is made of it."""

import pytest
from playwright.sync_api import BrowserContext, Dialog, Locator, Page, expect

from komet_import.ledger import database, locations
from komet_import.ledger.models import Customer
from tests.browser.conftest import Server, StartServer
from tests.browser.driving import Review, shown, signed_in, upload
from tests.browser.sheets import good_rows, workbook
from tests.mail_server import MailServer
from tests.outbox.people import eventually

ADDRESS = "www.evil.example"
MAIL = "pay@evil.example"
LINK = "[pay](https://evil.example/x)"
MADE_UP = "a -> b -- :material/delete: ~= **c**"
HOSTILE = "<img src=x onerror=alert(1)>"
SHORT = "<img src=x>"
"""Short enough for a code."""
NAME = f"{HOSTILE} {ADDRESS} {MAIL} {LINK.replace('/', '')}.xlsx"


def expect_nothing_made(main: Locator) -> None:
    """Nothing leads to where a text says; no picture, arrow, dash or icon was made of one."""
    expect(main.locator("img[src=x]")).to_have_count(0)
    expect(main.locator("a[href*='evil' i]")).to_have_count(0)
    expect(main.get_by_text("a → b")).to_have_count(0)
    expect(main.get_by_text("b —")).to_have_count(0)


@pytest.fixture
def office(server: StartServer, demo_database: str, smtp: MailServer) -> Server:
    with database.transaction() as session:
        session.add(Customer(code="WWW", code_key="WWW", name=f"{ADDRESS} {MAIL} {MADE_UP}"))
        locations.add(session, code="EVIL", name=f"{ADDRESS} -> {MAIL}", by=1)
    return server(demo_database, **smtp.environment)


@pytest.fixture
def troubles(page: Page) -> list[str]:
    """What a page does because a text says so: a question, an error, a picture that is asked for."""
    seen: list[str] = []

    def refuse(dialog: Dialog) -> None:
        seen.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", refuse)
    page.on("pageerror", lambda error: seen.append(str(error)))
    page.on("request", lambda request: seen.append(request.url) if request.url.endswith("/x") else None)
    return seen


def test_no_text_of_a_sheet_becomes_a_part_of_a_page(
    office: Server, page: Page, context: BrowserContext, smtp: MailServer, troubles: list[str]
) -> None:
    signed_in(context, "rita", url=office.url)
    page.goto(office.url)
    main = page.get_by_role("main")
    rows = good_rows(7, tag="TXT")
    rows[0][0], rows[0][5] = ADDRESS, LINK
    rows[1][3], rows[1][5] = MAIL, f"see https://evil.example/{ADDRESS}"
    rows[2][1], rows[2][4] = MADE_UP[:20], MAIL
    rows[3][5] = MADE_UP
    rows[4][0], rows[5][5], rows[6][1], rows[6][3] = SHORT, HOSTILE, SHORT, HOSTILE
    upload(page, NAME, workbook(rows))
    review = Review(page).past_the_panel()
    for row, column, said in (
        (6, "Customer Code", SHORT),
        (7, "Comments", HOSTILE),
        (8, "Credit #", SHORT),
        (8, "Credit Balance", HOSTILE),
    ):
        expect(review.cell(row, column)).to_have_text(said)
    problems = page.get_by_role("tabpanel", name="Problems")
    for said in (ADDRESS, MAIL, SHORT, HOSTILE):
        expect(problems.get_by_text(shown(f"“{said}”")).first).to_be_visible()
    expect(main.get_by_text(shown(NAME)).first).to_be_visible()
    expect_nothing_made(main)
    review.type(5, "Comments", f"{MADE_UP} {ADDRESS}")
    review.type(2, "Comments", "once more, at https://evil.example/y")
    review.type(7, "Comments", f"{HOSTILE}!")
    page.get_by_role("tab", name="Edits").click()
    expect(page.get_by_text(shown(f"“{MADE_UP}” → “{MADE_UP[:20]}")).first).to_be_visible()
    expect(page.get_by_text(f"“{HOSTILE}!”")).to_be_visible()
    expect_nothing_made(main)
    review.button.click()
    expect(page.get_by_role("heading", name="2 credits imported")).to_be_visible()
    expect(main.get_by_text(shown(NAME)).first).to_be_visible()
    expect(page.locator('tr[data-row="6"] td[data-column="Customer Code"]')).to_have_text(SHORT)
    expect(page.locator('tr[data-row="8"]')).to_contain_text(f"not “{HOSTILE}”")
    expect_nothing_made(main)
    eventually(lambda: len(smtp.messages) == 1)
    assert "<img" not in smtp.messages[0].part("html")
    for path in ("/history", "/messages", "/balances?customer=WWW", "/"):
        page.goto(office.url + path)
        expect(main.get_by_role("heading").first).to_be_visible()
        if path in ("/history", "/messages"):
            expect(main.get_by_text(HOSTILE).first).to_be_attached()  # as a cell of a canvas
        expect_nothing_made(main)
    assert troubles == []


def test_nor_does_what_an_admin_wrote(office: Server, page: Page, context: BrowserContext) -> None:
    signed_in(context, "ada", url=office.url)
    main = page.get_by_role("main")
    for path in ("/locations", "/users", "/balances?customer=WWW"):
        page.goto(office.url + path)
        expect(main.get_by_role("heading").first).to_be_visible()
        expect_nothing_made(main)
