"""What Streamlit would tell anybody who asks, and nobody here needs: paths, versions, metrics.

Streamlit's own routes are open before anyone signs in. Those that its page needs stay (health, the host's
configuration, the WebSocket, uploads, which `FilesForUsers` guards); the rest is not there.
"""

from google.protobuf.message import DecodeError
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

_NEEDED = ("health", "host-config", "stream", "upload_file", "bidi-components")
_CLOSED = ("/auth/", "/oauth2callback", "/component/")
_LARGEST_GREETING = 256 << 10
"""Bytes: the message that greets a tab is far smaller, and larger ones need not be looked into."""


class Discretion:
    """Answers 404 for Streamlit's routes that are not needed, and keeps what a tab is told to the page."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and _closed(scope["path"]):
            await PlainTextResponse("Not Found", 404)(scope, receive, send)
            return
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return

        async def send_less(message: Message) -> None:
            told = message.get("bytes")
            if message["type"] == "websocket.send" and told and len(told) < _LARGEST_GREETING:
                message = {**message, "bytes": _without_secrets(told)}
            if message.get("bytes") != b"":
                await send(message)

        await self.app(scope, receive, send_less)


def _closed(path: str) -> bool:
    parts = path.split("/")
    if "_stcore" in parts:
        place = parts.index("_stcore") + 1
        return place >= len(parts) or parts[place] not in _NEEDED
    return path.startswith(_CLOSED)


def _without_secrets(told: bytes) -> bytes:
    """The message, without where the program lies and what it runs on; nothing of what Git knows of it."""
    try:
        message = ForwardMsg.FromString(told)
    except DecodeError:
        return told
    kind = message.WhichOneof("type")
    if kind == "git_info_changed":
        return b""
    if kind != "new_session":
        return told
    message.new_session.main_script_path = ""
    environment = message.new_session.initialize.environment_info
    for name in ("streamlit_version", "python_version", "server_os", "has_display"):
        environment.ClearField(name)
    return bytes(message.SerializeToString())
