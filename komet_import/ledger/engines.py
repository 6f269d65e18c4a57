"""The engine of a database: how its connections are made, kept and looked after."""

import os
import select
import time
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import URL, Connection, Engine, event, make_url
from sqlalchemy.exc import InvalidatePoolError
from sqlmodel import create_engine

from komet_import.ledger.failed_statement import keep_values_secret
from komet_import.settings import settings

PATIENCE = 30
"""Seconds for which a writer of SQLite waits for another."""
TRUSTED = 5.0
"""Seconds for which a connection to PostgreSQL is taken for a good one after its last use, if its line says
nothing else. To ask the server each time has every look at the database wait for it once more."""


@lru_cache
def engine_for(url: str) -> Engine:
    """The engine of a database URL, one for each URL and process."""
    parsed = make_url(url)
    return _of_sqlite(parsed) if parsed.get_backend_name() == "sqlite" else _of_postgresql(parsed)


def _of_postgresql(url: URL) -> Engine:
    made = create_engine(
        url,
        pool_size=10,
        max_overflow=10,
        pool_use_lifo=True,  # whoever comes next gets the one that was used last
        pool_recycle=1800,
        hide_parameters=True,
    )
    keep_values_secret(made)

    @event.listens_for(made, "checkin")
    def _left(_connection: Any, record: Any) -> None:
        record.info["left"] = time.monotonic()

    @event.listens_for(made, "checkout")
    def _require_answer(connection: Any, record: Any, _handle: Any) -> None:
        left = record.info.get("left")
        if left is None or (time.monotonic() - left < TRUSTED and not _speaks(connection)):
            return
        try:
            made.dialect.do_ping(connection)
        except psycopg.Error:
            raise InvalidatePoolError from None

    @event.listens_for(made, "begin")
    def _begin(connection: Connection) -> None:
        # As the driver begins it says the level, so that this costs nothing: a statement of its own would.
        reading = connection.get_execution_options().get("komet_read_only", False)
        driver: Any = connection.connection.dbapi_connection
        driver.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ if reading else None

    return made


def _speaks(connection: Any) -> bool:
    """Whether the server has said something that nobody asked for: mostly, that it has closed the line."""
    if connection.closed:
        return True
    line = select.poll()
    line.register(connection.fileno(), select.POLLIN)
    return bool(line.poll(0))


def _of_sqlite(url: URL) -> Engine:
    if url.database:
        _for_this_account_only(Path(url.database))
    patience = {"timeout": PATIENCE, "check_same_thread": False}
    made = create_engine(url, connect_args=patience, hide_parameters=True)
    keep_values_secret(made)

    @event.listens_for(made, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # sqlite3 must not begin transactions by itself: `_begin` does
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")  # a posted credit survives a power cut
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA recursive_triggers = ON")  # else REPLACE removes rows past the triggers
        cursor.close()

    @event.listens_for(made, "begin")
    def _begin(connection: Connection) -> None:
        # IMMEDIATE takes the write lock at once: two writers queue here, rather than one of them failing
        # half way through its transaction. Readers say so with the option below.
        reading = connection.get_execution_options().get("komet_read_only", False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return made


def _for_this_account_only(file: Path) -> None:
    """Make the file and its folder so that no other account of the machine reads them, whatever the umask.

    What is there already is closed too: the file and what SQLite keeps beside it, and the data folder (not
    a folder that somebody else chose: it may hold other things). SQLite gives `-wal` and `-shm` the rights
    of the file.
    """
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
    beside = (file.with_name(file.name + ending) for ending in ("-wal", "-shm", "-journal"))
    _close(file, *beside, rights=0o600)
    if file.parent.resolve() == settings().data_dir.resolve():
        _close(file.parent, rights=0o700)


def _close(*paths: Path, rights: int) -> None:
    for path in paths:
        # Another account's file that we may use all the same is for that account to close.
        with suppress(FileNotFoundError, PermissionError):
            if path.stat().st_mode & 0o077:
                path.chmod(rights)
