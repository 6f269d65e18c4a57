"""What nobody foresaw: written down under an id, told as one sentence with that id, never as a traceback."""

import logging
import secrets
import traceback
from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from komet_import.language import _
from komet_import.ledger.database import AWAY

log = logging.getLogger("komet_import")


def note(wrong: BaseException) -> str:
    """Write an error down; returns the id under which it is found in the log."""
    identity = secrets.token_hex(4)
    log.error("error %s\n%s", identity, "".join(traceback.format_exception(wrong)))
    return identity


def sentence(identity: str) -> str:
    """What the person is told of an error."""
    return _(
        "Something went wrong and this was not done; it is noted as error {identity}. Try it again.",
        identity=identity,
    )


class Failures:
    """An answer of ours where a route fails; Starlette's own comes from outside of all middleware, so it
    has no security headers. Who follows a link gets it as a `page`, programs as JSON.
    """

    def __init__(self, app: ASGIApp, page: Callable[..., Response]) -> None:
        self.app, self.page = app, page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception as wrong:
            identity = note(wrong)
            if begun:
                raise  # the answer is half way out: only the connection can say that it ends here
            status, told = 500, {"code": "unexpected", "message": sentence(identity)}
            if isinstance(wrong, AWAY):
                status, told = 503, {"code": "busy", "message": _("The database does not answer; try again.")}
            answer: Response = JSONResponse(told, status, headers={"Cache-Control": "no-store"})
            if "text/html" in Headers(scope=scope).get("accept", ""):
                way = _("Go to Data import")
                answer = self.page(status, title=_("This did not work"), text=told["message"], way=way)
            await answer(scope, receive, send)
