"""Reversal: an import that was a mistake is answered by its opposite; nothing is ever deleted.

`reverse` runs inside one transaction of the caller's. The batch is claimed by an UPDATE that only one can
win, the opposites are made by the database from the adjustments themselves, and no adjustment can be
reversed twice because `reverses_id` is unique (docs/komet-sales.md §4).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Date, case, delete, func, insert, inspect, literal, select
from sqlmodel import Session, col

from komet_import.clock import told_time
from komet_import.ledger import audit, claiming, states
from komet_import.ledger.audit import Event
from komet_import.ledger.models import (
    Adjustment,
    AuditEntry,
    Batch,
    BatchStatus,
    Claim,
    ClosedMonth,
    User,
    now,
)
from komet_import.ledger.receipt import Tally
from komet_import.ledger.states import Move
from komet_import.refusal import Refusal
from komet_import.review.months import first_open, following
from komet_import.types import ALL

_DAY: Any = col(Adjustment.credit_date)
_MOMENT: Any = inspect(Adjustment).columns["posted_at"].type
"""The column's own type, so that a timestamp made into SQL is read back as it was."""


class ReversalRefusal(Refusal):
    """A reversal that may not happen; exists so that callers can tell it from a missing right."""


@dataclass(frozen=True, kw_only=True)
class Reversal:
    """What a reversal did. `taken_back` is what was taken back, as the sheet had it: rows and money;
    `redated` counts, by day, the opposites of documents of a closed month.
    """

    batch_id: str
    type_slug: str
    file_name: str
    posted_at: datetime
    reversed_at: datetime
    reversed_by: str
    reason: str
    taken_back: Tally
    redated: Mapping[str, int] = field(default_factory=dict)

    @property
    def redated_sentence(self) -> str:
        """Which opposites have another day than what they reverse; blank where none has."""
        said = [
            f"{count:,} {'is' if count == 1 else 'are'} dated {day}, the first open day, because "
            f"{'its' if count == 1 else 'their'} own month is closed"
            for day, count in self.redated.items()
        ]
        return f"{'; '.join(said)}." if said else ""


def reverse(session: Session, *, batch_id: str, user_id: int, user_name: str, reason: str) -> Reversal:
    """Post the opposite of every adjustment of a batch, and give back what it had claimed.

    Afterwards the file and its numbers may be imported again. Raises ReversalRefusal
    `already-reversed`, `not-imported` for a draft, `nothing-to-reverse` where no row was posted.
    """
    at = now()
    batch = _claim_batch(session, batch_id, user_id, at)
    taken_back, redated = _post_opposites(session, batch, user_id, at)
    if not taken_back.rows:
        raise ReversalRefusal(
            "nothing-to-reverse", f"Nothing of “{batch.file_name}” was imported: there is nothing to reverse."
        )
    session.execute(delete(Claim).where(col(Claim.batch_id) == batch_id))
    details: dict[str, Any] = {"reason": reason, "rows": taken_back.rows, "amount": taken_back.amount}
    if redated:
        details["redated"] = redated
    audit.record(session, what=Event.REVERSED, by=user_id, about=batch_id, details=details, at=at)
    return _reversal(batch, at, user_name, details)


def reversal_of(session: Session, batch: Batch) -> Reversal | None:
    """When, by whom and why a batch was reversed; None where it was not. The reason is in the audit trail."""
    if batch.status != BatchStatus.REVERSED:
        return None
    at, name, details = session.execute(
        select(col(AuditEntry.at), col(User.name), col(AuditEntry.details))
        .join(User, col(User.id) == col(AuditEntry.user_id))
        .where(col(AuditEntry.subject) == batch.id, col(AuditEntry.action) == Event.REVERSED)
    ).one()
    return _reversal(batch, at, name, details)


def _reversal(batch: Batch, at: datetime, by: str, details: dict[str, Any]) -> Reversal:
    return Reversal(
        batch_id=batch.id,
        type_slug=batch.type,
        file_name=batch.file_name,
        posted_at=batch.posted_at or at,
        reversed_at=at,
        reversed_by=by,
        reason=details["reason"],
        taken_back=Tally(rows=details["rows"], amount=details["amount"]),
        redated=details.get("redated", {}),
    )


def _claim_batch(session: Session, batch_id: str, user_id: int, at: datetime) -> Batch:
    """Turn the posted batch into a reversed one, or say why that is not ours to do."""
    batch, ours = claiming.turn(
        session,
        batch_id,
        where=[states.allows(Move.REVERSE)],
        values={
            "status": BatchStatus.REVERSED,
            "reversed_by": user_id,
            "reversed_at": at,
            "changed_at": at,
        },
    )
    if ours:
        return batch
    done = reversal_of(session, batch)
    if done is None:
        raise ReversalRefusal(
            "not-imported", f"“{batch.file_name}” is not imported: there is nothing to reverse."
        )
    raise ReversalRefusal(
        "already-reversed",
        f"“{batch.file_name}” was already reversed by {done.reversed_by} on "
        f"{told_time(done.reversed_at)}; nothing was posted.",
    )


def _post_opposites(
    session: Session, batch: Batch, user_id: int, at: datetime
) -> tuple[Tally, dict[str, int]]:
    """Let the database post the opposite of every adjustment of a batch; says how much it was, and how many
    got another day. An opposite is dated as what it reverses while that month is open, else the first open
    day (docs/komet-sales.md §6); since the batch was claimed no month is closed or opened before the end.

    The batch was posted until now, so none of them has an opposite yet: `reverses_id` holds that.
    """
    day = _open_day(session)
    values: dict[str, Any] = {
        "batch_id": col(Adjustment.batch_id),
        "type": col(Adjustment.type),
        "row": col(Adjustment.row),
        "customer_id": col(Adjustment.customer_id),
        "location_id": col(Adjustment.location_id),
        "number": col(Adjustment.number),
        "credit_date": day,
        "amount": -col(Adjustment.amount),
        "comments": col(Adjustment.comments),
        "reference": col(Adjustment.reference),
        "reverses_id": col(Adjustment.id),
        "posted_by": literal(user_id),
        "posted_at": literal(at, _MOMENT),
    }
    own = col(Adjustment.batch_id) == batch.id
    rows, amount = session.execute(
        select(func.count(col(Adjustment.id)), func.sum(col(Adjustment.amount))).where(own)
    ).one()
    chosen = select(*values.values()).where(own).order_by(col(Adjustment.id))
    session.execute(insert(Adjustment).from_select(list(values), chosen))
    moved = select(day, func.count()).where(own, col(Adjustment.reverses_id).is_(None), day != _DAY)
    redated = {str(other): int(count) for other, count in session.execute(moved.group_by(day).order_by(day))}
    return Tally(rows=int(rows), amount=ALL[batch.type].in_balance(int(amount or 0))), redated


def _open_day(session: Session) -> ColumnElement[date]:
    """The day of an adjustment, or the first open day after its month where that is closed."""
    closed = set(session.execute(select(col(ClosedMonth.month))).scalars())
    days = [
        ((month <= _DAY) & (following(month) > _DAY), literal(first_open(month, closed), Date))
        for month in sorted(closed)
    ]
    return case(*days, else_=_DAY) if days else _DAY
