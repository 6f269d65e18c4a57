"""A person and a receipt to write mails about, and the patience to wait for a thread that sends them."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

from komet_import.ledger.database import transaction
from komet_import.ledger.models import Message, User
from komet_import.ledger.receipt import Receipt, Tally
from komet_import.outbox import mail_queue
from komet_import.outbox.mail.result import compose_result
from komet_import.outbox.mail.wording import Composed
from komet_import.types import OPEN_CREDITS

WRITTEN = datetime(2026, 3, 2, 10, 42, tzinfo=UTC)
ADDRESS = "rita@komet.example"


PATIENCE = 30.0


def eventually(happened: Callable[[], bool]) -> None:
    """Wait for what a thread does, long enough for a busy machine; then say that it did not happen."""
    end = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


def receipt(
    *,
    posted: int = 37,
    rejected: int = 3,
    left_out: int = 0,
    file_name: str = "march-credits.xlsx",
    posted_by: str = "Rita Álvarez",
    money: bool = True,
) -> Receipt:
    """A receipt in which every row is worth $2.50."""

    def tally(rows: int) -> Tally:
        return Tally(rows=rows, amount=rows * 2500 if money else None)

    return Receipt(
        batch_id="BATCH1",
        type_slug="open-credits",
        file_name=file_name,
        posted_at=WRITTEN,
        posted_by=posted_by,
        read=tally(posted + rejected + left_out),
        posted=tally(posted),
        rejected=tally(rejected),
        left_out=tally(left_out),
        counted=tally(posted + rejected + left_out),
    )


def composed(of: Receipt | None = None, *, name: str = "Rita Álvarez") -> Composed:
    """The mail about a receipt."""
    return compose_result(
        of or receipt(),
        recipient_name=name,
        reasons=[("Unknown customer", 2), ("Must be above zero", 1)],
        report_url="http://localhost:8501/report?batch=BATCH1",
        company="Petals & Co.",
        type=OPEN_CREDITS,
    )


def add_person(name: str = "Rita Álvarez") -> int:
    """A user in the database; returns the ID."""
    with transaction() as session:
        user = User(username=name, username_key=name.upper(), name=name, email=ADDRESS, password_hash="none")
        session.add(user)
        session.flush()
        assert user.id is not None
        return user.id


def queue_mail(user_id: int, *, recipient: str = ADDRESS, mail: Composed | None = None) -> int:
    """A mail in the outbox; returns its ID."""
    with transaction() as session:
        queued = mail_queue.queue(
            session, user_id=user_id, recipient=recipient, batch_id=None, composed=mail or composed()
        )
        assert queued.id is not None
        return queued.id


def send_again(*, message_id: int | None = None, user_id: int | None = None) -> int:
    """Queue what was not sent, as the front door does."""
    with transaction() as session:
        return mail_queue.send_again(session, message_id=message_id, user_id=user_id)


def message(message_id: int) -> Message:
    """A message as it stands in the database."""
    with transaction() as session:
        return session.get_one(Message, message_id)
