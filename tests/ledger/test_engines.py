"""How the connections to PostgreSQL are kept: `engines`."""

import psycopg
import pytest
from sqlalchemy import text
from sqlmodel import Session

from komet_import.ledger import database, engines
from tests.postgresql import Cluster


class Pings(list[object]):
    """The connections that were asked whether they are still there, of which none has an answer if `dead`."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *, dead: bool = False) -> None:
        dialect = database.engine().dialect
        ask = dialect.do_ping

        def do_ping(connection: object) -> bool:
            self.append(connection)
            if dead:
                raise psycopg.OperationalError("no answer")
            return ask(connection)  # type: ignore[arg-type]

        monkeypatch.setattr(dialect, "do_ping", do_ping)


def served_by() -> int:
    """The process of the server that answers a reading."""
    with database.reading() as session:
        return int(session.connection().execute(text("SELECT pg_backend_pid()")).scalar_one())


def level(session: Session) -> str:
    return str(session.connection().execute(text("SHOW transaction_isolation")).scalar_one())


def test_a_connection_that_was_just_used_is_not_asked_again(
    postgresql_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To ask costs as long as to read, where the server is far."""
    first, pings = served_by(), Pings(monkeypatch)
    assert served_by() == first
    assert not pings
    monkeypatch.setattr(engines, "TRUSTED", 0.0)
    assert served_by() == first
    assert len(pings) == 1


def test_a_connection_that_the_server_has_ended_is_noticed_by_its_line(
    postgresql_database: str, postgresql: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after a restart: whoever comes next is answered, however soon."""
    first, pings = served_by(), Pings(monkeypatch)
    postgresql.execute(f"SELECT pg_terminate_backend({first}, 10000)")  # and waits for its end
    assert served_by() != first
    assert len(pings) == 1


def test_a_connection_without_an_answer_makes_room_for_another(
    postgresql_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a line was cut in between, nothing on it says so."""
    first = served_by()
    Pings(monkeypatch, dead=True)
    assert served_by() == first
    monkeypatch.setattr(engines, "TRUSTED", 0.0)
    assert served_by() != first


def test_of_one_connection_each_reading_is_of_one_moment_and_each_writing_of_now(
    postgresql_database: str,
) -> None:
    """Also of one's own, on which one comes after the other, and of one that goes back to the others."""
    with database.connected() as connection:
        for _ in range(2):
            with database.reading(connection) as session:
                assert level(session) == "repeatable read"
            with database.transaction(connection) as session:
                assert level(session) == "read committed"
    with database.reading() as session:
        assert level(session) == "repeatable read"
    with database.engine().connect() as usual:
        assert level(Session(usual)) == "read committed"
