"""An address that is none of this app's: a page of ours says so, with the way on.

Streamlit answers every address with its page, and then opens a window that speaks of files and folders.
"""

from starlette.requests import Request
from starlette.routing import Match
from starlette.types import ASGIApp, Receive, Scope, Send

from komet_import.language import _
from komet_import.web.router import SCREENS
from komet_import.web.server.plain_page import plain_page
from komet_import.web.server.routes import ROUTES

_PAGES = frozenset("/" + screen.path for screen in SCREENS)
_OF_STREAMLIT = ("/static/", "/app/static/", "/media/", "/component/", "/_stcore/")


class UnknownAddresses:
    """Answers 404 where a browser asks for a page that there is not."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and _unknown(Request(scope)):
            page = plain_page(
                404,
                title=_("Page not found"),
                text=_(
                    "There is no page at {path}. The address may be incomplete or out of date.",
                    path=scope["path"],
                ),
                way=_("Go to Data import"),
            )
            await page(scope, receive, send)
            return
        await self.app(scope, receive, send)


def _unknown(request: Request) -> bool:
    if request.method not in ("GET", "HEAD") or "text/html" not in request.headers.get("accept", ""):
        return False
    path = request.url.path
    if (path.rstrip("/") or "/") in _PAGES or path.startswith(_OF_STREAMLIT):
        return False
    return all(route.matches(request.scope)[0] is Match.NONE for route in ROUTES)
