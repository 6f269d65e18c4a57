"""A backup of the database of one server: one file, whole, taken while people work.

SQLite writes the copy out of one reading transaction (`VACUUM INTO`): it holds exactly what was committed
when it began, nobody waits for it, and what is posted meanwhile is not half in it. Copying the file itself
would miss what still stands in its write-ahead log. PostgreSQL has `pg_dump`, which does the same.
"""

import os
import secrets
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from komet_import.ledger import audit, database
from komet_import.ledger.audit import Event
from komet_import.ledger.failed_statement import said
from komet_import.refusal import Refusal, why


def write(target: Path) -> int:
    """Write a backup into a file that is not there yet, for this account only; returns its size in bytes.

    Raises Refusal `backup-exists`, `backup-failed`, and `not-sqlite` where the database has its own tool.
    """
    engine = database.engine()
    if engine.dialect.name != "sqlite":
        raise Refusal("not-sqlite", "Back up PostgreSQL with pg_dump; the README says how.")
    there = Refusal("backup-exists", f"{target} is there already; name a file that is not.")
    if target.exists():
        raise there
    # Beside it first: a file under the name that was asked for is a whole backup.
    unfinished = target.with_name(f"{target.name}.{secrets.token_hex(4)}.unfinished")
    try:
        os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        with engine.connect() as connection:
            driver: Any = connection.connection.driver_connection
            driver.execute("VACUUM INTO ?", (str(unfinished),))
        with unfinished.open("rb") as written:
            os.fsync(written.fileno())
        os.link(unfinished, target)
    except FileExistsError:
        raise there from None
    except (OSError, sqlite3.Error) as wrong:
        raise Refusal(
            "backup-failed", f"The backup could not be written to {target}: {why(wrong)}."
        ) from None
    finally:
        with suppress(FileNotFoundError):
            unfinished.unlink()
    return target.stat().st_size


def record(target: Path, size: int) -> str:
    """Say in the audit trail that a backup was written: it holds what there is of everybody, and is anybody's
    who has the file. Returns why that could not be said, else nothing: the backup is whole all the same.
    """
    try:
        with database.transaction() as session:
            details = {"file": target.name, "bytes": size}
            audit.record(session, what=Event.BACKED_UP, by=None, details=details)
    except SQLAlchemyError as wrong:
        return said(wrong)
    return ""
