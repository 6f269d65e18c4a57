"""This machine has several names: each leads to the one that links use, and the terminal says which it is."""

import asyncio
import subprocess
import sys
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from komet_import import demo
from komet_import.settings import ROOT, settings
from komet_import.web.server import application
from komet_import.web.server.greeting import greeting

PAGE = "text/html,application/xhtml+xml"


def answer(
    host: str, path: str = "/", *, accept: str = PAGE, method: str = "GET"
) -> tuple[int, dict[str, str]]:
    """Status and headers of the whole server's middleware around a page that answers 200."""
    app = Starlette(
        routes=[Route("/{rest:path}", lambda _: PlainTextResponse("page"), methods=["GET", "POST"])],
        middleware=application.MIDDLEWARE,
    )
    asked, _, query = path.partition("?")
    scope = {
        "type": "http",
        "method": method,
        "scheme": "http",
        "path": asked,
        "raw_path": asked.encode(),
        "query_string": query.encode(),
        "headers": [(b"host", host.encode()), (b"accept", accept.encode())],
        "server": ("127.0.0.1", 8501),
        "client": ("127.0.0.1", 50_000),
    }
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    start = sent[0]
    return start["status"], {name.decode(): value.decode() for name, value in start["headers"]}


@pytest.fixture
def public(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Set the public address."""

    def set_to(url: str) -> None:
        monkeypatch.setenv("KOMET_PUBLIC_URL", url)
        settings.cache_clear()

    yield set_to
    settings.cache_clear()


@pytest.mark.parametrize(
    ("public_url", "host", "led_to"),
    [
        ("http://localhost:8501", "127.0.0.1:8501", "http://localhost:8501/report?batch=a%20b"),
        ("http://localhost:8501", "[::1]:8501", "http://localhost:8501/report?batch=a%20b"),
        ("http://localhost:8501", "127.0.0.2:8501", "http://localhost:8501/report?batch=a%20b"),
        ("http://127.0.0.1:8501", "localhost:8501", "http://127.0.0.1:8501/report?batch=a%20b"),
        # A tunnel may bring it here from another port, which is then the one that works.
        ("http://localhost:8501", "127.0.0.1:9000", "http://localhost:9000/report?batch=a%20b"),
        ("http://localhost:8501", "127.0.0.1", "http://localhost/report?batch=a%20b"),
        ("http://[::1]:8501", "localhost:8501", "http://[::1]:8501/report?batch=a%20b"),
        ("http://localhost:8501", "komet.localhost:8501", "http://localhost:8501/report?batch=a%20b"),
        ("http://komet.localhost:8501", "localhost", "http://komet.localhost/report?batch=a%20b"),
        ("http://localhost:8501", "localhost:8501", None),
        ("http://localhost:8501", "LOCALHOST:8501", None),
        # Behind a proxy that hides the public name a browser would turn in circles.
        ("https://import.example.com", "127.0.0.1:8501", None),
        ("http://localhost:8501", "import.example.com", None),
        ("http://localhost:8501", "127.0.0.1.evil.example", None),
    ],
)
def test_another_name_of_this_machine_leads_to_the_one_that_links_use(
    public: Any, public_url: str, host: str, led_to: str | None
) -> None:
    public(public_url)
    status, headers = answer(host, "/report?batch=a%20b")
    assert (status, headers.get("location")) == ((307, led_to) if led_to else (200, None))


def test_only_pages_are_led_on(public: Any) -> None:
    public("http://localhost:8501")
    assert answer("127.0.0.1:8501", "/healthz", accept="*/*")[0] == 200
    assert answer("127.0.0.1:8501", method="POST")[0] == 200
    assert answer("127.0.0.1:8501", method="HEAD")[0] == 307


def test_the_way_on_has_the_security_headers_too(public: Any) -> None:
    public("http://localhost:8501")
    _, headers = answer("127.0.0.1:8501")
    assert headers["x-content-type-options"] == "nosniff"


def test_the_demos_greeting_names_the_address_two_users_and_how_to_stop_and_start_over(
    public: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KOMET_DEMO", "1")
    monkeypatch.setenv("KOMET_DATA_DIR", "/srv/demo")
    public("http://localhost:8510")
    said = greeting()
    known = {name for name, _ in demo.users_shown()}
    assert {name for name in known if f"Sign in as {name}" in said} == set(demo.GREETED) and len(
        demo.GREETED
    ) == 2
    for part in ("http://localhost:8510", demo.PASSWORD, "Ctrl+C", "rm -r /srv/demo && make run"):
        assert part in said
    assert "127.0.0.1" not in said


def test_a_production_greeting_shows_no_demo_user(public: Any) -> None:
    public("https://import.example.com")
    assert "https://import.example.com" in greeting()
    assert demo.PASSWORD not in greeting()


@pytest.mark.parametrize(
    ("command", "status", "shown"),
    [
        (["true"], 0, "Doing it . done\n"),
        (["sh", "-c", "sleep 1.3; echo much noise"], 0, "Doing it . done\n"),
        (["sh", "-c", "echo what was wrong >&2; exit 3"], 3, "Doing it  failed\n"),
    ],
)
def test_a_long_step_shows_that_it_goes_on_and_what_it_said_only_if_it_fails(
    command: list[str],
    status: int,
    shown: str,
) -> None:
    ran = subprocess.run(
        [ROOT / "scripts" / "step", "Doing it", *command], capture_output=True, text=True, check=False
    )
    assert ran.returncode == status
    assert ran.stdout.replace(".", "").split() == shown.replace(".", "").split()
    assert ("what was wrong" in ran.stderr) == (status != 0)
    assert "much noise" not in ran.stdout + ran.stderr


def test_the_servers_first_words_are_the_greeting_alone() -> None:
    """Streamlit's own banner names 127.0.0.1; it is switched off where the settings of the app lie."""
    code = "from streamlit import config; print(config.get_option('logger.hideWelcomeMessage'))"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "True"
