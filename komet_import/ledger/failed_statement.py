"""What a failing statement says of itself: which one, where and why, and never what was in it.

Logs are read by people, copied and kept, so a password hash, an address or a customer's name has no business
in them. SQLAlchemy hides the parameters; but what the driver says repeats values as well: PostgreSQL tells
the whole failing row (“Failing row contains (…)”) and the key that exists already. What a trigger says that
is none of ours (a company may have its own, which writes down who changed what) is anybody's words: it is not
repeated either.

A text that no database holds (NUL, half of a character) is the person's to type again: that is a refusal.
"""

import logging
import re
import sqlite3

import psycopg
from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext

from komet_import.language import _
from komet_import.refusal import Refusal

_NO_TEXT = "22P05"
"""PostgreSQL's “untranslatable character”: JSON can write a NUL, a text cannot hold it."""
_VALUES = "22"
"""The class of PostgreSQL's data exceptions: their one sentence quotes the value that is wrong."""

_DISK_FULL = "53100"
"""PostgreSQL's “disk full”."""
_TRIGGER = "pl_exec.c"
"""The file of PostgreSQL's source in which what a function of a trigger says is raised, whatever its code."""
_OURS = re.compile(r"\w+ is immutable: post a reversal instead")
"""What our own triggers say (`migrations.guards`)."""
_ANYBODYS = "a trigger refused it"


def keep_values_secret(engine: Engine) -> None:
    """Errors of this engine name the fault and its place, in their own text and in those they come from."""
    event.listen(engine, "handle_error", _say_less)
    logging.getLogger(psycopg.__name__).addFilter(_ignored)


def said(wrong: BaseException) -> str:
    """What went wrong with the database as one line for the log, without values (`keep_values_secret`)."""
    return " ".join(str(getattr(wrong, "orig", None) or wrong).split()) or type(wrong).__name__


def has_no_room(wrong: BaseException) -> bool:
    """Whether a statement failed since the database's disk is full: waiting does not help."""
    driver = getattr(wrong, "orig", None)
    return (
        getattr(driver, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
        or getattr(driver, "sqlstate", None) == _DISK_FULL
    )


def _say_less(context: ExceptionContext) -> Refusal | None:
    wrong, told = context.original_exception, context.sqlalchemy_exception
    driver = context.dialect.loaded_dbapi.Error
    if _holds_no_text(wrong):
        return Refusal(
            "odd-text",
            _(
                "A text has a character in it that cannot be kept, one that nobody sees; type that text "
                "again."
            ),
        )
    if isinstance(wrong, psycopg.Error):
        said = _of_postgresql(wrong)
    elif isinstance(wrong, driver):
        said = _of_sqlite(wrong)
    elif told is not None:  # a value that could not even be handed over, with its text in the message
        said = f"a value cannot be sent to the database ({type(wrong).__name__})"
    else:
        return None
    wrong.args = (said,)
    if told is not None:
        told.args = (f"({type(wrong).__module__}.{type(wrong).__name__}) {said}",)
    return None


def _ignored(record: logging.LogRecord) -> bool:
    """What psycopg itself logs of an error that it does not raise, since another one came first."""
    if isinstance(record.args, tuple):
        record.args = tuple(
            _of_postgresql(told) if isinstance(told, psycopg.Error) else told for told in record.args
        )
    return True


def _holds_no_text(wrong: BaseException) -> bool:
    """Whether a driver could not hand a text over, or PostgreSQL not take one out of JSON."""
    if isinstance(wrong, psycopg.DataError):
        return wrong.sqlstate == _NO_TEXT or (wrong.sqlstate is None and "NUL" in str(wrong))
    return isinstance(wrong, UnicodeEncodeError)


def _of_sqlite(wrong: BaseException) -> str:
    """What SQLite says, which names columns and no values; its triggers can say anything."""
    by_trigger = getattr(wrong, "sqlite_errorcode", None) == sqlite3.SQLITE_CONSTRAINT_TRIGGER
    return str(wrong) if not by_trigger or _OURS.fullmatch(str(wrong)) else _ANYBODYS


def _of_postgresql(wrong: psycopg.Error) -> str:
    """The sentence without the detail, the hint and the context, and the names of what it is about."""
    told = wrong.diag
    if told.sqlstate is None or told.message_primary is None:
        return str(wrong)  # from the client: the connection, not a value
    quotes = told.sqlstate.startswith(_VALUES)
    said = "a value does not fit" if quotes else told.message_primary
    if told.source_file == _TRIGGER and not _OURS.fullmatch(told.message_primary):
        said = _ANYBODYS
    named = {"table": told.table_name, "column": told.column_name, "constraint": told.constraint_name}
    about = "".join(f", {kind} {name}" for kind, name in named.items() if name)
    return f"{said} (SQLSTATE {told.sqlstate}{about})"
