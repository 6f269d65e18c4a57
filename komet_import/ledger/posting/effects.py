"""What an import did to balances, kept in its posting: what stood then cannot be added up later, when others
have posted and reversed in between.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert, select
from sqlmodel import Session, col

from komet_import.ledger.models import BatchEffect
from komet_import.ledger.posting.shared import Posting
from komet_import.review.effect import Change, changes
from komet_import.review.reference import PartyStanding


def written(posting: Posting) -> list[Any]:
    """Of each party what comes, and what stood of each type of money before."""
    return [
        [*change, {slug: list(stands) for slug, stands in posting.standing.get(change.party, {}).items()}]
        for change in changes(posting.judgement)
    ]


def keep(session: Session, batch_id: str, parties: list[Any]) -> None:
    """Keep it with the batch, while that is a draft."""
    session.execute(insert(BatchEffect).values(batch_id=batch_id, parties=parties))


def kept(
    session: Session, batch_id: str
) -> tuple[tuple[Change, ...], Mapping[int, Mapping[str, PartyStanding]]] | None:
    """What came, and what stood before, by party; None for an import of before this was kept."""
    query = select(col(BatchEffect.parties)).where(col(BatchEffect.batch_id) == batch_id)
    parties = session.execute(query).scalar_one_or_none()
    if parties is None:
        return None
    coming = tuple(Change(*change) for *change, _ in parties)
    standing = {
        change[0]: {slug: PartyStanding(*stands) for slug, stands in stood.items()}
        for *change, stood in parties
    }
    return coming, standing
