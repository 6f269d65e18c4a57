"""The pages Account and Users, in Chromium: what a person changes there holds from the next click on."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from komet_import.access import password_hashes, users
from komet_import.ledger import database
from tests.browser.conftest import Server, running, using_database
from tests.browser.driving import PASSWORD, expect_sign_in_form, fill_sign_in, settled, sign_in

NEW = "peonies-in-june"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for this file; each test changes other people."""
    folder = tmp_path_factory.mktemp("office")
    url = f"sqlite:///{folder / 'komet.sqlite3'}"
    with using_database(url), pytest.MonkeyPatch.context() as patch:
        patch.setattr(password_hashes, "BCRYPT_COST", 4)
        database.upgrade()
        with database.transaction() as session:
            for username, role in (("ada", "Admin"), ("rita", "Accounts Receivables")):
                users.add(
                    session,
                    username=username,
                    email=f"{username}@example.com",
                    name=f"{username.title()} Gómez",
                    roles=[role],
                    password_hash=password_hashes.hashed(PASSWORD),
                )
        database.engine().dispose()
    with running(url, folder) as started:
        yield started


def change_password(page: Page, old: str, new: str, again: str) -> None:
    page.get_by_role("textbox", name="Current password").fill(old)
    page.get_by_role("textbox", name="New password", exact=True).fill(new)
    page.get_by_role("textbox", name="Confirm new password").fill(again)
    page.get_by_role("button", name="Change password").click()


def choose(page: Page, username: str) -> None:
    row = page.get_by_test_id("stHorizontalBlock").filter(has=page.get_by_text(username, exact=True)).last
    row.get_by_role("button", name="Change").click()
    expect(page.get_by_role("button", name="Change roles")).to_be_visible()
    settled(page)


def give(page: Page, role: str) -> None:
    """Choose a role in the form that asks for roles last, and close the list: its layer takes clicks."""
    roles = page.get_by_test_id("stMultiSelect").last
    roles.get_by_role("combobox").fill(role)
    page.get_by_role("option", name=role, exact=True).click()
    expect(roles).to_contain_text(role)
    roles.get_by_role("combobox").press("Tab")
    expect(page.get_by_role("listbox")).to_have_count(0)


def test_a_changed_password_signs_other_browsers_out_and_this_one_not(
    office: Server, page: Page, elsewhere: Page
) -> None:
    for tab in (page, elsewhere):
        tab.goto(f"{office.url}/account")
        sign_in(tab, "rita")
    for old, new, again, told in (
        ("not-the-old-one", NEW, NEW, "The current password is not right; type it again."),
        (PASSWORD, NEW, NEW + "x", "The two new passwords differ; type them again."),
        (PASSWORD, "short", "short", "The password is too short; use at least 12 characters."),
        (PASSWORD, NEW, NEW, "Your password is changed. Other browsers are signed out."),
    ):
        change_password(page, old, new, again)
        expect(page.get_by_text(told)).to_be_visible()
    expect_sign_in_form(elsewhere)  # by itself, within seconds
    fill_sign_in(elsewhere, "rita", PASSWORD)
    expect(elsewhere.get_by_role("alert")).to_have_text("The user name or the password is wrong.")
    sign_in(elsewhere, "rita", NEW)
    expect(elsewhere.get_by_text("Last sign-in")).to_have_count(2)
    removed = elsewhere.get_by_test_id("stHorizontalBlock").filter(has_text="this browser").last
    removed.get_by_role("button", name="Remove").click()
    expect(elsewhere.get_by_text("The browser is no longer trusted.")).to_be_visible()
    expect(elsewhere.get_by_text("Last sign-in")).to_have_count(1)
    expect(elsewhere.get_by_text("· this browser")).to_have_count(0)
    elsewhere.get_by_role("button", name="Sign out everywhere").click()
    expect_sign_in_form(elsewhere)
    page.reload()
    expect_sign_in_form(page)


def test_an_admin_adds_changes_and_deactivates_a_user(office: Server, page: Page, elsewhere: Page) -> None:
    page.goto(f"{office.url}/users")
    sign_in(page, "ada")

    page.get_by_role("textbox", name="User name").fill("RITA")
    page.get_by_role("textbox", name="Full name").fill("Rita the second")
    page.get_by_role("textbox", name="Email").fill("rita2@example.com")
    page.get_by_role("textbox", name="Password", exact=True).fill(PASSWORD)
    give(page, "Shipping")
    page.get_by_role("button", name="Add user").click()
    expect(page.get_by_text("There is a user “RITA” already")).to_be_visible()
    page.get_by_role("textbox", name="User name").fill("zoe")
    page.get_by_role("button", name="Add user").click()
    expect(page.get_by_text("zoe can sign in now.")).to_be_visible()

    elsewhere.goto(f"{office.url}/account")
    sign_in(elsewhere, "zoe")
    expect(elsewhere.get_by_test_id("stSidebar").get_by_text("Shipping")).to_be_visible()

    choose(page, "zoe")
    give(page, "Cashier")
    page.get_by_role("button", name="Change roles").click()
    expect(page.get_by_text("The roles of zoe are changed.")).to_be_visible()
    elsewhere.reload()
    expect(elsewhere.get_by_test_id("stSidebar").get_by_text("Shipping, Cashier")).to_be_visible()

    choose(page, "zoe")
    page.get_by_role("textbox", name="New password").fill(NEW)
    page.get_by_role("button", name="Set password").click()
    expect(page.get_by_text("The password of zoe is set")).to_be_visible()
    elsewhere.reload()
    sign_in(elsewhere, "zoe", NEW)

    choose(page, "zoe")
    page.get_by_role("button", name="Deactivate").click()
    expect(page.get_by_text("zoe is deactivated")).to_be_visible()
    elsewhere.reload()
    fill_sign_in(elsewhere, "zoe", NEW)
    expect(elsewhere.get_by_role("alert")).to_have_text("The user name or the password is wrong.")


def test_the_last_admin_cannot_leave_by_mistake(office: Server, page: Page) -> None:
    page.goto(f"{office.url}/users")
    sign_in(page, "ada")
    choose(page, "ada")
    page.get_by_role("button", name="Deactivate").click()
    expect(page.get_by_text("This is the last active Admin; make somebody else Admin first.")).to_be_visible()
