"""Reversing an import: the opposite adjustments, the audit entry and the mail in one transaction."""

from collections.abc import Iterable

from sqlmodel import Session

from komet_import.access import users
from komet_import.access.users import CurrentUser
from komet_import.ledger import database, reversal
from komet_import.ledger.reversal import Reversal, ReversalRefusal
from komet_import.outbox import mail_queue
from komet_import.outbox.mail import wording
from komet_import.refusal import Refusal
from komet_import.services.rights import require_right, visible
from komet_import.services.submission import report_url
from komet_import.settings import settings
from komet_import.types import ALL, ImportType

LONGEST_REASON = 200


def reverse(user: CurrentUser, batch_id: str, *, reason: str) -> Reversal:
    """Post the opposite of everything that this import posted; the sheet may then be imported again.

    Raises Refusal `not-found` for an import that the user may not see, `reason-missing`, `reason-too-long`,
    and ReversalRefusal `already-reversed`, `not-imported`, `nothing-to-reverse`, `no-reversal`.
    """
    with database.transaction() as session:
        batch = visible(session, user, batch_id)
        type = ALL[batch.type]
        fresh = require_right(session, user, type)
        if not type.once:
            raise ReversalRefusal(
                "no-reversal",
                f"An import of {type.title} cannot be reversed: it posted no money. "
                "Correct the sheet and import it again instead.",
            )
        done = reversal.reverse(
            session,
            batch_id=batch_id,
            user_id=fresh.id,
            user_name=fresh.name,
            reason=_reason(reason),
        )
        importer = users.current(session, batch.posted_by or fresh.id)
        told = {person.id: person for person in (fresh, importer) if person is not None}
        _queue_mails(session, done, told.values(), type)
    return done


def _queue_mails(session: Session, done: Reversal, people: Iterable[CurrentUser], type: ImportType) -> None:
    """Tell who reversed it, and who had imported it: the books of both are other ones now."""
    for person in people:
        composed = wording.compose_reversal(
            done,
            recipient_name=person.name,
            report_url=report_url(done.batch_id),
            company=settings().company,
            type=type,
        )
        mail_queue.queue(
            session, user_id=person.id, recipient=person.email, batch_id=done.batch_id, composed=composed
        )


def reversed_when(user: CurrentUser, batch_id: str) -> Reversal | None:
    """When, by whom and why an import was reversed; None where it stands. Raises Refusal `not-found`."""
    with database.reading() as session:
        return reversal.reversal_of(session, visible(session, user, batch_id))


def _reason(typed: str) -> str:
    reason = wording.one_line(typed)
    if not reason:
        raise Refusal("reason-missing", "Say in a few words why this import is reversed.")
    if len(reason) > LONGEST_REASON:
        raise Refusal(
            "reason-too-long",
            f"The reason has {len(reason):,} characters; shorten it to at most {LONGEST_REASON}.",
        )
    return reason
