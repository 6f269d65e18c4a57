"""A server in the test's own process, with the test's settings, for real requests."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from tests.postgresql import free_port


@contextmanager
def served(app: ASGIApp) -> Iterator[str]:
    """The address of that application, on a free port of 127.0.0.1, for as long as the block lasts."""
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()
