"""How much may lie here of what was uploaded and is not opened yet.

Streamlit keeps an upload in memory until its page has read it (`uploading`) or its tab is closed, and takes
any number of them. So each person has room for a few files, all of them together for more.
"""

import threading
from dataclasses import dataclass, field

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

from komet_import.access.standing import standing
from komet_import.settings import settings
from komet_import.web.auth import SESSION_COOKIE
from komet_import.web.draining import Early
from komet_import.web.uploading import accepted_mb

FILES_EACH, FILES_TOGETHER = 6, 20
"""Of the largest size."""
_UPLOADS = "/_stcore/upload_file/"


@dataclass
class Room:
    """Who holds how many bytes: what lies with Streamlit, and what is on its way."""

    owners: dict[tuple[str, str], int] = field(default_factory=dict)
    coming: dict[tuple[str, str], int] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, file: tuple[str, str], *, user_id: int, size: int) -> bool:
        """Make room for a file of that many bytes; False where there is none."""
        with self.lock:
            held = _sizes(self.owners) | self.coming
            self.owners = {known: owner for known, owner in self.owners.items() if known in held}
            others = {known: bytes_ for known, bytes_ in held.items() if known != file}
            mine = sum(bytes_ for known, bytes_ in others.items() if self.owners.get(known) == user_id)
            largest = settings().max_upload_mb << 20
            if mine + size > FILES_EACH * largest or sum(others.values()) + size > FILES_TOGETHER * largest:
                return False
            self.owners[file], self.coming[file] = user_id, size
            return True

    def arrived(self, file: tuple[str, str]) -> None:
        """The upload has ended, well or badly: from now on counts what Streamlit keeps."""
        with self.lock:
            self.coming.pop(file, None)


ROOM = Room()


def _sizes(files: dict[tuple[str, str], int]) -> dict[tuple[str, str], int]:
    """The bytes that Streamlit keeps of these files."""
    kept = _manager()
    if kept is None:
        return {}
    found = {file: kept.get_files(file[0], [file[1]]) for file in files}
    return {file: len(records[0].data) for file, records in found.items() if records}


def _manager() -> MemoryUploadedFileManager | None:
    manager = runtime.get_instance().uploaded_file_mgr if runtime.exists() else None
    return manager if isinstance(manager, MemoryUploadedFileManager) else None


class BoundedUploads:
    """Refuses an upload for which there is no room, before any of it is read."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "PUT" or _UPLOADS not in scope["path"]:
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        found = await run_in_threadpool(standing, request.cookies.get(SESSION_COOKIE, ""))
        if found is None:
            await PlainTextResponse("Sign in first.", 403)(scope, receive, send)
            return
        session, _, name = scope["path"].partition(_UPLOADS)[2].partition("/")
        declared = request.headers.get("content-length", "")
        largest = accepted_mb() << 20  # which Streamlit holds an upload to that does not say
        size = min(int(declared[:20]), largest) if declared.isdecimal() else largest
        if not ROOM.take((session, name), user_id=found.user_id, size=size):
            told = "Too many files wait to be opened; remove some, or close other tabs, and try again."
            await Early(PlainTextResponse(told, 413))(scope, receive, send)
            return
        try:
            await self.app(scope, receive, send)
        finally:
            ROOM.arrived((session, name))
