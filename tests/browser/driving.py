"""Moves that every browser test makes, in the words of the screen."""

from playwright.sync_api import Page, expect

PASSWORD = "tulips-and-roses"
"""The password of every user that the tests add."""


def fill_sign_in(page: Page, username: str, password: str = PASSWORD) -> None:
    """Type into the sign-in form and press its button."""
    page.get_by_label("User name").fill(username)
    page.get_by_role("textbox", name="Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def sign_in(page: Page, username: str, password: str = PASSWORD) -> None:
    """Sign in on the page that is open, and wait until the frame of the app is there."""
    fill_sign_in(page, username, password)
    expect(page.get_by_role("link", name="Sign out")).to_be_visible()


def expect_sign_in_form(page: Page) -> None:
    """The form is shown, and nothing of the app."""
    expect(page.get_by_label("User name")).to_be_visible()
    expect(page.get_by_role("link", name="Sign out")).to_have_count(0)
