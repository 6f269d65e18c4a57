"""The open tabs: nothing that a browser sends over its WebSocket reaches Streamlit unasked.

A tab's WebSocket outlives the session that it was opened in, and Streamlit runs callbacks, fragments and
dialogs before a page could ask who is there. So every message passes here first:

- The session is looked up when the socket opens and again for every message. A message of a session that
  has ended, or whose user is not active or has other roles now, is not passed on.
- Instead the page is drawn anew, by a rerun of our own that carries nothing of what the person did: it ends
  at the sign-in form, or shows what the roles of now allow. The socket of an ended session is then closed.
- That does not wait for a message: whoever ends a session in this process is heard at once, and the
  database is asked every second, because another process may have ended it.
- Streamlit keeps a tab's state for when it comes back. It is told to whom the state belongs (`WHOSE`), and
  gives it to nobody else; the click of a tab that comes back as somebody else was meant for what that one
  never saw, so it only draws the page.
- A socket without a session may run the sign-in form. It is not shown the cookie that was refused. Where it
  comes after the one that was closed, the form can be sent from then on: its page is drawn without being
  asked for, and is told so (`ENDED_HERE`).
- While the database is away nobody can say whose session it is. Then too the page is only drawn: its run asks
  the same, ends there and says so (`application.on_script_error`), so that no click goes unanswered. Once the
  database answers, the page of now is drawn, and says that the click was not done (`unanswered`).
- A click on a page that Streamlit has forgotten, since its connection was cut for long or the server started
  anew, would be taken for a look at the page: it is made one, which says that the click was not done. So is
  one that comes before the page has been drawn to its end.
"""

import logging
import secrets
from collections.abc import Iterator

from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import config

from komet_import.access import sessions
from komet_import.access.standing import SessionStanding, standing
from komet_import.ledger.failed_statement import said
from komet_import.web.server.tab_states import left_by, owner_of
from komet_import.web.server.tabs import Tab
from komet_import.web.shared.auth import BROWSER_COOKIE, ENDED_HERE, SESSION_COOKIE
from komet_import.web.shared.unanswered import TAB

log = logging.getLogger(__name__)

WHOSE = "x-komet-whose"
"""The header that tells Streamlit whose a socket is; what a client sends under that name is dropped."""
_NOT_KNOWN_YET = SessionStanding(user_id=0, roles=frozenset())
"""Of a socket that was opened while the database was away: nobody's, so the first answer is another one."""


_OURS = {name.encode() for name in (WHOSE, ENDED_HERE, TAB)}


def tell_streamlit() -> None:
    """Make Streamlit keep a tab's state for the one to whom it belongs."""
    config.set_option("server.trustedUserHeaders", {WHOSE: "whose"})


class Sockets:
    """The middleware; it takes every WebSocket, whatever its path."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        cookies = cookie_parser(headers.get("cookie", ""))
        token = cookies.get(SESSION_COOKIE, "")
        try:
            found = await run_in_threadpool(standing, token) if token else None
        except SQLAlchemyError as wrong:
            log.warning("It is not known yet whose a tab is: %s", said(wrong))
            found = _NOT_KNOWN_YET
        token_hash = sessions.fingerprint(token) if found else ""
        whose = token_hash or f"nobody-{sessions.fingerprint(cookies.get(BROWSER_COOKIE, ''))}"
        state = _state_asked_for(headers)
        owner = owner_of(state)
        left = left_by(state) if found is None else None
        tab = Tab(
            receive,
            send,
            token_hash=token_hash,
            standing=found,
            whose=whose,
            name=(name := secrets.token_hex()),
            state=state if owner == whose else "",
            comes_from=state,
            was_anothers=owner not in (None, whose),
            asked=left,
        )
        own = [
            *_kept_headers(scope["headers"], token=token if found else ""),
            (WHOSE.encode(), whose.encode()),
            (TAB.encode(), name.encode()),
            *([(ENDED_HERE.encode(), b"yes")] if left else []),
        ]
        with tab.registered():
            await self.app({**scope, "headers": own}, tab.receive, tab.send)


def _state_asked_for(headers: Headers) -> str:
    """The state that the tab wants to go on with: the third of the protocols that Streamlit's page names."""
    named = [name.strip() for name in headers.get("sec-websocket-protocol", "").split(",")]
    return named[2] if len(named) > 2 else ""


def _kept_headers(given: list[tuple[bytes, bytes]], *, token: str) -> Iterator[tuple[bytes, bytes]]:
    """The headers for Streamlit: of the session's cookie only the one that was looked at, for it reads the
    line anew, and must not find another one behind it, in quotes or in a second line.
    """
    cookies: dict[str, str] = {}
    for name, value in given:
        if name.lower() == b"cookie":
            cookies = cookies or cookie_parser(value.decode("latin-1"))
        elif name.lower() not in _OURS:
            yield name, value
    kept = {name: text for name, text in cookies.items() if name != SESSION_COOKIE and ";" not in text}
    if token:
        kept[SESSION_COOKIE] = token
    if kept:
        yield b"cookie", "; ".join(f"{name}={text}" for name, text in kept.items()).encode("latin-1")
