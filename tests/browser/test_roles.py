"""Every page, for whoever is signed out and for every role of the demo: what each is shown."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server
from tests.browser.driving import settled, signed_in

NOT_YOURS = "You don't have access to this page."
Shown = Callable[[str], str]


@pytest.fixture
def tab(demo_server: Server, page: Page, username: str) -> Page:
    """A tab in which this person is signed in."""
    signed_in(page.context, username, url=demo_server.url)
    return page


@pytest.fixture
def shown(demo_server: Server, tab: Page) -> Shown:
    """Open an address in that tab, wait until the page is done, and give all the text that is shown."""

    def show(address: str) -> str:
        tab.goto(demo_server.url + address)
        main = tab.get_by_role("main")
        expect(main.get_by_role("heading").or_(main.get_by_text(NOT_YOURS)).first).to_be_visible()
        settled(tab)
        text = main.inner_text()
        assert "Something went wrong" not in text
        return text

    return show


@pytest.mark.parametrize("username", ["lou"])
def test_whoever_may_import_nothing_is_told_so_and_offered_nothing(tab: Page, shown: Shown) -> None:
    text = shown("/")
    assert "Nothing to import" in text
    assert "Your role (Salesperson) can't import." in text
    expect(tab.locator("input[type=file]")).to_have_count(0)
    expect(tab.get_by_role("main").get_by_role("button")).to_have_count(0)
    history = shown("/history")
    assert "credits-" not in history and "Nothing was imported yet" not in history
    assert "Your role (Salesperson) neither imports nor sees imports." in history
    assert "An Admin can give you access." in shown("/users")


@pytest.mark.parametrize("username", ["ada", "rita"])
def test_only_the_types_of_ones_roles_are_offered(tab: Page, shown: Shown, username: str) -> None:
    shown("/")
    main = tab.get_by_role("main")
    expect(main.get_by_role("link", name="Download sample template")).to_be_visible()
    expect(main.get_by_role("radio", name="Customers")).to_have_count(1 if username == "ada" else 0)
    if username == "ada":
        main.get_by_role("radio", name="Customers").click()
        expect(main.get_by_role("link", name="Download sample template")).to_be_visible()
        expect(main.get_by_role("link", name="Download current customers")).to_be_visible()
