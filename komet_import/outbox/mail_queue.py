"""The outbox: a mail is written in the transaction of what it reports, and leaves it at least once.

Where a message stands (`MessageStatus`):

    queued ──claim──> being sent ──hand over──> unclear ──> sent
      ^                   ├── temporary failure: │ queued again, later
      │                   └── refused for good, or the last attempt failed: failed
      │                                          └── no answer: unclear, sent again after an hour
      └── `send_again` ── failed, unsent

A claim is a lease: the database gives each message to one dispatcher only, and to another one after the
lease, should the first have died. Before the last line of a mail goes to the server, the message is *unclear*
in the database: whatever happens from then on, a server that answers late, a cut line, a killed program, the
mail may have arrived. It is sent again only after an hour, and at most three times in all, with the same
Message-ID, from which mail programs know the copy: a result that nobody is told of would do harm.

`unsent` messages were written while no mail server was set. A server that is set later does not send them
by itself, since nobody wants the news of last month; a person may.
"""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.utils import parseaddr
from urllib.parse import urlsplit

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, select, update

from komet_import.language import _
from komet_import.language.current import of_person
from komet_import.ledger.database import transaction
from komet_import.ledger.models import Message, MessageStatus, User, now
from komet_import.outbox import bells
from komet_import.outbox.mail import why
from komet_import.outbox.mail.smtp import Letter, longest_verdict
from komet_import.outbox.mail.wording import Composed
from komet_import.refusal import Refusal
from komet_import.settings import settings

DELAYS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720))
"""The waits after each failed attempt: eight attempts within a day."""

MAX_ATTEMPTS = len(DELAYS) + 1

LEASE = timedelta(minutes=10)
"""Of a dispatcher that talks to the server. Should it be late, `hand_over` stops it."""

UNCLEAR_PAUSE = timedelta(hours=1)
MAX_UNCLEAR = 3
"""How often a server may be given the same mail without an answer."""


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
    """Put a mail into the outbox, as part of the caller's transaction; once it is committed, it is sent."""
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
    bells.ring_after(session)
    return message


def new_message_id() -> str:
    """A Message-ID of our own: it stays the same when the mail is sent again."""
    sender = parseaddr(settings().sender)[1].rpartition("@")[2]
    domain = sender if sender.isascii() and sender else urlsplit(settings().public_url).hostname
    return f"<{secrets.token_hex(16)}@{domain or 'localhost'}>"


def is_due(*, before: datetime) -> ColumnElement[bool]:
    """The condition that a message was due before that time, and that nobody is sending it."""
    unclear = and_(col(Message.status) == MessageStatus.UNCLEAR, col(Message.handed_over) < MAX_UNCLEAR)
    return and_(
        or_(col(Message.status) == MessageStatus.QUEUED, unclear),
        col(Message.due_at) <= before,
        or_(col(Message.claimed_until).is_(None), col(Message.claimed_until) < now()),
    )


def will_be_sent_again(message: Message) -> bool:
    """Whether the dispatcher will try it, now or later."""
    unclear = message.status == MessageStatus.UNCLEAR and message.handed_over < MAX_UNCLEAR
    return message.status == MessageStatus.QUEUED or unclear


def claim(*, due_before: datetime) -> Claimed | None:
    """Take the next message that was due before that time, or None.

    Attempts are counted here, so that a message that kills its dispatcher does not do so for ever.
    """
    at = now()
    until = at + LEASE
    # PostgreSQL locks the row that it picks and passes over rows that others have locked; SQLite has one
    # writer at a time and leaves the clause out.
    following = (
        select(Message)
        .where(is_due(before=due_before))
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
        return _claimed(session, message, until)


def hand_over(claimed: Claimed) -> Claimed | None:
    """Say that the server gets the last line now; None where the message is not ours any more."""
    until = now() + longest_verdict() + timedelta(minutes=1)
    with transaction() as session:
        message = _ours(session, claimed)
        if message is None:
            return None
        message.status = MessageStatus.UNCLEAR
        message.handed_over += 1
        message.due_at = now() + UNCLEAR_PAUSE
        message.claimed_until = until
        message.last_error = why.ENDED_BEFORE
    return replace(claimed, until=until)


def mark_sent(claimed: Claimed) -> None:
    """The server has it. Said even if the lease has run out meanwhile: sent is sent."""
    with transaction() as session:
        _change(
            session,
            col(Message.id) == claimed.id,
            {"status": MessageStatus.SENT, "sent_at": now(), "claimed_until": None, "last_error": ""},
        )


def mark_unclear(handed_over: Claimed, *, reason: str) -> None:
    """The server has it and did not say what it does with it: put it back for after the long pause."""
    with transaction() as session:
        if message := _ours(session, handed_over):
            message.last_error = reason
            message.claimed_until = None
            message.due_at = now() + UNCLEAR_PAUSE


def mark_failed(claimed: Claimed, *, reason: str, permanent: bool, answered: bool = False) -> bool:
    """Put it back for later, or give it up. Returns whether it was given up.

    `answered` where it was handed over and the server has answered, so that this attempt is not unclear.
    Does nothing to a message that somebody else has claimed meanwhile.
    """
    given_up = permanent or claimed.attempt >= MAX_ATTEMPTS
    with transaction() as session:
        message = _ours(session, claimed)
        if message is None:
            return False
        message.handed_over -= answered
        message.last_error = reason
        message.claimed_until = None
        if given_up:
            message.status = MessageStatus.FAILED
            return True
        message.due_at = now() + DELAYS[claimed.attempt - 1]
        message.status = MessageStatus.UNCLEAR if message.handed_over else MessageStatus.QUEUED
    return False


def send_again(session: Session, *, message_id: int | None = None, user_id: int | None = None) -> int:
    """Queue failed and unsent messages for now, with all their attempts: one, a user's, or all of them; once
    that is committed, the dispatchers look.

    Queued ones that wait for their next attempt become due now. One that may have arrived is sent again only
    where it is asked for by its ID. Returns how many messages that are.
    Raises Refusal `no-mail-server` where none is set.
    """
    if not settings().smtp_host:
        raise Refusal(
            "no-mail-server", _("No mail server is set: set KOMET_SMTP_HOST and start the server again.")
        )
    unsent = [MessageStatus.FAILED, MessageStatus.UNSENT, MessageStatus.QUEUED]
    if message_id is not None:
        unsent.append(MessageStatus.UNCLEAR)
    which = [
        col(Message.status).in_(unsent),
        or_(col(Message.claimed_until).is_(None), col(Message.claimed_until) < now()),
    ]
    if message_id is not None:
        which.append(col(Message.id) == message_id)
    if user_id is not None:
        which.append(col(Message.user_id) == user_id)
    bells.ring_after(session)
    return _change(
        session,
        and_(*which),
        {
            "status": MessageStatus.QUEUED,
            "due_at": now(),
            "attempts": 0,
            "handed_over": 0,
            "claimed_until": None,
        },
    )


def _ours(session: Session, claimed: Claimed) -> Message | None:
    """The message, locked, while it is still ours to say what became of it."""
    return session.exec(
        select(Message)
        .where(
            col(Message.id) == claimed.id,
            col(Message.status).in_((MessageStatus.QUEUED, MessageStatus.UNCLEAR)),
            col(Message.claimed_until) == claimed.until,
        )
        .with_for_update()
    ).one_or_none()


def _change(session: Session, which: ColumnElement[bool], values: dict[str, object]) -> int:
    return session.connection().execute(update(Message).where(which).values(values)).rowcount


def _claimed(session: Session, message: Message, until: datetime) -> Claimed:
    assert message.id is not None  # noqa: S101  (it came from the database)
    person = session.get_one(User, message.user_id)
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
            language=of_person(person.language, person.met_language),
        ),
    )
