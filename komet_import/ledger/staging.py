"""Rows laid ready beside the ledger, so that the ledger is locked only while it takes them over.

A posting's rows go into temporary tables of its own connection: nobody else sees them or waits for them, and
a server that dies leaves none behind. Then one statement for each table copies them. Both steps hand the
database whole portions to take apart by itself: a driver that is given row after row takes and gives the
interpreter's lock for each, and beside one busy thread 100,000 rows so took half a minute.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import Dialect, Table, insert, literal, literal_column, select, text
from sqlalchemy import column as named
from sqlalchemy import table as unnamed
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


def stage(
    session: Session,
    model: type[SQLModel],
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    done: Callable[[int], None] = lambda rows: None,
) -> Staged:
    """Lay rows ready, in their order; what lay ready for the table before is forgotten.

    Values are texts, whole numbers and None; a day is its ISO text, JSON is text as well. `done` is told how
    many rows lie ready. The session's transaction must not hold anything that others wait for.
    """
    table: Table = model.__table__  # type: ignore[attr-defined]
    staged = Staged(table=table, columns=tuple(columns))
    dialect = session.get_bind().dialect
    session.execute(text(f"DROP TABLE IF EXISTS {staged.name}"))
    if dialect.name == "postgresql":
        types = [_type(table, name, dialect) for name in columns]
        made = [f'"{name}" {type}' for name, type in zip(columns, types, strict=True)]
        parts = [f"CAST(value->>{place} AS {type})" for place, type in enumerate(types)]
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


def _type(table: Table, name: str, dialect: Dialect) -> str:
    """A column's type; a text is not cut to its length here, so that the table refuses a longer one."""
    type = table.columns[name].type.compile(dialect)
    return "TEXT" if type.startswith("VARCHAR") else type


def _portions(rows: Iterable[Sequence[Any]]) -> Iterator[list[Sequence[Any]]]:
    waiting = iter(rows)
    while portion := list(islice(waiting, PORTION)):
        yield portion


def take_over(session: Session, staged: Staged, **same: Any) -> None:
    """Copy what lies ready into its table, in its order; `same` are the values that all rows share."""
    lying = unnamed(staged.name, named("place"), *(named(name) for name in staged.columns))
    chosen: list[Any] = [literal_column(f'"{name}"') for name in staged.columns]
    shared = [literal(value, staged.table.columns[name].type) for name, value in same.items()]
    query = select(*chosen, *shared).select_from(lying).order_by(lying.c.place)
    session.execute(insert(staged.table).from_select([*staged.columns, *same], query))
