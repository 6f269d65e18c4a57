"""Downloads: a route of ours that gives a file to the one who asks for it.

Streamlit's own way keeps the file in memory and serves it under a random name to whoever knows that; here the
session is asked for in the request, the use case asks for the right, and no cache keeps a copy.
"""

from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from komet_import import services
from komet_import.language import _, marked
from komet_import.language.current import offered, speak, spoken
from komet_import.refusal import Refusal
from komet_import.services import File
from komet_import.web.server.plain_page import plain_page
from komet_import.web.shared.auth import SESSION_COOKIE, user_of
from komet_import.web.shared.download_link import DOWNLOAD

_PRIVATE = {"Cache-Control": "no-store", "Cross-Origin-Resource-Policy": "same-origin"}
_SIGNED_OUT = (
    marked("You are signed out"),
    marked("Sign in, then download the file again."),
    marked("Sign in"),
)
_NOT_YOURS = (
    marked("No such file"),
    marked("This file does not exist, or you don't have access to it."),
    marked("Data import"),
)


async def _download(request: Request) -> Response:
    """403 signed out, 404 for what is not there and for what is not this user's; both say so on a page."""
    if request.method != "GET":  # a look at the headers would make the file, and count as taking it
        return Response(status_code=405, headers={"Allow": "GET"})
    token = request.cookies.get(SESSION_COOKIE)
    return await run_in_threadpool(_given, token, **request.path_params)


def _given(token: str | None, file: str, of: str) -> Response:
    user = user_of(token)
    if user is None:
        return _page(403, *map(_, _SIGNED_OUT))
    speak(offered(user.language) or spoken())
    try:
        given = services.download(user, File(file), of)
    except (ValueError, Refusal):
        return _page(404, *map(_, _NOT_YOURS))
    disposition = {"Content-Disposition": content_disposition(given.name)}
    return Response(given.content, media_type=given.media, headers=_PRIVATE | disposition)


def _page(status: int, title: str, text: str, way: str) -> Response:
    page = plain_page(status, title=title, text=text, way=way)
    page.headers.update(_PRIVATE)
    return page


def content_disposition(name: str) -> str:
    """The header that says under which name a file is saved, for every character (RFC 6266 §4.3, appendix D).

    Old readers take the first form, so it holds nothing that could end it or be decoded another way.
    """
    plain = "".join(sign if sign.isascii() and sign.isprintable() else "_" for sign in name)
    plain = plain.translate({ord(sign): "_" for sign in '"\\%;/'})
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='', errors='replace')}"


ROUTES = [Route(f"{DOWNLOAD}/{{file}}/{{of}}", _download, methods=["GET"])]
