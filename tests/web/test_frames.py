"""Frames of a WebSocket, written by hand: what is too large is refused by its head, before it has come."""

import socket
import threading
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket
from streamlit.web.server.starlette import starlette_server
from uvicorn.protocols.websockets import websockets_sansio_impl
from websockets import http11
from websockets.server import ServerProtocol

from komet_import.web.server import application, frames
from tests.postgresql import free_port

CLOSE, TOO_BIG = 0x88, 1009


@pytest.fixture
def address(sqlite_database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A server with the settings that Streamlit gives to uvicorn, which are made before the app is loaded;
    it answers each message with its size.
    """
    kept = ((websockets_sansio_impl, ServerProtocol.__name__), (http11, "MAX_LINE_LENGTH"))
    for module, name in (*kept, (http11, "MAX_NUM_HEADERS")):
        monkeypatch.setattr(module, name, getattr(module, name))
    settings = starlette_server._get_uvicorn_config_kwargs()

    async def sizes(tab: WebSocket) -> None:
        await tab.accept(subprotocol="streamlit")
        while True:
            await tab.send_text(str(len(await tab.receive_bytes())))

    app, port = Starlette(routes=[WebSocketRoute("/_stcore/stream", sizes)]), free_port()
    config = uvicorn.Config(app, host="127.0.0.1", port=port, log_level="critical", **settings)
    config.load()
    application.prepare()
    started = uvicorn.Server(config)
    thread = threading.Thread(target=started.run)
    thread.start()
    while not started.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{port}"
    started.should_exit = True
    thread.join()


def line_to(address: str, *headers: str) -> socket.socket:
    """The line of a tab that has been opened, without any compression; `headers` are further ones."""
    where = urlsplit(address)
    line = socket.create_connection((where.hostname or "", where.port or 0), timeout=20)
    line.sendall(
        b"GET /_stcore/stream HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
        b"Sec-WebSocket-Protocol: streamlit\r\nSec-WebSocket-Extensions: permessage-deflate\r\n"
        + "".join(f"{header}\r\n" for header in (*headers, "")).encode()
    )
    answered = b""
    while not answered.endswith(b"\r\n\r\n"):
        answered += line.recv(1)
    assert answered.startswith(b"HTTP/1.1 101")
    assert b"permessage-deflate" not in answered, "a small frame could become a large message"
    return line


def frame(announced: int, *, first: bool = True, last: bool = True, sent: int = 0) -> bytes:
    """A binary frame (RFC 6455 §5.2) that announces so many bytes, of which so many come."""
    opening = (0x80 if last else 0) | (2 if first else 0)
    return bytes([opening, 0xFF]) + announced.to_bytes(8, "big") + bytes(4) + bytes(sent)


def in_many(size: int, *, of: int = 1 << 16) -> bytes:
    """A message of so many bytes in frames of 64 KB, of which the last one does not come."""
    whole = b"".join(frame(of, first=n == 0, last=False, sent=of) for n in range(size // of - 1))
    return whole + frame(of, first=False)


@pytest.mark.parametrize(
    "sent",
    [frame(150 << 20), frame(frames.MOST_BYTES + 1), in_many(frames.MOST_BYTES + (1 << 16))],
    ids=["150 MB", "a byte too many", "too many frames"],
)
def test_a_message_that_is_too_large_is_refused_before_it_has_come(address: str, sent: bytes) -> None:
    with line_to(address) as line:
        line.sendall(sent)
        answer = line.recv(4)
    assert (answer[0], int.from_bytes(answer[2:], "big")) == (CLOSE, TOO_BIG)


def test_the_largest_message_arrives(address: str) -> None:
    with line_to(address) as line:
        line.sendall(frame(frames.MOST_BYTES, sent=frames.MOST_BYTES))
        assert line.recv(100)[2:] == str(frames.MOST_BYTES).encode()


@pytest.mark.parametrize(
    "headers",
    [("Cookie: other=" + "x" * 30_000,), tuple(f"X-{n}: {n}" for n in range(200))],
    ids=["long", "many"],
)
def test_a_tab_opens_with_as_much_before_it_as_a_page_does(address: str, headers: tuple[str, ...]) -> None:
    line_to(address, *headers).close()
