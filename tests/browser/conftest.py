"""A running server and a real Chromium for the tests in this folder.

`server` starts `streamlit run app.py` on a free port of 127.0.0.1, with a database of its own
(`tests/forks`); `page` and `context` are as good as new for each test (`windows`).
"""

import os
import shutil
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from komet_import import demo
from komet_import import settings as settings_module
from komet_import.access import password_hashes, users
from komet_import.ledger import database
from tests import forks
from tests.browser.driving import PASSWORD, signed_in
from tests.browser.grid_driving import OpenGrid, Shared
from tests.browser.windows import Windows, first_tab
from tests.postgresql import free_port

EXECUTABLE = shutil.which("chromium-headless-shell") or shutil.which("chromium")
"""Chromium without the windows that nobody sees takes less of the processor; where it is there."""
CHROMIUM = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    # Code that runs for a second is not worth optimizing, by neither of the two compilers that do.
    "--js-flags=--max-lazy --no-opt --no-maglev",
]


@dataclass(frozen=True, kw_only=True)
class Server:
    """A running Komet Import."""

    url: str
    log: Path
    process: ForkServerProcess
    port: int

    def answers(self, path: str) -> int:
        """The status of an answer to a plain GET."""
        try:
            with urllib.request.urlopen(self.url + path, timeout=10) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as wrong:
            return wrong.code

    def stop(self) -> None:
        """End the server as a service manager does, and wait for it."""
        self.process.terminate()
        self.process.join(15)
        self.kill()

    def kill(self) -> None:
        """End it as a power cut does."""
        self.process.kill()
        self.process.join(15)


StartServer = Callable[..., Server]


@contextmanager
def running(database_url: str, folder: Path, *, port: int | None = None, **settings: str) -> Iterator[Server]:
    """A server on a migrated database, for as long as the block lasts; its log lies in the folder.

    It listens on a free port, or on the one that is given.
    """
    started = _start(database_url, settings, folder / "server.log", port or free_port())
    try:
        yield started
    finally:
        started.stop()


@pytest.fixture(scope="session")
def _own_port() -> int:
    """Where the servers of single tests listen, one after the other: Chromium keeps what it has fetched and
    compiled of the app by address, and to do that anew takes more of a processor than a page does."""
    return free_port()


@pytest.fixture
def server(tmp_path: Path, _own_port: int) -> Iterator[StartServer]:
    """Start a server: `server(database_url, KOMET_COMPANY="Flor", …)`. It is ended after the test; one that
    has been stopped before may be followed by another, at the same address."""
    with ExitStack() as ends:

        def start(database_url: str, **settings: str) -> Server:
            return ends.enter_context(running(database_url, tmp_path, port=_own_port, **settings))

        yield start


def _start(database_url: str, settings: dict[str, str], log: Path, port: int) -> Server:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("KOMET_")}
    environment |= {
        "KOMET_DATABASE_URL": database_url,
        "KOMET_PUBLIC_URL": f"http://127.0.0.1:{port}",
        **settings,
    }
    process = forks.start(environment, forks.serve, port, log)
    server = Server(url=f"http://127.0.0.1:{port}", log=log, process=process, port=port)
    _wait_for(server)
    return server


@contextmanager
def using_database(url: str, public_url: str | None = None) -> Iterator[None]:
    """This process has a server's database, and its address, in its settings while the block lasts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KOMET_DATABASE_URL", url)
        if public_url:
            patch.setenv("KOMET_PUBLIC_URL", public_url)
        settings_module.settings.cache_clear()
        yield
    settings_module.settings.cache_clear()


@pytest.fixture(scope="session")
def _demo_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the demo's people, customers and past, that others are copied from."""
    file = tmp_path_factory.mktemp("demo-template") / "komet.sqlite3"
    with using_database(f"sqlite:///{file}"), pytest.MonkeyPatch.context() as patch:
        patch.setattr(password_hashes, "BCRYPT_COST", 4)
        database.upgrade()
        demo.seed()
        database.engine().dispose()
    return file


@pytest.fixture
def demo_database(sqlite_database: str, _demo_template: Path) -> str:
    """A database of the test's own with the demo's people, customers and past."""
    shutil.copyfile(_demo_template, sqlite_database.removeprefix("sqlite:///"))
    return sqlite_database


@pytest.fixture(scope="session")
def _demo(tmp_path_factory: pytest.TempPathFactory, _demo_template: Path) -> Iterator[tuple[Server, str]]:
    """One server with the demo, and the URL of its database."""
    folder = tmp_path_factory.mktemp("demo")
    file = folder / "komet.sqlite3"
    shutil.copyfile(_demo_template, file)
    with running(f"sqlite:///{file}", folder, KOMET_DEMO="1") as started:
        yield started, f"sqlite:///{file}"


@pytest.fixture
def demo_server(_demo: tuple[Server, str]) -> Iterator[Server]:
    """That server, for tests that leave it fit for others; the test's own settings point to its database."""
    started, url = _demo
    with using_database(url, started.url):
        yield started


def _wait_for(server: Server) -> None:
    deadline = time.monotonic() + 150  # a machine with other work to do is no failure
    while time.monotonic() < deadline and server.process.is_alive():
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
        browser = driver.chromium.launch(executable_path=EXECUTABLE, args=CHROMIUM)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def windows(chromium: Browser) -> Windows:
    """The windows of that Chromium."""
    return Windows(chromium)


@pytest.fixture(autouse=True)
def nothing_thrown(windows: Windows) -> Iterator[None]:
    """No page may throw what nothing catches."""
    windows.thrown.clear()
    yield
    assert windows.thrown == []


@pytest.fixture
def context(windows: Windows) -> Iterator[BrowserContext]:
    """A browser without cookies; times are shown in Bogotá."""
    with windows.window() as window:
        yield window


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A tab of that browser."""
    return first_tab(context)


@pytest.fixture
def elsewhere(windows: Windows) -> Iterator[Page]:
    """A tab of another browser, without cookies as well: somebody else's, or the same person's."""
    with windows.window() as window:
        yield first_tab(window)


@pytest.fixture(scope="module")
def shared(windows: Windows, _demo: tuple[Server, str]) -> Iterator[Shared]:
    """A tab of Rita's that the tests of a file use for their grids, one after the other."""
    server, database_url = _demo
    with windows.window() as window:
        with using_database(database_url):
            signed_in(window, "rita", url=server.url)
        window.grant_permissions(["clipboard-read", "clipboard-write"], origin=server.url)
        tab = first_tab(window)
        tab.emulate_media(reduced_motion="reduce")  # a cell that flashes has the whole page painted each time
        yield Shared(tab, server.url)
        tab.emulate_media(reduced_motion="null")


@pytest.fixture
def open_grid(demo_server: Server, shared: Shared) -> OpenGrid:
    """Open a draft on the Review page: `open_grid("mixed")`; with `own=True` one that nobody shares."""
    return shared.opened


@pytest.fixture
def tab(demo_server: Server, page: Page, context: BrowserContext) -> Page:
    """An empty tab, signed in as Rita."""
    signed_in(context, "rita", url=demo_server.url)
    return page


@pytest.fixture
def home(demo_server: Server, tab: Page) -> Page:
    """That tab on the Data import page."""
    tab.goto(demo_server.url)
    return tab


@pytest.fixture
def colleague(demo_server: Server, elsewhere: Page) -> Page:
    """A tab of Carl's, who may import credits too."""
    signed_in(elsewhere.context, "carl", url=demo_server.url)
    return elsewhere


@pytest.fixture
def ada(sqlite_database: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """An Admin in an empty company; gives the database's URL."""
    monkeypatch.setattr(password_hashes, "BCRYPT_COST", 4)
    with database.transaction() as session:
        users.add(
            session,
            username="ada",
            email="ada@example.com",
            name="Ada Morgan",
            roles=["Admin"],
            password_hash=password_hashes.hashed(PASSWORD),
        )
    return sqlite_database
