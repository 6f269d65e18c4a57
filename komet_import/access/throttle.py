"""Guessing passwords made slow: failed sign-ins are counted in the database, for all processes alike.

An attempt is written down *before* the password is checked and crossed out when it was right: whoever
tries a hundred passwords at the same time is counted a hundred times. A refused attempt does not count,
so waiting always helps.
"""

from datetime import timedelta

from sqlalchemy import ColumnElement
from sqlmodel import col, delete, select

from komet_import.access.users import username_key
from komet_import.ledger import database
from komet_import.ledger.models import SignInAttempt, now
from komet_import.refusal import Refusal

WINDOW = timedelta(minutes=15)
FAILURES_PER_NAME = 5
FAILURES_PER_ADDRESS = 20
"""More than for a name: an office often shares one address, and one colleague must not lock out the rest."""


def note(*, username: str, address: str) -> int:
    """Write down an attempt that is about to be checked; returns its id.

    An empty address is one that is not known, as behind a proxy that does not pass it on: everybody would
    share it, and one stranger could lock all of them out, so only the name is counted then.
    Raises Refusal `too-many-attempts` with the waiting time where too many have failed.
    """
    key, address = username_key(username)[:192], address[:64]
    with database.transaction() as session:
        session.exec(delete(SignInAttempt).where(col(SignInAttempt.at) < now() - WINDOW))
        attempt = SignInAttempt(username_key=key, address=address)
        session.add(attempt)
        session.flush()
        noted = attempt.id
    # Counted after the commit: attempts at the same time see one another, whatever the isolation level.
    wait = _wait(noted, col(SignInAttempt.username_key) == key, FAILURES_PER_NAME)
    if address:
        wait = max(wait, _wait(noted, col(SignInAttempt.address) == address, FAILURES_PER_ADDRESS))
    if wait:
        with database.transaction() as session:
            session.exec(delete(SignInAttempt).where(col(SignInAttempt.id) == noted))
        raise Refusal("too-many-attempts", f"Too many failed sign-ins; try again in {_minutes(wait)}.")
    assert noted is not None, "a stored attempt has an id"  # noqa: S101
    return noted


def forget(*, username: str) -> None:
    """The password was right: the failures of that name no longer count."""
    with database.transaction() as session:
        key = username_key(username)[:192]
        session.exec(delete(SignInAttempt).where(col(SignInAttempt.username_key) == key))


def _wait(noted: int | None, same: ColumnElement[bool], allowed: int) -> timedelta:
    """How long until fewer than `allowed` other attempts with the `same` mark lie within the window."""
    newest_first = (
        select(SignInAttempt.at)
        .where(same, col(SignInAttempt.id) != noted)
        .order_by(col(SignInAttempt.at).desc())
    )
    with database.reading() as session:
        deciding = session.exec(newest_first.offset(allowed - 1).limit(1)).first()
    return max(deciding + WINDOW - now(), timedelta()) if deciding else timedelta()


def _minutes(wait: timedelta) -> str:
    minutes = max(1, -(-int(wait.total_seconds()) // 60))
    return "1 minute" if minutes == 1 else f"{minutes} minutes"
