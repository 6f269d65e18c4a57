"""The report of an import: what became of each of its rows, then and since."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlmodel import col

from komet_import.access import roles
from komet_import.access.users import CurrentUser
from komet_import.ledger import corrections, database, family, posting
from komet_import.ledger.family import FamilyReceipt, Fate, Member
from komet_import.ledger.models import (
    Batch,
    UnpostedRow,
    now,
)
from komet_import.ledger.receipt import Apart, Receipt, Tally
from komet_import.ledger.statement import Entry
from komet_import.refusal import Refusal
from komet_import.review.catalogue import TOTAL_LINE
from komet_import.review.figures import SetAside, TotalRow
from komet_import.review.reference import Corrected
from komet_import.review.tally import tally_of_amounts
from komet_import.row_numbers import told
from komet_import.services.batch_lists import read_of
from komet_import.services.draft.stored import name_of
from komet_import.services.rights import no_such_import, of_now, visible
from komet_import.sheets.layout.row_kinds import RowKind
from komet_import.sheets.layout.values.amounts import read_amount
from komet_import.sheets.layout.values.dates import read_date
from komet_import.sheets.layout.values.doubt import Doubt
from komet_import.sheets.worksheet import Held
from komet_import.types import ALL, ColumnFormat, ImportType
from komet_import.types.codes import code_key
from komet_import.types.money import money

JUST = timedelta(minutes=2)
STILL_OPEN = Fate()


class Changed(NamedTuple):
    """A value of a rejected row as it was, and as it is now."""

    column: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class ReportRow:
    """A row that was not posted: its Excel row number, original texts by header, and its issues as JSON.

    `place` is the number as people are told it, with its sheet where the import was of several. Of a rejected
    row `fate` says what became of it since, `changes` what a correction made of it.
    """

    row: int
    place: str
    outcome: str
    amount: int | None
    cells: dict[str, str]
    held: dict[str, int]
    issues: list[dict[str, Any]]
    fate: Fate = STILL_OPEN
    changes: tuple[Changed, ...] = ()

    @property
    def corrected(self) -> Corrected | None:
        """Where it was posted after all, where it was."""
        return self.fate.corrected


@dataclass(frozen=True, kw_only=True)
class Report:
    """What became of a posted batch: its own receipt and, with what became of its rejected rows, that of its
    `family`; the imports that brought such rows back (`members`), and those whose rows it brings back
    (`continues`).
    """

    batch: Batch
    type: ImportType
    uploaded_by: str
    receipt: Receipt
    rejected: tuple[ReportRow, ...]
    left_out: tuple[ReportRow, ...]
    set_aside: tuple[ReportRow, ...]
    family: FamilyReceipt
    members: tuple[Member, ...] = ()
    continues: tuple[Member, ...] = ()

    @property
    def left(self) -> tuple[ReportRow, ...]:
        """The rejected rows that nobody has corrected or dropped: they may be fixed or dropped."""
        return tuple(row for row in self.rejected if row.fate.left)

    @property
    def open(self) -> tuple[ReportRow, ...]:
        """Those of them that wait for somebody, as lists count them: of an import that stands."""
        return tuple(row for row in self.rejected if row.fate.open)


def report(user: CurrentUser, batch_id: str) -> Report:
    """What became of a posted batch. Raises Refusal `not-found`, also while it is still a draft."""
    with database.reading() as session:
        batch = visible(session, user, batch_id)
        if batch.posted_at is None:
            raise no_such_import()
        rows = session.execute(
            select(UnpostedRow).where(col(UnpostedRow.batch_id) == batch_id).order_by(col(UnpostedRow.row))
        ).scalars()
        keyed = [(corrections.key_of(batch, r.row, r.origin), r) for r in rows]
        rejected_keys = [key for key, row in keyed if row.outcome == corrections.REJECTED]
        found = family.fates(session, batch, rejected_keys)
        unposted = [_row(batch, r, found.get(key, STILL_OPEN)) for key, r in keyed]
        members = family.members(session, batch, found)
        continues = family.continued(session, batch)
        receipt = replace(
            _receipt_of(batch, name_of(session, batch.posted_by or 0), unposted),
            prepared_by=name_of(session, batch.prepared_by) if batch.prepared_by else "",
            overridden_by=name_of(session, batch.overridden_by) if batch.overridden_by else "",
        )
        uploaded_by = name_of(session, batch.uploaded_by)
        session.expunge(batch)
    type, rejected = ALL[batch.type], tuple(r for r in unposted if r.outcome == corrections.REJECTED)
    return Report(
        batch=batch,
        type=type,
        uploaded_by=uploaded_by,
        receipt=receipt,
        family=family.receipt_of(receipt, type, [(row.amount, row.fate) for row in rejected]),
        members=members,
        continues=continues,
        rejected=rejected,
        left_out=tuple(r for r in unposted if r.outcome == "left-out"),
        set_aside=tuple(r for r in unposted if r.outcome == "set-aside"),
    )


def _row(batch: Batch, kept: UnpostedRow, fate: Fate) -> ReportRow:
    type = ALL[batch.type]
    row = ReportRow(
        row=kept.row,
        place=told(kept.row, batch.reading.get("parts", ())),
        outcome=kept.outcome,
        amount=kept.amount,
        cells=kept.cells,
        held=kept.held,
        issues=kept.issues,
        fate=fate,
    )
    return replace(row, changes=tuple(_changes(type, row, fate.posted))) if fate.posted else row


def _changes(type: ImportType, row: ReportRow, posted: Entry) -> Iterator[Changed]:
    """The values of a row that its correction changed. What says the same is no change: `7.00` is 7."""
    before = real_values(type, row)
    for meaning, value_now in family.said(posted, type).items():
        column = type.column_for(meaning)
        if column is None or column.name not in row.cells:
            continue
        text = row.cells[column.name].strip()
        if meaning.is_money:
            value = before.get(column.name) or read_amount(text, Held.TEXT)
            same = isinstance(value, Decimal) and type.in_balance(posted.amount) == value.scaleb(3)
            said = money(int(str(value_now)))
        elif column.kind is ColumnFormat.DATE:
            same, said = (before.get(column.name) or read_date(text, Held.TEXT)) == value_now, str(value_now)
        else:
            same, said = code_key(text) == code_key(str(value_now)), str(value_now)
        if not same:
            yield Changed(column.name, text, said)


def neighbors(user: CurrentUser, batch_id: str) -> tuple[Batch | None, Batch | None]:
    """The imports before and after one, of those that this user may see; a draft has none. Raises Refusal
    `not-found`."""
    with database.reading() as session:
        batch = visible(session, user, batch_id)
        fresh = of_now(session, user)
        types = [type.slug for type in roles.types_for(fresh.roles)] if fresh else []
        if batch.posted_at is None:
            return None, None
        at, id = col(Batch.posted_at), col(Batch.id)
        there = select(Batch).where(at.is_not(None), col(Batch.type).in_(types)).limit(1)
        same = at == batch.posted_at
        before = there.where((at < batch.posted_at) | same & (id < batch.id)).order_by(at.desc(), id.desc())
        after = there.where((at > batch.posted_at) | same & (id > batch.id)).order_by(at, id)
        found = [session.execute(query).scalar_one_or_none() for query in (before, after)]
        session.expunge_all()
        return found[0], found[1]


def just_posted(user: CurrentUser, batch_id: str) -> bool:
    """Whether this very user posted the batch a moment ago, and so need not be told that it is done."""
    try:
        with database.reading() as session:
            batch = visible(session, user, batch_id)
    except Refusal:
        return False
    return batch.posted_by == user.id and batch.posted_at is not None and now() - batch.posted_at < JUST


def _receipt_of(batch: Batch, posted_by: str, unposted: Sequence[ReportRow]) -> Receipt:
    none = None if ALL[batch.type].summed is None else 0
    return Receipt(
        batch_id=batch.id,
        type_slug=batch.type,
        file_name=batch.file_name,
        posted_at=batch.posted_at or now(),
        posted_by=posted_by,
        read=read_of(batch),
        posted=Tally(rows=batch.rows_posted, amount=batch.amount_posted),
        unchanged=Tally(rows=batch.rows_unchanged, amount=none),
        added=batch.rows_added,
        rejected=_apart_of(batch, unposted, "rejected", batch.rows_rejected, batch.amount_rejected),
        left_out=_apart_of(batch, unposted, "left-out", batch.rows_left_out, batch.amount_left_out),
        counted=_counted(batch, unposted),
        confirmed=Tally(rows=batch.rows_confirmed, amount=batch.amount_confirmed or none),
        apart=Apart(
            unreadable=batch.rows_unreadable,
            negative=Tally(rows=batch.rows_negative, amount=batch.amount_negative),
            totals=tuple(
                TotalRow(row=row, amount=amount, above=above) for row, amount, above in batch.total_rows
            ),
            aside=tuple(
                SetAside(kind=RowKind(kind), rows=rows, amount=amount)
                for kind, rows, amount in batch.set_aside
            ),
        ),
        expected=posting.expected_of(batch),
        hash_total=batch.hash_read,
        overridden=batch.overridden_why or "",
    )


def _apart_of(
    batch: Batch, unposted: Sequence[ReportRow], outcome: str, rows: int, amount: int | None
) -> Tally:
    """The tally of the rows with that outcome; of an earlier batch amounts of the wrong sign are in it."""
    if amount is None:
        return Tally(rows=rows, amount=None)
    amounts = (row.amount for row in unposted if row.outcome == outcome)
    found = tally_of_amounts(amounts, ALL[batch.type].against_sign)
    return replace(found, rows=rows, amount=amount, against=found.against if batch.rows_negative else 0)


def _counted(batch: Batch, unposted: Sequence[ReportRow]) -> Tally:
    """What control totals were compared with; total rows of an earlier batch are in its sums."""
    repeated = [
        row.amount or 0
        for row in unposted
        if row.outcome == "left-out" and any(issue["code"] == TOTAL_LINE for issue in row.issues)
    ]
    amount = batch.amount_read
    if amount is not None:
        amount += batch.amount_negative - sum(repeated)
    return Tally(rows=batch.rows_read - len(repeated), amount=amount)


def real_values(type: ImportType, row: ReportRow) -> dict[str, Decimal | date]:
    """The real numbers and dates of a row: text alone would not say that they were real."""
    found: dict[str, Decimal | date] = {}
    for name, held in row.held.items():
        column = type.columns_by_name.get(name)
        if column is None or column.kind not in (ColumnFormat.AMOUNT, ColumnFormat.DATE):
            continue
        text, real = row.cells[name], Held(held)
        value = read_amount(text, real) if column.kind is ColumnFormat.AMOUNT else read_date(text, real)
        if not isinstance(value, Doubt):
            found[name] = value
    return found
