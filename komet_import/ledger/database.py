"""Readings and transactions on SQLite or PostgreSQL, and the migrations that both share."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, Executable
from sqlalchemy.exc import ArgumentError, DatabaseError, InterfaceError, OperationalError, TimeoutError
from sqlmodel import Session, text

from komet_import.language import _
from komet_import.ledger import audit_chain, engines
from komet_import.ledger.failed_statement import said
from komet_import.refusal import Refusal
from komet_import.settings import settings

log = logging.getLogger(__name__)

AWAY = (OperationalError, InterfaceError, TimeoutError)
"""What is raised while the database does not answer or is too busy: the same may work in a moment."""
PAGES_KB = 65_536
"""Of the pages of SQLite's file that a posting keeps in memory, at most."""
MIGRATIONS = Path(__file__).parent / "migrations"


def engine() -> Engine:
    """The engine of this process's settings. Raises Refusal `database-unreachable` for an odd address."""
    try:
        return engines.engine_for(settings().database)
    except (ArgumentError, ValueError):
        # Not what the parser says: where a password has an “@”, it quotes a part of it as the port.
        raise Refusal(
            "database-unreachable",
            "KOMET_DATABASE_URL is not the address of a database: write postgresql://user:password@host/name "
            "or sqlite:///file, with the signs @ : / of a password as %40 %3A %2F.",
        ) from None


@contextmanager
def connected() -> Iterator[Connection]:
    """A connection of one's own for several transactions; what it has of temporary tables goes with it.

    So does the memory in which SQLite keeps pages for it: with the little that it takes by itself, the
    indexes of a large ledger are read and written again and again while everybody waits.
    """
    with engine().connect() as connection:
        driver: Any = connection.connection.driver_connection
        if connection.dialect.name == "sqlite":
            driver.execute(f"PRAGMA cache_size = -{PAGES_KB}")
        connection.detach()
        yield connection


@contextmanager
def transaction(connection: Connection | None = None) -> Iterator[Session]:
    """A session whose work is committed whole at the end, or not at all; what it has recorded of itself is
    sealed just before (`audit_chain`).
    """
    with (
        _connection(connection, read_only=False) as bind,
        Session(bind, expire_on_commit=False) as session,
        session.begin(),
    ):
        yield session
        audit_chain.seal(session)


@contextmanager
def work(connection: Connection | None = None) -> Iterator[Session]:
    """A transaction in which what people do is written. Raises Refusal `program-outdated` where a newer
    program has brought the database up to date since this one was started, which does not know what is to be
    kept there now. Mails on their way, sessions and what else has begun come to their end all the same.
    """
    with transaction(connection) as session:
        _require_fit(session)
        yield session


@contextmanager
def reading(connection: Connection | None = None) -> Iterator[Session]:
    """A session that reads, and writes temporary tables at most: on SQLite it never waits for a writer.

    All that it reads is of one moment. PostgreSQL would give each statement what was committed before it, and
    a sheet that somebody else posts meanwhile was like its credits, but had none of their numbers.
    """
    with _connection(connection, read_only=True) as bind, Session(bind, expire_on_commit=False) as session:
        yield session


def write_if_free(statement: Executable) -> bool:
    """Run one statement, unless somebody else is writing what it needs; returns whether it ran."""
    try:
        with engine().connect() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SET LOCAL lock_timeout = '20ms'"))
                connection.execute(statement)
                connection.commit()
                return True
            driver: Any = connection.connection.driver_connection
            driver.execute("PRAGMA busy_timeout = 0")
            try:
                connection.execute(statement)
                connection.commit()
            finally:
                driver.execute(f"PRAGMA busy_timeout = {engines.PATIENCE * 1000}")
    except OperationalError:
        return False
    return True


@contextmanager
def _connection(given: Connection | None, *, read_only: bool) -> Iterator[Connection]:
    if given is None:
        with engine().connect() as connection:
            yield connection.execution_options(komet_read_only=read_only)
    else:
        yield given.execution_options(komet_read_only=read_only)


def _config(connection: Any = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def upgrade() -> None:
    """Bring the database to the newest revision; does nothing where it is there already.

    Raises Refusal: `database-unreachable` where it cannot be opened, `database-not-migrated`
    where it is newer, `database-not-upgraded` where it is not ours to change.
    """
    reached = False
    try:
        with engine().begin() as connection:
            reached = True
            _require_known(MigrationContext.configure(connection).get_current_revision())
            if connection.dialect.name == "postgresql":
                # Two servers that start at once must not both migrate.
                connection.execute(text("SELECT pg_advisory_xact_lock(4711)"))
            command.upgrade(_config(connection), "head")
    except (DatabaseError, OSError) as wrong:
        if not reached:
            raise _unreachable(wrong) from None
        raise Refusal(
            "database-not-upgraded",
            f"The database is as it was, and cannot be brought to this version: {_reason(wrong)}. It must be "
            "empty or Komet Import's own, and belong to the role that KOMET_DATABASE_URL names.",
        ) from None


@lru_cache
def _ours() -> str | None:
    """The revision that this program was written for."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def _require_known(revision: str | None) -> None:
    """Raises Refusal `database-not-migrated` for a revision that this program has not."""
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    if revision is not None and revision not in known:
        raise Refusal(
            "database-not-migrated",
            f"The database is of version {revision}, which is newer than this program ({_ours()}): start the "
            "newer program, or give this one a backup from before it.",
        )


def require_current() -> None:
    """Raises Refusal `database-not-migrated` where the database is older or newer than this program."""
    try:
        with engine().connect().execution_options(komet_read_only=True) as connection:
            current = MigrationContext.configure(connection).get_current_revision()
    except (DatabaseError, OSError) as wrong:
        raise _unreachable(wrong) from None
    if current != _ours():
        _require_known(current)
        raise Refusal(
            "database-not-migrated",
            "The database does not fit this version of the program: run `python -m komet_import db upgrade`.",
        )


def _require_fit(session: Session) -> None:
    if session.connection().execute(text("SELECT version_num FROM alembic_version")).scalar() != _ours():
        raise Refusal(
            "program-outdated",
            _(
                "A newer version of the program has brought the database up to date, and this server still "
                "runs the one before, so nothing was done. Ask an Admin to start the new one here too."
            ),
        )


def answers() -> bool:
    """Whether the database answers a query now, and fits this program still: a newer one may have been
    started meanwhile, and brought it up to date."""
    query = "SELECT version_num, EXISTS (SELECT 1 FROM batch) FROM alembic_version"
    try:
        with reading() as session:
            revision: str = session.connection().execute(text(query)).scalar_one()
    except Exception as wrong:  # whatever the driver says, the answer is no
        log.warning("The database does not answer: %s", said(wrong))
        return False
    if revision == _ours():
        return True
    log.warning("The database is of version %s, this program of %s: start the new one.", revision, _ours())
    return False


def _unreachable(wrong: DatabaseError | OSError) -> Refusal:
    return Refusal(
        "database-unreachable", f"The database cannot be reached: {_reason(wrong)}. Check KOMET_DATABASE_URL."
    )


def _reason(wrong: DatabaseError | OSError) -> str:
    if isinstance(wrong, OSError) and wrong.strerror:
        return f"{wrong.filename}: {wrong.strerror}" if wrong.filename else wrong.strerror
    said = str((wrong.orig if isinstance(wrong, DatabaseError) else wrong) or "no reason given")
    return said.splitlines()[0].rstrip(".")
