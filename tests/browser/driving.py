"""Moves that every browser test makes, in the words of the screen."""

import re
from pathlib import Path

from playwright.sync_api import BrowserContext, Download, FilePayload, Locator, Page, expect

from komet_import.access import sessions, users
from komet_import.access.users import CurrentUser
from komet_import.ledger import database
from komet_import.web.shared.auth import SESSION_COOKIE

PASSWORD = "tulips-and-roses"
"""The password of every user that the tests add."""
WHO = ".st-key-who button"
"""The person's name below the menu, which opens what is theirs."""
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def fill_sign_in(page: Page, username: str, password: str = PASSWORD) -> None:
    """Type into the sign-in form and press its button."""
    page.get_by_label("User name").fill(username)
    page.get_by_role("textbox", name="Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def sign_in(page: Page, username: str, password: str = PASSWORD) -> None:
    """Sign in on the page that is open, and wait until the frame of the app is there."""
    fill_sign_in(page, username, password)
    expect_signed_in(page)


def expect_signed_in(page: Page) -> None:
    """The frame of the app is there, with the person's name below the menu."""
    expect(page.locator(WHO)).to_be_visible()


def sign_out(page: Page) -> None:
    """Leave by the button under the person's name."""
    page.locator(WHO).click()
    page.get_by_role("button", name="Sign out", exact=True).click()


def signed_in(context: BrowserContext, username: str, *, url: str) -> None:
    """Give a browser the cookie of a fresh session, where signing in is not what is tried."""
    with database.transaction() as session:
        user = users.find(session, username)
        assert user is not None and user.id is not None
        ticket = sessions.open_ticket(session, user_id=user.id, browser="a test")
        token = sessions.redeem_ticket(session, ticket=ticket, browser="a test")
    assert token is not None
    context.add_cookies([{"name": SESSION_COOKIE, "value": token, "url": url}])


def person(username: str) -> CurrentUser:
    """Who has this user name, in the database that the settings point to."""
    with database.reading() as session:
        found = users.find(session, username)
        current = found and users.current(session, found.id or 0)
    assert current is not None
    return current


def expect_sign_in_form(page: Page) -> None:
    """The form is shown, and nothing of the app."""
    expect(page.get_by_label("User name")).to_be_visible()
    expect(page.locator(WHO)).to_have_count(0)


def settled(page: Page) -> None:
    """The page's script is at its end: until then, what it showed before stands beside what it shows now.
    A page on which nothing stands has not begun.
    """
    at_its_end = "[data-testid=stApp][data-test-script-state=notRunning]"
    page.locator(f"{at_its_end}:has([data-testid=stElementContainer])").wait_for(state="attached")


def answered(page: Page) -> None:
    """Nothing is on its way from the grid to the server."""
    page.locator("[role=grid][data-pending='0'][aria-busy=false]").wait_for(state="attached")


def upload(page: Page, name: str, content: bytes) -> None:
    """Choose a file on the Data import page that is open."""
    upload_files(page, [{"name": name, "mimeType": EXCEL, "buffer": content}])


def upload_files(page: Page, files: Path | list[FilePayload]) -> None:
    """Choose several files at once, or one of the disk."""
    settled(page)  # an uploader that was emptied stands there twice before
    page.get_by_test_id("stFileUploader").locator("input[type=file]").set_input_files(files)


def downloaded(page: Page, words: str) -> Download:
    """Follow a link to a file and take it."""
    with page.expect_download() as started:
        link(page, words).click()
    return started.value


def shown(text: str) -> re.Pattern[str]:
    """A text as a screen shows it: where it looks like an address, unseen signs keep it from being a link."""
    signs = ("[/]" if sign == "/" else re.escape(sign) for sign in text)  # a bare / ends Playwright's pattern
    return re.compile("\u2060?".join(signs))


# Roles and names are the subject of few tests: to find one, Chromium computes the names of a whole page, of
# all cells among them. What only has to be found is found by its tag and its words. `expect` does the same
# each time that it looks in vain, to describe what it found instead: what is sure to come is waited for
# (`wait_for`).

MAIN = "main, [role=main]"
"""What is neither the sidebar nor the header."""


def button(within: Page | Locator, words: str | re.Pattern[str], *, exact: bool = False) -> Locator:
    """The buttons that say these words, or these words only."""
    return _saying(within, "button", words, exact=exact)


def radio(within: Page | Locator, words: str) -> Locator:
    """The choices that say these words, of which one at a time is made."""
    return _saying(within, "button[role=radio]", words, exact=False)


def link(within: Page | Locator, words: str | re.Pattern[str], *, exact: bool = False) -> Locator:
    """The links that say these words, or these words only."""
    return _saying(within, "a", words, exact=exact)


def heading(within: Page | Locator, words: str, *, exact: bool = False) -> Locator:
    """The headings that say these words, or these words only."""
    return _saying(within, ":is(h1, h2, h3)", words, exact=exact)


def _saying(within: Page | Locator, tag: str, words: str | re.Pattern[str], *, exact: bool) -> Locator:
    found = within.locator(f"{tag}:visible")
    if not exact:
        return found.filter(has_text=words)
    assert isinstance(words, str)
    page = within if isinstance(within, Page) else within.page
    return found.filter(has=page.get_by_text(words, exact=True))  # an icon is a word, too


class Review:
    """The Review page in the words of the person before it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.main = page.locator(MAIN)
        self.grid = page.locator("[role=grid]")
        self.button = page.locator(".st-key-import button")
        """The one button; its name says what it will do."""

    def opened(self) -> "Review":
        """Wait until the grid shows rows."""
        self.page.locator("[role=gridcell]").first.wait_for()
        return self

    def past_the_panel(self) -> "Review":
        """The grid of a file that was just uploaded: where it is asked how that was read, it is put off."""
        cell, later = self.page.locator("[role=gridcell]").first, self.page.locator(".st-key-reading-later")
        expect(cell.or_(later).first).to_be_visible()
        if later.is_visible():
            later.locator("button:visible").click()
        return self.opened()

    def open_totals(self) -> None:
        """Look at what is expected of the file, behind the button that says whether it is so."""
        self.page.locator(".st-key-review-totals button").click()

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
        answered(self.page)

    def rows(self) -> list[int]:
        """The numbers of the rows that are shown."""
        heads = self.page.locator("[role=rowheader]").evaluate_all("all => all.map(h => h.dataset.rowHead)")
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
    expect(page.locator(MAIN)).to_have_text(re.compile(rf"[\s\S]*{said.pattern}[\s\S]*"))
