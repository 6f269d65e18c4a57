"""What the pages Messages and Mail show, and nothing that they do."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from komet_import.language import _
from komet_import.ledger.database import reading
from komet_import.ledger.models import Message, MessageStatus, User, now
from komet_import.outbox import mail_queue
from komet_import.outbox.mail import why
from komet_import.settings import settings

SHOWN = 200


@dataclass(frozen=True, kw_only=True)
class MessageLine:
    """A message in a list. Times are UTC; `state` says in words where it stands, `reason` why, if need be."""

    id: int
    subject: str
    recipient: str
    user_name: str
    created_at: datetime
    sent_at: datetime | None
    next_try_at: datetime | None
    status: MessageStatus
    being_sent: bool
    state: str
    reason: str
    read: bool

    @property
    def may_be_sent(self) -> bool:
        """Whether a person may ask to send it now."""
        return self.status is not MessageStatus.SENT and not self.being_sent and bool(settings().smtp_host)


@dataclass(frozen=True, kw_only=True)
class OpenedMessage:
    """A message with what it says; `batch_id` is the import that it reports."""

    line: MessageLine
    html: str
    text: str
    batch_id: str | None


@dataclass(frozen=True, kw_only=True)
class Server:
    """The mail server of the settings as people may see it: never its password."""

    host: str
    port: int
    security: str
    account: str
    sender: str


@dataclass(frozen=True, kw_only=True)
class Queue:
    """How many messages stand where."""

    waiting: int
    sent: int
    unclear: int
    failed: int
    unsent: int
    next_try_at: datetime | None


def server() -> Server | None:
    """The mail server that is set, if one is."""
    chosen = settings()
    if not chosen.smtp_host:
        return None
    return Server(
        host=chosen.smtp_host,
        port=chosen.smtp_port,
        security={"starttls": "STARTTLS", "tls": "TLS", "none": _("not encrypted")}[chosen.smtp_security],
        account=chosen.smtp_user,
        sender=chosen.sender,
    )


def anything_due(*, before: datetime) -> bool:
    """Whether a message was due before that time and is not being sent: a look without a lock."""
    due = select(Message.id).where(mail_queue.is_due(before=before)).limit(1)
    with reading() as session:
        return session.exec(due).first() is not None


def of_user(session: Session, user_id: int, *, limit: int = SHOWN) -> tuple[MessageLine, ...]:
    """A user's messages, newest first."""
    return _lines(session, col(Message.user_id) == user_id, limit=limit)


def unread(session: Session, user_id: int) -> int:
    """How many of a user's messages nobody has had before them."""
    mine = (col(Message.user_id) == user_id, col(Message.read_at).is_(None))
    return session.exec(select(func.count()).select_from(Message).where(*mine)).one()


def troubled(session: Session) -> tuple[MessageLine, ...]:
    """Everybody's messages that have not been sent, newest first."""
    return _lines(session, col(Message.status) != MessageStatus.SENT, limit=SHOWN)


def opened(session: Session, message_id: int, *, user_id: int) -> OpenedMessage | None:
    """One of a user's messages; None for another user's as for one that does not exist."""
    found = session.exec(
        select(Message, User.name)
        .join(User, col(User.id) == col(Message.user_id))
        .where(col(Message.id) == message_id, col(Message.user_id) == user_id)
    ).first()
    if found is None:
        return None
    message, name = found
    return OpenedMessage(
        line=_line(message, name), html=message.html, text=message.text, batch_id=message.batch_id
    )


def queue(session: Session) -> Queue:
    """Where all messages stand."""
    counts: dict[str, int] = dict(
        session.exec(select(Message.status, func.count()).group_by(col(Message.status))).all()
    )
    following = session.exec(
        select(func.min(Message.due_at)).where(col(Message.status) == MessageStatus.QUEUED)
    ).one()
    return Queue(
        waiting=counts.get(MessageStatus.QUEUED, 0),
        sent=counts.get(MessageStatus.SENT, 0),
        unclear=counts.get(MessageStatus.UNCLEAR, 0),
        failed=counts.get(MessageStatus.FAILED, 0),
        unsent=counts.get(MessageStatus.UNSENT, 0),
        next_try_at=following,
    )


def _lines(session: Session, which: ColumnElement[bool], *, limit: int) -> tuple[MessageLine, ...]:
    newest = (
        select(Message, User.name)
        .join(User, col(User.id) == col(Message.user_id))
        .where(which)
        .order_by(col(Message.id).desc())
        .limit(limit)
    )
    return tuple(_line(message, name) for message, name in session.exec(newest))


def _line(message: Message, user_name: str) -> MessageLine:
    status = MessageStatus(message.status)
    being_sent = bool(message.claimed_until and message.claimed_until >= now())
    again = mail_queue.will_be_sent_again(message)
    return MessageLine(
        id=message.id or 0,
        subject=message.subject,
        recipient=message.recipient,
        user_name=user_name,
        created_at=message.created_at,
        sent_at=message.sent_at,
        next_try_at=message.due_at if again and not being_sent and message.last_error else None,
        status=status,
        being_sent=being_sent,
        state=_("Being sent") if being_sent else state_of(message),
        reason="" if being_sent else why.told(message.last_error),
        read=message.read_at is not None,
    )


def state_of(message: Message) -> str:
    """Where a mail stands, in words."""
    match MessageStatus(message.status):
        case MessageStatus.SENT:
            return _("Sent")
        case MessageStatus.FAILED:
            return _("Failed")
        case MessageStatus.UNCLEAR if mail_queue.will_be_sent_again(message):
            return _("It may have arrived, and is tried again an hour later")
        case MessageStatus.UNCLEAR:
            return _("It may have arrived, and is not sent again")
        case MessageStatus.UNSENT:
            return _("Not sent: no mail server was set")
    if not settings().smtp_host:
        return _("Waiting: no mail server is set any more")
    return _("Waiting for the next try") if message.last_error else _("About to be sent")
