"""The routes beside Streamlit's own: the session's cookie, signing out, a grid's rows, downloads, health."""

import re
from html import escape
from urllib.parse import parse_qsl, quote, urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from komet_import.access import browsers, sessions, users
from komet_import.language import _
from komet_import.language.current import spoken
from komet_import.ledger import database
from komet_import.web.report import news
from komet_import.web.review import look
from komet_import.web.server import download_route, rows_route
from komet_import.web.server.headers import set_cookie
from komet_import.web.server.origins import ours
from komet_import.web.server.plain_page import plain_page
from komet_import.web.shared.auth import BROWSER_COOKIE, SESSION_COOKIE

_PAGE_PATH = re.compile(r"/[a-z0-9-]*")


def local_path(address: str) -> str:
    """The address if it is a page of this app with a query, otherwise `/`: never a way to elsewhere.

    Pages have plain names, so the path is held against a pattern instead of a list of tricks, and the
    query is written anew. A fragment is dropped.
    """
    path, _mark, query = address.partition("#")[0].partition("?")
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
            users.met_in(work, user_id=user_id, language=spoken())
    if token and user_id is not None:
        set_cookie(answer, SESSION_COOKIE, token)
        set_cookie(answer, browsers.COOKIE, mark, lifetime=browsers.LIFETIME)
    return answer


def sign_out(request: Request) -> Response:
    """End the session in the database, so that a copy of the cookie is worth nothing.

    Only for a form of this app's own: a link, wherever it stands, asks first.
    """
    if request.method != "POST" or not _from_here(request):
        return plain_page(
            200,
            title=_("Sign out?"),
            text=_("You asked for it by a link."),
            form=f'<form method="post" action="/sign-out"><button>{escape(_("Sign out"))}</button></form>',
            way=_("Stay signed in"),
        )
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


def healthz(_request: Request) -> Response:
    """Whether the database answers and fits this program, for a load balancer."""
    if database.answers():
        return JSONResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})
    return JSONResponse({"status": "unavailable"}, 503, headers={"Cache-Control": "no-store"})


ROUTES = [
    Route("/session", session, methods=["GET"]),
    Route("/sign-out", sign_out, methods=["GET", "POST"]),
    Route("/healthz", healthz, methods=["GET"]),
    Route(look.ROWS, rows_route.review_rows, methods=["POST"]),
    Route(look.NEWS, rows_route.review_news, methods=["GET"]),
    Route(news.NEWS, rows_route.report_news, methods=["GET"]),
    *download_route.ROUTES,
]
