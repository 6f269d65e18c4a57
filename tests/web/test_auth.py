"""The door: who is signed in, the sign-in form, and the change of the own password. In Streamlit's scripts.

What a browser would send along, its cookies and its address, is given to the script here.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import streamlit as st
from sqlmodel import col, update
from streamlit.testing.v1 import AppTest

from komet_import.access import browsers, password_hashes, sessions, throttle, users
from komet_import.ledger import database
from komet_import.ledger.models import AuditEntry, SignInAttempt, SignInTicket, UserSession, now
from komet_import.refusal import Refusal
from komet_import.types import Role
from komet_import.web.shared import auth
from komet_import.web.shared.auth import BROWSER_COOKIE, SESSION_COOKIE
from tests import tokens
from tests.services import workspace
from tests.services.workspace import PASSWORD, People
from tests.web.tabs import token_of

ADDRESS = "198.51.100.20"
WRONG = "The user name or the password is wrong."
NOTHING = "Type your user name and your password."
ENDED = "You are not signed in. Reload the page to sign in."
NEW = "peonies-in-june"


@pytest.fixture
def people(sqlite_database: str) -> People:
    return workspace.fill()


class Browser:
    """What a browser sends with each of its requests."""

    def __init__(self) -> None:
        self.cookies = {BROWSER_COOKIE: "this-browser", "other": "1"}
        self.address: str | None = ADDRESS


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Browser:
    """The browser in which the scripts of this test are shown."""
    sent = Browser()
    monkeypatch.setattr(type(st.context), "cookies", property(lambda _: sent.cookies))
    monkeypatch.setattr(type(st.context), "ip_address", property(lambda _: sent.address))
    return sent


def form() -> None:  # its source is run elsewhere, where no name of this file is known
    from komet_import.web.shared import auth

    auth.sign_in_form("/review")


def sign_in(username: str, password: str, page: AppTest | None = None) -> AppTest:
    """Fill in the form and send it off."""
    page = page or AppTest.from_function(form, default_timeout=60).run()
    page.text_input[0].input(username)
    page.text_input[1].input(password)
    page.button[0].click()
    return page.run()


def said(page: AppTest) -> list[str]:
    assert not page.exception
    return [one.value for one in page.error]


def led_to(page: AppTest) -> dict[str, str] | None:
    """Where the page sends its browser: the parts of the query of `/session`."""
    bodies = [one.proto.body for one in page.get("html")]
    if not bodies:
        return None
    (body,) = bodies
    found = re.fullmatch(r'<script>window\.location\.replace\("(/session\?[^"<>]*)"\)</script>', body)
    assert found, body
    return {name: one for name, (one,) in parse_qs(urlsplit(found[1]).query).items()}


def test_the_right_password_leads_to_the_cookie_and_back_to_the_page(
    people: People, browser: Browser
) -> None:
    page = AppTest.from_function(form, default_timeout=60)
    page.query_params["batch"] = "a b/ñ</script>"
    page.query_params["n"] = ["1", "2"]
    assert said(sign_in("RITA", PASSWORD, page.run())) == []
    to = led_to(page)
    assert to is not None
    assert to["next"] == "/review?batch=a%20b%2F%C3%B1%3C%2Fscript%3E&n=1&n=2"
    assert [one.value for one in page.caption] == ["Signing in…"]
    assert workspace.own(SignInAttempt) == []
    with database.transaction() as session:
        assert sessions.redeem_ticket(session, ticket=to["ticket"], browser="another") is None
        token = sessions.redeem_ticket(session, ticket=to["ticket"], browser="this-browser")
    assert token is not None
    assert tokens.user_id_of(token) == people.rita.id


def test_a_page_without_a_query_leads_back_to_itself(people: People, browser: Browser) -> None:
    to = led_to(sign_in("rita", PASSWORD))
    assert to is not None
    assert to["next"] == "/review"


def test_a_password_manager_knows_the_fields(people: People, browser: Browser) -> None:
    page = AppTest.from_function(form, default_timeout=60).run()
    assert [one.proto.autocomplete for one in page.text_input] == ["username", "current-password"]


def test_the_form_can_be_filled_in_for_somebody(people: People, browser: Browser) -> None:
    def filled() -> None:
        from komet_import.web.shared import auth

        auth.sign_in_form("/", fill=("rita", "a-password"))

    page = AppTest.from_function(filled, default_timeout=60).run()
    assert [one.value for one in page.text_input] == ["rita", "a-password"]
    assert said(page) == [], "nothing is sent before the button is pressed"


def test_a_browser_without_cookies_is_told_and_shown_no_form(people: People, browser: Browser) -> None:
    browser.cookies = {}
    page = AppTest.from_function(form, default_timeout=60).run()
    assert said(page) == ["Signing in needs cookies; allow them for this address and reload the page."]
    assert len(page.text_input) == 0


@pytest.mark.parametrize("name", ["rita", "nobody", "piet"])
def test_a_wrong_password_is_told_counted_and_opens_nothing(
    people: People, browser: Browser, name: str
) -> None:
    page = sign_in(name, "a-wrong-guess")
    assert said(page) == [WRONG]
    assert led_to(page) is None
    assert workspace.own(SignInTicket) == []
    (attempt,) = workspace.own(SignInAttempt)
    assert (attempt.username_key, attempt.address, attempt.guard, attempt.failed) == (name, ADDRESS, "", True)
    assert said(page.run()) == [], "what was said of one try is not said for ever"
    assert page.session_state["authentication_status"] is None
    assert said(sign_in("rita", PASSWORD, page)) == []
    assert led_to(page) is not None


def test_a_password_that_only_begins_as_the_right_one_is_wrong(people: People, browser: Browser) -> None:
    page = sign_in("rita", PASSWORD + "x" * 80)  # bcrypt alone would cut it
    assert (said(page), led_to(page)) == ([WRONG], None)


def test_an_address_that_is_not_known_is_none(people: People, browser: Browser) -> None:
    browser.address = None
    sign_in("rita", "a-wrong-guess")
    assert [one.address for one in workspace.own(SignInAttempt)] == [""]


@pytest.mark.parametrize(("name", "password"), [("", ""), ("rita", ""), ("", PASSWORD)])
def test_an_empty_form_is_no_guess(people: People, browser: Browser, name: str, password: str) -> None:
    page = AppTest.from_function(form, default_timeout=60).run()
    assert said(page) == [], "before anything is done nothing is said"
    assert [one.label for one in page.text_input] == ["User name", "Password"]
    assert said(sign_in(name, password, page)) == [NOTHING]
    assert workspace.own(SignInAttempt) == []
    assert led_to(page) is None


def test_whoever_guessed_too_often_is_told_so_and_an_owner_is_let_in_at_home(
    people: People, browser: Browser
) -> None:
    with database.transaction() as session:
        mark = browsers.remember(session, user_id=people.rita.id, mark="")
    for n in range(throttle.STRANGERS_AT_A_NAME):
        throttle.failed(throttle.sign_in(username="rita", address=f"10.1.0.{n}", browser_id=None))
    page = sign_in("rita", PASSWORD)
    (told,) = said(page)
    assert told.replace("\\", "").startswith("Too many failed sign-ins; try again in 15 minutes")
    assert led_to(page) is None
    assert said(sign_in("carl", PASSWORD, page)) == []
    assert led_to(page) is not None
    browser.cookies = {**browser.cookies, browsers.COOKIE: mark}
    assert led_to(sign_in("rita", PASSWORD)) is not None
    browser.cookies[browsers.COOKIE] = "made-up"
    assert led_to(sign_in("rita", PASSWORD)) is None


def test_the_form_knows_of_nobody_whom_it_was_not_asked_for(people: People) -> None:
    """What the authenticator is given in place of all users: a name is there where it was typed."""
    tried = auth._Tried(address="", mark="", browser="b", zone="")
    assert "rita" in tried
    assert "nobody" in tried, "so that a strange name takes as long as a known one"
    assert (list(tried), len(tried), tried.asked, tried.ticket) == (["nobody"], 1, False, None)
    assert tried["rita"]["password"] is tried
    assert tried["rita"]["name"] == tried["rita"]["email"] == ""
    assert not auth._OurCheck.check_pw("a-wrong-guess", tried)
    assert (tried.asked, tried.ticket) == (True, None)
    assert auth._OurCheck.check_pw(PASSWORD, tried)
    assert tried.ticket is not None


# Who is signed in.


def guarded() -> None:
    import streamlit as st

    from komet_import.access import roles
    from komet_import.web.shared import auth

    user = auth.guard(roles.is_admin) if st.query_params.get("may") else auth.guard()
    st.text(f"drawn for {user.name}")


def drawn(**query: str) -> tuple[list[str], list[str]]:
    """The texts of a guarded page, and what it says instead."""
    page = AppTest.from_function(guarded)
    for name, value in query.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception
    return [one.value for one in page.text], [one.value for one in page.info]


ENDINGS: dict[str, Callable[[Any, int, str], object]] = {
    "signed out": lambda session, _, token: sessions.end(session, token),
    "deactivated": lambda session, who, _: users.deactivate(session, user_id=who),
    "left unused": lambda session, who, _: session.exec(
        update(UserSession).where(col(UserSession.user_id) == who).values(seen_at=now() - timedelta(hours=12))
    ),
}


@pytest.mark.parametrize("way", ENDINGS)
def test_a_page_is_drawn_for_who_is_signed_in_and_no_longer(
    people: People, browser: Browser, way: str
) -> None:
    assert drawn() == ([], [ENDED])
    token = token_of(people.rita.id)
    browser.cookies[SESSION_COOKIE] = token
    assert drawn() == (["drawn for Rita"], [])
    with database.transaction() as session:
        ENDINGS[way](session, people.rita.id, token)
    assert drawn() == ([], [ENDED])
    browser.cookies[SESSION_COOKIE] = token_of(people.carl.id)
    assert drawn() == (["drawn for Carl"], [])


def test_a_page_is_drawn_for_who_has_the_right_at_this_moment(people: People, browser: Browser) -> None:
    refused = ([], ["You don't have access to this page."])
    browser.cookies[SESSION_COOKIE] = token_of(people.rita.id)
    assert drawn(may="1") == refused
    browser.cookies[SESSION_COOKIE] = token_of(people.ada.id)
    assert drawn(may="1") == (["drawn for Ada"], [])
    workspace.person("anna", Role.ADMIN)
    with database.transaction() as session:
        users.set_roles(session, user_id=people.ada.id, roles=[Role.SETUP])
    assert drawn(may="1") == refused


def test_a_token_is_its_users_and_a_look_may_be_no_use(people: People) -> None:
    token = token_of(people.rita.id)
    for nobodys in (None, "", "made-up"):
        assert auth.user_of(nobodys) is None
    an_hour_ago = now() - timedelta(hours=1)
    with database.transaction() as session:
        session.exec(
            update(UserSession).where(col(UserSession.user_id) == people.rita.id).values(seen_at=an_hour_ago)
        )
    assert auth.user_of(token, used=False) == people.rita
    assert [one.seen_at for one in workspace.own(UserSession)] == [an_hour_ago]
    assert auth.user_of(token) == people.rita
    assert [one.seen_at > an_hour_ago for one in workspace.own(UserSession)] == [True]


def acting() -> None:
    from datetime import UTC, datetime

    import streamlit as st

    from komet_import import services
    from komet_import.clock import told_time
    from komet_import.web.shared import auth

    services.add_location(auth.guard(), code=st.query_params["code"], name="Bogotá")
    st.text(told_time(datetime(2026, 3, 2, 17, 0, tzinfo=UTC)))


@pytest.mark.parametrize(("address", "kept"), [(ADDRESS, ADDRESS), (None, "")])
def test_what_is_done_on_a_page_comes_from_the_address_of_its_browser_and_is_told_in_its_zone(
    people: People, browser: Browser, monkeypatch: pytest.MonkeyPatch, address: str | None, kept: str
) -> None:
    browser.cookies[SESSION_COOKIE] = token_of(people.ada.id)
    browser.address = address
    monkeypatch.setattr(type(st.context), "timezone", property(lambda _: "America/Bogota"))
    page = AppTest.from_function(acting, default_timeout=60)
    page.query_params["code"] = "BOG"
    page.run()
    assert not page.exception
    entry = workspace.own(AuditEntry)[-1]
    assert (entry.action, entry.user_id, entry.address) == ("location-added", people.ada.id, kept)
    assert [one.value for one in page.text] == ["2026-03-02 12:00"]


# The own password.


def change(people: People, old: str, new: str = NEW, again: str = "") -> str:
    try:
        auth.change_password(people.rita, old=old, new=new, again=again or new)
    except Refusal as refused:
        return refused.code
    return "changed"


def test_who_changes_the_password_stays_signed_in_here_and_nowhere_else(
    people: People, browser: Browser
) -> None:
    here, there, carls = token_of(people.rita.id), token_of(people.rita.id), token_of(people.carl.id)
    with database.transaction() as session:
        mark, other = (browsers.remember(session, user_id=people.rita.id, mark="") for _ in range(2))
    browser.cookies |= {SESSION_COOKIE: here, browsers.COOKIE: mark}
    assert change(people, PASSWORD, again="x") == "different-passwords"
    assert change(people, PASSWORD) == "changed"
    assert [tokens.user_id_of(one) for one in (here, there, carls)] == [
        people.rita.id,
        None,
        people.carl.id,
    ]
    with database.reading() as session:
        known = [browsers.known(session, username="rita", mark=one) is not None for one in (mark, other)]
        kept = users.get(session, people.rita.id).password_hash
    assert known == [True, False]
    assert password_hashes.matches(NEW, kept)


def test_guesses_at_the_old_password_are_counted_for_this_session_which_ends(
    people: People, browser: Browser
) -> None:
    here, there = token_of(people.rita.id), token_of(people.rita.id)
    browser.cookies[SESSION_COOKIE] = here
    told = [change(people, "a-wrong-guess") for _ in range(throttle.IN_A_SESSION + 1)]
    assert told == ["wrong-password"] * (throttle.IN_A_SESSION - 1) + ["signed-out", "too-many-attempts"]
    guards = {one.guard for one in workspace.own(SignInAttempt)}
    assert guards == {f"session-{sessions.fingerprint(here)}"}
    assert auth.current_user() is None
    browser.cookies[SESSION_COOKIE] = there
    assert auth.current_user() == people.rita
    assert change(people, PASSWORD) == "changed"
