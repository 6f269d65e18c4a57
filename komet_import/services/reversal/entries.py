"""Reversing an import or rows of it: the opposites, the audit entry and the mails in one transaction."""

from collections.abc import Collection, Iterable
from functools import partial

from sqlmodel import Session

from komet_import.access import roles, users
from komet_import.access.users import CurrentUser
from komet_import.language import _
from komet_import.ledger import database, reasons, reversal, reversal_record
from komet_import.ledger.models import Batch, User
from komet_import.ledger.reversal import Chosen, ReversalRefusal
from komet_import.ledger.reversal_record import Reversal
from komet_import.outbox.mail import wording
from komet_import.review.tally import Tally
from komet_import.services.news.mails import queue_mail
from komet_import.services.news.result_mail import report_url
from komet_import.services.rights import require_reverser, require_right, visible
from komet_import.services.second_person import EVERY_REVERSAL, WITH_EARLIER_REVERSALS, why_above
from komet_import.settings import settings
from komet_import.types import ALL, ImportType

LONGEST_REASON = reasons.LONGEST


def reverse(
    user: CurrentUser,
    batch_id: str,
    *,
    reason: str,
    rows: Collection[int] | None = None,
    promised: Tally | None = None,
) -> Reversal:
    """Post the opposite of what this import posted: of all that stands of it, or of chosen Excel rows.

    What is reversed may then be imported again. Of chosen rows those that cannot be reversed are named in
    what is returned; all that stands is reversed where that is what was `promised`, if anything was. Raises
    Refusal as `require_reversible`, `reason-missing`, `reason-too-long`, and ReversalRefusal
    `needs-approval`, as `require_promised` and as `ledger.reversal.chosen`.
    """
    with database.connected() as connection, database.work(connection) as session:
        fresh, batch = require_reversible(session, user, batch_id)
        found = reversal.chosen(session, batch_id, rows)
        require_promised(found, promised)
        done = reversal_record.reversals_of(session, batch)
        if why := why_second(ALL[batch.type], found.tally.amount, done):
            raise ReversalRefusal(
                "needs-approval", _("{why} Send it for approval; nothing was reversed.", why=why)
            )
        return carry_out(session, found, by=fresh, reason=reasons.given(reason))


def require_promised(found: Chosen, promised: Tally | None) -> None:
    """Raises ReversalRefusal `rows-changed` where other rows or another sum would be reversed."""
    if promised is not None and found.tally != promised:
        raise ReversalRefusal(
            "rows-changed",
            _("Rows of this import were reversed meanwhile, so nothing was done. Look at it again."),
        )


def require_reversible(session: Session, user: CurrentUser, batch_id: str) -> tuple[CurrentUser, Batch]:
    """The user with the rights of now, who may reverse this import, and the import.

    Raises Refusal `not-found` for one that the user may not see, `no-right`, ReversalRefusal `no-reversal`.
    """
    batch = visible(session, user, batch_id)
    type = ALL[batch.type]
    fresh = require_right(session, user, type)
    require_reverser(fresh, type)
    if not type.once:
        raise ReversalRefusal(
            "no-reversal",
            _(
                "An import of {title} cannot be reversed: it posted no money. Correct the sheet and import "
                "it again instead.",
                title=_(type.title),
            ),
        )
    return fresh, batch


def carry_out(
    session: Session, found: Chosen, *, by: CurrentUser, reason: str, asked_by: User | None = None
) -> Reversal:
    """Reverse what was chosen, and mail whoever has to do with it. `asked_by` is who had asked for it, where
    `by` approves that."""
    done = reversal.reverse(
        session,
        found,
        user_id=by.id,
        user_name=by.name,
        reason=reason,
        asked_by=asked_by.name if asked_by else "",
    )
    _queue_mails(session, done, _told(session, found.batch, by, asked_by), ALL[found.batch.type])
    return done


def why_second(type: ImportType, amount: int | None, done: Iterable[Reversal]) -> str:
    """Why a second person must approve a reversal of so much, in one sentence; blank where nobody must. That
    of an import whose control totals differ asks for nobody: its reversal has none.

    `done` are the reversals of the import before: what no second person saw of them counts with it, for an
    import that is reversed in parts is no smaller.
    """
    if not type.summed:
        return ""
    if settings().approval == "always":
        return _(EVERY_REVERSAL)
    alone = sum(one.taken_back.amount or 0 for one in done if not one.asked_by)
    return why_above(amount, alone, together=WITH_EARLIER_REVERSALS)


def may_reverse(user: CurrentUser, batch: Batch) -> bool:
    """Whether a page offers this user to reverse the import; the use case asks again."""
    return ALL[batch.type].once and roles.may_reverse(user, ALL[batch.type])


def reversals(user: CurrentUser, batch_id: str) -> list[Reversal]:
    """When, by whom and why an import or rows of it were reversed, in order. Raises Refusal `not-found`."""
    with database.reading() as session:
        return reversal_record.reversals_of(session, visible(session, user, batch_id))


def _told(session: Session, batch: Batch, by: CurrentUser, asked_by: User | None) -> Iterable[CurrentUser]:
    """Who reversed it, who asked for that, and who had imported it: the books of all are other ones now."""
    importer = users.current(session, batch.posted_by or by.id)
    asker = users.current(session, asked_by.id or 0) if asked_by else None
    return {person.id: person for person in (by, asker, importer) if person is not None}.values()


def _queue_mails(session: Session, done: Reversal, people: Iterable[CurrentUser], type: ImportType) -> None:
    for person in people:
        composed = partial(
            wording.compose_reversal,
            done,
            recipient_name=person.name,
            report_url=report_url(done.batch_id),
            company=settings().told_company,
            type=type,
        )
        queue_mail(session, person, composed, batch_id=done.batch_id)
