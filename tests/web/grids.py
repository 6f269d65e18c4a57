"""A review grid without its screen, and the server's own routes to send its messages to."""

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.applications import Starlette

from komet_import.access import sessions
from komet_import.access.users import CurrentUser
from komet_import.ledger import database
from komet_import.web.review.look import NEWS, ROWS
from komet_import.web.server import application, routes
from komet_import.web.shared.auth import SESSION_COOKIE
from tests.web import serving

JSON = {"Content-Type": "application/json"}


@contextmanager
def served() -> Iterator[str]:
    """The server's own routes on a free port of 127.0.0.1; the address of the grid's."""
    with serving.served(Starlette(routes=routes.ROUTES, middleware=application.MIDDLEWARE)) as url:
        yield f"{url}{ROWS}"


def token_of(user: CurrentUser) -> str:
    with database.transaction() as session:
        ticket = sessions.open_ticket(session, user_id=user.id, browser="a test")
        token = sessions.redeem_ticket(session, ticket=ticket, browser="a test")
    assert token is not None
    return token


@dataclass
class Grid:
    """A grid of one person, without its screen."""

    address: str
    token: str
    look: str
    seq: int = 0
    client: str = "c"

    def post(self, body: bytes | Iterator[bytes], headers: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """Status and content of the answer to any request."""
        request = urllib.request.Request(self.address, body, headers, method="POST")
        request.add_header("Cookie", f"{SESSION_COOKIE}={self.token}")
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as refused:
            told = json.load(refused)
            assert set(told) <= {"code", "message", "seq"} and told["message"].endswith((".", "…")), told
            assert refused.headers["X-Content-Type-Options"] == "nosniff"
            assert refused.headers["Cache-Control"] == "no-store"
            return refused.code, told

    def news(self, version: str) -> int:
        """The status of the answer to whether there is anything newer than this version."""
        asked = urlencode({"look": self.look, "version": version})
        request = urllib.request.Request(f"{self.address.removesuffix(ROWS)}{NEWS}?{asked}")
        request.add_header("Cookie", f"{SESSION_COOKIE}={self.token}")
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as refused:
            return refused.code

    def ask(self, *actions: dict[str, Any], heard: int = 0) -> tuple[int, dict[str, Any]]:
        """Send actions, numbered as the grid does."""
        numbered = []
        for action in actions:
            self.seq += 1
            numbered.append({"seq": self.seq, **action})
        message = {"look": self.look, "client": self.client, "heard": heard, "actions": numbered}
        return self.post(json.dumps(message).encode(), JSON)


def refusal(answer: tuple[int, dict[str, Any]]) -> tuple[int, str]:
    """Status and code of a refusal."""
    return answer[0], answer[1]["code"]


def setting(row: int, column: str, before: str, after: str) -> dict[str, Any]:
    return {"kind": "set", "cells": [[row, column, before, after]]}
