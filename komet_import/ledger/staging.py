"""Rows laid ready beside the ledger, so that the ledger is locked only while it takes them over.

A posting's rows go into temporary tables of its own connection: nobody else sees them or waits for them, and
a server that dies leaves none behind. Then one statement for each table copies them. Both steps hand the
database whole portions to take apart by itself: a driver that is given row after row takes and gives the
interpreter's lock for each, and beside one busy thread 100,000 rows so took half a minute.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from types import MappingProxyType
from typing import Any

from sqlalchemy import Dialect, Table, TableClause, insert, literal, select, text
from sqlalchemy import column as named
from sqlalchemy import table as unnamed
from sqlalchemy.types import TypeEngine
from sqlmodel import Session, SQLModel

PORTION = 5_000
"""Rows of one statement; between two of them progress is told."""


@dataclass(frozen=True, kw_only=True)
class Staged:
    """Rows that lie ready for a table, with values for these columns."""

    table: Table
    columns: tuple[str, ...]

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
        made = [f'"{name}" {kind}' for name, kind in zip(columns, kinds, strict=True)]
        parts = [f"CAST(value->>{place} AS {kind})" for place, kind in enumerate(kinds)]
        rows_of = "jsonb_array_elements(CAST(:rows AS JSONB)) WITH ORDINALITY AS t (value, key)"
        counted = "BIGSERIAL"
    else:
        made = [f'"{name}"' for name in columns]
        parts = [f"json_extract(value, '$[{place}]')" for place in range(len(columns))]
        rows_of, counted = "json_each(:rows)", "INTEGER PRIMARY KEY"
    session.execute(text(f"CREATE TEMPORARY TABLE {staged.name} (place {counted}, {', '.join(made)})"))
    names = ", ".join(f'"{name}"' for name in columns)
    statement = text(
        f"INSERT INTO {staged.name} ({names}) SELECT {', '.join(parts)} FROM {rows_of} ORDER BY key"  # noqa: S608
    )
    count = 0
    for portion in _portions(rows):
        session.execute(statement, {"rows": json.dumps(portion)})
        count += len(portion)
        done(count)
    return staged


def _written(type: TypeEngine[Any], dialect: Dialect) -> str:
    """A type in SQL; a text is not cut to its length here, so that the table refuses a longer one."""
    written = type.compile(dialect)
    return "TEXT" if written.startswith("VARCHAR") else written


def _portions(rows: Iterable[Sequence[Any]]) -> Iterator[list[Sequence[Any]]]:
    waiting = iter(rows)
    while portion := list(islice(waiting, PORTION)):
        yield portion


def take_over(session: Session, staged: Staged, **same: Any) -> None:
    """Copy what lies ready into its table, in its order; `same` are the values that all rows share."""
    lying = staged.rows
    chosen: list[Any] = [lying.c[name] for name in staged.columns]
    shared = [literal(value, staged.table.columns[name].type) for name, value in same.items()]
    query = select(*chosen, *shared).order_by(lying.c.place)
    session.execute(insert(staged.table).from_select([*staged.columns, *same], query))
