"""The headers of every answer, and who may have the files that Streamlit keeps."""

import secrets
from datetime import timedelta

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from komet_import.access.standing import standing
from komet_import.language import _
from komet_import.settings import settings
from komet_import.web.server import tabs
from komet_import.web.shared.auth import BROWSER_COOKIE, SESSION_COOKIE
from komet_import.web.shared.early_answer import Early
from komet_import.web.shared.upload_limits import UPLOADS

A_DAY = 24 * 60 * 60
A_YEAR = 365 * A_DAY
_TYPEFACE = "/app/static/"
_UPLOADS = UPLOADS.removesuffix("/")


def set_cookie(answer: Response, name: str, value: str, *, lifetime: timedelta | None = None) -> None:
    """Set a cookie that no script of the page reads."""
    # Without a lifetime: a closed browser is signed out. Lax: the link in a mail must find the session.
    seconds = int(lifetime.total_seconds()) if lifetime else None
    answer.set_cookie(name, value, max_age=seconds, httponly=True, samesite="lax")


class Headers:
    """Security headers on every answer, and a mark for the browser on pages (`sessions.open_ticket`)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add_headers(Request(scope), message["status"], MutableHeaders(scope=message))
            await send(message)

        await self.app(scope, receive, send_with_headers)


def _add_headers(request: Request, status: int, headers: MutableHeaders) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["X-Frame-Options"] = "SAMEORIGIN"
    headers["Content-Security-Policy"] = "frame-ancestors 'self'; object-src 'none'; base-uri 'self'"
    headers["Referrer-Policy"] = "same-origin"
    if request.url.path.startswith(_TYPEFACE):
        headers["Cache-Control"] = f"public, max-age={A_DAY}"
    if settings().over_https:
        headers["Strict-Transport-Security"] = f"max-age={A_YEAR}"
    is_page = headers.get("content-type", "").startswith("text/html")
    # A browser that was closed has lost the mark but kept the page, and asks only whether it has changed.
    is_kept_page = status == 304 and "text/html" in request.headers.get("accept", "")
    if (is_page or is_kept_page) and BROWSER_COOKIE not in request.cookies:
        mark = Response()
        set_cookie(mark, BROWSER_COOKIE, secrets.token_urlsafe(32))
        headers.append("set-cookie", mark.headers["set-cookie"])


class FilesForUsers:
    """Streamlit's own routes for files take and give them to anybody; here they are for who is signed in.

    Whatever follows the folder's name: Streamlit finds a file by its name without the extension. Uploads
    go into the state of a tab, and that tab must be open in the same session: nobody puts a file into
    somebody else's tab, or takes one away.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith(("/media", _UPLOADS)):
            token = Request(scope).cookies.get(SESSION_COOKIE, "")
            if await run_in_threadpool(standing, token) is None:
                await PlainTextResponse(_("Sign in first."), 403)(scope, receive, send)
                return
            if scope["path"].startswith(_UPLOADS) and not tabs.is_open(_tab_of(scope["path"]), token=token):
                told = _("This tab is not open any more; reload the page and choose the file again.")
                await Early(PlainTextResponse(told, 404))(scope, receive, send)
                return
        await self.app(scope, receive, send)


def _tab_of(path: str) -> str:
    """The name of the tab's state in the address of an upload: `…/tab/file`."""
    return path.removeprefix(_UPLOADS).strip("/").partition("/")[0]
