"""Rejected rows that come back: each may be posted once, however often and on whatever way it returns.

A rejected row comes back in the downloaded workbook or in the draft of the report's button (there its key
says which it is, `sheets.row_keys`), or with the same file uploaded anew. Rejected again, it is still the
same row. So what is claimed is the row of the file in which it was rejected first, its *origin*; posting
claims it by a primary key, and a reversal gives it back with the batch's other claims.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from komet_import.ledger.models import Batch, BatchStatus, Claim, DroppedRow, UnpostedRow
from komet_import.ledger.portions import portions
from komet_import.ledger.states import FINISHED
from komet_import.review.reference import Corrected, Origin
from komet_import.row_numbers import APART, sheet_and_row
from komet_import.sheets.row_keys import RowKey

CLAIM = "rejected-row"
REJECTED = "rejected"


def origin_key(type_slug: str, sha256: str, sheet: str, row: int) -> str:
    """The key of a row of a sheet of a file, under which it is claimed."""
    return f"{hashlib.sha256(f'{type_slug}:{sha256}:{sheet}'.encode()).hexdigest()}:{row}"


def origins(
    session: Session, batch: Batch, sheets: Sequence[str], keys: Mapping[int, RowKey]
) -> dict[int, Origin]:
    """The rows of a draft that were rejected before, by their number: those of the same sheets of the same
    file, and those whose key names a row that was rejected. A key that is not ours says nothing.
    """
    found = {}
    for earlier in _rejected(session, batch, col(Batch.sha256) == batch.sha256):
        sheet, row = _place(earlier, earlier.row)
        if sheet in sheets:
            found[sheets.index(sheet) * APART + row] = _origin(earlier)
    named = _by_place(session, batch, {key.batch_id for key in keys.values()})
    for row, key in keys.items():
        earlier = named.get((key.batch_id, key.row))
        if earlier is not None and key.fits(earlier.sha256):
            found[row] = _origin(earlier)
    return found


def corrected(session: Session, keys: Iterable[str]) -> dict[str, Corrected]:
    """Where rows were corrected: of these origins those that stand posted, with their place."""
    found: dict[str, Corrected] = {}
    for some in portions(sorted(set(keys))):
        query = (
            select(col(Claim.key), col(Claim.batch_id), col(Claim.row), col(Batch.file_name))
            .join(Batch, col(Batch.id) == col(Claim.batch_id))
            .where(col(Claim.scope) == CLAIM, col(Claim.key).in_(some))
        )
        for key, batch_id, row, file_name in session.execute(query):
            found[key] = Corrected(batch_id, file_name, row)
    return found


def continued(origins: Mapping[int, Origin]) -> list[str]:
    """The imports whose rejected rows a batch with these rows brings back."""
    return sorted({origin.batch_id for origin in origins.values()})


@dataclass(frozen=True, kw_only=True)
class StillRejected:
    """The rejected rows of an import that nobody has corrected: those that are `open`, by the keys of their
    origins, with the money of each in thousandths (None: none that could be read); how many somebody
    dropped; and whether the others are `withdrawn`, so that none is open."""

    open: Mapping[str, int | None]
    dropped: int
    withdrawn: bool = False

    @property
    def rows(self) -> int:
        """How many are open."""
        return len(self.open)


def still_rejected(session: Session, slugs: Iterable[str]) -> dict[str, StillRejected]:
    """The imports of these types, by id, that have rejected rows which nobody has corrected; not those that
    were reversed. A row that was rejected again is a row of both imports, under the same key."""
    standing = (
        col(Batch.status) == BatchStatus.POSTED,
        col(Batch.type).in_(list(slugs)),
        col(Batch.rows_rejected) > 0,
    )
    batches = {
        row.id: row
        for row in session.execute(
            select(col(Batch.id), col(Batch.type), col(Batch.sha256), col(Batch.reading)).where(*standing)
        )
    }
    done = set(session.execute(select(col(Claim.key)).where(col(Claim.scope) == CLAIM)).scalars())
    dropped = set(session.execute(select(col(DroppedRow.key))).scalars())
    query = select(
        col(UnpostedRow.batch_id), col(UnpostedRow.row), col(UnpostedRow.origin), col(UnpostedRow.amount)
    ).where(
        col(UnpostedRow.outcome) == REJECTED,
        col(UnpostedRow.batch_id).in_(select(col(Batch.id)).where(*standing)),
    )
    found: dict[str, dict[str, int | None]] = {}
    gone = withdrawn(session)
    for batch_id, row, origin, amount in session.execute(query):
        batch = batches.get(batch_id)  # or it was posted a moment ago
        if batch is not None and (key := key_of(batch, row, origin)) not in done:
            found.setdefault(batch_id, {})[key] = amount
    return {
        id_: StillRejected(
            open={} if id_ in gone else {key: sum for key, sum in rows.items() if key not in dropped},
            dropped=len(rows.keys() & dropped),
            withdrawn=id_ in gone and not rows.keys() <= dropped,
        )
        for id_, rows in found.items()
    }


def withdrawn(session: Session) -> set[str]:
    """The imports with rejected rows that wait for nobody: those that were reversed, whose sheet may come
    again and the rows with it; and those that posted nothing of the rows that they brought back from such
    imports, for nothing of them could be reversed."""
    query = select(col(Batch.id), col(Batch.status), col(Batch.rows_posted), col(Batch.continues)).where(
        col(Batch.status).in_(FINISHED), col(Batch.rows_rejected) > 0
    )
    gone: set[str] = set()
    for batch_id, status, posted, continues in session.execute(query.order_by(col(Batch.posted_at))):
        if status == BatchStatus.REVERSED or (not posted and continues and gone.issuperset(continues)):
            gone.add(batch_id)
    return gone


def key_of(batch: Any, row: int, origin: str | None) -> str:
    """The origin's key of a row that a batch rejected; its own where it was the first to reject it."""
    return origin or origin_key(batch.type, batch.sha256, *_place(batch, row))


def _place(batch: Any, row: int) -> tuple[str, int]:
    """The sheet of a row of a batch, and its number there."""
    return sheet_and_row(row, batch.reading["sheet"], batch.reading.get("parts", ()))


def _rejected(session: Session, batch: Batch, *where: Any) -> Iterable[Any]:
    """Rejected rows of finished batches of the same type, the first rejection last."""
    query = (
        select(
            col(UnpostedRow.row),
            col(UnpostedRow.origin),
            col(Batch.id).label("batch_id"),
            col(Batch.type),
            col(Batch.sha256),
            col(Batch.reading),
            col(Batch.file_name),
        )
        .join(Batch, col(Batch.id) == col(UnpostedRow.batch_id))
        .where(
            col(Batch.type) == batch.type,
            col(Batch.status).in_(FINISHED),
            col(UnpostedRow.outcome) == REJECTED,
            *where,
        )
        .order_by(col(Batch.posted_at).desc(), col(UnpostedRow.id))
    )
    return session.execute(query)


def _by_place(session: Session, batch: Batch, batch_ids: set[str]) -> dict[tuple[str, int], Any]:
    """Rejected rows by batch and row."""
    found = {}
    for some in portions(sorted(batch_ids)):
        for row in _rejected(session, batch, col(Batch.id).in_(some)):
            found[row.batch_id, row.row] = row
    return found


def _origin(earlier: Any) -> Origin:
    key = key_of(earlier, earlier.row, earlier.origin)
    return Origin(key, earlier.file_name, earlier.row, earlier.batch_id)
