"""Signing in and out, in Chromium against a running server."""

import re
import sqlite3
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlmodel import select, update

from komet_import import settings as settings_module
from komet_import.access import browsers, password_hashes, sessions, throttle, users
from komet_import.ledger import database
from komet_import.ledger.models import SignInAttempt, UserSession
from tests.browser.conftest import Server, StartServer, running
from tests.browser.driving import (
    PASSWORD,
    expect_sign_in_form,
    expect_signed_in,
    fill_sign_in,
    sign_in,
    sign_out,
    signed_in,
)
from tests.browser.windows import Windows


def add_user(username: str, *roles: str) -> int:
    with database.transaction() as session:
        user = users.add(
            session,
            username=username,
            email=f"{username}@example.com",
            name=f"{username.title()} Gómez",
            roles=roles,
            password_hash=password_hashes.hashed(PASSWORD),
        )
    assert user.id is not None
    return user.id


@pytest.fixture(scope="module")
def _office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, str]]:
    """One server for this file, with an Admin, somebody who imports and somebody who does not."""
    folder = tmp_path_factory.mktemp("office")
    url = f"sqlite:///{folder / 'komet.sqlite3'}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(password_hashes, "BCRYPT_COST", 4)
        _point_to(url, patch)
        database.upgrade()
        add_user("ada", "Admin")
        add_user("rita", "Accounts Receivables")
        add_user("sam", "Salesperson")
        database.engine().dispose()
    settings_module.settings.cache_clear()
    with running(url, folder, KOMET_COMPANY="Flores *del* Valle") as started:
        yield started, url


def _point_to(url: str, patch: pytest.MonkeyPatch) -> None:
    patch.setenv("KOMET_DATABASE_URL", url)
    settings_module.settings.cache_clear()


@pytest.fixture
def office(_office: tuple[Server, str], monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of that server; the test's own settings point to its database, without failed attempts."""
    started, url = _office
    _point_to(url, monkeypatch)
    with database.transaction() as session:
        for attempt in session.exec(select(SignInAttempt)).all():
            session.delete(attempt)
    return started.url


def cookie(context: BrowserContext, name: str) -> dict[str, object]:
    return next(dict(one) for one in context.cookies() if one["name"] == name)


def test_a_deep_link_survives_sign_in_with_its_query(office: str, page: Page) -> None:
    page.goto(f"{office}/account?batch=a%20b%26c&x=1&x=2")
    sign_in(page, "rita")
    assert page.url == f"{office}/account?batch=a%20b%26c&x=1&x=2"
    expect(page.get_by_role("heading", name="Account")).to_be_visible()


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(
    office: str, page: Page, context: BrowserContext
) -> None:
    page.goto(f"{office}/account")
    sign_in(page, "rita")
    for name in ("komet_session", "komet_browser"):
        held = cookie(context, name)
        assert (held["httpOnly"], held["sameSite"], held["expires"]) == (True, "Lax", -1)
    known = cookie(context, "komet_known")
    assert (known["httpOnly"], known["sameSite"]) == (True, "Lax")
    assert abs(float(str(known["expires"])) - time.time() - browsers.LIFETIME.total_seconds()) < 600
    assert "komet" not in page.evaluate("document.cookie")


def test_a_reload_and_a_second_tab_keep_the_session(office: str, page: Page, context: BrowserContext) -> None:
    page.goto(f"{office}/account")
    sign_in(page, "Rita")
    page.reload()
    expect(page.get_by_role("heading", name="Account")).to_be_visible()
    second = context.new_page()
    second.goto(f"{office}/account")
    expect(second.get_by_role("heading", name="Account")).to_be_visible()


def test_a_browser_that_was_closed_has_kept_the_page_and_may_sign_in_again(
    office: str, page: Page, context: BrowserContext
) -> None:
    for _ in range(2):
        page.goto(office)
        sign_in(page, "rita")
        context.clear_cookies()  # as closing it does; what it has fetched stays


def test_the_first_field_has_the_focus(office: str, page: Page) -> None:
    page.goto(office)
    expect(page.get_by_label("User name")).to_be_focused()


def test_a_wrong_sign_in_says_no_more_than_that(office: str, page: Page) -> None:
    page.goto(f"{office}/account")
    for username, password, told in (  # the same is never said twice in a row: that would be seen too early
        ("rita", "wrong-password", "The user name or the password is wrong."),
        ("", "", "Type your user name and your password."),
        ("nobody", PASSWORD, "The user name or the password is wrong."),
    ):
        fill_sign_in(page, username, password)
        expect(page.get_by_role("alert")).to_have_text(told)
        expect_sign_in_form(page)
    sign_in(page, "rita")


def test_strangers_make_strangers_wait_and_not_the_browser_of_the_owner(
    office: str, page: Page, elsewhere: Page
) -> None:
    page.goto(f"{office}/account")
    sign_in(page, "sam")
    sign_out(page)
    elsewhere.goto(f"{office}/account")
    with database.transaction() as session:
        session.add_all(
            SignInAttempt(username_key="sam", address="elsewhere", failed=True)
            for _ in range(throttle.STRANGERS_AT_A_NAME - 1)
        )
    fill_sign_in(elsewhere, "sam", "the-tenth-wrong-one")
    expect(elsewhere.get_by_role("alert")).to_have_text("The user name or the password is wrong.")
    fill_sign_in(elsewhere, "sam")
    expect(elsewhere.get_by_role("alert")).to_contain_text(
        "Too many failed sign-ins; try again in 15 minutes"
    )
    sign_in(page, "sam")
    with database.transaction() as session:
        session.exec(update(SignInAttempt).values(at=sessions.now() - timedelta(minutes=15)))
    sign_in(elsewhere, "sam")


def test_signing_out_in_one_tab_ends_the_other(office: str, page: Page, context: BrowserContext) -> None:
    signed_in(page.context, "rita", url=office)
    page.goto(f"{office}/account")
    expect_signed_in(page)
    second = context.new_page()
    second.goto(f"{office}/account")
    expect(second.get_by_role("heading", name="Account")).to_be_visible()
    sign_out(page)
    expect_sign_in_form(page)
    expect_sign_in_form(second)  # by itself
    expect(second.get_by_text("Your session has ended.")).to_be_visible()


def test_an_old_cookie_is_refused_after_sign_out(office: str, page: Page, context: BrowserContext) -> None:
    signed_in(page.context, "rita", url=office)
    page.goto(f"{office}/account")
    expect_signed_in(page)
    old = cookie(context, "komet_session")
    sign_out(page)
    expect_sign_in_form(page)
    context.add_cookies([old])  # type: ignore[list-item]
    page.goto(f"{office}/account")
    expect_sign_in_form(page)


def test_signing_in_again_in_the_same_tab_works_as_somebody_else(office: str, page: Page) -> None:
    for username, name in (("rita", "Rita Gómez"), ("ada", "Ada Gómez"), ("rita", "Rita Gómez")):
        page.goto(f"{office}/account")
        sign_in(page, username)
        expect(page.get_by_test_id("stSidebar").get_by_text(name)).to_be_visible()
        sign_out(page)
        expect_sign_in_form(page)


def test_signing_in_where_a_session_ended_needs_no_reload(office: str, page: Page) -> None:
    signed_in(page.context, "rita", url=office)
    page.goto(f"{office}/account")
    expect_signed_in(page)
    with database.transaction() as session:
        for one in session.exec(select(UserSession)).all():
            session.delete(one)
    expect_sign_in_form(page)
    sign_in(page, "rita")  # at once, though the form can be sent over the tab's next socket only
    expect(page.get_by_role("heading", name="Account")).to_be_visible()


def test_whoever_is_signed_out_gets_the_form_on_a_page(office: str, page: Page) -> None:
    page.goto(f"{office}/review?batch=AB12")
    expect_sign_in_form(page)
    expect(page.get_by_test_id("stSidebar")).to_have_count(0)
    assert page.url == f"{office}/review?batch=AB12"


def test_a_page_for_admins_does_not_exist_for_others(office: str, page: Page) -> None:
    signed_in(page.context, "rita", url=office)
    page.goto(f"{office}/users")
    expect(page.get_by_text("You don't have access to this page.")).to_be_visible()
    expect(page.get_by_role("link", name="Users")).to_have_count(0)
    expect(page.get_by_role("heading", name="Users")).to_have_count(0)


def test_a_ticket_planted_in_another_browser_is_refused(office: str, page: Page) -> None:
    with database.transaction() as session:
        ada = users.find(session, "ada")
        assert ada is not None
        assert ada.id is not None
        ticket = sessions.open_ticket(session, user_id=ada.id, browser="the attacker's browser")
    page.goto(f"{office}/account")  # the victim's browser has a mark of its own
    expect_sign_in_form(page)
    page.goto(f"{office}/session?ticket={ticket}&next=/account")
    expect_sign_in_form(page)
    assert page.url == f"{office}/account"


def test_a_used_address_with_a_ticket_opens_nothing_and_keeps_who_is_signed_in(
    office: str, page: Page, elsewhere: Page
) -> None:
    used: list[str] = []
    page.on("request", lambda request: used.append(request.url) if "/session?" in request.url else None)
    page.goto(f"{office}/account")
    sign_in(page, "rita")
    assert len(used) == 1
    page.goto(used[0])
    expect(page.get_by_test_id("stSidebar").get_by_text("Rita Gómez")).to_be_visible()
    elsewhere.goto(used[0])
    expect_sign_in_form(elsewhere)


def test_sign_in_never_leads_to_another_site(office: str, page: Page) -> None:
    page.goto(f"{office}/session?ticket=x&next={quote('//evil.example/')}")
    expect_sign_in_form(page)
    assert page.url == f"{office}/"


def test_another_sites_page_cannot_sign_people_out(office: str, page: Page, tmp_path: Path) -> None:
    signed_in(page.context, "rita", url=office)
    page.goto(f"{office}/account")
    expect_signed_in(page)
    page.route(
        "http://evil.example/",
        lambda route: route.fulfill(content_type="text/html", body=f'<a href="{office}/sign-out">prize</a>'),
    )
    page.goto("http://evil.example/")
    page.get_by_role("link", name="prize").click()
    expect(page.get_by_role("heading", name="Sign out?")).to_be_visible()
    page.get_by_role("link", name="Stay signed in").click()
    expect_signed_in(page)


def test_every_answer_carries_the_security_headers(office: str) -> None:
    for path in ("/", "/healthz", "/_stcore/health"):
        with urllib.request.urlopen(office + path) as answer:
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
            assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
            assert answer.headers["Referrer-Policy"] == "same-origin"
            assert ("komet_browser=" in (answer.headers["Set-Cookie"] or "")) == (path == "/")


@pytest.mark.parametrize(
    ("method", "path"),
    [("PUT", "/_stcore/upload_file/x/y"), ("DELETE", "/_stcore/upload_file/x/y"), ("GET", "/media/ab.xlsx")],
)
def test_files_are_for_who_is_signed_in(office: str, page: Page, method: str, path: str) -> None:
    assert page.request.fetch(office + path, method=method).text() == "Sign in first."
    signed_in(page.context, "rita", url=office)
    assert page.request.fetch(office + path, method=method).text() != "Sign in first."


def test_healthz_says_that_the_database_answers(office: str) -> None:
    with urllib.request.urlopen(office + "/healthz") as answer:
        assert (answer.status, answer.read()) == (200, b'{"status":"ok"}')


def test_healthz_and_the_page_say_when_the_database_does_not_answer(
    server: StartServer, sqlite_database: str, page: Page
) -> None:
    started = server(sqlite_database)
    with closing(sqlite3.connect(sqlite_database.removeprefix("sqlite:///"))) as broken:
        broken.execute("ALTER TABLE batch RENAME TO lost_batch")
        broken.execute("ALTER TABLE app_user RENAME TO lost_user")
    assert started.answers("/healthz") == 503
    page.goto(started.url)
    expect(page.get_by_role("alert").first).to_contain_text(re.compile("error [0-9a-f]{8}"))
    shown = re.search("error ([0-9a-f]{8})", page.get_by_role("alert").first.inner_text())
    assert shown is not None
    assert "Traceback" not in page.content()
    assert "OperationalError" not in page.content()
    assert f"error {shown[1]}" in started.log.read_text()


def test_nothing_is_fetched_from_the_network(office: str, windows: Windows) -> None:
    never_used = windows.new()
    page = never_used.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{office}/account")
    sign_in(page, "rita")
    expect(page.get_by_role("heading", name="Account")).to_be_visible()
    assert [url for url in asked if not url.startswith((office, "data:", "blob:", "ws://127.0.0.1"))] == []
    never_used.close()


def test_the_company_is_shown_with_exactly_its_characters(office: str, page: Page) -> None:
    page.goto(office)
    expect(page.get_by_text("Flores *del* Valle", exact=True)).to_be_visible()


def test_without_any_user_the_form_says_how_to_make_the_first(
    server: StartServer, sqlite_database: str, page: Page
) -> None:
    page.goto(server(sqlite_database).url)
    expect(page.get_by_text("python -m komet_import users add")).to_be_visible()
