"""Where a request of a browser comes from: this app's own pages, or somebody else's.

A browser says it in `Origin`, with every POST and every WebSocket; no page can make it say something else.
"""

import logging
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from komet_import.settings import settings

log = logging.getLogger(__name__)

_PORTS = {"http": 80, "https": 443}
_POLICY = 1008
"""Why a socket is closed (RFC 6455 §7.4.1)."""
MOST_LOGGED = 200
"""Letters of an origin, which may be whatever a program sends."""


def ours(origin: str) -> bool:
    """Whether an origin is the public address; on a developer's own machine, any name and port of it."""
    public = urlsplit(settings().public_url)
    try:
        given = urlsplit(origin)
        if _place(given) == _place(public):
            return True
    except ValueError:  # a port that is none
        return False
    return public.scheme == "http" and is_this_machine(public.hostname) and is_this_machine(given.hostname)


def _place(address: SplitResult) -> tuple[str, str | None, int | None]:
    return address.scheme, address.hostname, address.port or _PORTS.get(address.scheme)


def is_this_machine(name: str | None) -> bool:
    """Whether a host's name is localhost or a loopback address."""
    if name is None or name == "localhost":
        return name is not None
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


class OwnSockets:
    """Opens WebSockets to this app's own pages only.

    Streamlit asks as well, and takes every port of the machine that it runs on for its own. A program that
    is no browser may leave `Origin` out: it has nobody's cookies.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            origin = Headers(scope=scope).get("origin")
            if origin is not None and not ours(origin):
                log.warning(
                    "A WebSocket of %r was refused; people come by KOMET_PUBLIC_URL, %r.",
                    origin[:MOST_LOGGED],
                    settings().public_url,
                )
                await send({"type": "websocket.close", "code": _POLICY})
                return
        await self.app(scope, receive, send)
