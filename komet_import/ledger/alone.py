"""What nobody but its preparer saw of a file before it was posted: a file that is imported in parts, sheet by
sheet or as rejected rows that come again, is no smaller for the limit that asks for a second person.
"""

from sqlalchemy import func, or_, select
from sqlmodel import Session, col

from komet_import.ledger.models import Batch


def posted_alone(session: Session, batch: Batch) -> int:
    """The money (thousandths) that was posted without a second person, and stands, of other imports of the
    batch's file, and of those whose rejected rows it brings back.
    """
    same_file = col(Batch.sha256) == batch.sha256
    stands = col(Batch.amount_posted) - func.coalesce(col(Batch.amount_reversed), 0)
    return int(
        session.execute(
            select(func.coalesce(func.sum(stands), 0)).where(
                col(Batch.type) == batch.type,
                col(Batch.id) != batch.id,
                col(Batch.posted_at).is_not(None),
                # Approved is what somebody posts who did not prepare it.
                or_(col(Batch.prepared_by).is_(None), col(Batch.prepared_by) == col(Batch.posted_by)),
                or_(same_file, col(Batch.id).in_(batch.continues)) if batch.continues else same_file,
            )
        ).scalar_one()
    )
