"""Rows laid ready beside the ledger, so that the ledger is locked only while it takes them over.

A posting's rows go into temporary tables of its own connection: nobody else sees them or waits for them, and
a server that dies leaves none behind. Then one statement for each table copies them. Both steps hand the
database many rows in one statement: a driver that is given row after row takes and gives the interpreter's
lock for each, and beside one busy thread 100,000 rows so took half a minute. PostgreSQL takes a portion apart
itself; SQLite, which would parse it once for each value, is given the values (a fifth of that time).
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain, islice
from types import MappingProxyType
from typing import Any

from sqlalchemy import Dialect, Table, TableClause, insert, literal, select, text
from sqlalchemy import column as named
from sqlalchemy import table as unnamed
from sqlalchemy.types import TypeEngine
from sqlmodel import Session, SQLModel

PORTION = 5_000
"""Rows that are laid ready at once; between two portions progress is told."""
MANY = 10_000
"""Rows after which PostgreSQL looks anew at what a table holds (`take_over`)."""
ROWS_OF_VALUES = 1_000
"""Rows of one statement that names each value, which SQLite parses anew; a statement has at most 32,766."""


@dataclass(frozen=True, kw_only=True)
class Staged:
    """So many rows that lie ready for a table, with values for these columns."""

    table: Table
    columns: tuple[str, ...]
    count: int = 0

    @property
    def name(self) -> str:
        """The temporary table."""
        return f"staged_{self.table.name}"

    @property
    def rows(self) -> TableClause:
        """The temporary table for statements: its columns, and `place`, the order in which they came."""
        return unnamed(self.name, named("place"), *(named(name) for name in self.columns))


def stage(
    session: Session,
    model: type[SQLModel],
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    types: Mapping[str, TypeEngine[Any]] = MappingProxyType({}),
    done: Callable[[int], None] = lambda rows: None,
) -> Staged:
    """Lay rows ready, in their order; what lay ready for the table before is forgotten.

    `columns` are those of the table, and others whose `types` are given.

    Values are texts, flags, whole numbers and None; a day is its ISO text, JSON is text as well. `done` is
    told how many rows lie ready. The session's transaction must not hold anything that others wait for.
    """
    table: Table = model.__table__  # type: ignore[attr-defined]
    staged = Staged(table=table, columns=tuple(columns))
    dialect = session.get_bind().dialect
    session.execute(text(f"DROP TABLE IF EXISTS {staged.name}"))
    if dialect.name == "postgresql":
        kinds = [_written(types.get(name) or table.columns[name].type, dialect) for name in columns]
        put = _put_apart(session, staged, kinds)
    else:
        put = _put_values(session, staged)
    count = 0
    for portion in _portions(rows, PORTION):
        put(portion)
        count += len(portion)
        done(count)
    return replace(staged, count=count)


Rows = list[Sequence[Any]]


def _put_apart(session: Session, staged: Staged, kinds: Sequence[str]) -> Callable[[Rows], None]:
    """Make the temporary table on PostgreSQL; what puts a portion into it, which the database takes apart."""
    made = ", ".join(f'"{name}" {kind}' for name, kind in zip(staged.columns, kinds, strict=True))
    session.execute(text(f"CREATE TEMPORARY TABLE {staged.name} (place BIGSERIAL, {made})"))
    parts = ", ".join(f"CAST(value->>{place} AS {kind})" for place, kind in enumerate(kinds))
    statement = text(
        f"INSERT INTO {staged.name} ({_names(staged)}) SELECT {parts} "  # noqa: S608
        "FROM jsonb_array_elements(CAST(:rows AS JSONB)) WITH ORDINALITY AS t (value, key) ORDER BY key"
    )

    def put(portion: Rows) -> None:
        session.execute(statement, {"rows": json.dumps(portion)})

    return put


def _put_values(session: Session, staged: Staged) -> Callable[[Rows], None]:
    """Make the temporary table on SQLite; what puts the values of a portion into it."""
    session.execute(
        text(f"CREATE TEMPORARY TABLE {staged.name} (place INTEGER PRIMARY KEY, {_names(staged)})")
    )
    connection, into = session.connection(), f"INSERT INTO {staged.name} ({_names(staged)}) VALUES "  # noqa: S608
    row = f"({', '.join('?' * len(staged.columns))})"

    def put(portion: Rows) -> None:
        for rows in _portions(portion, ROWS_OF_VALUES):
            statement = into + ", ".join([row] * len(rows))
            connection.exec_driver_sql(statement, tuple(chain.from_iterable(rows)))

    return put


def _names(staged: Staged) -> str:
    return ", ".join(f'"{name}"' for name in staged.columns)


def _written(type: TypeEngine[Any], dialect: Dialect) -> str:
    """A type in SQL; a text is not cut to its length here, so that the table refuses a longer one."""
    written = type.compile(dialect)
    return "TEXT" if written.startswith("VARCHAR") else written


def _portions(rows: Iterable[Sequence[Any]], size: int) -> Iterator[Rows]:
    waiting = iter(rows)
    while portion := list(islice(waiting, size)):
        yield portion


def take_over(session: Session, staged: Staged, **same: Any) -> None:
    """Copy what lies ready into its table, in its order; `same` are the values that all rows share.

    PostgreSQL plans by what it counted of a table when it last looked, which it does by itself a minute
    after many rows came: until then an edit beside 100,000 numbers read all of them, if there were none
    before. So it looks at once; others see what it found with the rows, when they are committed.
    """
    lying = staged.rows
    chosen: list[Any] = [lying.c[name] for name in staged.columns]
    shared = [literal(value, staged.table.columns[name].type) for name, value in same.items()]
    query = select(*chosen, *shared).order_by(lying.c.place)
    with without_guards(session, staged.table, count=staged.count):
        session.execute(insert(staged.table).from_select([*staged.columns, *same], query))
    if staged.count >= MANY and session.get_bind().dialect.name == "postgresql":
        session.execute(text(f"ANALYZE (SKIP_LOCKED) {staged.table.name}"))


@contextmanager
def without_guards(session: Session, table: Table, *, count: int) -> Iterator[None]:
    """Inside, SQLite does not ask the table's triggers of each of so many rows, if they are many, whether it
    may come.

    They are for whoever writes beside the app (`migrations.guards`), and as nobody else writes until this
    transaction ends, nobody does without them: they stand again, word for word, before it can, and a
    transaction that fails takes nothing away. To have them asked 200,000 times takes a third of the time for
    which everybody waits. What they would refuse of a posting's or a reversal's own rows, the keys of the
    tables and what the batch must prove at its end do too.
    """
    if count < MANY or session.get_bind().dialect.name != "sqlite":
        yield
        return
    connection = session.connection()
    found = text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table")
    guards = [
        (name, sql)
        for name, sql in connection.execute(found, {"table": table.name})
        if " BEFORE INSERT ON " in sql
    ]
    for name, _sql in guards:
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
    yield
    for _name, sql in guards:
        connection.exec_driver_sql(sql)
