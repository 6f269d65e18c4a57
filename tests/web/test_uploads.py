"""A file over the limit: its sender hears that it has arrived, and nothing is kept but its beginning."""

import http.client
import json
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from komet_import.settings import settings
from komet_import.web.home import dropped_files
from komet_import.web.shared import upload_limits
from komet_import.web.shared.auth import SESSION_COOKIE
from tests.outbox.people import eventually
from tests.services import workspace
from tests.web.grids import token_of
from tests.web.serving import served

BEFORE = b"--b\r\nContent-Disposition: form-data; name=f; filename=f.xlsx\r\n\r\n"
AFTER = b"\r\n--b--\r\n"
LIMIT = 1 << 20


async def take(request: Request) -> JSONResponse:
    """What Streamlit's own route makes of an upload."""
    async with request.form() as form:
        (file,) = form.values()
        assert not isinstance(file, str)
        return JSONResponse([file.filename, len(await file.read())])


@pytest.fixture
def address(sqlite_database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("KOMET_MAX_UPLOAD_MB", "1")
    settings.cache_clear()
    monkeypatch.setattr(upload_limits, "ROOM", upload_limits.Room())
    monkeypatch.setattr(
        upload_limits, "_sizes", lambda files: {}
    )  # what has arrived lies with Streamlit, which is not here
    route = Route("/_stcore/upload_file/{tab}/{file}", take, methods=["PUT"])
    with served(Starlette(routes=[route], middleware=[Middleware(upload_limits.BoundedUploads)])) as url:
        yield url


def put(address: str, file: str, size: int, *, token: str, declared: bool) -> tuple[int, bytes]:
    """Send a file of that many bytes in pieces; a browser says first how many."""
    line = http.client.HTTPConnection(urlsplit(address).netloc, timeout=20)
    pieces = [BEFORE, *[bytes(1 << 16)] * (size >> 16), bytes(size % (1 << 16)), AFTER]
    headers = {
        "Content-Type": "multipart/form-data; boundary=b",
        "Cookie": f"{SESSION_COOKIE}={token}",
        **({"Content-Length": str(sum(map(len, pieces)))} if declared else {}),
    }
    line.request(
        "PUT", f"/_stcore/upload_file/tab/{file}", iter(pieces), headers, encode_chunked=not declared
    )
    answer = line.getresponse()
    return answer.status, answer.read()


@pytest.mark.parametrize("declared", [True, False])
@pytest.mark.parametrize(
    ("size", "whole"), [(0, True), (1000, True), (LIMIT, True), (2 * LIMIT, False), (50 * LIMIT, False)]
)
def test_what_is_over_the_limit_arrives_as_its_beginning_and_its_size_is_known(
    address: str, size: int, whole: bool, declared: bool
) -> None:
    token = token_of(workspace.fill().rita)
    status, told = put(address, "f", size, token=token, declared=declared)
    assert status == 200
    name, kept = json.loads(told)
    assert name == "f.xlsx"
    known = upload_limits.size_before_cut("tab", "f")
    if whole:
        assert (kept, known) == (size, None)
    else:
        assert kept <= (upload_limits.FRAME if declared else LIMIT + upload_limits.FRAME)
        assert known is not None and 0 <= known - size < 200


def test_an_upload_that_breaks_off_is_a_line_in_the_log_and_no_failure_of_the_server(
    address: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    line = http.client.HTTPConnection(urlsplit(address).netloc, timeout=20)
    line.putrequest("PUT", "/_stcore/upload_file/tab/f")
    for name, value in (
        ("Content-Type", "multipart/form-data; boundary=b"),
        ("Content-Length", "100000"),
        ("Cookie", f"{SESSION_COOKIE}={token_of(workspace.fill().rita)}"),
    ):
        line.putheader(name, value)
    line.endheaders(BEFORE)
    line.close()
    eventually(lambda: "of 100000 bytes" in caplog.text)
    assert "Traceback" not in caplog.text


def test_a_file_for_which_there_is_no_room_arrives_as_its_beginning_and_the_page_says_why(
    address: str,
) -> None:
    """As many of the largest size as one person has room for, one more, small ones, and another person's."""
    people = workspace.fill()
    token, other = token_of(people.rita), token_of(people.carl)
    sizes = [LIMIT] * upload_limits.FILES_EACH
    waiting: dict[tuple[str, str], int] = {}

    def sent(file: str, size: int, token: str) -> int:
        status, told = put(address, file, size, token=token, declared=True)
        assert status == 200, (file, told)
        waiting["tab", file] = json.loads(told)[1]
        return waiting["tab", file]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(upload_limits, "_sizes", lambda files: waiting)
        assert [sent(f"f{n}", size, token) for n, size in enumerate(sizes)] == sizes
        assert sent("more", LIMIT, token) <= upload_limits.FRAME
        assert sent("small", 1000, token) == 1000
        assert sent("theirs", LIMIT, other) == LIMIT
    assert upload_limits.size_before_cut("tab", "small") is None
    size = upload_limits.size_before_cut("tab", "more")
    assert size is not None and size <= upload_limits.largest()
    said = dropped_files.cut("credits.xlsx", size)
    assert said.code == "too-many-files" and "Drop it again" in said.message
    assert dropped_files.cut("credits.xlsx", 2 * LIMIT).code == "too-large"


def test_not_even_beginnings_are_kept_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    held: dict[tuple[str, str], int] = {}
    monkeypatch.setattr(upload_limits, "_sizes", lambda files: held)
    room, kept = upload_limits.Room(), 0
    for n in range(1000):
        took = room.take(("tab", str(n)), user_id=1, size=upload_limits.largest())
        if took is None:
            break
        held["tab", str(n)] = took
        kept += took
        room.arrived(("tab", str(n)))
    assert n > upload_limits.FILES_EACH + 10
    most = upload_limits.FILES_EACH * upload_limits.largest()
    assert kept <= most + upload_limits.BEGINNINGS_EACH * upload_limits.FRAME
