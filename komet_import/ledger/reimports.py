"""Documents that were reversed in one import and imported again in a later one.

The same document is one of the same type and customer with the same number; of those without a number one of
the same day, money and place. Read from the adjustments themselves, so it is told of imports of before too.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, case, func, select, union_all
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from komet_import.ledger.models import Adjustment, Batch, User
from komet_import.ledger.models.postings import numbered


@dataclass(frozen=True, kw_only=True)
class Again:
    """So many documents that were reversed in one import and imported again in a later one: seen from the
    first (`here_first`) or from the later one. `file_name` is that of the other; `at` and `by` are of the
    later one."""

    at: datetime
    by: str
    file_name: str
    documents: int
    here_first: bool


def coming_again(session: Session, batch_id: str) -> Iterator[Again]:
    """What was reversed here and imported again elsewhere, and what was imported here after it was reversed
    elsewhere."""
    first, opposite, second = aliased(Adjustment), aliased(Adjustment), aliased(Adjustment)
    later = and_(
        col(second.customer_id) == col(first.customer_id),
        col(second.type) == col(first.type),
        col(second.batch_id) != col(first.batch_id),
        col(second.posted_at) >= col(opposite.posted_at),
    )
    # A reversal is nothing that was imported, and is by nobody here. As a condition of the join this would
    # lead SQLite, whose index on it is unique, to begin with all that reverse nothing: the whole ledger.
    importer = case((col(second.reverses_id).is_(None), col(second.posted_by)))
    # Apart: each has an index of its own, and with "or" neither is used.
    with_number = and_(
        numbered(first),
        numbered(second),
        col(second.number_key) == col(first.number_key),
        func.lower(col(second.number)) == func.lower(col(first.number)),
    )
    without = and_(
        col(first.number) == "",
        col(second.number) == "",
        col(second.credit_date) == col(first.credit_date),
        col(second.amount) == col(first.amount),
        func.coalesce(col(second.location_id), 0) == func.coalesce(col(first.location_id), 0),
    )
    for here, other in ((first, second), (second, first)):
        found = union_all(
            *(
                select(
                    col(other.batch_id).label("batch_id"),
                    col(here.row).label("row"),
                    col(second.posted_at).label("at"),
                    importer.label("by"),
                )
                .select_from(first)
                .join(opposite, col(opposite.reverses_id) == col(first.id))
                .join(second, and_(later, same))
                .where(col(here.batch_id) == batch_id)
                for same in (with_number, without)
            )
        ).subquery()
        query = (
            select(
                col(Batch.file_name),
                func.max(found.c.at),
                func.max(col(User.name)),
                func.count(found.c.row.distinct()),
            )
            .select_from(found)
            .join(Batch, col(Batch.id) == found.c.batch_id)
            .join(User, col(User.id) == found.c.by)
            .group_by(col(Batch.id), col(Batch.file_name))
        )
        for file_name, at, by, documents in session.execute(query):
            yield Again(at=at, by=by, file_name=file_name, documents=documents, here_first=here is first)
