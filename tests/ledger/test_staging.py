"""Rows laid ready: unseen by others, then copied as they are and in their order, however many there are."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection, event, inspect, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import Session

from komet_import import services
from komet_import.ledger import database, staging
from komet_import.ledger.models import Claim, UnpostedRow
from tests.services import workspace
from tests.services.workspace import credit

COLUMNS = ("row", "outcome", "amount", "cells", "held", "issues", "origin")


@pytest.fixture
def batch_id(database_url: str) -> str:
    """A draft, to which rows may be added."""
    return workspace.opened(workspace.fill().rita, credit("A"))


@contextmanager
def writing() -> Iterator[Session]:
    """A transaction as a posting has it: what it lays ready goes with its connection."""
    with database.connected() as connection, database.transaction(connection) as session:
        yield session


def unposted(row: int, *, amount: int | None = None, origin: str | None = None) -> tuple[object, ...]:
    return (row, "rejected", amount, json.dumps({"n": str(row)}), "{}", '[{"code": "x"}]', origin)


def laid(batch_id: str, *rows: tuple[object, ...]) -> list[UnpostedRow]:
    """The rows as they are in the table afterwards, in the order in which they came into it."""
    with writing() as session:
        staged = staging.stage(session, UnpostedRow, COLUMNS, rows)
        staging.take_over(session, staged, batch_id=batch_id)
    return workspace.own(UnpostedRow)


def test_rows_are_taken_over_as_they_are_and_in_their_order(batch_id: str) -> None:
    rows = [unposted(9, amount=2**53 + 1, origin="o"), unposted(3), unposted(7, amount=-5)]
    found = laid(batch_id, *rows)
    assert [(u.row, u.amount, u.origin, u.batch_id) for u in found] == [
        (9, 2**53 + 1, "o", batch_id),
        (3, None, None, batch_id),
        (7, -5, None, batch_id),
    ]
    assert [(u.outcome, u.cells, u.held, u.issues) for u in found] == [
        ("rejected", {"n": str(u.row)}, {}, [{"code": "x"}]) for u in found
    ]


@pytest.mark.parametrize(("many", "counted"), [(3, True), (4, False)])
def test_postgresql_counts_at_once_what_came_when_it_is_much(
    postgresql_database: str, monkeypatch: pytest.MonkeyPatch, many: int, counted: bool
) -> None:
    """Or it plans for minutes as if the rows were not there."""
    monkeypatch.setattr(staging, "MANY", many)
    batch_id = workspace.opened(workspace.fill().rita, credit("A"))
    with database.transaction() as session:  # the database may be one that another test has given back
        session.execute(text("DELETE FROM pg_statistic WHERE starelid = 'unposted_row'::regclass"))
    query = text("SELECT count(*) FROM pg_stats WHERE tablename = 'unposted_row'")
    laid(batch_id, unposted(1), unposted(2), unposted(3))
    with database.reading() as session:
        assert bool(session.execute(query).scalar_one()) == counted


def guards() -> dict[str, str]:
    """SQLite's triggers by their names, as they were made."""
    with database.reading() as session:
        found = text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        return {guard.name: guard.sql for guard in session.connection().execute(found)}


def coming_in(statement: str) -> str | None:
    """The guarded table into which a statement copies what lies ready, or the opposites of what it has; None
    for another statement."""
    copied = re.match(
        r"INSERT INTO (adjustment|claim|unposted_row)\b.*\sFROM (staged_|adjustment\b)", statement, re.DOTALL
    )
    return copied[1] if copied else None


def asked_while_rows_come(act: Callable[[], object]) -> dict[str, int]:
    """Do this; of each table, how many triggers SQLite had for its new rows while they came."""
    asked: dict[str, int] = {}

    def look(connection: Connection, _cursor: object, statement: str, *_others: object) -> None:
        if table := coming_in(statement):
            its = "SELECT count(*) FROM sqlite_master WHERE tbl_name = ? AND sql LIKE '% BEFORE INSERT ON %'"
            asked[table] = connection.exec_driver_sql(its, (table,)).scalar_one()

    event.listen(database.engine(), "before_cursor_execute", look)
    try:
        act()
    finally:
        event.remove(database.engine(), "before_cursor_execute", look)
    return asked


def fail_while_rows_come(act: Callable[[], object]) -> None:
    """Do this, and have the disk fail once the adjustments have come."""
    failed: list[str] = []

    def fail(_connection: object, _cursor: object, statement: str, *_others: object) -> None:
        if coming_in(statement) == "adjustment":
            failed.append(statement)
            raise OSError("The disk is gone.")

    event.listen(database.engine(), "after_cursor_execute", fail)
    try:
        with pytest.raises(OSError, match="The disk is gone"):
            act()
    finally:
        event.remove(database.engine(), "after_cursor_execute", fail)
    assert failed


@pytest.mark.parametrize(("many", "asks"), [(2, {0}), (3, {2})])
def test_sqlite_asks_no_guard_of_each_of_many_rows_and_has_them_all_again(
    sqlite_database: str, monkeypatch: pytest.MonkeyPatch, many: int, asks: set[int]
) -> None:
    monkeypatch.setattr(staging, "MANY", many)
    people = workspace.fill()
    before = guards()
    batch_id = workspace.opened(people.rita, credit("A"), credit("B"), credit("", customer="nobody"))
    asked = asked_while_rows_come(lambda: services.post(people.rita, batch_id))
    assert {asked["adjustment"], asked["claim"]} == asks
    assert guards() == before
    later = "INSERT INTO claim (scope, key, batch_id) VALUES ('key', 'later', :batch)"
    with pytest.raises(IntegrityError, match="immutable"), writing() as session:
        session.connection().execute(text(later), {"batch": batch_id})


def test_a_posting_that_fails_while_rows_come_leaves_every_guard(
    sqlite_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staging, "MANY", 1)
    people = workspace.fill()
    before = guards()
    batch_id = workspace.opened(people.rita, credit("A"), credit("B"))
    fail_while_rows_come(lambda: services.post(people.rita, batch_id))
    assert guards() == before
    assert workspace.ledger() == []
    services.post(people.rita, batch_id)
    assert len(workspace.ledger()) == 2


@pytest.mark.parametrize(("many", "asks"), [(2, 0), (3, 2)])
def test_a_reversal_of_many_rows_asks_no_guard_of_each_either(
    sqlite_database: str, monkeypatch: pytest.MonkeyPatch, many: int, asks: int
) -> None:
    people = workspace.fill()
    batch_id = workspace.opened(people.rita, credit("A"), credit("B"))
    services.post(people.rita, batch_id)
    before = guards()
    monkeypatch.setattr(staging, "MANY", many)
    fail_while_rows_come(lambda: services.reverse(people.ada, batch_id, reason="twice"))
    assert guards() == before
    assert len(workspace.ledger()) == 2
    came = asked_while_rows_come(lambda: services.reverse(people.ada, batch_id, reason="twice"))
    assert came == {"adjustment": asks}
    assert guards() == before
    assert len(workspace.ledger()) == 4
    once_more = "INSERT INTO adjustment SELECT * FROM adjustment WHERE batch_id = :batch"
    with pytest.raises(IntegrityError, match="immutable"), writing() as session:
        session.connection().execute(text(once_more), {"batch": batch_id})


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 5])
def test_portions_lose_no_row_and_tell_how_many_lie_ready(
    batch_id: str, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    monkeypatch.setattr(staging, "PORTION", 2)
    told: list[int] = []
    with writing() as session:
        rows = (unposted(20 - n) for n in range(count))
        staged = staging.stage(session, UnpostedRow, COLUMNS, rows, done=told.append)
        staging.take_over(session, staged, batch_id=batch_id)
    assert [u.row for u in workspace.own(UnpostedRow)] == [20 - n for n in range(count)]
    assert told == [min(done, count) for done in range(2, count + 2, 2)]


def test_what_lay_ready_before_is_forgotten_and_each_table_has_its_own(batch_id: str) -> None:
    with writing() as session:
        staging.stage(session, UnpostedRow, COLUMNS, [unposted(2)])
        claims = staging.stage(session, Claim, ("key", "scope"), [("k", "s"), ("l", "s")])
        staged = staging.stage(session, UnpostedRow, COLUMNS, [unposted(3)])
        staging.take_over(session, staged, batch_id=batch_id)
        staging.take_over(session, claims, batch_id=batch_id, row=4)
    assert [u.row for u in workspace.own(UnpostedRow)] == [3]
    assert [(c.scope, c.key, c.batch_id, c.row) for c in workspace.own(Claim)] == [
        ("s", "k", batch_id, 4),
        ("s", "l", batch_id, 4),
    ]


def test_what_lies_ready_is_seen_by_nobody_else_and_is_gone_with_its_connection(batch_id: str) -> None:
    with database.connected() as connection:
        with database.reading(connection) as session:
            staged = staging.stage(session, UnpostedRow, COLUMNS, [unposted(2)])
            session.commit()
        with database.reading() as session:
            assert staged.name not in inspect(session.connection()).get_table_names()
            with pytest.raises(DBAPIError):
                session.execute(text(f"SELECT * FROM {staged.name}"))
    assert workspace.own(UnpostedRow) == []


def test_a_text_that_is_too_long_is_refused_and_not_cut(postgresql_database: str) -> None:
    draft = workspace.opened(workspace.fill().rita, credit("A"))

    def claim(scope: str) -> None:
        with writing() as session:
            staged = staging.stage(session, Claim, ("scope", "key"), [(scope, "k")])
            staging.take_over(session, staged, batch_id=draft)

    with pytest.raises(DBAPIError):
        claim("x" * 21)
    claim("x" * 20)
    assert [c.scope for c in workspace.own(Claim)] == ["x" * 20]
