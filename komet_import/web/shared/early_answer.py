"""A refusal that comes before the whole request has: said at once, and heard even so.

A client that is still sending would find its line cut, and its user a broken connection instead of the
reason. So what it goes on sending is let run by for a while, unkept, once the answer is on its way.
"""

import asyncio
from contextlib import suppress

from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

MOST_BYTES, SECONDS = 128 << 20, 20.0
"""As much as is let run by; whoever sends more, or more slowly, is cut off."""


class Early:
    """An answer given while the request may still be coming."""

    def __init__(self, answer: Response) -> None:
        self.answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_and_wait(message: Message) -> None:
            if message["type"] != "http.response.body":
                await send(message)
                return
            await send({**message, "more_body": True})
            with suppress(TimeoutError):
                async with asyncio.timeout(SECONDS):
                    await _let_run_by(receive)
            await send({"type": "http.response.body", "body": b"", "more_body": False})

        await self.answer(scope, receive, send_and_wait)


async def _let_run_by(receive: Receive) -> None:
    passed = 0
    while passed < MOST_BYTES:
        message = await receive()
        passed += len(message.get("body", b""))
        if message["type"] != "http.request" or not message.get("more_body", False):
            return
