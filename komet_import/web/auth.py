"""Who is signed in: the guard that every page calls first, and the sign-in form.

The form and the bcrypt check are streamlit-authenticator's; the session is ours (`access/sessions`).
Its own cookie can be read by scripts, works again after sign-out, and knows nothing of a changed password,
so it is switched off.
"""

import json
import secrets
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NoReturn
from urllib.parse import quote, urlencode

import streamlit as st

from komet_import.access import sessions, throttle, users
from komet_import.access.users import CurrentUser
from komet_import.ledger import database
from komet_import.refusal import Refusal
from komet_import.web.parts import plain

SESSION_COOKIE = "komet_session"
BROWSER_COOKIE = "komet_browser"

_SIGNED_OUT = "You are not signed in. Reload the page to sign in."
_NOT_YOURS = "This page does not exist, or you may not see it."
_FORM = "sign-in"
_LABELS = {"Form name": "Sign in", "Username": "User name", "Password": "Password", "Login": "Sign in"}


def session_token() -> str | None:
    """The token of this browser's session, as the browser sent it; it may have ended."""
    return st.context.cookies.get(SESSION_COOKIE)


def current_user() -> CurrentUser | None:
    """Who is signed in, with the rights of this moment; asked of the database on every run."""
    return user_of(session_token())


def user_of(token: str | None, *, used: bool = True) -> CurrentUser | None:
    """Whose session this is, with the rights of this moment; `used` as of `sessions.user_id_of`."""
    user_id = sessions.user_id_of(token, used=used) if token else None
    if user_id is None:
        return None
    with database.reading() as session:
        return users.current(session, user_id)


def guard(may: Callable[[CurrentUser], bool] = lambda user: True) -> CurrentUser:
    """The user of this run. Stops the script for whoever is signed out, or lacks the right `may` asks for.

    Every page calls it first, although the router has asked before: a fragment's rerun skips the router.
    """
    user = current_user()
    if user is None:
        st.info(_SIGNED_OUT, icon=":material/lock:")
        st.stop()
    if not may(user):
        not_found()
    return user


def not_found() -> NoReturn:
    """Stop with the one answer for what is not there and for what is not this user's."""
    st.info(_NOT_YOURS, icon=":material/search_off:")
    st.stop()


def change_password(user: CurrentUser, *, old: str, new: str, again: str) -> None:
    """The user's own change of password, asked for with the old one; this browser stays signed in.

    Wrong guesses at the old password count like failed sign-ins. Raises Refusal.
    """
    if new != again:
        raise Refusal("different-passwords", "The two new passwords differ; type them again.")
    throttle.note(username=user.username, address=_address())
    with database.transaction() as session:
        users.change_password(session, user_id=user.id, old=old, new=new, keep_token=session_token())
    throttle.forget(username=user.username)


def _address() -> str:
    """Where the browser is; empty for this machine itself, and so behind a proxy that keeps it secret."""
    return st.context.ip_address or ""


def sign_in_form(path: str) -> None:
    """The form; with the right password the browser is sent to fetch its cookie and comes back to `path`."""
    browser = st.context.cookies.get(BROWSER_COOKIE)
    if not browser:
        st.error("Signing in needs cookies; allow them for this address and reload the page.")
        return
    tried = _Tried(_address())
    try:
        _show_form(tried)
    except Refusal as refused:
        _forget_the_form()
        st.error(plain(refused.message))
        return
    outcome = _forget_the_form()
    if outcome and tried.user_id is not None:
        throttle.forget(username=tried.username)
        with database.transaction() as session:
            ticket = sessions.open_ticket(session, user_id=tried.user_id, browser=browser)
        _fetch_cookie(ticket, path)
    elif tried.username:
        st.error("The user name or the password is wrong.")
    elif st.session_state.get(f"FormSubmitter:{_FORM}-{_LABELS['Login']}"):
        st.error("Type your user name and your password.")


def _show_form(tried: "_Tried") -> None:
    # Imported here, in a script: it brings a component, which Streamlit registers only while a script runs.
    import streamlit_authenticator
    from streamlit_authenticator.models import cookie_model

    cookie_model.stx = _NoCookies
    credentials: dict[str, Any] = {"usernames": {}}
    form = streamlit_authenticator.Authenticate(
        credentials,
        cookie_name="komet_unused",
        cookie_key=secrets.token_hex(32),
        cookie_expiry_days=0,
        auto_hash=False,
        login_sleep_time=0,
    )
    # The authenticator copies what it is given and reads from its copy, which is this same dictionary's
    # entry: putting ours there afterwards lets it ask for the one user being tried instead of for all.
    credentials["usernames"] = tried
    form.login(fields=_LABELS, key=_FORM)


class _NoCookies:
    """Stands in for the authenticator's cookie component, which is not used here.

    Its arrival in the browser runs the script again, and a click on "Sign in" in that moment was lost.
    """

    class CookieManager:
        """A browser without the authenticator's cookie."""

        def get(self, _name: str) -> None:
            """There is none."""


def _forget_the_form() -> bool | None:
    """Take the authenticator's verdict and leave nothing of it behind, so that one may try again."""
    verdict: bool | None = st.session_state.get("authentication_status")
    for name in ("authentication_status", "username", "name", "email", "roles"):
        st.session_state[name] = None
    return verdict


def _fetch_cookie(ticket: str, path: str) -> None:
    """A script cannot set an HttpOnly cookie; a route of the server can (`server.session`)."""
    query = {name: st.query_params.get_all(name) for name in st.query_params}
    back = path + ("?" + urlencode(query, doseq=True, quote_via=quote) if query else "")
    address = "/session?" + urlencode({"ticket": ticket, "next": back})
    # "<" is written as an escape so that no address can end the script element.
    target = json.dumps(address).replace("<", "\\u003c")
    st.html(f"<script>window.location.replace({target})</script>", unsafe_allow_javascript=True)
    st.caption("Signing in…")


class _Tried(Mapping[str, dict[str, Any]]):
    """The users as the authenticator asks for them: by the one name that was typed.

    A name that does not exist, or is not active, is answered with a hash that nothing matches, so that
    it takes as long as a wrong password and reads the same. Raises Refusal where too many have failed.
    """

    def __init__(self, address: str) -> None:
        self._address = address
        self._found: dict[str, dict[str, Any]] = {}
        self.username = ""
        self.user_id: int | None = None

    def __contains__(self, username: object) -> bool:
        return bool(self[str(username)])

    def __getitem__(self, username: str) -> dict[str, Any]:
        if username not in self._found:
            throttle.note(username=username, address=self._address)
            self._found[username] = self._load(username)
        return self._found[username]

    def _load(self, username: str) -> dict[str, Any]:
        self.username = username
        with database.reading() as session:
            user = users.find(session, username)
        if user is None or not user.active:
            return {"name": "", "email": "", "password": users.NOBODYS_HASH}
        self.user_id = user.id
        return {"name": user.name, "email": user.email, "password": user.password_hash}

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)
