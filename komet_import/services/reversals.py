"""Reversing an import or rows of it: the opposites, the audit entry and the mails in one transaction."""

from collections.abc import Collection, Iterable

from sqlmodel import Session

from komet_import.access import roles, users
from komet_import.access.users import CurrentUser
from komet_import.ledger import database, reasons, reversal, reversal_record
from komet_import.ledger.models import Batch
from komet_import.ledger.reversal import ReversalRefusal
from komet_import.ledger.reversal_record import Reversal
from komet_import.outbox import mail_queue
from komet_import.outbox.mail import wording
from komet_import.services.rights import require_reverser, require_right, visible
from komet_import.services.submission import report_url
from komet_import.settings import settings
from komet_import.types import ALL, ImportType

LONGEST_REASON = reasons.LONGEST


def reverse(
    user: CurrentUser, batch_id: str, *, reason: str, rows: Collection[int] | None = None
) -> Reversal:
    """Post the opposite of what this import posted: of all that stands of it, or of chosen Excel rows.

    What is reversed may then be imported again. Of chosen rows those that cannot be reversed are named in
    what is returned. Raises Refusal `not-found` for an import that the user may not see, `no-right`,
    `reason-missing`, `reason-too-long`, and ReversalRefusal `already-reversed`, `not-imported`,
    `nothing-to-reverse`, `no-reversal`.
    """
    with database.transaction() as session:
        batch = visible(session, user, batch_id)
        type = ALL[batch.type]
        fresh = require_right(session, user, type)
        require_reverser(fresh, type)
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
            reason=reasons.given(reason),
            rows=rows,
        )
        _queue_mails(session, done, _told(session, batch, fresh), type)
    return done


def may_reverse(user: CurrentUser, batch: Batch) -> bool:
    """Whether a page offers this user to reverse the import; the use case asks again."""
    return ALL[batch.type].once and roles.may_reverse(user, ALL[batch.type])


def reversals(user: CurrentUser, batch_id: str) -> list[Reversal]:
    """When, by whom and why an import or rows of it were reversed, in order. Raises Refusal `not-found`."""
    with database.reading() as session:
        return reversal_record.reversals_of(session, visible(session, user, batch_id))


def _told(session: Session, batch: Batch, by: CurrentUser) -> Iterable[CurrentUser]:
    """Who reversed it, and who had imported it: the books of both are other ones now."""
    importer = users.current(session, batch.posted_by or by.id)
    return {person.id: person for person in (by, importer) if person is not None}.values()


def _queue_mails(session: Session, done: Reversal, people: Iterable[CurrentUser], type: ImportType) -> None:
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
