"""Messages: a person's own, and for an Admin whether everybody's have gone out."""

from komet_import.access.users import CurrentUser
from komet_import.ledger import database
from komet_import.outbox import dispatcher, queries
from komet_import.outbox.queries import MessageLine, OpenedMessage, Queue, Server
from komet_import.services.rights import require_active, require_admin


def messages(user: CurrentUser, *, limit: int = queries.SHOWN) -> tuple[MessageLine, ...]:
    """This user's messages, newest first. Raises Refusal `no-right`, as do the others here."""
    return queries.of_user(_active(user), limit=limit)


def message(user: CurrentUser, message_id: int) -> OpenedMessage | None:
    """One of this user's messages; None for another's as for one that does not exist."""
    return queries.opened(message_id, user_id=_active(user))


def send_message(user: CurrentUser, message_id: int) -> int:
    """Send one of this user's messages now; says how many were queued (`dispatcher.send_again`)."""
    return dispatcher.send_again(message_id=message_id, user_id=_active(user))


def mail_server(user: CurrentUser) -> Server | None:
    """The mail server that is set, if one is."""
    _active(user)
    return queries.server()


def mail_queue(user: CurrentUser) -> Queue:
    """Where everybody's messages stand; for Admins."""
    _admin(user)
    return queries.queue()


def mail_troubled(user: CurrentUser) -> tuple[MessageLine, ...]:
    """Everybody's messages that have not been sent; for Admins."""
    _admin(user)
    return queries.troubled()


def mail_again(user: CurrentUser) -> int:
    """Send everything now that was not sent; for Admins. Says how many were queued."""
    _admin(user)
    return dispatcher.send_again()


def mail_test(user: CurrentUser) -> None:
    """Send a test mail to this Admin at once. Raises SendError where the server did not take it."""
    recipient = _admin(user)
    dispatcher.send_test(recipient=recipient.email, name=recipient.name)


def _active(user: CurrentUser) -> int:
    with database.reading() as session:
        return require_active(session, user).id


def _admin(user: CurrentUser) -> CurrentUser:
    with database.reading() as session:
        return require_admin(session, user)
