"""What an import does to balances: of a draft as it stands, and of an import as it was.

Only the money of the types that one may import is told, as on the Balances page.
"""

from collections.abc import Collection

from sqlmodel import Session

from komet_import.access import roles
from komet_import.access.users import CurrentUser
from komet_import.language import _
from komet_import.ledger import database, party_history, reversal
from komet_import.ledger.models import Batch
from komet_import.ledger.posting import effects
from komet_import.outbox.mail.wording import MailedChange, MailedChanges
from komet_import.refusal import on_one_line
from komet_import.review.effect import Change, Effect, changes, effect
from komet_import.services.draft.desk import view
from komet_import.services.draft.facts import directory_now
from komet_import.services.rights import require_right, visible
from komet_import.types import ALL
from komet_import.types.money import money

MAILED_CHANGES = 5


def effect_of(user: CurrentUser, batch_id: str) -> Effect | None:
    """What the rows of a draft would do that are ready, or only wait to be confirmed; None for a type without
    money. Raises Refusal as `view`."""
    opened = view(user, batch_id)
    if opened.type.summed is None:
        return None
    with database.reading() as session:
        types = roles.money_types(require_right(session, user, opened.type))
    customers = opened.reference.directory.customers_by_id
    standing = opened.reference.posted.standing
    return effect(opened.type, changes(opened.judgement, waiting=True), standing, customers, types)


def effect_of_reversal(
    session: Session, user: CurrentUser, batch: Batch, rows: Collection[int] | None
) -> Effect:
    """What reversing these rows of an import (None: all that stands) would do now."""
    type = ALL[batch.type]
    factor = type.side.factor if type.side else 1
    coming = [
        Change(party=party, rows=count, amount=-amount * factor, largest=0)
        for party, count, amount in reversal.parties(session, batch.id, rows)
    ]
    stands = party_history.of(session, [change.party for change in coming])
    types = roles.money_types(require_right(session, user, type))
    return effect(type, coming, stands, directory_now(session)[0].customers_by_id, types)


def largest_changes(told: Effect) -> MailedChanges:
    """The largest changes of balances, for a mail; the page has them all."""
    lines = tuple(
        MailedChange(
            customer=on_one_line(f"{line.customer.code} {line.customer.name}"),
            now=money(line.now),
            after=money(line.after),
            note=_("{times:,} times the largest before", times=line.times) if line.times else "",
        )
        for line in told.lines[:MAILED_CHANGES]
    )
    return MailedChanges(lines=lines, more=len(told.lines) - len(lines))


def effect_of_import(user: CurrentUser, batch_id: str) -> Effect | None:
    """What an import did when it was posted, whatever was posted since; None where that was not kept.

    Raises Refusal `not-found`.
    """
    with database.reading() as session:
        type = ALL[visible(session, user, batch_id).type]
        types = roles.money_types(require_right(session, user, type))
        found = effects.kept(session, batch_id)
        if found is None or type.summed is None:
            return None
        customers = directory_now(session)[0].customers_by_id
    coming, standing = found
    return effect(type, coming, standing, customers, types)
