"""How much may lie here of what was uploaded and is not opened yet.

Streamlit keeps an upload in memory until its page has read it (`home.dropped_files`) or its tab is closed,
and takes any number of them. So each person has room for a few files, all of them together for more.

What was uploaded in a tab that was closed before its page had read it goes after a while, for Streamlit keeps
that until another tab is closed long after.

A file over the limit, or one for which there is no room, is cut while it comes: a refusal here would be a red
mark without a word beside the uploader. Its beginning arrives, and the page says why and what to do.
"""

import logging
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

from komet_import.access.standing import standing
from komet_import.language import _
from komet_import.settings import settings
from komet_import.web.shared.auth import SESSION_COOKIE
from komet_import.web.shared.early_answer import Early

log = logging.getLogger(__name__)

FILES_EACH, FILES_TOGETHER = 6, 20
"""Of the largest size."""
FRAME = 64 << 10
"""Bytes: more than the lines around a file in its request, and all that is kept of one that is cut."""
BEGINNINGS_EACH, BEGINNINGS_TOGETHER = 100, 400
"""Of files that are cut, and small files."""
KEPT_SECONDS = 30.0
"""How long what was uploaded in a tab is kept after it was closed: a connection that was cut comes back."""
ANY_MB = 2**31 - 1
"""The limit of Streamlit's uploader, which would refuse a file without a sentence: none."""
UPLOADS = "/_stcore/upload_file/"
"""Where Streamlit takes a file: behind it stand the name of the tab's state, and that of the file."""


@dataclass
class Room:
    """Who holds how many bytes: what lies with Streamlit, what is on its way, how large was what is only
    a beginning of its file, and since when the tabs are closed in which it was uploaded."""

    owners: dict[tuple[str, str], int] = field(default_factory=dict)
    coming: dict[tuple[str, str], int] = field(default_factory=dict)
    cut: dict[tuple[str, str], int] = field(default_factory=dict)
    closed: dict[str, float] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, file: tuple[str, str], *, user_id: int, size: int) -> int | None:
        """Make room for a file of that many bytes; returns how many of them are kept: all of them, only its
        beginning where it is too large or there is no room for more, None where there is not even that.
        """
        with self.lock:
            held = _sizes(self.owners) | self.coming
            self.owners = {known: owner for known, owner in self.owners.items() if known in held}
            self.cut = {
                known: bytes_ for known, bytes_ in self.cut.items() if known in held and known != file
            }
            held.pop(file, None)
            kept = size if size <= largest() else FRAME
            for bytes_ in (kept, min(kept, FRAME)):
                if self._is_room(held, user_id, bytes_):
                    self.owners[file], self.coming[file] = user_id, bytes_
                    return bytes_
            return None

    def _is_room(self, held: dict[tuple[str, str], int], user_id: int, size: int) -> bool:
        """Whether so many bytes have room beside what is held: whole files and beginnings have their own."""
        large = size > FRAME
        each, together, unit = (
            (FILES_EACH, FILES_TOGETHER, largest())
            if large
            else (BEGINNINGS_EACH, BEGINNINGS_TOGETHER, FRAME)
        )
        alike = {known: bytes_ for known, bytes_ in held.items() if (bytes_ > FRAME) is large}
        mine = sum(bytes_ for known, bytes_ in alike.items() if self.owners.get(known) == user_id)
        return mine + size <= each * unit and sum(alike.values()) + size <= together * unit

    def arrived(self, file: tuple[str, str]) -> None:
        """The upload has ended, well or badly: from now on counts what Streamlit keeps."""
        with self.lock:
            self.coming.pop(file, None)

    def clear(self, is_open: Callable[[str], bool], *, moment: float) -> bool:
        """Take away what lies with Streamlit of tabs that are closed for long, at that moment of a clock of
        seconds; whether there was any.
        """
        with self.lock:
            tabs = {tab for tab, _file in _sizes(self.owners)}
            self.closed = {tab: self.closed.get(tab, moment) for tab in tabs if not is_open(tab)}
            gone = [tab for tab, since in self.closed.items() if moment - since >= KEPT_SECONDS]
            for tab in gone:
                _remove(tab)
        return bool(gone)


ROOM = Room()


def size_before_cut(session: str, file: str) -> int | None:
    """How many bytes a file had of which only the beginning is here; None where it is here as it came."""
    return ROOM.cut.get((session, file))


def largest() -> int:
    """The bytes of the request of a file that is not too large."""
    return (settings().max_upload_mb << 20) + FRAME


def taken_mb() -> int:
    """What Streamlit's own route is to take: a file of the largest size in its request."""
    return settings().max_upload_mb + 1


def _sizes(files: dict[tuple[str, str], int]) -> dict[tuple[str, str], int]:
    """The bytes that Streamlit keeps of these files."""
    kept = _manager()
    if kept is None:
        return {}
    found = {file: kept.get_files(file[0], [file[1]]) for file in files}
    return {file: len(records[0].data) for file, records in found.items() if records}


def _remove(tab: str) -> None:
    """Streamlit keeps nothing more of what was uploaded in that tab."""
    if (kept := _manager()) is not None:
        kept.remove_session_files(tab)


def _manager() -> MemoryUploadedFileManager | None:
    manager = runtime.get_instance().uploaded_file_mgr if runtime.exists() else None
    return manager if isinstance(manager, MemoryUploadedFileManager) else None


class BoundedUploads:
    """Cuts an upload for which there is no room, and refuses one where even its beginning is too much."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "PUT" or UPLOADS not in scope["path"]:
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        found = await run_in_threadpool(standing, request.cookies.get(SESSION_COOKIE, ""))
        if found is None:
            await PlainTextResponse(_("Sign in first."), 403)(scope, receive, send)
            return
        session, _slash, name = scope["path"].partition(UPLOADS)[2].partition("/")
        declared = request.headers.get("content-length", "")
        size = int(declared[:20]) if declared.isdecimal() else largest()
        kept = ROOM.take((session, name), user_id=found.user_id, size=size)
        if kept is None:
            told = _("Too many files wait to be opened; remove some, or close other tabs, and try again.")
            await Early(PlainTextResponse(told, 413))(scope, receive, send)
            return
        if kept != size:
            said = [header for header in scope["headers"] if header[0] != b"content-length"]
            scope = {**scope, "headers": said}
        end = _end_of(request.headers.get("content-type", ""))
        shortened = Shortened(receive, file=(session, name), most=kept, end=end)
        try:
            await self.app(scope, shortened, send)
        except ClientDisconnect:  # there is nobody to answer; the page says that it did not arrive
            log.info("An upload broke off after %d of %d bytes.", shortened.passed, size)
        finally:
            ROOM.arrived((session, name))


def _end_of(content_type: str) -> bytes:
    """What ends the request of an upload."""
    boundary = re.search(r'boundary="?([^";]+)', content_type)
    return f"\r\n--{boundary[1] if boundary else ''}--\r\n".encode()


class Shortened:
    """What comes of an upload, up to so many bytes, and then its end; the rest is let run by, unkept, so that
    the browser that sends it hears that it has arrived. How much it was stands in `ROOM` then.
    """

    def __init__(self, receive: Receive, *, file: tuple[str, str], most: int, end: bytes) -> None:
        self.receive = receive
        self.file = file
        self.most = most
        self.end = end
        self.passed = 0

    async def __call__(self) -> Message:
        message = await self.receive()
        body, room = message.get("body", b""), self.most - self.passed
        self.passed += len(body)
        if self.passed <= self.most:
            return message
        while message.get("more_body", False):
            message = await self.receive()
            self.passed += len(message.get("body", b""))
        if message["type"] != "http.request":
            return message
        ROOM.cut[self.file] = self.passed
        return {"type": "http.request", "body": body[:room] + self.end, "more_body": False}
