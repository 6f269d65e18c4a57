"""The outbox: a mail is written in the transaction of what it reports, and leaves it at least once.

Where a message stands (`MessageStatus`):

    queued ──claim──> being sent ──> sent
      ^                   ├── temporary failure: queued again, later
      │                   └── refused for good, or the last attempt failed: failed
      └── `send_again` ── failed, unsent

A claim is a lease: the database gives each message to one dispatcher only, and to another one after the
lease, should the first have died. Should it die in the moment between the server's answer and the note of
it, nobody knows that the mail was sent: it is sent again, with the same Message-ID, from which mail programs
know the copy. A second copy does no harm; a result that nobody is told of would.

`unsent` messages were written while no mail server was set. A server that is set later does not send them
by itself, since nobody wants the news of last month; a person may.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr
from urllib.parse import urlsplit

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, select, update

from komet_import.ledger.database import transaction
from komet_import.ledger.models import Message, MessageStatus, now
from komet_import.mail.messages import Composed
from komet_import.mail.smtp import Letter
from komet_import.refusal import Refusal
from komet_import.settings import settings

DELAYS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720))
"""The waits after each failed attempt: eight attempts within a day."""

MAX_ATTEMPTS = len(DELAYS) + 1


@dataclass(frozen=True, kw_only=True)
class Claimed:
    """A message that is ours to send until `until`; `attempt` counts from 1."""

    id: int
    attempt: int
    until: datetime
    letter: Letter


def queue(
    session: Session, *, user_id: int, recipient: str, batch_id: str | None, composed: Composed
) -> Message:
    """Put a mail into the outbox, as part of the caller's transaction."""
    message = Message(
        message_id=new_message_id(),
        batch_id=batch_id,
        user_id=user_id,
        recipient=recipient,
        subject=composed.subject,
        html=composed.html,
        text=composed.text,
        status=MessageStatus.QUEUED if settings().smtp_host else MessageStatus.UNSENT,
    )
    session.add(message)
    session.flush()
    return message


def new_message_id() -> str:
    """A Message-ID of our own: it stays the same when the mail is sent again."""
    sender = parseaddr(settings().sender)[1].rpartition("@")[2]
    domain = sender if sender.isascii() and sender else urlsplit(settings().public_url).hostname
    return f"<{secrets.token_hex(16)}@{domain or 'localhost'}>"


def claim(*, due_before: datetime) -> Claimed | None:
    """Take the next message that was due before that time, or None.

    Attempts are counted here, so that a message that kills its dispatcher does not do so for ever.
    """
    at = now()
    until = at + _lease()
    free = and_(
        col(Message.status) == MessageStatus.QUEUED,
        col(Message.due_at) <= due_before,
        or_(col(Message.claimed_until).is_(None), col(Message.claimed_until) < at),
    )
    # PostgreSQL locks the row that it picks and passes over rows that others have locked; SQLite has one
    # writer at a time and leaves the clause out.
    following = (
        select(Message)
        .where(free)
        .order_by(col(Message.due_at), col(Message.id))
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    with transaction() as session:
        message = session.exec(following).one_or_none()
        if message is None:
            return None
        message.claimed_until = until
        message.attempts += 1
        session.flush()
        return _claimed(message, until)


def mark_sent(claimed: Claimed) -> None:
    """The server has it. Said even if the lease has run out meanwhile: sent is sent."""
    with transaction() as session:
        _change(
            session,
            col(Message.id) == claimed.id,
            {"status": MessageStatus.SENT, "sent_at": now(), "claimed_until": None, "last_error": ""},
        )


def mark_failed(claimed: Claimed, *, reason: str, permanent: bool) -> bool:
    """Put it back for later, or give it up. Returns whether it was given up.

    Does nothing to a message that somebody else has claimed meanwhile.
    """
    given_up = permanent or claimed.attempt >= MAX_ATTEMPTS
    change: dict[str, object] = {"last_error": reason, "claimed_until": None}
    if given_up:
        change["status"] = MessageStatus.FAILED
    else:
        change["due_at"] = now() + DELAYS[claimed.attempt - 1]
    ours = and_(
        col(Message.id) == claimed.id,
        col(Message.status) == MessageStatus.QUEUED,
        col(Message.claimed_until) == claimed.until,
    )
    with transaction() as session:
        changed = _change(session, ours, change)
    return given_up and changed > 0


def send_again(*, message_id: int | None = None, user_id: int | None = None) -> int:
    """Queue failed and unsent messages for now, with all their attempts: one, a user's, or all of them.

    Queued ones that wait for their next attempt become due now. Returns how many messages that are.
    Raises Refusal `no-mail-server` where none is set.
    """
    if not settings().smtp_host:
        raise Refusal(
            "no-mail-server", "No mail server is set: set KOMET_SMTP_HOST and start the server again."
        )
    which = [
        col(Message.status).in_((MessageStatus.FAILED, MessageStatus.UNSENT, MessageStatus.QUEUED)),
        or_(col(Message.claimed_until).is_(None), col(Message.claimed_until) < now()),
    ]
    if message_id is not None:
        which.append(col(Message.id) == message_id)
    if user_id is not None:
        which.append(col(Message.user_id) == user_id)
    with transaction() as session:
        return _change(
            session,
            and_(*which),
            {"status": MessageStatus.QUEUED, "due_at": now(), "attempts": 0, "claimed_until": None},
        )


def _lease() -> timedelta:
    """Longer than any sending: an SMTP dialogue has about a dozen waits, each limited by the setting."""
    return timedelta(seconds=max(300, 15 * settings().smtp_timeout_seconds))


def _change(session: Session, which: ColumnElement[bool], values: dict[str, object]) -> int:
    return session.connection().execute(update(Message).where(which).values(values)).rowcount


def _claimed(message: Message, until: datetime) -> Claimed:
    assert message.id is not None  # noqa: S101  (it came from the database)
    return Claimed(
        id=message.id,
        attempt=message.attempts,
        until=until,
        letter=Letter(
            message_id=message.message_id,
            recipient=message.recipient,
            subject=message.subject,
            html=message.html,
            text=message.text,
            written_at=message.created_at,
        ),
    )
