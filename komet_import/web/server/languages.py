"""Which language a request is answered in: what its browser asks for, and once its person is known, theirs.
A page's own script has it from its session (`shared.auth`).
"""

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from komet_import.language.current import asked_for, speak


class Languages:
    """Says it in the context of the request, which its threads share."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            speak(asked_for(Headers(scope=scope).get("accept-language", "")))
        await self.app(scope, receive, send)
