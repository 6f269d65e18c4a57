"""Signed-in browsers. The cookie is 256 random bits; the database knows only its SHA-256.

A checked password becomes a *ticket* (one use, one minute, good only in the browser that typed the
password), the ticket becomes a *token*, the token is the cookie. The detour is needed because a Streamlit
script cannot set a cookie, and it is bound to the browser so that nobody can slip their own ticket to
somebody else, who would then work in a stranger's name. Ending a session here ends it everywhere at once.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, event
from sqlmodel import Session, col, delete, select, update

from komet_import.ledger import audit, database
from komet_import.ledger.audit import Event
from komet_import.ledger.models import SignInTicket, User, UserSession, now
from komet_import.settings import settings

TICKET_LIFETIME = timedelta(seconds=60)
LONGEST_SESSION = timedelta(days=7)
"""However busy a session is, after this time the password is asked for again."""
SEEN_EVERY = timedelta(minutes=1)
"""A session writes that it was seen at most this often: reading pages should not mean writing rows."""


_listeners: list[Callable[[], None]] = []


def fingerprint(secret: str) -> str:
    """The form in which a ticket, a token or a browser's mark is kept."""
    return hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest()


def open_ticket(session: Session, *, user_id: int, browser: str) -> str:
    """A one-time ticket for a user whose password was right, for the browser with that mark."""
    session.exec(delete(SignInTicket).where(col(SignInTicket.expires_at) < now()))
    ticket = secrets.token_urlsafe(32)
    session.add(
        SignInTicket(
            token_hash=fingerprint(ticket),
            user_id=user_id,
            browser_hash=fingerprint(browser),
            expires_at=now() + TICKET_LIFETIME,
        )
    )
    return ticket


def redeem_ticket(session: Session, *, ticket: str, browser: str) -> str | None:
    """The token of a new session; None for a ticket that is used, too old, or another browser's."""
    found = session.get(SignInTicket, fingerprint(ticket))
    if found is None:
        return None
    if not hmac.compare_digest(found.browser_hash, fingerprint(browser)):
        return None
    # The deletion decides: of two requests with the same ticket one finds the row gone.
    taken = session.exec(delete(SignInTicket).where(col(SignInTicket.token_hash) == found.token_hash))
    user = session.get(User, found.user_id)
    if taken.rowcount != 1 or found.expires_at <= now() or user is None or not user.active:
        return None
    return _open(session, user_id=found.user_id)


def _open(session: Session, *, user_id: int) -> str:
    session.exec(delete(UserSession).where(col(UserSession.expires_at) < now()))
    token = secrets.token_urlsafe(32)
    session.add(
        UserSession(
            token_hash=fingerprint(token),
            user_id=user_id,
            expires_at=now() + max(LONGEST_SESSION, _idle_limit()),
        )
    )
    audit.record(session, what=Event.SIGNED_IN, by=user_id)
    return token


def user_id_of(session: Session, token: str, *, used: bool = True) -> int | None:
    """Whose token this is; None for one that was never given, has ended, or was left unused too long.

    It reads; only once a minute for each session it also writes, apart, that it was seen, and only if
    that need not wait: nobody's page stands still behind another's posting, and the next look writes it.
    Without `used` it is asked by a page that only keeps itself up to date, which is no use.
    """
    token_hash = fingerprint(token)
    found = session.get(UserSession, token_hash)
    moment = now()
    if found is None or found.expires_at <= moment or found.seen_at + _idle_limit() <= moment:
        return None
    if used and found.seen_at + SEEN_EVERY <= moment:
        database.write_if_free(
            update(UserSession).where(col(UserSession.token_hash) == token_hash).values(seen_at=moment)
        )
    return found.user_id


def opened_by(session: Session, token: str) -> int | None:
    """Whose session that token has just been given for, in the transaction that gave it."""
    found = session.get(UserSession, fingerprint(token))
    return found.user_id if found else None


def end(session: Session, token: str) -> None:
    """End the session of that token; nothing happens for one that has ended."""
    found = session.get(UserSession, fingerprint(token))
    if found is not None:
        session.delete(found)
        announce(session)
        audit.record(session, what=Event.SIGNED_OUT, by=found.user_id)


def end_all(session: Session, *, user_id: int, but_token: str | None = None) -> int:
    """End every session of the user, and tickets not yet used; that of `but_token` stays. Returns how many
    sessions that were.
    """
    kept = fingerprint(but_token) if but_token else ""
    ended = session.exec(
        delete(UserSession).where(col(UserSession.user_id) == user_id, col(UserSession.token_hash) != kept)
    )
    session.exec(delete(SignInTicket).where(col(SignInTicket.user_id) == user_id))
    announce(session)
    return ended.rowcount


def when_changed(listener: Callable[[], None]) -> Callable[[], None]:
    """Call the listener, from any thread, once sessions of this process may have ended or have other rights;
    what is returned stops that. Another process learns of it from the database only.
    """
    _listeners.append(listener)
    return lambda: _listeners.remove(listener)


def announce(session: Session) -> None:
    """Tell the listeners as soon as what this transaction has changed about sessions or rights holds."""

    def tell(_session: object) -> None:
        for listener in tuple(_listeners):
            listener()

    event.listen(session, "after_commit", tell, once=True)


def live(moment: datetime) -> tuple[ColumnElement[bool], ...]:
    """What holds of a session that has not ended at that moment and was not left unused too long."""
    return (
        col(UserSession.expires_at) > moment,
        col(UserSession.seen_at) > moment - _idle_limit(),
    )


def count(session: Session, *, user_id: int) -> int:
    """In how many browsers the user is signed in."""
    found = select(UserSession.token_hash).where(UserSession.user_id == user_id, *live(now()))
    return len(session.exec(found).all())


def _idle_limit() -> timedelta:
    return timedelta(hours=settings().session_hours)
