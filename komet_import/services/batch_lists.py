"""Batches in lists: what a line says of one, what queries of many ask alike, and the drafts to go on with."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, and_, func, select
from sqlmodel import col

from komet_import.access import roles
from komet_import.access.users import CurrentUser
from komet_import.ledger import database
from komet_import.ledger.models import (
    BY_MEMORY,
    Batch,
    Edit,
    User,
)
from komet_import.ledger.receipt import Tally
from komet_import.ledger.states import IN_WORK
from komet_import.services.rights import of_now
from komet_import.types import ALL, ImportType

MOST_DRAFTS = 100


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A batch in a list, with the names of who uploaded and who posted it, and how many edits of it stand.

    `current` says of a draft whether what its batch keeps of rows that would be rejected is by the facts of
    now (`freshness`).
    """

    batch: Batch
    type: ImportType
    uploaded_by: str
    mine: bool
    edits: int = 0
    posted_by: str = ""
    current: bool = True

    @property
    def read(self) -> Tally:
        """What was read of it, as it was judged last."""
        return read_of(self.batch)


def read_of(batch: Batch) -> Tally:
    """What was read of a batch, as it was judged when it was changed last."""
    return Tally(
        rows=batch.rows_read,
        amount=batch.amount_read,
        unreadable=batch.rows_unreadable,
        against=batch.rows_negative,
    )


def unfinished(user: CurrentUser) -> list[Listed]:
    """The drafts that this user may go on with, own ones first, then the newest."""
    with database.reading() as session:
        fresh = of_now(session, user)
        allowed = [type.slug for type in roles.types_for(fresh.roles)] if fresh else []
        query = (
            select(Batch, col(User.name), standing_edits())
            .join(User, col(User.id) == col(Batch.uploaded_by))
            .where(col(Batch.status).in_(IN_WORK), col(Batch.type).in_(allowed))
            .order_by(func.coalesce(col(Batch.posted_at), col(Batch.changed_at)).desc())
            .limit(MOST_DRAFTS)
        )
        found = [
            Listed(
                batch=batch,
                type=ALL[batch.type],
                uploaded_by=name,
                mine=batch.uploaded_by == user.id,
                edits=int(count),
            )
            for batch, name, count in session.execute(query)
        ]
    return sorted(found, key=lambda listed: not listed.mine)


STANDS = and_(col(Edit.kind).not_in(BY_MEMORY), col(Edit.undone_at).is_(None))
"""The condition that an edit stands and is a person's, not one that was remembered."""


def standing_edits() -> ScalarSelect[int]:
    """How many such edits of a batch there are; for a query of batches."""
    return select(func.count()).where(col(Edit.batch_id) == col(Batch.id), STANDS).scalar_subquery()


def still_standing(posted: Any, reversed_: Any) -> ColumnElement[int]:
    """What of the posted rows, or of their money, was not reversed."""
    return func.coalesce(posted, 0) - func.coalesce(reversed_, 0)
