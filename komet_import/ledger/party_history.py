"""What stands in the ledger for the parties of a sheet: the history that its rows are judged against.

Read from one index, for those parties only: a full ledger makes it no slower than their own documents do.
"""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Integer, case, func, select
from sqlmodel import Session, col

from komet_import.ledger import portions
from komet_import.ledger.models import OWN_OPPOSITE, Adjustment, Opposite
from komet_import.review.reference import PartyStanding

_ORIGINAL = func.coalesce(col(Adjustment.reverses_id), 0) == 0
"""No opposite. Said so that SQLite does not look for it on the index of `reverses_id`: it is nearly all."""
_SIZE = func.abs(col(Adjustment.amount))


def of(session: Session, parties: Collection[int]) -> dict[int, dict[str, PartyStanding]]:
    """What stands for each of these customers, by the slug of the type; one without anything has a blank."""
    found: dict[int, dict[str, PartyStanding]] = {party: {} for party in parties}
    if not found:
        return found
    theirs = _theirs(session, sorted(parties))
    query = (
        select(
            col(Adjustment.customer_id),
            col(Adjustment.type),
            func.count(col(Adjustment.id)),
            func.count(col(Adjustment.reverses_id)),
            func.sum(col(Adjustment.amount)),
            func.max(case((_ORIGINAL, _SIZE))),
            func.max(case((_ORIGINAL, None), else_=_SIZE)),
        )
        .where(theirs)
        .group_by(col(Adjustment.customer_id), col(Adjustment.type))
    )
    unsure = set()
    for party, slug, rows, opposites, amount, largest, reversed_ in session.execute(query):
        found[party][slug] = PartyStanding(
            documents=rows - 2 * opposites, amount=int(amount), largest=largest
        )
        if opposites and reversed_ >= largest:
            unsure.add(party)
    for party, slug, largest in _largest(session, sorted(unsure)):
        found[party][slug] = found[party][slug]._replace(largest=largest or 0)
    return found


def _theirs(session: Session, parties: Sequence[int]) -> ColumnElement[bool]:
    rows, (party,) = portions.asked(session, ([party] for party in parties), [Integer])
    return col(Adjustment.customer_id).in_(select(party).select_from(rows))


def _largest(session: Session, parties: Sequence[int]) -> Sequence[Any]:
    """The largest that stands, where the largest of all was reversed."""
    if not parties:
        return []
    reversed_ = select(col(Opposite.id)).where(OWN_OPPOSITE).exists()
    query = (
        select(
            col(Adjustment.customer_id),
            col(Adjustment.type),
            func.max(case((~reversed_, _SIZE))),
        )
        .where(_theirs(session, parties), _ORIGINAL)
        .group_by(col(Adjustment.customer_id), col(Adjustment.type))
    )
    return session.execute(query).all()
