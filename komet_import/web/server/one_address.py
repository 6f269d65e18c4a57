"""One address: this machine has several names, and a browser keeps the cookies of each apart.

Whoever signs in at 127.0.0.1 and then follows a link to localhost is a stranger there. So a page that is
asked for under another name of this machine than the public address has is answered with the way there.
"""

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from komet_import.settings import settings
from komet_import.web.server.origins import is_this_machine


class OneAddress:
    """Sends pages that are asked for under another name of this machine to the public address's name."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and (address := right_address(Request(scope))):
            await RedirectResponse(address, 307)(scope, receive, send)
            return
        await self.app(scope, receive, send)


def right_address(request: Request) -> str | None:
    """The address to go to instead; None where it is right already.

    Only between names of this machine, so that a proxy that hides the public name can never make a browser
    turn in circles, and with the port that was asked for: a tunnel may have brought it here from another one.
    """
    if request.method not in ("GET", "HEAD") or "text/html" not in request.headers.get("accept", ""):
        return None
    public, asked = urlsplit(settings().public_url), request.url
    name = public.hostname or ""
    if asked.hostname is None or asked.hostname == name:
        return None
    if not (_leads_here(name) and _leads_here(asked.hostname)):
        return None
    host = f"[{name}]" if ":" in name else name
    return str(asked.replace(netloc=f"{host}:{asked.port}" if asked.port else host))


def _leads_here(name: str) -> bool:
    return name.endswith(".localhost") or is_this_machine(name)
