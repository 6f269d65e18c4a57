"""A statement that fails says where and why; nothing of what it carried reaches a log or a screen."""

import logging
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Column, Connection, Table, insert
from sqlalchemy.exc import DBAPIError, StatementError
from sqlmodel import SQLModel, text

from komet_import.cli import main
from komet_import.ledger import database
from komet_import.refusal import Refusal
from komet_import.web.server.application import on_script_error
from tests.services import workspace
from tests.services.workspace import refused

PLANTED = "v10lets"  # a word that stands in no line of code
TABLES = SQLModel.metadata.sorted_tables


SAMPLES: dict[str, Any] = {
    "AutoString": PLANTED,
    "Text": PLANTED,
    "LargeBinary": PLANTED.encode(),
    "JSON": {PLANTED: PLANTED},
    "Integer": 1,
    "BigInteger": 1,
    "Boolean": True,
    "Date": date(2026, 3, 2),
    "UTCDateTime": datetime(2026, 3, 2, tzinfo=UTC),
}


def kind(column: Column[Any]) -> str:
    """What a column takes."""
    return type(column.type).__name__


def planted_row(table: Table) -> dict[str, Any]:
    """A row of that table with planted values wherever it takes text."""
    return {column.name: SAMPLES[kind(column)] for column in table.columns}


def without_foreign_keys(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET session_replication_role = replica"))
    else:
        connection.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")


def the_same_row_twice(connection: Connection, table: Table) -> None:
    without_foreign_keys(connection)
    for _ in range(2):
        connection.execute(insert(table).values(planted_row(table)))


def a_row_that_belongs_to_nothing(connection: Connection, table: Table) -> None:
    connection.execute(insert(table).values(planted_row(table)))
    raise Harmless


def a_row_with_a_hole(connection: Connection, table: Table) -> None:
    row = planted_row(table)
    needed = [c.name for c in table.columns if not c.nullable and c.name != "id"]
    row[needed[-1]] = None
    names = ", ".join(f'"{name}"' for name in row)
    values = ", ".join(f":{name}" for name in row)
    statement = text(f'INSERT INTO "{table.name}" ({names}) VALUES ({values})')
    connection.execute(statement.bindparams(**{k: as_sent(v) for k, v in row.items()}))


def words_where_numbers_belong(connection: Connection, table: Table) -> None:
    numbers = [c for c in table.columns if kind(c) in ("Integer", "BigInteger", "Date", "UTCDateTime")]
    if not numbers or connection.dialect.name == "sqlite":  # which takes any text anywhere
        raise Harmless
    # Cast: else the comparison is what is wrong, and no value is quoted.
    number = f"CAST(:value AS {numbers[-1].type.compile(connection.dialect)})"
    statement = f'SELECT 1 FROM "{table.name}" WHERE "{numbers[-1].name}" = {number}'
    connection.execute(text(statement).bindparams(value=PLANTED))


def a_value_of_an_unknown_kind(connection: Connection, table: Table) -> None:
    column = next(c for c in table.columns if c.name != "id")
    connection.execute(insert(table).values({**planted_row(table), column.name: {PLANTED, PLANTED + "s"}}))


def a_trigger_that_tells_the_row(connection: Connection, table: Table) -> None:
    """One that is none of ours: it says whatever it likes, under a code of its own too."""
    if connection.dialect.name == "postgresql":
        connection.execute(
            text(
                "CREATE FUNCTION theirs() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                "RAISE EXCEPTION 'no %', NEW USING ERRCODE = 'check_violation', HINT = NEW::text; END $$"
            )
        )
        how = "FOR EACH ROW EXECUTE FUNCTION theirs()"
    else:
        how = f"BEGIN SELECT RAISE(ABORT, 'no {PLANTED}'); END"
    connection.execute(text(f'CREATE TRIGGER a_theirs BEFORE INSERT ON "{table.name}" {how}'))
    connection.execute(insert(table).values(planted_row(table)))


def as_sent(value: Any) -> Any:
    return str(value) if isinstance(value, dict | list) else value


class Harmless(Exception):
    """The database takes it: there is nothing to say."""


FAULTS = [
    the_same_row_twice,
    a_row_that_belongs_to_nothing,
    a_row_with_a_hole,
    words_where_numbers_belong,
    a_value_of_an_unknown_kind,
    a_trigger_that_tells_the_row,
]


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> Iterator[Callable[[], str]]:
    """Everything that was logged, down to the last level, with its tracebacks."""
    caplog.set_level(logging.DEBUG)
    yield lambda: caplog.text


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_a_failing_statement_of_any_table_tells_nothing_of_its_values(
    database_url: str, logged: Callable[[], str], fault: Callable[[Connection, Table], None]
) -> None:
    failed = 0
    for table in TABLES:
        try:
            with database.engine().begin() as connection:
                fault(connection, table)
        except Harmless:
            continue
        except (StatementError, DBAPIError) as wrong:
            failed += 1
            assert isinstance(wrong, DBAPIError) or fault is a_value_of_an_unknown_kind, repr(wrong)
            on_script_error(wrong)
            told = "".join(str(part) for part in (wrong, repr(wrong), repr(wrong.orig), wrong.args))
            assert PLANTED not in told, table.name
            assert "INSERT" in told or "SELECT" in told or "FOREIGN KEY" in told, "the statement is named"
    assert PLANTED not in logged()
    assert "Traceback" in logged() or not failed
    if fault not in (words_where_numbers_belong, a_row_that_belongs_to_nothing):
        assert failed == len(TABLES)
    elif "postgresql" in database_url:
        assert failed > len(TABLES) // 2


def test_what_the_driver_logs_of_a_second_fault_tells_nothing_of_its_values(
    postgresql_database: str, logged: Callable[[], str]
) -> None:
    """Of several rows at once it raises the fault of one that it cannot send, and logs that of another."""
    rows = [{"code": code, "code_key": PLANTED, "name": "x"} for code in ("A", "B", "C\0")]
    with pytest.raises(Refusal), database.engine().begin() as connection:
        statement = "INSERT INTO location (code, code_key, name) VALUES (:code, :code_key, :name)"
        connection.execute(text(statement), rows)
    assert "(SQLSTATE 23505, table location, constraint" in logged()
    assert PLANTED not in logged()


def test_the_fault_and_its_place_are_still_told(postgresql_database: str) -> None:
    with pytest.raises(DBAPIError) as caught, database.engine().begin() as connection:
        the_same_row_twice(connection, SQLModel.metadata.tables["app_user"])
    assert "UniqueViolation" in str(caught.value)
    assert "SQLSTATE 23505, table app_user, constraint app_user_pkey)" in str(caught.value)


def test_the_terminal_tells_nothing_of_them_either(
    database_url: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    logged: Callable[[], str],
) -> None:
    workspace.fill()
    workspace.BYSTANDERS.pop(database_url)  # whose roles go with all others
    monkeypatch.setenv("KOMET_PASSWORD", PLANTED + "-lilies-and-irises")
    with database.engine().begin() as connection:
        connection.execute(text("DROP TABLE user_role"))
    status = main(
        ["users", "add", PLANTED, "--email", f"{PLANTED}@komet.example", "--name", PLANTED, "--role", "Admin"]
    )
    told = capsys.readouterr()
    assert status == 2
    assert PLANTED not in (told.out + told.err + logged()).lower()


@pytest.mark.parametrize(
    "url",
    ["postgresql://komet:{}:tulips@host/db", "postgresql://komet:a@{}:tulips@host/db", "sqlite:///{}\x00"],
)
def test_a_password_in_an_address_that_is_none_is_not_repeated(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("KOMET_DATABASE_URL", url.format(PLANTED).replace("\x00", ""))
    told = refused("database-unreachable", database.require_current).message if "postgres" in url else ""
    assert PLANTED not in told
    assert "tulips" not in told
