"""Downloads: a route of ours that gives a file to the one who asks for it, and the link to it on a page.

Streamlit's own way keeps the file in memory and serves it under a random name to whoever knows that; here the
session is asked for in the request, the use case asks for the right, and no cache keeps a copy.
"""

from html import escape
from urllib.parse import quote

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from komet_import import services
from komet_import.refusal import Refusal
from komet_import.services import File
from komet_import.web.auth import SESSION_COOKIE, user_of

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOWNLOAD = "/download"
_PRIVATE = {"Cache-Control": "no-store", "Cross-Origin-Resource-Policy": "same-origin"}
_SIGNED_OUT = ("You are signed out", "Sign in, then download the file again.", "Sign in")
_NOT_YOURS = ("No such file", "This file does not exist, or you don't have access to it.", "Data import")
_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="color-scheme" content="light dark"><title>{title}</title>
<style>body {{ font: 16px/1.5 system-ui, sans-serif; margin: 20vh auto; max-width: 26rem }}</style>
<h1>{title}</h1><p>{text}</p><p><a href="/">{way}</a></p></html>"""


async def _download(request: Request) -> Response:
    """403 signed out, 404 for what is not there and for what is not this user's; both say so on a page."""
    if request.method != "GET":  # a look at the headers would make the file, and count as taking it
        return Response(status_code=405, headers={"Allow": "GET"})
    token = request.cookies.get(SESSION_COOKIE)
    return await run_in_threadpool(_given, token, **request.path_params)


def _given(token: str | None, file: str, of: str) -> Response:
    user = user_of(token)
    if user is None:
        return _page(403, *_SIGNED_OUT)
    try:
        given = services.download(user, File(file), of)
    except (ValueError, Refusal):
        return _page(404, *_NOT_YOURS)
    disposition = {"Content-Disposition": content_disposition(given.name)}
    return Response(given.content, media_type=EXCEL, headers=_PRIVATE | disposition)


def _page(status: int, title: str, text: str, way: str) -> Response:
    return HTMLResponse(_PAGE.format(title=title, text=text, way=way), status, headers=_PRIVATE)


def content_disposition(name: str) -> str:
    """The header that says under which name a file is saved, for every character (RFC 6266 §4.3, appendix D).

    Old readers take the first form, so it holds nothing that could end it or be decoded another way.
    """
    plain = "".join(sign if sign.isascii() and sign.isprintable() else "_" for sign in name)
    plain = plain.translate({ord(sign): "_" for sign in '"\\%;/'})
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='', errors='replace')}"


ROUTES = [Route(f"{DOWNLOAD}/{{file}}/{{of}}", _download, methods=["GET"])]

_STYLE = """
.komet-download { display: inline-flex; align-items: center; gap: .5rem; min-height: 2.5rem;
  padding: .25rem .75rem; font-size: .875rem;
  border: 1px solid var(--st-border-color, color-mix(in srgb, currentColor 20%, transparent));
  border-radius: 4px; color: inherit !important; text-decoration: none !important; line-height: 1.6; }
.komet-download:hover { border-color: currentColor; }
.komet-download:focus-visible { outline: 2px solid currentColor; outline-offset: 2px; }
.komet-download::before { content: ""; flex: none; width: 1.25em; height: 1.25em; background: currentColor;
  mask: url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 -960 960 960'%3E%3Cpath \
d='M480-320 280-520l56-58 104 104v-326h80v326l104-104 56 58-200 200ZM240-160q-33 0-56.500-23.500T160-240v-120\
h80v120h480v-120h80v120q0 33-23.500 56.500T720-160H240Z'/%3E%3C/svg%3E") center / contain no-repeat; }
"""


def download_link(label: str, file: File, of: str) -> None:
    """A link to a file that looks like the buttons beside it.

    As HTML, because Streamlit's link button opens another tab for it, and its download button serves the file
    to whoever knows its address.
    """
    address = f"{DOWNLOAD}/{file}/{quote(of, safe='')}"
    st.html(
        f"<style>{_STYLE}</style><a class='komet-download' href='{address}' target='_self'>"
        f"{escape(label)}</a>"
    )
