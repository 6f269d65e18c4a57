"""The family of an import: what became of its rejected rows, in whatever import they came back.

A rejected row has one fate (`Fate`): it was corrected (posted in one import), somebody dropped it, or it is
open. The receipt of the family is that of the import with these fates in it: every row that was read has one,
in rows and in money. Where a correction has another amount than the row had, `changed` is what it made of the
sum.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from sqlalchemy import or_, select
from sqlmodel import Session, col

from komet_import.ledger import corrections, dropped_rows, statement
from komet_import.ledger.models import Adjustment, Batch, BatchStatus, UnpostedRow, User
from komet_import.ledger.portions import portions
from komet_import.ledger.receipt import Receipt, Tally
from komet_import.ledger.statement import Entry
from komet_import.ledger.states import IN_WORK
from komet_import.review.reference import Corrected, Dropped
from komet_import.review.tally import tally_of_amounts
from komet_import.types import ImportType, Meaning

NO_ROWS: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True)
class Fate:
    """What became of a rejected row: where and as what it was posted, or who dropped it; else it is open, or
    `withdrawn` with its import, which was reversed: the sheet may come again, and the row with it."""

    corrected: Corrected | None = None
    posted: Entry | None = None
    dropped: Dropped | None = None
    import_reversed: bool = False

    @property
    def left(self) -> bool:
        """Whether nobody has corrected or dropped it, so that somebody may."""
        return self.corrected is None and self.dropped is None

    @property
    def open(self) -> bool:
        """Whether it waits for somebody: it is left, and its import stands."""
        return self.left and not self.import_reversed

    @property
    def withdrawn(self) -> bool:
        """Whether it is left of an import that was reversed."""
        return self.left and self.import_reversed


@dataclass(frozen=True, kw_only=True)
class Member:
    """An import that brings rejected rows back: what it is, when and by whom, and how many of the rows it
    corrected and rejected again. One that is not posted is a draft: nobody has decided about its rows yet.
    """

    batch_id: str
    file_name: str
    status: BatchStatus
    at: datetime
    by: str
    corrected: int = 0
    again: int = 0

    @property
    def in_work(self) -> bool:
        """Whether it is not posted yet."""
        return self.status in IN_WORK


@dataclass(frozen=True, kw_only=True)
class FamilyReceipt:
    """Read, with what corrections changed = imported, corrected, unchanged, excluded, dropped, open and
    withdrawn."""

    read: Tally
    posted: Tally
    unchanged: Tally
    left_out: Tally
    corrected: Tally
    dropped: Tally
    open: Tally
    withdrawn: Tally
    changed: int | None

    @property
    def imported(self) -> Tally:
        """What of the sheet is in the ledger by now, in whatever import."""
        return self.posted + self.corrected

    @property
    def adds_up(self) -> bool:
        """Whether every row and every cent that was read has one fate."""
        left = self.open + self.withdrawn
        parts = self.imported + self.unchanged + self.left_out + self.dropped + left
        money = self.read.amount is None or self.read.amount + (self.changed or 0) == parts.amount
        return parts.rows == self.read.rows and money


def fates(session: Session, batch: Batch, keys: Iterable[str]) -> dict[str, Fate]:
    """What became of the rows with these origins that a batch rejected; none of them is missing."""
    known = list(keys)
    places, dropped = corrections.corrected(session, known), dropped_rows.dropped(session, known)
    posted = _posted(session, places.values())
    gone = bool(known) and batch.id in corrections.withdrawn(session)
    return {
        key: Fate(
            corrected=place,
            posted=posted.get((place.batch_id, place.row)) if place else None,
            dropped=dropped.get(key),
            import_reversed=gone,
        )
        for key in known
        for place in (places.get(key),)
    }


def _posted(session: Session, places: Iterable[Corrected]) -> dict[tuple[str, int], Entry]:
    rows: dict[str, list[int]] = {}
    for place in places:
        rows.setdefault(place.batch_id, []).append(place.row)
    if not rows:
        return {}
    own = or_(
        *(
            (col(Adjustment.batch_id) == batch_id) & col(Adjustment.row).in_(numbers)
            for batch_id, numbers in rows.items()
        )
    )
    documents = [own, col(Adjustment.reverses_id).is_(None)]
    entries = statement.read_in_order(session, documents, col(Adjustment.id).asc())
    return {(entry.batch_id, entry.row): entry for entry in entries}


def members(session: Session, batch: Batch, found: Mapping[str, Fate]) -> tuple[Member, ...]:
    """The imports that brought these rows of a batch back, the first one first; then the drafts that do."""
    corrected = Counter(fate.corrected.batch_id for fate in found.values() if fate.corrected)
    again: Counter[str] = Counter()
    for some in portions(list(found)):
        rejected = select(col(UnpostedRow.batch_id)).where(
            col(UnpostedRow.origin).in_(some),
            col(UnpostedRow.outcome) == corrections.REJECTED,
            col(UnpostedRow.batch_id) != batch.id,
        )
        again.update(session.execute(rejected).scalars())
    drafts = select(col(Batch.id), col(Batch.continues)).where(
        col(Batch.status).in_(IN_WORK), col(Batch.type) == batch.type
    )
    in_work = {batch_id for batch_id, continues in session.execute(drafts) if batch.id in continues}
    listed = _listed(session, {*corrected, *again, *in_work}, corrected=corrected, again=again)
    return tuple(sorted(listed, key=lambda member: (member.in_work, member.at)))


def continued(session: Session, batch: Batch) -> tuple[Member, ...]:
    """The imports whose rejected rows a batch brings back."""
    return tuple(_listed(session, batch.continues))


def _listed(
    session: Session,
    batch_ids: Collection[str],
    *,
    corrected: Mapping[str, int] = NO_ROWS,
    again: Mapping[str, int] = NO_ROWS,
) -> list[Member]:
    """These imports as they were posted, with how many rows each corrected and rejected again."""
    query = (
        select(Batch, col(User.name))
        .join(User, col(User.id) == col(Batch.uploaded_by))
        .where(col(Batch.id).in_(batch_ids))
        .order_by(col(Batch.posted_at))
    )
    return [
        Member(
            batch_id=other.id,
            file_name=other.file_name,
            status=BatchStatus(other.status),
            at=other.posted_at or other.uploaded_at,
            by=name,
            corrected=corrected.get(other.id, 0),
            again=again.get(other.id, 0),
        )
        for other, name in session.execute(query)
    ]


def receipt_of(
    receipt: Receipt, type: ImportType, rejected: Sequence[tuple[int | None, Fate]]
) -> FamilyReceipt:
    """The receipt of an import with the fates of its rejected rows, given with their amounts in the sheet."""
    has_money = receipt.read.amount is not None

    def stands_apart(amount: int) -> bool:
        """Whether an amount is in no sum of the receipt for its sign."""
        return bool(type.against_sign(amount) and receipt.apart.negative.rows)

    def tally(chosen: Sequence[tuple[int | None, Fate]]) -> Tally:
        if not has_money:
            return Tally(rows=len(chosen), amount=None)
        return tally_of_amounts((amount for amount, _ in chosen), stands_apart)

    corrected = [(amount, fate) for amount, fate in rejected if fate.corrected]
    posted = sum(type.in_balance(fate.posted.amount) for _, fate in corrected if fate.posted)
    before = tally(corrected).amount
    return FamilyReceipt(
        read=receipt.read,
        posted=receipt.posted,
        unchanged=receipt.unchanged,
        left_out=receipt.left_out,
        corrected=Tally(rows=len(corrected), amount=posted if has_money else None),
        dropped=tally([one for one in rejected if one[1].dropped]),
        open=tally([one for one in rejected if one[1].open]),
        withdrawn=tally([one for one in rejected if one[1].withdrawn]),
        changed=posted - before if before is not None else None,
    )


def said(entry: Entry, type: ImportType) -> dict[Meaning, object]:
    """What a document says that was posted, by meaning: texts, a day, the amount in thousandths."""
    return {
        Meaning.PARTY: entry.customer,
        Meaning.NUMBER: entry.number,
        Meaning.DAY: entry.day,
        Meaning.MONEY: type.in_balance(entry.amount),
        Meaning.LOCATION: entry.location,
        Meaning.REFERENCE: entry.reference,
        Meaning.NOTE: entry.comments,
    }
