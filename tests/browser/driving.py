"""Moves that every browser test makes, in the words of the screen."""

import re

from playwright.sync_api import BrowserContext, Download, Locator, Page, expect

from komet_import.access import sessions, users
from komet_import.ledger import database
from komet_import.web.shared.auth import SESSION_COOKIE

PASSWORD = "tulips-and-roses"
"""The password of every user that the tests add."""
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def fill_sign_in(page: Page, username: str, password: str = PASSWORD) -> None:
    """Type into the sign-in form and press its button."""
    page.get_by_label("User name").fill(username)
    page.get_by_role("textbox", name="Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def sign_in(page: Page, username: str, password: str = PASSWORD) -> None:
    """Sign in on the page that is open, and wait until the frame of the app is there."""
    fill_sign_in(page, username, password)
    expect(page.get_by_role("link", name="Sign out")).to_be_visible()


def signed_in(context: BrowserContext, username: str, *, url: str) -> None:
    """Give a browser the cookie of a fresh session, where signing in is not what is tried."""
    with database.transaction() as session:
        user = users.find(session, username)
        assert user is not None and user.id is not None
        ticket = sessions.open_ticket(session, user_id=user.id, browser="a test")
        token = sessions.redeem_ticket(session, ticket=ticket, browser="a test")
    assert token is not None
    context.add_cookies([{"name": SESSION_COOKIE, "value": token, "url": url}])


def expect_sign_in_form(page: Page) -> None:
    """The form is shown, and nothing of the app."""
    expect(page.get_by_label("User name")).to_be_visible()
    expect(page.get_by_role("link", name="Sign out")).to_have_count(0)


def upload(page: Page, name: str, content: bytes) -> None:
    """Choose a file on the Data import page that is open."""
    page.get_by_test_id("stFileUploader").locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": EXCEL, "buffer": content}
    )


def downloaded(page: Page, link: str) -> Download:
    """Follow a link to a file and take it."""
    with page.expect_download() as started:
        page.get_by_role("link", name=link).click()
    return started.value


def shown(text: str) -> re.Pattern[str]:
    """A text as a screen shows it: where it looks like an address, unseen signs keep it from being a link."""
    signs = ("[/]" if sign == "/" else re.escape(sign) for sign in text)  # a bare / ends Playwright's pattern
    return re.compile("\u2060?".join(signs))


class Review:
    """The Review page in the words of the person before it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.main = page.get_by_role("main")
        self.grid = page.get_by_role("grid")
        self.button = page.get_by_role("button", name=re.compile("^Import "))
        """The one button; its name says what it will do."""

    def opened(self) -> "Review":
        """Wait until the grid shows rows."""
        expect(self.page.get_by_role("gridcell").first).to_be_visible()
        return self

    @property
    def batch(self) -> str:
        """The ID in the address."""
        return self.page.url.partition("?batch=")[2]

    def cell(self, row: int, column: str) -> Locator:
        """A cell by its row in Excel and its header."""
        return self.page.locator(f'[role="gridcell"][data-row="{row}"][data-column="{column}"]')

    def type(self, row: int, column: str, text: str) -> None:
        """Type over a cell, and wait until the server has it."""
        self.cell(row, column).click()
        self.page.keyboard.type(text)
        self.page.keyboard.press("Enter")
        self.settled()

    def settled(self) -> None:
        """Wait until nothing is on its way to the server."""
        expect(self.grid).to_have_attribute("data-pending", "0")
        expect(self.grid).to_have_attribute("aria-busy", "false")

    def rows(self) -> list[int]:
        """The numbers of the rows that are shown."""
        heads = self.page.get_by_role("rowheader").evaluate_all("all => all.map(h => h.dataset.rowHead)")
        return [int(number) for number in heads]

    def marked(self) -> set[tuple[int, str]]:
        """The bad cells, by row and column."""
        found = self.page.locator('[role="gridcell"][aria-invalid="true"]').evaluate_all(
            "all => all.map(c => [Number(c.dataset.row), c.dataset.column])"
        )
        return {(row, column) for row, column in found}


def expect_figure(page: Page, label: str, rows: int, money: str) -> None:
    """A tile says so many rows and so much money."""
    said = re.compile(rf"{label}\W{{0,9}}{rows:,}\W{{1,9}}{re.escape(money.lstrip('$'))}(?!\d)")
    expect(page.get_by_role("main")).to_have_text(re.compile(rf"[\s\S]*{said.pattern}[\s\S]*"))
