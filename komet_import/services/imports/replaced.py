"""What of an import's values was changed before it was posted: the sheet's own value and what was posted."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from komet_import.access.users import CurrentUser
from komet_import.ledger import database
from komet_import.ledger.models import BY_MEMORY, Batch, Edit, UnpostedRow, User
from komet_import.review.edits import Changes
from komet_import.services.rights import visible
from komet_import.types.codes import code_key


@dataclass(frozen=True, kw_only=True)
class Replaced:
    """A value that stood in a column of the sheet, and what was put in its place, in so many rows that were
    posted; by whom. `known` says whose choice of which import it was where memory put it there."""

    column: str
    before: str
    after: str
    rows: int
    by: str
    known: dict[str, Any] | None


def was_edited(user: CurrentUser, batch_id: str) -> bool:
    """Whether any step of a batch's journal stands, so that values may be others than in the sheet.

    Raises Refusal `not-found`.
    """
    with database.reading() as session:
        batch = visible(session, user, batch_id)
        standing = select(col(Edit.seq)).where(col(Edit.batch_id) == batch.id, col(Edit.undone_at).is_(None))
        return session.execute(standing.limit(1)).one_or_none() is not None


def replaced_values(user: CurrentUser, batch_id: str) -> list[Replaced]:
    """Every value of the sheet that was changed in rows that were posted, most rows first.

    Raises Refusal `not-found`.
    """
    with database.reading() as session:
        batch = visible(session, user, batch_id)
        unposted = set(
            session.execute(
                select(col(UnpostedRow.row)).where(col(UnpostedRow.batch_id) == batch.id)
            ).scalars()
        )
        changed = _changed(session, batch)
        known = {(one["column"], code_key(one["value"])): one for one in batch.reading.get("values", ())}
    counted: Counter[tuple[str, str, str, str, bool]] = Counter()
    for (row, column), (before, after, by, by_memory) in changed.items():
        if row not in unposted and before != after:
            counted[column, before.strip(), after, by, by_memory] += 1
    return [
        Replaced(
            column=column,
            before=before,
            after=after,
            rows=rows,
            by=by,
            known=known.get((column, code_key(before))) if by_memory else None,
        )
        for (column, before, after, by, by_memory), rows in counted.most_common()
    ]


def _changed(session: Session, batch: Batch) -> dict[tuple[int, str], tuple[str, str, str, bool]]:
    """Each cell that standing steps changed: its first text, its last, by whom, and whether memory did it."""
    query = (
        select(col(Edit.kind), col(Edit.changes), col(User.name))
        .join(User, col(User.id) == col(Edit.user_id))
        .where(col(Edit.batch_id) == batch.id, col(Edit.undone_at).is_(None), ~col(Edit.dropped))
        .order_by(col(Edit.seq))
    )
    found: dict[tuple[int, str], tuple[str, str, str, bool]] = {}
    for kind, changes, name in session.execute(query):
        for cell in Changes.from_json(changes).cells:
            first = found.get((cell.row, cell.column), (cell.before,))[0]
            found[cell.row, cell.column] = (first, cell.after, name, kind in BY_MEMORY)
    return found
