"""Browsers that a person has signed in from. Guesses of strangers make such a browser wait for nothing.

The mark is 256 random bits in a cookie of its own, which outlives the session; the database knows only its
SHA-256. It opens nothing: it says only on which counter a wrong password is written (`throttle`).
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, select, update

from komet_import.access.sessions import fingerprint
from komet_import.access.user_details import username_key
from komet_import.ledger.models import TrustedBrowser, User, now

COOKIE = "komet_known"

LIFETIME = timedelta(days=400)
"""Since the last sign-in; the longest that browsers keep a cookie."""
MOST = 20
"""Of one person: each is a counter of its own, so they must not grow without end."""


@dataclass(frozen=True, kw_only=True)
class KnownBrowser:
    """A line of a person's list. `here` is the browser that asks. Timestamps are in UTC."""

    id: int
    created_at: datetime
    seen_at: datetime
    here: bool


def remember(session: Session, *, user_id: int, mark: str) -> str:
    """Note that the user has signed in from the browser with that mark; returns the mark to give it.

    A mark is kept only where it is this user's already. Otherwise the browser gets a new one, which also
    the others of this browser have from then on: nobody can plant a mark that they know, and wait until
    somebody else signs in with it.
    """
    moment = now()
    session.exec(delete(TrustedBrowser).where(col(TrustedBrowser.expires_at) < moment))
    own = _of(session, user_id=user_id, mark=mark)
    if own is None:
        before, mark = fingerprint(mark), secrets.token_urlsafe(32)
        session.exec(
            update(TrustedBrowser)
            .where(col(TrustedBrowser.token_hash) == before)
            .values(token_hash=fingerprint(mark))
        )
        own = TrustedBrowser(token_hash=fingerprint(mark), user_id=user_id, expires_at=moment + LIFETIME)
    own.seen_at, own.expires_at = moment, moment + LIFETIME
    session.add(own)
    session.flush()
    _drop_the_oldest(session, user_id=user_id)
    return mark


def known(session: Session, *, username: str, mark: str) -> int | None:
    """The ID of the browser with that mark, if the user of that name has signed in from it; else None."""
    return session.exec(
        select(TrustedBrowser.id)
        .join(User, col(User.id) == col(TrustedBrowser.user_id))
        .where(
            TrustedBrowser.token_hash == fingerprint(mark),
            TrustedBrowser.expires_at > now(),
            User.username_key == username_key(username),
        )
    ).one_or_none()


def of_user(session: Session, *, user_id: int, mark: str) -> tuple[KnownBrowser, ...]:
    """The user's browsers, the one signed in from last comes first."""
    here = fingerprint(mark)
    rows = session.exec(
        select(TrustedBrowser)
        .where(TrustedBrowser.user_id == user_id, TrustedBrowser.expires_at > now())
        .order_by(col(TrustedBrowser.seen_at).desc(), col(TrustedBrowser.id).desc())
    ).all()
    return tuple(
        KnownBrowser(
            id=row.id or 0,
            created_at=row.created_at,
            seen_at=row.seen_at,
            here=row.token_hash == here,
        )
        for row in rows
    )


def forget(session: Session, *, user_id: int, browser_id: int) -> bool:
    """One browser of the user's is a stranger again; nothing happens for one that is another user's. Returns
    whether there was one.
    """
    gone = session.exec(
        delete(TrustedBrowser).where(
            col(TrustedBrowser.id) == browser_id, col(TrustedBrowser.user_id) == user_id
        )
    )
    return gone.rowcount == 1


def forget_all(session: Session, *, user_id: int, but_mark: str = "") -> None:
    """All browsers of the user's are strangers again; the one with `but_mark` is not."""
    kept = fingerprint(but_mark) if but_mark else ""
    session.exec(
        delete(TrustedBrowser).where(
            col(TrustedBrowser.user_id) == user_id, col(TrustedBrowser.token_hash) != kept
        )
    )


def _of(session: Session, *, user_id: int, mark: str) -> TrustedBrowser | None:
    return session.exec(
        select(TrustedBrowser).where(
            TrustedBrowser.token_hash == fingerprint(mark), TrustedBrowser.user_id == user_id
        )
    ).one_or_none()


def _drop_the_oldest(session: Session, *, user_id: int) -> None:
    newest_first = (
        select(TrustedBrowser.id)
        .where(TrustedBrowser.user_id == user_id)
        .order_by(col(TrustedBrowser.seen_at).desc(), col(TrustedBrowser.id).desc())
    )
    too_many = session.exec(newest_first.offset(MOST)).all()
    session.exec(delete(TrustedBrowser).where(col(TrustedBrowser.id).in_(too_many)))
