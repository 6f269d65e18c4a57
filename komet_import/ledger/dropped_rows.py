"""Rejected rows that somebody decided not to import: kept with the reason, and taken back with a click.

What is dropped is the row of the file in which it was rejected first (`corrections`), on whatever report that
was done: it is in no workbook of rejected rows any more, and is refused where it comes back all the same.
That a row is dropped or open again moves the facts on, so that a posting of it that was judged before is
judged again. Who did it is in the audit trail, in one commit.
"""

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import delete, insert, select
from sqlmodel import Session, col

from komet_import.language import _, ngettext
from komet_import.language.lists import listed
from komet_import.ledger import audit, corrections
from komet_import.ledger.audit import Event
from komet_import.ledger.models import Batch, DroppedRow, Facts, UnpostedRow, User, now
from komet_import.ledger.portions import portions
from komet_import.refusal import Refusal
from komet_import.review.reference import Dropped


def drop(session: Session, batch: Batch, rows: Collection[int], *, reason: str, by: int) -> None:
    """Drop rejected rows of a posted batch: all of them or none.

    Raises Refusal `not-rejected`, `already-corrected` and `already-dropped`.
    """
    keys = _held(session, batch, rows)
    if places := corrections.corrected(session, keys):
        done = sorted(row for key, row in keys.items() if key in places)
        where = listed(sorted({f"“{place.file_name}”" for place in places.values()}))
        raise Refusal(
            "already-corrected",
            ngettext(
                "Row {rows} was already corrected in {where}; nothing was dropped.",
                "Rows {rows} were already corrected in {where}; nothing was dropped.",
                len(done),
                rows=_listed(done),
                where=where,
            ),
        )
    if before := dropped(session, keys):
        done = sorted(row for key, row in keys.items() if key in before)
        who = listed(sorted({one.by for one in before.values()}))
        raise Refusal(
            "already-dropped",
            ngettext(
                "Row {rows} was already dropped by {who}.",
                "Rows {rows} were already dropped by {who}.",
                len(done),
                rows=_listed(done),
                who=who,
            ),
        )
    at = now()
    same = {"batch_id": batch.id, "reason": reason, "dropped_by": by, "dropped_at": at}
    values: list[dict[str, Any]] = [{"key": key, "row": row, **same} for key, row in keys.items()]
    session.execute(insert(DroppedRow), values)
    told = {"reason": reason, "rows": len(keys), "chosen": sorted(keys.values())}
    audit.record(session, what=Event.ROWS_DROPPED, by=by, about=batch.id, details=told, at=at)


def take_back(session: Session, batch: Batch, rows: Collection[int], *, by: int) -> None:
    """Dropped rows are open again. Raises Refusal `not-rejected` and `not-dropped`."""
    keys = _held(session, batch, rows)
    standing = dropped(session, keys)
    if not standing:
        raise Refusal(
            "not-dropped",
            ngettext(
                "Row {rows} is not dropped; nothing was changed.",
                "Rows {rows} are not dropped; nothing was changed.",
                len(rows),
                rows=_listed(sorted(rows)),
            ),
        )
    session.execute(delete(DroppedRow).where(col(DroppedRow.key).in_(list(standing))))
    told = {"rows": len(standing), "chosen": sorted(keys[key] for key in standing)}
    audit.record(session, what=Event.ROWS_TAKEN_BACK, by=by, about=batch.id, details=told)


def dropped(session: Session, keys: Iterable[str]) -> dict[str, Dropped]:
    """Of these origins those that were dropped: by whom, when and why."""
    found = {}
    for some in portions(sorted(set(keys))):
        query = (
            select(DroppedRow, col(User.name))
            .join(User, col(User.id) == col(DroppedRow.dropped_by))
            .where(col(DroppedRow.key).in_(some))
        )
        for kept, name in session.execute(query):
            found[kept.key] = Dropped(name, kept.dropped_at, kept.reason)
    return found


def _held(session: Session, batch: Batch, rows: Collection[int]) -> dict[str, int]:
    """These rows by the keys of their origins. Nobody posts meanwhile: the facts are locked first, as whoever
    posts locks them. Raises Refusal `not-rejected`."""
    session.execute(select(Facts).with_for_update())
    query = select(col(UnpostedRow.row), col(UnpostedRow.origin)).where(
        col(UnpostedRow.batch_id) == batch.id, col(UnpostedRow.outcome) == corrections.REJECTED
    )
    known = {row: corrections.key_of(batch, row, origin) for row, origin in session.execute(query)}
    if not rows or not known.keys() >= set(rows):
        raise Refusal("not-rejected", _("Only rejected rows of this import can be dropped."))
    return {known[row]: row for row in sorted(rows)}


def _listed(rows: list[int]) -> str:
    return listed([str(row) for row in rows])
