"""Guessing passwords made slow: wrong ones are counted in the database, for all processes alike.

Who guesses is on one of three kinds of counters, so that nobody can make another person wait:

- a *stranger*, a browser that the account has never signed in from: counted for the name, for the address,
  and all strangers together, whatever names and addresses they use;
- a browser that the account has signed in from (`browsers`): a counter of its own, for this account;
- a session, at the change of the password that it asks for: a counter of its own.

An attempt is written down *before* the password is checked, takes its place among those allowed, and gives
it back when the password was right. So no more are checked than allowed however many come at once, and yet
only wrong passwords make anybody wait: where all places are taken by attempts whose answer is not known
yet, the next one waits for the answers, which takes a moment. A refused attempt does not count.
"""

import ipaddress
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_
from sqlmodel import Session, col, delete, select, text, update

from komet_import.access.sessions import fingerprint
from komet_import.access.user_details import username_key
from komet_import.language import _, ngettext
from komet_import.ledger import database
from komet_import.ledger.models import SignInAttempt, now
from komet_import.refusal import Refusal

WINDOW = timedelta(minutes=15)
STRANGERS_AT_A_NAME = 10
STRANGERS_AT_AN_ADDRESS = 30
"""More than for a name: an office shares an address, and on its first day every browser is a stranger."""
STRANGERS_OVERALL = 100
"""Whatever names and addresses they use; and where the address is not known, as behind some proxies."""
IN_A_KNOWN_BROWSER = 10
IN_A_SESSION = 5
"""Then the session ends: whoever sits at somebody else's open browser may not go on guessing."""

ANSWERED_WITHIN = timedelta(minutes=1)
"""A check that was not answered by then was cut off, and may have told its answer: it counts as a failure."""
PATIENCE_SECONDS = 20.0
"""Longest wait for attempts that are being checked now."""
_LOOK_AGAIN_SECONDS = 0.1
_ALONE = 4712
"""PostgreSQL's number of the lock under which places are given, one at a time."""

_STRANGER = col(SignInAttempt.guard) == ""


@dataclass(frozen=True, kw_only=True)
class _Limit:
    """At most `allowed` attempts of the `same` mark within the window."""

    same: ColumnElement[bool]
    allowed: int


def sign_in(*, username: str, address: str, browser_id: int | None) -> int:
    """Take a place for a password that is about to be checked; returns the attempt's ID.

    `browser_id` is what `browsers.known` says. An empty address is one that is not known.
    Raises Refusal `too-many-attempts` with the waiting time where too many have failed, `sign-in-busy`.
    """
    key, address = username_key(username)[:192], _network(address)
    if browser_id is not None:
        attempt = SignInAttempt(guard=f"browser-{browser_id}", username_key=key, address=address)
        wrong = _("Too many wrong passwords in this browser; try again in {wait}.")
        return _placed(attempt, [_own(attempt, IN_A_KNOWN_BROWSER)], wrong)
    attempt = SignInAttempt(username_key=key, address=address)
    limits = [
        _Limit(same=and_(_STRANGER, col(SignInAttempt.username_key) == key), allowed=STRANGERS_AT_A_NAME),
        _Limit(same=_STRANGER, allowed=STRANGERS_OVERALL),
    ]
    if address:
        same = and_(_STRANGER, col(SignInAttempt.address) == address)
        limits.append(_Limit(same=same, allowed=STRANGERS_AT_AN_ADDRESS))
    wrong = _(
        "Too many failed sign-ins; try again in {wait}, or use a browser in which you have signed in before."
    )
    return _placed(attempt, limits, wrong)


def old_password(*, username: str, token: str) -> int:
    """Take a place for the old password that a session asks for; returns the attempt's ID. Raises Refusal."""
    attempt = SignInAttempt(
        guard=f"session-{fingerprint(token)}",
        username_key=username_key(username)[:192],
        address="",
    )
    wrong = _("Too many wrong passwords in this session; try again in {wait}.")
    return _placed(attempt, [_own(attempt, IN_A_SESSION)], wrong)


def failed(attempt_id: int) -> int:
    """The password was wrong. Returns how many wrong ones its counter has now."""
    with database.transaction() as session:
        session.exec(update(SignInAttempt).where(col(SignInAttempt.id) == attempt_id).values(failed=True))
        guard = session.exec(select(SignInAttempt.guard).where(SignInAttempt.id == attempt_id)).first()
        if guard is None:
            return 0
        wrong = select(func.count()).where(col(SignInAttempt.guard) == guard, col(SignInAttempt.failed))
        return session.exec(wrong).one()


def right(attempt_id: int) -> None:
    """The password was right: the place is free again, and the own counter of a browser begins anew.

    That of strangers goes on: else each sign-in of the owner would give them ten guesses more.
    """
    with database.transaction() as session:
        attempt = session.get(SignInAttempt, attempt_id)
        if attempt is None:
            return
        session.delete(attempt)
        if attempt.guard:
            own = and_(col(SignInAttempt.guard) == attempt.guard, col(SignInAttempt.failed))
            session.exec(delete(SignInAttempt).where(own))


def _network(address: str) -> str:
    """What one party has of addresses: a single one of version 4, a net of 64 bits of version 6."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address[:64]
    if isinstance(found, ipaddress.IPv6Address) and not found.ipv4_mapped:
        return str(ipaddress.IPv6Network((int(found), 64), strict=False))
    return str(getattr(found, "ipv4_mapped", None) or found)


def _own(attempt: SignInAttempt, allowed: int) -> _Limit:
    return _Limit(same=col(SignInAttempt.guard) == attempt.guard, allowed=allowed)


def _placed(attempt: SignInAttempt, limits: Sequence[_Limit], wrong: str) -> int:
    """The ID of the attempt once it has its place; `wrong` is said where it has none for long."""
    end = time.monotonic() + PATIENCE_SECONDS
    while True:
        with database.transaction() as session:
            if session.connection().dialect.name == "postgresql":  # SQLite has one writer at a time anyway
                session.connection().execute(text(f"SELECT pg_advisory_xact_lock({_ALONE})"))
            moment = now()
            session.exec(delete(SignInAttempt).where(col(SignInAttempt.at) <= moment - WINDOW))
            closed = [until for limit in limits if (until := _closed_until(session, limit, moment))]
            if not closed and all(_has_room(session, limit) for limit in limits):
                session.add(attempt)
                session.flush()
                assert attempt.id is not None, "a stored attempt has an id"  # noqa: S101
                return attempt.id
        if closed:
            raise Refusal("too-many-attempts", wrong.format(wait=_minutes(max(closed) - moment)))
        if time.monotonic() > end:
            raise Refusal("sign-in-busy", _("Many people are signing in right now; try again in a moment."))
        time.sleep(_LOOK_AGAIN_SECONDS)


def _closed_until(session: Session, limit: _Limit, moment: datetime) -> datetime | None:
    """When one failure fewer than allowed lies within the window; None where that is so now."""
    is_failure = or_(col(SignInAttempt.failed), col(SignInAttempt.at) <= moment - ANSWERED_WITHIN)
    newest_first = (
        select(SignInAttempt.at).where(limit.same, is_failure).order_by(col(SignInAttempt.at).desc())
    )
    deciding = session.exec(newest_first.offset(limit.allowed - 1).limit(1)).first()
    return deciding + WINDOW if deciding else None


def _has_room(session: Session, limit: _Limit) -> bool:
    return session.exec(select(func.count(col(SignInAttempt.id))).where(limit.same)).one() < limit.allowed


def _minutes(wait: timedelta) -> str:
    minutes = max(1, -(-int(wait.total_seconds()) // 60))
    return ngettext("{count} minute", "{count} minutes", minutes)
