"""A mail to a person of this app, in their language, in the transaction of what it tells."""

from collections.abc import Callable

from sqlmodel import Session

from komet_import.access.readers import reader, telling
from komet_import.access.users import CurrentUser
from komet_import.outbox import mail_queue
from komet_import.outbox.mail.wording import Composed


def queue_mail(
    session: Session, person: CurrentUser, compose: Callable[[], Composed], *, batch_id: str | None
) -> None:
    """Compose it in the words and the units of that person, and queue it for them."""
    with telling(reader(person)):
        composed = compose()
    mail_queue.queue(session, user_id=person.id, recipient=person.email, batch_id=batch_id, composed=composed)
