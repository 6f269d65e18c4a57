"""Where a request comes from, for the audit trail: the client's address, as uvicorn has it of the socket or
of a proxy that it trusts. A page's own script has it from its session (`shared.auth`).
"""

from starlette.types import ASGIApp, Receive, Scope, Send

from komet_import.ledger import audit


class Whereabouts:
    """Says it in the context of the request, which its threads share."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            client = scope.get("client")
            audit.came_from(client[0] if client else "")
        await self.app(scope, receive, send)
