"""Who is signed in: the guard that every page calls first, and the sign-in form.

streamlit-authenticator asks for the password; the form, what the password is held against
(`access/password_check`) and the session (`access/sessions`) are ours. Its own cookie can be read by scripts,
works again after sign-out, and knows nothing of a changed password, so it is switched off.
"""

import json
import secrets
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NoReturn
from urllib.parse import quote, urlencode

import streamlit as st

from komet_import import clock
from komet_import.access import browsers, password_check, sessions, users
from komet_import.access.users import CurrentUser
from komet_import.language import _, marked
from komet_import.language.current import of_person, speak
from komet_import.ledger import audit, database
from komet_import.refusal import Refusal
from komet_import.web.shared import vanished
from komet_import.web.shared.parts import browser_zone, plain

SESSION_COOKIE = "komet_session"
BROWSER_COOKIE = "komet_browser"
ENDED_HERE = "x-komet-ended-here"
"""The header of a socket that comes after one that was closed with its session; the server adds it."""

_SIGNED_OUT = marked("You are not signed in. Reload the page to sign in.")
_NOT_YOURS = marked("You don't have access to this page.")
_FORM, _NAME, _PASSWORD = "sign-in", "user-name", "password"


def session_token() -> str | None:
    """The token of this browser's session, as the browser sent it; it may have ended."""
    return st.context.cookies.get(SESSION_COOKIE)


def current_user() -> CurrentUser | None:
    """Who is signed in, with the rights of this moment; asked of the database on every run.

    Times in messages are told in their zone and texts in their language from here on, and what they do is
    recorded as coming from their address: a run has a thread of its own.
    """
    clock.tell_in(browser_zone())
    audit.came_from(_address())
    user = user_of(session_token())
    speak(of_person(user.language if user else "", accepted_languages()))
    return user


def accepted_languages() -> str:
    """What this browser reads, as it says with every request."""
    return st.context.headers.get("Accept-Language") or st.context.locale or ""


def user_of(token: str | None, *, used: bool = True) -> CurrentUser | None:
    """Whose session this is, with the rights of this moment; `used` as of `sessions.user_id_of`."""
    if not token:
        return None
    with database.reading() as session:
        user_id = sessions.user_id_of(session, token, used=used)
        return users.current(session, user_id) if user_id else None


def guard(may: Callable[[CurrentUser], bool] = lambda user: True) -> CurrentUser:
    """The user of this run. Stops the script for whoever is signed out, or lacks the right `may` asks for.

    Every page calls it first, although the router has asked before: a fragment's rerun skips the router.
    """
    user = current_user()
    if user is None:
        st.info(_(_SIGNED_OUT), icon=":material/lock:")
        vanished.stop()
    if not may(user):
        not_found()
    return user


def not_found() -> NoReturn:
    """Stop with the one answer for what is not there and for what is not this user's, and what to do."""
    st.info(_(_NOT_YOURS), icon=":material/search_off:")
    st.caption(_("Perhaps it was deleted, or its address is incomplete. An Admin can give you access."))
    vanished.stop()


def change_password(user: CurrentUser, *, old: str, new: str, again: str) -> None:
    """The user's own change of password in this browser, which stays signed in. Raises Refusal."""
    password_check.change_password(
        user, token=session_token() or "", mark=browser_mark(), old=old, new=new, again=again
    )


def browser_mark() -> str:
    """The mark of a browser that somebody has signed in from (`access/browsers`); empty for a new one."""
    return st.context.cookies.get(browsers.COOKIE) or ""


def _address() -> str:
    """Where the browser is; empty for this machine itself, and so behind a proxy that keeps it secret."""
    return st.context.ip_address or ""


def ended_here() -> bool:
    """Whether the tab's socket comes after one that was closed with its session (`server.sockets`)."""
    return ENDED_HERE in st.context.headers


def sign_in_form(path: str, *, fill: tuple[str, str] | None = None, open: bool = True) -> None:
    """The form; with the right password the browser is sent to fetch its cookie and comes back to `path`.

    `fill` is a name and a password to fill it in with. Nothing can be typed and nothing sent before it is
    `open`: while the browser changes to its next socket, Streamlit takes no key and gives the focus away.
    """
    browser = st.context.cookies.get(BROWSER_COOKIE)
    if not browser:
        st.error(_("Signing in needs cookies; allow them for this address and reload the page."))
        return
    if fill:
        st.session_state[_NAME], st.session_state[_PASSWORD] = fill
    tried = _Tried(address=_address(), mark=browser_mark(), browser=browser, zone=st.context.timezone or "")
    with st.form(_FORM, border=False):
        username = st.text_input(_("User name"), autocomplete="username", key=_NAME, disabled=not open)
        password = st.text_input(
            _("Password"),
            type="password",
            autocomplete="current-password",
            key=_PASSWORD,
            disabled=not open,
        )
        sent = st.form_submit_button(_("**Sign in**"), type="primary", width="stretch", disabled=not open)
    if not sent:
        return
    try:
        _check(tried, username or "", password or "")
    except Refusal as refused:
        st.error(plain(refused.message))
        return
    finally:
        _forget_the_verdict()
    if tried.ticket:
        _fetch_cookie(tried.ticket, path)
    elif tried.asked:
        st.error(_("The user name or the password is wrong."))
    else:
        st.error(_("Type your user name and your password."))


def _check(tried: "_Tried", username: str, password: str) -> None:
    """Let streamlit-authenticator check what was typed. Its own form keeps password managers out, and has no
    primary button.
    """
    # Imported here, in a script: it brings a component, which Streamlit registers only while a script runs.
    import streamlit_authenticator
    from streamlit_authenticator.models import authentication_model, cookie_model

    cookie_model.stx = _NoCookies
    authentication_model.Hasher = _OurCheck
    credentials: dict[str, Any] = {"usernames": {}}
    authenticator = streamlit_authenticator.Authenticate(
        credentials,
        cookie_name="komet_unused",
        cookie_key=secrets.token_hex(32),
        cookie_expiry_days=0,
        auto_hash=False,
        login_sleep_time=0,
    )
    # The authenticator copies what it is given and reads from its copy, which is this same dictionary's
    # entry: putting ours there afterwards lets it ask for the one name being tried instead of for all.
    credentials["usernames"] = tried
    authenticator.authentication_controller.login(username, password)


class _NoCookies:
    """Stands in for the authenticator's cookie component, which is not used here.

    Its arrival in the browser runs the script again, and a click on "Sign in" in that moment was lost.
    """

    class CookieManager:
        """A browser without the authenticator's cookie."""

        def get(self, _name: str) -> None:
            """There is none."""


class _OurCheck:
    """Stands in for the authenticator's check, which knows neither long passwords nor how many were wrong."""

    @staticmethod
    def check_pw(password: str, tried: "_Tried") -> bool:
        """Whether this is the password of the name being tried. Raises Refusal where too many have failed."""
        return tried.check(password)


def _forget_the_verdict() -> None:
    """Leave nothing of the authenticator's verdict behind, so that one may try again."""
    for name in ("authentication_status", "username", "name", "email", "roles"):
        st.session_state[name] = None


def _fetch_cookie(ticket: str, path: str) -> None:
    """A script cannot set an HttpOnly cookie; a route of the server can (`server.routes`)."""
    query = {name: st.query_params.get_all(name) for name in st.query_params}
    back = path + ("?" + urlencode(query, doseq=True, quote_via=quote) if query else "")
    address = "/session?" + urlencode({"ticket": ticket, "next": back})
    # "<" is written as an escape so that no address can end the script element.
    target = json.dumps(address).replace("<", "\\u003c")
    st.html(f"<script>window.location.replace({target})</script>", unsafe_allow_javascript=True)
    st.caption(_("Signing in…"))


class _Tried(Mapping[str, dict[str, Any]]):
    """The users as the authenticator asks for them: whatever name is typed, there is a password to check.

    `ticket` is what came of it (`password_check.ticket`), `asked` whether anything was checked.
    """

    def __init__(self, *, address: str, mark: str, browser: str, zone: str) -> None:
        self._address = address
        self._mark = mark
        self._browser = browser
        self._zone = zone
        self._username = ""
        self._notes: dict[str, Any] = {}
        self.asked = False
        self.ticket: str | None = None

    def check(self, password: str) -> bool:
        """Whether this is the password of the name that was asked for. Raises Refusal."""
        if not password:  # the form was sent too early: nothing was tried that could count
            return False
        self.asked = True
        self.ticket = password_check.ticket(
            username=self._username,
            password=password,
            address=self._address,
            mark=self._mark,
            browser=self._browser,
            zone=self._zone,
        )
        return self.ticket is not None

    def __contains__(self, username: object) -> bool:
        return bool(self[str(username)])

    def __getitem__(self, username: str) -> dict[str, Any]:
        self._username = username
        self._notes |= {"name": "", "email": "", "password": self}
        return self._notes  # it also writes down here what came of it

    def __iter__(self) -> Iterator[str]:
        return iter((self._username,))

    def __len__(self) -> int:
        return 1
