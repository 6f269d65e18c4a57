"""A running server and a real Chromium for the tests in this folder.

`server` starts `streamlit run app.py` as people do, on a free port of 127.0.0.1, with a database of its
own; `page` and `context` are fresh for each test.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]


@dataclass(frozen=True, kw_only=True)
class Server:
    """A running Komet Import."""

    url: str
    log: Path
    process: subprocess.Popen[bytes]

    def answers(self, path: str) -> int:
        """The status of an answer to a plain GET."""
        try:
            with urllib.request.urlopen(self.url + path, timeout=10) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as wrong:
            return wrong.code

    def stop(self) -> None:
        """End the server as Ctrl+C does, and wait for it."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(15)


StartServer = Callable[..., Server]


@contextmanager
def running(database_url: str, folder: Path, **settings: str) -> Iterator[Server]:
    """A server on a migrated database, for as long as the block lasts; its log lies in the folder."""
    started = _start(database_url, settings, folder / "server.log")
    try:
        yield started
    finally:
        started.stop()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[StartServer]:
    """Start a server: `server(database_url, KOMET_COMPANY="Flor", …)`. All are ended after the test."""
    with ExitStack() as ends:
        yield lambda database_url, **settings: ends.enter_context(running(database_url, tmp_path, **settings))


def _start(database_url: str, settings: dict[str, str], log: Path) -> Server:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("KOMET_")}
    environment |= {
        "KOMET_DATABASE_URL": database_url,
        "KOMET_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "PYTHONUNBUFFERED": "1",
        **settings,
    }
    with log.open("ab") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}"],
            cwd=ROOT,
            env=environment,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    started = Server(url=f"http://127.0.0.1:{port}", log=log, process=process)
    _wait_for(started)
    return started


def _wait_for(server: Server) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.process.poll() is None:
        try:
            if server.answers("/healthz") == 200:
                return
        except OSError:
            pass  # nobody listens yet
        time.sleep(0.1)
    server.stop()
    raise AssertionError(f"the server did not start:\n{server.log.read_text()}")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium, started once."""
    with sync_playwright() as driver:
        expect.set_options(timeout=20_000)  # a machine with other work to do is no failure
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM)
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser without cookies; times are shown in Bogotá."""
    fresh = chromium.new_context(
        timezone_id="America/Bogota", locale="en-US", viewport={"width": 1280, "height": 800}
    )
    yield fresh
    fresh.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A tab of that browser."""
    return context.new_page()
