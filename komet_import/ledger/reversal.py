"""Reversal: what was imported by mistake is answered by its opposite, whole or row by row.

Nothing is ever deleted. `chosen` and `reverse` run inside one transaction of the caller's. Of several who
reverse one comes after the other, for each locks the facts first; the `opposites` are made by the
database from the adjustments themselves, and no adjustment can be reversed twice because `reverses_id` is
unique (docs/komet-sales.md §4).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    delete,
    func,
    select,
    update,
)
from sqlmodel import Session, col

from komet_import import row_numbers
from komet_import.clock import told_time
from komet_import.language import _, ngettext
from komet_import.language.lists import listed
from komet_import.ledger import audit, opposites, portions, states
from komet_import.ledger.audit import Event
from komet_import.ledger.models import (
    OWN_OPPOSITE,
    Adjustment,
    Batch,
    BatchStatus,
    Claim,
    Facts,
    Opposite,
    User,
    now,
)
from komet_import.ledger.receipt import Tally
from komet_import.ledger.reversal_record import (
    AlreadyReversed,
    NotReversed,
    Reversal,
    details_of,
    reversals_of,
)
from komet_import.ledger.states import Move
from komet_import.refusal import Refusal
from komet_import.types import ALL

_STANDS = col(Adjustment.reverses_id).is_(None) & ~select(col(Opposite.id)).where(OWN_OPPOSITE).exists()
"""Of an adjustment: it is a document, and was not reversed."""
NAMED = 20
"""Rows that a sentence names at most."""


class ReversalRefusal(Refusal):
    """A reversal that may not happen; exists so that callers can tell it from a missing right."""


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """What of a batch would be reversed as it stands: `rows` are those of the chosen Excel rows that can be,
    None for all that stands; `tally` is theirs, as the sheet has them. `redated` counts, by day, the
    opposites of documents of a closed month."""

    batch: Batch
    rows: frozenset[int] | None
    tally: Tally
    redated: Mapping[str, int]
    already: tuple[AlreadyReversed, ...] = ()
    failed: tuple[NotReversed, ...] = ()


def chosen(session: Session, batch_id: str, rows: Collection[int] | None = None) -> Chosen:
    """What reversing these Excel rows of a batch (None: all that stands) would take back; until the end of
    the transaction nobody else reverses any of it, and no month is closed or opened.

    Of chosen rows those that cannot be reversed are named in it. Raises ReversalRefusal where there is none
    to reverse: `already-reversed`, `not-imported` for a draft, `nothing-to-reverse` where no row was posted.
    """
    batch = lock(session, batch_id)
    already, failed, standing = _sorted_out(session, batch, rows)
    own = _own(session, batch_id, standing)
    count, amount = session.execute(
        select(func.count(col(Adjustment.id)), func.sum(col(Adjustment.amount))).where(*own)
    ).one()
    if not count:
        raise _nothing(session, batch, already, failed)
    return Chosen(
        batch=batch,
        rows=standing,
        tally=Tally(rows=count, amount=ALL[batch.type].in_balance(int(amount))),
        redated=opposites.redated(session, own),
        already=already,
        failed=failed,
    )


def reverse(
    session: Session, found: Chosen, *, user_id: int, user_name: str, reason: str, asked_by: str = ""
) -> Reversal:
    """Post the opposites of what was chosen in this transaction, and give back what these rows had claimed;
    with the last of them, what the whole file had. What was reversed may be imported again. `asked_by` is who
    had asked for it, where the user approves that.
    """
    at, batch, count = now(), found.batch, found.tally.rows
    opposites.post(session, _own(session, batch.id, found.rows), count=count, user_id=user_id, at=at)
    done = Reversal(
        batch_id=batch.id,
        type_slug=batch.type,
        file_name=batch.file_name,
        posted_at=batch.posted_at or at,
        reversed_at=at,
        reversed_by=user_name,
        reason=reason,
        taken_back=found.tally,
        rows=None if found.rows is None else tuple(sorted(found.rows)),
        last=batch.rows_reversed + count == batch.rows_posted,
        redated=found.redated,
        asked_by=asked_by,
    )
    audit.record(session, what=Event.REVERSED, by=user_id, about=batch.id, details=details_of(done), at=at)
    _count(session, batch, done, user_id)
    _give_back(session, batch, done)
    return replace(done, already=found.already, failed=found.failed)


def parties(session: Session, batch_id: str, rows: Collection[int] | None) -> list[tuple[int, int, int]]:
    """Of what would be reversed, by customer: how many documents, and what they come to in the ledger."""
    query = (
        select(col(Adjustment.customer_id), func.count(), func.sum(col(Adjustment.amount)))
        .where(*_own(session, batch_id, rows))
        .group_by(col(Adjustment.customer_id))
    )
    return [(party, count, int(amount)) for party, count, amount in session.execute(query)]


def _own(session: Session, batch_id: str, rows: Collection[int] | None) -> list[ColumnElement[bool]]:
    """The documents of a batch that stand: of these Excel rows, None for all."""
    own = [col(Adjustment.batch_id) == batch_id, _STANDS]
    return own if rows is None else [*own, _among(session, rows)]


def lock(session: Session, batch_id: str) -> Batch:
    """The batch, which nobody else reverses meanwhile. Raises ReversalRefusal `not-imported`.

    The facts are locked, and not the batch as well: a large posting locks its batch first and the facts last,
    so that each would wait for the other where somebody reverses what is just being posted.
    """
    session.execute(select(Facts).with_for_update())
    query = select(Batch).where(col(Batch.id) == batch_id)
    batch: Batch = session.execute(query.execution_options(populate_existing=True)).scalar_one()
    if states.after(Move.REVERSE, batch.status) is None and batch.status != BatchStatus.REVERSED:
        raise ReversalRefusal(
            "not-imported",
            _("“{file_name}” is not imported: there is nothing to reverse.", file_name=batch.file_name),
        )
    return batch


def _sorted_out(
    session: Session, batch: Batch, rows: Collection[int] | None
) -> tuple[tuple[AlreadyReversed, ...], tuple[NotReversed, ...], frozenset[int] | None]:
    """Of the chosen rows those that are reversed already, those that cannot be, and those that stand."""
    if rows is None:
        return (), (), None
    query = (
        select(col(Adjustment.row), col(Opposite.posted_at), col(User.name))
        .outerjoin(Opposite, OWN_OPPOSITE)
        .outerjoin(User, col(User.id) == col(Opposite.posted_by))
        .where(
            col(Adjustment.batch_id) == batch.id,
            col(Adjustment.reverses_id).is_(None),
            _among(session, rows),
        )
        .order_by(col(Adjustment.row))
    )
    posted = {row: (at, by) for row, at, by in session.execute(query)}
    already = tuple(AlreadyReversed(row, by, at) for row, (at, by) in posted.items() if at is not None)
    unknown = sorted(set(rows) - posted.keys())
    failed = tuple(
        NotReversed(row, _("Row {row} of this file was not imported.", row=row_numbers.told(row, ())))
        for row in unknown
    )
    return already, failed, frozenset(row for row, (at, _) in posted.items() if at is None)


def _among(session: Session, rows: Collection[int]) -> ColumnElement[bool]:
    asked, (row,) = portions.asked(session, ([row] for row in sorted(rows)), [Integer])
    return col(Adjustment.row).in_(select(row).select_from(asked))


def _nothing(
    session: Session,
    batch: Batch,
    already: Sequence[AlreadyReversed],
    failed: Sequence[NotReversed],
) -> ReversalRefusal:
    """Why nothing is reversed."""
    if already:
        who = listed(sorted({_("{by} on {time}", by=one.by, time=told_time(one.at)) for one in already}))
        numbers = named_rows([one.row for one in already]).capitalize()
        return ReversalRefusal(
            "already-reversed",
            ngettext(
                "{rows} was already reversed by {who}; nothing was posted.",
                "{rows} were already reversed by {who}; nothing was posted.",
                len(already),
                rows=numbers,
                who=who,
            ),
        )
    if failed:
        return ReversalRefusal("nothing-to-reverse", _("{why} Nothing was reversed.", why=failed[0].why))
    before = reversals_of(session, batch)
    if not before:
        return ReversalRefusal(
            "nothing-to-reverse",
            _(
                "Nothing of “{file_name}” was imported: there is nothing to reverse.",
                file_name=batch.file_name,
            ),
        )
    return ReversalRefusal(
        "already-reversed",
        _(
            "“{file_name}” was already reversed by {reversed_by} on {time}; nothing was posted.",
            file_name=batch.file_name,
            reversed_by=before[-1].reversed_by,
            time=told_time(before[-1].reversed_at),
        ),
    )


def named_rows(rows: Collection[int]) -> str:
    """Excel rows as a sentence names them: `row 3`, `rows 3, 4 and 5`."""
    some, more = sorted(rows), len(rows) - NAMED
    named = listed([*map(str, some[:NAMED]), *([_("{more:,} more", more=more)] if more > 0 else [])])
    return _("row {named}", named=named) if len(rows) == 1 else _("rows {named}", named=named)


def _count(session: Session, batch: Batch, done: Reversal, user_id: int) -> None:
    """The batch says how much of it is reversed; with the last row it is reversed itself."""
    values: dict[str, Any] = {
        "rows_reversed": batch.rows_reversed + done.taken_back.rows,
        "amount_reversed": (batch.amount_reversed or 0) + (done.taken_back.amount or 0),
        "changed_at": done.reversed_at,
    }
    if done.last:
        values |= {
            "status": BatchStatus.REVERSED,
            "reversed_by": user_id,
            "reversed_at": done.reversed_at,
        }
    session.execute(
        update(Batch)
        .where(col(Batch.id) == batch.id)
        .values(**values)
        .execution_options(synchronize_session=False)
    )


def _give_back(session: Session, batch: Batch, done: Reversal) -> None:
    """What the reversed rows had claimed, and with the last of them what the file had."""
    query = delete(Claim).where(col(Claim.batch_id) == batch.id)
    if not done.last:
        asked, (row,) = portions.asked(session, ([row] for row in done.rows or ()), [BigInteger])
        query = query.where(col(Claim.row).in_(select(row).select_from(asked)))
    session.execute(query.execution_options(synchronize_session=False))
