"""What stands around Streamlit, each alone: early refusals, failures, what nobody is told, room for files."""

import asyncio
import json
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
import streamlit
from sqlalchemy.exc import OperationalError
from starlette.responses import PlainTextResponse
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from komet_import.refusal import Refusal
from komet_import.web.server import discretion
from komet_import.web.server.application import on_script_error
from komet_import.web.server.discretion import Discretion
from komet_import.web.server.plain_page import plain_page
from komet_import.web.shared import early_answer, upload_limits
from komet_import.web.shared.early_answer import Early
from komet_import.web.shared.failures import Failures
from komet_import.web.shared.parts import plain


def chunk(size: int, *, more: bool = True) -> dict[str, Any]:
    return {"type": "http.request", "body": b"x" * size, "more_body": more}


def asked(
    app: Any,
    coming: Iterable[dict[str, Any]] = (),
    *,
    kind: str = "http",
    path: str = "/",
    accept: bytes = b"*/*",
) -> list[Any]:
    """What an application does, in order: the messages that it sends, `read` for each that it takes."""
    events: list[Any] = []
    left = iter(coming)

    async def receive() -> dict[str, Any]:
        message = next(left, None)
        if message is None:
            await asyncio.sleep(60)
        events.append("read")
        return message or {}

    async def send(message: dict[str, Any]) -> None:
        events.append(message)

    headers = [(b"accept", accept)]
    asyncio.run(app({"type": kind, "path": path, "headers": headers, "method": "POST"}, receive, send))
    return events


# A refusal that comes before the request has.


def endless() -> Iterator[dict[str, Any]]:
    while True:
        yield chunk(4)


@pytest.mark.parametrize(
    ("coming", "reads"),
    [
        ([chunk(1), chunk(1), chunk(1, more=False), chunk(1)], 3),
        ([chunk(1), {"type": "http.disconnect"}, chunk(1)], 2),
        (endless(), 3),
        ([chunk(1)], 1),
    ],
    ids=["to its end", "until it hangs up", "no more than so much", "no longer than so long"],
)
def test_an_early_refusal_is_said_at_once_and_the_rest_let_run_by(
    monkeypatch: pytest.MonkeyPatch, coming: Iterable[dict[str, Any]], reads: int
) -> None:
    monkeypatch.setattr(early_answer, "MOST_BYTES", 10)
    monkeypatch.setattr(early_answer, "SECONDS", 0.2)
    start, body, *rest = asked(Early(PlainTextResponse("too much", 413)), coming)
    assert (start["type"], start["status"]) == ("http.response.start", 413)
    assert (body["body"], body["more_body"]) == (b"too much", True), "before anything more is read"
    assert rest == ["read"] * reads + [{"type": "http.response.body", "body": b"", "more_body": False}]


# What nobody foresaw.


def failing(wrong: Exception, *, begun: bool = False) -> Failures:
    async def app(_scope: Any, _receive: Any, send: Any) -> None:
        if begun:
            await send({"type": "http.response.start", "status": 200, "headers": []})
        raise wrong

    return Failures(app, page=plain_page)


AWAY = OperationalError("SELECT 1", {}, Exception("gone"))


@pytest.mark.parametrize(
    ("wrong", "status", "code"), [(ValueError("secret"), 500, "unexpected"), (AWAY, 503, "busy")]
)
def test_a_failure_is_told_in_a_sentence_and_written_down_under_an_id(
    caplog: pytest.LogCaptureFixture, wrong: Exception, status: int, code: str
) -> None:
    start, body = asked(failing(wrong))
    told = json.loads(body["body"])
    assert (start["status"], told["code"], dict(start["headers"])[b"cache-control"]) == (
        status, code, b"no-store",
    )  # fmt: skip
    assert "secret" not in told["message"] and "Traceback" in caplog.text
    if code == "unexpected":
        identity = told["message"].partition("noted as error ")[2].partition(".")[0]
        assert len(identity) == 8 and f"error {identity}" in caplog.text


def test_who_follows_a_link_is_told_a_failure_on_a_page() -> None:
    start, body = asked(failing(AWAY), accept=b"text/html,*/*;q=0.8")
    assert start["status"] == 503
    assert dict(start["headers"])[b"content-type"].startswith(b"text/html")
    assert b"The database does not answer; try again." in body["body"] and b'href="/"' in body["body"]


def test_an_answer_that_has_begun_or_is_no_page_ends_as_it_failed() -> None:
    for app, kind in ((failing(ValueError(), begun=True), "http"), (failing(ValueError()), "websocket")):
        with pytest.raises(ValueError):
            asked(app, kind=kind)

    async def fine(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "websocket.accept"})

    assert asked(Failures(fine, page=plain_page), kind="websocket") == [{"type": "websocket.accept"}]


# What nobody is told.


@pytest.mark.parametrize(
    ("path", "closed"),
    [
        ("/_stcore/health", False),
        ("/_stcore/host-config", False),
        ("/report/_stcore/stream", False),
        ("/_stcore/upload_file/tab/file", False),
        ("/_stcore/metrics", True),
        ("/_stcore", True),
        ("/_stcore/", True),
        ("/component/any/index.html", True),
        ("/auth/login", True),
        ("/oauth2callback", True),
        ("/report", False),
        ("/media/file", False),
    ],
)
def test_of_streamlits_own_addresses_those_are_open_that_its_page_needs(path: str, closed: bool) -> None:
    async def behind(_scope: Any, _receive: Any, send: Any) -> None:
        await send("behind")

    sent = asked(Discretion(behind), path=path)
    assert (sent[0]["status"] == 404) if closed else sent == ["behind"]


def test_a_tab_is_told_neither_paths_nor_versions_nor_what_git_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    began, git, other, large = ForwardMsg(), ForwardMsg(), ForwardMsg(), ForwardMsg()
    began.new_session.main_script_path = large.new_session.main_script_path = "/srv/komet/router.py"
    began.new_session.initialize.session_id = "tab"
    began.new_session.initialize.environment_info.python_version = "3.11.7"
    began.new_session.initialize.environment_info.streamlit_version = "1.67.0"
    git.git_info_changed.repository = "komet"
    other.script_finished = ForwardMsg.FINISHED_SUCCESSFULLY
    large.new_session.name = "x" * 300
    monkeypatch.setattr(discretion, "_LARGEST_GREETING", 300)
    told = [one.SerializeToString() for one in (began, git, other, large)]
    messages = [{"type": "websocket.send", "bytes": one} for one in (*told, b"\xff\xff\xff")]
    messages.append({"type": "websocket.accept"})

    async def behind(_scope: Any, _receive: Any, send: Any) -> None:
        for message in messages:
            await send(message)

    first, *rest = asked(Discretion(behind), kind="websocket")
    assert rest == messages[2:]
    heard = ForwardMsg.FromString(first["bytes"])
    assert heard.new_session.initialize.session_id == "tab"
    assert not any(word in first["bytes"] for word in (b"router.py", b"3.11.7", b"1.67.0"))


# Room for what is uploaded.


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> upload_limits.Room:
    """Nothing lies with Streamlit; all that is taken is still on its way."""
    monkeypatch.setattr(upload_limits, "_sizes", lambda files: {})
    return upload_limits.Room()


def test_all_together_have_room_for_more_than_one_has_and_not_without_end(room: upload_limits.Room) -> None:
    size, beginning = upload_limits.largest(), upload_limits.FRAME
    took = [
        [room.take((f"tab-{user}", str(n)), user_id=user, size=size) for n in range(7)] for user in range(4)
    ]
    assert took[:3] == [[size] * 6 + [beginning]] * 3
    assert took[3] == [size] * 2 + [beginning] * 5
    assert room.take(("tab-0", "too large"), user_id=0, size=size + 1) == beginning
    room.arrived(("tab-1", "0"))
    assert room.take(("tab-3", "again"), user_id=3, size=size) == size, "there is room again"


def test_a_file_that_is_sent_again_takes_the_place_that_it_has(room: upload_limits.Room) -> None:
    file, size = ("tab", "file"), upload_limits.largest()
    assert [room.take(file, user_id=1, size=size) for _ in range(10)] == [size] * 10
    room.cut[file] = room.cut["tab", "gone"] = 5
    room.take(file, user_id=1, size=10)
    assert room.cut == {}


def test_what_a_page_did_not_expect_to_be_refused_is_told_as_the_refusal_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said: list[str] = []
    monkeypatch.setattr(streamlit, "error", lambda text, **_look: said.append(text))
    assert on_script_error(Refusal("program-outdated", "Ask an Admin to start the new one."))
    assert on_script_error(ValueError("a secret"))
    refused, unforeseen = said
    assert refused == plain("Ask an Admin to start the new one.")
    assert "It is logged as error" in unforeseen and "secret" not in unforeseen
