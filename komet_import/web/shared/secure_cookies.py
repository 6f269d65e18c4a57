"""Cookies that only HTTPS carries and only this very host can set, as soon as people come by HTTPS.

The rest of the app knows its cookies by their plain names. On the line they have the prefix `__Host-`, which
browsers take only from this host, over HTTPS, for every path: no neighbor of the domain can slip one in
(draft-ietf-httpbis-rfc6265bis §4.1.3). A cookie that comes under a plain name is somebody else's then.
"""

from collections.abc import Iterable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from komet_import.settings import settings

PREFIX = b"__Host-"
OURS = b"komet_"
_BEGINNINGS = frozenset({"http.response.start", "websocket.accept"})


class SecureCookies:
    """Gives every cookie of ours its prefix on the way out and takes it on the way in; all get `Secure`."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket") or not settings().over_https:
            await self.app(scope, receive, send)
            return

        async def send_secured(message: Message) -> None:
            if message["type"] in _BEGINNINGS:
                headers = [(name, _secured(name, value)) for name, value in message.get("headers", ())]
                message = {**message, "headers": headers}
            await send(message)

        given = [(name, _taken(name, value)) for name, value in scope["headers"]]
        await self.app({**scope, "headers": given}, receive, send_secured)


def _taken(name: bytes, value: bytes) -> bytes:
    if name.lower() != b"cookie":
        return value
    return b"; ".join(_plain(part.strip() for part in value.split(b";")))


def _plain(parts: Iterable[bytes]) -> Iterable[bytes]:
    for part in parts:
        if part.startswith(PREFIX + OURS):
            yield part.removeprefix(PREFIX)
        elif not part.startswith(OURS):
            yield part


def _secured(name: bytes, value: bytes) -> bytes:
    if name.lower() != b"set-cookie":
        return value
    if value.startswith(OURS):
        value = PREFIX + value
    secure = any(part.strip().lower() == b"secure" for part in value.split(b";")[1:])
    return value if secure else value + b"; Secure"
