"""How much a browser may send at once over a tab's WebSocket: bounded before it has come.

Streamlit has one limit for both ways, 200 MB, and a message is held in memory whole before anybody can be
asked whose it is (`sockets`). What a page sends is small, for files and the grid's edits have routes of their
own; what it is sent may be large. So what comes has a limit of its own.
"""

from typing import Any

from uvicorn.protocols.websockets import websockets_sansio_impl
from websockets import http11
from websockets.server import ServerProtocol

MOST_BYTES = 1 << 20
"""Of one message, in however many frames: more than all the fields of a page hold."""


class BoundedProtocol(ServerProtocol):
    """A connection that is closed with 1009 by the head of a frame that announces too much."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**{**given, "max_size": MOST_BYTES})


def tell_uvicorn() -> None:
    """Take this for every connection. When the app is loaded, uvicorn has its settings already.

    The request that opens one has been let in before as one of HTTP. Of longer lines than 8 KB, as cookies
    make them of everything that a browser has for this host, or of 129 headers and more, websockets makes an
    answer that uvicorn never sends: the page would wait for ever. Here HTTP's own limit counts.
    """
    setattr(websockets_sansio_impl, ServerProtocol.__name__, BoundedProtocol)
    http11.MAX_LINE_LENGTH = http11.MAX_NUM_HEADERS = MOST_BYTES
