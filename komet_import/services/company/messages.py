"""Messages: a person's own, and for an Admin whether everybody's have gone out.

Each asks for the right of now in the transaction that it works in.
"""

from sqlalchemy import update
from sqlmodel import col

from komet_import.access.users import CurrentUser
from komet_import.ledger import audit, database
from komet_import.ledger.audit import Event
from komet_import.ledger.models import Message, now
from komet_import.outbox import dispatcher, queries
from komet_import.outbox.mail_queue import send_again
from komet_import.outbox.queries import MessageLine, OpenedMessage, Queue, Server
from komet_import.services.rights import require_active, require_admin


def messages(user: CurrentUser, *, limit: int = queries.SHOWN) -> tuple[MessageLine, ...]:
    """This user's messages, newest first. Raises Refusal `no-right`, as do the others here."""
    with database.reading() as session:
        return queries.of_user(session, require_active(session, user).id, limit=limit)


def message(user: CurrentUser, message_id: int) -> OpenedMessage | None:
    """One of this user's messages; None for another's as for one that does not exist."""
    with database.reading() as session:
        return queries.opened(session, message_id, user_id=require_active(session, user).id)


def unread(user: CurrentUser) -> int:
    """How many of this user's messages they have not had before them."""
    with database.reading() as session:
        return queries.unread(session, require_active(session, user).id)


def read(user: CurrentUser, message_id: int) -> None:
    """This user has one of their messages before them."""
    with database.transaction() as session:
        fresh = require_active(session, user)
        session.execute(
            update(Message)
            .where(
                col(Message.id) == message_id,
                col(Message.user_id) == fresh.id,
                col(Message.read_at).is_(None),
            )
            .values(read_at=now())
        )


def send_message(user: CurrentUser, message_id: int) -> int:
    """Send one of this user's messages now; says how many were queued (`mail_queue.send_again`)."""
    with database.work() as session:
        fresh = require_active(session, user)
        count = send_again(session, message_id=message_id, user_id=fresh.id)
        if count:
            audit.record(session, what=Event.MAIL_AGAIN, by=fresh.id, details={"message": message_id})
    return count


def mail_server(user: CurrentUser) -> Server | None:
    """The mail server that is set, if one is."""
    with database.reading() as session:
        require_active(session, user)
    return queries.server()


def mail_queue(user: CurrentUser) -> Queue:
    """Where everybody's messages stand; for Admins."""
    with database.reading() as session:
        require_admin(session, user)
        return queries.queue(session)


def mail_troubled(user: CurrentUser) -> tuple[MessageLine, ...]:
    """Everybody's messages that have not been sent; for Admins."""
    with database.reading() as session:
        require_admin(session, user)
        return queries.troubled(session)


def mail_again(user: CurrentUser) -> int:
    """Send everything now that was not sent; for Admins. Says how many were queued."""
    with database.work() as session:
        fresh = require_admin(session, user)
        count = send_again(session)
        if count:
            audit.record(session, what=Event.MAIL_AGAIN, by=fresh.id, details={"mails": count})
    return count


def mail_test(user: CurrentUser) -> None:
    """Send a test mail to this Admin at once. Raises SendError where the server did not take it.

    That it was asked for is recorded first: nobody waits for a mail server inside a transaction.
    """
    with database.work() as session:
        recipient = require_admin(session, user)
        told = {"recipient": recipient.email}
        audit.record(session, what=Event.MAIL_TESTED, by=recipient.id, details=told)
    dispatcher.send_test(recipient=recipient.email, name=recipient.name)
