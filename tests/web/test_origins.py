"""Which origins are this app's own, and that a WebSocket of another site is not opened."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from komet_import.settings import settings
from komet_import.web.server.origins import OwnSockets, is_this_machine, ours
from komet_import.web.shared.secure_cookies import SecureCookies

HTTPS, LOCAL = "https://import.example.com", "http://localhost:8501"


@pytest.fixture
def public(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[str]:
    """The public address of this test."""
    monkeypatch.setenv("KOMET_PUBLIC_URL", request.param)
    settings.cache_clear()
    yield request.param
    settings.cache_clear()


@pytest.mark.parametrize(
    ("public", "origin", "own"),
    [
        (HTTPS, HTTPS, True),
        (HTTPS, "https://IMPORT.example.com:443", True),
        (HTTPS, "https://import.example.com:8443", False),
        (HTTPS, "http://import.example.com", False),
        (HTTPS, "http://import.example.com:443", False),
        (HTTPS, "https://import.example.com.evil.example", False),
        (HTTPS, "https://example.com", False),
        (HTTPS, LOCAL, False),
        (HTTPS, "http://127.0.0.1", False),
        (HTTPS, "null", False),
        (HTTPS, "", False),
        (HTTPS, "https://import.example.com:no", False),
        ("https://localhost:8501", "https://127.0.0.1:8501", False),
        ("http://import.example.com", "http://import.example.com:80", True),
        ("http://import.example.com", LOCAL, False),
        (LOCAL, "http://localhost:8501", True),
        (LOCAL, "http://127.0.0.1:3000", True),
        (LOCAL, "http://[::1]:8501", True),
        (LOCAL, "http://evil.example:8501", False),
        (LOCAL, "null", False),
    ],
    indirect=["public"],
)
def test_an_origin_is_ours_or_somebody_elses(public: str, origin: str, own: bool) -> None:
    assert ours(origin) is own


@pytest.mark.parametrize(
    ("name", "here"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("127.8.9.1", True),
        ("::1", True),
        ("192.168.0.1", False),
        ("localhost.evil.example", False),
        ("", False),
        (None, False),
    ],
)
def test_a_name_is_this_machines_or_another_ones(name: str | None, here: bool) -> None:
    assert is_this_machine(name) is here


def passed(
    middleware: Any, kind: str, headers: list[tuple[bytes, bytes]], answer: list[Any] | None = None
) -> tuple[list[Any], list[Any]]:
    """The headers that arrive behind the middleware, if it is passed, and what is sent to the browser."""
    arrived: list[Any] = []
    sent: list[Any] = []

    async def behind(scope: Any, receive: Any, send: Any) -> None:
        arrived.append(scope.get("headers"))
        for message in answer or []:
            await send(message)

    async def receive() -> Any:
        raise AssertionError("nothing is read")

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(middleware(behind)({"type": kind, "headers": headers}, receive, send))
    return arrived, sent


@pytest.mark.parametrize("public", [HTTPS], indirect=True)
def test_a_socket_is_opened_to_our_own_pages_and_to_programs_only(public: str) -> None:
    foreign, own = (b"origin", b"https://evil.example"), (b"origin", HTTPS.encode())
    assert passed(OwnSockets, "websocket", [foreign]) == ([], [{"type": "websocket.close", "code": 1008}])
    for kind, headers in (("websocket", [own]), ("websocket", []), ("http", [foreign])):
        assert passed(OwnSockets, kind, headers) == ([headers], [])


# Cookies, as they are on the line and behind.


@pytest.mark.parametrize("public", [HTTPS], indirect=True)
def test_who_runs_the_server_reads_where_a_refused_socket_came_from(
    public: str, caplog: pytest.LogCaptureFixture
) -> None:
    passed(OwnSockets, "websocket", [(b"origin", b"https://komet.other\r\nx" + b"y" * 500)])
    (line,) = caplog.messages
    assert "'https://komet.other\\r\\nxyyy" in line and repr(HTTPS) in line and len(line) < 400


@pytest.mark.parametrize("public", [HTTPS], indirect=True)
@pytest.mark.parametrize(
    ("kind", "begins"), [("http", "http.response.start"), ("websocket", "websocket.accept")]
)
def test_behind_https_our_cookies_have_their_prefix_on_the_line_and_their_plain_names_behind(
    public: str, kind: str, begins: str
) -> None:
    given = [
        (b"Cookie", b"a=1; __Host-komet_session=t;komet_session=evil; __Host-other=2"),
        (b"x-other", b"komet_session=kept"),
    ]
    answer = {
        "type": begins,
        "headers": [
            (b"Set-Cookie", b"komet_session=t; Path=/; HttpOnly"),
            (b"set-cookie", b"komet_known=secure; Path=/; SECURE"),
            (b"set-cookie", b"_streamlit_xsrf=x"),
            (b"x-other", b"komet_session=kept"),
        ],
    }
    later = {"type": "http.response.body", "headers": [(b"set-cookie", b"komet_x=1")]}
    arrived, sent = passed(SecureCookies, kind, given, [answer, {"type": begins}, later])
    assert arrived == [[(b"Cookie", b"a=1; komet_session=t; __Host-other=2"), given[1]]]
    assert sent[0]["type"] == begins
    assert sent[0]["headers"] == [
        (b"Set-Cookie", b"__Host-komet_session=t; Path=/; HttpOnly; Secure"),
        (b"set-cookie", b"__Host-komet_known=secure; Path=/; SECURE"),
        (b"set-cookie", b"_streamlit_xsrf=x; Secure"),
        (b"x-other", b"komet_session=kept"),
    ]
    assert sent[1:] == [{"type": begins, "headers": []}, later]


@pytest.mark.parametrize(("public", "kind"), [(LOCAL, "http"), (HTTPS, "lifespan")], indirect=["public"])
def test_elsewhere_nothing_is_changed_of_them(public: str, kind: str) -> None:
    given = [(b"cookie", b"komet_session=t; __Host-komet_session=u")]
    answer = {"type": "http.response.start", "headers": [(b"set-cookie", b"komet_session=t")]}
    assert passed(SecureCookies, kind, given, [answer]) == ([given], [answer])
