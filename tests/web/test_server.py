"""Where a browser may be sent after sign-in, and what the start refuses."""

import asyncio
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from starlette.types import Message, Receive, Scope, Send

from komet_import.settings import ROOT, settings
from komet_import.web.server.application import prepare
from komet_import.web.server.headers import Headers
from komet_import.web.server.routes import local_path
from komet_import.web.shared.auth import BROWSER_COOKIE
from tests.postgresql import free_port


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("/", "/"),
        ("/report?batch=abc", "/report?batch=abc"),
        ("/report?batch=a%20b%26c", "/report?batch=a%20b%26c"),
        ("/report?batch=a+b", "/report?batch=a%20b"),
        ("/report?a=1&a=2&b=", "/report?a=1&a=2&b="),
        ("/report?next=//evil.example", "/report?next=%2F%2Fevil.example"),
        ("/report?x=\r\nSet-Cookie: a=b", "/report?x=%0D%0ASet-Cookie%3A%20a%3Db"),
        ("/report#evil", "/report"),
        ("", "/"),
        ("//evil.example", "/"),
        ("///evil.example", "/"),
        ("/\\evil.example", "/"),
        ("\\\\evil.example", "/"),
        ("/report\\..\\x", "/"),
        ("https://evil.example/", "/"),
        ("https:evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/%2f%2fevil.example", "/"),
        ("/%5cevil.example", "/"),
        ("/%09/evil.example", "/"),
        ("/\t/evil.example", "/"),
        ("/\n/evil.example", "/"),
        ("/report\n", "/"),
        (" /report", "/"),
        ("/report/../../x", "/"),
        ("/_stcore/health", "/"),
        ("/sign-out\r\n", "/"),
        ("@evil.example", "/"),
        ("/@evil.example", "/"),
        ("/report?" + "x" * 3000, "/"),
    ],
)
def test_sign_in_leads_to_pages_of_this_app_only(asked: str, given: str) -> None:
    assert local_path(asked) == given


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("KOMET_SMTP_PORT", "many", "KOMET_SMTP_PORT"),
        ("KOMET_DATABASE_URL", "mysql://x", "KOMET_DATABASE_URL"),
        ("KOMET_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none", "cannot be reached"),
    ],
)
def test_a_start_that_cannot_work_ends_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, value: str, told: str
) -> None:
    monkeypatch.setenv(name, value)
    settings.cache_clear()
    with pytest.raises(SystemExit) as ended:
        prepare()
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert told in said
    assert len(said.strip().splitlines()) == 1


def test_nothing_else_is_said_by_the_program_that_cannot_start(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("KOMET_")}
    ended = subprocess.run(
        [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port=0"],
        cwd=ROOT,
        env=environment | {"KOMET_DATA_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ended.returncode == 2
    assert "python -m komet_import db upgrade" in ended.stderr
    assert "Traceback" not in ended.stdout + ended.stderr
    assert len(ended.stderr.strip().splitlines()) == 1


def test_the_command_of_the_readme_serves_the_app_until_ctrl_c(sqlite_database: str, tmp_path: Path) -> None:
    """The servers of other tests are forks of one that is loaded (`tests/forks`)."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("KOMET_")}
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with (tmp_path / "server.log").open("wb") as log:
        started = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}"],
            cwd=ROOT,
            env=environment | {"KOMET_DATABASE_URL": sqlite_database, "KOMET_PUBLIC_URL": address},
            stdout=log,
            stderr=log,
        )
    try:
        deadline = time.monotonic() + 120
        while (answer := answered(address + "/healthz")) is None and time.monotonic() < deadline:
            assert started.poll() is None, (tmp_path / "server.log").read_text()
            time.sleep(0.1)
        assert answer == b'{"status":"ok"}'
        assert b"<title>" in (answered(address + "/review") or b"")
    finally:
        started.send_signal(signal.SIGINT)
        started.wait(30)
    assert "Traceback" not in (tmp_path / "server.log").read_text()


def answered(address: str) -> bytes | None:
    """What is answered there; None while nobody listens."""
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return bytes(answer.read())
    except urllib.error.URLError:
        return None


@pytest.mark.parametrize(
    ("status", "kind", "accept", "cookie", "marked"),
    [
        (200, "text/html; charset=utf-8", "*/*", "", True),
        (304, "", "text/html,*/*", "other=1", True),
        (304, "", "*/*", "", False),
        (200, "text/css", "text/html", "", False),
        (200, "text/html", "text/html", f"{BROWSER_COOKIE}=x", False),
    ],
)
def test_a_page_gives_a_browser_its_mark_where_it_has_none(
    status: int, kind: str, accept: str, cookie: str, marked: bool
) -> None:
    """A browser that was closed has kept the page and lost the mark, without which nobody signs in."""

    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        given = [(b"content-type", kind.encode())] if kind else []
        await send({"type": "http.response.start", "status": status, "headers": given})

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        answers.append(dict(message["headers"]))

    asked = [(b"accept", accept.encode()), (b"cookie", cookie.encode())]
    scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": asked}
    answers: list[dict[bytes, bytes]] = []
    asyncio.run(Headers(app)(scope, receive, send))
    (headers,) = answers
    assert headers[b"x-content-type-options"] == b"nosniff"
    assert (headers[b"x-frame-options"], headers[b"referrer-policy"]) == (b"SAMEORIGIN", b"same-origin")
    assert headers[b"content-security-policy"].startswith(b"frame-ancestors 'self'; object-src 'none'; base-")
    assert (b"set-cookie" in headers) is marked
    assert not marked or headers[b"set-cookie"].startswith(f"{BROWSER_COOKIE}=".encode())
