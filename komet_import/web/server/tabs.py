"""The tabs that are open: each socket's messages both ways, and the news that its session has changed.

What is passed on, and why, is told in `sockets`.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Any

from google.protobuf.message import DecodeError
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.types import Message, Receive, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from komet_import.access import sessions
from komet_import.access.standing import SessionStanding, standings
from komet_import.ledger.failed_statement import said
from komet_import.web.server import tab_states
from komet_import.web.server.tab_messages import (
    PageOnTab,
    is_click,
    received,
    run_asked_for,
    without_clicks,
    without_what_was_done,
)
from komet_import.web.shared import unanswered
from komet_import.web.shared.unanswered import Why

log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
DRAW_SECONDS = 3.0  # after which a tab whose session has ended is closed, drawn anew or not
SETTLED_SECONDS = 0.3  # within which another run begins that was asked for before the page was drawn
ENDED, UNREADABLE, TOO_BIG = 1008, 1003, 1009
"""Why a socket is closed, as RFC 6455 §7.4.1 numbers it."""
MOST_BYTES_OF_A_STRANGER = 64 << 10  # more than the sign-in form ever sends
_FOR_ANYBODY = frozenset({"rerun_script", "stop_script", "app_heartbeat"})
_FOR_USERS = _FOR_ANYBODY | {"file_urls_request", "backend_operation_request"}
_OPERATIONS = frozenset({"dataframe_chunk"})
"""What a page may ask besides a run. Deferred downloads are not among them: files have a route of ours."""
_WHOLE = frozenset({ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_WITH_COMPILE_ERROR})
"""How a run of a whole page ends that nothing has interrupted."""

_open: dict[str, set["Tab"]] = {}


@asynccontextmanager
async def watching() -> AsyncIterator[None]:
    """While this runs, tabs learn of ended sessions and changed roles by themselves."""
    loop, bell = asyncio.get_running_loop(), asyncio.Event()

    def ring() -> None:
        loop.call_soon_threadsafe(bell.set)

    stop_listening = sessions.when_changed(ring)
    watch = asyncio.create_task(_watch(bell), name="watch-tabs")
    try:
        yield
    finally:
        stop_listening()
        watch.cancel()
        with suppress(asyncio.CancelledError):
            await watch


async def _watch(bell: asyncio.Event) -> None:
    while True:
        with suppress(TimeoutError):
            await asyncio.wait_for(bell.wait(), LOOK_SECONDS)
        bell.clear()
        try:
            found = await run_in_threadpool(standings, list(_open)) if _open else {}
        except SQLAlchemyError as wrong:
            # Until the database is back every message asks it as well, and is not passed on.
            log.warning("The sessions of open tabs could not be looked at: %s", said(wrong))
            continue
        except Exception:  # whatever it is, this look must not have been the last one
            log.exception("The sessions of open tabs could not be looked at.")
            continue
        for token_hash, tabs in _open.items():
            for tab in tabs:
                if tab.standing != found.get(token_hash):
                    tab.news.set()


def is_open(state: str, *, token: str | None = None) -> bool:
    """Whether that session, or any, has a tab open here whose state Streamlit keeps under that name."""
    all_tabs = _open.values() if token is None else [_open.get(sessions.fingerprint(token), set())]
    return any(tab.state == state for tabs in all_tabs for tab in tabs)


class Tab:
    """One socket: what the browser sends and what it is sent pass through here."""

    def __init__(
        self,
        receive: Receive,
        send: Send,
        *,
        token_hash: str,
        standing: SessionStanding | None,
        whose: str,
        name: str,
        state: str,
        comes_from: str,
        was_anothers: bool,
        asked: BackMsg | None = None,
    ) -> None:
        self.standing = standing
        self.state = state
        self.news = asyncio.Event()
        self._token_hash, self._whose, self._was_anothers = token_hash, whose, was_anothers
        self._name, self._comes_from = name, comes_from
        self._receive, self._send = receive, send
        self._incoming: asyncio.Future[Message] | None = None
        self._asked = asked  # a run that the tab gets before it asks for any
        self._comes_back = asked  # until that has been drawn to its end
        self._shown = PageOnTab()
        self._connected = self._state_known = self._over = self._closed = False
        self._draws_again, self._drawn = False, asyncio.Event()
        self._is_forgotten = False  # what the browser shows, as long as Streamlit has not drawn it to the end

    @contextmanager
    def registered(self) -> Iterator[None]:
        """While the socket is open its session is watched, where it has one."""
        if self.standing:
            _open.setdefault(self._token_hash, set()).add(self)
        unanswered.opened(self._name)
        try:
            yield
        finally:
            _forget(self._token_hash, self)
            unanswered.forget(self._name)
            if self._incoming:
                self._incoming.cancel()

    async def receive(self) -> Message:
        """The next message that Streamlit may have."""
        if self._asked and self._connected:
            asked, self._asked = self._asked, None
            return received(asked)
        while not self._over:
            message = await self._next(self.news)
            if message is not None and message["type"] != "websocket.receive":
                self._connected = True
                return message
            if (passed := await self._judged(message)) is not None:
                return passed
        # Nothing of what the browser sends counts any more; the page is on its way to the sign-in form.
        with suppress(TimeoutError):
            async with asyncio.timeout(DRAW_SECONDS):
                while not await self._stays_drawn():
                    message = await self._next(self._drawn)
                    if message is not None and message["type"] == "websocket.disconnect":
                        return message
        if shown := self._shown.run(self.state):
            tab_states.leave(self.state, whose=self._whose, page=shown)
        return await self._close(ENDED)

    async def _stays_drawn(self) -> bool:
        """Whether the page was drawn to its end and no run has begun since, in the midst of which a browser
        whose socket were closed would show the sign-in form twice."""
        if self._drawn.is_set():
            await asyncio.sleep(SETTLED_SECONDS)
        return self._drawn.is_set()

    async def _next(self, event: asyncio.Event) -> Message | None:
        """The browser's next message; None where the event came first."""
        if self._incoming is None:
            self._incoming = asyncio.ensure_future(self._receive())
        waiting = asyncio.ensure_future(event.wait())
        either: list[asyncio.Future[Any]] = [self._incoming, waiting]
        try:
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        finally:
            waiting.cancel()
        if not self._incoming.done():
            return None
        arrived, self._incoming = self._incoming, None
        return arrived.result()

    async def _judged(self, message: Message | None) -> Message | None:
        """What Streamlit is given for a message, or for the news that the session has changed."""
        if self.standing is None:
            return await self._let_through(message or {})
        self.news.clear()
        wanted = run_asked_for(message)
        try:
            found = (await run_in_threadpool(standings, [self._token_hash])).get(self._token_hash)
        except SQLAlchemyError as wrong:
            log.warning("A message of a tab was not passed on: %s", said(wrong))
            if wanted and self._shown.run(self.state):  # else it asks for its page, and has that now
                unanswered.note(self._name, Why.DATABASE_AWAY)
            if wanted:
                self._shown.asked(wanted, self.state)
            return wanted and received(wanted)
        if found == self.standing:
            return await self._let_through(message) if message else None
        self.standing, self._over = found, found is None
        if wanted:
            self._shown.asked(wanted, self.state)
        if (drawing := self._shown.run(self.state)) is None:
            self._drawn.set()
            return None
        return received(drawing)

    async def _let_through(self, message: Message) -> Message | None:
        content = message.get("bytes")
        if content is None:
            return await self._close(UNREADABLE)
        if self.standing is None and len(content) > MOST_BYTES_OF_A_STRANGER:
            return await self._close(TOO_BIG)
        asked = BackMsg()
        try:
            asked.ParseFromString(content)
        except DecodeError:
            return await self._close(UNREADABLE)
        kind = asked.WhichOneof("type")
        if kind not in (_FOR_USERS if self.standing else _FOR_ANYBODY):
            return None
        if kind == "backend_operation_request":
            wanted = asked.backend_operation_request.WhichOneof("payload")
            return message if wanted in _OPERATIONS else None
        if kind != "rerun_script":
            return message
        if self._shown.run(self.state):
            known = not self._is_forgotten
        else:
            known = tab_states.is_kept(self.state)
            self._is_forgotten = bool(self._comes_from) and not known
        drawing = without_what_was_done(asked)
        self._shown.asked(drawing, self.state)
        click = is_click(asked)
        if click and not known:
            unanswered.note(self._name, Why.PAGE_FORGOTTEN)
            return received(without_clicks(asked))
        if click and known and self.state:
            unanswered.clicked(self.state)
        if self._was_anothers and self.standing:
            self._was_anothers = False
            return received(drawing)
        return message

    async def send(self, message: Message) -> None:
        """Pass on what Streamlit sends, as long as the socket is open."""
        if self._closed:
            return
        last = False
        if message["type"] == "websocket.close":
            self._closed = True
        elif message["type"] == "websocket.send" and (
            self._over or self._is_forgotten or self._comes_back or not self._state_known
        ):
            last = self._overhear(message["bytes"])
        await self._send(message)
        if last and self._comes_back:
            self._comes_back = None
            tab_states.has_come_back(self._comes_from)
        elif last:
            self._drawn.set()

    def _overhear(self, content: bytes) -> bool:
        """Learn which state Streamlit keeps for this tab, whether it knows the page that the tab came back
        with, and whether this ends the last drawing.

        A run that was interrupted by the last drawing ends as well, but its end is not that one's: a browser
        whose socket were closed then would show the sign-in form inside the menu of who has left.
        """
        told = ForwardMsg()
        told.ParseFromString(content)
        kind = told.WhichOneof("type")
        if kind == "new_session":
            self._state_known, self._draws_again = True, self._over
            self._drawn.clear()
            self.state = told.new_session.initialize.session_id
            before = self._comes_from
            tab_states.began(self.state, comes_from=before, whose=self._whose, led_to=self._comes_back)
            unanswered.drawn(self.state)
        whole = kind == "script_finished" and told.script_finished in _WHOLE
        self._is_forgotten = self._is_forgotten and not whole
        return whole and bool(self._draws_again or self._comes_back)

    async def _close(self, code: int) -> Message:
        """Close the socket; what Streamlit is told of it."""
        if not self._closed:
            self._closed = True
            await self._send({"type": "websocket.close", "code": code})
        return {"type": "websocket.disconnect", "code": code}


def _forget(token_hash: str, tab: Tab) -> None:
    tabs = _open.get(token_hash, set())
    tabs.discard(tab)
    if not tabs:
        _open.pop(token_hash, None)
