"""Prepared databases: made once in a session of tests, and given to every test that wants them as a copy."""

import os
import pickle
import sqlite3
from abc import abstractmethod
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Protocol, TypeVar

from psycopg import sql
from sqlalchemy import Connection, Engine, event
from sqlalchemy.util import LRUCache

from komet_import.ledger import database, engines
from tests.postgresql import FILLED_BY_MIGRATIONS, Lent

T = TypeVar("T")


@event.listens_for(Engine, "connect")
def _in_no_order_of_its_own(connection: object, _record: object) -> None:
    """SQLite gives rows as they were written, unless it is told not to: a query that forgets its order would
    be noticed on PostgreSQL only, and there once in a while."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA reverse_unordered_selects = ON")


class Copyable(Protocol):
    """The fresh migrated database of one test, which can be kept as a template or become the copy of one."""

    kind: str
    url: str

    @abstractmethod
    def kept(self) -> Any:
        """A template of what the database holds now."""

    @abstractmethod
    def become(self, template: Any) -> None:
        """Hold what a template holds; what it held before was in that template as well."""

    @abstractmethod
    def ends(self, engine: Engine) -> None:
        """The test is over: its engine lets go of the database."""


class SqliteFile:
    """A file; its template is a file as well."""

    kind = "sqlite"

    def __init__(self, file: Path, templates: Path) -> None:
        self.file, self._templates = file, templates
        self.url = f"sqlite:///{file}"

    def kept(self) -> Path:
        template = self._templates / f"{len(list(self._templates.iterdir()))}.sqlite3"
        _copy(self.file, template)
        return template

    def become(self, template: Path) -> None:
        _copy(template, self.file)

    def ends(self, engine: Engine) -> None:
        engine.dispose()


def _copy(source: Path, target: Path) -> None:
    """Page by page, so that what still lies in the log of the source comes along."""
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        new.execute("PRAGMA synchronous = OFF")
        old.backup(new)


class PostgresqlDatabase:
    """A database of the cluster; its template is what its tables hold, as COPY writes it.

    To copy a whole database takes ten times as long as to copy these rows.
    """

    kind = "postgresql"

    def __init__(self, lent: Lent) -> None:
        self.lent, self.url = lent, lent.url
        self._filled = False

    def kept(self) -> tuple[dict[str, bytes], dict[str, int]]:
        connection = self.lent.connection
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        rows = {}
        for (table,) in tables:
            if table == "alembic_version":  # which the migrations have filled already
                continue
            with connection.cursor().copy(sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(table))) as out:
                rows[table] = b"".join(bytes(part) for part in out)
        counted = connection.execute(
            "SELECT sequencename, last_value FROM pg_sequences WHERE last_value IS NOT NULL"
        )
        return {name: text for name, text in rows.items() if text}, dict(counted.fetchall())

    def become(self, template: tuple[dict[str, bytes], dict[str, int]]) -> None:
        rows, counters = template
        connection = self.lent.connection
        # The rows were right where they were made: neither foreign keys nor triggers look at them.
        for table, text in rows.items():
            if self._filled or table in FILLED_BY_MIGRATIONS:
                connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
            with connection.cursor().copy(
                sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(table))
            ) as into:
                into.write(text)
        for name, last in counters.items():
            connection.execute("SELECT setval(%s::regclass, %s)", (name, last))
        self._filled = True

    def ends(self, engine: Engine) -> None:
        self.lent.left_by(engine)


CURRENT: dict[str, Copyable] = {}
"""The database of the test that runs now, by its URL; `conftest` sees to it."""

_PREPARED: dict[tuple[str, object], tuple[Any, Any]] = {}
STORE = Path(os.environ["TESTS_PREPARED"]) if "TESTS_PREPARED" in os.environ else None
"""A folder of SQLite templates for many short runs of pytest, as `make mutants` has them."""
KEEPING = os.environ.get("TESTS_PREPARED_BY_THIS") == "yes"
"""Whether this run fills that folder; all others only read it, since their code may be wrong on purpose."""


def prepared(url: str, key: object, make: Callable[[], T]) -> T:
    """Let this test's fresh database hold what `make` makes of it, and give what `make` returns.

    It is made by the first test of a session that wants it; all others get a copy.
    """
    ours = CURRENT[url]
    name = (ours.kind, key)
    if name not in _PREPARED and (stored := _stored(name)) and stored.exists():
        _PREPARED[name] = pickle.loads(stored.read_bytes())
    if name in _PREPARED:
        template, made = _PREPARED[name]
        ours.become(template)
        return made  # type: ignore[no-any-return]
    made = make()
    engines.engine_for(url).dispose()
    _PREPARED[name] = (ours.kept(), made)
    if KEEPING and (stored := _stored(name)):
        stored.write_bytes(pickle.dumps(_PREPARED[name]))
    return made


def _stored(name: tuple[str, object]) -> Path | None:
    kind, key = name
    return STORE / f"{kind}-{key}.pickle" if STORE is not None and kind == "sqlite" else None


_COMPILED: dict[str, tuple[Engine, LRUCache[Any, Any]]] = {}
"""By kind of database the engine that compiled first, and the statements that all engines have compiled."""


def share_compiled(engine: Engine) -> None:
    """Let the engine use the statements that engines of other databases of its kind have compiled.

    Each test has an engine of its own, and to compile the same statements anew takes longer than to run them.
    """
    first, compiled = _COMPILED.setdefault(engine.dialect.name, (engine, LRUCache(5_000)))
    engine.dialect = first.dialect  # statements are compiled for one dialect, which is the same for a kind
    engine.update_execution_options(compiled_cache=compiled)


def wait_for_no_disk(engine: Engine) -> None:
    """Nothing of a test outlives a power cut: an SQLite database does not wait at each commit until the disk
    has it, as one in earnest does (and the cluster of the tests does not either)."""
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def _at_once(connection: sqlite3.Connection, _record: object) -> None:
            connection.execute("PRAGMA synchronous = OFF")


def gather_statistics(engine: Engine) -> None:
    """What PostgreSQL does by itself after many rows were added. SQLite plans without, as in earnest."""
    if engine.dialect.name == "postgresql":
        with engine.begin() as connection:
            connection.exec_driver_sql("ANALYZE")


@contextmanager
def statements(wanted: Callable[[str], bool]) -> Iterator[list[tuple[str, Any]]]:
    """The statements of that kind that are asked while this lasts, with their parameters."""
    asked: list[tuple[str, Any]] = []

    def listen(_c: object, _cursor: object, statement: str, parameters: object, *_: object) -> None:
        if wanted(statement):
            asked.append((statement, parameters))

    event.listen(database.engine(), "before_cursor_execute", listen)
    try:
        yield asked
    finally:
        event.remove(database.engine(), "before_cursor_execute", listen)


def plan_of(connection: Connection, statement: str, parameters: Any) -> str:
    """How the database would carry out a statement, in its own words."""
    explain = "EXPLAIN" if connection.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN"
    plan = connection.exec_driver_sql(f"{explain} {statement}", parameters)
    return "\n".join(str(line) for line in plan)
