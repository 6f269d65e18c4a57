"""What is not a script: the routes beside Streamlit's own, the headers, the start and the end."""

import gc
import re
import secrets
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config

from komet_import import services
from komet_import.access import browsers, sessions
from komet_import.access.standing import standing
from komet_import.ledger import database
from komet_import.outbox import dispatcher
from komet_import.refusal import Refusal
from komet_import.services.desk import keep_tidy
from komet_import.settings import SettingsError, settings
from komet_import.sheets.files import reader
from komet_import.web import downloads, failures, reviewing, rows_route, sockets, uploads
from komet_import.web.auth import BROWSER_COOKIE, SESSION_COOKIE
from komet_import.web.discretion import Discretion
from komet_import.web.draining import Early
from komet_import.web.greeting import greeting
from komet_import.web.one_address import OneAddress
from komet_import.web.origins import OwnSockets, ours
from komet_import.web.secure_cookies import SecureCookies
from komet_import.web.uploads import BoundedUploads

A_YEAR = 365 * 24 * 60 * 60
_PAGE_PATH = re.compile(r"/[a-z0-9-]*")
_UPLOADS = "/_stcore/upload_file"


def prepare() -> None:
    """End the start with one sentence and exit status 2 where settings or database do not allow it.

    Also tells Streamlit's own upload route its limit, so that there is one setting for it.
    """
    try:
        services.require_sound_types()
        limit = uploads.taken_mb()
        database.require_current()
    except (SettingsError, Refusal) as refused:
        print(f"Komet Import does not start. {refused}", file=sys.stderr)  # noqa: T201
        sys.exit(2)
    config.set_option("server.maxUploadSize", limit)
    sockets.tell_streamlit()


@asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[dict[str, Any]]:
    """The services that run beside the pages, in this process: the warm sheet reader, the mail dispatcher."""
    reader.warm()
    stop_mail, stop_tidying = dispatcher.start(), keep_tidy()
    # The collector need not look again and again at the 200,000 objects of the libraries, which stay anyway:
    # each look held up every answer for a tenth of a second.
    gc.collect()
    gc.freeze()
    print(greeting(), flush=True)  # noqa: T201 - Streamlit's own words name another address
    try:
        async with sockets.watching():
            yield {}
    finally:
        await run_in_threadpool(stop_mail)
        await run_in_threadpool(stop_tidying)


def local_path(address: str) -> str:
    """The address if it is a page of this app with a query, otherwise `/`: never a way to elsewhere.

    Pages have plain names, so the path is held against a pattern instead of a list of tricks, and the
    query is written anew. A fragment is dropped.
    """
    path, _, query = address.partition("#")[0].partition("?")
    if not _PAGE_PATH.fullmatch(path) or len(address) > 2000:
        return "/"
    fields = parse_qsl(query, keep_blank_values=True)
    return path + ("?" + urlencode(fields, quote_via=quote) if fields else "")


def session(request: Request) -> Response:
    """Turn a ticket into the cookie, then go back to where the user wanted to be."""
    answer = RedirectResponse(local_path(request.query_params.get("next", "/")), 303)
    answer.headers["Cache-Control"] = "no-store"
    browser = request.cookies.get(BROWSER_COOKIE, "")
    with database.transaction() as work:
        token = sessions.redeem_ticket(work, ticket=request.query_params.get("ticket", ""), browser=browser)
        if token and (before := request.cookies.get(SESSION_COOKIE)):
            sessions.end(work, before)
        user_id = sessions.opened_by(work, token) if token else None
        if user_id is not None:
            mark = browsers.remember(work, user_id=user_id, mark=request.cookies.get(browsers.COOKIE, ""))
    if token and user_id is not None:
        _set_cookie(answer, SESSION_COOKIE, token)
        _set_cookie(answer, browsers.COOKIE, mark, lifetime=browsers.LIFETIME)
    return answer


def sign_out(request: Request) -> Response:
    """End the session in the database, so that a copy of the cookie is worth nothing.

    Only for a form of this app's own: a link, wherever it stands, asks first.
    """
    if request.method != "POST" or not _from_here(request):
        return HTMLResponse(_SIGN_OUT, headers={"Cache-Control": "no-store"})
    answer = RedirectResponse("/", 303)
    answer.headers["Cache-Control"] = "no-store"
    if token := request.cookies.get(SESSION_COOKIE):
        with database.transaction() as work:
            sessions.end(work, token)
    answer.delete_cookie(SESSION_COOKIE, httponly=True, samesite="lax")
    return answer


def _from_here(request: Request) -> bool:
    """Whether a page of this app sent a form, as the browser says; who says nothing is none."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is not None:
        return site == "same-origin"
    return origin is not None and ours(origin)


_SIGN_OUT = """<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Sign out · Komet Import</title>
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:24rem;margin:20vh auto;padding:0 1rem}
button{font:inherit;padding:.4rem 1rem}</style>
<h1>Sign out?</h1><form method="post" action="/sign-out"><button>Sign out</button></form>
<p><a href="/">Stay signed in</a></p></html>"""


def healthz(_request: Request) -> Response:
    """Whether the database answers, for a load balancer."""
    if database.answers():
        return JSONResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})
    return JSONResponse({"status": "unavailable"}, 503, headers={"Cache-Control": "no-store"})


def _set_cookie(answer: Response, name: str, value: str, *, lifetime: timedelta | None = None) -> None:
    # Without a lifetime: a closed browser is signed out. Lax: the link in a mail must find the session.
    seconds = int(lifetime.total_seconds()) if lifetime else None
    answer.set_cookie(name, value, max_age=seconds, httponly=True, samesite="lax")


ROUTES = [
    Route("/session", session, methods=["GET"]),
    Route("/sign-out", sign_out, methods=["GET", "POST"]),
    Route("/healthz", healthz, methods=["GET"]),
    Route(reviewing.ROWS, rows_route.review_rows, methods=["POST"]),
    Route(reviewing.NEWS, rows_route.review_news, methods=["GET"]),
    *downloads.ROUTES,
]


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
    if settings().over_https:
        headers["Strict-Transport-Security"] = f"max-age={A_YEAR}"
    is_page = headers.get("content-type", "").startswith("text/html")
    # A browser that was closed has lost the mark but kept the page, and asks only whether it has changed.
    is_kept_page = status == 304 and "text/html" in request.headers.get("accept", "")
    if (is_page or is_kept_page) and BROWSER_COOKIE not in request.cookies:
        mark = Response()
        _set_cookie(mark, BROWSER_COOKIE, secrets.token_urlsafe(32))
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
                await PlainTextResponse("Sign in first.", 403)(scope, receive, send)
                return
            if scope["path"].startswith(_UPLOADS) and not sockets.is_open(
                _tab_of(scope["path"]), token=token
            ):
                told = "This tab is not open any more; reload the page and choose the file again."
                await Early(PlainTextResponse(told, 404))(scope, receive, send)
                return
        await self.app(scope, receive, send)


def _tab_of(path: str) -> str:
    """The name of the tab's state in the address of an upload: `…/tab/file`."""
    return path.removeprefix(_UPLOADS).strip("/").partition("/")[0]


MIDDLEWARE = [
    Middleware(SecureCookies),
    Middleware(Headers),
    Middleware(failures.Failures),
    Middleware(OwnSockets),
    Middleware(OneAddress),
    Middleware(Discretion),
    Middleware(FilesForUsers),
    Middleware(BoundedUploads),
    Middleware(sockets.Sockets),
]
"""From the outside in."""


def on_script_error(wrong: Exception) -> bool:
    """Log what went wrong under an id, and show the person one sentence with that id."""
    identity = failures.note(wrong)
    st.error(
        f"Something went wrong here, and it has been written down as error {identity}. "
        "Reload the page; nothing that was saved is lost.",
        icon=":material/error:",
    )
    return True
