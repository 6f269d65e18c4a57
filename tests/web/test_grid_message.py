"""Whatever is sent to the grid's route: the server never fails, and what is refused changes nothing."""

import http.client
import json
import logging
import re
import resource
import socket
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import OperationalError

from komet_import import services
from komet_import.access import sessions
from komet_import.web.review.grid_message import LONGEST_CELL, LONGEST_QUERY, MOST_ACTIONS, BadMessage, read
from komet_import.web.review.look import Reviewing
from komet_import.web.server import rows_route
from komet_import.web.shared.auth import SESSION_COOKIE
from tests.properties import tries
from tests.services import workspace
from tests.services.workspace import People
from tests.web.grids import JSON, Grid, refusal, setting, token_of

AMOUNT = "Credit Balance"


def stands(looking: Reviewing) -> tuple[Any, ...]:
    """All that a message could change: the look, and every row of every table but when somebody was seen."""
    tables = workspace.everything()
    del tables["user_session"]
    return (looking.look, looking.page, looking.lookup, looking.goto, dict(looking.acknowledged), tables)


ODD = st.sampled_from(
    [
        *(None, True, False, 0, -1, 1.0, 1.5, 10**400, -(10**30), 2**53, 2**63, float("nan"), float("inf")),
        *(
            "",
            "0",
            "1",
            "nan",
            "\x00",
            "a\x00b",
            "\ud800",
            "\u202e",
            "'; DROP TABLE batch; --",
            "{}",
            "x" * 40_000,
        ),
        *([], {}, [[]], [None], {"a": {}}, [1, 2], ["Comments", "x"]),
    ]
)
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | ODD,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
ACTIONS: tuple[dict[str, Any], ...] = (
    {"kind": "set", "cells": [[3, AMOUNT, "-5", "5"]], "label": "Edit"},
    {"kind": "paste", "row": 3, "column": "Comments", "block": [["a", "b"], ["c"]]},
    {"kind": "exclude", "rows": [2]},
    {"kind": "restore", "rows": [2]},
    {"kind": "undo"},
    {"kind": "redo"},
    {"kind": "page", "page": 1},
    {"kind": "only", "column": "Comments", "value": "late"},
    {"kind": "sort", "column": "Comments", "descending": True},
    {"kind": "lookup", "column": "Customer Code", "query": "rosas"},
    {"kind": "next-problem", "from": [3, AMOUNT], "direction": 1},
)


def places(value: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The ways to every part of a message."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [here, *(place for key, part in inner for place in places(part, (*here, key)))]


def replaced(value: Any, place: tuple[Any, ...], odd: Any) -> Any:
    """The same with something else in one place."""
    if not place:
        return odd
    copied = dict(value) if isinstance(value, dict) else list(value)
    copied[place[0]] = replaced(value[place[0]], place[1:], odd)
    return copied


@st.composite
def almost_messages(draw: st.DrawFn) -> dict[str, Any]:
    """A message as the grid sends it, with something odd in one or two of its places, or added."""
    actions = draw(st.lists(st.sampled_from(ACTIONS), min_size=1, max_size=3))
    message: Any = {
        "client": "c",
        "heard": 0,
        "actions": [{"seq": seq, **action} for seq, action in enumerate(actions, start=1)],
    }
    for _ in range(draw(st.integers(1, 2))):
        found = [place for place in places(message) if place]
        message = replaced(message, draw(st.sampled_from(found)), draw(ODD | JSON_VALUES))
    if draw(st.booleans()):
        message = {**message, draw(st.text(max_size=5)): draw(JSON_VALUES)}
    return dict(message)


HUNT = settings(
    max_examples=tries(20),
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)


@HUNT
@given(message=almost_messages())
def test_no_odd_message_fails_the_server_or_changes_what_it_may_not(
    grid: Grid, looking: Reviewing, caplog: pytest.LogCaptureFixture, message: dict[str, Any]
) -> None:
    looking.acknowledged.clear()
    before = stands(looking)
    status, answer = grid.post(json.dumps({"look": looking.identity, **message}).encode(), JSON)
    assert status < 500, answer
    if status != 200:
        assert stands(looking) == before
    assert refusal_free(grid), "the grid still gets its rows"
    assert "Traceback" not in caplog.text


def refusal_free(grid: Grid) -> bool:
    return grid.ask()[0] == 200


@HUNT
@given(body=st.binary(max_size=60) | JSON_VALUES.map(lambda value: json.dumps(value).encode()))
def test_no_odd_body_does(grid: Grid, looking: Reviewing, body: bytes) -> None:
    before = stands(looking)
    assert refusal(grid.post(body, JSON)) == (400, "bad-message")
    assert stands(looking) == before


@pytest.mark.parametrize(
    "action",
    [
        {"kind": "sort", "column": "Nothing", "descending": False},
        {"kind": "only", "column": "Nothing", "value": ""},
        {"kind": "lookup", "column": "Comments", "query": "x"},
        {"kind": "lookup", "column": "Nothing", "query": "x"},
        {"kind": "paste", "row": 999, "column": "Comments", "block": [["x"]]},
        {"kind": "paste", "row": 3, "column": "Nothing", "block": [["x"]]},
        {"kind": "exclude", "rows": [999]},
        {"kind": "set", "cells": [[3, "Nothing", "", "x"]]},
        {"kind": "set", "cells": [[999, "Comments", "", "x"]]},
    ],
    ids=lambda action: f"{action['kind']}",
)
def test_what_the_sheet_does_not_have_is_refused_and_not_acknowledged(
    grid: Grid, looking: Reviewing, action: dict[str, Any]
) -> None:
    before = stands(looking)
    status, answer = grid.ask(action, {"kind": "undo"})
    assert (status, answer["refused"]["seq"], answer["acknowledged"]) == (200, 1, {"c": 0})
    assert answer["refused"]["message"].endswith(".")
    assert stands(looking) == before, "nor was anything done that came after it"


def test_what_comes_after_a_refused_action_is_done_once_it_is_sent_again(grid: Grid) -> None:
    bad, good = setting(999, AMOUNT, "", "1"), setting(3, AMOUNT, "-5", "5")
    _, answer = grid.ask(setting(2, AMOUNT, "120", "121"), bad, good)
    assert (answer["refused"]["seq"], answer["acknowledged"]["c"]) == (2, 1)
    grid.seq = 2
    _, answer = grid.ask(good)
    assert (answer["refused"], answer["acknowledged"]["c"]) == (None, 3)
    assert [row["values"][3] for row in answer["rows"]] == ["121", "5", "120"]


def test_an_unforeseen_failure_is_noted_and_not_acknowledged(
    grid: Grid,
    looking: Reviewing,
    people: People,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.ERROR)
    with monkeypatch.context() as broken:
        broken.setattr(services, "leave_out", lambda *_args, **_named: {}["missing"])
        status, told = grid.ask(setting(3, AMOUNT, "-5", "5"), {"kind": "exclude", "rows": [2]})
    assert (status, told["code"], told["seq"]) == (500, "unexpected", 2)
    (identity,) = re.findall(r"error ([0-9a-f]{8})", told["message"])
    assert f"error {identity}" in caplog.text and "KeyError: 'missing'" in caplog.text
    assert len(services.view(people.rita, looking.batch_id).steps) == 1, "what came before it was done"
    grid.seq = 1
    status, answer = grid.ask({"kind": "exclude", "rows": [2]})
    assert (status, answer["acknowledged"]["c"], answer["refused"]) == (200, 2, None)


def test_a_database_that_is_away_asks_for_another_try(grid: Grid, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_args: object, **_named: object) -> None:
        raise OperationalError("SELECT 1", {}, Exception("the connection is closed"))

    with monkeypatch.context() as broken:
        broken.setattr(services, "leave_out", away)
        assert refusal(grid.ask({"kind": "exclude", "rows": [2]})) == (503, "busy")
    grid.seq = 0
    assert grid.ask({"kind": "exclude", "rows": [2]})[1]["acknowledged"] == {"c": 1}


def test_a_failure_before_the_message_is_read_has_the_headers_too(
    grid: Grid, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(sessions, "user_id_of", lambda _token: 1 / 0)
        assert refusal(grid.ask()) == (500, "unexpected")


def test_nobody_learns_the_name_of_anothers_grid(
    grid: Grid, address: str, people: People, looking: Reviewing
) -> None:
    theirs = Reviewing(looking.batch_id, people.carl.id)
    carl = Grid(address, token_of(people.carl), theirs.identity, client="carls-grid")
    carl.ask(setting(2, "Comments", "", "late"))
    assert grid.ask()[1]["acknowledged"] == {"c": 0}


def test_names_of_grids_are_kept_for_the_newest_only(grid: Grid, looking: Reviewing, people: People) -> None:
    for number in range(services.KEPT_CLIENTS + 5):
        grid.client, grid.seq = f"client-{number}", 0
        assert grid.ask({"kind": "exclude", "rows": [2 + number % 2]})[0] == 200
    assert len(looking.acknowledged) == services.KEPT_CLIENTS
    assert len(services.view(people.rita, looking.batch_id).batch.acknowledged) <= services.KEPT_CLIENTS


@pytest.mark.parametrize(
    ("action", "told"),
    [
        (setting(3, "Comments", "", "x" * (LONGEST_CELL + 1)), "A cell holds at most 32,767 characters"),
        (
            {"kind": "lookup", "column": "Customer Code", "query": "x" * (LONGEST_QUERY + 1)},
            "A search has at most",
        ),
        ({"kind": "exclude", "rows": list(range(2, 2000))}, "too much at once"),
    ],
    ids=["cell", "search", "rows"],
)
def test_what_is_too_long_is_told_with_its_number(grid: Grid, action: dict[str, Any], told: str) -> None:
    status, answer = grid.ask({"kind": "page", "page": 1}, action)
    assert (status, answer["seq"]) == (400, 2)
    assert told in answer["message"]


def test_more_actions_than_a_grid_sends_are_refused(grid: Grid) -> None:
    page = {"kind": "page", "page": 1}
    assert grid.ask(*[page] * MOST_ACTIONS)[0] == 200
    assert refusal(grid.ask(*[page] * (MOST_ACTIONS + 1))) == (400, "bad-message")


# -- size, before anything is read


def raw(address: str) -> http.client.HTTPConnection:
    return http.client.HTTPConnection(urlsplit(address).netloc, timeout=20)


def test_a_stranger_is_turned_away_before_a_byte_is_read(address: str, people: People) -> None:
    connection = raw(address)
    connection.putrequest("POST", "/review/rows")
    connection.putheader("Content-Type", "application/json")
    connection.putheader("Content-Length", str(30 << 20))
    connection.endheaders()  # and not one byte of it
    assert connection.getresponse().status == 401


def test_whoever_sends_all_of_it_first_hears_the_reason_too(grid: Grid) -> None:
    body = b" " * (20 << 20)
    assert refusal(grid.post(body, JSON)) == (413, "too-much")
    grid.token = "of nobody"
    assert refusal(grid.post(body, JSON)) == (401, "signed-out")


@pytest.mark.parametrize("said", [True, False], ids=["with its length", "in chunks"])
def test_what_is_too_much_is_refused_before_it_has_come(grid: Grid, address: str, said: bool) -> None:
    """In chunks nobody knows how much will come: the server stops at the limit, long before the end."""
    connection = raw(address)
    connection.putrequest("POST", "/review/rows")
    connection.putheader("Cookie", f"{SESSION_COOKIE}={grid.token}")
    connection.putheader("Content-Type", "application/json")
    connection.putheader(*(("Content-Length", str(1 << 30)) if said else ("Transfer-Encoding", "chunked")))
    connection.endheaders()
    if not said:
        chunk = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
        for _ in range(rows_route.MOST_BYTES // 0x10000 + 1):
            connection.send(chunk)
    assert connection.getresponse().status == 413


def test_the_largest_message_is_refused_without_holding_all_its_faults() -> None:
    """Whatever it holds: the fault is found without holding a million errors or texts."""
    for part in ("1,", '["a"],'):
        filling = part * ((rows_route.MOST_BYTES - 1000) // len(part))
        action = '{"seq":1,"kind":"paste","row":3,"column":"Comments","block":[' + filling[:-1] + "]}"
        body = '{"look":"l","client":"c","actions":[' + action + "]}"
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        with pytest.raises(BadMessage):
            read(body.encode())
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 700 << 10, "kilobytes"


def test_a_browser_that_leaves_in_the_middle_leaves_no_trace(
    grid: Grid, address: str, looking: Reviewing, caplog: pytest.LogCaptureFixture
) -> None:
    before = stands(looking)
    where = urlsplit(address)
    with socket.create_connection((where.hostname or "", where.port or 0)) as line:
        line.sendall(
            f"POST /review/rows HTTP/1.1\r\nHost: x\r\nCookie: {SESSION_COOKIE}={grid.token}\r\n"
            'Content-Type: application/json\r\nContent-Length: 500\r\n\r\n{"look":'.encode()
        )
    assert refusal_free(grid)
    assert stands(looking) == before
    assert "Traceback" not in caplog.text


def test_a_draft_survives_every_text_that_a_person_can_paste(
    grid: Grid, people: People, looking: Reviewing
) -> None:
    odd = ["a\x00b", "\u202e", "🌹", "x" * LONGEST_CELL, "'\"\\", "line\nline"]
    block = [[text] for text in odd]
    status, answer = grid.ask({"kind": "paste", "row": 2, "column": "Comments", "block": block})
    assert (status, answer["refused"]) == (200, None)
    workspace.forget()
    texts = workspace.texts(people.rita, looking.batch_id, "Comments")
    assert list(texts.values()) == ["ab", "\u202e", "🌹"]
