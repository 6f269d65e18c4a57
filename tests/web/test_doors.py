"""The doors of a real server behind HTTPS: cookies, origins, routes, what a stranger is told.

Nothing here needs a browser: the requests and WebSockets are made by hand, as a stranger would.
"""

import json
import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from http.client import HTTPResponse
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from sqlmodel import select
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

from komet_import import demo
from komet_import.access import sessions
from komet_import.ledger import database
from komet_import.ledger.models import User
from komet_import.settings import ROOT
from tests import tokens
from tests.browser.conftest import Server, running, using_database

PUBLIC = "https://import.example.com"
LARGEST = 1 << 20
SESSION, BROWSER = "__Host-komet_session", "__Host-komet_browser"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server as it stands behind a TLS proxy, with the demo's people."""
    folder = tmp_path_factory.mktemp("doors")
    url = f"sqlite:///{folder / 'komet.sqlite3'}"
    with using_database(url):
        database.upgrade()
        demo.seed()
        database.engine().dispose()
    with (
        running(url, folder, KOMET_PUBLIC_URL=PUBLIC, KOMET_MAX_UPLOAD_MB="1") as started,
        using_database(url),
    ):
        yield started


@pytest.fixture(autouse=True)
def _its_database(office: Server) -> Iterator[None]:
    with using_database(f"sqlite:///{office.log.parent / 'komet.sqlite3'}"):
        yield


@pytest.fixture
def token() -> str:
    """Rita's session."""
    with database.transaction() as session:
        rita = session.exec(select(User).where(User.username == "rita")).one()
        ticket = sessions.open_ticket(session, user_id=rita.id or 0, browser="x")
        token = sessions.redeem_ticket(session, ticket=ticket, browser="x")
    assert token is not None
    return token


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: Any, **_named: Any) -> None:
        return None


def ask(
    office: Server, path: str, method: str = "GET", body: bytes | None = None, **headers: str
) -> HTTPResponse | urllib.error.HTTPError:
    request = urllib.request.Request(office.url + path, body, method=method)
    for name, value in headers.items():
        request.add_header(name.replace("_", "-"), value)
    try:
        answer: HTTPResponse = urllib.request.build_opener(_Stay).open(request, timeout=20)
    except urllib.error.HTTPError as refused:
        return refused
    return answer


def test_behind_https_every_cookie_is_for_this_host_over_https_alone(office: Server) -> None:
    page = ask(office, "/")
    assert page.headers["Strict-Transport-Security"] == "max-age=31536000"
    given = page.headers.get_all("Set-Cookie") + (
        ask(office, "/_stcore/health").headers.get_all("Set-Cookie") or []
    )
    assert any(cookie.startswith(f"{BROWSER}=") for cookie in given)
    for cookie in given:
        parts = [part.strip().lower() for part in cookie.split(";")]
        assert "secure" in parts
        if cookie.startswith("__Host-"):
            assert {"path=/", "httponly", "samesite=lax"} <= set(parts)
            assert not any(part.startswith("domain") for part in parts)
        else:
            assert not cookie.startswith("komet_")


def test_a_session_counts_only_under_the_name_that_no_neighbor_can_set(office: Server, token: str) -> None:
    def status(cookie: str) -> int:
        return ask(
            office, "/review/rows", "POST", b"{}", Content_Type="application/json", Cookie=cookie
        ).status

    assert status(f"{SESSION}={token}") == 400
    assert status(f"komet_session={token}") == 401
    assert status(f"a=b; {SESSION}={token}; komet_session=evil") == 400


def test_the_cookie_of_a_sign_in_has_that_name(office: Server) -> None:
    with database.transaction() as session:
        rita = session.exec(select(User).where(User.username == "rita")).one()
        ticket = sessions.open_ticket(session, user_id=rita.id or 0, browser="mark")
    answer = ask(office, f"/session?ticket={ticket}&next=/", Cookie=f"{BROWSER}=mark")
    assert answer.status == 303
    assert answer.headers["Set-Cookie"].startswith(f"{SESSION}=")


# -- signing out


def signed_in(token: str) -> bool:
    return tokens.user_id_of(token) is not None


def test_a_link_signs_nobody_out(office: Server, token: str) -> None:
    for site in ("same-origin", "same-site", "cross-site", "none"):
        answer = ask(office, "/sign-out", Cookie=f"{SESSION}={token}", Sec_Fetch_Site=site)
        assert answer.status == 200
        assert b'<form method="post" action="/sign-out">' in answer.read()
    assert signed_in(token)


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec_Fetch_Site": "same-site", "Origin": "https://other.example.com"},
        {"Sec_Fetch_Site": "cross-site", "Origin": "https://evil.example"},
        {"Sec_Fetch_Site": "none"},
        {"Origin": "https://evil.example"},
        {"Origin": "http://import.example.com"},
        {"Origin": "null"},
        {},
    ],
    ids=str,
)
def test_a_form_of_another_site_signs_nobody_out(office: Server, token: str, headers: dict[str, str]) -> None:
    assert ask(office, "/sign-out", "POST", b"", Cookie=f"{SESSION}={token}", **headers).status == 200
    assert signed_in(token)


@pytest.mark.parametrize("headers", [{"Sec_Fetch_Site": "same-origin"}, {"Origin": PUBLIC}], ids=str)
def test_this_apps_own_form_does(office: Server, token: str, headers: dict[str, str]) -> None:
    answer = ask(office, "/sign-out", "POST", b"", Cookie=f"{SESSION}={token}", **headers)
    assert answer.status == 303
    assert answer.headers["Set-Cookie"].startswith(f'{SESSION}=""')
    assert not signed_in(token)


# -- Streamlit's own routes


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics",
        "/_stcore/metrics?families=cache_memory_bytes",
        "/_stcore/script-health-check",
        "/_stcore/agent",
        "/_stcore/nothing",
        "/_stcore",
        "/auth/login",
        "/auth/logout",
        "/oauth2callback",
        "/component/x/y.js",
    ],
)
def test_what_the_page_does_not_need_is_not_there(office: Server, token: str, path: str) -> None:
    for cookie in ("", f"{SESSION}={token}"):
        answer = ask(office, path, Cookie=cookie)
        assert (answer.status, answer.read()) == (404, b"Not Found")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("face", ["latin", "latin-ext", "vietnamese"])
def test_the_typeface_is_there_before_anyone_signs_in(office: Server, face: str) -> None:
    answer = ask(office, f"/app/static/inter-{face}.woff2")
    assert (answer.status, answer.read(4)) == (200, b"wOF2")
    assert answer.headers["Cache-Control"] == "public, max-age=86400"


@pytest.mark.parametrize("path", ["/nowhere", "/history/2026", "/pages/users.py", "/downloads"])
def test_an_address_that_is_none_has_a_page_of_ours(office: Server, path: str) -> None:
    answer = ask(office, path, Accept="text/html")
    assert answer.status == 404
    told = answer.read().decode()
    assert "Page not found" in told and f"There is no page at {path}." in told


@pytest.mark.parametrize("path", ["/", "/history", "/history/", "/report?batch=AB12", "/sign-out"])
def test_an_address_of_a_page_is_none_of_these(office: Server, path: str) -> None:
    assert ask(office, path, Accept="text/html").status in (200, 301)


def test_nobody_may_hold_the_app_in_a_frame_and_steer_it(office: Server) -> None:
    assert json.load(ask(office, "/_stcore/host-config"))["allowedOrigins"] == []
    assert ask(office, "/_stcore/health").status == 200


# -- WebSockets


def greeting(office: Server, origin: str | None, host: str = "") -> list[ForwardMsg]:
    """What a stranger's tab is told when it asks for the page; `host` is the name that it knows us by."""
    heard = []
    address = f"ws://{host or urlsplit(office.url).netloc}/_stcore/stream"
    line = socket.create_connection(("127.0.0.1", office.port))
    with connect(
        address, sock=line, origin=origin and Origin(origin), subprotocols=[Subprotocol("streamlit")]
    ) as tab:
        asked = BackMsg()
        asked.rerun_script.query_string = ""
        tab.send(asked.SerializeToString())
        with suppress(TimeoutError):
            while True:
                heard.append(ForwardMsg.FromString(tab.recv(timeout=5)))
                if heard[-1].WhichOneof("type") == "script_finished":
                    break
    return heard


@pytest.mark.parametrize(
    "origin",
    [
        "http://localhost:3000",
        "http://127.0.0.1",
        "http://127.0.0.1:8501",
        "https://localhost",
        "http://import.example.com",
        "https://import.example.com:8443",
        "https://import.example.com.evil.example",
        "https://evil.example",
        "null",
        "https://[broken",
    ],
)
def test_a_page_of_another_origin_gets_no_connection(office: Server, origin: str) -> None:
    with pytest.raises(InvalidStatus) as refused:
        greeting(office, origin)
    assert refused.value.response.status_code == 403


def test_a_stranger_is_told_neither_paths_nor_versions(office: Server) -> None:
    for origin, host in ((None, ""), (PUBLIC, "import.example.com")):
        heard = greeting(office, origin, host)
        kinds = [message.WhichOneof("type") for message in heard]
        assert "new_session" in kinds and "delta" in kinds, "the sign-in form was drawn"
        for message in heard:
            told = message.SerializeToString()
            for secret in (str(ROOT), str(Path(__file__).anchor + "home"), "1.67.0", "router.py"):
                assert secret.encode() not in told, (secret, message)
        (new,) = [m.new_session for m in heard if m.WhichOneof("type") == "new_session"]
        assert not new.initialize.environment_info.ByteSize()


# -- uploads


def test_a_stranger_uploads_nothing(office: Server) -> None:
    assert ask(office, "/_stcore/upload_file/s/f", "PUT", b"x").status == 403


@contextmanager
def tab_of(office: Server, token: str) -> Iterator[str]:
    """An open tab of somebody who is signed in; its number with Streamlit."""
    line = socket.create_connection(("127.0.0.1", office.port))
    with connect(
        f"ws://{urlsplit(office.url).netloc}/_stcore/stream",
        sock=line,
        subprotocols=[Subprotocol("streamlit")],
        additional_headers={"Cookie": f"{SESSION}={token}"},
        max_queue=None,  # or what is told and never read keeps the end of the socket from arriving
    ) as tab:
        asked = BackMsg()
        asked.rerun_script.query_string = ""
        tab.send(asked.SerializeToString())
        while True:
            heard = ForwardMsg.FromString(tab.recv(timeout=20))
            if heard.WhichOneof("type") == "new_session":
                yield heard.new_session.initialize.session_id
                return


def test_what_waits_to_be_opened_is_bounded_for_each_person(office: Server, token: str) -> None:
    """Files of nearly the largest size, in two tabs: there is room for six of them, for the beginnings of a
    hundred more (the page says of each that it is none), and then for nothing.
    """
    (given,) = ask(office, "/_stcore/health").headers.get_all("Set-Cookie")
    xsrf = given.partition(";")[0]
    headers = {"Cookie": f"{SESSION}={token}; {xsrf}", "X_Xsrftoken": xsrf.partition("=")[2]}
    body = (
        b"--b\r\nContent-Disposition: form-data; name=f; filename=f.xlsx\r\n\r\n"
        + bytes(LARGEST - 2000)
        + b"\r\n--b--\r\n"
    )
    multipart = {"Content_Type": "multipart/form-data; boundary=b"}
    with tab_of(office, token) as one, tab_of(office, token) as two:
        files = [f"/_stcore/upload_file/{(one, two)[n % 2]}/f{n}" for n in range(120)]

        def sent(file: str) -> HTTPResponse | urllib.error.HTTPError:
            return ask(office, file, "PUT", body, **headers, **multipart)

        with ThreadPoolExecutor(8) as browsers:  # as long as there is room, in any order
            answers = [*browsers.map(sent, files[:90]), *map(sent, files[90:])]
        taken = [answer.status for answer in answers].count(204)
        assert 100 <= taken < 115
        assert [answer.status for answer in answers] == [204] * taken + [413] * (120 - taken)
        assert answers[-1].read().endswith(b"try again.")
        assert sent(files[0]).status == 204, "the same once more"
        assert ask(office, files[1], "DELETE", **headers).status == 204
        assert sent(files[118]).status == 204, "its room is free"
        assert sent(files[119]).status == 413


def test_an_upload_goes_into_ones_own_open_tab_only(office: Server, token: str) -> None:
    """Somebody else who is signed in knows the address of a tab's upload: no file comes or goes."""
    with database.transaction() as session:
        carl = session.exec(select(User.id).where(User.username == "carl")).one()
        ticket = sessions.open_ticket(session, user_id=carl or 0, browser="carls")
        carls = sessions.redeem_ticket(session, ticket=ticket, browser="carls")
    (given,) = ask(office, "/_stcore/health").headers.get_all("Set-Cookie")
    xsrf = given.partition(";")[0]
    body = b"--b\r\nContent-Disposition: form-data; name=f; filename=f.xlsx\r\n\r\nx\r\n--b--\r\n"

    def sent(method: str, address: str, whose: str | None) -> int:
        headers = {"Cookie": f"{SESSION}={whose}; {xsrf}", "X_Xsrftoken": xsrf.partition("=")[2]}
        multipart = {"Content_Type": "multipart/form-data; boundary=b"}
        return ask(office, address, method, body if method == "PUT" else None, **headers, **multipart).status

    with tab_of(office, token) as ritas:
        file = f"/_stcore/upload_file/{ritas}/f"
        assert [sent("PUT", file, carls), sent("DELETE", file, carls)] == [404, 404]
        assert sent("PUT", file, token) == 204
        assert sent("DELETE", file, carls) == 404
        assert sent("DELETE", file, token) == 204
    assert sent("PUT", "/_stcore/upload_file/no-such-tab/f", token) == 404
